import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import { bucketStart } from '../columns.ts';
import type { Bucket, Span, Sum } from '../sums.ts';
import { COUNTED_TRANSACTIONS } from '../values.ts';

interface Row {
  readonly department_id: string;
  readonly day: string;
  readonly hour: number;
  readonly visitors: number;
  readonly transactions: number;
}

/**
 * Visitors by department and bucket, each with the transactions of the very days (by hour: the hours of the clock) that were counted, for the
 * conversion. A whole day's number beats the sum of its hours; by hour only hours are told.
 */
export async function visitorSums(trx: Transaction<Database>, span: Span, bucket: Bucket): Promise<Sum[]> {
  const rows = bucket.by === 'hour' ? await countedHours(trx, span) : await countedDays(trx, span);
  return rows.map((row): Sum => {
    const sums = new Map([
      ['visitors', row.visitors],
      [COUNTED_TRANSACTIONS, row.transactions],
    ]);
    const place = { departmentId: row.department_id, hour: null, posAccountId: null, shopId: null, sums };
    if (bucket.by === 'hour') {
      const localHour = `${String(row.hour).padStart(2, '0')}:00`;
      return { ...place, day: row.day, wall: { day: row.day, localHour, repeat: 1 } };
    }
    return { ...place, day: bucketStart(row.day, bucket.by, bucket.by === 'week' ? bucket.weekStart : 1) };
  });
}

async function countedDays(trx: Transaction<Database>, { organizationId, from, to }: Span): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with counted as materialized (
      select department_id, business_day,
        coalesce(max(visitors) filter (where hour = -1), sum(visitors) filter (where hour >= 0))::int as visitors
      from visitor where organization_id = ${organizationId} and business_day between ${from}::date and ${to}::date
      group by department_id, business_day
    )
    select counted.department_id, counted.business_day as day, -1 as hour, counted.visitors,
      coalesce((${transactions(organizationId, sql`fact_day`, sql`true`)}), 0)::bigint as transactions
    from counted`.execute(trx);
  return rows;
}

/** The clock is that of the department's shop on that day; a repeated hour is one here, as at the door. */
async function countedHours(trx: Transaction<Database>, { organizationId, from, to }: Span): Promise<readonly Row[]> {
  const local = sql`extract(hour from f.hour at time zone (
      select c.time_zone from shop_calendar c where c.organization_id = ${organizationId} and c.pos_account_id = f.pos_account_id
        and c.shop_id = f.shop_id and c.valid_from <= f.business_day order by c.valid_from desc limit 1
    )) = counted.hour`;
  const { rows } = await sql<Row>`
    with counted as materialized (
      select department_id, business_day, hour, visitors from visitor
      where organization_id = ${organizationId} and business_day between ${from}::date and ${to}::date and hour >= 0
    )
    select counted.department_id, counted.business_day as day, counted.hour, counted.visitors,
      coalesce((${transactions(organizationId, sql`fact`, local)}), 0)::bigint as transactions
    from counted`.execute(trx);
  return rows;
}

/** Of a department's registers on a counted day, by the mapping as it stands. */
function transactions(organizationId: string, table: ReturnType<typeof sql>, condition: ReturnType<typeof sql>) {
  return sql`
    select sum(f.transactions) from mapping m
    join ${table} f on f.organization_id = ${organizationId} and f.pos_account_id = m.pos_account_id and f.shop_id = m.shop_id
      and f.business_day = counted.business_day and (m.register_id is null or f.register_id = m.register_id)
    where m.organization_id = ${organizationId} and m.department_id = counted.department_id
      and m.valid_from <= counted.business_day and (m.valid_until is null or counted.business_day < m.valid_until)
      and (m.register_id is not null or not exists (
        select from mapping own where own.organization_id = ${organizationId} and own.pos_account_id = f.pos_account_id
          and own.shop_id = f.shop_id and own.register_id = f.register_id and own.valid_from <= counted.business_day
          and (own.valid_until is null or counted.business_day < own.valid_until)
      ))
      and ${condition}`;
}

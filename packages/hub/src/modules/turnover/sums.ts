import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { addDays, monthOf } from '../ledger/figure/business-day.ts';
import { mappingsBetween } from '../stores/queries.ts';
import { addMonths, bucketStart, type WallHour } from './columns.ts';
import { MappedShops } from './mapped-shops.ts';
import type { MeasureChoice, PaymentTypeChoice } from './measure-choice.ts';
import { isQuantity } from './measure-choice.ts';
import { addSums, type Sums } from './values.ts';
import { visitorSums } from './visitors/visitor-sums.ts';

/** Which facts: one organization, one currency (amounts in different ones are never added), business days inclusive. */
export interface Span {
  readonly organizationId: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
}

/** What a sum is kept for. */
export type Bucket =
  | { readonly by: 'day' | 'month' }
  | { readonly by: 'week'; readonly weekStart: number }
  /** By hour the shop is kept as well: only it knows what its clock showed. */
  | { readonly by: 'hour' };

export interface Sum {
  /** Null: no mapping took it. */
  readonly departmentId: string | null;
  /** The business day; by week and month the first day of it. */
  readonly day: string;
  readonly hour: Date | null;
  readonly posAccountId: string | null;
  readonly shopId: string | null;
  readonly sums: Sums;
  /** What was counted by the clock on the wall and not by an instant. */
  readonly wall?: WallHour;
}

/** Facts summed by department and bucket, with the mappings as they stand now (D20: register beats shop, half-open in business days). */
export async function sumFacts(trx: Transaction<Database>, span: Span, bucket: Bucket, choice: MeasureChoice): Promise<Sum[]> {
  const merged = new Map<string, Sum>();
  const mapped = new MappedShops(await mappingsBetween(trx, span.organizationId, span.from, span.to), span);
  if (choice.columns.length > 0) {
    const { rows } = await factSums(span, bucket, choice.columns, mapped.divided).execute(trx);
    for (const row of rows) {
      const sum = into(merged, row, bucket, mapped);
      for (const column of choice.columns) {
        const value = row[column];
        if (typeof value === 'number') addSums(sum.sums, new Map([[column, value]]));
      }
    }
  }
  if (choice.paymentTypes.length > 0) {
    const { rows } = await paymentSums(span, bucket, choice.paymentTypes, mapped.divided).execute(trx);
    for (const row of rows) {
      const sum = into(merged, row, bucket, mapped);
      for (const type of choice.paymentTypes) {
        const isOfType = type.paymentTypeId === row['payment_type_id'];
        const isOfAccount = type.posAccountId === null || type.posAccountId === row.pos_account_id;
        const value = row['payments'];
        if (isOfType && isOfAccount && typeof value === 'number') addSums(sum.sums, new Map([[type.name, value]]));
      }
    }
  }
  for (const { sums } of merged.values()) rename(sums, choice);
  const sums = [...merged.values()];
  return choice.visitors ? [...sums, ...(await visitorSums(trx, span, bucket))] : sums;
}

/** Shows sums under the names the preset has for them, in place. */
export function rename(sums: Sums, { renames }: Pick<MeasureChoice, 'renames'>): void {
  const values = renames.map(([shown, stored]) => [shown, sums.get(stored) ?? 0] as const);
  for (const [shown, value] of values) sums.set(shown, value);
}

type Row = Readonly<Record<string, unknown>> & {
  readonly pos_account_id: string;
  readonly shop_id: string;
  /** Of divided shops alone. */
  readonly register_id: string | null;
  /** The first of the bucket; of divided shops the business day. */
  readonly day: string;
  readonly hour: Date | null;
};

function into(merged: Map<string, Sum>, row: Row, bucket: Bucket, mapped: MappedShops): Sum {
  const departmentId = mapped.departmentOf(row);
  const day =
    bucket.by === 'week' || bucket.by === 'month'
      ? bucketStart(row.day, bucket.by, bucket.by === 'week' ? bucket.weekStart : 1)
      : row.day;
  // By hour the shop is kept.
  const [posAccountId, shopId] = bucket.by === 'hour' ? [row.pos_account_id, row.shop_id] : [null, null];
  const key = `${departmentId ?? ''}|${day}|${row.hour?.getTime() ?? ''}|${posAccountId ?? ''}|${shopId ?? ''}`;
  let sum = merged.get(key);
  if (sum === undefined) {
    sum = { departmentId, day, hour: row.hour, posAccountId, shopId, sums: new Map() };
    merged.set(key, sum);
  }
  return sum;
}

/**
 * By hour from the facts; by day and week from their sums by day; by month from those by month, where the whole month went to one department.
 * Exported for the test of its plan.
 */
export function factSums(
  span: Span,
  bucket: Bucket,
  columns: MeasureChoice['columns'],
  divided: readonly string[] = [],
): RawBuilder<Row> {
  if (bucket.by === 'hour') return hourSums(span, columns, divided);
  const parts = bucket.by === 'month' ? monthParts(span, columns) : dayParts(span, columns, span.from, span.to);
  const outer = sql.join(columns.map((column) => sql`(sum(${unit(column)}))::bigint as ${sql.ref(column)}`));
  return sql<Row>`
    select ${keys(bucket, 'part', divided)}, ${outer}
    from (${parts}) part
    join pos_account account on account.organization_id = ${span.organizationId} and account.id = part.pos_account_id
      and account.currency = ${span.currency}
    group by 1, 2, 3, 4, 5`;
}

function dayParts({ organizationId }: Span, columns: MeasureChoice['columns'], from: string, to: string) {
  return sql`
    select f.pos_account_id, f.shop_id, f.register_id, f.business_day, ${named('f', columns)}
    from fact_day f
    where f.organization_id = ${organizationId} and f.business_day between ${from}::date and ${to}::date`;
}

/**
 * Whole months from their own sums, save those of shops whose mapping changes within them; these, and the ends of the range, by day. All days
 * of a month from its own sums have the mapping of its first.
 */
function monthParts(span: Span, columns: MeasureChoice['columns']) {
  const first = `${monthOf(span.from)}-01`;
  const fullFrom = first === span.from ? first : addMonths(first, 1);
  const afterTo = addDays(span.to, 1);
  const fullUntil = `${monthOf(afterTo)}-01`;
  if (fullFrom >= fullUntil) return dayParts(span, columns, span.from, span.to);
  const { organizationId } = span;
  return sql`
    with split as materialized (
      select distinct m.pos_account_id, m.shop_id, date_trunc('month', edge.day)::date as month
      from mapping m cross join lateral (values (m.valid_from), (m.valid_until)) edge (day)
      where m.organization_id = ${organizationId} and edge.day > ${fullFrom}::date and edge.day < ${fullUntil}::date
        and extract(day from edge.day) <> 1
    )
    select f.pos_account_id, f.shop_id, f.register_id, f.month as business_day, ${named('f', columns)}
    from fact_month f
    where f.organization_id = ${organizationId} and f.month >= ${fullFrom}::date and f.month < ${fullUntil}::date
      and not exists (
        select from split where split.pos_account_id = f.pos_account_id and split.shop_id = f.shop_id and split.month = f.month
      )
    union all
    select f.pos_account_id, f.shop_id, f.register_id, f.business_day, ${named('f', columns)}
    from split join fact_day f on f.organization_id = ${organizationId} and f.pos_account_id = split.pos_account_id
      and f.shop_id = split.shop_id and f.business_day >= split.month and f.business_day < split.month + interval '1 month'
    union all ${dayParts(span, columns, span.from, addDays(fullFrom, -1))}
    union all ${dayParts(span, columns, fullUntil, span.to)}`;
}

function hourSums(span: Span, columns: MeasureChoice['columns'], divided: readonly string[]): RawBuilder<Row> {
  const inner = sql.join(columns.map((column) => sql`sum(${sql.ref(`fact.${column}`)}) as ${sql.ref(column)}`));
  const outer = sql.join(columns.map((column) => sql`(sum(${unit(column)}))::bigint as ${sql.ref(column)}`));
  const bucket: Bucket = { by: 'hour' };
  return sql<Row>`
    with recursive ${places('fact', span)}
    select ${keys(bucket, 'place', divided)}, ${outer}
    from place
    cross join lateral (
      select fact.register_id, fact.business_day, fact.hour, ${inner}
      from fact
      where fact.organization_id = ${span.organizationId} and fact.pos_account_id = place.pos_account_id
        and fact.shop_id = place.shop_id and fact.business_day between ${span.from}::date and ${span.to}::date
      group by fact.register_id, fact.business_day, fact.hour
    ) part
    group by 1, 2, 3, 4, 5`;
}

function named(alias: string, columns: MeasureChoice['columns']) {
  return sql.join(columns.map((column) => sql.ref(`${alias}.${column}`)));
}

function paymentSums(
  span: Span,
  bucket: Bucket,
  types: readonly PaymentTypeChoice[],
  divided: readonly string[],
): RawBuilder<Row> {
  const hour = bucket.by === 'hour' ? sql`, payment_fact.hour` : sql``;
  const wanted = types.map((type) => type.paymentTypeId);
  return sql<Row>`
    with recursive ${places('payment_fact', span)}
    select ${keys(bucket, 'place', divided)}, part.payment_type_id, (sum(part.payments))::bigint as payments
    from place
    cross join lateral (
      select payment_fact.register_id, payment_fact.business_day${hour}, payment_fact.payment_type_id,
        sum(payment_fact.payments) as payments
      from payment_fact
      where payment_fact.organization_id = ${span.organizationId} and payment_fact.pos_account_id = place.pos_account_id
        and payment_fact.shop_id = place.shop_id
        and payment_fact.business_day between ${span.from}::date and ${span.to}::date
        and payment_fact.payment_type_id = any(${wanted})
      group by payment_fact.register_id, payment_fact.business_day${hour}, payment_fact.payment_type_id
    ) part
    group by 1, 2, 3, 4, 5, part.payment_type_id`;
}

/**
 * The shops that have facts, found by hopping through the primary key from one shop to the next; shops the till never listed are among
 * them. Knowing the shop makes a period one range of the key a shop, however many years are stored.
 */
function places(table: 'fact' | 'payment_fact', { organizationId, currency }: Pick<Span, 'organizationId' | 'currency'>) {
  const facts = sql.table(table);
  return sql`hop as (
      select account.id as pos_account_id, (
        select found.shop_id from ${facts} found
        where found.organization_id = ${organizationId} and found.pos_account_id = account.id
        order by found.shop_id limit 1
      ) as shop_id
      from pos_account account
      where account.organization_id = ${organizationId} and account.currency = ${currency}
      union all
      select hop.pos_account_id, (
        select found.shop_id from ${facts} found
        where found.organization_id = ${organizationId} and found.pos_account_id = hop.pos_account_id
          and found.shop_id > hop.shop_id
        order by found.shop_id limit 1
      )
      from hop where hop.shop_id is not null
    ), place as (select pos_account_id, shop_id from hop where shop_id is not null)`;
}

/**
 * By shop: the mapping is joined by us. One lookup of a mapping a fact costs several times the facts, and what the planner makes of a join is
 * a matter of luck, because under row security it expects hardly any row. Shops that are divided, among departments or in time, keep their
 * registers and days.
 */
function keys(bucket: Bucket, place: 'place' | 'part', divided: readonly string[]) {
  const account = sql.ref(`${place}.pos_account_id`);
  const shop = sql.ref(`${place}.shop_id`);
  const isDivided = sql`${shop} = any (${[...divided]}::text[])`;
  const day = bucket.by === 'hour' ? sql`part.business_day` : bucketDay(bucket);
  const hour = bucket.by === 'hour' ? sql`part.hour` : sql`null::timestamptz`;
  return sql`${account} as pos_account_id, ${shop} as shop_id, case when ${isDivided} then part.register_id end as register_id,
    case when ${isDivided} then part.business_day else ${day} end as day, ${hour} as hour`;
}

/** The first day of the bucket. The week starts where the organization says (D25). */
function bucketDay(bucket: Exclude<Bucket, { by: 'hour' }>) {
  if (bucket.by === 'month') return sql`date_trunc('month', part.business_day)::date`;
  if (bucket.by === 'week') {
    return sql`part.business_day - ((extract(isodow from part.business_day)::int - ${bucket.weekStart}::int + 7) % 7)`;
  }
  return sql`part.business_day`;
}

/** Quantities are exact decimals: they travel as integers of a millionth. */
function unit(column: string) {
  return isQuantity(column) ? sql`${sql.ref(`part.${column}`)} * 1000000` : sql.ref(`part.${column}`);
}

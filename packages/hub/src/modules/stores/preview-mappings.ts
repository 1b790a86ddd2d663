import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { chooseCurrency, readOrganization } from '../turnover/currency.ts';
import type { MappingPreview } from './mapping-schemas.ts';
import { listDepartments, listMappings } from './queries.ts';
import type { Mapping, MappingInput } from './schemas.ts';
import { setMappings } from './set-mappings.ts';

interface Wanted {
  readonly shops: readonly { readonly posAccountId: string; readonly shopId: string }[];
  readonly mappings: readonly MappingInput[];
}

/**
 * What replacing the mappings of these shops would move between departments, over all business days there are; nothing is kept.
 * @throws as `setMappings`.
 */
export async function previewMappings(db: Kysely<Database>, organizationId: string, wanted: Wanted): Promise<MappingPreview> {
  return undone(db, organizationId, async (trx) => {
    const before = await listMappings(trx, organizationId);
    const after = await setMappings(trx, organizationId, wanted);
    return movesOf(trx, organizationId, wanted.shops, before, after);
  });
}

/** Runs in a transaction that is rolled back whatever happens. */
export async function undone<T>(
  db: Kysely<Database>,
  organizationId: string,
  run: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  const undo = new Error('Rolled back on purpose.');
  try {
    await tenantTransaction(db, organizationId, async (trx) => {
      results.push(await run(trx));
      // The only way out of a transaction without its changes is to throw.
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  const [result] = results;
  if (result === undefined) throw new Error('A transaction that throws has ended well.');
  return result;
}

interface Move {
  readonly old: string | null;
  readonly now: string | null;
  readonly net_sales: number;
  readonly transactions: number;
  readonly days: number;
  readonly first_day: string;
  readonly last_day: string;
  readonly currency: string;
}

async function movesOf(
  trx: Transaction<Database>,
  organizationId: string,
  shops: Wanted['shops'],
  before: readonly Mapping[],
  after: readonly Mapping[],
): Promise<MappingPreview> {
  const placed = (set: 'was' | 'will') => sql`coalesce(
    (select m.department_id from ${sql.ref(set)} m where m.pos_account_id = f.pos_account_id and m.shop_id = f.shop_id
      and m.register_id = f.register_id and m.valid_from <= f.business_day
      and (m.valid_until is null or f.business_day < m.valid_until)),
    (select m.department_id from ${sql.ref(set)} m where m.pos_account_id = f.pos_account_id and m.shop_id = f.shop_id
      and m.register_id is null and m.valid_from <= f.business_day
      and (m.valid_until is null or f.business_day < m.valid_until)))`;
  const { rows } = await sql<Move>`
    with was as materialized (${recordset(before)}), will as materialized (${recordset(after)}), placed as (
      select f.business_day, f.net_sales, f.transactions, account.currency, ${placed('was')} as old, ${placed('will')} as now
      from (select distinct * from unnest(
        ${shops.map((shop) => shop.posAccountId)}::uuid[], ${shops.map((shop) => shop.shopId)}::text[]
      ) as u (pos_account_id, shop_id)) wanted
      join pos_account account on account.organization_id = ${organizationId} and account.id = wanted.pos_account_id
      join fact_day f on f.organization_id = ${organizationId} and f.pos_account_id = wanted.pos_account_id
        and f.shop_id = wanted.shop_id
    )
    select old, now, currency, sum(net_sales)::bigint as net_sales, sum(transactions)::bigint as transactions,
      count(distinct business_day)::int as days, min(business_day) as first_day, max(business_day) as last_day
    from placed where old is distinct from now
    group by old, now, currency order by abs(sum(net_sales)) desc`.execute(trx);
  const money = chooseCurrency(await readOrganization(trx, organizationId));
  const own = rows.filter((row) => row.currency === money.currency);
  const names = new Map((await listDepartments(trx, organizationId)).map(({ id, name }) => [id, name]));
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  const touched = new Set(own.flatMap(({ old, now }) => [old, now]).filter((id) => id !== null));
  const sum = (moves: readonly Move[]) => moves.reduce((total, move) => total + move.net_sales, 0);
  return {
    currency: money.currency,
    minorDigits: money.minorDigits,
    moves: own.map((row) => ({
      from: named(row.old),
      to: named(row.now),
      netSales: row.net_sales,
      transactions: row.transactions,
      days: row.days,
      firstDay: row.first_day,
      lastDay: row.last_day,
    })),
    departments: [...touched].map((id) => ({
      id,
      name: names.get(id) ?? id,
      before: sum(own.filter(({ old }) => old === id)),
      after: sum(own.filter(({ now }) => now === id)),
      days: Math.max(...own.filter(({ old, now }) => old === id || now === id).map(({ days }) => days)),
    })),
    otherCurrencies: [...new Set(rows.filter((row) => row.currency !== money.currency).map((row) => row.currency))],
    firstDay: rows.map((row) => row.first_day).toSorted()[0] ?? null,
    lastDay:
      rows
        .map((row) => row.last_day)
        .toSorted()
        .at(-1) ?? null,
    confirmedDays: 0,
  };
}

function recordset(mappings: readonly Mapping[]) {
  const rows = mappings.map((mapping) => ({
    pos_account_id: mapping.posAccountId,
    shop_id: mapping.shopId,
    register_id: mapping.registerId,
    department_id: mapping.departmentId,
    valid_from: mapping.from,
    valid_until: mapping.until,
  }));
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(pos_account_id uuid, shop_id text,
    register_id text, department_id uuid, valid_from date, valid_until date)`;
}

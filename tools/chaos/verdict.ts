import { sql } from 'kysely';
import { PAYMENT_MEASURES, SALE_MEASURES } from '../../packages/hub/src/modules/ledger/figure/measures.ts';
import { compare, ledgerDigest, readCells } from '../../packages/hub/src/modules/sync/testing/account.ts';
import { syncAccount } from '../../packages/hub/src/modules/sync/run-connection.ts';
import { systemTransaction, tenantTransaction } from '../../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../../packages/hub/src/platform/services.ts';
import { type Account, type Business, connectAgain } from './accounts.ts';

/** What one account's ledger and figures are, against the till's own. */
export interface Verdict {
  readonly cells: number;
  /** Measures of cells in which the hub and the till differ, named. */
  readonly differing: readonly string[];
  /** Sales the till has and the ledger has not. */
  readonly lost: readonly string[];
  /** Sales the till has not, and sales with a version twice or a gap between versions. */
  readonly doubled: readonly string[];
  /** What should be over and is not, named. */
  readonly unfinished: readonly string[];
}

/** What is still open in an account once everything is said to be done; empty when all is in order. */
export async function readUnfinished(services: Services, { organizationId, posAccountId }: Account): Promise<readonly string[]> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ what: string; count: number }>`
      select * from (
        select 'dirty days' as what, count(*)::int as count from dirty_day
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        union all
        select 'documents set aside', count(*)::int from set_aside
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and resolved_at is null
        union all
        select 'receipts to be explained', count(*)::int from dirty_sale
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        union all
        select 'hints waiting', count(*)::int from hint
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and served_at is null
        union all
        select 'leases held', count(*)::int from sync_state
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and lease_holder is not null
        union all
        select 'passes asked for', coalesce(sum(greatest(wanted - done, 0)), 0)::int from sync_state
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        union all
        select 'runs unfinished', count(*)::int from run r
        join sync_state s on s.organization_id = r.organization_id and s.run_id = r.id
        where r.organization_id = ${organizationId} and s.pos_account_id = ${posAccountId} and r.finished_at is null
        union all
        select 'histories unfinished', 2 - count(*)::int from cursor
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and lane = 'history'
          and caught_up_at is not null
        union all
        select 'windows unread', coalesce(sum(jsonb_array_length(position->'windows')), 0)::int from cursor
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and lane = 'reconcile'
      ) as open where count <> 0`.execute(trx);
    return rows.map(({ what, count }) => `${what}: ${count}`);
  });
}

/** Judges an account that is in order: every cell, every id, every version. */
export async function judge(services: Services, business: Business, account: Account): Promise<Verdict> {
  const { control } = business.emulator;
  const truth = account.series === 'r' ? control.truth() : (control.xSeries?.truth() ?? null);
  if (truth === null) throw new Error('This emulator has no truth.');
  const theirs = new Set(
    account.series === 'r' ? (control.ids()['Sale'] ?? []).map(String) : (control.xSeries?.ids()['sales'] ?? []),
  );
  const ours = new Set(await readSaleIds(services, account));
  const cells = await readCells(services.db, account.organizationId, account.posAccountId);
  return {
    cells: cells.size,
    differing: [...compare(cells, truth), ...(await readWrongSums(services, account))].map((text) => `${account.series} ${text}`),
    lost: [...theirs].filter((id) => !ours.has(id)),
    doubled: [...[...ours].filter((id) => !theirs.has(id)), ...(await readDoubledVersions(services, account))],
    unfinished: (await readUnfinished(services, account)).map((text) => `${account.series} ${text}`),
  };
}

/** Sums that are not those of their hours, and days whose log says last what is not so. */
async function readWrongSums(services: Services, { organizationId, posAccountId }: Account): Promise<readonly string[]> {
  const own = sql`organization_id = ${organizationId} and pos_account_id = ${posAccountId}`;
  const of = (table: string, place: string, measures: readonly string[]) => sql`
    select concat_ws(' ', ${sql.raw(place)}) as place, ${sql.raw(measures.map((measure) => `sum(${measure})::numeric`).join(', '))}
    from ${sql.table(table)} where ${own} group by 1`;
  const apart = (what: string, one: ReturnType<typeof of>, other: ReturnType<typeof of>) => sql<{ what: string }>`
    select distinct ${what} || ' ' || place as what from ((${one} except ${other}) union (${other} except ${one})) as apart`;
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const all = [...SALE_MEASURES, ...PAYMENT_MEASURES];
    const register = 'shop_id, register_id';
    const month = "date_trunc('month', business_day)::date";
    const wrong = [];
    for (const [what, one, other] of [
      ['day', of('fact', `${register}, business_day`, all), of('fact_day', `${register}, business_day`, all)],
      ['month', of('fact', `${register}, ${month}`, all), of('fact_month', `${register}, month`, all)],
      ['account hour', of('fact', 'business_day, hour', all), of('account_hour', 'business_day, hour', all)],
      ...(['business_day', 'month'] as const).map(
        (day) =>
          [
            'payments',
            of('payment_fact', `${register}, payment_type_id, ${day === 'month' ? month : day}`, ['payments']),
            of(day === 'month' ? 'payment_month' : 'payment_day', `${register}, payment_type_id, ${day}`, ['payments']),
          ] as const,
      ),
    ] as const)
      wrong.push(await apart(what, one, other).execute(trx));
    wrong.push(
      await sql<{ what: string }>`
        with said as (
          select distinct on (shop_id, register_id, business_day, measure)
            shop_id, register_id, business_day, measure, (told->>1)::numeric as value
          from turnover_change, jsonb_each(changes) as one (measure, told) where ${own}
          order by shop_id, register_id, business_day, measure, at desc, id desc
        )
        select 'log of ' || concat_ws(' ', shop_id, register_id, business_day, measure) || ': said ' || value as what
        from said left join fact_day f using (shop_id, register_id, business_day)
        where (f.organization_id is null or (f.organization_id = ${organizationId} and f.pos_account_id = ${posAccountId}))
          and value <> coalesce((to_jsonb(f)->>measure)::numeric, 0)`.execute(trx),
    );
    return wrong.flatMap(({ rows }) => rows.map(({ what }) => what));
  });
}

async function readSaleIds(services: Services, { organizationId, posAccountId }: Account): Promise<readonly string[]> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const rows = await trx
      .selectFrom('sale')
      .select('sale_id')
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .execute();
    return rows.map(({ sale_id }) => sale_id);
  });
}

/** A version is kept once: numbers without gaps, and no content that only repeats the one before. */
async function readDoubledVersions(services: Services, { organizationId, posAccountId }: Account): Promise<readonly string[]> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ what: string }>`
      with version as (
        select sale_id, version, hash,
          lag(hash) over (partition by sale_id order by version) as hash_before,
          row_number() over (partition by sale_id order by version) as place
        from sale_version
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
      )
      select distinct sale_id || ' version ' || version as what from version
      where hash = hash_before or version <> place order by 1`.execute(trx);
    return rows.map(({ what }) => what);
  });
}

/** Reads the same business once more, undisturbed, and tells in which tables its ledger is another one. */
export async function compareWithCleanWalk(services: Services, business: Business, name: string): Promise<readonly string[]> {
  const clean = await connectAgain(services, business.emulator, name);
  const differing: string[] = [];
  for (const [index, account] of clean.accounts.entries()) {
    const summary = await syncAccount(services, { ...account, until: 'idle' });
    if (summary.state !== 'complete')
      throw new Error(`The clean walk ended as ${summary.state}: ${summary.error?.message ?? ''}`);
    const ours = business.accounts[index];
    if (ours === undefined) continue;
    await forgetGoneCustomers(services, ours, account);
    for (const table of await differingTables(services, ours, account)) {
      differing.push(...(await differingRows(services, table, ours, account)).map((row) => `${account.series} ${row}`));
    }
  }
  return differing;
}

/** Tables whose digest is another one. */
async function differingTables(services: Services, ours: Account, clean: Account): Promise<readonly string[]> {
  const [first, second] = await Promise.all([
    ledgerDigest(services.db, ours.organizationId, ours.posAccountId),
    ledgerDigest(services.db, clean.organizationId, clean.posAccountId),
  ]);
  const others = new Set(second.split('\n'));
  return first.split('\n').flatMap((line) => (others.has(line) ? [] : [line.slice(0, line.indexOf(':'))]));
}

/** The first rows of a table that only one of the two has. */
async function differingRows(services: Services, table: string, ours: Account, clean: Account): Promise<readonly string[]> {
  const rowsOf = (account: Account) => sql`
    select to_jsonb(t) - 'organization_id' - 'pos_account_id' - 'seen_at' - 'version' - 'checked_at' as row
    from ${sql.table(table)} t where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId}`;
  const found = await systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<{ whose: string; row: string }>`
      (select 'only ours' as whose, row::text from (${rowsOf(ours)} except ${rowsOf(clean)}) as o order by row::text limit ${ROWS_SHOWN})
      union all
      (select 'only the clean walk', row::text from (${rowsOf(clean)} except ${rowsOf(ours)}) as c order by row::text limit ${ROWS_SHOWN})`.execute(
      trx,
    );
    return rows;
  });
  return found.map(({ whose, row }) => `${table}, ${whose}: ${row.slice(0, ROW_LENGTH)}`);
}

const ROWS_SHOWN = 3;
const ROW_LENGTH = 700;

/** Customers that the till has deleted without a trace stay in our ledger and are not in a new one: they are left out of the comparison. */
async function forgetGoneCustomers(services: Services, ours: Account, clean: Account): Promise<void> {
  await services.pool.query(
    `delete from customer c where organization_id = $1 and pos_account_id = $2 and not exists (
      select from customer k where k.organization_id = $3 and k.pos_account_id = $4 and k.customer_id = c.customer_id)`,
    [ours.organizationId, ours.posAccountId, clean.organizationId, clean.posAccountId],
  );
}

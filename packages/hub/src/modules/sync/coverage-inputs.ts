import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/** What is known of one POS account, from which each shop's and day's coverage follows (D21, D22). Times are the POS's own. */
export interface AccountCoverage {
  readonly posAccountId: string;
  /** Every change up to here has been read; null before the first poll. */
  readonly salesCaughtUpTo: Instant | null;
  /** Shops, registers and payment types were read last. */
  readonly lookUpsReadAt: Instant | null;
  /** The first walk through all sales ended; null until then. */
  readonly historyDoneAt: Instant | null;
  /** The walk took sales from here on only; null: all there are. */
  readonly historyFloor: Instant | null;
  /** Sales that could not be read. Shop or day null: it could not be told, so it may be any. */
  readonly setAside: readonly { readonly shopId: string | null; readonly day: string | null }[];
}

/** The coverage inputs of every POS account of the transaction's organization. */
export async function coverageInputs(trx: Transaction<Database>): Promise<AccountCoverage[]> {
  const { rows } = await sql<{
    id: string;
    sales: Date | null;
    look_ups: Date | null;
    history: Date | null;
    set_aside: { shopId: string | null; day: string | null }[] | null;
  }>`
    select a.id,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'sales' and c.lane = 'live') as sales,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'lookUps' and c.lane = 'live') as look_ups,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'sales' and c.lane = 'history') as history,
      (select jsonb_agg(jsonb_build_object('shopId', s.shop_id, 'day', s.business_day)) from set_aside s
        where s.organization_id = a.organization_id and s.pos_account_id = a.id and s.resource = 'sale'
          and s.resolved_at is null) as set_aside
    from pos_account a
    where a.organization_id = current_organization()
    order by a.id`.execute(trx);
  return rows.map((row) => ({
    posAccountId: row.id,
    salesCaughtUpTo: instant(row.sales),
    lookUpsReadAt: instant(row.look_ups),
    historyDoneAt: instant(row.history),
    historyFloor: null,
    setAside: row.set_aside ?? [],
  }));
}

function instant(date: Date | null): Instant | null {
  return (date?.getTime() ?? null) as Instant | null;
}

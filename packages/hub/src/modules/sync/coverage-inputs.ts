import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { runPrepared } from '../turnover/prepared.ts';
import { historyFloor } from './account-settings.ts';

/**
 * A day in doubt because a document that its figures rest on could not be read: a sale's, a void's, a shop's. Shop null, or neither time nor day: it could not be told, so it may be any.
 * With a time the day is the shop's own, by its calendar as it is now.
 */
export interface Doubt {
  readonly shopId: string | null;
  readonly day: string | null;
  readonly time: Instant | null;
}

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
  readonly setAside: readonly Doubt[];
  /** Stretches of time that were left unread; of every shop, or of one. Without an end: it is frozen still. */
  readonly gaps: readonly {
    readonly shopId: string | null;
    readonly from: Instant;
    readonly until: Instant | null;
    /** Stretches of completion time that were read again after it. */
    readonly reread: readonly (readonly [from: Instant, until: Instant])[];
  }[];
}

/** The coverage inputs of every POS account of the transaction's organization. */
export async function coverageInputs(trx: Transaction<Database>): Promise<AccountCoverage[]> {
  const question = sql<{
    id: string;
    sales: Date | null;
    look_ups: Date | null;
    history: Date | null;
    set_aside: { shopId: string | null; day: string | null; time: string | null }[] | null;
    gaps: { shopId: string | null; from: string; until: string | null; reread: [string, string][] | null }[] | null;
    history_from: string | null;
  }>`
    with unread as (
      select pos_account_id, resource_id, shop_id, business_day, readable_time from set_aside
      where organization_id = current_organization() and resource = 'sale' and resolved_at is null
    ), unread_void as (
      select pos_account_id, shop_id, substring(document->>'saleID' from '^[1-9][0-9]*$') as sale_id from set_aside
      where organization_id = current_organization() and resource = 'saleVoid' and resolved_at is null
    ), counted_in_doubt as (
      -- Sales that perhaps were voided, and sales the POS no longer has.
      select v.pos_account_id, v.sale_id from unread_void v
      join sale s on s.organization_id = current_organization() and s.pos_account_id = v.pos_account_id and s.sale_id = v.sale_id
      where s.state <> 'voided'
      union select pos_account_id, sale_id from sale
      where organization_id = current_organization() and problem = 'missing_at_pos'
    ), doubt as (
      select pos_account_id, shop_id, business_day, readable_time from unread
      -- What is stored of such a sale is an older version: the days it stands in are in doubt as well.
      union select s.pos_account_id, s.shop_id, s.business_day, null from unread u
      join sale s on s.organization_id = current_organization() and s.pos_account_id = u.pos_account_id and s.sale_id = u.resource_id
      union select p.pos_account_id, p.shop_id, p.business_day, null from unread u
      join payment_figure p on p.organization_id = current_organization() and p.pos_account_id = u.pos_account_id
        and p.sale_id = u.resource_id
      -- Without the shop its zone is not known, nor therefore which day any of its sales is of.
      union select pos_account_id, coalesce(shop_id, resource_id), null, null from set_aside
      where organization_id = current_organization() and resource = 'shop' and resolved_at is null
      -- A void that does not say which sale it is of may be of any.
      union select pos_account_id, shop_id, null, null from unread_void where sale_id is null
      union select s.pos_account_id, s.shop_id, s.business_day, null from counted_in_doubt c
      join sale s on s.organization_id = current_organization() and s.pos_account_id = c.pos_account_id and s.sale_id = c.sale_id
      union select p.pos_account_id, p.shop_id, p.business_day, null from counted_in_doubt c
      join payment_figure p on p.organization_id = current_organization() and p.pos_account_id = c.pos_account_id
        and p.sale_id = c.sale_id
    )
    select a.id, a.history_from,
      (select jsonb_agg(jsonb_build_object('shopId', g.shop_id, 'from', g.from_at, 'until', g.until_at, 'reread', (
          select jsonb_agg(jsonb_build_array(lower(again), upper(again))) from unnest(g.reread) again))) from read_gap g
        where g.organization_id = a.organization_id and g.pos_account_id = a.id) as gaps,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'sales' and c.lane = 'live') as sales,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'lookUps' and c.lane = 'live') as look_ups,
      (select caught_up_at from cursor c where c.organization_id = a.organization_id and c.pos_account_id = a.id
        and c.stream = 'sales' and c.lane = 'history') as history,
      (select jsonb_agg(jsonb_build_object('shopId', d.shop_id, 'day', d.business_day, 'time', d.readable_time)) from doubt d
        where d.pos_account_id = a.id) as set_aside
    from pos_account a
    where a.organization_id = current_organization()
    order by a.id`;
  const rows = await runPrepared(trx, question);
  return rows.map((row) => ({
    posAccountId: row.id,
    salesCaughtUpTo: instant(row.sales),
    lookUpsReadAt: instant(row.look_ups),
    historyDoneAt: instant(row.history),
    historyFloor: historyFloor(row.history_from),
    gaps: (row.gaps ?? []).map(({ shopId, from, until, reread }) => ({
      shopId,
      from: Date.parse(from) as Instant,
      until: until === null ? null : (Date.parse(until) as Instant),
      reread: (reread ?? []).map(([first, last]) => [Date.parse(first) as Instant, Date.parse(last) as Instant] as const),
    })),
    setAside: (row.set_aside ?? []).map(({ shopId, day, time }) => ({
      shopId,
      day,
      time: time === null ? null : (Date.parse(time) as Instant),
    })),
  }));
}

function instant(date: Date | null): Instant | null {
  return (date?.getTime() ?? null) as Instant | null;
}

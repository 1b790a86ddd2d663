import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import type { ShopDays } from '../shop-days.ts';
import { stretches } from '../stretches.ts';
import { addDays } from '../../ledger/figure/business-day.ts';

export interface Scope {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly shops: readonly ShopDays[];
  readonly from: string;
  readonly to: string;
}

/** A stored sale with its business day, the calendar day of its shop, and its amounts as exact text. */
export interface SaleSide {
  readonly sale_id: string;
  readonly number: string;
  readonly shop_id: string;
  readonly business_day: string;
  readonly calendar_day: string;
  readonly state: 'open' | 'completed' | 'voided';
  /** Of its figure, in minor units; null when it does not count. */
  readonly gross_sales: number | null;
  readonly returns: number | null;
  readonly net_sales_incl: number | null;
  /** What the POS's total has beyond lines and adjustments, in minor units. */
  readonly unexplained_incl: number | null;
  /** The sale's total as the POS states it, lines and adjustments. */
  readonly stated_total: string;
  /** Σ of all lines, as the R-Series' reports add them: E + tax, E + stated discount. */
  readonly totals: string;
  readonly subtotals: string;
  /** Of lines that are neither goods, returns nor discounts: allocated incl. tax (minor units), and E + stated discount. */
  readonly other_cents: number;
  readonly other_subtotals: string;
  /** Of discount lines, E + stated discount; of returns, the stated discount. */
  readonly rebate_subtotals: string;
  readonly return_discounts: string;
  /** Of goods on tax-inclusive sales: what tax the stated discount has in it, in minor units. */
  readonly tax_in_discounts: number;
  /** Of all lines, allocated incl. tax, in minor units. */
  readonly line_cents: number;
  /** Of goods and returns: what the subtotals have of them, exact and as our cents. */
  readonly goods_subtotals: string;
  readonly goods_cents: number;
  readonly register_id: string;
  readonly occurred_at: Date;
  readonly created_at: Date | null;
  readonly changed_at: Date;
  /** The register session it was completed in, where the POS says so. */
  readonly session_id: string | null;
}

/** Days by which a payment's or sale's calendar day and business day can lie apart. */
const REACH = 3;

function localDay(column: string) {
  return sql`((${sql.ref(column)} at time zone 'UTC') + stretch.offset_ms * interval '1 millisecond')::date`;
}

/** Sales that count on a business day, or by the calendar, of the period, or were completed in one of the sessions, whatever their day. */
export async function readSales(
  trx: Transaction<Database>,
  scope: Scope,
  sessionIds: readonly string[] = [],
): Promise<readonly SaleSide[]> {
  const { organizationId, posAccountId, from, to } = scope;
  const oldest = await firstDayOf(trx, scope, sessionIds);
  const wide = { ...scope, from: addDays(oldest, -REACH), to: addDays(to, REACH) };
  const { rows } = await sql<SaleSide>`
    with stretch as materialized (${stretches(wide)}), placed as materialized (
      select sale.sale_id, sale.number, sale.shop_id, sale.business_day, sale.state, sale.tax_inclusive, sale.total,
        sale.register_id, sale.occurred_at, sale.created_at, sale.changed_at, sale.session_id,
        ${localDay('sale.occurred_at')} as calendar_day
      from stretch
      join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = ${posAccountId}
        and sale.shop_id = stretch.shop_id and sale.business_day between stretch.first_day and stretch.last_day
        and sale.occurred_at >= stretch.since and sale.occurred_at < stretch.until
        and (sale.business_day >= ${addDays(from, -REACH)}::date or sale.session_id = any(${[...sessionIds]}::text[]))
    )
    select placed.sale_id, placed.number, placed.shop_id, placed.business_day, placed.state, placed.calendar_day,
      placed.register_id, placed.occurred_at, placed.created_at, placed.changed_at, placed.session_id,
      placed.total::text as stated_total, f.gross_sales, f.returns, f.net_sales_incl, f.unexplained_incl, lines.*
    from placed
    left join sale_figure f on f.organization_id = ${organizationId} and f.pos_account_id = ${posAccountId}
      and f.sale_id = placed.sale_id
    cross join lateral (
      select coalesce(sum(l.exclusive + l.tax), 0)::text as totals, coalesce(sum(l.exclusive + l.discount), 0)::text as subtotals,
        coalesce(sum(l.net_cents + l.tax_cents) filter (where l.kind not in ('goods', 'return', 'discount')), 0)::bigint as other_cents,
        coalesce(sum(l.exclusive + l.discount) filter (where l.kind not in ('goods', 'return', 'discount')), 0)::text as other_subtotals,
        coalesce(sum(l.exclusive + l.discount) filter (where l.kind = 'discount'), 0)::text as rebate_subtotals,
        coalesce(sum(l.discount) filter (where l.kind = 'return'), 0)::text as return_discounts,
        coalesce(sum(l.discount_incl_cents - l.discount_cents) filter (where l.kind = 'goods' and placed.tax_inclusive), 0)::bigint
          as tax_in_discounts,
        coalesce(sum(l.net_cents + l.tax_cents), 0)::bigint as line_cents,
        coalesce(sum(l.exclusive + case when l.kind = 'goods' then l.discount else 0 end)
          filter (where l.kind in ('goods', 'return')), 0)::text as goods_subtotals,
        coalesce(sum(l.net_cents + case when l.kind <> 'goods' then 0 when placed.tax_inclusive then l.discount_incl_cents
          else l.discount_cents end) filter (where l.kind in ('goods', 'return')), 0)::bigint as goods_cents
      from sale_line l
      where l.organization_id = ${organizationId} and l.pos_account_id = ${posAccountId} and l.sale_id = placed.sale_id
    ) lines
    where placed.calendar_day between ${from}::date and ${to}::date or placed.business_day between ${from}::date and ${to}::date
      or placed.session_id = any(${[...sessionIds]}::text[])`.execute(trx);
  return rows;
}

/** The first business day of the period or of a sale of these sessions: orders are completed long after they were made. */
async function firstDayOf(trx: Transaction<Database>, scope: Scope, sessionIds: readonly string[]): Promise<string> {
  if (sessionIds.length === 0) return scope.from;
  const { rows } = await sql<{ day: string | null }>`
    select min(business_day) as day from sale
    where organization_id = ${scope.organizationId} and pos_account_id = ${scope.posAccountId}
      and session_id = any(${[...sessionIds]}::text[])`.execute(trx);
  const day = rows[0]?.day ?? scope.from;
  return day < scope.from ? day : scope.from;
}

/** A stored payment. */
export interface PaymentSide {
  readonly sale_id: string;
  readonly number: string;
  readonly shop_id: string;
  readonly state: SaleSide['state'];
  readonly sale_calendar_day: string;
  readonly paid_calendar_day: string;
  /** Business day it is paid on, by the figures; null where it is in none. */
  readonly paid_business_day: string | null;
  readonly register_id: string;
  readonly paid_at: Date;
  readonly kind: string;
  readonly amount: string;
  readonly archived: boolean;
  readonly created_at: Date | null;
  readonly changed_at: Date;
  /** The register session it was taken in, where the POS says so. */
  readonly session_id: string | null;
}

/**
 * Payments made on, or of sales completed on, a day of the period; with registers, also those taken there for other shops' sales,
 * those of voided sales and archived ones: they were good once.
 */
export async function readPayments(
  trx: Transaction<Database>,
  scope: Scope,
  registerIds: readonly string[] | null = null,
): Promise<readonly PaymentSide[]> {
  const { organizationId, posAccountId, from, to } = scope;
  const shopIds = scope.shops.map((shop) => shop.shopId);
  const since = `${addDays(from, -REACH)}T00:00:00Z`;
  const until = `${addDays(to, REACH)}T00:00:00Z`;
  // Payments lie on other days than their sale: each moment is placed by the stretch it is in.
  const wide = { ...scope, from: addDays(from, -REACH), to: addDays(to, REACH) };
  const dayOf = (column: string) => sql`(
    select ${localDay(column)} from stretch where stretch.shop_id = sale.shop_id
      and ${sql.ref(column)} >= stretch.since and ${sql.ref(column)} < stretch.until
    order by stretch.last_day desc limit 1)`;
  const { rows } = await sql<PaymentSide>`
    with stretch as materialized (${stretches(wide)}), chosen as materialized (
      select sale.* from sale
      where sale.organization_id = ${organizationId} and sale.pos_account_id = ${posAccountId}
        and (sale.shop_id = any(${shopIds}::text[]) or ${registerIds !== null} and exists (
          select from payment p where p.organization_id = ${organizationId} and p.pos_account_id = ${posAccountId}
            and p.sale_id = sale.sale_id and p.register_id = any(${[...(registerIds ?? [])]}::text[])))
        and (sale.state <> 'voided' or ${registerIds !== null})
        and (sale.business_day between ${wide.from}::date and ${wide.to}::date or exists (
          select from payment p where p.organization_id = ${organizationId} and p.pos_account_id = ${posAccountId}
            and p.sale_id = sale.sale_id and p.paid_at >= ${since}::timestamptz and p.paid_at < ${until}::timestamptz))
    )
    select sale.sale_id, sale.number, sale.shop_id, sale.state, coalesce(${dayOf('sale.occurred_at')}, sale.business_day)
        as sale_calendar_day,
      coalesce(${dayOf('p.paid_at')}, (p.paid_at at time zone 'UTC')::date) as paid_calendar_day, figure.business_day as paid_business_day,
      p.register_id, p.paid_at, p.kind, p.amount::text, p.archived, p.session_id, sale.created_at, sale.changed_at
    from chosen sale
    join payment p on p.organization_id = ${organizationId} and p.pos_account_id = ${posAccountId} and p.sale_id = sale.sale_id
      and (not p.archived or ${registerIds !== null})
    left join lateral (
      select f.business_day from payment_figure f
      where f.organization_id = ${organizationId} and f.pos_account_id = ${posAccountId} and f.sale_id = sale.sale_id
        and f.register_id = p.register_id and f.payment_type_id = p.type_id
        and f.hour <= p.paid_at and f.hour > p.paid_at - interval '1 hour'
      order by f.hour desc limit 1
    ) figure on true`.execute(trx);
  return rows;
}

/** Cash rounding of sales of the period, in minor units: payments of their own at the X-Series, which we keep as a measure. */
export async function readRounding(
  trx: Transaction<Database>,
  { organizationId, posAccountId, from, to }: Scope,
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('sale_figure')
    .select(['sale_id', 'rounding'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('business_day', '>=', addDays(from, -REACH))
    .where('business_day', '<=', addDays(to, REACH))
    .where('rounding', '<>', 0)
    .execute();
  return new Map(rows.map(({ sale_id, rounding }) => [sale_id, rounding]));
}

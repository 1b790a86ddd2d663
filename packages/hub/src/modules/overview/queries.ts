import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { DAY_MS } from '../ledger/figure/business-day.ts';
import { contains } from '../stores/mapping.ts';
import { listShops } from '../stores/queries.ts';
import type { Sums } from '../turnover/values.ts';
import type { Overview } from './schemas.ts';

interface ByNow {
  readonly organizationId: string;
  readonly currency: string;
  /** Each shop's business day, and the moment (exclusive) up to which its sales are wanted. */
  readonly shops: readonly { posAccountId: string; shopId: string; day: string; until: Instant }[];
}

/** Net sales and transactions of one day a shop up to a moment, by department: from receipts, because facts know only whole hours. */
export async function salesByNow(
  trx: Transaction<Database>,
  { organizationId, currency, shops }: ByNow,
): Promise<{ departmentId: string | null; sums: Sums }[]> {
  if (shops.length === 0) return [];
  const { rows } = await sql<{ department_id: string | null; net_sales: number; transactions: number }>`
    select coalesce(own.department_id, whole.department_id) as department_id,
      sum(figure.net_sales)::bigint as net_sales, sum(figure.transactions)::bigint as transactions
    from unnest(
      ${shops.map((shop) => shop.posAccountId)}::uuid[],
      ${shops.map((shop) => shop.shopId)}::text[],
      ${shops.map((shop) => shop.day)}::date[],
      ${shops.map((shop) => new Date(shop.until).toISOString())}::timestamptz[]
    ) as wanted (pos_account_id, shop_id, business_day, until)
    join pos_account account on account.organization_id = ${organizationId} and account.id = wanted.pos_account_id
      and account.currency = ${currency}
    join sale_figure figure on figure.organization_id = ${organizationId} and figure.pos_account_id = wanted.pos_account_id
      and figure.shop_id = wanted.shop_id and figure.business_day = wanted.business_day
    join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = figure.pos_account_id
      and sale.sale_id = figure.sale_id and sale.occurred_at < wanted.until
    left join mapping own on own.organization_id = ${organizationId} and own.pos_account_id = figure.pos_account_id
      and own.shop_id = figure.shop_id and own.register_id = figure.register_id
      and own.valid_from <= figure.business_day and (own.valid_until is null or figure.business_day < own.valid_until)
    left join mapping whole on whole.organization_id = ${organizationId} and whole.pos_account_id = figure.pos_account_id
      and whole.shop_id = figure.shop_id and whole.register_id is null
      and whole.valid_from <= figure.business_day and (whole.valid_until is null or figure.business_day < whole.valid_until)
    group by 1`.execute(trx);
  return rows.map((row) => ({
    departmentId: row.department_id,
    sums: new Map([
      ['net_sales', row.net_sales],
      ['transactions', row.transactions],
    ]),
  }));
}

/** Sales that no mapping takes, by shop: the amount at risk. */
export async function unmappedSales(
  trx: Transaction<Database>,
  span: { readonly organizationId: string; readonly currency: string; readonly since: string; readonly to: string },
): Promise<Overview['unmapped']> {
  const { organizationId, currency, since, to } = span;
  const { rows } = await sql<{
    pos_account_id: string;
    shop_id: string;
    name: string;
    register_ids: string[];
    net_sales: number;
    transactions: number;
    first_day: string;
    last_day: string;
  }>`
    select shop.pos_account_id, shop.shop_id, shop.name, array_agg(distinct part.register_id) as register_ids,
      sum(part.net_sales)::bigint as net_sales, sum(part.transactions)::bigint as transactions,
      min(part.business_day) as first_day, max(part.business_day) as last_day
    from shop
    join pos_account account on account.organization_id = shop.organization_id and account.id = shop.pos_account_id
      and account.currency = ${currency}
    cross join lateral (
      select fact.register_id, fact.business_day, sum(fact.net_sales) as net_sales, sum(fact.transactions) as transactions
      from fact
      where fact.organization_id = ${organizationId} and fact.pos_account_id = shop.pos_account_id
        and fact.shop_id = shop.shop_id and fact.business_day between ${since}::date and ${to}::date
      group by fact.register_id, fact.business_day
    ) part
    where shop.organization_id = ${organizationId} and not exists (
      select 1 from mapping
      where mapping.organization_id = ${organizationId} and mapping.pos_account_id = shop.pos_account_id
        and mapping.shop_id = shop.shop_id and (mapping.register_id is null or mapping.register_id = part.register_id)
        and mapping.valid_from <= part.business_day
        and (mapping.valid_until is null or part.business_day < mapping.valid_until)
    )
    group by shop.pos_account_id, shop.shop_id, shop.name
    order by sum(part.net_sales) desc, shop.name`.execute(trx);
  const shops = await listShops(trx, organizationId, to);
  return {
    netSales: rows.reduce((sum, row) => sum + row.net_sales, 0),
    transactions: rows.reduce((sum, row) => sum + row.transactions, 0),
    since,
    shops: rows.map((row) => ({
      posAccountId: row.pos_account_id,
      shopId: row.shop_id,
      name: row.name,
      registerIds: row.register_ids,
      netSales: row.net_sales,
      firstDay: row.first_day,
      lastDay: row.last_day,
    })),
    unmappedShops: shops.filter((shop) => !shop.archived && !shop.mappings.some((mapping) => contains(mapping, to))).length,
  };
}

/** What the list of problems holds: documents set aside, shops and sales with a problem; and connections that need somebody. */
export async function openProblems(trx: Transaction<Database>, organizationId: string): Promise<Overview['problems']> {
  const { rows: byCode } = await sql<Overview['problems']['byCode'][number]>`
    with problem as (
      select code, resource from set_aside where organization_id = ${organizationId} and resolved_at is null
      union all
      select problem, 'shop' from shop where organization_id = ${organizationId} and problem is not null
      union all
      select problem, 'sale' from sale where organization_id = ${organizationId} and problem is not null
    )
    select code, resource, count(*)::int as count from problem group by code, resource order by count desc, code, resource`.execute(
    trx,
  );
  const connections = await trx
    .selectFrom('connection')
    .select(['id', 'name', 'state', 'state_reason as reason'])
    .where('organization_id', '=', organizationId)
    .where('state', 'not in', ['active', 'retired', 'removed'])
    .orderBy('name')
    .execute();
  return { open: byCode.reduce((sum, row) => sum + row.count, 0), byCode, connections };
}

const CHANGES_DAYS = 14;
const CHANGES_MOST = 10;

/** Receipts that came again with another content, the newest first. */
export async function recentChanges(
  trx: Transaction<Database>,
  organizationId: string,
  now: Instant,
): Promise<Overview['recentChanges']> {
  const rows = await trx
    .selectFrom('sale_version as changed')
    .innerJoin('sale', (join) =>
      join
        .onRef('sale.organization_id', '=', 'changed.organization_id')
        .onRef('sale.pos_account_id', '=', 'changed.pos_account_id')
        .onRef('sale.sale_id', '=', 'changed.sale_id')
        // The newest version only: it is what the receipt now says.
        .onRef('sale.version', '=', 'changed.version'),
    )
    .leftJoin('shop', (join) =>
      join
        .onRef('shop.organization_id', '=', 'sale.organization_id')
        .onRef('shop.pos_account_id', '=', 'sale.pos_account_id')
        .onRef('shop.shop_id', '=', 'sale.shop_id'),
    )
    .select([
      'sale.pos_account_id',
      'sale.sale_id',
      'sale.number',
      'sale.shop_id',
      'shop.name',
      'sale.business_day',
      'sale.state',
      'changed.version',
      'changed.received_at',
      'sale.total',
    ])
    .where('changed.organization_id', '=', organizationId)
    .where('changed.version', '>', 1)
    .where('changed.received_at', '>=', new Date(now - CHANGES_DAYS * DAY_MS))
    .orderBy('changed.received_at', 'desc')
    .orderBy('sale.sale_id')
    .limit(CHANGES_MOST)
    .execute();
  return rows.map((row) => ({
    posAccountId: row.pos_account_id,
    saleId: row.sale_id,
    number: row.number,
    shopName: row.name ?? row.shop_id,
    businessDay: row.business_day,
    state: row.state,
    version: row.version,
    seenAt: row.received_at.toISOString(),
    total: row.total,
  }));
}

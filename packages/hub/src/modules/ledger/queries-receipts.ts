import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { runPrepared } from '../turnover/prepared.ts';
import { stretches } from '../turnover/stretches.ts';
import type { ShopDays } from '../turnover/shop-days.ts';
import { isQuantity, PAYMENT_MEASURES, SALE_MEASURES } from './figure/measures.ts';
import { type Limit, saleIsWithin } from './receipts-scope.ts';

/** Which part of the ledger a cell of turnover is made of. Empty lists and nulls leave a condition out. */
export interface CellFilter {
  readonly organizationId: string;
  readonly from: string;
  readonly to: string;
  /** UTC starts. */
  readonly hours: readonly string[];
  /** Of the business day, 1 is Monday. Null: every one. */
  readonly weekday: number | null;
  /** An hour, 0 to 23, of the clocks of these shops, as a heat map's cell has it. Null: every one. */
  readonly clock: { readonly hour: number; readonly shops: readonly ShopDays[] } | null;
  readonly currency: string;
  readonly posAccountId: string | null;
  readonly shopIds: readonly string[];
  readonly registerIds: readonly string[];
  /** Null: whatever department; else only these, and with `unmapped` what no mapping takes. */
  readonly departments: { readonly ids: readonly string[]; readonly unmapped: boolean } | null;
}

/** What counts as "adds something": a stored measure, one of several, or a payment type. */
export type Contribution =
  | { readonly columns: readonly string[] }
  | { readonly paymentTypeId: string; readonly posAccountId: string | null };

export interface ReceiptRow {
  readonly [measure: string]: unknown;
  readonly pos_account_id: string;
  readonly sale_id: string;
  readonly number: string;
  readonly shop_id: string;
  readonly shop_name: string | null;
  readonly register_id: string;
  readonly register_name: string | null;
  readonly state: 'open' | 'completed' | 'voided';
  readonly occurred_at: Date;
  readonly time_zone: string | null;
  readonly business_day: string;
  readonly hour: Date;
  readonly total: string;
  readonly currency: string;
  readonly version: number;
  readonly problem: string | null;
  readonly payment_types: readonly PaymentPart[] | null;
}

interface PaymentPart {
  readonly type: string;
  readonly payments: number;
}

export interface SumRow {
  readonly [measure: string]: unknown;
  readonly receipts: number;
  readonly payment_types: readonly PaymentPart[] | null;
}

export interface PageOf {
  readonly after: readonly [occurredAt: string, posAccountId: string, saleId: string] | null;
  readonly limit: number;
}

const STORED = [...SALE_MEASURES, ...PAYMENT_MEASURES];

/** The receipts of a cell, newest first, each with what it adds to it. */
export async function receiptsOfCell(
  trx: Transaction<Database>,
  filter: CellFilter,
  only: { readonly contribution: Contribution | null; readonly number: string | null },
  page: PageOf,
): Promise<ReceiptRow[]> {
  const question = sql<ReceiptRow>`
    with ${partsOfCell(filter)}, ${receipts(only.contribution)}
    select receipt.*, ${HEAD}
    from receipt ${headJoins(filter.organizationId)}
    where ${numberIs(only.number)} and ${after(page)}
    order by sale.occurred_at desc, sale.pos_account_id, sale.sale_id
    limit ${page.limit}`;
  return [...(await runPrepared(trx, question))];
}

/** What the receipts of a cell add up to, and how many there are. */
export async function sumOfCell(
  trx: Transaction<Database>,
  filter: CellFilter,
  only: { readonly contribution: Contribution | null; readonly number: string | null },
): Promise<SumRow> {
  const sums = sql.join(STORED.map((name) => sql`coalesce(sum(chosen.${sql.ref(name)}), 0)::bigint as ${sql.ref(name)}`));
  const question = sql<SumRow>`
    with ${partsOfCell(filter)}, ${receipts(only.contribution)}, chosen as materialized (
      select receipt.* from receipt ${withNumber(filter.organizationId, only.number)}
    )
    select count(*) as receipts, ${sums}, (
      select jsonb_agg(jsonb_build_object('type', types.type, 'payments', types.payments))
      from (
        select each.type, sum(each.payments) as payments
        from chosen cross join lateral jsonb_to_recordset(chosen.payment_types) as each (type text, payments bigint)
        group by each.type
      ) types
    ) as payment_types
    from chosen`;
  const [row] = await runPrepared(trx, question);
  if (row === undefined) throw new Error('An aggregate without groups has one row.');
  return row;
}

/**
 * Receipts by number or POS sale id, whole first, else from its beginning; newest first, each with everything it adds anywhere.
 */
export async function receiptsByNumber(
  trx: Transaction<Database>,
  organizationId: string,
  number: string,
  page: PageOf,
  limit: Limit = null,
): Promise<ReceiptRow[]> {
  const theirs = saleIsWithin(organizationId, limit);
  const isExact = sql`(sale.number = ${number} or sale.sale_id = ${number})`;
  const exact = await receiptsWhere(trx, organizationId, sql`${isExact} and ${theirs}`, page);
  if (exact.length > 0) return exact;
  return receiptsWhere(trx, organizationId, sql`starts_with(sale.number, ${number}) and ${theirs}`, page);
}

/** One receipt's row, or none. */
export async function receiptRow(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  saleId: string,
): Promise<ReceiptRow | null> {
  const rows = await receiptsWhere(trx, organizationId, sql`sale.pos_account_id = ${posAccountId} and sale.sale_id = ${saleId}`, {
    after: null,
    limit: 1,
  });
  return rows[0] ?? null;
}

async function receiptsWhere(
  trx: Transaction<Database>,
  organizationId: string,
  condition: RawBuilder<unknown>,
  page: PageOf,
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    with chosen as materialized (
      select sale.pos_account_id, sale.sale_id from sale
      where sale.organization_id = ${organizationId} and ${condition} and ${after(page)}
      order by sale.occurred_at desc, sale.pos_account_id, sale.sale_id
      limit ${page.limit}
    ), part as materialized (
      select chosen.pos_account_id, chosen.sale_id, figures.*
      from chosen
      left join lateral (
        ${saleParts(sql`figure.organization_id = ${organizationId} and figure.pos_account_id = chosen.pos_account_id and figure.sale_id = chosen.sale_id`)}
        union all
        ${paymentParts(sql`figure.organization_id = ${organizationId} and figure.pos_account_id = chosen.pos_account_id and figure.sale_id = chosen.sale_id`)}
      ) figures on true
    ), ${receipts(null)}
    select receipt.*, ${HEAD}
    from receipt ${headJoins(organizationId)}
    order by sale.occurred_at desc, sale.pos_account_id, sale.sale_id`.execute(trx);
  return rows;
}

/** `part`: figure rows of the cell, those of sales and those of payments, with the mapping of their day applied. */
function partsOfCell(filter: CellFilter): RawBuilder<unknown> {
  const { organizationId, from, to } = filter;
  const place = sql`figure.organization_id = ${organizationId} and figure.pos_account_id = shop.pos_account_id
    and figure.shop_id = shop.shop_id and figure.business_day between ${from}::date and ${to}::date${hourIs(filter)}${weekdayIs(filter)}${registerIs(filter)}`;
  const sales = saleParts(place);
  const payments = paymentParts(place);
  const { clock } = filter;
  const stretch = clock === null ? sql`` : sql`stretch as materialized (${stretches({ from, to, shops: clock.shops })}), `;
  return sql`${stretch}part as materialized (
    select shop.pos_account_id, figures.figure_sale as sale_id, ${sql.join(STORED.map((name) => sql`figures.${sql.ref(name)}`))},
      figures.payment_type_id
    from shop
    join pos_account account on account.organization_id = shop.organization_id and account.id = shop.pos_account_id
      and account.currency = ${filter.currency}
    ${clock === null ? sql`` : sql`join stretch on stretch.pos_account_id = shop.pos_account_id and stretch.shop_id = shop.shop_id`}
    cross join lateral (${sales} union all ${payments}) figures
    ${departmentIs(filter)}
  )`;
}

function saleParts(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const measures = sql.join([
    ...SALE_MEASURES.map((name) => sql`${scaled(`figure.${name}`, name)} as ${sql.ref(name)}`),
    ...PAYMENT_MEASURES.map((name) => sql`0::numeric as ${sql.ref(name)}`),
  ]);
  return sql`select figure.sale_id as figure_sale, figure.register_id as figure_register, figure.business_day as figure_day, ${measures}, null::text as payment_type_id
    from sale_figure figure where ${condition}`;
}

function paymentParts(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  const measures = sql.join([
    ...SALE_MEASURES.map((name) => sql`0::numeric as ${sql.ref(name)}`),
    ...PAYMENT_MEASURES.map((name) => sql`figure.${sql.ref(name)}::numeric as ${sql.ref(name)}`),
  ]);
  return sql`select figure.sale_id, figure.register_id, figure.business_day, ${measures}, figure.payment_type_id
    from payment_figure figure where ${condition}`;
}

/**
 * `receipt`: the parts summed a sale; quantities in millionths. Materialized like the parts: a planner without statistics, as after a
 * fresh import, would otherwise sum them anew for every sale it joins.
 */
function receipts(contribution: Contribution | null): RawBuilder<unknown> {
  const sums = sql.join(STORED.map((name) => sql`coalesce(sum(part.${sql.ref(name)}), 0)::bigint as ${sql.ref(name)}`));
  return sql`receipt as materialized (
    select part.pos_account_id, part.sale_id, ${sums},
      jsonb_agg(jsonb_build_object('type', part.payment_type_id, 'payments', part.payments))
        filter (where part.payment_type_id is not null) as payment_types
    from part
    group by part.pos_account_id, part.sale_id
    ${adds(contribution)}
  )`;
}

function adds(contribution: Contribution | null): RawBuilder<unknown> {
  if (contribution === null) return sql``;
  if ('columns' in contribution) {
    return sql`having ${sql.join(
      contribution.columns.map((name) => sql`sum(part.${sql.ref(name)}) <> 0`),
      sql` or `,
    )}`;
  }
  const ofAccount = contribution.posAccountId === null ? sql`` : sql` and part.pos_account_id = ${contribution.posAccountId}`;
  return sql`having sum(part.payments) filter (where part.payment_type_id = ${contribution.paymentTypeId}${ofAccount}) <> 0`;
}

function departmentIs({ organizationId, departments, posAccountId, shopIds }: CellFilter): RawBuilder<unknown> {
  const place = sql`where shop.organization_id = ${organizationId}${
    posAccountId === null ? sql`` : sql` and shop.pos_account_id = ${posAccountId}`
  }${shopIds.length === 0 ? sql`` : sql` and shop.shop_id = any(${[...shopIds]})`}`;
  if (departments === null) return place;
  const mapped = sql`coalesce(own.department_id, whole.department_id)`;
  return sql`
    left join mapping own on own.organization_id = ${organizationId} and own.pos_account_id = shop.pos_account_id
      and own.shop_id = shop.shop_id and own.register_id = figures.figure_register
      and own.valid_from <= figures.figure_day and (own.valid_until is null or figures.figure_day < own.valid_until)
    left join mapping whole on whole.organization_id = ${organizationId} and whole.pos_account_id = shop.pos_account_id
      and whole.shop_id = shop.shop_id and whole.register_id is null
      and whole.valid_from <= figures.figure_day and (whole.valid_until is null or figures.figure_day < whole.valid_until)
    ${place} and (${mapped} = any(${[...departments.ids]}::uuid[])${departments.unmapped ? sql` or ${mapped} is null` : sql``})`;
}

function hourIs({ hours, clock }: CellFilter): RawBuilder<unknown> {
  const instants = hours.length === 0 ? sql`` : sql` and figure.hour = any(${[...hours]}::timestamptz[])`;
  if (clock === null) return instants;
  return sql`${instants} and figure.business_day between stretch.first_day and stretch.last_day
    and figure.hour >= stretch.since and figure.hour < stretch.until
    and extract(hour from (figure.hour at time zone 'UTC') + stretch.offset_ms * interval '1 millisecond') = ${clock.hour}`;
}

function weekdayIs({ weekday }: CellFilter): RawBuilder<unknown> {
  return weekday === null ? sql`` : sql` and extract(isodow from figure.business_day) = ${weekday}`;
}

function registerIs({ registerIds }: CellFilter): RawBuilder<unknown> {
  return registerIds.length === 0 ? sql`` : sql` and figure.register_id = any(${[...registerIds]})`;
}

/** Joins the sale only where its number is asked about. */
function withNumber(organizationId: string, number: string | null): RawBuilder<unknown> {
  if (number === null) return sql``;
  return sql`join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = receipt.pos_account_id
    and sale.sale_id = receipt.sale_id where ${numberIs(number)}`;
}

function numberIs(number: string | null): RawBuilder<unknown> {
  return number === null
    ? sql`true`
    : sql`(sale.number = ${number} or sale.sale_id = ${number} or starts_with(sale.number, ${number}))`;
}

function after({ after: last }: PageOf): RawBuilder<unknown> {
  if (last === null) return sql`true`;
  const [occurredAt, posAccountId, saleId] = last;
  return sql`(sale.occurred_at < ${occurredAt}::timestamptz or (sale.occurred_at = ${occurredAt}::timestamptz
    and (sale.pos_account_id, sale.sale_id) > (${posAccountId}::uuid, ${saleId})))`;
}

const HEAD = sql`sale.number, sale.shop_id, sale.register_id, sale.state, sale.occurred_at, sale.business_day, sale.hour, sale.total,
  sale.version, sale.problem, head_shop.name as shop_name, head_register.name as register_name, head_account.currency,
  calendar.time_zone`;

/** Joins `sale` and the names it shows to `receipt`. */
function headJoins(organizationId: string): RawBuilder<unknown> {
  return sql`
    join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = receipt.pos_account_id
      and sale.sale_id = receipt.sale_id
    join pos_account head_account on head_account.organization_id = ${organizationId}
      and head_account.id = sale.pos_account_id
    left join shop head_shop on head_shop.organization_id = ${organizationId}
      and head_shop.pos_account_id = sale.pos_account_id and head_shop.shop_id = sale.shop_id
    left join register head_register on head_register.organization_id = ${organizationId}
      and head_register.pos_account_id = sale.pos_account_id and head_register.register_id = sale.register_id
    left join lateral (
      select shop_calendar.time_zone from shop_calendar
      where shop_calendar.organization_id = ${organizationId} and shop_calendar.pos_account_id = sale.pos_account_id
        and shop_calendar.shop_id = sale.shop_id and shop_calendar.valid_from <= sale.business_day
      order by shop_calendar.valid_from desc limit 1
    ) calendar on true`;
}

/** Quantities are exact decimals: they travel as integers of a millionth. */
function scaled(column: string, name: string): RawBuilder<unknown> {
  return isQuantity(name) ? sql`${sql.ref(column)} * 1000000` : sql`${sql.ref(column)}::numeric`;
}

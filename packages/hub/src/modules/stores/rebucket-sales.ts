import type { Instant, Payment, PaymentKind, Sale } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { notePlaces, rememberFigures } from '../ledger/dirty-sales.ts';
import { addDays, placeOf } from '../ledger/figure/business-day.ts';
import type { ShopCalendar } from '../ledger/figure/calendar.ts';
import { paymentFigures } from '../ledger/figure/payments.ts';
import { putBack, takeOut } from '../ledger/left-out.ts';
import type { PaymentFigure } from '../ledger/figure/types.ts';
import { BEGINNING } from './mapping.ts';

export interface ShopScope {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly shopId: string;
  /** First business day whose reckoning changes. */
  readonly from: string;
  readonly calendar: ShopCalendar;
  readonly minorDigits: number;
}

/** Sales worked on at once: bounds memory, not the transaction. */
const AT_ONCE = 2000;

/**
 * Puts a shop's sales and payments from a business day on into the day and hour that its calendar now says, and marks the old and new days
 * for summing. Only the place of a figure depends on the calendar (D1), so its amounts stay. The caller's transaction keeps the
 * synchronisation out.
 *
 * @returns How many sales moved, by themselves or by a payment.
 */
export async function rebucketSales(trx: Transaction<Database>, scope: ShopScope): Promise<number> {
  const { organizationId, posAccountId, shopId } = scope;
  const account = [organizationId, posAccountId] as const;
  // What does not count is reckoned by the same calendar, and stands aside again afterwards.
  const aside = await putBack(trx, account, { shopId }, { every: true });
  const moved = await moveAll(trx, scope);
  if (aside > 0) await takeOut(trx, account, { shopId });
  return moved;
}

async function moveAll(trx: Transaction<Database>, scope: ShopScope): Promise<number> {
  let moved = 0;
  let after = '';
  for (;;) {
    const sales = await affectedSales(trx, scope, after);
    const last = sales.at(-1);
    if (last === undefined) return moved;
    moved += await moveSales(trx, scope, sales);
    after = last.saleId;
  }
}

interface StoredSale {
  readonly saleId: string;
  readonly state: Sale['state'];
  readonly occurredAt: Date;
  readonly businessDay: string;
  readonly hour: Date;
}

/** Those of the days before as well: an earlier day start, or a zone further east, draws their last hours over. */
async function affectedSales(trx: Transaction<Database>, scope: ShopScope, after: string): Promise<StoredSale[]> {
  const { organizationId, posAccountId, shopId } = scope;
  const from = firstAffected(scope.from);
  const { rows } = await sql<StoredSale>`
    select sale.sale_id as "saleId", sale.state, sale.occurred_at as "occurredAt", sale.business_day as "businessDay", sale.hour
    from sale
    where sale.organization_id = ${organizationId} and sale.pos_account_id = ${posAccountId} and sale.shop_id = ${shopId}
      and sale.sale_id > ${after}
      and (sale.business_day >= ${from}::date or exists (
        select 1 from payment_figure figure
        where figure.organization_id = ${organizationId} and figure.pos_account_id = ${posAccountId}
          and figure.sale_id = sale.sale_id and figure.business_day >= ${from}::date
      ))
    order by sale.sale_id
    limit ${AT_ONCE}`.execute(trx);
  return rows;
}

async function moveSales(trx: Transaction<Database>, scope: ShopScope, sales: readonly StoredSale[]): Promise<number> {
  const placed = sales.map((sale) => ({ sale, place: placeOf(sale.occurredAt.getTime() as Instant, scope.calendar) }));
  const movedSales = placed.filter(
    ({ sale, place }) => place.businessDay !== sale.businessDay || place.hour !== sale.hour.getTime(),
  );
  const before = await storedPayments(trx, scope, sales);
  const after = await reckonPayments(trx, scope, sales);
  const movedPayments = sales
    .map((sale) => sale.saleId)
    .filter((saleId) => placesOf(before.get(saleId) ?? []) !== placesOf(after.get(saleId) ?? []));
  const account = [scope.organizationId, scope.posAccountId] as const;
  const moved = [...new Set([...movedSales.map(({ sale }) => sale.saleId), ...movedPayments])];
  if (moved.length > 0) await rememberFigures(trx, account, moved);
  const days = new Set<string>();
  for (const { sale, place } of movedSales) days.add(sale.businessDay).add(place.businessDay);
  for (const saleId of movedPayments) {
    for (const row of [...(before.get(saleId) ?? []), ...(after.get(saleId) ?? [])]) days.add(row.businessDay);
  }
  if (movedSales.length > 0) await placeSales(trx, scope, movedSales);
  if (movedPayments.length > 0) {
    const rows = movedPayments.flatMap((saleId) => (after.get(saleId) ?? []).map((figure) => ({ saleId, figure })));
    await replacePayments(trx, scope, movedPayments, rows);
  }
  if (moved.length > 0) await notePlaces(trx, account, moved);
  if (days.size > 0) await markDirty(trx, scope, [...days].toSorted());
  return moved.length;
}

type Place = Pick<PaymentFigure, 'registerId' | 'businessDay' | 'hour' | 'paymentTypeId'>;

async function storedPayments(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: ShopScope,
  sales: readonly StoredSale[],
): Promise<ReadonlyMap<string, Place[]>> {
  const rows = await trx
    .selectFrom('payment_figure')
    .select(['sale_id', 'register_id', 'business_day', 'hour', 'payment_type_id'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('sale_id', '=', anyOf(sales))
    .execute();
  return groupBySale(
    rows.map((row) => ({
      saleId: row.sale_id,
      value: {
        registerId: row.register_id,
        businessDay: row.business_day,
        hour: row.hour.getTime() as Instant,
        paymentTypeId: row.payment_type_id,
      },
    })),
  );
}

/** The payment figures by the kernel's own rule, from the payments as they are stored. */
async function reckonPayments(
  trx: Transaction<Database>,
  { organizationId, posAccountId, calendar, minorDigits }: ShopScope,
  sales: readonly StoredSale[],
): Promise<ReadonlyMap<string, readonly PaymentFigure[]>> {
  const rows = await trx
    .selectFrom('payment')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('sale_id', '=', anyOf(sales))
    .orderBy('sale_id')
    .orderBy('payment_id')
    .execute();
  const payments = groupBySale(
    rows.map((row) => ({
      saleId: row.sale_id,
      value: {
        id: row.payment_id,
        typeId: row.type_id,
        kind: row.kind as PaymentKind,
        amount: row.amount as Payment['amount'],
        tip: row.tip as Payment['tip'],
        paidAt: row.paid_at.getTime() as Instant,
        registerId: row.register_id === '' ? null : row.register_id,
        archived: row.archived,
      } satisfies Payment,
    })),
  );
  return new Map(
    sales.map(({ saleId, state }) => [
      saleId,
      paymentFigures(saleWith(state, payments.get(saleId) ?? []), { calendar, minorDigits }),
    ]),
  );
}

async function placeSales(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: ShopScope,
  moved: readonly { readonly sale: StoredSale; readonly place: { readonly businessDay: string; readonly hour: Instant } }[],
): Promise<void> {
  const ids = moved.map(({ sale }) => sale.saleId);
  const days = moved.map(({ place }) => place.businessDay);
  const hours = moved.map(({ place }) => new Date(place.hour).toISOString());
  for (const table of ['sale', 'sale_figure'] as const) {
    await sql`
      update ${sql.table(table)} as target set business_day = moved.business_day, hour = moved.hour
      from unnest(${ids}::text[], ${days}::date[], ${hours}::timestamptz[]) as moved (sale_id, business_day, hour)
      where target.organization_id = ${organizationId} and target.pos_account_id = ${posAccountId}
        and target.sale_id = moved.sale_id`.execute(trx);
  }
}

async function replacePayments(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId }: ShopScope,
  saleIds: readonly string[],
  rows: readonly { readonly saleId: string; readonly figure: PaymentFigure }[],
): Promise<void> {
  await sql`
    delete from payment_figure
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and sale_id = any(${[...saleIds]})`.execute(
    trx,
  );
  for (let start = 0; start < rows.length; start += 1000) {
    await trx
      .insertInto('payment_figure')
      .values(
        rows.slice(start, start + 1000).map(({ saleId, figure }) => ({
          organization_id: organizationId,
          pos_account_id: posAccountId,
          sale_id: saleId,
          shop_id: shopId,
          register_id: figure.registerId,
          business_day: figure.businessDay,
          hour: new Date(figure.hour),
          payment_type_id: figure.paymentTypeId,
          payments: figure.payments,
          tips: figure.tips,
          gift_cards_redeemed: figure.gift_cards_redeemed,
          on_account: figure.on_account,
        })),
      )
      .execute();
  }
}

/** The transaction's own id is a generation that no other mark of the day ever had. */
async function markDirty(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId }: ShopScope,
  days: readonly string[],
): Promise<void> {
  await sql`
    insert into dirty_day (organization_id, pos_account_id, shop_id, business_day, generation)
    select ${organizationId}::uuid, ${posAccountId}::uuid, ${shopId}, day, pg_current_xact_id()::text::bigint
    from unnest(${[...days]}::date[]) as day
    on conflict (organization_id, pos_account_id, shop_id, business_day) do update set generation = excluded.generation`.execute(
    trx,
  );
}

/** A sale of nothing but payments: all that the kernel's payment rule looks at. */
function saleWith(state: Sale['state'], payments: readonly Payment[]): Sale {
  const nothing = '0' as Payment['amount'];
  const never = 0 as Instant;
  return {
    provider: 'lightspeed-r',
    id: '',
    number: '',
    shopId: '',
    registerId: null,
    employeeId: null,
    customerId: null,
    state,
    archived: false,
    createdAt: null,
    occurredAt: never,
    changedAt: never,
    taxInclusive: false,
    total: nothing,
    tax: nothing,
    cashRounding: nothing,
    lines: [],
    adjustments: [],
    payments,
  };
}

function placesOf(rows: readonly Place[]): string {
  return JSON.stringify(rows.map((row) => [row.registerId, row.hour, row.businessDay, row.paymentTypeId].join(' ')).toSorted());
}

function groupBySale<T>(rows: readonly { readonly saleId: string; readonly value: T }[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { saleId, value } of rows) {
    const group = groups.get(saleId);
    if (group === undefined) groups.set(saleId, [value]);
    else group.push(value);
  }
  return groups;
}

function anyOf(sales: readonly StoredSale[]) {
  return sql<string>`any(${sales.map((sale) => sale.saleId)})`;
}

/** Zones lie at most 26 hours apart and day starts 23: a day's start never moves by more than 49 hours. */
const REACH_DAYS = 3;

function firstAffected(from: string): string {
  const day = addDays(from, -REACH_DAYS);
  return day < BEGINNING ? BEGINNING : day;
}

/**
 * What follows from the sales but is a resource of its own: closings of tills, gift cards and customer credit, quotes, shipments, special
 * orders. The world knows none of them. One pass over the sales, made when first needed and again when something was sold or changed.
 */
import { businessDay, zone } from '../world/zone.ts';
import type { ShopRecord } from '../world/types.ts';
import { SaleRow } from './sale-row.ts';
import type { SaleLineRow, SalePaymentRow } from './sale-row.ts';
import type { View } from './view.ts';

/** One till's trade between an opening and a closing. */
export interface DrawerDay {
  /** Grows with the day; the same whenever it is asked for. */
  readonly id: number;
  readonly registerId: string;
  readonly openTime: number;
  /** When it is (or will be) closed. */
  readonly closeTime: number;
  readonly openEmployeeId: string;
  readonly closeEmployeeId: string;
  readonly notes: string;
  /** Taken in cents, by payment type. */
  readonly taken: ReadonlyMap<string, number>;
  /** Put into the drawer when it was opened, in cents. */
  readonly float: number;
}

/** Movements of a customer's credit or of a gift card. */
export interface CreditHistory {
  readonly id: string;
  readonly giftCard: boolean;
  /** In cents; negative: the shop owes. */
  readonly balance: number;
  readonly changedAt: number;
  readonly movements: readonly SalePaymentRow[];
}

export interface TradeBook {
  readonly days: readonly DrawerDay[];
  readonly credit: ReadonlyMap<string, CreditHistory>;
  readonly quotes: readonly SaleRow[];
  readonly shipments: readonly SaleRow[];
  readonly specialOrders: readonly SaleLineRow[];
}

/** A till closed through the API: its payments belong to that closing and not to the day's. */
export interface ManualClosing {
  readonly id: number;
  readonly registerId: string;
  readonly openTime: number;
  readonly closeTime: number;
  readonly openEmployeeId: string;
  readonly closeEmployeeId: string;
  readonly notes: string;
}

/** Every morning this is in the drawer, in cents. */
export const openingFloat = 50_000;
/** Ids count days from here, so that they stay short. */
const firstDay = 18_000;
const idsPerDay = 10_000;
const hour = 3_600_000;

const books = new WeakMap<object, { readonly key: string; readonly book: TradeBook }>();

/** The book as of the request. */
export function tradeBook(view: View): TradeBook {
  const closings = view.drawers?.closings() ?? [];
  const key = `${stateKey(view)}:${closings.length}`;
  const known = books.get(view.account);
  if (known?.key === key) return known.book;
  const book = writeBook(view, closings);
  books.set(view.account, { key, book });
  return book;
}

/** Says whether anything was sold or changed: the number of sales and the newest change stamp. */
export function stateKey(view: View): string {
  for (const stamps of view.state.walk({ order: 'updateTime', descending: true })) {
    return `${view.revision}:${view.state.saleCount()}:${stamps.id}:${stamps.version}:${stamps.updateTime}`;
  }
  return `${view.revision}:0`;
}

/** Cents of decimal text with at most two places, as all tenders are. */
export function centsOf(text: string): number {
  const point = text.indexOf('.');
  if (point < 0) return Number(text) * 100;
  return Number(text.slice(0, point) + text.slice(point + 1, point + 3).padEnd(2, '0'));
}

/** Trimmed decimal text of cents. */
export function centsText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const whole = digits.slice(0, -2);
  const fraction = digits.slice(-2).replace(/0+$/, '');
  return `${cents < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The business day of a moment in a shop, in days since 1970. */
export function dayOf(at: number, shop: ShopRecord): number {
  return businessDay(at, zone(shop.timeZone), shop.dayStartHour);
}

/** When a shop's business day begins. */
export function dayStart(day: number, shop: ShopRecord): number {
  return zone(shop.timeZone).instant(day, shop.dayStartHour * 3600);
}

/** Ids of things that happen once a day and register (or employee). */
export function dayId(day: number, number: string): number {
  return (day - firstDay) * idsPerDay + Number(number);
}

/** A sale that lay about for hours before it was paid, or still does, was quoted. */
export function isQuoted(sale: SaleRow, now: number): boolean {
  const { createTime, completeTime } = sale.stamps;
  return (completeTime ?? now) - createTime > 4 * hour && sale.record.lines.length > 0;
}

/** What a known customer orders on the web is sent. */
export function isShipped(sale: SaleRow): boolean {
  const { record } = sale;
  return record.registerId === null && record.customerId !== null;
}

interface OpenDay extends Omit<DrawerDay, 'taken'> {
  readonly taken: Map<string, number>;
}

interface OpenCredit extends Omit<CreditHistory, 'balance' | 'changedAt'> {
  balance: number;
  changedAt: number;
  readonly movements: SalePaymentRow[];
}

function writeBook(view: View, closings: readonly ManualClosing[]): TradeBook {
  const days = new Map<number, OpenDay>();
  const credit = new Map<string, OpenCredit>();
  const quotes: SaleRow[] = [];
  const shipments: SaleRow[] = [];
  const specialOrders: SaleLineRow[] = [];
  for (const closing of closings) days.set(closing.id, { ...closing, taken: new Map(), float: openingFloat });
  for (const stamps of view.state.walk({ order: 'id' })) {
    const sale = new SaleRow(stamps, view.state);
    const { record } = sale;
    if (isQuoted(sale, view.state.now)) quotes.push(sale);
    if (isShipped(sale)) shipments.push(sale);
    for (const line of sale.lines) if (line.line.isSpecialOrder) specialOrders.push(line);
    const shop = view.shop(record.shopId);
    for (const payment of sale.payments) {
      const { payment: tender } = payment;
      if (tender.archived || record.voided) continue;
      const cents = centsOf(tender.amount);
      if (tender.creditAccountId !== null) moveCredit(credit, payment, tender.creditAccountId, cents);
      if (tender.registerId === null || shop === undefined) continue;
      const day = dayFor(tender.registerId, tender.createTime, shop, { days, closings, employeeId: record.employeeId ?? '1' });
      day.taken.set(tender.paymentTypeId, (day.taken.get(tender.paymentTypeId) ?? 0) + cents);
    }
  }
  return {
    days: [...days.values()].sort((left, right) => left.id - right.id),
    credit,
    quotes,
    shipments,
    specialOrders: specialOrders.sort((left, right) => left.line.id - right.line.id),
  };
}

function dayFor(
  registerId: string,
  at: number,
  shop: ShopRecord,
  around: {
    readonly days: Map<number, OpenDay>;
    readonly closings: readonly ManualClosing[];
    readonly employeeId: string;
  },
): OpenDay {
  const { days, closings, employeeId } = around;
  const manual = closings.find(
    (closing) => closing.registerId === registerId && closing.openTime <= at && at <= closing.closeTime,
  );
  const day = dayOf(at, shop);
  const id = manual?.id ?? dayId(day, registerId);
  const known = days.get(id);
  if (known !== undefined) return known;
  const made: OpenDay = {
    id,
    registerId,
    openTime: dayStart(day, shop),
    // The till closes itself in the last second of its day: what was paid in between is what it took.
    closeTime: dayStart(day + 1, shop) - 1000,
    openEmployeeId: employeeId,
    closeEmployeeId: employeeId,
    notes: '',
    taken: new Map(),
    float: openingFloat,
  };
  days.set(id, made);
  return made;
}

/**
 * Gift cards: each payment with one has an account of its own in this world. A card that is used was issued before this history began, for
 * the next whole hundred.
 */
function moveCredit(credit: Map<string, OpenCredit>, payment: SalePaymentRow, id: string, cents: number): void {
  const giftCard = payment.payment.kind === 'gift_card';
  const issued = giftCard && cents > 0 ? -Math.ceil(cents / 10_000) * 10_000 : 0;
  const known = credit.get(id) ?? { id, giftCard, balance: issued, changedAt: 0, movements: [] };
  known.balance += cents;
  known.changedAt = Math.max(known.changedAt, payment.payment.createTime);
  known.movements.push(payment);
  credit.set(id, known);
}

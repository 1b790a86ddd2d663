import { amountOf, formatAmount, sumAmounts, type Instant, type Payment, type Sale } from '@tillweave/lightspeed';
import { placeOf } from './business-day.ts';
import type { ShopCalendar } from './calendar.ts';
import { parseExact, round, toBig } from './exact.ts';
import type { FigureSettings, PaymentFigure } from './types.ts';

/** D16: a sale's payments by their own register and time. Those of open sales count, those of voided ones and archived ones never do. */
export function paymentFigures(
  sale: Pick<Sale, 'state' | 'payments'>,
  { minorDigits, calendar }: FigureSettings,
): readonly PaymentFigure[] {
  if (sale.state === 'voided' || sale.payments.length === 0) return [];
  const rows: Row[] = [];
  for (const payment of sale.payments) {
    if (!payment.archived) add(rows, payment, calendar, minorDigits);
  }
  const kept = rows.filter(
    (row) => row.payments !== 0 || row.tips !== 0 || row.gift_cards_redeemed !== 0 || row.on_account !== 0,
  );
  return kept.length > 1 ? kept.sort(inOrder) : kept;
}

/**
 * D9: the sale's payments with the tips that its document states beside the lines, incl. what tax those bear, at the payment that brought
 * them. To be stored so: a payment's tip then needs no adjustment to be understood. No payment, no tip yet.
 */
export function paymentsWithTips({ payments, adjustments }: Pick<Sale, 'payments' | 'adjustments'>): readonly Payment[] {
  if (!adjustments.some(({ kind }) => kind === 'tip')) return payments;
  const tipped = largest(payments);
  const stated = adjustments.filter(({ kind }) => kind === 'tip').flatMap(({ exclusive, tax }) => [exclusive, tax]);
  return payments.map((payment) =>
    payment === tipped ? { ...payment, tip: formatAmount(sumAmounts([payment.tip, ...stated].map(amountOf))) } : payment,
  );
}

/** −Σ of the sale's negative payments of one kind: a liability made, such as a loaded gift card. */
export function liabilityMade(sale: Sale, kind: 'gift_card' | 'credit_account', minorDigits: number): number {
  let made = 0;
  for (const payment of sale.payments) {
    if (payment.archived || payment.kind !== kind) continue;
    const cents = round(parseExact(payment.amount, minorDigits));
    if (cents < 0) made -= cents;
  }
  return made;
}

/** The payment that brought the tip: the largest; of equals the earlier, then the lower id. Null when none counts. */
function largest(payments: readonly Payment[]): Payment | null {
  let found: Payment | null = null;
  for (const payment of payments) {
    if (!payment.archived && (found === null || isLarger(payment, found))) found = payment;
  }
  return found;
}

function isLarger(payment: Payment, than: Payment): boolean {
  const [amount, other] = [toBig(parseExact(payment.amount, 0)), toBig(parseExact(than.amount, 0))];
  if (amount !== other) return amount > other;
  return payment.paidAt < than.paidAt || (payment.paidAt === than.paidAt && payment.id < than.id);
}

type Row = { -readonly [Key in keyof PaymentFigure]: PaymentFigure[Key] };

function add(rows: Row[], payment: Payment, calendar: ShopCalendar, minorDigits: number): void {
  const row = rowOf(rows, payment, calendar);
  const cents = round(parseExact(payment.amount, minorDigits));
  if (payment.tip !== '0') row.tips += round(parseExact(payment.tip, minorDigits));
  const isLiability = payment.kind === 'gift_card' || payment.kind === 'credit_account';
  // A negative leg of these creates a liability; no money moved.
  if (isLiability && cents < 0) return;
  row.payments += cents;
  if (payment.kind === 'gift_card') row.gift_cards_redeemed += cents;
  if (payment.kind === 'credit_account') row.on_account += cents;
}

function rowOf(rows: Row[], payment: Payment, calendar: ShopCalendar): Row {
  const { businessDay, hour } = placeOf(payment.paidAt, calendar);
  const registerId = payment.registerId ?? '';
  const paymentTypeId = payment.typeId;
  for (const row of rows) {
    if (
      row.registerId === registerId &&
      row.hour === hour &&
      row.businessDay === businessDay &&
      row.paymentTypeId === paymentTypeId
    ) {
      return row;
    }
  }
  const row: Row = { registerId, businessDay, hour, paymentTypeId, payments: 0, tips: 0, gift_cards_redeemed: 0, on_account: 0 };
  rows.push(row);
  return row;
}

function inOrder(a: Row, b: Row): number {
  return compare(a.registerId, b.registerId) || compare<Instant>(a.hour, b.hour) || compare(a.paymentTypeId, b.paymentTypeId);
}

function compare<T extends string | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A sale as the POS remembers it at a moment: its events, in the order in which they arrived, folded into one ticket. */
import type { RingUp, SaleAdjustment, SaleAttribute, SaleEvent, TicketLine, TicketPayment } from '../events.ts';
import { LineNumbers } from '../record.ts';
import type { EpochMs } from '../types.ts';
import type { XSaleState } from '../x-types.ts';
import { readInstant } from '../zone.ts';
import type { PaymentTypePlan } from './business.ts';
import type { XPriced } from './price.ts';
import { priceX } from './price.ts';
import type { Units } from './units.ts';
import { unitsOf } from './units.ts';

/** An event and when the POS had it. */
export interface Told {
  readonly event: SaleEvent;
  readonly from: EpochMs;
}

/** A sale at a moment. */
export interface XTicket {
  readonly ring: RingUp;
  readonly state: XSaleState;
  readonly attributes: readonly SaleAttribute[];
  /** As the event names it; undefined for the walk-in. */
  readonly customer: string | undefined;
  readonly lines: readonly TicketLine[];
  readonly numbers: LineNumbers;
  readonly adjustments: readonly SaleAdjustment[];
  readonly ticketDiscountPercent: string;
  readonly cashRounding: string;
  readonly note: string;
  readonly source: string;
  readonly saleDate: EpochMs;
  readonly createdAt: EpochMs;
  /** When it was completed, null while it is not. */
  readonly closedAt: EpochMs | null;
  readonly voidedAt: EpochMs | null;
  readonly deletedAt: EpochMs | null;
  readonly payments: readonly NumberedPayment[];
}

interface NumberedPayment {
  readonly number: number;
  readonly at: EpochMs;
  readonly payment: TicketPayment;
}

/** Payments a sale may have over its life; change and rounding get numbers beyond. */
export const X_PAYMENTS_MAX = 60;
/** Numbers of lines and payments start at the sale's number times this. */
export const X_PARTS = 200;
const CHANGE = 100;
const ROUNDING = 199;

/** Folds the events the POS has by now; null before the first. Throws `RangeError` when the first is no ring-up. */
export function ticketOf(told: readonly Told[], now: EpochMs): XTicket | null {
  const first = told[0];
  if (first === undefined || first.from > now) return null;
  const ring = first.event;
  if (ring.event !== 'ring_up') throw new RangeError('a sale starts with its ring_up');
  const at = readInstant(ring.at);
  const numbers = new LineNumbers();
  numbers.see(ring.lines);
  let lines = ring.lines;
  let payments = pay([], ring.payments, at);
  let attributes = ring.attributes ?? [];
  let pending = ring.pending === true;
  let { customer, cashRounding = '0', ticketDiscountPercent = '0', adjustments = [], note = '', source = 'USER' } = ring;
  let saleDate = ring.backdatedTo === undefined ? at : readInstant(ring.backdatedTo);
  let closedAt = ring.completed === false ? null : at;
  let voidedAt: EpochMs | null = null;
  let deletedAt: EpochMs | null = ring.deleted === true ? at : null;
  for (const { event, from } of told.slice(1)) {
    if (from > now) break;
    const when = readInstant(event.at);
    if (event.event === 'void') voidedAt = when;
    if (event.event !== 'edit') continue;
    customer = event.customer ?? customer;
    cashRounding = event.cashRounding ?? cashRounding;
    ticketDiscountPercent = event.ticketDiscountPercent ?? ticketDiscountPercent;
    adjustments = event.adjustments ?? adjustments;
    note = event.note ?? note;
    source = event.source ?? source;
    pending = event.pending ?? pending;
    if (event.lines !== undefined) {
      lines = event.lines;
      numbers.see(lines);
    }
    if (event.payments !== undefined) payments = pay(payments, event.payments, when);
    if (event.completed === true && closedAt === null) {
      closedAt = when;
      // A parked sale happens when it is finished; what was promised to somebody happened when it was.
      if (attributes.length === 0) saleDate = when;
    }
    attributes = event.attributes ?? attributes;
    if (event.backdatedTo !== undefined) saleDate = readInstant(event.backdatedTo);
    if (event.deleted === true) deletedAt = when;
  }
  const open = attributes.length > 0 || pending ? 'pending' : 'parked';
  return {
    ring,
    state: voidedAt !== null ? 'voided' : closedAt !== null ? 'closed' : open,
    attributes,
    customer: isSomebody(customer) ? customer : undefined,
    lines,
    numbers,
    adjustments,
    ticketDiscountPercent,
    cashRounding,
    note,
    source,
    saleDate,
    createdAt: first.from,
    closedAt,
    voidedAt,
    deletedAt,
    payments,
  };
}

const isSomebody = (customer: string | undefined): boolean => customer !== undefined && customer !== '' && customer !== '0';

/** A payment at the same place with the same tender stays the same payment, with its number and its time. */
function pay(before: readonly NumberedPayment[], payments: readonly TicketPayment[], eventAt: EpochMs): NumberedPayment[] {
  let last = before.reduce((most, entry) => Math.max(most, entry.number), 0);
  return payments.map((payment, index) => {
    const old = before[index];
    const same = old?.payment.tender === payment.tender ? old : undefined;
    if (same === undefined) last += 1;
    if (last > X_PAYMENTS_MAX) throw new RangeError(`more than ${X_PAYMENTS_MAX} payments`);
    const at = payment.at === undefined ? (same?.at ?? eventAt) : readInstant(payment.at);
    return { number: same?.number ?? last, at, payment };
  });
}

/** A payment as the document shows it. */
export interface XPaid {
  /** Within the sale, ascending with its id. */
  readonly number: number;
  readonly tender: PaymentTypePlan['tender'];
  readonly amount: Units;
  readonly at: EpochMs;
  /** As events name it. */
  readonly register: string;
  readonly deleted: boolean;
  readonly giftCard: string | null;
}

/** The ticket's payments, with those that hand back change and those that round coins. */
export function paymentsOf(ticket: XTicket): XPaid[] {
  const paid: XPaid[] = [];
  const changes: XPaid[] = [];
  let cash: XPaid | undefined;
  for (const { number, at, payment } of ticket.payments) {
    const change = payment.change === undefined ? 0 : unitsOf(payment.change);
    const one = {
      number,
      tender: payment.tender,
      amount: unitsOf(payment.amount) + change,
      at,
      register: payment.register ?? ticket.ring.register,
      deleted: payment.archived === true,
      giftCard: payment.giftCard ?? null,
    };
    paid.push(one);
    if (payment.tender === 'cash' && !one.deleted) cash = one;
    if (change !== 0) changes.push({ ...one, number: number + CHANGE, amount: -change });
  }
  const rounding = unitsOf(ticket.cashRounding);
  const last = cash ?? paid.at(-1);
  if (rounding === 0) return [...paid, ...changes];
  const { at, register } = last ?? { at: ticket.saleDate, register: ticket.ring.register };
  const coins: XPaid = { number: ROUNDING, tender: 'rounding', amount: -rounding, at, register, deleted: false, giftCard: null };
  return [...paid, ...changes, coins];
}

/** What the ticket comes to; `rates` are the outlet's own. */
export function priceOf(ticket: XTicket, rates: readonly [string, string]): XPriced {
  return priceX({
    taxInclusive: ticket.ring.taxInclusive === true,
    taxRates: ticket.ring.taxRates ?? rates,
    ticketDiscountPercent: ticket.ticketDiscountPercent,
    lines: ticket.lines,
    adjustments: ticket.adjustments,
  });
}

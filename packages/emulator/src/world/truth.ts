/**
 * The truth: what docs/measures.md says of a list of till events, worked out from the events alone. It shares no code with the hub or the
 * POS client, and does not read documents or records. Rules D2–D5, D8, D10–D12, D14–D19.
 */
import type { PricedLine } from './algebra.ts';
import { price } from './algebra.ts';
import type { RingUp, SaleEvent, TenderKind, TicketLine, TicketPayment } from './events.ts';
import { allocate } from './allocation.ts';
import type { CellShop, Measures } from './cells.ts';
import { both, Cells, plus } from './cells.ts';
import type { Exact } from './exact.ts';
import { exact, fromCents, ONE, times, toCents, toCentsOf, toMillionths } from './exact.ts';
import { paymentTypeId } from './shops.ts';
import type { EpochMs, Truth, TruthRange } from './types.ts';
import { readInstant } from './zone.ts';

/** What the truth must know of a shop. */
export interface TruthShop extends CellShop {
  readonly rates: readonly [string, string];
}

/** Control totals of sales, each given by its events in order, as of a moment. */
export class TruthBook {
  readonly #shops: ReadonlyMap<string, TruthShop>;
  readonly #cells: Cells;

  constructor(shops: readonly TruthShop[], currency: string, minorDigits: number) {
    this.#shops = new Map(shops.map((shop) => [shop.id, shop]));
    this.#cells = new Cells(shops, currency, minorDigits);
  }

  /** Adds a sale. Events after `now` have not happened. */
  add(events: readonly SaleEvent[], now: EpochMs): void {
    const ticket = ticketAt(events, now);
    if (ticket === null || ticket.voided) return;
    const shop = this.#shops.get(ticket.ring.shop);
    if (shop === undefined) throw new RangeError(`no shop ${JSON.stringify(ticket.ring.shop)}`);
    for (const paid of ticket.payments) this.#addPayment(paid, ticket.ring);
    if (ticket.completedAt === null) return;
    addSale(this.#cell(ticket.ring, ticket.ring.register, ticket.completedAt), ticket, shop);
  }

  /** The cells so far, in order of shop, register and hour, with their totals. */
  result(range: TruthRange = {}): Truth {
    return this.#cells.result(range);
  }

  #addPayment(paid: Paid, ring: RingUp): void {
    const { payment } = paid;
    if (payment.archived === true) return;
    const measures = this.#cell(ring, payment.register ?? ring.register, paid.at);
    const amount = toCents(exact(payment.amount));
    const liability = payment.tender === 'gift_card' || payment.tender === 'credit_account';
    if (payment.tip !== undefined) plus(measures, 'tips', toCents(exact(payment.tip)));
    // A negative leg creates a liability: no money was taken (D16).
    if (liability && amount < 0n) return;
    plus(measures, 'payments', amount);
    plus(measures, `payments:${paymentTypeId(payment.tender)}`, amount);
    if (payment.tender === 'gift_card') plus(measures, 'gift_cards_redeemed', amount);
    if (payment.tender === 'credit_account') plus(measures, 'on_account', amount);
  }

  #cell(ring: RingUp, register: string, at: EpochMs): Measures {
    return this.#cells.cell(ring.shop, register === '0' ? '' : register, at);
  }
}

interface Paid {
  readonly at: EpochMs;
  readonly payment: TicketPayment;
}

/** A sale as it stood at a moment. */
interface Ticket {
  readonly ring: RingUp;
  readonly completedAt: EpochMs | null;
  readonly voided: boolean;
  readonly customer: string | undefined;
  readonly cashRounding: string;
  readonly ticketDiscountPercent: string;
  readonly lines: readonly TicketLine[];
  /** Place of each line in the order in which lines first appeared: the order of their ids. */
  readonly places: readonly number[];
  readonly payments: readonly Paid[];
}

function ticketAt(events: readonly SaleEvent[], now: EpochMs): Ticket | null {
  const [ring, ...later] = events;
  if (ring?.event !== 'ring_up') throw new RangeError('a sale starts with its ring_up');
  const rungAt = readInstant(ring.at);
  let payments = pay([], ring.payments, rungAt);
  if (rungAt > now) {
    // Still being filled: nothing counts but money that has moved already.
    const opened = readInstant(ring.openedAt ?? ring.at);
    if (opened > now) return null;
    payments = payments.filter((paid) => paid.at <= opened);
    return { ...blank(ring), payments };
  }
  let { completedAt, voided, customer, cashRounding, ticketDiscountPercent, lines } = blank(ring);
  if (ring.completed !== false) completedAt = ring.backdatedTo === undefined ? rungAt : readInstant(ring.backdatedTo);
  const names = nameLines([], lines);
  for (const event of later) {
    const at = readInstant(event.at);
    if (at > now) break;
    if (event.event === 'void') voided = true;
    if (event.event !== 'edit') continue;
    customer = event.customer ?? customer;
    cashRounding = event.cashRounding ?? cashRounding;
    ticketDiscountPercent = event.ticketDiscountPercent ?? ticketDiscountPercent;
    lines = event.lines ?? lines;
    nameLines(names, lines);
    if (event.payments !== undefined) payments = pay(payments, event.payments, at);
    if (completedAt === null && event.completed === true) completedAt = at;
    if (completedAt !== null && event.backdatedTo !== undefined) completedAt = readInstant(event.backdatedTo);
  }
  const places = lines.map((line, index) => names.indexOf(line.ref ?? String(index + 1)));
  return { ring, completedAt, voided, customer, cashRounding, ticketDiscountPercent, lines, places, payments };
}

function blank(ring: RingUp): Ticket {
  return {
    ring,
    completedAt: null,
    voided: false,
    customer: ring.customer,
    cashRounding: ring.cashRounding ?? '0',
    ticketDiscountPercent: ring.ticketDiscountPercent ?? '0',
    lines: ring.lines,
    places: [],
    payments: [],
  };
}

function nameLines(names: string[], lines: readonly TicketLine[]): string[] {
  for (const [index, line] of lines.entries()) {
    const name = line.ref ?? String(index + 1);
    if (!names.includes(name)) names.push(name);
  }
  return names;
}

function pay(before: readonly Paid[], payments: readonly TicketPayment[], eventAt: EpochMs): Paid[] {
  return payments.map((payment, index) => {
    const old = before[index];
    if (payment.at !== undefined) return { at: readInstant(payment.at), payment };
    return { at: old?.payment.tender === payment.tender ? old.at : eventAt, payment };
  });
}

type Kind = 'goods' | 'return' | 'discount' | 'fee' | 'gift_card' | 'store_credit';

/** D8, from what was rung up. */
function kindOf(line: TicketLine, payments: readonly Paid[]): Kind {
  const kind = line.kind ?? 'item';
  if (kind === 'rebate') return 'discount';
  if (kind !== 'item' && kind !== 'account_payment') return kind;
  const quantity = exact(line.quantity);
  const unit = exact(line.price);
  const amount = times(quantity, unit);
  const paidBack = (tender: TenderKind, test: (paid: Exact) => boolean): boolean =>
    payments.some(({ payment }) => payment.archived !== true && payment.tender === tender && test(exact(payment.amount)));
  if (line.item === undefined && unit === 0n && paidBack('gift_card', (paid) => paid < 0n)) return 'gift_card';
  if (quantity > 0n && unit < 0n) {
    return line.item === undefined && paidBack('credit_account', (paid) => paid === amount) ? 'store_credit' : 'discount';
  }
  return quantity < 0n ? 'return' : 'goods';
}

function addSale(measures: Measures, ticket: Ticket, shop: TruthShop): void {
  const inclusive = ticket.ring.taxInclusive === true;
  const { lines, tax, total } = price({
    taxInclusive: inclusive,
    taxRates: ticket.ring.taxRates ?? shop.rates,
    ticketDiscountPercent: ticket.ticketDiscountPercent,
    lines: ticket.lines,
  });
  const taxParts = lines.map((line) => line.tax1 + line.tax2);
  const netParts = lines.map((line, index) => chargedFor(line) - (inclusive ? (taxParts[index] ?? 0n) : 0n));
  const nets = allocate(netParts, total - tax, ticket.places);
  const taxes = allocate(taxParts, tax, ticket.places);
  plus(measures, 'unexplained', nets.left);
  plus(measures, 'unexplained_incl', nets.left + taxes.left);
  const counted = { goods: 0, returns: 0, giftCards: 0 };
  for (const [index, line] of ticket.lines.entries()) {
    const priced = lines[index];
    if (priced === undefined) continue;
    const net = nets.parts[index] ?? 0n;
    const lineTax = taxes.parts[index] ?? 0n;
    plus(measures, 'tax', lineTax);
    const kind = kindOf(line, ticket.payments);
    if (kind === 'goods') {
      counted.goods += 1;
      addGoods(measures, line, priced, {
        net,
        lineTax,
        netPart: netParts[index] ?? 0n,
        taxPart: taxParts[index] ?? 0n,
        inclusive,
      });
    }
    if (kind === 'return') {
      counted.returns += 1;
      both(measures, 'returns', -net, -(net + lineTax));
      for (const name of ['net_sales', 'turnover']) both(measures, name, net, net + lineTax);
      plus(measures, 'goods_returned', -toMillionths(exact(line.quantity)));
    }
    if (kind === 'discount') {
      both(measures, 'discounts', -net, -(net + lineTax));
      for (const name of ['net_sales', 'turnover']) both(measures, name, net, net + lineTax);
    }
    if (kind === 'fee') both(measures, 'fees', net, net + lineTax);
    if (kind === 'gift_card') counted.giftCards += 1;
  }
  const sort = counted.goods > 0 ? 'transactions' : counted.returns > 0 ? 'return_transactions' : 'other_transactions';
  plus(measures, sort, 1n);
  if (sort === 'transactions' && isSomebody(ticket.customer)) plus(measures, 'identified_transactions', 1n);
  plus(measures, 'rounding', toCents(exact(ticket.cashRounding)));
  if (counted.giftCards > 0) plus(measures, 'gift_cards_sold', -negative(ticket.payments, 'gift_card'));
  plus(
    measures,
    total === 0n && ticket.lines.length === 0 ? 'deposits' : 'store_credit',
    -negative(ticket.payments, 'credit_account'),
  );
}

const isSomebody = (customer: string | undefined): boolean => customer !== undefined && customer !== '' && customer !== '0';

/** What is left of a line after both discounts, in the sale's basis. */
const chargedFor = (line: PricedLine): Exact => line.subtotal - line.lineDiscount - line.ticketDiscount;

interface GoodsAmounts {
  readonly net: bigint;
  readonly lineTax: bigint;
  readonly netPart: Exact;
  readonly taxPart: Exact;
  readonly inclusive: boolean;
}

/** D4, D5, D7. */
function addGoods(measures: Measures, line: TicketLine, priced: PricedLine, amounts: GoodsAmounts): void {
  const { net, lineTax, netPart, taxPart, inclusive } = amounts;
  // 1 + tax ÷ base as a fraction, so that nothing is rounded on the way; a free line has no base, its rates must do.
  const [base, gross] = netPart === 0n ? [ONE, ONE + priced.rate] : [netPart, netPart + taxPart];
  const stated = priced.lineDiscount + priced.ticketDiscount;
  // The stated side is rounded first, the other follows from those cents.
  const statedCents = toCents(stated);
  const discount = inclusive ? toCentsOf(fromCents(statedCents) * base, gross) : statedCents;
  const discountIncl = inclusive ? statedCents : toCentsOf(fromCents(statedCents) * gross, base);
  const netIncl = net + lineTax;
  both(measures, 'gross_sales', net + discount, netIncl + discountIncl);
  both(measures, 'discounts', discount, discountIncl);
  for (const name of ['net_sales', 'turnover']) both(measures, name, net, netIncl);
  plus(measures, 'goods_sold', toMillionths(exact(line.quantity)));
  if (line.listPrice !== undefined) {
    const cheaper = times(exact(line.listPrice) - exact(line.price), exact(line.quantity));
    plus(measures, 'price_rule_discount', inclusive ? toCentsOf(cheaper * base, gross) : toCents(cheaper));
  }
}

/** Sum of the negative payments of a kind, in cents. */
function negative(payments: readonly Paid[], tender: TenderKind): bigint {
  let sum = 0n;
  for (const { payment } of payments) {
    if (payment.archived === true || payment.tender !== tender) continue;
    const amount = toCents(exact(payment.amount));
    if (amount < 0n) sum += amount;
  }
  return sum;
}

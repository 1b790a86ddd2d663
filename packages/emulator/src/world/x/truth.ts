/**
 * The X-Series' truth: what docs/measures.md says of the tickets, worked out from what was rung up. It shares no code with the hub or the
 * POS client, and reads no documents. Rules D2–D5, D9–D11, D13–D19.
 */
import { allocate } from '../allocation.ts';
import type { CellShop, Measures } from '../cells.ts';
import { both, Cells, plus } from '../cells.ts';
import { fromCents, toCentsOf, toMillionths } from '../exact.ts';
import type { EpochMs, Truth, TruthRange } from '../types.ts';
import type { XPriced, XPricedAdjustment, XPricedLine } from './price.ts';
import type { XPaid, XTicket } from './ticket.ts';
import { paymentsOf, priceOf } from './ticket.ts';
import type { Units } from './units.ts';
import { centsOf, exactOf, scaled, UNIT, unitsOf } from './units.ts';

/** What the truth must know of an outlet; its id is that of the X-Series. */
export interface XTruthShop extends CellShop {
  readonly rates: readonly [string, string];
}

/** What the truth asks the retailer. */
export interface XTruthNames {
  /** The outlet an event names. */
  outlet(name: string): XTruthShop;
  registerId(name: string, outlet: string): string;
  paymentTypeId(tender: XPaid['tender']): string;
}

/** Control totals of tickets. */
export class XTruthBook {
  readonly #names: XTruthNames;
  readonly #cells: Cells;

  constructor(outlets: readonly XTruthShop[], currency: string, minorDigits: number, names: XTruthNames) {
    this.#names = names;
    this.#cells = new Cells(outlets, currency, minorDigits);
  }

  /** Adds a sale as it stands. */
  add(ticket: XTicket): void {
    // D13, D16: what is voided or deleted never happened, its money neither.
    if (ticket.state === 'voided' || ticket.deletedAt !== null) return;
    const outlet = this.#names.outlet(ticket.ring.shop);
    const payments = paymentsOf(ticket).filter((paid) => !paid.deleted);
    const takings = payments.filter((paid) => paid.tender !== 'rounding');
    const cell = (register: string, at: EpochMs): Measures =>
      this.#cells.cell(outlet.id, this.#names.registerId(register, ticket.ring.shop), at);
    for (const paid of takings) this.#addPayment(cell(paid.register, paid.at), paid);
    const priced = priceOf(ticket, outlet.rates);
    const tips = priced.adjustments.filter((adjustment) => adjustment.kind === 'tip');
    const largest = largestOf(takings);
    if (tips.length > 0 && largest !== undefined) {
      const left = tips.reduce((sum, tip) => sum + toCents(tip.value + tip.tax), 0n);
      plus(cell(largest.register, largest.at), 'tips', left);
    }
    if (isCounted(ticket)) addSale(cell(ticket.ring.register, dayOf(ticket, payments)), ticket, priced, takings);
  }

  /** The cells so far. */
  result(range: TruthRange = {}): Truth {
    return this.#cells.result(range);
  }

  #addPayment(measures: Measures, paid: XPaid): void {
    const amount = toCents(paid.amount);
    // A negative leg creates a liability: no money was taken (D16).
    if (isLiability(paid) && amount < 0n) return;
    plus(measures, 'payments', amount);
    plus(measures, `payments:${this.#names.paymentTypeId(paid.tender)}`, amount);
    if (paid.tender === 'gift_card') plus(measures, 'gift_cards_redeemed', amount);
    if (paid.tender === 'credit_account') plus(measures, 'on_account', amount);
  }
}

const isLiability = (paid: XPaid): boolean => paid.tender === 'gift_card' || paid.tender === 'credit_account';

/** The largest payment; of equal ones the earlier, then the one with the lower id. */
function largestOf(payments: readonly XPaid[]): XPaid | undefined {
  return [...payments].sort((a, b) =>
    a.amount === b.amount ? a.at - b.at || a.number - b.number : a.amount > b.amount ? -1 : 1,
  )[0];
}

/** D13: closed, or sold on credit without waiting for anything. */
function isCounted(ticket: XTicket): boolean {
  if (ticket.state === 'closed') return true;
  const has = (one: XTicket['attributes'][number]): boolean => ticket.attributes.includes(one);
  return ticket.state === 'pending' && has('onaccount') && !has('delivery') && !has('pickup') && !has('service');
}

/** D13: a closed layby belongs to its last payment. */
function dayOf(ticket: XTicket, payments: readonly XPaid[]): EpochMs {
  if (ticket.state !== 'closed' || !ticket.attributes.includes('layby')) return ticket.saleDate;
  return payments.reduce((latest, paid) => Math.max(latest, paid.at), ticket.saleDate);
}

type Kind = 'goods' | 'return' | 'discount' | 'gift_card' | 'internal';

/** D9, from what was rung up. */
function kindOf(line: XPricedLine): Kind {
  if (line.kind === 'account_payment') return 'internal';
  if (line.kind !== 'goods') return line.kind;
  return line.quantity < 0 ? 'return' : 'goods';
}

const toCents = (units: Units): bigint => BigInt(centsOf(units));

function addSale(measures: Measures, ticket: XTicket, priced: XPriced, takings: readonly XPaid[]): void {
  const lines = priced.lines.filter((line) => !line.voided);
  // Charges stand beside the adjustments in the document, and come after them.
  const adjustments = [
    ...priced.adjustments.filter((one) => one.kind !== 'shipping'),
    ...priced.adjustments.filter((one) => one.kind === 'shipping'),
  ];
  const netParts = [...lines.map((line) => line.priceTotal), ...adjustments.map((one) => one.value)].map(exactOf);
  const taxParts = [...lines.map((line) => line.taxTotal), ...adjustments.map((one) => one.tax)].map(exactOf);
  const places = netParts.map((_part, index) => index);
  const nets = allocate(netParts, BigInt(priced.net), places);
  const taxes = allocate(taxParts, BigInt(priced.total - priced.net), places);
  plus(measures, 'unexplained', nets.left);
  plus(measures, 'unexplained_incl', nets.left + taxes.left);
  for (const part of taxes.parts) plus(measures, 'tax', part);
  const partOf = (index: number): { net: bigint; incl: bigint } => {
    const net = nets.parts[index] ?? 0n;
    return { net, incl: net + (taxes.parts[index] ?? 0n) };
  };
  const kinds = lines.map(kindOf);
  for (const [index, line] of lines.entries()) addLine(measures, kinds[index] ?? 'goods', line, partOf(index));
  for (const [index, one] of adjustments.entries()) addAdjustment(measures, one, partOf(lines.length + index));
  const sort = kinds.includes('goods') ? 'transactions' : kinds.includes('return') ? 'return_transactions' : 'other_transactions';
  plus(measures, sort, 1n);
  if (sort === 'transactions' && ticket.customer !== undefined) plus(measures, 'identified_transactions', 1n);
  plus(measures, 'rounding', toCents(unitsOf(ticket.cashRounding)));
  plus(measures, 'gift_cards_sold', -negative(takings, 'gift_card'));
  const isDeposit = priced.total === 0 && lines.length === 0;
  plus(measures, isDeposit ? 'deposits' : 'store_credit', -negative(takings, 'credit_account'));
}

interface Part {
  readonly net: bigint;
  readonly incl: bigint;
}

function addLine(measures: Measures, kind: Kind, line: XPricedLine, part: Part): void {
  if (kind === 'internal') return;
  if (kind === 'gift_card') {
    plus(measures, 'gift_cards_sold', part.incl);
    return;
  }
  for (const name of ['net_sales', 'turnover']) both(measures, name, part.net, part.incl);
  if (kind === 'return') {
    both(measures, 'returns', -part.net, -part.incl);
    plus(measures, 'goods_returned', -toMillionths(exactOf(line.quantity)));
  }
  if (kind === 'discount') addDiscount(measures, part);
  if (kind === 'goods') addGoods(measures, line, part);
}

/** D10: money off, or (positive) money off given back on a return. */
function addDiscount(measures: Measures, part: Part): void {
  const name = part.net > 0n || (part.net === 0n && part.incl > 0n) ? 'returns' : 'discounts';
  both(measures, name, -part.net, -part.incl);
}

/** D4, D5, D7. */
function addGoods(measures: Measures, line: XPricedLine, part: Part): void {
  const stated = toCents(line.discountTotal);
  // A mark-up is no discount: gross at the price charged.
  const discount = stated < 0n ? 0n : stated;
  // 1 + tax ÷ base as stated; where nothing is charged the tax's own rates must do.
  const isFree = line.priceTotal === 0;
  const [base, gross] = isFree ? [UNIT, UNIT + rateOf(line)] : [line.priceTotal, line.priceTotal + line.taxTotal];
  const discountIncl = toCentsOf(fromCents(discount) * BigInt(gross), BigInt(base));
  both(measures, 'gross_sales', part.net + discount, part.incl + discountIncl);
  both(measures, 'discounts', discount, discountIncl);
  plus(measures, 'goods_sold', toMillionths(exactOf(line.quantity)));
  if (line.promotion !== 0) plus(measures, 'price_rule_discount', BigInt(scaled(line.promotion, line.quantity, UNIT * 1000)));
}

const rateOf = (line: XPricedLine): Units => (line.components[0]?.rates ?? []).reduce((sum, rate) => sum + unitsOf(rate), 0);

function addAdjustment(measures: Measures, one: XPricedAdjustment, part: Part): void {
  switch (one.kind) {
    case 'surcharge':
    case 'non_cash_fee':
      both(measures, 'fees', part.net, part.incl);
      return;
    case 'shipping':
      plus(measures, 'shipping', part.net);
      return;
    case 'discount':
      for (const name of ['net_sales', 'turnover']) both(measures, name, part.net, part.incl);
      addDiscount(measures, part);
      return;
    case 'tip':
      // At the payment that carries it.
      return;
  }
}

/** Sum of the negative payments of a kind, in cents. */
function negative(payments: readonly XPaid[], tender: XPaid['tender']): bigint {
  let sum = 0n;
  for (const paid of payments) {
    const amount = toCents(paid.amount);
    if (paid.tender === tender && amount < 0n) sum += amount;
  }
  return sum;
}

/**
 * What an X-Series till shows when a ticket is rung up (X §6, with the readings written in x-types.ts), in exact numbers. The records show
 * it; the truth uses it to know what the POS states.
 */
import type { SaleAdjustment, TicketLine } from '../events.ts';
import type { Exact } from '../exact.ts';
import { divideRounded, exact, ONE, times } from '../exact.ts';
import type { Units } from './units.ts';
import { centsOf, isWhole, roundedUnits, scaled, UNIT, unitsOf } from './units.ts';

/** The part of a ticket that has to do with money. */
export interface XTicketMoney {
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  readonly ticketDiscountPercent: string;
  readonly lines: readonly TicketLine[];
  readonly adjustments: readonly SaleAdjustment[];
}

/** A line as stated. */
export interface XPricedLine {
  readonly kind: 'goods' | 'discount' | 'gift_card' | 'account_payment';
  readonly voided: boolean;
  readonly quantity: Units;
  readonly price: Units;
  readonly priceTotal: Units;
  readonly discount: Units;
  readonly discountTotal: Units;
  readonly tax: Units;
  readonly taxTotal: Units;
  /** Rates as the ticket states them, and what each comes to on the whole line; the ticket's discount has the sums of all lines. */
  readonly components: readonly XComponent[];
  /** What a promotion took off one unit, or 0. */
  readonly promotion: Units;
}

export interface XComponent {
  /** The rates of the line's tax, and the place of this one among them. */
  readonly rates: readonly string[];
  readonly place: number;
  readonly total: Units;
}

/** An adjustment or a charge as stated. */
export interface XPricedAdjustment {
  readonly kind: SaleAdjustment['kind'];
  readonly value: Units;
  readonly tax: Units;
  readonly components: readonly XComponent[];
}

/** A ticket as stated; the line of a ticket discount is the last. */
export interface XPriced {
  readonly lines: readonly XPricedLine[];
  readonly adjustments: readonly XPricedAdjustment[];
  /** Cents excl. tax. */
  readonly net: number;
  /** Cents incl. tax. */
  readonly total: number;
}

/** Prices a ticket. */
export function priceX(ticket: XTicketMoney): XPriced {
  const lines = linesOf(ticket);
  const adjustments = ticket.adjustments.map(priceAdjustment);
  let net = 0;
  let tax = 0;
  for (const line of lines) {
    if (line.voided) continue;
    net += line.priceTotal;
    tax += line.taxTotal;
  }
  for (const adjustment of adjustments) {
    net += adjustment.value;
    tax += adjustment.tax;
  }
  return { lines, adjustments, net: centsOf(net), total: centsOf(net + tax) };
}

/** The ticket priced last: what is due is asked for first, and the document or the truth right after. */
let latest: { readonly ticket: XTicketMoney; readonly lines: readonly XPricedLine[] } | null = null;

function linesOf(ticket: XTicketMoney): readonly XPricedLine[] {
  const { ticket: known } = latest ?? {};
  const isSame =
    known?.lines === ticket.lines &&
    known.taxInclusive === ticket.taxInclusive &&
    known.taxRates === ticket.taxRates &&
    known.ticketDiscountPercent === ticket.ticketDiscountPercent;
  if (isSame && latest !== null) return latest.lines;
  const lines = ticket.lines.map((line) => priceLine(line, ticket));
  const percent = unitsOf(ticket.ticketDiscountPercent);
  if (percent !== 0) lines.push(ticketDiscount(lines, percent));
  latest = { ticket, lines };
  return lines;
}

/** What a unit of a line costs, before anything is multiplied. */
interface Unit {
  readonly quantity: Units;
  readonly price: Units;
  readonly discount: Units;
  readonly tax: Units;
  readonly promotion: Units;
  readonly components: readonly Units[];
}

function priceLine(line: TicketLine, ticket: XTicketMoney): XPricedLine {
  const kind = KINDS[line.kind ?? 'item'];
  const rates = ratesOf(line, ticket, kind);
  // Money off is written as a negative price, and shown as a negative quantity.
  const isBack = kind === 'discount' && line.price.startsWith('-');
  const unit = wholeUnit(line, isBack, rates, ticket.taxInclusive) ?? exactUnit(line, isBack, rates, ticket.taxInclusive);
  const { quantity, price, discount, tax, promotion } = unit;
  const total = (one: Units): Units => (quantity === UNIT ? one : scaled(one, quantity, UNIT));
  return {
    kind,
    voided: line.voided === true,
    quantity,
    price,
    priceTotal: total(price),
    discount,
    discountTotal: total(discount),
    tax,
    taxTotal: total(tax),
    components: unit.components.map((one, place) => ({ rates, place, total: one })),
    promotion,
  };
}

/** The usual line: whole pieces at prices of at most five places, after a discount too. Null where it is another. */
function wholeUnit(line: TicketLine, isBack: boolean, rates: readonly string[], inclusive: boolean): Unit | null {
  if (!isWhole(line.price) || line.quantity.includes('.')) return null;
  const pieces = unitsOf(line.quantity) / UNIT;
  const quantity = isBack ? -pieces : pieces;
  const asked = isBack ? -unitsOf(line.price) : unitsOf(line.price);
  const off = wholeDiscount(line, asked, quantity);
  if (off === null || rates.some((rate) => !isWhole(rate))) return null;
  const parts = rates.map(unitsOf);
  const divisor = inclusive ? parts.reduce((sum, rate) => sum + rate, UNIT) : UNIT;
  const untaxed = (amount: Units): Units => (divisor === UNIT ? amount : scaled(amount, UNIT, divisor));
  const left = asked - off;
  const price = untaxed(left);
  const tax = inclusive
    ? left - price
    : scaled(
        left,
        parts.reduce((sum, rate) => sum + rate, 0),
        UNIT,
      );
  const promotion = line.listPrice === undefined ? 0 : wholePromotion(line.listPrice, asked, untaxed);
  if (promotion === null) return null;
  return {
    quantity: quantity * UNIT,
    price,
    discount: off === 0 ? 0 : untaxed(off),
    tax,
    promotion,
    components: parts.map((rate) => (rate === 0 ? 0 : scaled(left * quantity, rate, divisor))),
  };
}

const wholePromotion = (listPrice: string, asked: Units, untaxed: (amount: Units) => Units): Units | null =>
  isWhole(listPrice) ? untaxed(unitsOf(listPrice) - asked) : null;

function wholeDiscount(line: TicketLine, asked: Units, pieces: number): Units | null {
  if (line.almostFree === true && line.discountAmount === undefined) return asked;
  if (line.discountAmount !== undefined) {
    if (pieces === 0) return 0;
    const each = unitsOf(line.discountAmount) / pieces;
    return isWhole(line.discountAmount) && Number.isInteger(each) ? each : null;
  }
  if (line.discountPercent === undefined) return 0;
  const off = (asked * unitsOf(line.discountPercent)) / UNIT;
  const isExact = isWhole(line.discountPercent) && Number.isSafeInteger(asked * unitsOf(line.discountPercent));
  return isExact && Number.isInteger(off) ? off : null;
}

/** Any line. */
function exactUnit(line: TicketLine, isBack: boolean, rates: readonly string[], inclusive: boolean): Unit {
  const rate = rates.reduce((sum, one) => sum + exact(one), 0n);
  const quantity = isBack ? -exact(line.quantity) : exact(line.quantity);
  const asked = isBack ? -exact(line.price) : exact(line.price);
  const off = discountPerUnit(line, asked, quantity);
  const left = asked - off;
  const divisor = inclusive ? ONE + rate : ONE;
  const untaxed = (amount: Exact): Units => roundedUnits(divideRounded(amount * ONE, divisor));
  const price = untaxed(left);
  const tax = inclusive ? roundedUnits(left) - price : roundedUnits(times(left, rate));
  const amount = times(left, quantity);
  return {
    quantity: roundedUnits(quantity),
    price,
    discount: untaxed(off),
    tax,
    promotion: line.listPrice === undefined ? 0 : untaxed(exact(line.listPrice) - asked),
    components: rates.map((one) => roundedUnits(divideRounded(amount * exact(one), divisor))),
  };
}

const KINDS: Readonly<Record<NonNullable<TicketLine['kind']>, XPricedLine['kind']>> = {
  item: 'goods',
  // There are no such lines on the X-Series: a check refuses them.
  fee: 'goods',
  store_credit: 'goods',
  gift_card: 'gift_card',
  rebate: 'discount',
  account_payment: 'account_payment',
};

function ratesOf(line: TicketLine, ticket: XTicketMoney, kind: XPricedLine['kind']): readonly string[] {
  if (line.taxed === false || kind === 'gift_card' || kind === 'account_payment') return NONE;
  return ratesCharged(line.taxRates ?? ticket.taxRates);
}

const charged = new WeakMap<readonly string[], readonly string[]>();

/** The rates that are not 0; the list is the same each time it is asked for. */
function ratesCharged(rates: readonly string[]): readonly string[] {
  const known = charged.get(rates);
  if (known !== undefined) return known;
  const kept = rates.filter((rate) => exact(rate) !== 0n);
  const made = kept.length === 0 ? NONE : kept;
  charged.set(rates, made);
  return made;
}

/** The rates of what is not taxed. */
const NONE: readonly string[] = ['0'];

function discountPerUnit(line: TicketLine, asked: Exact, quantity: Exact): Exact {
  if (line.discountAmount !== undefined) {
    return quantity === 0n ? 0n : divideRounded(exact(line.discountAmount) * ONE, quantity);
  }
  if (line.almostFree === true) return asked;
  return line.discountPercent === undefined ? 0n : times(asked, exact(line.discountPercent));
}

/** One line of the discount product over all the others but voided ones, gift cards and account payments. */
function ticketDiscount(lines: readonly XPricedLine[], percent: Units): XPricedLine {
  const taken = lines.filter((line) => !line.voided && (line.kind === 'goods' || line.kind === 'discount'));
  const share = (amount: Units): Units => scaled(amount, percent, UNIT);
  const net = share(sum(taken.map((line) => line.priceTotal)));
  const tax = share(sum(taken.map((line) => line.taxTotal)));
  const isBack = net < 0;
  const components = new Map<string, XComponent>();
  for (const { rates, place, total } of taken.flatMap((line) => line.components)) {
    const key = `${rates.join('|')}/${place}`;
    components.set(key, { rates, place, total: total + (components.get(key)?.total ?? 0) });
  }
  return {
    kind: 'discount',
    voided: false,
    quantity: isBack ? UNIT : -UNIT,
    price: Math.abs(net),
    priceTotal: 0 - net,
    discount: 0,
    discountTotal: 0,
    tax: isBack ? 0 - tax : tax,
    taxTotal: 0 - tax,
    components: [...components.values()].map((one) => ({ ...one, total: 0 - share(one.total) })),
    promotion: 0,
  };
}

function priceAdjustment(adjustment: SaleAdjustment): XPricedAdjustment {
  const value = unitsOf(adjustment.amount);
  const kept = adjustment.taxRates === undefined ? NONE : ratesCharged(adjustment.taxRates);
  const components =
    kept === NONE ? [] : kept.map((rate, place) => ({ rates: kept, place, total: scaled(value, unitsOf(rate), UNIT) }));
  return { kind: adjustment.kind, value, tax: sum(components.map((one) => one.total)), components };
}

const sum = (values: readonly Units[]): Units => values.reduce((total, value) => total + value, 0);

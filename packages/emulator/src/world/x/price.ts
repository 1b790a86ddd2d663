/**
 * What an X-Series till shows when a ticket is rung up (X §6, with the readings written in x-types.ts), in exact numbers. The records show
 * it; the truth uses it to know what the POS states.
 */
import type { SaleAdjustment, TicketLine } from '../events.ts';
import type { Exact } from '../exact.ts';
import { divideRounded, exact, ONE, times, toCents } from '../exact.ts';

/** The part of a ticket that has to do with money. */
export interface XTicketMoney {
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  readonly ticketDiscountPercent: string;
  readonly lines: readonly TicketLine[];
  readonly adjustments: readonly SaleAdjustment[];
}

/** A line as stated; unit and total amounts have at most five places. */
export interface XPricedLine {
  readonly kind: 'goods' | 'discount' | 'gift_card' | 'account_payment';
  readonly voided: boolean;
  readonly quantity: Exact;
  readonly price: Exact;
  readonly priceTotal: Exact;
  readonly discount: Exact;
  readonly discountTotal: Exact;
  readonly tax: Exact;
  readonly taxTotal: Exact;
  /** Rates as the ticket states them, and what each comes to on the whole line; the ticket's discount has the sums of all lines. */
  readonly components: readonly XComponent[];
  /** What a promotion took off one unit, or 0. */
  readonly promotion: Exact;
  /** Price of a unit as the customer reads it: incl. tax. */
  readonly unitIncl: Exact;
}

export interface XComponent {
  /** The rate's place among those of its tax, with the rates of that tax. */
  readonly rates: readonly string[];
  readonly place: number;
  readonly total: Exact;
}

/** An adjustment or a charge as stated. */
export interface XPricedAdjustment {
  readonly kind: SaleAdjustment['kind'];
  readonly value: Exact;
  readonly tax: Exact;
  readonly components: readonly XComponent[];
}

/** A ticket's stated totals, in cents; the line of a ticket discount is the last. */
export interface XPriced {
  readonly lines: readonly XPricedLine[];
  readonly adjustments: readonly XPricedAdjustment[];
  /** Excl. tax. */
  readonly net: bigint;
  readonly total: bigint;
}

const FIFTH: Exact = 10n ** 13n;

/** To five places. */
const round5 = (value: Exact): Exact => divideRounded(value, FIFTH) * FIFTH;
/** Exact × exact ÷ exact, to five places. */
const ratio5 = (product: bigint, divisor: Exact): Exact => divideRounded(product, divisor * FIFTH) * FIFTH;

/** Prices a ticket. */
export function priceX(ticket: XTicketMoney): XPriced {
  const lines = linesOf(ticket);
  const adjustments = ticket.adjustments.map(priceAdjustment);
  let net = 0n;
  let tax = 0n;
  for (const line of lines) {
    if (line.voided) continue;
    net += line.priceTotal;
    tax += line.taxTotal;
  }
  for (const adjustment of adjustments) {
    net += adjustment.value;
    tax += adjustment.tax;
  }
  return { lines, adjustments, net: toCents(net), total: toCents(net + tax) };
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
  const percent = exact(ticket.ticketDiscountPercent);
  if (percent !== 0n) lines.push(ticketDiscount(lines, percent));
  latest = { ticket, lines };
  return lines;
}

/** Whole hundred-thousandths of an amount that has no more places. */
export const fifths = (value: Exact): number => Number(value / FIFTH);

function priceLine(line: TicketLine, ticket: XTicketMoney): XPricedLine {
  const kind = KINDS[line.kind ?? 'item'];
  const rates = ratesOf(line, ticket, kind);
  const rate = rates.reduce((sum, one) => sum + exact(one), 0n);
  const stated = exact(line.price);
  const isBack = kind === 'discount' && stated < 0n;
  const quantity = isBack ? -exact(line.quantity) : exact(line.quantity);
  const asked = isBack ? -stated : stated;
  const off = discountPerUnit(line, asked, quantity);
  const left = asked - off;
  const divisor = ticket.taxInclusive ? ONE + rate : ONE;
  const untaxed = (amount: Exact): Exact => (divisor === ONE ? round5(amount) : ratio5(amount * ONE, divisor));
  const price = untaxed(left);
  const tax = ticket.taxInclusive ? round5(left) - price : rate === 0n ? 0n : round5(times(left, rate));
  const discount = off === 0n ? 0n : untaxed(off);
  const promotion = line.listPrice === undefined ? 0n : untaxed(exact(line.listPrice) - asked);
  const total = (unit: Exact): Exact => (quantity === ONE || unit === 0n ? unit : round5(times(unit, quantity)));
  const amount = quantity === ONE ? left : times(left, quantity);
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
    components: rates.map((one, place) => ({ rates, place, total: one === '0' ? 0n : ratio5(amount * exact(one), divisor) })),
    promotion,
    unitIncl: price + tax,
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
function ticketDiscount(lines: readonly XPricedLine[], percent: Exact): XPricedLine {
  const taken = lines.filter((line) => !line.voided && (line.kind === 'goods' || line.kind === 'discount'));
  const net = round5(times(sum(taken.map((line) => line.priceTotal)), percent));
  const tax = round5(times(sum(taken.map((line) => line.taxTotal)), percent));
  const isBack = net < 0n;
  const components = new Map<string, XComponent>();
  for (const { rates, place, total } of taken.flatMap((line) => line.components)) {
    const key = `${rates.join('|')}/${place}`;
    components.set(key, { rates, place, total: total + (components.get(key)?.total ?? 0n) });
  }
  return {
    kind: 'discount',
    voided: false,
    quantity: isBack ? ONE : -ONE,
    price: isBack ? -net : net,
    priceTotal: -net,
    discount: 0n,
    discountTotal: 0n,
    tax: isBack ? -tax : tax,
    taxTotal: -tax,
    components: [...components.values()].map((one) => ({ ...one, total: -round5(times(one.total, percent)) })),
    promotion: 0n,
    unitIncl: isBack ? -net - tax : net + tax,
  };
}

function priceAdjustment(adjustment: SaleAdjustment): XPricedAdjustment {
  const value = round5(exact(adjustment.amount));
  const kept = (adjustment.taxRates ?? []).filter((rate) => exact(rate) !== 0n);
  const components = kept.map((rate, place) => ({ rates: kept, place, total: round5(times(value, exact(rate))) }));
  return { kind: adjustment.kind, value, tax: sum(components.map((one) => one.total)), components };
}

const sum = (values: readonly Exact[]): Exact => values.reduce((total, value) => total + value, 0n);

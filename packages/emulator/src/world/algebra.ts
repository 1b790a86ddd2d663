/**
 * What the till shows when a ticket is rung up (R §8.2, with the readings written in types.ts), in exact numbers. The world uses it to
 * know what is due; the truth uses it to know what the POS states.
 */
import type { TicketLine } from './events.ts';
import type { Exact } from './exact.ts';
import { exact, fromCents, ONE, quotientTo8, scaled, times, toCents } from './exact.ts';

/** The part of a ticket that has to do with money. */
export interface PricedTicket {
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  readonly ticketDiscountPercent: string;
  readonly lines: readonly TicketLine[];
}

/** A line's stated amounts, unrounded but for the percent discount. */
export interface PricedLine {
  readonly subtotal: Exact;
  readonly lineDiscount: Exact;
  readonly ticketDiscount: Exact;
  readonly tax1: Exact;
  readonly tax2: Exact;
  /** Both rates together; 0 on an untaxed line. */
  readonly rate: Exact;
}

/** A ticket's stated totals, in cents. */
export interface Priced {
  readonly lines: readonly PricedLine[];
  readonly tax: bigint;
  readonly total: bigint;
}

/** Prices a ticket. */
export function price(ticket: PricedTicket): Priced {
  const ticketPercent = exact(ticket.ticketDiscountPercent);
  let subtotal = 0n;
  let discount = 0n;
  let tax1 = 0n;
  let tax2 = 0n;
  const lines = ticket.lines.map((line) => {
    const priced = priceLine(line, ticket, ticketPercent);
    subtotal += priced.subtotal;
    discount += priced.lineDiscount + priced.ticketDiscount;
    tax1 += priced.tax1;
    tax2 += priced.tax2;
    return priced;
  });
  const tax = toCents(tax1) + toCents(tax2);
  const charged = toCents(subtotal) - toCents(discount);
  return { lines, tax, total: ticket.taxInclusive ? charged : charged + tax };
}

/**
 * What `price` gives as the total, as a number. Rolling a sale asks for nothing else: while every step is a whole number that is exact as
 * `number`, that is several times faster; whatever is not goes the long way.
 */
export function totalCents(ticket: PricedTicket): number {
  const quick = quickTotal(ticket);
  return Number.isSafeInteger(quick) ? quick : Number(price(ticket).total);
}

/** The total with quantities of three places, prices and discounts of two, rates of five; NaN when there is more to any of them. */
function quickTotal({ taxInclusive, taxRates, ticketDiscountPercent, lines }: PricedTicket): number {
  const ticketPercent = scaled(ticketDiscountPercent, 2);
  // In units of 10^-7, taxes in 10^-12.
  let subtotal = 0;
  let discount = 0;
  let tax1 = 0;
  let tax2 = 0;
  for (const line of lines) {
    const ofLine = scaled(line.quantity, 3) * scaled(line.price, 2);
    const lineDiscount =
      line.discountAmount === undefined
        ? roundedAway(safe(ofLine * scaled(discountPercentOf(line), 2)), 100_000) * 1000
        : scaled(line.discountAmount, 2) * 1000;
    const left = ofLine - lineDiscount;
    const ticketDiscount = safe(left * ticketPercent);
    const amount = safe(left * 100) - ticketDiscount;
    subtotal += safe(ofLine * 100);
    discount += safe(lineDiscount * 100) + ticketDiscount;
    // A tax inside the price does not change what is due.
    if (taxInclusive || line.taxed === false) continue;
    const [rate1, rate2] = line.taxRates ?? taxRates;
    tax1 = safe(tax1 + safe(amount * scaled(rate1, 5)));
    tax2 = safe(tax2 + safe(amount * scaled(rate2, 5)));
  }
  const tax = roundedAway(tax1, 10_000_000_000) + roundedAway(tax2, 10_000_000_000);
  const total = roundedAway(safe(subtotal), 100_000) - roundedAway(safe(discount), 100_000) + tax;
  return total === 0 ? 0 : total;
}

/** NaN when it may have been rounded. */
const safe = (value: number): number => (Number.isSafeInteger(value) ? value : Number.NaN);

function roundedAway(value: number, divisor: number): number {
  const size = Math.abs(value);
  const rest = size % divisor;
  const rounded = (size - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
  return value < 0 ? -rounded : rounded;
}

function priceLine(line: TicketLine, ticket: PricedTicket, ticketPercent: Exact): PricedLine {
  const subtotal = times(exact(line.quantity), exact(line.price));
  const lineDiscount = discountOf(line, subtotal);
  const left = subtotal - lineDiscount;
  const ticketDiscount = ticketPercent === 0n ? 0n : times(left, ticketPercent);
  const amount = left - ticketDiscount;
  if (line.taxed === false) return { subtotal, lineDiscount, ticketDiscount, tax1: 0n, tax2: 0n, rate: 0n };
  const rates = line.taxRates ?? ticket.taxRates;
  const rate1 = exact(rates[0]);
  const rate2 = exact(rates[1]);
  const rate = rate1 + rate2;
  const inside = (one: Exact): Exact => (one === 0n ? 0n : quotientTo8(amount * one, ONE + rate));
  return {
    subtotal,
    lineDiscount,
    ticketDiscount,
    tax1: ticket.taxInclusive ? inside(rate1) : times(amount, rate1),
    tax2: ticket.taxInclusive ? inside(rate2) : times(amount, rate2),
    rate,
  };
}

function discountOf(line: TicketLine, subtotal: Exact): Exact {
  if (line.discountAmount !== undefined) return exact(line.discountAmount);
  const percent = discountPercentOf(line);
  return percent === '0' ? 0n : fromCents(toCents(times(subtotal, exact(percent))));
}

/** The fraction as the POS stores it. */
export const discountPercentOf = (line: TicketLine): string =>
  line.almostFree === true ? '0.999999999' : (line.discountPercent ?? '0');

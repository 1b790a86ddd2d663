import type { Sale, SaleLine } from '@tillweave/lightspeed';
import { divideRounded, parseExact, round, toBig, type Exact } from './exact.ts';

/** A line's discount excl. and incl. tax, in cents. */
export interface LineDiscount {
  readonly excl: number;
  readonly incl: number;
}

const NO_DISCOUNT: LineDiscount = { excl: 0, incl: 0 };

/**
 * D4, D5: the discount of a goods line in both tax bases. The stated amount is rounded first; the other basis follows from that integer
 * and the line's own rate. On the X-Series a negative one is a mark-up, which is no discount (D7).
 */
export function lineDiscount(sale: Sale, line: SaleLine, parts: LineParts, minorDigits: number): LineDiscount {
  if (line.discount === '0') return NO_DISCOUNT;
  const stated = round(parseExact(line.discount, minorDigits));
  if (stated === 0 || (stated < 0 && sale.provider === 'lightspeed-x')) return NO_DISCOUNT;
  const [base, withTax] = taxFactor(line, parts);
  return sale.taxInclusive
    ? { excl: divideRounded(BigInt(stated) * base, withTax), incl: stated }
    : { excl: stated, incl: divideRounded(BigInt(stated) * withTax, base) };
}

/** What a price rule took off a goods line, excl. tax: (list − charged) × quantity, rounded once; 0 when no rule applied (D7). */
export function priceRuleDiscount(line: SaleLine, parts: LineParts, taxInclusive: boolean, minorDigits: number): number {
  if (line.normalUnitPrice === null) return 0;
  const perUnit = toBig(parseExact(line.normalUnitPrice, minorDigits)) - toBig(parseExact(line.unitPrice, minorDigits));
  const off = perUnit * toBig(parseExact(line.quantity, 0));
  if (off === 0n) return 0;
  const [base, withTax] = taxInclusive ? taxFactor(line, parts) : [1n, 1n];
  // Price and quantity both come in rest units.
  return divideRounded(off * base, withTax * toBig({ minor: 1, rest: 0 }) ** 2n);
}

/** A line's unrounded E and X (D3). */
export interface LineParts {
  readonly exclusive: Exact;
  readonly tax: Exact;
}

/**
 * 1 + rate as a fraction [divisor, dividend]: the line's own tax ÷ base; where the base is 0 (all of it discounted) the stated rates.
 * A rate of −100 % or less cannot be divided by and counts as none.
 */
function taxFactor(line: SaleLine, { exclusive, tax }: LineParts): readonly [bigint, bigint] {
  const base = toBig(exclusive);
  if (base !== 0n) {
    const withTax = base + toBig(tax);
    return withTax > 0n === base > 0n && withTax !== 0n ? [base, withTax] : [1n, 1n];
  }
  const one = toBig({ minor: 1, rest: 0 });
  const withTax = one + toBig(parseExact(line.fallbackRate, 0));
  return withTax > 0n ? [one, withTax] : [1n, 1n];
}

/**
 * Whole hundred-thousandths, as the X-Series keeps amounts: fast as long as every product stays a whole number that a number can hold, and
 * exact by the big ones where it would not.
 */
import { divideRounded, exact } from '../exact.ts';

/** A whole number of hundred-thousandths. */
export type Units = number;

/** One. */
export const UNIT: Units = 100_000;
const CENT: Units = 1000;
/** 10^-18, the scale of exact numbers, to a hundred-thousandth. */
const FIFTH = 10n ** 13n;

/** Reads a decimal text; places beyond the fifth are rounded away, half away from zero. Throws `RangeError` on anything else. */
export function unitsOf(text: string): Units {
  const short = readShort(text);
  if (short !== null) return short;
  const value = Number(divideRounded(exact(text), FIFTH));
  if (!Number.isSafeInteger(value)) throw new RangeError(`too large an amount: ${text}`);
  return value;
}

const POWERS = [1, 10, 100, 1000, 10_000, 100_000];

/** The usual amount: few digits, at most five places. Null for all others, and for what is no number. */
function readShort(text: string): Units | null {
  if (text.length > 14) return null;
  const isNegative = text.startsWith('-');
  const first = isNegative ? 1 : 0;
  let digits = 0;
  let point = -1;
  for (let place = first; place < text.length; place += 1) {
    const code = text.charCodeAt(place) - 48;
    if (code >= 0 && code <= 9) digits = digits * 10 + code;
    else if (code === -2 && point < 0 && place > first) point = place;
    else return null;
  }
  const places = point < 0 ? 0 : text.length - 1 - point;
  const power = POWERS[5 - places];
  if (text.length === first || (point >= 0 && places === 0) || power === undefined) return null;
  const units = digits * power;
  if (!Number.isSafeInteger(units)) return null;
  return isNegative ? 0 - units : units;
}

/** Has a decimal text no more than five places? */
export function isWhole(text: string): boolean {
  const point = text.indexOf('.');
  return point < 0 || text.length - point <= 6;
}

/** a × b ÷ divisor, rounded half away from zero. */
export function scaled(a: number, b: number, divisor: number): number {
  const product = a * b;
  if (!Number.isSafeInteger(product)) return Number(divideRounded(BigInt(a) * BigInt(b), BigInt(divisor)));
  const quotient = Math.trunc(product / divisor);
  const rest = product - quotient * divisor;
  // Adding 0 makes a zero of −0.
  if (2 * Math.abs(rest) < Math.abs(divisor)) return quotient + 0;
  return quotient + (product < 0 === divisor < 0 ? 1 : -1);
}

/** Cents of units. */
export const centsOf = (units: Units): number => scaled(units, 1, CENT);

/** Units of an exact number, rounded. */
export const roundedUnits = (value: bigint): Units => Number(divideRounded(value, FIFTH));

/** An exact number from units. */
export const exactOf = (units: Units): bigint => BigInt(units) * FIFTH;

/**
 * Exact decimals. The POS states amounts as text with any number of places (`"11.4860025"`); sums, differences and products of those are
 * exact here, and rounding happens only where somebody asks for it by name. Held as whole units of a power of ten: a plain number while
 * that is exact, a BigInt beyond 2^53. No floating-point arithmetic on money anywhere.
 */
import type { Decimal } from './model.ts';

declare const opaque: unique symbol;

/** An exact decimal number. Make it with `parseAmount` or `amountOf`, read it with `formatAmount` or `roundAmount`. */
export interface Amount {
  readonly [opaque]: never;
}

/** `units` ÷ 10^`scale`. The only shape behind `Amount`. */
interface Exact {
  readonly units: number | bigint;
  readonly scale: number;
  /** The shortest text of it where that is known from reading; null to be worked out. */
  readonly text: string | null;
}

/** Places and digits beyond which a text is not an amount but an attack. */
const DIGITS_MAX = 60;

export const ZERO: Amount = make(0, 0, '0');

/** Reads a plain decimal (`-12.30`), or the exponent form the POS once leaked (`1.5E-5`); null for anything else. Strict. */
export function parseAmount(text: string): Amount | null {
  const length = text.length;
  let at = text.charCodeAt(0) === MINUS ? 1 : 0;
  const first = at;
  let units = 0;
  let scale = -1;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      units = units * 10 + (code - DIGIT_0);
      if (scale >= 0) scale += 1;
    } else if (code === POINT && scale < 0 && at > first) scale = 0;
    else return parseExponent(text);
  }
  if (at === first || scale === 0) return null;
  if (scale < 0) scale = 0;
  const digits = length - first - (scale > 0 ? 1 : 0);
  // Up to 15 digits every intermediate number above was exact.
  if (digits <= 15)
    return make(first === 1 && units !== 0 ? -units : units, scale, isShortest(text, first, scale, units) ? text : null);
  if (digits > DIGITS_MAX) return null;
  return make(settle(BigInt(text.replace('.', ''))), scale);
}

/** The amount of a decimal that was read before; throws a RangeError if it never was one. */
export function amountOf(decimal: Decimal): Amount {
  const amount = parseAmount(decimal);
  if (amount === null) throw new RangeError(`Not a decimal: ${JSON.stringify(decimal).slice(0, 60)}.`);
  return amount;
}

/** `units` of 10^-`places`, e.g. cents: `amountFromUnits(1999, 2)` is 19.99. */
export function amountFromUnits(units: number, places: number): Amount {
  if (!Number.isSafeInteger(units)) throw new RangeError(`Not a whole number of units: ${units}.`);
  return make(units, places);
}

/** The shortest plain text of it: `-0.5`, `20`, never an exponent, never trailing zeros, never `-0`. */
export function formatAmount(amount: Amount): Decimal {
  const { units, scale, text: known } = exact(amount);
  if (known !== null) return known as Decimal;
  if (scale === 0) return String(units) as Decimal;
  const negative = units < 0;
  const digits = String(negative ? -units : units).padStart(scale + 1, '0');
  let end = digits.length;
  const whole = digits.length - scale;
  while (end > whole && digits.charCodeAt(end - 1) === DIGIT_0) end -= 1;
  const text = end === whole ? digits.slice(0, whole) : `${digits.slice(0, whole)}.${digits.slice(whole, end)}`;
  return (negative ? `-${text}` : text) as Decimal;
}

export function addAmounts(left: Amount, right: Amount): Amount {
  const a = exact(left);
  const b = exact(right);
  if (a.units === 0) return right;
  if (b.units === 0) return left;
  const scale = Math.max(a.scale, b.scale);
  const x = rescale(a, scale);
  const y = rescale(b, scale);
  if (typeof x === 'number' && typeof y === 'number') {
    const sum = x + y;
    if (Number.isSafeInteger(sum)) return make(sum, scale);
  }
  return make(settle(BigInt(x) + BigInt(y)), scale);
}

export function subtractAmounts(left: Amount, right: Amount): Amount {
  return addAmounts(left, negateAmount(right));
}

export function multiplyAmounts(left: Amount, right: Amount): Amount {
  const a = exact(left);
  const b = exact(right);
  const scale = a.scale + b.scale;
  if (typeof a.units === 'number' && typeof b.units === 'number') {
    const product = a.units * b.units;
    // Adding 0 turns -0 into 0.
    if (Number.isSafeInteger(product)) return make(product + 0, scale);
  }
  return make(settle(BigInt(a.units) * BigInt(b.units)), scale);
}

export function negateAmount(amount: Amount): Amount {
  const { units, scale } = exact(amount);
  return units === 0 ? amount : make(-units, scale);
}

export function absoluteAmount(amount: Amount): Amount {
  return signOf(amount) < 0 ? negateAmount(amount) : amount;
}

export function sumAmounts(amounts: Iterable<Amount>): Amount {
  let sum = ZERO;
  for (const amount of amounts) sum = addAmounts(sum, amount);
  return sum;
}

export function signOf(amount: Amount): -1 | 0 | 1 {
  const { units } = exact(amount);
  if (units > 0) return 1;
  return units < 0 ? -1 : 0;
}

export function compareAmounts(left: Amount, right: Amount): -1 | 0 | 1 {
  const a = exact(left);
  const b = exact(right);
  if (a.scale === b.scale) return order(a.units, b.units);
  const scale = Math.max(a.scale, b.scale);
  return order(rescale(a, scale), rescale(b, scale));
}

/** Whole units of 10^-`places` (cents with 2), half away from zero (D2). Throws a RangeError beyond ±2^53. */
export function roundAmount(amount: Amount, places: number): number {
  const value = exact(amount);
  if (value.scale <= places) return toSafe(rescale(value, places));
  const shift = value.scale - places;
  if (typeof value.units === 'number' && shift <= 15) {
    const divisor = powerOfTen(shift);
    // Remainders and their difference are whole numbers below 2^53: exact.
    const remainder = value.units % divisor;
    const whole = (value.units - remainder) / divisor;
    if (remainder * 2 >= divisor) return whole + 1;
    return remainder * 2 <= -divisor ? whole - 1 : whole + 0;
  }
  return toSafe(divideHalfAway(BigInt(value.units), 10n ** BigInt(shift)));
}

/**
 * `dividend ÷ divisor` in whole units of 10^-`places`, half away from zero. Throws a RangeError when the divisor is 0 or the
 * quotient is beyond the whole numbers that are exact.
 */
export function divideRounded(dividend: Amount, divisor: Amount, places: number): number {
  const a = exact(dividend);
  const b = exact(divisor);
  if (b.units === 0) throw new RangeError('Division by zero.');
  const shift = BigInt(places + b.scale - a.scale);
  const numerator = BigInt(a.units) * (shift > 0n ? 10n ** shift : 1n);
  const denominator = BigInt(b.units) * (shift < 0n ? 10n ** -shift : 1n);
  return toSafe(denominator < 0n ? divideHalfAway(-numerator, -denominator) : divideHalfAway(numerator, denominator));
}

function parseExponent(text: string): Amount | null {
  const parts = /^(-?\d+(?:\.\d+)?)[eE]([+-]?\d{1,2})$/.exec(text);
  if (parts?.[1] === undefined) return null;
  const mantissa = parseAmount(parts[1]);
  const exponent = Number(parts[2]);
  if (mantissa === null || Math.abs(exponent) > 30) return null;
  const { units, scale } = exact(mantissa);
  if (exponent <= scale) return make(units, scale - exponent);
  return make(settle(BigInt(units) * 10n ** BigInt(exponent - scale)), 0);
}

/** Whether a well-formed text has no zeros to spare and is no `-0`. */
function isShortest(text: string, first: number, scale: number, units: number): boolean {
  if (units === 0) return text === '0';
  const wholeDigits = text.length - first - (scale > 0 ? scale + 1 : 0);
  if (wholeDigits > 1 && text.charCodeAt(first) === DIGIT_0) return false;
  return scale === 0 || text.charCodeAt(text.length - 1) !== DIGIT_0;
}

function make(units: number | bigint, scale: number, text: string | null = null): Amount {
  const value: Exact = { units, scale, text };
  return value as unknown as Amount;
}

function exact(amount: Amount): Exact {
  return amount as unknown as Exact;
}

/** The units at a finer scale. */
function rescale(value: Exact, scale: number): number | bigint {
  if (value.scale === scale) return value.units;
  const shift = scale - value.scale;
  if (typeof value.units === 'number' && shift <= 15) {
    const units = value.units * powerOfTen(shift);
    if (Number.isSafeInteger(units)) return units;
  }
  return settle(BigInt(value.units) * 10n ** BigInt(shift));
}

/** A plain number where that is exact. */
function settle(units: bigint): number | bigint {
  return units >= MIN_SAFE && units <= MAX_SAFE ? Number(units) : units;
}

function order(a: number | bigint, b: number | bigint): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder * 2n >= denominator) return quotient + 1n;
  return remainder * 2n <= -denominator ? quotient - 1n : quotient;
}

function toSafe(units: number | bigint): number {
  const value = Number(units);
  if (!Number.isSafeInteger(value)) throw new RangeError('An amount is too large for whole minor units.');
  return value;
}

function powerOfTen(exponent: number): number {
  return POWERS[exponent] ?? 10 ** exponent;
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const MIN_SAFE = -MAX_SAFE;
const MINUS = 45;
const POINT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

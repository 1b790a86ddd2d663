/**
 * Exact decimals for the kernel. A value is kept as whole minor units and a rest in 10^-15 of one, two safe integers of one sign:
 * sums, halves and comparisons are exact without BigInt, which only products and quotients need.
 */

export interface Exact {
  /** Whole minor units, cut towards zero. */
  readonly minor: number;
  /** In 10^-15 of a minor unit; same sign as the value, smaller than one unit. */
  readonly rest: number;
}

/** Rest units in one minor unit. */
export const REST = 1e15;
const REST_DIGITS = 15;
const REST_BIG = 10n ** 15n;
const HALF = REST / 2;

export const ZERO: Exact = { minor: 0, rest: 0 };

/** The amount does not fit the integers figures are made of: no till takes nine quadrillion cents. */
export class AmountOutOfRange extends RangeError {
  override readonly name = 'AmountOutOfRange';
}

/**
 * Reads a plain decimal as minor units of a currency with `minorDigits` decimals. Digits beyond the fifteenth of a minor unit only
 * tell whether something is there, so that rounding at a half stays right.
 * @throws AmountOutOfRange beyond the safe integers; SyntaxError when the text is no plain decimal.
 */
export function parseExact(text: string, minorDigits: number): Exact {
  const negative = text.charCodeAt(0) === 45;
  const length = text.length;
  let index = negative ? 1 : 0;
  let minor = 0;
  let rest = 0;
  /** Decimals seen; −1 before the point. */
  let decimals = -1;
  if (index === length) throw new SyntaxError(`not a decimal: "${text}"`);
  for (; index < length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit === -2 && decimals === -1) decimals = 0;
    else if (digit < 0 || digit > 9) throw new SyntaxError(`not a decimal: "${text}"`);
    else if (decimals === -1) minor = minor * 10 + digit;
    else {
      decimals += 1;
      if (decimals <= minorDigits) minor = minor * 10 + digit;
      else if (decimals <= minorDigits + REST_DIGITS) rest = rest * 10 + digit;
      else if (digit > 0 && rest % 10 === 0) rest += 1;
    }
  }
  const seen = Math.max(decimals, 0);
  if (seen < minorDigits) minor *= 10 ** (minorDigits - seen);
  if (rest > 0 && seen < minorDigits + REST_DIGITS) rest *= 10 ** (minorDigits + REST_DIGITS - seen);
  if (minor > Number.MAX_SAFE_INTEGER) throw new AmountOutOfRange(`amount out of range: "${text}"`);
  return negative ? { minor: 0 - minor, rest: 0 - rest } : { minor, rest };
}

/** Half away from zero (D2). */
export function round(value: Exact): number {
  if (value.rest >= HALF) return value.minor + 1;
  return value.rest <= -HALF ? value.minor - 1 : value.minor;
}

/** How much was lost by rounding, in rest units: positive when the value was rounded down. */
export function roundingError(value: Exact, rounded: number): number {
  return (value.minor - rounded) * REST + value.rest;
}

export function sum(values: readonly Exact[]): Exact {
  let minor = 0;
  let rest = 0;
  for (const value of values) {
    minor += value.minor;
    rest += value.rest;
    if (rest >= REST) {
      rest -= REST;
      minor += 1;
    } else if (rest <= -REST) {
      rest += REST;
      minor -= 1;
    }
  }
  return normal(minor, rest);
}

/** An integer of minor units less an exact value. */
export function subtractFrom(integer: number, value: Exact): Exact {
  return normal(integer - value.minor, 0 - value.rest);
}

export function difference(value: Exact, less: Exact): Exact {
  return sum([value, { minor: 0 - less.minor, rest: 0 - less.rest }]);
}

/** Whether |value| ≤ halves ÷ 2 minor units. */
export function isWithinHalves(value: Exact, halves: number): boolean {
  const left = halves - 2 * Math.abs(value.minor);
  return left >= 0 && 2 * Math.abs(value.rest) <= left * REST;
}

/** In rest units, for products and quotients. */
export function toBig(value: Exact): bigint {
  return BigInt(value.minor) * REST_BIG + BigInt(value.rest);
}

/**
 * dividend ÷ divisor, rounded half away from zero.
 * @throws AmountOutOfRange beyond the safe integers; RangeError when the divisor is 0.
 */
export function divideRounded(dividend: bigint, divisor: bigint): number {
  const negative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const rounded = Number((2n * top + bottom) / (2n * bottom));
  if (!Number.isSafeInteger(rounded)) throw new AmountOutOfRange('amount out of range');
  return negative ? 0 - rounded : rounded;
}

/** Gives both parts one sign, the value's. */
function normal(minor: number, rest: number): Exact {
  if (!Number.isSafeInteger(minor)) throw new AmountOutOfRange('amount out of range');
  if (minor > 0 && rest < 0) return { minor: minor - 1, rest: rest + REST };
  if (minor < 0 && rest > 0) return { minor: minor + 1, rest: rest - REST };
  return { minor, rest };
}

/** An exact decimal: `digits ÷ 10^scale`. Enough arithmetic for the money algebra of R §8.2, without floating point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const zero: Decimal = { digits: 0n, scale: 0 };
export const one: Decimal = { digits: 1n, scale: 0 };

const powers: bigint[] = [1n];

function power(exponent: number): bigint {
  const known = powers[exponent];
  if (known !== undefined) return known;
  const made = 10n ** BigInt(exponent);
  powers[exponent] = made;
  return made;
}

/** Reads plain decimal text (`"19.99"`, `"-0.825"`); empty text is 0. Throws on anything else. */
export function decimal(text: string): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

export function add(left: Decimal, right: Decimal): Decimal {
  if (left.digits === 0n) return right;
  if (right.digits === 0n) return left;
  if (left.scale === right.scale) return { digits: left.digits + right.digits, scale: left.scale };
  return left.scale > right.scale
    ? { digits: left.digits + right.digits * power(left.scale - right.scale), scale: left.scale }
    : { digits: left.digits * power(right.scale - left.scale) + right.digits, scale: right.scale };
}

export function negate(value: Decimal): Decimal {
  return { digits: -value.digits, scale: value.scale };
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, negate(right));
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  return left.digits === 0n || right.digits === 0n
    ? zero
    : { digits: left.digits * right.digits, scale: left.scale + right.scale };
}

/** Rounds half away from zero (0.315 → 0.32, −0.825 → −0.83). */
export function round(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value;
  return { digits: divideAway(value.digits, power(value.scale - places)), scale: places };
}

/** left ÷ right to `places`, half away from zero; by zero gives 0 (what the POS shows for an empty base). */
export function divide(left: Decimal, right: Decimal, places: number): Decimal {
  if (right.digits === 0n) return zero;
  const shift = places + right.scale - left.scale;
  const numerator = shift >= 0 ? left.digits * power(shift) : left.digits;
  const denominator = shift >= 0 ? right.digits : right.digits * power(-shift);
  return { digits: divideAway(numerator, denominator), scale: places };
}

export function isZero(value: Decimal): boolean {
  return value.digits === 0n;
}

export function isNegative(value: Decimal): boolean {
  return value.digits < 0n;
}

/** Trimmed plain text: no exponent, no trailing zeros, `"0"` for zero. */
export function format(value: Decimal): string {
  if (value.digits === 0n) return '0';
  const text = value.digits.toString();
  if (value.scale === 0) return text;
  const negative = text.startsWith('-');
  const digits = (negative ? text.slice(1) : text).padStart(value.scale + 1, '0');
  let end = digits.length;
  const point = end - value.scale;
  while (end > point && digits.codePointAt(end - 1) === 48) end -= 1;
  return `${negative ? '-' : ''}${digits.slice(0, point)}${end > point ? `.${digits.slice(point, end)}` : ''}`;
}

function divideAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}

/**
 * An exact decimal: `digits ÷ 10^scale`. Enough arithmetic for the money algebra of R §8.2, without floating point: digits are whole numbers,
 * as `number` while they are exact there (which amounts at a till are) and as `bigint` beyond.
 */
export interface Decimal {
  readonly digits: number | bigint;
  readonly scale: number;
}

export const zero: Decimal = { digits: 0, scale: 0 };
export const one: Decimal = { digits: 1, scale: 0 };

const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const bigPowers: bigint[] = [1n];

function bigPower(exponent: number): bigint {
  const known = bigPowers[exponent];
  if (known !== undefined) return known;
  const made = 10n ** BigInt(exponent);
  bigPowers[exponent] = made;
  return made;
}

/** Shortest text that is certainly exact as a number. */
const safeLength = 15;

/** Reads plain decimal text (`"19.99"`, `"-0.825"`); empty text is 0. Throws on anything else. */
export function decimal(text: string): Decimal {
  const point = text.indexOf('.');
  const scale = point < 0 ? 0 : text.length - point - 1;
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
  if (digits.length > safeLength) return { digits: normal(BigInt(digits)), scale };
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`);
  // No −0: it would be written.
  return { digits: value === 0 ? 0 : value, scale };
}

/** Back to a `number` where that is exact. */
function normal(digits: bigint): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : digits;
}

export function add(left: Decimal, right: Decimal): Decimal {
  if (left.digits === 0) return right;
  if (right.digits === 0) return left;
  const scale = Math.max(left.scale, right.scale);
  if (typeof left.digits === 'number' && typeof right.digits === 'number') {
    const first = left.digits * (powers[scale - left.scale] ?? Number.NaN);
    const second = right.digits * (powers[scale - right.scale] ?? Number.NaN);
    const sum = first + second;
    if (Number.isSafeInteger(sum) && Number.isSafeInteger(first) && Number.isSafeInteger(second)) return { digits: sum, scale };
  }
  const first = BigInt(left.digits) * bigPower(scale - left.scale);
  return { digits: normal(first + BigInt(right.digits) * bigPower(scale - right.scale)), scale };
}

export function negate(value: Decimal): Decimal {
  return value.digits === 0 ? value : { digits: -value.digits, scale: value.scale };
}

export function subtract(left: Decimal, right: Decimal): Decimal {
  return right.digits === 0 ? left : add(left, negate(right));
}

export function multiply(left: Decimal, right: Decimal): Decimal {
  if (left.digits === 0 || right.digits === 0) return zero;
  const scale = left.scale + right.scale;
  if (typeof left.digits === 'number' && typeof right.digits === 'number') {
    const product = left.digits * right.digits;
    if (Number.isSafeInteger(product)) return { digits: product, scale };
  }
  return { digits: normal(BigInt(left.digits) * BigInt(right.digits)), scale };
}

/** Rounds half away from zero (0.315 → 0.32, −0.825 → −0.83). */
export function round(value: Decimal, places: number): Decimal {
  if (value.scale <= places) return value;
  const divisor = powers[value.scale - places];
  if (typeof value.digits === 'number' && divisor !== undefined) {
    const size = Math.abs(value.digits);
    const rest = size % divisor;
    const rounded = (size - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
    return { digits: value.digits < 0 && rounded !== 0 ? -rounded : rounded, scale: places };
  }
  return { digits: normal(divideAway(BigInt(value.digits), bigPower(value.scale - places))), scale: places };
}

/** left ÷ right to `places`, half away from zero; by zero gives 0 (what the POS shows for an empty base). */
export function divide(left: Decimal, right: Decimal, places: number): Decimal {
  if (right.digits === 0 || left.digits === 0) return zero;
  const shift = places + right.scale - left.scale;
  const up = powers[shift];
  if (typeof left.digits === 'number' && typeof right.digits === 'number' && up !== undefined) {
    const size = Math.abs(left.digits) * up;
    const divisor = Math.abs(right.digits);
    if (Number.isSafeInteger(size) && Number.isSafeInteger(divisor * 2)) {
      const rest = size % divisor;
      const quotient = (size - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
      return { digits: left.digits < 0 !== right.digits < 0 && quotient !== 0 ? -quotient : quotient, scale: places };
    }
  }
  const numerator = shift >= 0 ? BigInt(left.digits) * bigPower(shift) : BigInt(left.digits);
  const denominator = shift >= 0 ? BigInt(right.digits) : BigInt(right.digits) * bigPower(-shift);
  return { digits: normal(divideAway(numerator, denominator)), scale: places };
}

export function isZero(value: Decimal): boolean {
  return value.digits === 0;
}

export function isNegative(value: Decimal): boolean {
  return value.digits < 0;
}

/** Trimmed plain text: no exponent, no trailing zeros, `"0"` for zero. */
export function format(value: Decimal): string {
  const { digits, scale } = value;
  if (digits === 0) return '0';
  if (typeof digits === 'number') {
    if (scale === 0) return String(digits);
    const unit = powers[scale];
    if (unit !== undefined) return formatNumber(digits, unit, scale);
  }
  const text = digits.toString();
  if (scale === 0) return text;
  const negative = text.startsWith('-');
  const padded = (negative ? text.slice(1) : text).padStart(scale + 1, '0');
  let end = padded.length;
  const point = end - scale;
  while (end > point && padded.codePointAt(end - 1) === 48) end -= 1;
  return `${negative ? '-' : ''}${padded.slice(0, point)}${end > point ? `.${padded.slice(point, end)}` : ''}`;
}

function formatNumber(digits: number, unit: number, scale: number): string {
  const size = Math.abs(digits);
  let fraction = size % unit;
  const whole = (size - fraction) / unit;
  const sign = digits < 0 ? '-' : '';
  if (fraction === 0) return sign + String(whole);
  let places = scale;
  while (fraction % 10 === 0) {
    fraction /= 10;
    places -= 1;
  }
  const text = String(fraction);
  return `${sign}${whole}.${text.length === places ? text : text.padStart(places, '0')}`;
}

function divideAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}

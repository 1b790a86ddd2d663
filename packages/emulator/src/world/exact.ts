/**
 * Exact decimals as whole numbers of 10^-18: enough for quantity × price × discount × tax rate of any till without rounding. Whatever
 * rounds says so in its name; all rounding is half away from zero.
 */
export type Exact = bigint;

const PLACES = 18;
/** One, as an exact number. */
export const ONE: Exact = 10n ** 18n;
/** One cent, as an exact number. */
const CENT: Exact = 10n ** 16n;
const MILLIONTH: Exact = 10n ** 12n;
const TEN_BILLION = 10n ** 10n;
const PARSED = new Map<string, Exact>();
const PARSED_MAX = 20_000;

/** Reads a decimal text such as `-12.50`; throws `RangeError` on anything else. */
export function exact(text: string): Exact {
  const known = PARSED.get(text);
  if (known !== undefined) return known;
  const value = readShort(text) ?? readLong(text);
  if (PARSED.size >= PARSED_MAX) PARSED.clear();
  PARSED.set(text, value);
  return value;
}

const SCALES = Array.from({ length: PLACES + 1 }, (_unused, places) => 10n ** BigInt(PLACES - places));

/** Reads up to fifteen characters digit by digit; null when there are more, or others than in a plain decimal. */
function readShort(text: string): Exact | null {
  if (text.length > 15) return null;
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
  const scale = SCALES[places];
  if (text.length === first || (point >= 0 && places === 0) || scale === undefined) return null;
  return BigInt(isNegative ? -digits : digits) * scale;
}

function readLong(text: string): Exact {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`not a decimal number: ${JSON.stringify(text)}`);
  const fraction = match[3] ?? '';
  if (fraction.length > PLACES) throw new RangeError(`more than ${PLACES} places: ${JSON.stringify(text)}`);
  const size = BigInt((match[2] ?? '0') + fraction.padEnd(PLACES, '0'));
  return match[1] === '-' ? -size : size;
}

/** Decimal text as a whole number of 10^-places; NaN when it has more places, is no plain decimal, or is longer than exact numbers are. */
export function scaled(text: string, places: number): number {
  const { length } = text;
  const isNegative = text.charCodeAt(0) === 45;
  const first = isNegative ? 1 : 0;
  if (length === first || length > 12) return Number.NaN;
  let digits = 0;
  let left = -1;
  for (let place = first; place < length; place += 1) {
    const code = text.charCodeAt(place) - 48;
    if (code >= 0 && code <= 9 && left !== 0) {
      digits = digits * 10 + code;
      if (left > 0) left -= 1;
    } else if (code === -2 && left < 0 && place > first && place + 1 < length) left = places;
    else return Number.NaN;
  }
  for (let rest = left < 0 ? places : left; rest > 0; rest -= 1) digits *= 10;
  return isNegative ? -digits : digits;
}

/** Product; beyond 18 places rounded. */
export const times = (a: Exact, b: Exact): Exact => divideRounded(a * b, ONE);

/** Quotient of two whole numbers, rounded half away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const size = divisor < 0n ? -divisor : divisor;
  if (twice < size) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Whole cents. */
export const toCents = (value: Exact): bigint => divideRounded(value, CENT);

/** Cents of (exact × exact) ÷ exact, rounded once. */
export const toCentsOf = (product: bigint, divisor: Exact): bigint => divideRounded(product, divisor * CENT);

/** An exact number from whole cents. */
export const fromCents = (cents: bigint): Exact => cents * CENT;

/** Quotient of an exact product and an exact number, rounded once to eight places, as the POS states the tax inside a price. */
export const quotientTo8 = (product: bigint, divisor: Exact): Exact =>
  divideRounded(product, divisor * TEN_BILLION) * TEN_BILLION;

/** Millionths, as quantities are counted. */
export const toMillionths = (value: Exact): bigint => divideRounded(value, MILLIONTH);

/** Millionths as trimmed decimal text. */
export const millionthsText = (value: bigint): string => decimalText(value, 6);

/** Cents as decimal text without needless zeros, e.g. `12.5`. */
export function centsText(cents: number): string {
  // Beyond, or not whole: the slow way knows.
  if (!Number.isSafeInteger(cents)) return decimalText(BigInt(cents), 2);
  const size = Math.abs(cents);
  const rest = size % 100;
  const whole = `${cents < 0 ? '-' : ''}${(size - rest) / 100}`;
  if (rest === 0) return whole;
  const tens = Math.floor(rest / 10);
  return rest === tens * 10 ? `${whole}.${tens}` : `${whole}.${tens}${rest - tens * 10}`;
}

function decimalText(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, -places);
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

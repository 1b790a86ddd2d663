/** Adding up measures and showing them. All sums are safe integers: minor units, counts, and quantities in millionths. Pure. */
import type { Measure } from '../ledger/figure/measures.ts';
import { isQuantity, paymentTypeOf, requireMeasure } from './measure-choice.ts';
import type { MeasureValue, MeasureValues } from './schemas.ts';

/** Sums by measure name; one that is absent is 0. */
export type Sums = Map<string, number>;

/** Quantities have at most six decimals and are summed in this unit. */
export const QUANTITY_UNITS = 1_000_000;
const RATIO_PLACES = 4;
/** Transactions of the days (by hour: the hours) whose visitors are known; summed beside the measures. */
export const COUNTED_TRANSACTIONS = 'transactions:of_visitors';

/** Adds `more` to `sums` in place. @throws RangeError beyond 2^53, where integers would no longer be exact. */
export function addSums(sums: Sums, more: ReadonlyMap<string, number>): void {
  for (const [name, value] of more) addSum(sums, name, value);
}

/** Adds one value in place. @throws RangeError as above. */
export function addSum(sums: Sums, name: string, value: number): void {
  const sum = (sums.get(name) ?? 0) + value;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`The sum of ${name} does not fit a safe integer`);
  sums.set(name, sum);
}

/** The values asked for, derived ones divided from these very sums. */
export function valuesOf(names: readonly string[], sums: ReadonlyMap<string, number>): MeasureValues {
  const values: MeasureValues = {};
  for (const name of names) values[name] = valueOf(name, sums);
  return values;
}

/** Every measure null: nothing is known, or nothing could be. */
export function blankValues(names: readonly string[]): MeasureValues {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** Millionths as decimal text without trailing zeros: 375000 → `0.375`. */
export function quantityText(units: number): string {
  return decimalText(units, 6);
}

/** A whole number of 10^-places as decimal text without trailing zeros. */
export function decimalText(units: number, places: number): string {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/u, '');
  return `${units < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** a ÷ b to a whole number, half away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): number {
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const rounded = Number((a * 2n + b) / (b * 2n));
  return negative && rounded !== 0 ? -rounded : rounded;
}

/** One value from the sums it is made of. */
export function valueOf(name: string, sums: ReadonlyMap<string, number>): MeasureValue {
  if (paymentTypeOf(name) !== null) return sums.get(name) ?? 0;
  const measure = requireMeasure(name);
  if (measure.source === 'derived') return ratio(measure, sums);
  // Nobody counted is not nobody came.
  if (measure.source === 'visitor') return sums.get(name) ?? null;
  const sum = sums.get(name) ?? 0;
  return isQuantity(name) ? quantityText(sum) : sum;
}

/** Money per count stays money (minor units, rounded); everything else is decimal text with four places at most. */
function ratio(measure: Extract<Measure, { source: 'derived' }>, sums: ReadonlyMap<string, number>): MeasureValue {
  const [dividendName, divisorName] = measure.ratioOf;
  // Only of hours and days whose visitors were counted: the others would make a shop look better than it is.
  const dividend = BigInt(sums.get(divisorName === 'visitors' ? COUNTED_TRANSACTIONS : dividendName) ?? 0);
  const divisor = BigInt(sums.get(divisorName) ?? 0);
  if (divisor === 0n) return null;
  const dividendIs = requireMeasure(dividendName).kind;
  if (dividendIs === 'cents') return divideRounded(dividend, divisor);
  const scale = 10n ** BigInt(RATIO_PLACES);
  const units = dividendIs === 'quantity' ? BigInt(QUANTITY_UNITS) : 1n;
  return decimalText(divideRounded(dividend * scale, divisor * units), RATIO_PLACES);
}

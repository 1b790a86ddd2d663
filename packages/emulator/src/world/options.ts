/** Which options make a world. */
import type { WorldOptions } from './types.ts';

/** Throws `RangeError` on options that make none. */
export function checkOptions(options: WorldOptions): void {
  const { seed = 1, days = 90, sales = 20_000, customers = 5000, shops: shopCount = 3 } = options;
  whole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  whole('days', days, 1, 900);
  whole('sales', sales, 0, 10_000_000);
  whole('customers', customers, 0, 10_000_000);
  whole('shops', shopCount, 1, 200);
}

function whole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}

/** D3: how the cents a till states are spread over the parts of a sale. */
import type { Exact } from './exact.ts';
import { fromCents, toCents } from './exact.ts';

/**
 * D3: each part rounded, the cents left over given one by one to the parts whose rounding error is largest in that direction, ties by line
 * id. What is more than rounding can explain stays left.
 */
export function allocate(parts: readonly Exact[], target: bigint, places: readonly number[]): { parts: bigint[]; left: bigint } {
  const cents = parts.map(toCents);
  const sum = parts.reduce((total, part) => total + part, 0n);
  const off = fromCents(target) - sum;
  const size = off < 0n ? -off : off;
  // n ÷ 2 may be a half: compare doubled.
  const unexplained = size > fromCents(1n) && 2n * size > fromCents(BigInt(parts.length));
  const goal = unexplained || parts.length === 0 ? toCents(sum) : target;
  let left = goal - cents.reduce((total, part) => total + part, 0n);
  while (left !== 0n) {
    const step = left > 0n ? 1n : -1n;
    let best = 0;
    for (let index = 1; index < parts.length; index += 1) {
      const gain = errorOf(parts, cents, index, step) - errorOf(parts, cents, best, step);
      if (gain > 0n || (gain === 0n && (places[index] ?? 0) < (places[best] ?? 0))) best = index;
    }
    cents[best] = (cents[best] ?? 0n) + step;
    left -= step;
  }
  return { parts: cents, left: target - goal };
}

/** How much a part lost (step 1) or won (step −1) by its rounding so far. */
const errorOf = (parts: readonly Exact[], cents: readonly bigint[], index: number, step: bigint): Exact =>
  ((parts[index] ?? 0n) - fromCents(cents[index] ?? 0n)) * step;

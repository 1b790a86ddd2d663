import { isWithinHalves, round, roundingError, subtractFrom, sum, type Exact } from './exact.ts';

export interface Allocation {
  /** Integer minor units per part, in the order given. */
  readonly shares: readonly number[];
  /** POS amount − Σ shares; 0 unless the difference was beyond the tolerance. */
  readonly unexplained: number;
}

/**
 * D3: spreads the POS's own amount over its unrounded parts. Each part is rounded; the leftover minor units go one by one to the
 * parts whose rounding error is largest in that direction, ties to the earlier part. Parts come in tie order (line id).
 * Beyond max(1, n ÷ 2) minor units of difference, or without any part, the parts' own rounded sum is spread and the rest is unexplained.
 */
export function allocate(posAmount: number, parts: readonly Exact[]): Allocation {
  const shares = parts.map(round);
  const total = sum(parts);
  const tolerated = parts.length > 0 && isWithinHalves(subtractFrom(posAmount, total), Math.max(2, parts.length));
  const target = tolerated ? posAmount : round(total);
  let leftover = target;
  for (const share of shares) leftover -= share;
  if (leftover !== 0) spread(leftover, parts, shares);
  // "0 −": a difference of nothing must not be a negative zero.
  return { shares, unexplained: tolerated ? 0 : 0 - (target - posAmount) };
}

/** At most one minor unit a part: tolerance and rounding together never leave more than n. */
function spread(leftover: number, parts: readonly Exact[], shares: number[]): void {
  const direction = Math.sign(leftover);
  const order = parts.map((part, index) => ({ index, error: direction * roundingError(part, shares[index] ?? 0) }));
  order.sort((a, b) => b.error - a.error || a.index - b.index);
  for (const { index } of order.slice(0, Math.abs(leftover))) shares[index] = (shares[index] ?? 0) + direction;
}

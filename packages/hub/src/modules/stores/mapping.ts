/** Dated mappings as data (D20): which part of a shop goes to which department, half-open in business days. Pure. */

/** The first day of all: a mapping from here holds from the beginning. */
export const BEGINNING = '0001-01-01';

/** `[from, until)` in business days, `YYYY-MM-DD`; `until` null is open. */
export interface Period {
  readonly from: string;
  readonly until: string | null;
}

export interface DatedMapping extends Period {
  readonly id: string;
  readonly posAccountId: string;
  readonly shopId: string;
  /** Null: the whole shop, save registers with mappings of their own. */
  readonly registerId: string | null;
  readonly departmentId: string;
}

export function contains(period: Period, day: string): boolean {
  return period.from <= day && (period.until === null || day < period.until);
}

export function overlaps(a: Period, b: Period): boolean {
  return (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until);
}

/** Whether both speak of the same thing: the same whole shop, or the same register of it. Only then can they conflict. */
export function sameSource(a: Omit<DatedMapping, 'id' | keyof Period>, b: Omit<DatedMapping, 'id' | keyof Period>): boolean {
  return a.posAccountId === b.posAccountId && a.shopId === b.shopId && a.registerId === b.registerId;
}

/** The first two mappings that cannot both hold, in the order given; null when all can. */
export function findOverlap<T extends DatedMapping>(mappings: readonly T[]): readonly [T, T] | null {
  const sorted = mappings.toSorted((a, b) => compare(sourceKey(a), sourceKey(b)) || compare(a.from, b.from));
  for (const [index, mapping] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && sameSource(mapping, next) && overlaps(mapping, next)) return [mapping, next];
  }
  return null;
}

/**
 * What is left of a mapping when `hole` is taken out of its time: nothing, its beginning, its end, or both.
 * `2026-01-01…` without `2026-03-01…2026-04-01` is `2026-01-01…2026-03-01` and `2026-04-01…`.
 */
export function without(period: Period, hole: Period): Period[] {
  if (!overlaps(period, hole)) return [period];
  const left: Period[] = [];
  if (period.from < hole.from) left.push({ from: period.from, until: hole.from });
  if (hole.until !== null && (period.until === null || hole.until < period.until)) {
    left.push({ from: hole.until, until: period.until });
  }
  return left;
}

function sourceKey(mapping: DatedMapping): string {
  return JSON.stringify([mapping.posAccountId, mapping.shopId, mapping.registerId]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

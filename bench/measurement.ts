/** One figure of a measurement. It compares with something of the same run, never an absolute time alone. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same unit, measured in the same run; null where the figure is only the base of another one. */
  readonly baseline: number | null;
  /** value ÷ baseline. */
  readonly ratio: number | null;
  /** How many things were worked on. */
  readonly n: number;
  readonly note: string;
}

/** Yields its figures as they are found; `say` is for people watching. */
export type Measurement = (say: (text: string) => void) => AsyncIterable<Figure>;

/** Three significant decimals are more than a measurement on a shared machine is worth. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The middle one of several tries. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

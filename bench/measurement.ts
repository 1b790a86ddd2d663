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

/** How large a measurement is to be; null: as it is by itself. */
export interface MeasurementOptions {
  /** So small that it only shows that it works. */
  readonly isSmall: boolean;
  readonly sales: number | null;
  readonly connections: number | null;
}

/** Yields its figures as they are found; `say` is for people watching. */
export type Measurement = (say: (text: string) => void, options: MeasurementOptions) => AsyncIterable<Figure>;

/** Three significant decimals are more than a measurement on a shared machine is worth. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The value that so many per cent of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** The middle one of several tries. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

import type { XSeriesSwitches } from './switches.ts';

/** The part of the path below `/api` that says which API is meant, and the rest. */
export interface XAddress {
  readonly version: XApiVersion;
  readonly segments: readonly string[];
}

/** `0.9` has no segment of its own. Dated ones are those that answer, which may be another than was asked for. */
export type XApiVersion = '0.9' | '1.0' | '2.0' | '2.1' | '3.0' | DatedVersion;
export type DatedVersion = '2026-01' | '2026-04' | '2026-07';

const dated: readonly DatedVersion[] = ['2026-01', '2026-04', '2026-07'];

/** A year after the quarter it is named for (X §1.2). */
function endOf(version: DatedVersion): number {
  return Date.UTC(Number(version.slice(0, 4)) + 1, Number(version.slice(5)) - 1, 1);
}

/** Dated versions still supported at a moment; the newest one always is. */
export function supportedVersions(now: number): readonly DatedVersion[] {
  const supported = dated.filter((version) => now < endOf(version));
  return supported.length > 0 ? supported : dated.slice(-1);
}

/**
 * Reads the path. A dated version past its end, or before the first, is answered by the oldest supported one, without a word; one that is not
 * published yet gives undefined, or the newest one by switch.
 */
export function readXAddress(pathname: string, now: number, switches: XSeriesSwitches): XAddress | undefined {
  const segments = pathname.split('/').slice(2).map(decode);
  while (segments.at(-1) === '') segments.pop();
  const [first = '', ...rest] = segments;
  if (first === '1.0' || first === '2.0' || first === '2.1' || first === '3.0') return { version: first, segments: rest };
  if (first === '0.9') return undefined;
  if (!/^\d{4}-\d\d$/.test(first)) return { version: '0.9', segments };
  const supported = supportedVersions(now);
  const [oldest] = supported;
  const newest = dated.at(-1);
  if (oldest === undefined || newest === undefined) return undefined;
  if (first > newest) return switches.futureVersion === 'newest' ? { version: newest, segments: rest } : undefined;
  return { version: supported.find((version) => version === first) ?? oldest, segments: rest };
}

export function isDated(version: XApiVersion): version is DatedVersion {
  return version.includes('-');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

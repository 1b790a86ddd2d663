import type { Position } from '../r-series/position.ts';
import { isFields } from './read.ts';

/** What a position of an X-Series walk holds. */
export interface XPositionContent {
  readonly version: 1;
  readonly series: 'x';
  /** The list, with everything that selects its rows: a cursor of one list means nothing in another. */
  readonly walk: string;
  /** A version, an offset, an id or a page number as text, by the list's own way of paging; null at the start. */
  readonly cursor: string | null;
  /** A bounded walk at its end: nothing can come after. Lists by version never end for good. */
  readonly ended: boolean;
}

export function writeXPosition(content: XPositionContent): Position {
  return content as unknown as Position;
}

/** The version that a walk by version has reached; null at its start, and for a position of any other walk. */
export function versionReached(position: unknown): bigint | null {
  const isOurs = isFields(position) && position['series'] === 'x' && typeof position['cursor'] === 'string';
  return isOurs && /^\d+$/u.test(String(position['cursor'])) ? BigInt(String(position['cursor'])) : null;
}

/** Throws a RangeError for a position of another walk: going on from it would skip. */
export function readXPosition(position: unknown, walk: string): XPositionContent {
  if (!isFields(position) || position['version'] !== 1 || position['series'] !== 'x')
    throw new RangeError('This position was not made by this version of the X-Series client.');
  if (position['walk'] !== walk) throw new RangeError(`This position belongs to another walk: ${String(position['walk'])}.`);
  const { cursor } = position;
  return {
    version: 1,
    series: 'x',
    walk,
    cursor: typeof cursor === 'string' ? cursor : null,
    ended: position['ended'] === true,
  };
}

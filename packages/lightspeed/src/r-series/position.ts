import { instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';
import { isFields } from './read.ts';

declare const opaque: unique symbol;

/**
 * Where a walk is: resumes *after* the page it came with, in this process or another, today or next week. Plain JSON; keep it as it is and
 * hand it back with the same kind of query.
 */
export interface Position {
  readonly [opaque]: never;
}

export type WalkOrder = 'id' | 'changed' | 'completed' | 'ids';

/** What a position holds. */
export interface PositionContent {
  readonly version: 1;
  readonly resource: string;
  readonly order: WalkOrder;
  /** Greatest id seen on a walk by id: the sturdiest of all, because it does not depend on the server's tokens. */
  readonly afterId: string | null;
  /** Latest change seen on a walk by change. */
  readonly since: Instant | null;
  /** Path and query of the next page; null after the last. */
  readonly next: string | null;
  /** Of a V2 walk by change, which goes by id: latest change seen so far, and when the walk began. */
  readonly latest?: Instant | null;
  readonly startedAt?: Instant | null;
}

export function writePosition(content: PositionContent): Position {
  return content as unknown as Position;
}

/** Throws a RangeError for a position of another walk or another version: going on from it would skip. */
export function readPosition(position: unknown, resource: string, order: WalkOrder): PositionContent {
  if (!isFields(position) || position['version'] !== 1)
    throw new RangeError('This position was not made by this version of the client.');
  if (position['resource'] !== resource || position['order'] !== order)
    throw new RangeError(
      `This position belongs to another walk: ${String(position['resource'])} by ${String(position['order'])}.`,
    );
  const { afterId, since, next, latest, startedAt } = position;
  return {
    version: 1,
    resource,
    order,
    afterId: typeof afterId === 'string' ? afterId : null,
    since: instantOrNull(since),
    next: typeof next === 'string' ? next : null,
    ...(latest === undefined ? {} : { latest: instantOrNull(latest) }),
    ...(startedAt === undefined ? {} : { startedAt: instantOrNull(startedAt) }),
  };
}

function instantOrNull(value: unknown): Instant | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? instantOf(value) : null;
}

/**
 * The states a sale goes through, as stamps (R §7.4, §9): visible from when, and what its time columns say then.
 */
import type { RingUp, SaleEvent } from './events.ts';
import type { EpochMs } from './types.ts';
import { readInstant } from './zone.ts';

/** A state of a sale. */
export interface Version {
  /** Visible from this moment until the next version's. Also the `updateTime`. */
  readonly from: EpochMs;
  readonly timeStamp: EpochMs;
  readonly completeTime: EpochMs | null;
  /** How many of the sale's events are in it; 0 is the ticket as it was opened, before its first event was through. */
  readonly events: number;
}

/** When a sale's events make it change. The first event is the ring-up, the others follow in order of time. */
export function versionsOf(events: readonly SaleEvent[]): Version[] {
  const ring = ringUpOf(events);
  const at = readInstant(ring.at);
  const opened = ring.openedAt === undefined ? at : readInstant(ring.openedAt);
  const versions: Version[] = [];
  if (opened < at) versions.push({ from: opened, timeStamp: opened, completeTime: null, events: 0 });
  let completed: EpochMs | null = null;
  for (const [index, event] of events.entries()) {
    const from = readInstant(event.at);
    if (event.event !== 'void') {
      const completes = event.event === 'ring_up' ? event.completed !== false : event.completed === true;
      if (event.backdatedTo !== undefined && (completes || completed !== null)) completed = readInstant(event.backdatedTo);
      else if (completes && completed === null) completed = from;
    }
    versions.push({
      from,
      timeStamp: completed ?? from,
      completeTime: ring.withoutCompleteTime === true ? null : completed,
      events: index + 1,
    });
  }
  return versions;
}

/** The event every sale starts with; throws `RangeError` when it is not the first. */
export function ringUpOf(events: readonly SaleEvent[]): RingUp {
  const first = events[0];
  if (first?.event !== 'ring_up') throw new RangeError('a sale starts with its ring_up');
  return first;
}

/** The version to be seen at a moment, or null when there is none yet. */
export function versionAt<V extends { readonly from: EpochMs }>(
  versions: readonly V[],
  now: EpochMs,
): { version: V; number: number } | null {
  for (let index = versions.length - 1; index >= 0; index -= 1) {
    const version = versions[index];
    if (version !== undefined && version.from <= now) return { version, number: index + 1 };
  }
  return null;
}

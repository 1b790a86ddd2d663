import type { Instant } from '@tillweave/lightspeed';
import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone's offset does not change: [from, until) in epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offsetMs: number;
}

const stretchesByZone = new Map<string, Stretch[]>();

/**
 * Whether the text names a zone of the IANA database, legacy link names (`US/Pacific`) included. Bare offsets (`+02:00`) do not:
 * they know no summer time.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/u.test(text)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, text).timeZoneId !== '';
  } catch {
    return false;
  }
}

/**
 * The zone's offset from UTC at an instant, in milliseconds; remembered by stretch, because asking the zone database each time is slow.
 * @throws RangeError when the zone is none.
 */
export function offsetMs(instant: Instant, timeZone: string): number {
  let stretches = stretchesByZone.get(timeZone);
  if (stretches === undefined) {
    stretches = [];
    stretchesByZone.set(timeZone, stretches);
  }
  const first = stretches[0];
  if (first !== undefined && first.from <= instant && instant < first.until) return first.offsetMs;
  const known = stretches.findIndex((stretch) => stretch.from <= instant && instant < stretch.until);
  const found = known === -1 ? lookUp(instant, timeZone) : stretches.splice(known, 1)[0];
  if (found === undefined) throw new RangeError(`no offset for ${timeZone}`);
  // The next instant is most often in the same stretch: keep it in front.
  stretches.unshift(found);
  return found.offsetMs;
}

function lookUp(instant: Instant, timeZone: string): Stretch {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const next = at.getTimeZoneTransition('next');
  // "previous" looks strictly before: one nanosecond later includes a change at this very instant.
  const previous = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1_000_000,
  };
}

/** The stretches of one offset that cover [from, until), in order: three for a year with summer time. */
export function stretchesBetween(from: Instant, until: Instant, timeZone: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at: number = from; at < until;) {
    const stretch = lookUp(at as Instant, timeZone);
    found.push(stretch);
    at = stretch.until;
  }
  return found;
}

/**
 * Wall clocks. Offsets come from the runtime's own zone data; nothing here knows the other packages' calendars.
 */
import type { EpochMs } from './types.ts';

const QUARTER = 900_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const QUARTERS_A_DAY = 96;

/** A zone's wall clock. */
export interface Zone {
  readonly name: string;
  /** Milliseconds the local clock is ahead of UTC at an instant. */
  offset(at: EpochMs): number;
  /** The instant of a local date (days since 1970) and second of its day; the first when it occurs twice, the first after a gap. */
  instant(day: number, second: number): EpochMs;
}

const zones = new Map<string, Zone>();

/** The wall clock of an IANA zone; throws `RangeError` for a name the runtime does not know. */
export function zone(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const made = makeZone(name);
  zones.set(name, made);
  return made;
}

function makeZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  // Offsets change only on quarter hours, and on few days: a day that ends with the offset it began with has no other.
  const days = new Map<number, number | null>();
  const quarters = new Map<number, number>();
  const look = (quarter: number): number => {
    let value = quarters.get(quarter);
    if (value === undefined) {
      value = readOffset(format, quarter * QUARTER);
      quarters.set(quarter, value);
    }
    return value;
  };
  const offset = (at: EpochMs): number => {
    const day = Math.floor(at / DAY);
    let whole = days.get(day);
    if (whole === undefined) {
      const first = look(day * QUARTERS_A_DAY);
      whole = first === look((day + 1) * QUARTERS_A_DAY) ? first : null;
      days.set(day, whole);
    }
    return whole ?? look(Math.floor(at / QUARTER));
  };
  const instant = (day: number, second: number): EpochMs => {
    const local = day * DAY + second * 1000;
    const before = offset(local - DAY);
    const after = offset(local + DAY);
    const first = local - Math.max(before, after);
    if (first + offset(first) === local) return first;
    const last = local - Math.min(before, after);
    if (last + offset(last) === local) return last;
    // In a gap: the change-over itself, found on quarter hours.
    let at = Math.floor(first / QUARTER) * QUARTER;
    while (at + offset(at) < local) at += QUARTER;
    return at;
  };
  return { name, offset, instant };
}

function readOffset(format: Intl.DateTimeFormat, at: EpochMs): number {
  const text = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (match === null) throw new RangeError(`no offset in ${JSON.stringify(text)}`);
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

/** Business day (D18): the date on the wall, or the one before while the wall clock has not reached the day-start hour. */
export function businessDay(at: EpochMs, clock: Zone, dayStartHour: number): number {
  const local = at + clock.offset(at);
  const date = Math.floor(local / DAY);
  return local - date * DAY < dayStartHour * HOUR ? date - 1 : date;
}

/** UTC start of the local hour (D19), with the instant's own offset. */
export function hourStart(at: EpochMs, clock: Zone): EpochMs {
  const offset = clock.offset(at);
  return Math.floor((at + offset) / HOUR) * HOUR - offset;
}

/** Days since 1970 of a `YYYY-MM-DD`. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** `YYYY-MM-DD` of days since 1970. */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export function instantText(at: EpochMs): string {
  const text = `${new Date(at).toISOString().slice(0, 19)}Z`;
  // What the world writes it reads again at once.
  remember(text, Math.floor(at / 1000) * 1000);
  return text;
}

/** Reads an instant; throws `RangeError` when it is none, or has no offset. Fractions of a second are dropped: the POS has none. */
export function readInstant(text: string): EpochMs {
  const known = read.get(text);
  if (known !== undefined) return known;
  const at = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(at)) throw new RangeError(`not an instant with offset: ${JSON.stringify(text)}`);
  const second = Math.floor(at / 1000) * 1000;
  remember(text, second);
  return second;
}

const read = new Map<string, EpochMs>();
const READ_MAX = 2000;

function remember(text: string, at: EpochMs): void {
  if (read.size >= READ_MAX) read.clear();
  read.set(text, at);
}

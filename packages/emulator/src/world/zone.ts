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
  const day = Math.floor(at / DAY);
  const seconds = Math.floor(at / 1000) - day * SECONDS_A_DAY;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${startOfText(day)}${TWO[hours] ?? ''}:${TWO[minutes - hours * 60] ?? ''}:${TWO[seconds - minutes * 60] ?? ''}Z`;
}

const startTexts = new Map<number, string>();
const START_TEXTS_MAX = 5000;

/** `YYYY-MM-DDT`, kept: a page is of few days. */
function startOfText(day: number): string {
  const known = startTexts.get(day);
  if (known !== undefined) return known;
  if (startTexts.size >= START_TEXTS_MAX) startTexts.clear();
  const made = new Date(day * DAY).toISOString().slice(0, 11);
  startTexts.set(day, made);
  return made;
}

/** Reads an instant; throws `RangeError` when it is none, or has no offset. Fractions of a second are dropped: the POS has none. */
export function readInstant(text: string): EpochMs {
  // The world writes this form itself and reads it all the time.
  if (text.length === 20 && text.charCodeAt(19) === LETTER_Z) {
    const at = readPlain(text);
    if (at !== null) return at;
  }
  const at = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isFinite(at)) throw new RangeError(`not an instant with offset: ${JSON.stringify(text)}`);
  return Math.floor(at / 1000) * 1000;
}

/** `YYYY-MM-DDTHH:MM:SSZ` by its characters; null when one of them is not what it should be, or a number is out of range. */
function readPlain(text: string): EpochMs | null {
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  if (!(year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hours < 24 && minutes < 60 && seconds < 60))
    return null;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return null;
  return Date.UTC(year, month - 1, day, hours, minutes, seconds);
}

/** NaN when they are no digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - DIGIT_0;
  const ones = text.charCodeAt(at + 1) - DIGIT_0;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const SECONDS_A_DAY = 86_400;
const LETTER_Z = 90;
const DIGIT_0 = 48;
const TWO = Array.from({ length: 60 }, (_unused, value) => String(value).padStart(2, '0'));

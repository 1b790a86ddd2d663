import type { Instant } from './model.ts';

/** Brands a whole number of milliseconds since 1970-01-01T00:00:00Z. */
export function instantOf(milliseconds: number): Instant {
  return milliseconds as Instant;
}

/** ISO 8601 in UTC with seconds, as the R-Series writes and reads it: `2026-11-23T07:05:00+00:00`. Fractions of a second are dropped. */
export function formatInstant(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}+00:00`;
}

/**
 * Reads `YYYY-MM-DDTHH:MM:SS`, an optional fraction of a second, and an offset (`Z`, `+00:00`, `-0500`). Null for anything else: no
 * offset, no seconds, a 30 February, hour 24. Strict, because a guessed time is a wrong business day.
 */
export function parseInstant(text: string): Instant | null {
  if (text.length < 20 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== LETTER_T)
    return null;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  // A digit that is none makes NaN, which fails every comparison.
  if (!(year >= 1900 && month >= 1 && month <= 12 && day >= 1 && hour <= 23 && minute <= 59 && second <= 59)) return null;
  if (day > 28 && day > daysInMonth(year, month)) return null;
  const offset = readOffset(text);
  if (offset === null) return null;
  return instantOf(Date.UTC(year, month - 1, day, hour, minute, second) + offset);
}

/** Milliseconds to add to the wall clock: the fraction, less the offset; null when the tail is not one. */
function readOffset(text: string): number | null {
  if (text.length === 25 && text.endsWith('+00:00')) return 0;
  const tail = /^(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text.slice(19));
  if (tail === null) return null;
  const milliseconds = tail[1] === undefined ? 0 : Number(tail[1].padEnd(3, '0').slice(0, 3));
  if (tail[2] === undefined) return milliseconds;
  const hours = Number(tail[3]);
  const minutes = Number(tail[4]);
  if (hours > 18 || minutes > 59) return null;
  const ahead = (hours * 60 + minutes) * 60_000;
  return milliseconds + (tail[2] === '+' ? -ahead : ahead);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const ZERO = 48;
const DASH = 45;
const COLON = 58;
const LETTER_T = 84;

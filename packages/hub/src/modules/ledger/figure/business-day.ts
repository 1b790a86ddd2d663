import type { Instant } from '@tillweave/lightspeed';
import { Temporal } from 'temporal-polyfill';
import { calendarSpans, spanOfDay, type CalendarSpan, type ShopCalendar } from './calendar.ts';
import { offsetMs } from './zone.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/**
 * D18: the business day (`YYYY-MM-DD`) an instant belongs to in a shop. Wall clock in the zone; local time before the day-start hour is
 * the previous date. The calendar row is the one of the day found; days are never split between rows: the last day of a row runs until
 * the first day of the next one starts.
 */
export function businessDayOf(instant: Instant, calendar: ShopCalendar): string {
  return placeOf(instant, calendar).businessDay;
}

/** D19: the UTC start of the local hour an instant is in, by the offset in force at that instant. */
export function hourOf(instant: Instant, timeZone: string): Instant {
  const offset = offsetMs(instant, timeZone);
  return (Math.floor((instant + offset) / HOUR_MS) * HOUR_MS - offset) as Instant;
}

/** Business day and hour of an instant in a shop. */
export function placeOf(instant: Instant, calendar: ShopCalendar): { readonly businessDay: string; readonly hour: Instant } {
  for (const span of calendarSpans(calendar)) {
    const businessDay = wallClockDay(instant, span);
    if (businessDay >= span.validFrom || span === calendarSpans(calendar).at(-1)) {
      const last = span.validUntil;
      const day = last !== null && businessDay >= last ? addDays(last, -1) : businessDay;
      return { businessDay: day, hour: hourOf(instant, span.timeZone) };
    }
  }
  throw new RangeError('a shop calendar needs a row');
}

/**
 * When a business day starts and ends (exclusive). Starts at the day-start hour of its row: in a gap the next instant after it, when the
 * hour comes twice the first (D18). Ends where the next day starts, so 23, 24 or 25 hours later.
 */
export function dayBounds(day: string, calendar: ShopCalendar): { readonly start: Instant; readonly end: Instant } {
  return { start: dayStart(day, calendar), end: dayStart(addDays(day, 1), calendar) };
}

/** The hours of a business day as UTC starts, in order; 23, 24 or 25 of them, and each as `hourOf` names it. */
export function hoursOfDay(day: string, calendar: ShopCalendar): readonly Instant[] {
  const { start, end } = dayBounds(day, calendar);
  const { timeZone } = spanOfDay(day, calendar);
  const hours: Instant[] = [];
  // Quarter by quarter, because change-overs of half an hour exist.
  for (let at: number = start; at < end; at += HOUR_MS / 4) {
    const hour = hourOf(at as Instant, timeZone);
    if (hour !== hours.at(-1)) hours.push(hour);
  }
  return hours;
}

/** `YYYY-MM-DD` so many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  return dayText(Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS) + days);
}

/** Every day from `from` to `to`, both included; none when `to` is before `from`. */
export function daysBetween(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The ISO week a business day belongs to, e.g. `2026-W47`. */
export function isoWeekOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${String(date.yearOfWeek).padStart(4, '0')}-W${String(date.weekOfYear).padStart(2, '0')}`;
}

/** The first day of the week a day is in; `weekStart` 1 is Monday (ISO), 7 Sunday. */
export function weekStartOf(day: string, weekStart = 1): string {
  const weekday = Temporal.PlainDate.from(day).dayOfWeek;
  return addDays(day, -((weekday - weekStart + 7) % 7));
}

/** `YYYY-MM` of a business day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

function dayStart(day: string, calendar: ShopCalendar): Instant {
  return dayStartIn(day, spanOfDay(day, calendar));
}

function dayStartIn(day: string, { timeZone, dayStartHour }: CalendarSpan): Instant {
  const wall = Temporal.PlainDate.from(day).toPlainDateTime({ hour: dayStartHour });
  // "compatible" takes the first of two and moves out of a gap by its length; the first instant after the gap is wanted.
  const start = wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (start.toPlainDateTime().equals(wall)) return start.epochMilliseconds as Instant;
  const afterGap = start.add({ nanoseconds: 1 }).getTimeZoneTransition('previous') ?? start;
  return afterGap.epochMilliseconds as Instant;
}

function wallClockDay(instant: Instant, span: CalendarSpan): string {
  const offset = offsetMs(instant, span.timeZone);
  const local = instant + offset;
  const localDay = Math.floor(local / DAY_MS);
  const hour = Math.floor((local - localDay * DAY_MS) / HOUR_MS);
  const day = dayText(hour < span.dayStartHour ? localDay - 1 : localDay);
  // Where clocks go back over the day start (the Chatham Islands, from 03:45 to 02:45), the day has begun and does not end again.
  const wentBack = offsetMs((instant - LONGEST_CHANGE_MS) as Instant, span.timeZone) > offset;
  const next = wentBack ? addDays(day, 1) : day;
  return wentBack && instant >= dayStartIn(next, span) ? next : day;
}

/** Clocks are never put back by more. */
const LONGEST_CHANGE_MS = 3 * HOUR_MS;

/** Sales come by the thousand on few days: their texts are kept. Bounded, because a broken till may name any year. */
const dayTexts = new Map<number, string>();
const DAY_TEXTS_MAX = 20_000;

function dayText(daysSinceEpoch: number): string {
  let text = dayTexts.get(daysSinceEpoch);
  if (text === undefined) {
    text = new Date(daysSinceEpoch * DAY_MS).toISOString().slice(0, 10);
    if (dayTexts.size >= DAY_TEXTS_MAX) dayTexts.clear();
    dayTexts.set(daysSinceEpoch, text);
  }
  return text;
}

/** Calendar days as `YYYY-MM-DD` text; computed in UTC, so that no zone of the reader's can move one. */
export type Day = string;

const DAY_MS = 86_400_000;

function toTime(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toDay(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}

export function addDays(day: Day, count: number): Day {
  return toDay(toTime(day) + count * DAY_MS);
}

/** Days from `from` to `to`, both counted. */
export function countDays(from: Day, to: Day): number {
  return (toTime(to) - toTime(from)) / DAY_MS + 1;
}

/** The reader's today. Only for what is proposed in a form; figures carry their shop's own day. */
export function today(): Day {
  const now = new Date();
  return toDay(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

/** The Monday of a day's week. */
export function monday(day: Day): Day {
  return addDays(day, -((new Date(toTime(day)).getUTCDay() + 6) % 7));
}

export function isDay(text: unknown): text is Day {
  return (
    typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toTime(text)) && toDay(toTime(text)) === text
  );
}

const short = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' });

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dated = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** "Sun" */
export function formatWeekday(day: Day): string {
  return weekday.format(toTime(day));
}

/** 1 → "Mon", 7 → "Sun" */
export function weekdayName(number: number): string {
  return weekday.format(toTime(addDays('2026-11-22', number)));
}

/** "25 Oct" */
export function formatDate(day: Day): string {
  return date.format(toTime(day));
}

/** "19 – 25 Oct 2026": two days and those between. */
export function formatPeriod(from: Day, to: Day): string {
  return dated.formatRange(toTime(from), toTime(to));
}

/** "Sun, 25 Oct" in the reader's way. */
export function formatDay(day: Day): string {
  return short.format(toTime(day));
}

/** The whole date with its weekday and year. */
export function formatDayLong(day: Day): string {
  return long.format(toTime(day));
}

/** A moment at a place, its time of day only. */
export function formatTime(iso: string, timeZone?: string | null): string {
  return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', ...(timeZone == null ? {} : { timeZone }) }).format(
    new Date(iso),
  );
}

/** A moment at a place: date and time on that place's clock. */
export function formatInstant(iso: string, timeZone?: string | null): string {
  return new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone == null ? {} : { timeZone }),
  }).format(new Date(iso));
}

/** A shop's zone and day start, dated (D17). */
export interface CalendarRow {
  /** First business day (`YYYY-MM-DD`) the row is for; the first row's is never later than any sale. */
  readonly validFrom: string;
  /** IANA name, checked with `isTimeZone` when the shop was stored (D22). */
  readonly timeZone: string;
  /** Whole hour, 0–23: local time before it belongs to the previous date (D18). */
  readonly dayStartHour: number;
}

/** Rows with distinct `validFrom`, in any order; at least one. */
export type ShopCalendar = readonly CalendarRow[];

/** A row with the business day on which the next one takes over. */
export interface CalendarSpan extends CalendarRow {
  /** Exclusive; null for the newest row. */
  readonly validUntil: string | null;
}

const spansByCalendar = new WeakMap<ShopCalendar, readonly CalendarSpan[]>();

/**
 * The rows newest first, each with its end. Remembered with the calendar object.
 * @throws RangeError for a calendar without rows.
 */
export function calendarSpans(calendar: ShopCalendar): readonly CalendarSpan[] {
  let spans = spansByCalendar.get(calendar);
  if (spans === undefined) {
    if (calendar.length === 0) throw new RangeError('a shop calendar needs a row');
    const newestFirst = [...calendar].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
    spans = newestFirst.map((row, index) => ({ ...row, validUntil: newestFirst[index - 1]?.validFrom ?? null }));
    spansByCalendar.set(calendar, spans);
  }
  return spans;
}

/** The row a business day belongs to; days before the first row belong to it as well. */
export function spanOfDay(day: string, calendar: ShopCalendar): CalendarSpan {
  const spans = calendarSpans(calendar);
  const span = spans.find((candidate) => candidate.validFrom <= day) ?? spans.at(-1);
  if (span === undefined) throw new RangeError('a shop calendar needs a row');
  return span;
}

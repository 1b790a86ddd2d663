import type { Instant } from '@tillweave/lightspeed';
import { addDays, dayBounds, hoursOfDay } from '../ledger/figure/business-day.ts';
import { type CalendarRow, type ShopCalendar, spanOfDay } from '../ledger/figure/calendar.ts';
import { hourKey, type WallHour, wallHour } from './columns.ts';

export interface ShopDays {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly name: string;
  readonly archived: boolean;
  readonly currency: string;
  readonly calendar: ShopCalendar;
}

export function shopKey({ posAccountId, shopId }: { readonly posAccountId: string; readonly shopId: string }): string {
  return `${posAccountId}/${shopId}`;
}

/** An hour of a business day: what the clock showed, and its UTC start. */
interface ShownHour {
  readonly wall: WallHour;
  readonly hour: Instant;
}

/** Starts of days by zone and day start never change: they are kept. Bounded, because anybody may ask about any year. */
const dayStarts = new Map<string, Instant>();
const DAY_STARTS_MAX = 20_000;

/** What many shops share is reckoned once: starts and hours of days by zone and day start. */
export class DayBook {
  readonly #hours = new Map<string, ReadonlyMap<string, ShownHour>>();

  /** As the kernel's `dayBounds`. */
  bounds(day: string, calendar: ShopCalendar): { readonly start: Instant; readonly end: Instant } {
    return { start: this.#start(day, calendar), end: this.#start(addDays(day, 1), calendar) };
  }

  /** The hours of a business day in order, by the key of the column they stand in (`hourKey`). */
  hours(day: string, calendar: ShopCalendar): ReadonlyMap<string, ShownHour> {
    const today = spanOfDay(day, calendar);
    const tomorrow = spanOfDay(addDays(day, 1), calendar);
    const key = [day, rowKey(today), rowKey(tomorrow)].join('|');
    let hours = this.#hours.get(key);
    if (hours === undefined) {
      hours = new Map(
        hoursOfDay(day, calendar).map((hour) => {
          const wall = wallHour(day, hour, today.timeZone);
          return [hourKey(wall), { wall, hour }];
        }),
      );
      this.#hours.set(key, hours);
    }
    return hours;
  }

  #start(day: string, calendar: ShopCalendar): Instant {
    const row = spanOfDay(day, calendar);
    const key = `${day}|${rowKey(row)}`;
    let start = dayStarts.get(key);
    if (start === undefined) {
      start = dayBounds(day, [row]).start;
      if (dayStarts.size >= DAY_STARTS_MAX) dayStarts.clear();
      dayStarts.set(key, start);
    }
    return start;
  }
}

function rowKey(row: CalendarRow): string {
  return `${row.timeZone}|${row.dayStartHour}`;
}

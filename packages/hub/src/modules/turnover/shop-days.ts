import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
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

/** Every shop with its calendar; one without any is reckoned in the organization's zone and day start (D17). */
export async function readShopDays(trx: Transaction<Database>, organizationId: string): Promise<ShopDays[]> {
  const organization = await trx
    .selectFrom('organization')
    .select(['time_zone', 'day_start_hour'])
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow();
  const shops = await trx
    .selectFrom('shop')
    .innerJoin('pos_account', (join) =>
      join.onRef('pos_account.organization_id', '=', 'shop.organization_id').onRef('pos_account.id', '=', 'shop.pos_account_id'),
    )
    .select(['shop.pos_account_id', 'shop.shop_id', 'shop.name', 'shop.archived', 'pos_account.currency'])
    .where('shop.organization_id', '=', organizationId)
    .orderBy('shop.pos_account_id')
    .orderBy('shop.name')
    .orderBy('shop.shop_id')
    .execute();
  const rows = await trx
    .selectFrom('shop_calendar')
    .select(['pos_account_id', 'shop_id', 'valid_from', 'time_zone', 'day_start_hour'])
    .where('organization_id', '=', organizationId)
    .orderBy('valid_from')
    .execute();
  const calendars = Map.groupBy(rows, (row) => `${row.pos_account_id}/${row.shop_id}`);
  const fallback = sharedRow('0001-01-01', organization.time_zone, organization.day_start_hour);
  return shops.map((shop) => {
    const own = (calendars.get(`${shop.pos_account_id}/${shop.shop_id}`) ?? []).map((row) =>
      sharedRow(row.valid_from, row.time_zone, row.day_start_hour),
    );
    return {
      posAccountId: shop.pos_account_id,
      shopId: shop.shop_id,
      name: shop.name,
      archived: shop.archived,
      currency: shop.currency,
      calendar: own.length === 0 ? [fallback] : own,
    };
  });
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

function sharedRow(validFrom: string, timeZone: string, dayStartHour: number): CalendarRow {
  return { validFrom, timeZone, dayStartHour };
}

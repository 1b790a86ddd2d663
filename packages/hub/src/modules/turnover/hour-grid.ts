import { daysBetween } from '../ledger/figure/business-day.ts';
import { hourColumn, hourKey, type WallHour, wallHour } from './columns.ts';
import { addTo, assemble, type Draft, type GridInput } from './date-grid.ts';
import type { ShopDays } from './shop-days.ts';
import { hoursOn } from '../stores/opening-hours.ts';
import { spanOfDay } from '../ledger/figure/calendar.ts';
import type { Instant } from '@tillweave/lightspeed';
import type { TurnoverColumn, TurnoverGrid } from './schemas.ts';
import type { Sum } from './sums.ts';
import { addSums, type Sums } from './values.ts';

/**
 * The grid by hour of the clock on the wall, so that ten o'clock in Copenhagen and in New York stand in one column. A night with 25 hours
 * has one column more, a night with 23 one fewer. Columns reach from the first to the last hour in which anything was sold in the range, and
 * over the stated opening hours of the shops shown, so that an hour in which nobody came is seen.
 */
export function buildHourGrid(input: GridInput, dayStartHour: number): TurnoverGrid {
  const { coverage } = input;
  const shops = new Map(coverage.shops.map((shop) => [`${shop.posAccountId}/${shop.shopId}`, shop]));
  const sums = new Map<string, Sums>();
  const instants = new Map<string, Set<string>>();
  const positionOf = ({ localHour }: WallHour) => (Number(localHour.slice(0, 2)) - dayStartHour + 24) % 24;
  let [first, last] = openPositions(input, dayStartHour);
  for (const fact of input.facts) {
    if (fact.hour === null && fact.wall === undefined) continue;
    const wall = fact.wall ?? wallOf(fact, shops.get(`${fact.posAccountId ?? ''}/${fact.shopId ?? ''}`));
    first = Math.min(first, positionOf(wall));
    last = Math.max(last, positionOf(wall));
    const key = `${fact.departmentId ?? ''}|${hourKey(wall)}`;
    addTo(sums, key, fact.sums);
    if (fact.hour === null) continue;
    const seen = instants.get(key) ?? new Set();
    instants.set(key, seen.add(fact.hour.toISOString()));
  }
  const isShown = (wall: WallHour) => last < 0 || (positionOf(wall) >= first && positionOf(wall) <= last);
  const columns = daysBetween(input.from, input.to).flatMap((day) =>
    wallHoursOf(input, day)
      .filter(isShown)
      .toSorted((a, b) => positionOf(a) - positionOf(b) || a.repeat - b.repeat)
      .map(hourColumn),
  );
  const draft = (departmentIds: readonly string[] | null, column: TurnoverColumn): Draft => {
    const own: Sums = new Map();
    const hours = new Set<string>();
    for (const id of departmentIds ?? ['']) {
      addSums(own, sums.get(`${id}|${column.key}`) ?? new Map());
      for (const hour of instants.get(`${id}|${column.key}`) ?? []) hours.add(hour);
    }
    const day = column.from;
    const sources = departmentIds === null ? coverage.unmappedSources(day) : coverage.sources(departmentIds, day);
    // Only sources whose clock shows this hour on this day can say anything about it.
    const showing: ShopDays[] = [];
    let hasBegun = false;
    for (const shop of sources) {
      const shown = coverage.days.hours(day, shop.calendar).get(column.key);
      if (shown === undefined) continue;
      showing.push(shop);
      hours.add(new Date(shown.hour).toISOString());
      hasBegun ||= shown.hour <= coverage.now;
    }
    return { sums: own, coverage: coverage.worst(showing, day), hasBegun, hours: [...hours].toSorted() };
  };
  return assemble(input, columns, draft);
}

/** The first and last hour in which a shop of the rows is stated to be open on a day of the range, counted from the day's start. */
function openPositions({ coverage, rows, from, to }: GridInput, dayStartHour: number): [first: number, last: number] {
  let [first, last] = [24, -1];
  if (!coverage.shops.some((shop) => coverage.openingHours(shop) !== null)) return [first, last];
  const departmentIds = rows.flatMap((row) => row.departmentIds);
  const position = (hour: number) => (hour - dayStartHour + 24) % 24;
  for (const day of daysBetween(from, to)) {
    for (const shop of coverage.sources(departmentIds, day)) {
      for (const { open, close } of hoursOn(coverage.openingHours(shop) ?? [], day)) {
        const opens = position(Number(open.slice(0, 2)));
        // Open until 18:00 is through the hour of 17:00, until 18:30 through that of 18:00.
        const [hour = 0, minute = 0] = close.split(':').map(Number);
        const closes = position(minute === 0 ? (hour + 23) % 24 : hour % 24);
        first = Math.min(first, opens);
        // Beyond the day's end is the next day's.
        last = Math.max(last, closes < opens ? 23 : closes);
      }
    }
  }
  return [first, last];
}

/** Every hour that the clock of any shop shows on a day. */
function wallHoursOf(input: GridInput, day: string): WallHour[] {
  const found = new Map<string, WallHour>();
  for (const shop of input.coverage.shops) {
    for (const [key, { wall }] of input.coverage.days.hours(day, shop.calendar)) found.set(key, wall);
  }
  return [...found.values()];
}

function wallOf(fact: Sum, shop: ShopDays | undefined): WallHour {
  const hour = (fact.hour?.getTime() ?? 0) as Instant;
  return wallHour(fact.day, hour, shop === undefined ? 'UTC' : spanOfDay(fact.day, shop.calendar).timeZone);
}

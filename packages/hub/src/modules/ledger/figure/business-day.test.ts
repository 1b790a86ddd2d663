import type { Instant } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  businessDayOf,
  dayBounds,
  daysBetween,
  HOUR_MS,
  hourOf,
  hoursOfDay,
  isoWeekOf,
  monthOf,
  placeOf,
  weekStartOf,
} from './business-day.ts';
import type { ShopCalendar } from './calendar.ts';
import { isTimeZone } from './zone.ts';

const zones = [
  'Europe/Copenhagen',
  'America/New_York',
  'US/Pacific',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Chatham',
  'Africa/Cairo',
  'America/Havana',
  'Atlantic/Azores',
  'UTC',
];
const zoneArbitrary = fc.constantFrom(...zones);
const startArbitrary = fc.integer({ min: 0, max: 23 });

/** Any second of 2026, and often one near a change of clocks. */
function instantArbitrary(timeZone: string): fc.Arbitrary<Instant> {
  const anywhere = fc
    .integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2027, 0, 1) / 1000 })
    .map((second) => second * 1000);
  const changes = changesOf(timeZone);
  const near = fc
    .tuple(
      fc.constantFrom(...(changes.length > 0 ? changes : [Date.UTC(2026, 5, 1)])),
      fc.integer({ min: -30 * 3600, max: 30 * 3600 }),
    )
    .map(([change, seconds]) => change + seconds * 1000);
  return fc.oneof(anywhere, near).map((ms) => ms as Instant);
}

function changesOf(timeZone: string): number[] {
  const changes: number[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2026, 0, 1)).toZonedDateTimeISO(
    timeZone,
  );
  while (at !== null && at.epochMilliseconds < Date.UTC(2027, 0, 1)) {
    at = at.getTimeZoneTransition('next');
    if (at !== null) changes.push(at.epochMilliseconds);
  }
  return changes;
}

const inZone = zoneArbitrary.chain((timeZone) =>
  fc.record({ timeZone: fc.constant(timeZone), dayStartHour: startArbitrary, instant: instantArbitrary(timeZone) }),
);

function calendarOf(timeZone: string, dayStartHour: number): ShopCalendar {
  return [{ validFrom: '0001-01-01', timeZone, dayStartHour }];
}

function at(text: string): Instant {
  return Date.parse(text) as Instant;
}

describe('D18: business day', () => {
  it('is the date on the wall, or the one before it until the day starts, in every zone', () => {
    fc.assert(
      fc.property(inZone, ({ timeZone, dayStartHour, instant }) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
        const date = wall.hour < dayStartHour ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate();
        // A day that began does not end again when clocks go back over its start.
        const next = date.add({ days: 1 });
        const begins = next.toPlainDateTime({ hour: dayStartHour }).toZonedDateTime(timeZone, { disambiguation: 'earlier' });
        const began = begins.hour === dayStartHour && begins.epochMilliseconds <= instant;
        expect(businessDayOf(instant, calendarOf(timeZone, dayStartHour))).toBe((began ? next : date).toString());
      }),
      { numRuns: 600 },
    );
  });

  it('an instant is inside the bounds of its day, and days join without gap or overlap', () => {
    fc.assert(
      fc.property(inZone, ({ timeZone, dayStartHour, instant }) => {
        const calendar = calendarOf(timeZone, dayStartHour);
        const day = businessDayOf(instant, calendar);
        const { start, end } = dayBounds(day, calendar);
        expect(start <= instant && instant < end, `${day} ${new Date(instant).toISOString()}`).toBe(true);
        expect(dayBounds(addDays(day, 1), calendar).start).toBe(end);
        expect(businessDayOf(start, calendar)).toBe(day);
        expect(businessDayOf((end - 1) as Instant, calendar)).toBe(day);
      }),
      { numRuns: 600 },
    );
  });

  it('days of 23, 24 and 25 hours', () => {
    const length = (day: string, zone: string, start = 0) => {
      const bounds = dayBounds(day, calendarOf(zone, start));
      return (bounds.end - bounds.start) / HOUR_MS;
    };
    expect(length('2026-10-25', 'Europe/Copenhagen')).toBe(25);
    expect(length('2026-03-29', 'Europe/Copenhagen')).toBe(23);
    expect(length('2026-10-24', 'Europe/Copenhagen', 5)).toBe(25);
    expect(length('2026-10-25', 'Europe/Copenhagen', 5)).toBe(24);
    expect(length('2026-10-03', 'Australia/Adelaide', 5)).toBe(23);
    expect(length('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5);
  });

  it('a day start in a gap is the next instant; one that comes twice is the first', () => {
    // 02:00 does not exist on 29 March; 03:00 summer time is the same instant.
    expect(dayBounds('2026-03-29', calendarOf('Europe/Copenhagen', 2)).start).toBe(at('2026-03-29T01:00:00Z'));
    // 02:00 comes twice on 25 October: at 00:00 and 01:00 UTC.
    expect(dayBounds('2026-10-25', calendarOf('Europe/Copenhagen', 2)).start).toBe(at('2026-10-25T00:00:00Z'));
    // Half an hour is missing in Lord Howe: 02:00 does not exist, 02:30 is the first instant after.
    expect(dayBounds('2026-10-04', calendarOf('Australia/Lord_Howe', 2)).start).toBe(at('2026-10-03T15:30:00Z'));
  });

  it('never subtracts hours: 00:30 after a 23-hour night still belongs to the day before 05:00', () => {
    const calendar = calendarOf('Europe/Copenhagen', 5);
    expect(businessDayOf(at('2026-03-29T02:59:59Z'), calendar)).toBe('2026-03-28');
    expect(businessDayOf(at('2026-03-29T03:00:00Z'), calendar)).toBe('2026-03-29');
  });
});

describe('D18: clocks that go back over the day start', () => {
  it('the day begins the first time, and does not end again', () => {
    // The Chatham Islands go from 03:45 back to 02:45 at 14:00 UTC; 03:00 came first at 13:15 UTC.
    const calendar = calendarOf('Pacific/Chatham', 3);
    const days = ['13:14:59', '13:15:00', '13:59:59', '14:00:00', '14:14:59', '14:15:00'].map((time) =>
      businessDayOf(at(`2026-04-04T${time}Z`), calendar),
    );
    expect(days).toEqual(['2026-04-04', '2026-04-05', '2026-04-05', '2026-04-05', '2026-04-05', '2026-04-05']);
    expect(dayBounds('2026-04-05', calendar).start).toBe(at('2026-04-04T13:15:00Z'));
  });

  it('midnight too: St John’s went from 00:01 back to 23:01 in 2010', () => {
    const calendar = calendarOf('America/St_Johns', 0);
    expect(businessDayOf(at('2010-11-07T02:30:30Z'), calendar)).toBe('2010-11-07');
    expect(businessDayOf(at('2010-11-07T02:31:00Z'), calendar)).toBe('2010-11-07');
    expect(businessDayOf(at('2010-11-07T02:29:59Z'), calendar)).toBe('2010-11-06');
  });
});

describe('D17: dated calendars', () => {
  const calendar: ShopCalendar = [
    { validFrom: '2026-05-10', timeZone: 'Europe/Copenhagen', dayStartHour: 5 },
    { validFrom: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 },
  ];

  it('the last day of a row runs until the next row’s first day starts', () => {
    expect(businessDayOf(at('2026-05-09T22:00:00Z'), calendar)).toBe('2026-05-09');
    expect(businessDayOf(at('2026-05-10T02:59:59Z'), calendar)).toBe('2026-05-09');
    expect(businessDayOf(at('2026-05-10T03:00:00Z'), calendar)).toBe('2026-05-10');
    expect(businessDayOf(at('2026-05-08T22:00:00Z'), calendar)).toBe('2026-05-09');
    const { start, end } = dayBounds('2026-05-09', calendar);
    expect((end - start) / HOUR_MS).toBe(29);
  });

  it('every instant is in exactly one day when a shop moves from zone to zone', () => {
    const moves = fc.record({
      before: zoneArbitrary,
      after: zoneArbitrary,
      starts: fc.tuple(startArbitrary, startArbitrary),
      second: fc.integer({ min: -100 * 3600, max: 100 * 3600 }),
    });
    fc.assert(
      fc.property(moves, ({ before, after, starts, second }) => {
        const moved: ShopCalendar = [
          { validFrom: '0001-01-01', timeZone: before, dayStartHour: starts[0] },
          { validFrom: '2026-07-01', timeZone: after, dayStartHour: starts[1] },
        ];
        const instant = (Date.UTC(2026, 6, 1) + second * 1000) as Instant;
        const day = businessDayOf(instant, moved);
        const bounds = dayBounds(day, moved);
        // A move to the east can start the new day before the old one began to end: the later day wins there.
        expect(instant < bounds.end).toBe(true);
        expect(instant >= bounds.start).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a calendar without rows', () => {
    expect(() => businessDayOf(0 as Instant, [])).toThrow(RangeError);
  });
});

describe('D19: hours', () => {
  it('are the local hour, by the offset of the instant itself', () => {
    fc.assert(
      fc.property(inZone, ({ timeZone, instant }) => {
        const hour = hourOf(instant, timeZone);
        const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
        const since = instant - hour;
        expect(since).toBe((wall.minute * 60 + wall.second) * 1000 + wall.millisecond);
        expect(since).toBeLessThan(HOUR_MS);
      }),
      { numRuns: 600 },
    );
  });

  it('a repeated local hour is two hours', () => {
    expect(hourOf(at('2026-10-25T00:59:59Z'), 'Europe/Copenhagen')).toBe(at('2026-10-25T00:00:00Z'));
    expect(hourOf(at('2026-10-25T01:00:00Z'), 'Europe/Copenhagen')).toBe(at('2026-10-25T01:00:00Z'));
    expect(hourOf(at('2026-11-01T05:30:00Z'), 'America/New_York')).toBe(at('2026-11-01T05:00:00Z'));
    expect(hourOf(at('2026-11-01T06:30:00Z'), 'America/New_York')).toBe(at('2026-11-01T06:00:00Z'));
  });

  it('zones at :30 and :45', () => {
    expect(hourOf(at('2026-09-20T03:45:00Z'), 'Australia/Adelaide')).toBe(at('2026-09-20T03:30:00Z'));
    expect(hourOf(at('2026-09-20T03:29:59Z'), 'Australia/Adelaide')).toBe(at('2026-09-20T02:30:00Z'));
    expect(hourOf(at('2026-09-20T03:20:00Z'), 'Asia/Kathmandu')).toBe(at('2026-09-20T03:15:00Z'));
  });

  it('the hours of a day are those its instants are in: 23, 24 or 25', () => {
    fc.assert(
      fc.property(inZone, ({ timeZone, dayStartHour, instant }) => {
        const calendar = calendarOf(timeZone, dayStartHour);
        const { businessDay, hour } = placeOf(instant, calendar);
        const hours = hoursOfDay(businessDay, calendar);
        expect(hours).toContain(hour);
        expect(hours).toEqual([...new Set(hours)].toSorted((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
    const copenhagen = calendarOf('Europe/Copenhagen', 0);
    expect(['2026-03-29', '2026-06-01', '2026-10-25'].map((day) => hoursOfDay(day, copenhagen).length)).toEqual([23, 24, 25]);
  });
});

describe('days as text', () => {
  it('weeks, months, ranges', () => {
    expect(isoWeekOf('2026-11-23')).toBe('2026-W48');
    expect(isoWeekOf('2027-01-03')).toBe('2026-W53');
    expect(weekStartOf('2026-11-22')).toBe('2026-11-16');
    expect(weekStartOf('2026-11-22', 7)).toBe('2026-11-22');
    expect(weekStartOf('2026-11-21', 7)).toBe('2026-11-15');
    expect(monthOf('2026-11-21')).toBe('2026-11');
    expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(daysBetween('2026-03-01', '2026-02-27')).toEqual([]);
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('D22: a bad zone is told before any sale is read', () => {
  it('IANA names and legacy links are zones; offsets and words are not', () => {
    for (const zone of [...zones, 'US/Eastern', 'america/toronto']) expect(isTimeZone(zone), zone).toBe(true);
    for (const text of ['', '+02:00', 'Mars/Olympus', 'UTC+2', '02:00', 'Europe/']) expect(isTimeZone(text), text).toBe(false);
  });
});

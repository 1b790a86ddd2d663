import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { businessDay, dayNumber, dayText, hourStart, instantText, readInstant, zone } from './zone.ts';

const ZONES = [
  'Europe/Copenhagen',
  'America/New_York',
  'Australia/Adelaide',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
];
const instants = fc.integer({ min: Date.UTC(2025, 0) / 1000, max: Date.UTC(2027, 0) / 1000 }).map((second) => second * 1000);

describe('wall clocks', () => {
  it('D18 D19: day and hour agree with Temporal at any instant, zone and day-start', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 23 }), (at, name, dayStart) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
        const date = wall.hour < dayStart ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate();
        expect(dayText(businessDay(at, zone(name), dayStart))).toBe(date.toString());
        const intoHour = (wall.minute * 60 + wall.second) * 1000;
        // Where the clock is set in the middle of an hour, that hour keeps the offset of its instant.
        expect(hourStart(at, zone(name))).toBe(at - intoHour);
      }),
      { numRuns: 2000 },
    );
  });

  it('D18: local times that come twice are the first, those that never come are the change-over', () => {
    const copenhagen = zone('Europe/Copenhagen');
    expect(instantText(copenhagen.instant(dayNumber('2026-10-25'), 2.5 * 3600))).toBe('2026-10-25T00:30:00Z');
    const adelaide = zone('Australia/Adelaide');
    expect(instantText(adelaide.instant(dayNumber('2026-10-04'), 2.5 * 3600))).toBe('2026-10-03T16:30:00Z');
    expect(instantText(adelaide.instant(dayNumber('2026-10-04'), 3 * 3600))).toBe('2026-10-03T16:30:00Z');
    expect(instantText(zone('America/New_York').instant(dayNumber('2026-11-01'), 1.5 * 3600))).toBe('2026-11-01T05:30:00Z');
  });

  it('a local time that exists is found', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (at, name) => {
        const clock = zone(name);
        const local = at + clock.offset(at);
        const day = Math.floor(local / 86_400_000);
        const found = clock.instant(day, (local - day * 86_400_000) / 1000);
        expect(found + clock.offset(found)).toBe(local);
        expect(found).toBeLessThanOrEqual(at);
      }),
      { numRuns: 2000 },
    );
  });

  it('instants need an offset', () => {
    expect(readInstant('2026-09-09T12:00:00+02:00')).toBe(Date.UTC(2026, 8, 9, 10));
    for (const bad of ['2026-09-09', '2026-09-09T12:00:00', 'noon', '2026-13-01T00:00:00Z'])
      expect(() => readInstant(bad)).toThrow(RangeError);
    expect(() => zone('Mars/Olympus')).toThrow(RangeError);
  });
});

import { expect, test } from 'vitest';
import { addDays, countDays, isDay, monday } from './days.ts';

test('days are counted by the calendar, across months, leap days and the nights clocks change', () => {
  expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(countDays('2026-10-19', '2026-10-25')).toBe(7);
});

test('a week begins on its Monday', () => {
  expect(monday('2026-10-25')).toBe('2026-10-19');
  expect(monday('2026-10-19')).toBe('2026-10-19');
});

test('only days that exist are days', () => {
  expect(isDay('2026-02-28')).toBe(true);
  expect(isDay('2026-02-30')).toBe(false);
  expect(isDay('26-2-3')).toBe(false);
});

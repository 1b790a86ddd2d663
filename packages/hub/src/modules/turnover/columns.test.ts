import type { Instant } from '@tillweave/lightspeed';
import { describe, expect, it } from 'vitest';
import { addMonths, compareRange, dateColumns, hourKey, wallHour } from './columns.ts';

describe('D19: the hour on the wall', () => {
  const shown = (iso: string, zone: string) => hourKey(wallHour('2026-10-25', Date.parse(iso) as Instant, zone));

  it('shows the repeated hour of a 25 h day twice', () => {
    expect(
      ['2026-10-24T23:00Z', '2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'].map((at) =>
        shown(at, 'Europe/Copenhagen'),
      ),
    ).toEqual(['2026-10-25T01:00#1', '2026-10-25T02:00#1', '2026-10-25T02:00#2', '2026-10-25T03:00#1']);
  });

  it('skips the missing hour of a 23 h day', () => {
    expect(['2026-03-29T00:00Z', '2026-03-29T01:00Z'].map((at) => shown(at, 'Europe/Copenhagen'))).toEqual([
      '2026-10-25T01:00#1',
      '2026-10-25T03:00#1',
    ]);
  });

  it('knows zones at half past', () => {
    expect(shown('2026-10-25T00:30Z', 'Australia/Adelaide')).toBe('2026-10-25T11:00#1');
  });
});

describe('D25: weeks and months', () => {
  it('numbers a week by the ISO week of its fourth day and says when it is cut short', () => {
    expect(dateColumns({ by: 'week', from: '2026-11-18', to: '2026-11-29', weekStart: 1 })).toEqual([
      { key: '2026-W47', from: '2026-11-18', to: '2026-11-22', whole: false },
      { key: '2026-W48', from: '2026-11-23', to: '2026-11-29', whole: true },
    ]);
    // Weeks from Sunday: 27 December 2026 to 2 January 2027; its fourth day is Wednesday of ISO week 53.
    expect(dateColumns({ by: 'week', from: '2026-12-27', to: '2027-01-02', weekStart: 7 })).toEqual([
      { key: '2026-W53', from: '2026-12-27', to: '2027-01-02', whole: true },
    ]);
  });

  it('makes months of every length', () => {
    expect(dateColumns({ by: 'month', from: '2026-01-31', to: '2026-03-31', weekStart: 1 })).toEqual([
      { key: '2026-01', from: '2026-01-31', to: '2026-01-31', whole: false },
      { key: '2026-02', from: '2026-02-01', to: '2026-02-28', whole: true },
      { key: '2026-03', from: '2026-03-01', to: '2026-03-31', whole: true },
    ]);
  });

  it('compares weekdays with the same weekdays and months with whole months', () => {
    const year = compareRange({ from: '2026-11-23', to: '2026-11-29', by: 'day' }, 'year');
    expect([year.from, year.to, year.shift(year.from)]).toEqual(['2025-11-24', '2025-11-30', '2026-11-23']);
    const month = compareRange({ from: '2026-03-01', to: '2026-03-31', by: 'month' }, 'week');
    expect([month.from, month.to]).toEqual(['2026-02-01', '2026-02-28']);
    expect(addMonths('2024-02-29', -12)).toBe('2023-02-28');
  });
});

/** The columns of a turnover grid: days, weeks, months, or the hours of the clock on the wall. Pure. */
import type { Instant } from '@tillweave/lightspeed';
import { addDays, daysBetween, HOUR_MS, isoWeekOf, monthOf, weekStartOf } from '../ledger/figure/business-day.ts';
import { offsetMs } from '../ledger/figure/zone.ts';
import type { TurnoverColumn, TurnoverQuery } from './schemas.ts';

export interface ColumnRange {
  readonly by: Exclude<TurnoverQuery['by'], 'hour'>;
  readonly from: string;
  readonly to: string;
  /** 1 is Monday, 7 Sunday (D25). */
  readonly weekStart: number;
}

/** Every day, week or month of the range in order; the first and last may be cut short (`whole` false). */
export function dateColumns({ by, from, to, weekStart }: ColumnRange): TurnoverColumn[] {
  if (by === 'day') return daysBetween(from, to).map((day) => ({ key: day, from: day, to: day, whole: true }));
  const columns: TurnoverColumn[] = [];
  for (let start = bucketStart(from, by, weekStart); start <= to; start = nextStart(start, by)) {
    const end = addDays(nextStart(start, by), -1);
    columns.push({
      key: by === 'week' ? weekKey(start) : monthOf(start),
      from: start < from ? from : start,
      to: end > to ? to : end,
      whole: start >= from && end <= to,
    });
  }
  return columns;
}

/** The first day of the week or month a day is in; the day itself by day. */
export function bucketStart(day: string, by: ColumnRange['by'], weekStart: number): string {
  if (by === 'day') return day;
  return by === 'week' ? weekStartOf(day, weekStart) : `${monthOf(day)}-01`;
}

/** The key of the column a bucket's first day stands for. */
export function columnKey(start: string, by: ColumnRange['by']): string {
  if (by === 'day') return start;
  return by === 'week' ? weekKey(start) : monthOf(start);
}

/** An hour as the shop's clock showed it. */
export interface WallHour {
  readonly day: string;
  /** `02:00` */
  readonly localHour: string;
  /** 2 when the clock shows this hour the second time that night (D19). */
  readonly repeat: 1 | 2;
}

/** What the clock showed at an hour's UTC start. */
export function wallHour(day: string, hour: Instant, timeZone: string): WallHour {
  const offset = offsetMs(hour, timeZone);
  const local = hour + offset;
  const hourOfDay = Math.floor((((local % 86_400_000) + 86_400_000) % 86_400_000) / HOUR_MS);
  // The clock was put back within this hour's own length before now: it showed the same hour already.
  const before = offsetMs((hour - HOUR_MS) as Instant, timeZone);
  const again = before > offset && Math.floor((hour - HOUR_MS + before) / HOUR_MS) === Math.floor(local / HOUR_MS);
  return { day, localHour: `${String(hourOfDay).padStart(2, '0')}:00`, repeat: again ? 2 : 1 };
}

/** The column of a wall-clock hour; the same for shops in different zones. */
export function hourKey({ day, localHour, repeat }: WallHour): string {
  return `${day}T${localHour}#${repeat}`;
}

export function hourColumn(hour: WallHour): TurnoverColumn {
  return { key: hourKey(hour), from: hour.day, to: hour.day, whole: true, ...hour };
}

/** The range of a comparison and how each of its days shifts back onto the days compared (by month, whole months). */
export function compareRange(
  { from, to, by }: { from: string; to: string; by: TurnoverQuery['by'] },
  compare: 'week' | 'year' | 'previous',
): { readonly from: string; readonly to: string; readonly shift: (day: string) => string } {
  const length = daysBetween(from, to).length;
  const startsMonth = from.endsWith('-01') && monthOf(addDays(to, 1)) !== monthOf(to);
  if (by === 'month' || (compare === 'previous' && startsMonth)) {
    // Whole months are compared with as many whole months; a range cut short within one month with the month before.
    const count = monthsBetween(from, to) + 1;
    const months = compare === 'year' ? 12 : compare === 'previous' ? count : 1;
    return { from: addMonths(from, -months), to: addMonths(to, -months), shift: (day) => addMonths(day, months) };
  }
  const days = compare === 'year' ? 364 : compare === 'previous' ? length : 7;
  return { from: addDays(from, -days), to: addDays(to, -days), shift: (day) => addDays(day, days) };
}

function monthsBetween(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

/** So many months later; the last day of a month stays the last, so that whole months are compared with whole months. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOf = (at: number) => new Date(Date.UTC(year, at + 1, 0)).getUTCDate();
  const target = month - 1 + months;
  const wanted = date === lastOf(month - 1) ? lastOf(target) : Math.min(date, lastOf(target));
  return new Date(Date.UTC(year, target, wanted)).toISOString().slice(0, 10);
}

function nextStart(start: string, by: 'week' | 'month'): string {
  return by === 'week' ? addDays(start, 7) : addMonths(`${monthOf(start)}-01`, 1);
}

/** D25: the number is that of the ISO week holding the week's fourth day. */
function weekKey(start: string): string {
  return isoWeekOf(addDays(start, 3));
}

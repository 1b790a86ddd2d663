import type { TurnoverColumn } from '../../api/turnover.ts';
import { formatDay } from '../../shared/days.ts';

/**
 * The heading of a column: "Mon, 19 Oct", "02:00" (a repeated hour as "02:00²"), "2026-W43", "2026-10".
 *
 * @param withDay By hour: put the day before the hour.
 */
export function columnLabel(column: TurnoverColumn, by: string, withDay: boolean): string {
  if (by === 'day') return formatDay(column.from);
  if (by !== 'hour') return column.key;
  const hour = `${column.localHour ?? ''}${column.repeat === 2 ? '²' : ''}`;
  return withDay && column.day !== undefined ? `${formatDay(column.day)} ${hour}` : hour;
}

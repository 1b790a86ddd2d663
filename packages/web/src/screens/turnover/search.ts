import { addDays, type Day, isDay } from '../../shared/days.ts';

export const bys = ['hour', 'day', 'week', 'month'] as const;
export const views = ['grid', 'chart', 'heatmap'] as const;
export const groups = ['department', 'store'] as const;
export const comparisons = ['none', 'previous', 'week', 'year'] as const;

/** What the turnover screen shows, all of it in its address: so it can be bookmarked, sent, and gone back to. */
export interface TurnoverSearch {
  /** Empty: whichever week has the newest data, which is put into the address before the screen shows. */
  readonly from: Day;
  readonly to: Day;
  readonly by: (typeof bys)[number];
  /** What stands in the lines; left out: departments. */
  readonly group?: (typeof groups)[number];
  readonly measure: string;
  readonly view: (typeof views)[number];
  readonly compare: (typeof comparisons)[number];
  /** The opened cell: `<department id, store id or "unmapped">/<column key>`, in the heat map `<weekday> <hour>`. */
  readonly cell?: string;
}

/** Reads the address; anything missing or unknown becomes the default: the newest week, by day, net sales. */
export function turnoverSearch(search: Record<string, unknown>): TurnoverSearch {
  const from = isDay(search['from']) ? search['from'] : '';
  const to = from === '' ? '' : isDay(search['to']) && search['to'] >= from ? search['to'] : addDays(from, 6);
  const { measure, cell } = search;
  return {
    from,
    to,
    by: oneOf(bys, search['by']) ?? 'day',
    measure: typeof measure === 'string' && measure !== '' ? measure : 'net_sales',
    view: oneOf(views, search['view']) ?? 'grid',
    compare: oneOf(comparisons, search['compare']) ?? 'none',
    ...(oneOf(groups, search['group']) === 'store' ? { group: 'store' as const } : {}),
    ...(typeof cell === 'string' ? { cell } : {}),
  };
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

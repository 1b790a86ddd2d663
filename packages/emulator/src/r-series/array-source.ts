import { sortKeyOf } from './page.ts';
import type { Resource } from './resource.ts';
import type { Boundary, SortKey, Source, Walk } from './source.ts';
import type { View } from './view.ts';

/**
 * A source over a list held in memory. Each sort order is made once a list and found again by the list's identity, so that a page costs
 * what it shows: the world hands out the same list while nothing changes.
 */
export function arraySource<R extends object>(table: Resource<R>, list: (view: View) => readonly R[]): Source<R> {
  const orders = new WeakMap<readonly R[], Map<string, Order<R>>>();
  const orderOf = (sort: string, view: View): Order<R> => {
    const records = list(view);
    const known = orders.get(records) ?? new Map<string, Order<R>>();
    orders.set(records, known);
    const order = known.get(sort) ?? makeOrder(table, records, sort, view);
    known.set(sort, order);
    return order;
  };
  return {
    find(id, view) {
      const { rows } = orderOf(table.idField, view);
      const row = rows[firstBehind(rows, { key: id, id: id - 1 }, false)];
      return row?.boundary.id === id ? row.record : undefined;
    },
    walk(walk, _query, view) {
      return walkRows(orderOf(walk.sort, view).rows, walk);
    },
  };
}

interface Order<R> {
  /** Ascending. */
  readonly rows: readonly Row<R>[];
}

interface Row<R> {
  readonly boundary: Boundary;
  readonly record: R;
}

function makeOrder<R>(table: Resource<R>, records: readonly R[], sort: string, view: View): Order<R> {
  const rows = records.map((record) => ({
    record,
    boundary: {
      key: sortKeyOf(table, record, sort, view),
      id: Number(sortKeyOf(table, record, table.idField, view)),
    },
  }));
  rows.sort((left, right) => compareBoundaries(left.boundary, right.boundary));
  return { rows };
}

/** Walks rows that are already in ascending order. */
export function* walkRows<R>(rows: readonly Row<R>[], walk: Walk): Generator<R> {
  if (walk.descending) {
    const start = walk.after === undefined ? rows.length : firstBehind(rows, walk.after, true);
    for (let index = start - 1; index >= 0; index -= 1) {
      const row = rows[index];
      if (row !== undefined) yield row.record;
    }
    return;
  }
  for (let index = walk.after === undefined ? 0 : firstBehind(rows, walk.after, false); index < rows.length; index += 1) {
    const row = rows[index];
    if (row !== undefined) yield row.record;
  }
}

/** Position of the first row greater than the boundary; with `orEqual` of the first that is not smaller. */
function firstBehind<R>(rows: readonly Row<R>[], boundary: Boundary, orEqual: boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    const order = row === undefined ? 1 : compareBoundaries(row.boundary, boundary);
    if (order > 0 || (orEqual && order === 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Missing values first, as MySQL sorts them; ties by primary key. */
export function compareBoundaries(left: Boundary, right: Boundary): number {
  return compareKeys(left.key, right.key) || left.id - right.id;
}

function compareKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

import type { SaleOrder, SaleWalk, WorldState } from '../world/types.ts';
import { compareBoundaries } from './array-source.ts';
import { idBounds, namedIds, stampBounds } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { boundaryOf } from './page.ts';
import type { Query } from './query.ts';
import { SaleRow } from './sale-row.ts';
import type { Source, Walk } from './source.ts';
import { sale } from './resources/sale.ts';
import type { View } from './view.ts';

const orderOfField: Readonly<Record<string, SaleOrder>> = {
  saleID: 'id',
  createTime: 'createTime',
  timeStamp: 'timeStamp',
  updateTime: 'updateTime',
  completeTime: 'completeTime',
};

/** Up to this many sales of a time range are put in id order to answer a query by id; more are scanned instead. */
const gatherMax = 20_000;

/**
 * Sales come from the world one at a time, found by the column that is walked: a page costs about what it shows, wherever it stands. Only
 * filters that exclude almost everything make it look at many stamps.
 */
export const saleSource: Source<SaleRow> = {
  find(id, view) {
    const record = view.state.sale(id);
    return record === undefined ? undefined : new SaleRow(record, view.state, record);
  },
  walk(walk, query, view) {
    const named = namedIds('saleID', query);
    if (named !== undefined)
      return sorted(
        named.flatMap((id) => saleSource.find(id, view) ?? []),
        walk,
        view,
      );
    const order = orderOfField[walk.sort];
    // V2 sorts by any column: those the world keeps no order for are sorted here.
    if (order === undefined) return sorted([...rowsOf(view.state, { order: 'id' })], walk, view);
    if (order === 'id') return walkById(walk, query, view);
    if (order === 'completeTime') return walkByCompletion(walk, query, view);
    return walkByStamp(order, walk, stampBounds(walk.sort, query, view), view);
  },
};

function walkById(walk: Walk, query: Query, view: View): Iterable<SaleRow> {
  for (const field of ['completeTime', 'updateTime', 'timeStamp', 'createTime'] as const) {
    const bounds = stampBounds(field, query, view);
    if (bounds.low === Number.NEGATIVE_INFINITY) continue;
    const gathered = gather(field, bounds, view.state);
    if (gathered !== undefined) return sorted(gathered, walk, view);
  }
  const { low, high } = idBounds('saleID', query);
  const step = walk.descending ? -1 : 1;
  const start = walk.descending ? high : low;
  const behind = walk.after === undefined ? start : walk.after.id + step;
  const from = walk.descending ? Math.min(start, behind) : Math.max(start, behind);
  const until = walk.descending ? low : high;
  return whileInside(
    rowsOf(view.state, { order: 'id', descending: walk.descending, ...(Number.isFinite(from) ? { from } : {}) }),
    (row) => (walk.descending ? row.stamps.id >= until : row.stamps.id <= until),
  );
}

/** The sales of a time range, if they are few enough. */
function gather(order: SaleOrder, { low, high }: Bounds, state: WorldState): SaleRow[] | undefined {
  const rows: SaleRow[] = [];
  for (const stamps of state.walk({ order, from: low * 1000 })) {
    const value = order === 'id' ? stamps.id : stamps[order];
    if (value === null || value > high * 1000) return rows;
    if (rows.length === gatherMax) return undefined;
    rows.push(new SaleRow(stamps, state));
  }
  return rows;
}

/** Sales that are not completed have no place in that order: they stand before all others, by id, as missing values do. */
function* walkByCompletion(walk: Walk, query: Query, view: View): Generator<SaleRow> {
  const isFiltered = query.filters.some((filter) => filter.name === 'completeTime');
  const bounds = stampBounds('completeTime', query, view);
  const afterMissing = walk.after?.key === null ? walk.after.id : undefined;
  if (!walk.descending) {
    const startsHere = walk.after === undefined || afterMissing !== undefined;
    if (startsHere && !isFiltered) yield* withoutCompletion(view.state, false, afterMissing);
    yield* walkByStamp('completeTime', afterMissing === undefined ? walk : { ...walk, after: undefined }, bounds, view);
    return;
  }
  if (afterMissing === undefined) yield* walkByStamp('completeTime', walk, bounds, view);
  if (!isFiltered) yield* withoutCompletion(view.state, true, afterMissing);
}

function* withoutCompletion(state: WorldState, descending: boolean, after: number | undefined): Generator<SaleRow> {
  const from = after === undefined ? {} : { from: after + (descending ? -1 : 1) };
  for (const row of rowsOf(state, { order: 'id', descending, ...from })) {
    if (row.stamps.completeTime === null) yield row;
  }
}

function walkByStamp(order: Exclude<SaleOrder, 'id'>, walk: Walk, bounds: Bounds, view: View): Iterable<SaleRow> {
  const start = walk.descending ? bounds.high : bounds.low;
  const key = typeof walk.after?.key === 'number' ? walk.after.key : undefined;
  const isBehindStart = key !== undefined && (walk.descending ? key <= start : key >= start);
  const position =
    isBehindStart && walk.after !== undefined
      ? { from: key * 1000, afterId: walk.after.id }
      : Number.isFinite(start)
        ? { from: start * 1000 }
        : {};
  return whileInside(rowsOf(view.state, { order, descending: walk.descending, ...position }), ({ stamps }) => {
    const value = stamps[order];
    if (value === null) return false;
    return walk.descending ? value >= bounds.low * 1000 : value <= bounds.high * 1000;
  });
}

function* rowsOf(state: WorldState, walk: SaleWalk): Generator<SaleRow> {
  for (const stamps of state.walk(walk)) yield new SaleRow(stamps, state);
}

function* whileInside(rows: Iterable<SaleRow>, isInside: (row: SaleRow) => boolean): Generator<SaleRow> {
  for (const row of rows) {
    if (!isInside(row)) return;
    yield row;
  }
}

function sorted(rows: readonly SaleRow[], walk: Walk, view: View): SaleRow[] {
  const direction = walk.descending ? -1 : 1;
  const { after } = walk;
  const keyed = rows.map((row) => ({ row, boundary: boundaryOf(sale, row, walk.sort, view) }));
  return keyed
    .filter(({ boundary }) => after === undefined || compareBoundaries(boundary, after) * direction > 0)
    .toSorted((left, right) => compareBoundaries(left.boundary, right.boundary) * direction)
    .map(({ row }) => row);
}

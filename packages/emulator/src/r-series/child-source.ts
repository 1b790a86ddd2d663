import { arraySource, compareBoundaries } from './array-source.ts';
import { namedIds, stampBounds } from './bounds.ts';
import { boundaryOf } from './page.ts';
import type { Resource } from './resource.ts';
import { SaleRow } from './sale-row.ts';
import { saleSource } from './sale-source.ts';
import type { Query } from './query.ts';
import type { Source, Walk } from './source.ts';
import { stateKey } from './trade-book.ts';
import type { View } from './view.ts';

/** The world numbers lines and payments by their sale: `saleId × 100 + number`. */
const childrenPerSale = 100;

/**
 * Lines and payments as lists of their own, read through their sales: by id, by sale and by `timeStamp` (which is the sale's) a page costs
 * what it shows. Only other orders read every sale, once for each state of the world.
 */
export function childSource<C extends object>(
  table: Resource<C>,
  childrenOf: (sale: SaleRow) => readonly C[],
  idOf: (child: C) => number,
): Source<C> {
  let everything: { readonly key: string; readonly rows: readonly C[] } = { key: '', rows: [] };
  const otherOrders = arraySource(table, (view) => {
    const key = stateKey(view);
    if (everything.key !== key) {
      const sales = view.state.walk({ order: 'id' });
      everything = { key, rows: [...sales].flatMap((stamps) => childrenOf(new SaleRow(stamps, view.state))) };
    }
    return everything.rows;
  });

  function* walkThroughSales(walk: Walk, query: Query, view: View): Generator<C> {
    for (const sale of salesInOrder(table, walk, query, view)) yield* ordered(table, childrenOf(sale), walk, view);
  }

  return {
    find(id, view) {
      const sale = saleSource.find(saleOf(id) ?? 0, view);
      return sale === undefined ? undefined : childrenOf(sale).find((child) => idOf(child) === id);
    },
    walk(walk, query, view) {
      const sales = namedIds('saleID', query) ?? namedIds(table.idField, query)?.map((id) => saleOf(id) ?? 0);
      if (sales !== undefined) {
        const named = [...new Set(sales)].flatMap((id) => saleSource.find(id, view) ?? []);
        return ordered(table, named.flatMap(childrenOf), walk, view);
      }
      if (walk.sort === table.idField || walk.sort === 'saleID' || walk.sort === 'timeStamp') {
        return walkThroughSales(walk, query, view);
      }
      return otherOrders.walk(walk, query, view);
    },
  };
}

function saleOf(childId: number | undefined): number | undefined {
  return childId === undefined ? undefined : Math.floor(childId / childrenPerSale);
}

/** The sales from the walk's boundary on, the boundary's own among them: some of its children may still be to come. */
function* salesInOrder<C>(table: Resource<C>, walk: Walk, query: Query, view: View): Generator<SaleRow> {
  const { descending, after, sort } = walk;
  if (sort !== 'timeStamp') {
    // Ids of children follow the ids of their sales, so both orders go through the sales.
    const boundary = sort === table.idField ? saleOf(after?.id) : after?.key;
    const from = typeof boundary === 'number' ? { from: boundary } : {};
    for (const stamps of view.state.walk({ order: 'id', descending, ...from })) yield new SaleRow(stamps, view.state);
    return;
  }
  const bounds = stampBounds('timeStamp', query, view);
  const start = descending ? bounds.high : bounds.low;
  const key = typeof after?.key === 'number' ? after.key : undefined;
  const nearest = key === undefined ? start : descending ? Math.min(key, start) : Math.max(key, start);
  const from = Number.isFinite(nearest) ? { from: nearest * 1000 } : {};
  for (const stamps of view.state.walk({ order: 'timeStamp', descending, ...from })) {
    const seconds = stamps.timeStamp / 1000;
    if (descending ? seconds < bounds.low : seconds > bounds.high) return;
    yield new SaleRow(stamps, view.state);
  }
}

function ordered<C>(table: Resource<C>, rows: readonly C[], walk: Walk, view: View): readonly C[] {
  const direction = walk.descending ? -1 : 1;
  const { after } = walk;
  const keyed = rows.map((row) => ({ row, boundary: boundaryOf(table, row, walk.sort, view) }));
  return keyed
    .filter(({ boundary }) => after === undefined || compareBoundaries(boundary, after) * direction > 0)
    .toSorted((left, right) => compareBoundaries(left.boundary, right.boundary) * direction)
    .map(({ row }) => row);
}

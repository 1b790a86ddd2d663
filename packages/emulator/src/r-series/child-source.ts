import { arraySource, compareBoundaries } from './array-source.ts';
import { namedIds } from './bounds.ts';
import { boundaryOf } from './page.ts';
import type { Resource } from './resource.ts';
import { SaleRow } from './sale-row.ts';
import { saleSource } from './sale-source.ts';
import type { Source, Walk } from './source.ts';
import type { View } from './view.ts';

/** The world numbers lines and payments by their sale: `saleId × 100 + number`. */
const childrenPerSale = 100;

/**
 * Lines and payments as lists of their own, read through their sales: by id and by sale a page costs what it shows. Only the order by
 * `timeStamp` reads every sale, once for each state of the world.
 */
export function childSource<C extends object>(
  table: Resource<C>,
  childrenOf: (sale: SaleRow) => readonly C[],
  idOf: (child: C) => number,
): Source<C> {
  let everything: { readonly key: string; readonly rows: readonly C[] } = { key: '', rows: [] };
  const byTime = arraySource(table, (view) => {
    const key = `${view.revision}:${newestChange(view)}`;
    if (everything.key !== key) everything = { key, rows: [...walkSales(view, false, undefined)].flatMap(childrenOf) };
    return everything.rows;
  });

  function* walkThroughSales(walk: Walk, view: View): Generator<C> {
    // Ids of children follow the ids of their sales, so both orders go through the sales.
    const boundary = walk.sort === table.idField ? saleOf(walk.after?.id) : walk.after?.key;
    for (const sale of walkSales(view, walk.descending, typeof boundary === 'number' ? boundary : undefined)) {
      yield* ordered(table, childrenOf(sale), walk, view);
    }
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
      if (walk.sort === table.idField || walk.sort === 'saleID') return walkThroughSales(walk, view);
      return byTime.walk(walk, query, view);
    },
  };
}

function saleOf(childId: number | undefined): number | undefined {
  return childId === undefined ? undefined : Math.floor(childId / childrenPerSale);
}

function* walkSales(view: View, descending: boolean, from: number | undefined): Generator<SaleRow> {
  for (const stamps of view.state.walk({ order: 'id', descending, ...(from === undefined ? {} : { from }) })) {
    yield new SaleRow(stamps, view.state);
  }
}

/** Says that nothing changed: the number of sales and the newest change stamp. */
function newestChange(view: View): string {
  for (const stamps of view.state.walk({ order: 'updateTime', descending: true })) {
    return `${view.state.saleCount()}:${stamps.id}:${stamps.version}:${stamps.updateTime}`;
  }
  return '0';
}

function ordered<C>(table: Resource<C>, rows: readonly C[], walk: Walk, view: View): readonly C[] {
  const direction = walk.descending ? -1 : 1;
  const { after } = walk;
  return rows
    .map((row) => ({ row, boundary: boundaryOf(table, row, walk.sort, view) }))
    .filter(({ boundary }) => after === undefined || compareBoundaries(boundary, after) * direction > 0)
    .toSorted((left, right) => compareBoundaries(left.boundary, right.boundary) * direction)
    .map(({ row }) => row);
}

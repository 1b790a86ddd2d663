import type { XSaleRecord, XSaleStamps } from '../../world/x-types.ts';
import type { XResource } from '../resource.ts';
import type { XView } from '../view.ts';
import type { XDocument } from '../wire.ts';
import { flatSale } from './flat.ts';
import { nestedSale } from './nested.ts';

/**
 * Sales are walked by their stamps and built one by one: a page costs about what it shows, wherever it stands. The list knows neither filters
 * nor `deleted`, and shows deleted sales (facts 11 and 12).
 */
export const sales: XResource<XSaleStamps> = {
  name: 'sales',
  singular: 'sale',
  scopes: ['sales:read'],
  tombstones: 'always',
  walk: (view, after, before) => view.state.sales({ after, before }),
  find: (view, id) => view.state.sale(id),
  id: (row) => row.id,
  version: (row) => row.version,
  isDeleted: () => false,
  pageSizeMax: (view) => view.switches.salesPageMax,
  document: (row, view) => flatSale(recordOf(row, view), view),
  dated: (row, view) => nestedSale(recordOf(row, view), view),
};

function recordOf(row: XSaleStamps, view: XView): XSaleRecord {
  const record = view.state.sale(row.id);
  if (record === undefined) throw new Error(`The world lists a sale it does not have: ${row.id}.`);
  return record;
}

/** A sale in the shape of the version that was asked. */
export function writeSale(sale: XSaleRecord, view: XView, isNested: boolean): XDocument {
  return isNested ? nestedSale(sale, view) : flatSale(sale, view);
}

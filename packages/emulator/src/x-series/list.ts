import type { FaultRegistry } from '../faults/registry.ts';
import { badRequest } from './errors.ts';
import type { XResource } from './resource.ts';
import type { XView } from './view.ts';
import type { XDocument } from './wire.ts';

/** What a list answer needs besides its rows. */
export interface XListRequest {
  readonly view: XView;
  readonly search: URLSearchParams;
  /** Write the dated shape. */
  readonly isDated: boolean;
  /** Path and query, for faults. */
  readonly path: string;
  readonly faults: FaultRegistry;
  /** Ids a fault deleted for good, by resource. */
  readonly gone: GoneRows;
}

export type GoneRows = Map<string, Set<string>>;

/** Cap of most resources (X §4.1). */
const pageSizeMax = 10_000;

/** A page of the version cursor (X §4.1): `{ data, version: { min, max } }`. */
export function listPage<R>(table: XResource<R>, request: XListRequest, more: (row: R) => boolean = () => true): XDocument {
  const { view, search } = request;
  const after = readInteger(search, 'after') ?? 0;
  const until = readInteger(search, 'before');
  const before = until === undefined ? Number.POSITIVE_INFINITY : until + (view.switches.before === 'inclusive' ? 1 : 0);
  const size = readPageSize(search, view, table.pageSizeMax?.(view) ?? pageSizeMax);
  const rows = pageOf(table, request, { after, before, size }, more);
  return envelope(table, rows, request);
}

/** `{ data, version }` of these rows, with whatever the faults do to them. */
function envelope<R>(table: XResource<R>, rows: readonly R[], request: XListRequest): XDocument {
  const write = (row: R): XDocument =>
    request.isDated && table.dated !== undefined ? table.dated(row, request.view) : table.document(row, request.view);
  const data = damaged(rows.map(write), request);
  if (table.withoutVersion === true) return { data };
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) {
    return request.view.switches.emptyVersion === 'null' ? { data, version: { min: null, max: null } } : { data };
  }
  return { data, version: { min: table.version(first), max: table.version(last) } };
}

function pageOf<R>(
  table: XResource<R>,
  request: XListRequest,
  page: { readonly after: number; readonly before: number; readonly size: number },
  more: (row: R) => boolean,
): R[] {
  const { view, search, faults, path, gone } = request;
  const filters = Object.entries(table.filters ?? {}).flatMap(([name, matches]) => {
    const value = search.get(name);
    return value === null || value === '' ? [] : [(row: R) => matches(row, value)];
  });
  const showsDeleted = table.tombstones === 'always' || isTrue(search.get('deleted'));
  const fits = (row: R): boolean =>
    (showsDeleted || !table.isDeleted(row)) &&
    table.hides?.(row, view) !== true &&
    gone.get(table.name)?.has(table.id(row)) !== true &&
    filters.every((matches) => matches(row)) &&
    more(row);
  if (faults.fires('hard-deleted-rows', path) !== undefined) {
    const rows = take(table.walk(view, page.after, page.before), fits, page.size);
    const victim = rows[Math.floor(rows.length / 2)];
    if (victim !== undefined) gone.set(table.name, new Set(gone.get(table.name)).add(table.id(victim)));
  }
  const rows = take(table.walk(view, page.after, page.before), fits, page.size);
  if (page.after > 0 && rows.length > 0 && faults.fires('duplicate-rows', path) !== undefined) {
    rows.unshift(...take(table.walk(view, page.after - 1, page.after + 1), fits, 1));
  }
  return rows;
}

function take<R>(rows: Iterable<R>, fits: (row: R) => boolean, size: number): R[] {
  const taken: R[] = [];
  for (const row of rows) {
    if (!fits(row)) continue;
    taken.push(row);
    if (taken.length === size) break;
  }
  return taken;
}

const relations = ['line_items', 'payments', 'register_sale_products', 'attributes', 'rates'];

/** Faults that change the documents of a page. */
export function damaged(documents: readonly XDocument[], request: Pick<XListRequest, 'faults' | 'path'>): readonly XDocument[] {
  const { faults, path } = request;
  if (documents.length === 0) return documents;
  let result = documents;
  const known = relations.find((name) => documents[0] !== undefined && name in documents[0]);
  const lost = known === undefined ? undefined : faults.fires('missing-relation', path);
  if (lost !== undefined) {
    const name = lost.relation ?? known;
    result = result.map((document) => Object.fromEntries(Object.entries(document).filter(([key]) => key !== name)));
  }
  if (faults.fires('unknown-fields', path) !== undefined) {
    result = result.map((document) => ({ future_field: 'something new', future_group: { future_child: 1 }, ...document }));
  }
  if (result.length > 1 && faults.fires('reordered-rows', path) !== undefined) result = result.toReversed();
  return result;
}

/** Over-large values are clamped without a word; absent and silly ones become the default. */
export function readPageSize(search: URLSearchParams, view: XView, most: number, name = 'page_size'): number {
  const asked = readInteger(search, name);
  return Math.min(asked === undefined || asked < 1 ? view.switches.defaultPageSize : asked, most);
}

/** A whole number of the query. Throws 400 on anything else. */
export function readInteger(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name);
  if (text === null || text === '') return undefined;
  if (!/^-?\d{1,19}$/.test(text)) throw badRequest(`invalid value for ${name}`);
  return Number(text);
}

export function isTrue(text: string | null): boolean {
  return text !== null && ['true', '1'].includes(text.toLowerCase());
}

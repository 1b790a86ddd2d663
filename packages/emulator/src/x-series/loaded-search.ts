import { badRequest } from './errors.ts';
import { damaged, isTrue, readInteger, readPageSize } from './list.ts';
import type { XListRequest } from './list.ts';
import type { XRegistry } from './resources/registry.ts';
import { searchPageMax, valuesOf } from './search.ts';
import type { XDocument } from './wire.ts';

const types = ['sales', 'products', 'customers'];
const notFilters = new Set(['type', 'order_by', 'order_direction', 'page_size', 'offset', 'deleted', 'date_from', 'date_to']);
/** What the dated shape keeps in `source`, the flat one at the top. */
const inSource = new Set(['outlet_id', 'register_id']);

/** `GET /search` over recorded documents: every parameter that names a field narrows by its text, one with a minus excludes (X §4.4). */
export function searchLoaded(request: XListRequest, registry: XRegistry): XDocument {
  const { search, view } = request;
  const type = search.get('type') ?? '';
  if (!types.includes(type)) throw badRequest('type must be sales, products or customers');
  const documents =
    registry
      .get(type)
      ?.use((table) => [...table.walk(view, 0, Number.POSITIVE_INFINITY)].map((row) => table.document(row, view))) ?? [];
  const names = new Set([...search.keys()].map((name) => name.replace(/\[\]$/, '')).filter((name) => !notFilters.has(name)));
  const [from, to] = ['date_from', 'date_to'].map((name) => Date.parse(search.get(name) ?? ''));
  const fits = (document: XDocument): boolean => {
    if (typeof document['deleted_at'] === 'string' && !isTrue(search.get('deleted'))) return false;
    const at = Date.parse(textsOf(document, 'sale_date')[0] ?? textsOf(document, 'date')[0] ?? '');
    if (from !== undefined && at < from) return false;
    if (to !== undefined && at > to) return false;
    return [...names].every((name) => {
      const isExclusion = name.startsWith('-');
      const wanted = valuesOf(search, name).map((value) => value.toLowerCase());
      const has = textsOf(document, isExclusion ? name.slice(1) : name).some((text) => wanted.includes(text.toLowerCase()));
      return isExclusion ? !has : has;
    });
  };
  const order = search.get('order_by');
  const found = documents.filter(fits);
  if (order !== null) {
    const direction = search.get('order_direction') === 'desc' ? -1 : 1;
    const key = (document: XDocument): string => textsOf(document, order)[0] ?? '';
    found.sort((left, right) => direction * (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));
  }
  const offset = Math.max(0, readInteger(search, 'offset') ?? 0);
  return { data: damaged(found.slice(offset, offset + readPageSize(search, view, searchPageMax)), request) };
}

function textsOf(document: XDocument, name: string): readonly string[] {
  const source = document['source'];
  const nested = inSource.has(name) && typeof source === 'object' && source !== null ? Object.entries(source) : [];
  const value = document[name === '_id' ? 'id' : name] ?? nested.find(([key]) => key === name)?.[1];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((entry) => typeof entry === 'string' || typeof entry === 'number').map(String);
}

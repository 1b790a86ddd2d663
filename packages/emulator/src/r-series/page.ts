import type { Predicate } from './filter.ts';
import { fieldNamed } from './filter.ts';
import { matcherOf } from './query.ts';
import type { Query } from './query.ts';
import type { Resource } from './resource.ts';
import type { Boundary, SortKey, Source } from './source.ts';
import type { View } from './view.ts';

/** One page of a list. */
export interface Page<R> {
  readonly rows: readonly R[];
  /** Boundaries of the neighbouring pages; undefined when there is none. */
  readonly next: Boundary | undefined;
  readonly previous: Boundary | undefined;
}

/** Takes the page a query asks for: walks behind its token, keeps what matches, and looks one match further to know whether more follow. */
export function takePage<R>(table: Resource<R>, source: Source<R>, query: Query, view: View): Page<R> {
  if (query.limit === 0) return { rows: [], next: undefined, previous: undefined };
  const matches = matcherOf(table, query, view);
  const backwards = query.before !== undefined;
  const walk = {
    sort: query.sort,
    descending: query.descending !== backwards,
    after: query.before ?? query.after,
  };
  const rows: R[] = [];
  let more = false;
  for (const row of source.walk(walk, query, view)) {
    if (!matches(row)) continue;
    if (rows.length === query.limit) {
      more = true;
      break;
    }
    rows.push(row);
  }
  if (backwards) rows.reverse();
  if (query.limit === rows.length && view.switches.fullLastPage === 'next-to-empty-page' && !backwards) more = true;
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return { rows, next: undefined, previous: undefined };
  const hasNext = backwards || more;
  const hasPrevious = backwards ? more : query.after !== undefined;
  return {
    rows,
    next: hasNext ? boundaryOf(table, last, query.sort, view) : undefined,
    previous: hasPrevious ? boundaryOf(table, first, query.sort, view) : undefined,
  };
}

/** How many records a query matches in all (V2's `count`, V3's `count=1`). */
export function countMatches<R>(table: Resource<R>, source: Source<R>, query: Query, view: View): number {
  const matches: Predicate<R> = matcherOf(table, query, view);
  let count = 0;
  for (const row of source.walk({ sort: table.idField, descending: false, after: undefined }, query, view)) {
    if (matches(row)) count += 1;
  }
  return count;
}

/** V2's page: skips `offset` matches and counts them all. */
export function takeOffsetPage<R>(
  table: Resource<R>,
  source: Source<R>,
  query: Query,
  view: View,
): { readonly rows: readonly R[]; readonly count: number } {
  const matches = matcherOf(table, query, view);
  const rows: R[] = [];
  let count = 0;
  for (const row of source.walk({ sort: query.sort, descending: query.descending, after: undefined }, query, view)) {
    if (!matches(row)) continue;
    if (count >= query.offset && rows.length < query.limit) rows.push(row);
    count += 1;
  }
  return { rows, count };
}

export function boundaryOf<R>(table: Resource<R>, row: R, sort: string, view: View): Boundary {
  return { key: sortKeyOf(table, row, sort, view), id: Number(sortKeyOf(table, row, table.idField, view)) };
}

/** What a row is ordered by. */
export function sortKeyOf<R>(table: Resource<R>, row: R, sort: string, view: View): SortKey {
  const field = fieldNamed(table, sort);
  if (field === undefined) return null;
  if (field.kind === 'datetime') return field.at(row, view) ?? null;
  const value = field.read(row, view);
  if (value === undefined) return null;
  return field.kind === 'id' || field.kind === 'number' || field.kind === 'money' ? Number(value) : value.toLowerCase();
}

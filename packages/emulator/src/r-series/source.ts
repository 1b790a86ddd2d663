import type { Query } from './query.ts';
import type { Resource } from './resource.ts';
import type { View } from './view.ts';

/** The boundary a page starts behind: the sort key and primary key of a row that was already shown. */
export interface Boundary {
  readonly key: SortKey;
  readonly id: number;
}

/** What rows are ordered by: ids and stamps (epoch seconds) as numbers, text folded, null for a missing value (sorts first). */
export type SortKey = number | string | null;

/** A walk over a resource's rows. */
export interface Walk {
  /** Canonical field name; the primary key is the tie-breaker. */
  readonly sort: string;
  readonly descending: boolean;
  /** Start behind this row, in walking direction. */
  readonly after: Boundary | undefined;
}

/** Where a resource's records come from. Sources may leave out rows that the query's filters exclude; the caller checks every filter anyway. */
export interface Source<R> {
  /** One record by its primary key. */
  find(id: number, view: View): R | undefined;
  /** Lazily, in order. */
  walk(walk: Walk, query: Query, view: View): Iterable<R>;
}

/** A table with its source, without saying of what: both are used together by whoever brings a generic visitor. */
export interface Endpoint {
  readonly table: Resource<never>;
  use<T>(visitor: <R>(table: Resource<R>, source: Source<R>) => T): T;
}

export function endpoint<R>(table: Resource<R>, source: Source<R>): Endpoint {
  return { table, use: (visitor) => visitor(table, source) };
}

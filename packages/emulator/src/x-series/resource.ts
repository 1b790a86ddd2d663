import type { XRow } from '../world/x-types.ts';
import { rowOf } from './view.ts';
import type { XView } from './view.ts';
import type { XDocument } from './wire.ts';

/**
 * A resource is a table entry: where its rows come from, and how one is written. Lists with their version cursor, single records, tombstones
 * and scopes follow from it.
 */
export interface XResource<R> {
  /** Path segment: `outlets`. */
  readonly name: string;
  /** For errors: `outlet`. */
  readonly singular: string;
  /** All of these are needed (X §2.3). */
  readonly scopes: readonly string[];
  /** Deleted rows: only with `deleted=true`, or always (X §4.1). */
  readonly tombstones: 'on-request' | 'always';
  /** Rows with a version above `after` (and below `before`), ascending by version, deleted ones included. */
  walk(view: XView, after: number, before: number): Iterable<R>;
  find(view: XView, id: string): R | undefined;
  id(row: R): string;
  version(row: R): number;
  isDeleted(row: R): boolean;
  /** Rows this caller may not list (internal payment types). */
  hides?(row: R, view: XView): boolean;
  /** 2.0. */
  document(row: R, view: XView): XDocument;
  /** Dated versions; as 2.0 when left out. */
  dated?(row: R, view: XView): XDocument;
  /** Declared filters; anything else in the query is ignored (fact 11). */
  readonly filters?: Readonly<Record<string, (row: R, value: string) => boolean>>;
  /** The list has no `version` block (taxes, X §4.2). */
  readonly withoutVersion?: boolean;
  /** There is no `/{name}/{id}`. */
  readonly listOnly?: boolean;
  /** Largest page; larger values are clamped silently. */
  pageSizeMax?(view: XView): number;
}

/** A resource whose rows the world keeps as one list, ascending by version. */
export function listed<R extends XRow>(
  table: Pick<XResource<R>, 'name' | 'singular' | 'scopes' | 'tombstones' | 'document'> &
    Partial<XResource<R>> & { rows(view: XView): readonly R[] },
): XResource<R> {
  return {
    ...table,
    *walk(view, after, before) {
      const rows = table.rows(view);
      for (let index = firstAbove(rows, after); index < rows.length; index += 1) {
        const row = rows[index];
        if (row === undefined || row.version >= before) return;
        yield row;
      }
    },
    find: (view, id) => rowOf(table.rows(view), id),
    id: (row) => row.id,
    version: (row) => row.version,
    isDeleted: (row) => row.deletedAt !== null,
  };
}

/** Position of the first row with a version above this one. */
function firstAbove(rows: readonly { readonly version: number }[], version: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.version ?? 0) > version) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A table without saying of what: its rows are used together with it by whoever brings a generic visitor. */
export interface XEndpoint {
  readonly name: string;
  readonly scopes: readonly string[];
  use<T>(visitor: <R>(table: XResource<R>) => T): T;
}

export function xEndpoint<R>(table: XResource<R>): XEndpoint {
  return { name: table.name, scopes: table.scopes, use: (visitor) => visitor(table) };
}

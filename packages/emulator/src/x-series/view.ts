import type { XRow, XState } from '../world/x-types.ts';
import type { XSeriesSwitches } from './switches.ts';

/** What documents are written from: the retailer at the moment of the request, and who asks. */
export interface XView {
  readonly state: XState;
  readonly switches: XSeriesSwitches;
  readonly scopes: readonly string[] | 'everything';
  readonly domainPrefix: string;
}

const indexes = new WeakMap<readonly XRow[], ReadonlyMap<string, XRow>>();

/** A row of a list by id. The index is kept as long as the list is the same. */
export function rowOf<R extends XRow>(rows: readonly R[], id: string | null): R | undefined {
  if (id === null) return undefined;
  let index = indexes.get(rows);
  if (index === undefined) {
    index = new Map(rows.map((row) => [row.id, row]));
    indexes.set(rows, index);
  }
  // The list's own rows are in its index.
  return index.get(id) as R | undefined;
}

/** A value the vendor's schema does not allow to be null: the key goes, unless the switch says null. */
export function missing<T>(value: T | null, view: XView): T | null | undefined {
  return value === null && view.switches.missing === 'absent' ? undefined : value;
}

import type { View } from './view.ts';

/**
 * A resource is a table: its scalar fields in wire order, its relations, and what the query language may do with it. Everything else
 * (lists, single records, filters, sorts, pages, costs, JSON, XML) follows from the table, so that a new resource is a new table and
 * nothing more. `R` is the record it is read from.
 */
export interface Resource<R> {
  /** Singular PascalCase, as in the path and the envelope. */
  readonly name: string;
  /** The primary key's field; paths, default order and tokens use it. */
  readonly idField: string;
  /** Any one of these scopes may read it; none listed means every token may. `employee:all` always may. */
  readonly scopes: readonly string[];
  readonly fields: readonly Field<R>[];
  /** In wire order, after the fields. */
  readonly relations: readonly Relation<R>[];
  /** What `load_relations=all` stands for, as paths; all direct relations that are not `apart` when left out. */
  readonly all?: readonly string[];
  /** Fields that stand after the relations (`taxTotal`). */
  readonly tail?: readonly Field<R>[];
  /** Columns that filter and sort but do not appear in the document. */
  readonly unshown?: readonly Field<R>[];
  /** What `sort` accepts (R §4.3). */
  readonly sorts: readonly string[];
  /** `filtered`: live records only unless `archived=true|only` is asked for. `ignored`: the parameter changes nothing (Sale). */
  readonly archived: 'filtered' | 'ignored';
  /** Filter names that are not fields (`Contact.email`, `itemCode`): a record matches when any of the values does. */
  readonly filterOnly?: Readonly<Record<string, (record: R, view: View) => readonly string[]>>;
  /** Hides a record from lists unless the query names this filter (`giftCard`). */
  readonly hiddenUnless?: { readonly filter: string; hides(record: R, view: View): boolean };
  /** Recorded documents are not rebuilt from fields but served as they are: the JSON text of the whole record. */
  readonly verbatim?: (record: R) => string;
}

/** How a field's values compare: ids and numbers by value, datetimes by instant, the rest as text without case. */
export type FieldKind = 'id' | 'money' | 'number' | 'flag' | 'text' | 'datetime' | 'json';

/** A scalar field. `undefined` leaves the key out (null dates, rows the document does not carry). */
export type Field<R> = ScalarField<R> | DatetimeField<R>;

export interface ScalarField<R> {
  readonly name: string;
  /** `json`: the value is JSON text put in as it is (attribute-only elements, small fixed structures). */
  readonly kind: Exclude<FieldKind, 'datetime'>;
  /** The one value all records have, for writers that put it in without asking. */
  readonly always?: string;
  /** Written only when this relation is loaded with the record (`*`: any). */
  readonly onlyWith?: string;
  read(record: R, view: View): string | undefined;
}

export interface DatetimeField<R> {
  readonly name: string;
  readonly kind: 'datetime';
  /** Epoch seconds. */
  at(record: R, view: View): number | undefined;
}

/** A related record (`many: false`) or collection. */
export interface Relation<R> {
  /** Key in the document and name in `load_relations`: `SaleLines`, `Customer`. */
  readonly name: string;
  readonly many: boolean;
  /** Present without being asked for (`Prices` of an Item). */
  readonly always?: boolean;
  /** Not part of `load_relations=all` (`CustomFieldValues`). */
  readonly apart?: boolean;
  /** What stands there when there is nothing: no key at all, or `""` (inside Contact). Default `absent`. */
  readonly empty?: 'absent' | 'text';
  /** Reads the related records and knows their table: see `toOne` and `toMany`. */
  visit(record: R, view: View, visitor: RelatedVisitor): void;
  /** The child's table, for paths of `load_relations` and its costs. */
  table(): Resource<never>;
}

export interface RelatedVisitor {
  <C>(table: Resource<C>, record: C): void;
}

/** A relation to one record of `table`; nothing when `read` gives undefined. */
export function toOne<R, C>(
  name: string,
  table: () => Resource<C>,
  read: (record: R, view: View) => C | undefined,
  more: Partial<Pick<Relation<R>, 'always' | 'apart' | 'empty'>> = {},
): Relation<R> {
  return {
    name,
    many: false,
    ...more,
    table,
    visit(record, view, visitor) {
      const related = read(record, view);
      if (related !== undefined) visitor(table(), related);
    },
  };
}

/** A relation to any number of records of `table`, wrapped as `{ name: { child: … } }`. */
export function toMany<R, C>(
  name: string,
  table: () => Resource<C>,
  read: (record: R, view: View) => readonly C[],
  more: Partial<Pick<Relation<R>, 'always' | 'apart' | 'empty'>> = {},
): Relation<R> {
  return {
    name,
    many: true,
    ...more,
    table,
    visit(record, view, visitor) {
      const child = table();
      for (const related of read(record, view)) visitor(child, related);
    },
  };
}

/** A relation that exists in the API but that no record of this world has: it may be asked for, is priced, and stays absent. */
export function none<R>(name: string, many: boolean): Relation<R> {
  const table: Resource<never> = {
    name,
    idField: `${name}ID`,
    scopes: [],
    fields: [],
    relations: [],
    sorts: [],
    archived: 'ignored',
  };
  return { name, many, table: () => table, visit: () => undefined };
}

/** An id: `"0"` for none, never null. */
export function id<R>(name: string, read: (record: R, view: View) => number | string | undefined): Field<R> {
  return { name, kind: 'id', read: (record, view) => String(read(record, view) ?? 0) };
}

/** Trimmed decimal text that a filter compares by value and XML marks with the currency. */
export function money<R>(name: string, read: (record: R, view: View) => string | undefined): Field<R> {
  return { name, kind: 'money', read };
}

/** Trimmed decimal text without a currency: rates, quantities, counts. */
export function number<R>(name: string, read: (record: R, view: View) => string | undefined): Field<R> {
  return { name, kind: 'number', read };
}

/** `true` or `false`. */
export function flag<R>(name: string, read: (record: R, view: View) => boolean): Field<R> {
  return { name, kind: 'flag', read: (record, view) => (read(record, view) ? 'true' : 'false') };
}

/** Text; null is `""`. */
export function text<R>(name: string, read: (record: R, view: View) => string | undefined): Field<R> {
  return { name, kind: 'text', read: (record, view) => read(record, view) ?? '' };
}

/** Epoch seconds; the key is absent when there is none. */
export function datetime<R>(name: string, at: (record: R, view: View) => number | undefined): Field<R> {
  return { name, kind: 'datetime', at };
}

/** The same JSON in every record, as it stands. */
export function json<R>(name: string, value: string): Field<R> {
  return { name, kind: 'json', always: value, read: () => value };
}

/** The same value in every record (`"0"` foreign keys to things this account does not have). */
export function constant<R>(name: string, value: string, kind: ScalarField<R>['kind'] = 'text'): Field<R> {
  return { name, kind, always: value, read: () => value };
}

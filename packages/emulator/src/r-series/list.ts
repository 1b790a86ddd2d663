import type { FaultRegistry } from '../faults/registry.ts';
import { encode } from './address.ts';
import { countMatches, takeOffsetPage, takePage } from './page.ts';
import type { ApiVersion, Query } from './query.ts';
import { without } from './relations.ts';
import type { RelationTree } from './relations.ts';
import type { Resource } from './resource.ts';
import { collapse, writeAround, writeRecord } from './serialize.ts';
import type { Ascii } from './serialize.ts';
import type { Boundary, Source } from './source.ts';
import { writeToken } from './token.ts';
import type { View } from './view.ts';
import { quote } from './wire.ts';

/** What a list answer needs besides its rows. */
export interface ListRequest {
  readonly query: Query;
  readonly version: ApiVersion;
  readonly view: View;
  /** Absolute address of the list without its parameters, for links. */
  readonly address: string;
  readonly path: string;
  readonly faults: FaultRegistry;
  /** Rows that a fault deleted for good. */
  readonly deleted: DeletedRows;
}

/** Primary keys that are gone, per resource. */
export type DeletedRows = Map<string, Set<number>>;

/** A list answer as JSON. */
export function writeList<R>(table: Resource<R>, source: Source<R>, request: ListRequest): Ascii {
  const { query, version, view } = request;
  const present = withoutDeleted(table, source, request);
  if (query.countOnly) return `{"@attributes":{"count":"${countMatches(table, present, query, view)}"}}`;
  if (version === 2) {
    const { rows, count } = takeOffsetPage(table, present, query, view);
    const more = count === 0 ? '' : `,"offset":"${query.offset}","limit":"${query.limit}"`;
    return writeRows(`{"@attributes":{"count":"${count}"${more}}`, table, rows, request);
  }
  const page = takePage(table, present, query, view);
  const next = link(page.next, 'after', table, request);
  const previous = link(page.previous, 'before', table, request);
  return writeRows(`{"@attributes":{"next":${next},"previous":${previous}}`, table, page.rows, request);
}

/** A single record's answer. */
export function writeSingle<R>(table: Resource<R>, record: R, view: View, tree: RelationTree): string {
  return `{"@attributes":{"count":"1"},${quote(table.name)}:${writeRecord(table, record, view, tree)}}`;
}

/** The whole document: its beginning, its rows, its end. */
function writeRows<R>(head: string, table: Resource<R>, rows: readonly R[], request: ListRequest): Ascii {
  const { view, query, faults, path } = request;
  if (rows.length === 0) return view.switches.emptyList === 'absent' ? `${head}}` : `${head},${quote(table.name)}:{}}`;
  const tree = faultyTree(query.tree, request);
  const before = `${head},${quote(table.name)}:`;
  const withMore = faults.fires('unknown-fields', path) !== undefined;
  const isReversed = rows.length > 1 && faults.fires('reordered-rows', path) !== undefined;
  if (!withMore && !isReversed) return writeAround(before, table, rows, view, tree, '}');
  const texts = rows.map((row) => writeRecord(table, row, view, tree)).map((text) => (withMore ? withUnknownField(text) : text));
  return `${before}${collapse(isReversed ? texts.toReversed() : texts)}}`;
}

function withUnknownField(text: string): string {
  return `{"futureField":"something new","futureGroup":{"futureChild":"1"},${text.slice(1)}`;
}

function faultyTree(tree: RelationTree, request: ListRequest): RelationTree {
  const [first] = tree.keys();
  if (first === undefined) return tree;
  const rule = request.faults.fires('missing-relation', request.path);
  return rule === undefined ? tree : without(tree, rule.relation ?? first);
}

/** Rows that are gone stay gone; the fault takes another one from the middle of the page it hits, or repeats the row before the page. */
function withoutDeleted<R>(table: Resource<R>, source: Source<R>, request: ListRequest): Source<R> {
  const { faults, path, deleted, query, view } = request;
  const idOf = (row: R): number => idOfRow(table, row, view);
  if (!query.countOnly && faults.fires('hard-deleted-rows', path) !== undefined) {
    const { rows } = takePage(table, source, query, view);
    const victim = rows[Math.floor(rows.length / 2)];
    if (victim !== undefined) deleted.set(table.name, new Set(deleted.get(table.name)).add(idOf(victim)));
  }
  const repeats = query.after !== undefined && faults.fires('duplicate-rows', path) !== undefined;
  const gone = deleted.get(table.name);
  if (gone === undefined && !repeats) return source;
  return {
    find: (id, view) => (gone?.has(id) === true ? undefined : source.find(id, view)),
    *walk(walk, walkQuery, walkView) {
      const before = repeats && walk.after !== undefined ? source.find(walk.after.id, walkView) : undefined;
      if (before !== undefined) yield before;
      for (const row of source.walk(walk, walkQuery, walkView)) {
        if (gone?.has(idOf(row)) !== true) yield row;
      }
    },
  };
}

/** The primary key of a record. */
export function idOfRow<R>(table: Resource<R>, row: R, view: View): number {
  const field = [...table.fields, ...(table.tail ?? [])].find((candidate) => candidate.name === table.idField);
  return field === undefined || field.kind === 'datetime' ? 0 : Number(field.read(row, view));
}

/** Absolute, with every parameter of the request, the defaults made explicit, and the token last (R §4.3). */
function link(boundary: Boundary | undefined, name: 'after' | 'before', table: Resource<never>, request: ListRequest): string {
  if (boundary === undefined) return '""';
  const { query, address } = request;
  const kept = query.parameters.filter(([parameter]) => !['sort', 'limit', 'after', 'before'].includes(parameter));
  const parameters = [
    ['sort', query.sortParameter],
    ...kept,
    ['limit', String(query.limit)],
    [name, writeToken(boundary, query.sort, table)],
  ] as const;
  return quote(`${address}?${parameters.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')}`);
}

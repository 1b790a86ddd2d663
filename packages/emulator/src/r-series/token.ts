import { badRequest } from './errors.ts';
import { fieldNamed } from './filter.ts';
import type { Resource } from './resource.ts';
import { readStamp } from './dates.ts';
import type { Boundary, SortKey } from './source.ts';
import type { View } from './view.ts';
import { writeStamp } from './wire.ts';

/**
 * A page token is the Base64 of a JSON array with the boundary row's sort value (unless it is the primary key) and its primary key:
 * `[105]`, `["2021-11-01T14:55:51+00:00",544]` (R §4.3).
 */
export function writeToken(boundary: Boundary, sort: string, table: Resource<never>): string {
  const values = sort === table.idField ? [boundary.id] : [writeKey(boundary.key, sort, table), boundary.id];
  return Buffer.from(JSON.stringify(values)).toString('base64');
}

/** Reads a token for this sort order; undefined when there is none. A token of another order or not of ours is a 400. */
export function readToken(
  parameter: string | undefined,
  name: 'after' | 'before',
  sort: string,
  table: Resource<never>,
  view: View,
): Boundary | undefined {
  if (parameter === undefined || parameter === '') return undefined;
  const values = parseToken(parameter);
  const id = values?.at(-1);
  if (values !== undefined && typeof id === 'number') {
    if (sort === table.idField && values.length === 1) return { key: id, id };
    if (sort !== table.idField && values.length === 2) return { key: readKey(values[0], sort, table, view), id };
  }
  throw badRequest(`'${parameter}' is not a valid value for ${name}.`);
}

function parseToken(parameter: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(parameter, 'base64').toString());
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isStamp(sort: string, table: Resource<never>): boolean {
  return fieldNamed(table, sort)?.kind === 'datetime';
}

function writeKey(key: SortKey, sort: string, table: Resource<never>): SortKey {
  return typeof key === 'number' && isStamp(sort, table) ? writeStamp(key) : key;
}

function readKey(value: unknown, sort: string, table: Resource<never>, view: View): SortKey {
  if (value === null || typeof value === 'number') return value;
  if (typeof value !== 'string') throw badRequest('The page token is not valid.');
  if (!isStamp(sort, table)) return value;
  return readStamp(value, view.account.zone) ?? null;
}

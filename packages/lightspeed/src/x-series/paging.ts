/** The four ways X-Series lists go on (X §4), as pure functions of a cursor and a page. */
import { ShapeChanged } from '../errors.ts';
import type { FailedRequest } from '../errors.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';
import type { XListResource, XPaging } from './resources.ts';

export interface XStep {
  readonly cursor: string | null;
  /** Nothing comes after this page. */
  readonly ended: boolean;
}

/** The rows of an answer. An answer without its list is no empty list. */
export function rowsOf(body: Fields, resource: XListResource, request: FailedRequest): readonly unknown[] {
  const [outer, inner] = resource.rows ?? ['data', null];
  let rows = body[outer];
  if (inner !== null && isFields(rows)) rows = rows[inner];
  if (Array.isArray(rows)) return rows;
  throw new ShapeChanged(outer, `The POS answered ${request.path} without a list in "${outer}".`, { request });
}

/** The parameters that ask for what comes after the cursor. */
export function cursorParameters(paging: XPaging, cursor: string | null): readonly (readonly [string, string])[] {
  if (cursor === null) return [];
  return [[paging === 'offset' ? 'offset' : paging === 'before' ? 'before' : 'after', cursor]];
}

/** Where a page ends. `allSeen`: every row of it was delivered before, although there are some. */
export function stepAfter(
  paging: XPaging,
  cursor: string | null,
  body: Fields,
  rows: readonly unknown[],
  allSeen: boolean,
  request: FailedRequest,
): XStep {
  if (paging === 'last_seen') return lastSeenStep(cursor, body);
  if (rows.length === 0) return { cursor, ended: true };
  if (paging === 'offset') return { cursor: String(Number(cursor ?? '0') + rows.length), ended: allSeen };
  if (paging === 'before') {
    const last = rows.findLast(isFields)?.['id'];
    // A server that knows no `before` here sends the same page for ever.
    return typeof last === 'string' && !allSeen ? { cursor: last, ended: false } : { cursor, ended: true };
  }
  return versionStep(cursor, body, rows, request);
}

/** Short pages are normal, only an empty one ends the walk; the cursor must move (X §13.4). */
function versionStep(cursor: string | null, body: Fields, rows: readonly unknown[], request: FailedRequest): XStep {
  const block = isFields(body['version']) ? digitsOf(body['version']['max']) : null;
  let next = block;
  if (next === null) for (const row of rows) next = greater(next, versionOf(row));
  // Neither the answer nor its rows have a version: a list that does not page.
  if (next === null) return { cursor, ended: true };
  if (greater(cursor, next) !== cursor) return { cursor: next, ended: false };
  // Without a version block the parameter may be ignored, and the same rows come again.
  if (block === null) return { cursor, ended: true };
  throw new ShapeChanged('version.max', `The POS answered ${request.path} with a version that does not move on.`, {
    code: 'cursor_stuck',
    request,
  });
}

function lastSeenStep(cursor: string | null, body: Fields): XStep {
  const page = isFields(body['page_info']) ? body['page_info'] : {};
  const last = page['last_seen'];
  const goesOn = page['has_next'] === true && typeof last === 'string' && last !== '' && last !== cursor;
  return goesOn ? { cursor: last, ended: false } : { cursor, ended: true };
}

/** The row's version as digits (X §7.1: dated sales keep it in `_metadata`). */
export function versionOf(row: unknown): string | null {
  if (!isFields(row)) return null;
  const metadata = isFields(row['_metadata']) ? digitsOf(row['_metadata']['version']) : null;
  return metadata ?? digitsOf(row['version']);
}

/** The cursor this many versions earlier, not below 0. */
export function stepBack(cursor: string, versions: number): string {
  if (versions <= 0) return cursor;
  const earlier = BigInt(cursor) - BigInt(versions);
  return String(earlier > 0n ? earlier : 0n);
}

function digitsOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? String(BigInt(value)) : null;
}

/** Of two counters as digits without leading zeros, the greater; the first when they are equal. */
function greater(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return b > a ? b : a;
}

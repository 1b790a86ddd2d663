/** Pages of one resource, one after the other, resumable between any two. */
import type { Instant, Normalized } from '../model.ts';
import type { RequestInfo } from '../request-info.ts';
import type { RSeriesApi } from './api.ts';
import { estimateCost } from './cost.ts';
import { ShapeChanged } from '../errors.ts';
import { readListing } from './envelope.ts';
import type { Listing } from './envelope.ts';
import { followNext } from './links.ts';
import type { AccountRoot } from './links.ts';
import { readPosition, writePosition } from './position.ts';
import type { Position, PositionContent, WalkOrder } from './position.ts';
import { keysetNext, listQuery, PAGE_SIZE } from './query.ts';
import type { SaleQuery } from './query.ts';
import { isFields } from './read.ts';
import type { Resource } from './resources.ts';
import type { RSeriesSwitches } from './switches.ts';

/** One page. `records[i]` is `documents[i]` read, or set aside. */
export interface Page<T> {
  readonly records: readonly Normalized<T>[];
  /** As received. */
  readonly documents: readonly unknown[];
  /** Resumes after this page. */
  readonly position: Position;
  readonly last: boolean;
  readonly request: RequestInfo;
}

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined;
  /** Ask for the next page while this one is being worked on. Hides latency; costs one page of budget when the walk is left early. */
  readonly prefetch?: boolean;
}

export interface Walk<T> {
  readonly api: RSeriesApi;
  readonly root: AccountRoot;
  readonly resource: Resource;
  readonly switches: RSeriesSwitches;
  readonly normalize: (document: unknown) => Normalized<T>;
  /** The change stamp of a record, where it has one. */
  readonly changedAt: (record: T) => Instant | null;
  /** Mends a page of documents before they are read. */
  readonly mend?: (documents: readonly unknown[], signal: AbortSignal | undefined) => Promise<readonly unknown[]>;
}

export async function* walkPages<T>(
  walk: Walk<T>,
  query: SaleQuery,
  from: Position | undefined,
  { signal, prefetch = false }: WalkOptions = {},
): AsyncGenerator<Page<T>, void, undefined> {
  const order: WalkOrder = 'ids' in query ? 'ids' : query.order;
  let reached = startOf(walk.resource, query, order);
  let path: string | null =
    `${walk.root.path}${walk.resource.name}.json?${listQuery(walk.resource, query, walk.switches, walk.root.version)}`;
  if (from !== undefined) {
    reached = readPosition(from, walk.resource.name, order);
    path = resumePath(walk, query, reached);
  }
  // Ends a prefetched request when the walk is left.
  const leaving = new AbortController();
  const stop = signal === undefined ? leaving.signal : AbortSignal.any([signal, leaving.signal]);
  let coming = path === null ? null : fetchPage(walk, path, stop);
  try {
    while (coming !== null) {
      const { documents, next, info } = await coming;
      const nextPath: string | null = next;
      coming = nextPath !== null && prefetch ? quietly(fetchPage(walk, nextPath, stop)) : null;
      const records = documents.map(walk.normalize);
      reached = advance(walk, reached, { documents, records, next: nextPath, info });
      yield { records, documents, position: writePosition(reached), last: nextPath === null, request: info };
      if (nextPath !== null) coming ??= fetchPage(walk, nextPath, stop);
    }
  } finally {
    leaving.abort(new Error('The walk was left.'));
  }
}

interface FetchedPage {
  readonly documents: readonly unknown[];
  readonly next: string | null;
  readonly info: RequestInfo;
}

async function fetchPage<T>(
  { api, root, resource, switches, mend }: Walk<T>,
  path: string,
  signal: AbortSignal,
): Promise<FetchedPage> {
  const { body, info } = await api.get(path, `${resource.name} list`, estimateCost(resource.relations, true, switches), signal);
  const listing = readListing(body, resource.name, info);
  const next = root.version === 2 ? nextByKey(listing, path, resource, info) : nextByLink(listing, root, resource, info);
  return { documents: mend === undefined ? listing.documents : await mend(listing.documents, signal), next, info };
}

function nextByLink({ next }: Listing, root: AccountRoot, resource: Resource, info: RequestInfo): string | null {
  return next === null ? null : followNext(next, root, resource.name, info);
}

/** V2: behind the greatest id, while pages are full or more match than were shown. */
function nextByKey({ documents, count }: Listing, path: string, resource: Resource, info: RequestInfo): string | null {
  if (documents.length === 0 || path.includes(`${resource.idField}=IN`)) return null;
  if (documents.length < PAGE_SIZE && (count === null || count <= documents.length)) return null;
  const greatest = greatestId(documents, resource.idField, null);
  if (greatest === null)
    throw new ShapeChanged(resource.idField, `No ${resource.name} of ${info.path} names its id.`, { request: info });
  return keysetNext(path, resource, greatest);
}

/** Its failure is reported when it is awaited, and not at all when nobody wants it any more. */
function quietly<P>(work: Promise<P>): Promise<P> {
  work.catch(() => undefined);
  return work;
}

function startOf(resource: Resource, query: SaleQuery, order: WalkOrder): PositionContent {
  return {
    version: 1,
    resource: resource.name,
    order,
    afterId: 'afterId' in query ? (query.afterId ?? null) : null,
    since: 'since' in query ? query.since : null,
    next: null,
  };
}

/** Null when nothing can come after: a bounded walk at its end. */
function resumePath<T>({ root, resource, switches }: Walk<T>, query: SaleQuery, reached: PositionContent): string | null {
  // A stored link is checked like a received one.
  if (reached.next !== null)
    return followNext(`${root.origin}${reached.next}`, root, resource.name, { method: 'GET', path: 'a stored position' });
  const list = (again: SaleQuery): string =>
    `${root.path}${resource.name}.json?${listQuery(resource, again, switches, root.version)}`;
  if (reached.order === 'id') return list(reached.afterId === null ? { order: 'id' } : { order: 'id', afterId: reached.afterId });
  if (reached.order === 'changed' && 'since' in query) return list({ order: 'changed', since: reached.since ?? query.since });
  return null;
}

interface Arrived<T> {
  readonly documents: readonly unknown[];
  readonly records: readonly Normalized<T>[];
  readonly next: string | null;
  readonly info: RequestInfo;
}

function advance<T>(walk: Walk<T>, before: PositionContent, { documents, records, next, info }: Arrived<T>): PositionContent {
  const afterId = greatestId(documents, walk.resource.idField, before.afterId);
  // By id we go on from the id; the link only where no id on the page could be read.
  const keepsLink = before.order !== 'id' || afterId === before.afterId;
  const byKey = walk.root.version === 2 && before.order === 'changed';
  let since = byKey ? (before.latest ?? before.since) : before.since;
  for (const record of records) {
    const changedAt = record.ok ? walk.changedAt(record.value) : null;
    if (changedAt !== null && (since === null || changedAt > since)) since = changedAt;
  }
  if (byKey) {
    // What changed behind our back on a walk by id has a stamp after its start: the next poll must begin no later than that.
    const startedAt = before.startedAt ?? info.serverTime ?? info.requestedAt;
    if (next !== null) return { ...before, afterId, next, latest: since, startedAt };
    const reached = since !== null && since > startedAt ? startedAt : since;
    return { ...before, afterId, next, since: reached, latest: null, startedAt: null };
  }
  return { ...before, afterId, since, next: keepsLink ? next : null };
}

function greatestId(documents: readonly unknown[], idField: string, before: string | null): string | null {
  let greatest = before;
  for (const document of documents) {
    const id = isFields(document) ? document[idField] : undefined;
    if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id)) continue;
    if (greatest === null || isGreater(id, greatest)) greatest = id;
  }
  return greatest;
}

/** Of two numbers as text without leading zeros. */
function isGreater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

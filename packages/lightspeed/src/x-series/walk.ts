/** Pages of one X-Series list, one after the other, resumable between any two. */
import type { Normalized } from '../model.ts';
import type { Position } from '../r-series/position.ts';
import type { Page, WalkOptions } from '../r-series/walk.ts';
import type { RequestInfo } from '../request-info.ts';
import type { XSeriesApi } from './api.ts';
import { cursorParameters, rowsOf, stepAfter, stepBack, versionOf } from './paging.ts';
import type { XStep } from './paging.ts';
import { readXPosition, writeXPosition } from './position.ts';
import type { XPositionContent } from './position.ts';
import { isFields } from './read.ts';
import type { Fields } from './read.ts';

/** How one list is asked for, step by step. */
export interface XWalk<T> {
  readonly api: XSeriesApi;
  /** Names the walk and all that selects its rows. */
  readonly name: string;
  /** Cursor to begin with; null for the very beginning. */
  readonly start: string | null;
  /** Versions to read again when the walk is resumed. */
  readonly margin: number;
  /** A walk that can be gone on with next week: its end is only the present. */
  readonly endless: boolean;
  readonly path: (cursor: string | null) => string;
  readonly rows: (body: Fields, info: RequestInfo) => readonly unknown[];
  readonly step: (cursor: string | null, body: Fields, rows: readonly unknown[], allSeen: boolean, info: RequestInfo) => XStep;
  readonly normalize: (document: unknown) => Normalized<T>;
  /** Keys a record of this list always has, though the POS may leave them out (each in all its spellings). */
  readonly expects?: readonly (readonly string[])[] | undefined;
}

/** A walk over a list of the table. `query` holds everything but cursor and page size. */
export function listWalk<T>(
  walk: Pick<XWalk<T>, 'api' | 'normalize' | 'margin' | 'expects'> & {
    readonly root: string;
    readonly resource: Parameters<typeof rowsOf>[1];
    readonly start: string | null;
    readonly pageSize: number;
    readonly query: readonly (readonly [string, string])[];
  },
): XWalk<T> {
  const { root, resource, pageSize, query } = walk;
  const selection = encode(query);
  return {
    ...walk,
    name: `${root}${resource.path}${selection === '' ? '' : `?${selection}`}`,
    endless: resource.paging === 'version',
    path: (cursor) =>
      `${root}${resource.path}?${encode([...query, ...cursorParameters(resource.paging, cursor), ['page_size', String(pageSize)]])}`,
    rows: (body, info) => rowsOf(body, resource, info),
    step: (cursor, body, rows, allSeen, info) => stepAfter(resource.paging, cursor, body, rows, allSeen, info),
  };
}

/**
 * Every page until an empty one says that this is the present (`last`). Exact duplicates (same id, same version) are left out; a record that
 * changed while the walk went on comes again with its higher version, which is the newer one.
 */
export async function* walkXPages<T>(
  walk: XWalk<T>,
  from: Position | undefined,
  { signal, prefetch = false }: WalkOptions = {},
): AsyncGenerator<Page<T>, void, undefined> {
  let reached: XPositionContent = { version: 1, series: 'x', walk: walk.name, cursor: walk.start, ended: false };
  let ask = walk.start;
  if (from !== undefined) {
    reached = readXPosition(from, walk.name);
    if (reached.ended) return;
    ask = reached.cursor === null ? null : stepBackIn(walk, reached.cursor);
  }
  const seen = new Seen();
  const mender = new Mender(walk.expects ?? []);
  // Ends a prefetched request when the walk is left.
  const leaving = new AbortController();
  const stop = signal === undefined ? leaving.signal : AbortSignal.any([signal, leaving.signal]);
  const fetchPage = async (cursor: string | null): Promise<FetchedPage> => {
    const { body, info } = await walk.api.get(walk.path(cursor), stop);
    const rows = await mender.mend(walk.rows(body, info), async () => {
      const again = await walk.api.get(walk.path(cursor), stop);
      return walk.rows(again.body, again.info);
    });
    const documents = rows.filter((row) => seen.isNew(row));
    return { documents, info, step: walk.step(cursor, body, rows, rows.length > 0 && documents.length === 0, info) };
  };
  let coming: Promise<FetchedPage> | null = fetchPage(ask);
  try {
    while (coming !== null) {
      const { documents, info, step }: FetchedPage = await coming;
      coming = !step.ended && prefetch ? quietly(fetchPage(step.cursor)) : null;
      reached = { ...reached, cursor: step.cursor, ended: step.ended && !walk.endless };
      const records = documents.map(walk.normalize);
      yield { records, documents, position: writeXPosition(reached), last: step.ended, request: info };
      if (!step.ended) coming ??= fetchPage(step.cursor);
    }
  } finally {
    leaving.abort(new Error('The walk was left.'));
  }
}

interface FetchedPage {
  readonly documents: readonly unknown[];
  readonly info: RequestInfo;
  readonly step: XStep;
}

/** Rows delivered lately, by id and version: a page may repeat them, or the one before it. Bounded, for walks of millions. */
class Seen {
  #now = new Set<string>();
  #before = new Set<string>();

  isNew(row: unknown): boolean {
    const id = isFields(row) ? row['id'] : undefined;
    // What has no id cannot be told from another.
    if (typeof id !== 'string') return true;
    const key = `${id} ${versionOf(row) ?? ''}`;
    if (this.#now.has(key) || this.#before.has(key)) return false;
    if (this.#now.size >= SEEN_MAX) {
      this.#before = this.#now;
      this.#now = new Set();
    }
    this.#now.add(key);
    return true;
  }
}

/** A page whose records lack what they must have is asked for once more; what is missing then is not there. */
class Mender {
  readonly #expects: readonly (readonly string[])[];
  #inVain = 0;

  constructor(expects: readonly (readonly string[])[]) {
    this.#expects = expects;
  }

  async mend(rows: readonly unknown[], ask: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
    if (this.#inVain >= IN_VAIN_MAX || !rows.some((row) => this.#gaps(row) > 0)) return rows;
    const better = new Map((await ask()).map((row) => [idOf(row), row]));
    const mended = rows.map((row) => {
      const again = better.get(idOf(row));
      return again !== undefined && this.#gaps(again) < this.#gaps(row) ? again : row;
    });
    const helped = mended.some((row, index) => row !== rows[index]);
    this.#inVain = helped ? 0 : this.#inVain + 1;
    return mended;
  }

  #gaps(row: unknown): number {
    if (!isFields(row)) return 0;
    return this.#expects.filter((spellings) => spellings.every((key) => row[key] === undefined)).length;
  }
}

function idOf(row: unknown): unknown {
  return isFields(row) ? row['id'] : undefined;
}

function stepBackIn<T>(walk: XWalk<T>, cursor: string): string {
  return walk.endless && /^\d+$/.test(cursor) ? stepBack(cursor, walk.margin) : cursor;
}

/** Its failure is reported when it is awaited, and not at all when nobody wants it any more. */
function quietly<P>(work: Promise<P>): Promise<P> {
  work.catch(() => undefined);
  return work;
}

export function encode(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

const SEEN_MAX = 20_000;
/** After so many questions that changed nothing the documents are simply like that. */
const IN_VAIN_MAX = 2;

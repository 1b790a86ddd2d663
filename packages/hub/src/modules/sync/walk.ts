import type { Page, Position } from './client.ts';

/** Pages one after another, the next one already on its way while the caller commits the last. */
export interface Walk<Prepared> {
  /**
   * The next page made ready; null behind the last one. Throws what the client threw. With `ahead` the one after it is asked for at
   * once; say false when this one shall be the last for now, so that no request is wasted.
   */
  next(ahead?: boolean): Promise<Prepared | null>;
  /** Makes the page ahead ready if it has arrived: for a moment when the database is busy anyway. */
  warm(): void;
  /** Whether a page is under way or waiting: paid for, so worth taking before leaving. */
  readonly hasAhead: boolean;
  /** Lets go of a page under way. */
  close(): void;
}

/**
 * Walks a client's pages one ahead, so that network, processor and database are busy together. The page ahead may be older than it could be
 * when it is taken; the ledger's order of versions allows for that.
 */
export function walkAhead<T, Prepared>(pages: AsyncIterable<Page<T>>, prepare: (page: Page<T>) => Prepared): Walk<Prepared> {
  const iterator = pages[Symbol.asyncIterator]();
  let ahead: Promise<Page<T> | null> | undefined;
  /** The page ahead once it is there; undefined while it is under way. */
  let arrived: Page<T> | null | undefined;
  let ready: Prepared | undefined;
  let ended = false;

  const start = (): void => {
    if (ended) return;
    ahead = iterator.next().then(({ value, done }) => (arrived = done === true ? null : value));
    // Its failure is met by the next call of `next`; until then it is nobody's.
    ahead.catch(() => undefined);
  };

  return {
    get hasAhead() {
      return ahead !== undefined;
    },
    warm() {
      if (arrived !== undefined && arrived !== null) ready ??= prepare(arrived);
    },
    async next(wantsAhead = true) {
      if (ahead === undefined) start();
      const page = (await ahead) ?? null;
      const prepared = page === null ? null : (ready ?? prepare(page));
      ahead = undefined;
      arrived = undefined;
      ready = undefined;
      if (page === null || page.last) ended = true;
      // The rest of an answer costs nothing more.
      else if (wantsAhead || page.more === true) start();
      return prepared;
    },
    close() {
      ended = true;
      void iterator.return?.().catch(() => undefined);
    },
  };
}

/**
 * Cuts long answers into parts, each committed by itself: what is urgent gets its turn between two of them. Whoever resumes in between
 * reads the whole answer again, which changes nothing.
 *
 * @param after Where the walk begins.
 */
export async function* inParts<T>(pages: AsyncIterable<Page<T>>, size: number, after: Position): AsyncGenerator<Page<T>> {
  let before = after;
  for await (const page of pages) {
    const parts = Math.max(1, Math.ceil(page.documents.length / size));
    const length = Math.ceil(page.documents.length / parts);
    for (let part = 0; part < parts; part += 1) {
      const [from, to] = [part * length, (part + 1) * length];
      const cut = { ...page, records: page.records.slice(from, to), documents: page.documents.slice(from, to) };
      if (part + 1 < parts) yield { ...cut, position: before, last: false, more: true };
      else yield parts === 1 ? page : cut;
    }
    before = page.position;
  }
}

import type { Page } from './client.ts';

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
      else if (wantsAhead) start();
      return prepared;
    },
    close() {
      ended = true;
      void iterator.return?.().catch(() => undefined);
    },
  };
}

import type { Page } from './client.ts';

/** Pages one after another, the next one already on its way while the caller commits the last. */
export interface Walk<Prepared> {
  /**
   * The next page made ready; null behind the last one. Throws what the client threw. With `ahead` the one after it is asked for at
   * once; say false when this one shall be the last for now, so that no request is wasted.
   */
  next(ahead?: boolean): Promise<Prepared | null>;
  /** Whether a page is under way or waiting: paid for, so worth taking before leaving. */
  readonly hasAhead: boolean;
  /** Lets go of a page under way. */
  close(): void;
}

/**
 * Walks a client's pages one ahead. What `prepare` does happens as soon as a page is there, so that processor, network and database
 * are busy together. The page ahead may be older than it could be when it is taken; the ledger's order of versions allows for that.
 */
export function walkAhead<T, Prepared>(pages: AsyncIterable<Page<T>>, prepare: (page: Page<T>) => Prepared): Walk<Prepared> {
  const iterator = pages[Symbol.asyncIterator]();
  let ahead: Promise<Prepared | null> | undefined;
  let ended = false;
  const fetch = async (): Promise<Prepared | null> => {
    const { value, done } = await iterator.next();
    if (done === true) return null;
    if (value.last) ended = true;
    return prepare(value);
  };
  const start = (): void => {
    if (ended) return;
    ahead = fetch();
    // Its failure is met by the next call of `next`; until then it is nobody's.
    ahead.catch(() => undefined);
  };
  return {
    get hasAhead() {
      return ahead !== undefined;
    },
    async next(wantsAhead = true) {
      if (ahead === undefined) {
        if (ended) return null;
        start();
      }
      const page = await (ahead ?? null);
      ahead = undefined;
      if (page === null) ended = true;
      else if (wantsAhead) start();
      return page;
    },
    close() {
      ended = true;
      void iterator.return?.().catch(() => undefined);
    },
  };
}

import type { Instant } from './model.ts';

/** One HTTP exchange with a POS, fit for logs and counters: nothing secret, nothing personal. */
export interface RequestInfo {
  readonly method: string;
  /** Path and query, secrets masked. */
  readonly path: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly requestedAt: Instant;
  /** The server's own clock. */
  readonly serverTime: Instant | null;
  readonly durationMs: number;
  /** Units of the budget: as the server stated, else as estimated. */
  readonly cost: number;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly throttled: boolean;
}

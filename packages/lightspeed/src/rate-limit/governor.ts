import type { Instant } from '../model.ts';

/** Decides when a request may go. One per budget as the POS keeps it (R-Series: account and OAuth client), shared by all who spend it. */
export interface Governor {
  /**
   * Waits, first come first served, until a request of this cost will not be refused. A wait that will be longer than `patienceMs` is
   * refused at once with `RateLimited(retryAt)`: nobody should hold a worker for it. An aborted signal rejects with its reason.
   */
  acquire(cost: number, options?: AcquireOptions): Promise<Permit>;
  /** The budget as known now, for gauges. */
  snapshot(): GovernorSnapshot;
}

export interface AcquireOptions {
  /** Default: as long as it takes. */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Part of the budget (0 to below 1) that this request leaves to more urgent ones: it waits while no more than that is left, and lets them pass.
   * Only a budget of windows knows it, which is otherwise gone for minutes; a bucket that fills again each second does not need it.
   */
  readonly leave?: number | undefined;
}

/** The same budget for work that is not urgent: each of its requests leaves a part of the budget (0 to below 1) to others. */
export function leaving(governor: Governor, leave: number): Governor {
  return {
    acquire: (cost, options) => governor.acquire(cost, { ...options, leave }),
    snapshot: () => governor.snapshot(),
  };
}

/** Leave to send one request. Settle it exactly once, when its answer (or failure) is there. */
export interface Permit {
  /** With the answer's headers and status; both null when no answer came. */
  settle(headers: Headers | null, status: number | null): void;
}

export interface GovernorSnapshot {
  /** `unknown` before the first answer, `unlimited` when the server states no limits. */
  readonly mode: 'unknown' | 'limited' | 'unlimited';
  /** Spent units now, requests under way included. */
  readonly level: number;
  readonly size: number | null;
  /** Units regained per second. */
  readonly dripPerSecond: number | null;
  readonly burst: { readonly recent: number; readonly max: number } | null;
  readonly waiting: number;
  readonly underWay: number;
  readonly blockedUntil: Instant | null;
  /** 429 answers seen. */
  readonly refusals: number;
}

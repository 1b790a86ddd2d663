/**
 * What is asked again, and when: a pure function of what happened. Only reading is repeated; a write that may have arrived is not.
 *
 * | happened | what next |
 * |---|---|
 * | 429 | again after `Retry-After` (seconds), else 1 s for the burst limiter, 5 s otherwise; up to 8 times |
 * | 5xx, 408, timeout, cut connection, unreadable body, 400 "try again later" | again after 0.5 s × 2^n with jitter, at most 30 s, or the server's `Retry-After`; up to 10 times |
 * | 401 | the credential is renewed once (the client does that), then it is final |
 * | anything else | final |
 */
import type { Exchange } from './transport.ts';

export type RetryDecision =
  | { readonly next: 'stop' }
  | { readonly next: 'again'; readonly afterMs: number; readonly because: 'rate_limited' | 'unavailable' };

/** What the policy needs to know of the tries so far. */
export interface RetryState {
  readonly method: string;
  /** Tries that ended with a 429, this one included. */
  readonly throttled: number;
  /** Tries that ended in any other repeatable way, this one included. */
  readonly failures: number;
  /** In [0, 1): spreads those who failed together. */
  readonly random: number;
}

/** A 2xx whose body is not JSON, e.g. cut off or a maintenance page, is passed as `readable: false`. */
export function decideRetry(happened: Exchange, readable: boolean, state: RetryState): RetryDecision {
  if (state.method !== 'GET') return STOP;
  if (happened.kind === 'failed') return happened.reason === 'too_large' ? STOP : backOff(state, null);
  if (happened.status === 429) {
    if (state.throttled > THROTTLED_MAX) return STOP;
    return {
      next: 'again',
      afterMs: retryAfterMs(happened.headers) ?? defaultThrottleMs(happened.headers),
      because: 'rate_limited',
    };
  }
  if (isRepeatable(happened.status, happened.text) || (isSuccess(happened.status) && !readable))
    return backOff(state, retryAfterMs(happened.headers));
  return STOP;
}

/**
 * `Retry-After` in milliseconds: whole seconds (R-Series) or an HTTP date (gateways in front of it; measured against the answer's own
 * `Date`). Null when absent or nonsense; an hour at most.
 */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), RETRY_AFTER_MAX_MS);
  const until = Date.parse(value);
  const now = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(until) || Number.isNaN(now)) return null;
  return Math.min(Math.max(0, until - now), RETRY_AFTER_MAX_MS);
}

function backOff(state: RetryState, serverMs: number | null): RetryDecision {
  if (state.failures > FAILURES_MAX) return STOP;
  const ceiling = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (state.failures - 1));
  return { next: 'again', afterMs: serverMs ?? Math.ceil(ceiling * (0.5 + state.random / 2)), because: 'unavailable' };
}

/** Whether an answer says that the same question may be answered later. */
export function isRepeatable(status: number, text: string): boolean {
  if (status >= 500 || status === 408 || status === 425) return true;
  return status === 400 && /try again later/i.test(text.slice(0, 2000));
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function defaultThrottleMs(headers: Headers): number {
  return headers.get('x-ls-api-ratelimit-type') === 'api-burst-limiter' ? 1000 : 5000;
}

const STOP: RetryDecision = { next: 'stop' };
const THROTTLED_MAX = 8;
const FAILURES_MAX = 10;
const BACK_OFF_FIRST_MS = 500;
const BACK_OFF_MAX_MS = 30_000;
const RETRY_AFTER_MAX_MS = 3_600_000;

import type { RateLimitMode } from '../../limits/rate-limiter.ts';
import { tooManyRequests } from '../fixed-window.ts';
import { XError } from '../errors.ts';

/** Ten a minute, as the sample headers of X §2.4 suggest; the length of the window is not published. */
const limit = 10;
const tokenWindowMs = 60_000;

/** The token endpoint's own limit, apart from the API's. */
export class TokenLimit {
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  /** Headers of the answer. Throws the 429 when the window is used up. */
  take(now: number, mode: RateLimitMode): Readonly<Record<string, string>> {
    const startedAt = now - (((now % tokenWindowMs) + tokenWindowMs) % tokenWindowMs);
    if (startedAt !== this.#startedAt || mode === 'off') this.#used = 0;
    this.#startedAt = startedAt;
    const end = startedAt + tokenWindowMs;
    const headers = (remaining: number): Record<string, string> => ({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(end / 1000),
    });
    if (this.#used >= limit)
      throw new XError(429, tooManyRequests, { ...headers(0), 'Retry-After': new Date(end).toUTCString() });
    this.#used += 1;
    return headers(limit - this.#used);
  }
}

import { BurstWindow } from './burst-window.ts';
import { LeakyBucket } from './leaky-bucket.ts';

export type RateLimitMode = 'real' | 'off';

/** What one request meets. */
export interface Admission {
  readonly admitted: boolean;
  /** On every answer; with `Retry-After` and the type when refused. */
  readonly headers: Readonly<Record<string, string>>;
  readonly reason?: 'api-leaky-bucket' | 'api-burst-limiter';
}

/**
 * The limits of one (account, client) pair since 2026-03-17 (R §3.1): a leaky bucket that grows with the registers of the subscription and a
 * burst window of one second. With mode `off` nothing is refused, and every answer shows a bucket that holds only this request, so that
 * readers who obey the headers run at full speed.
 */
export class RateLimiter {
  readonly #bucket = new LeakyBucket();
  readonly #burst = new BurstWindow();

  /** Admits or refuses a request of this cost at this moment of the world's clock (milliseconds). */
  take(cost: number, now: number, registers: number, mode: RateLimitMode): Admission {
    const { size, drip } = bucketOf(registers);
    // The sample is 1/20 at size 90; the fraction itself is not published.
    const burstMax = Math.floor((size * 2) / 9);
    const show = (level: number, burst: number): Record<string, string> => ({
      'X-LS-API-Bucket-Level': `${writeLevel(level)}/${size}`,
      'X-LS-API-Burst-Level': `${burst}/${burstMax}`,
      'X-LS-API-Drip-Rate': writeLevel(drip),
      'X-LS-API-Request-Cost': writeLevel(cost),
    });
    if (mode === 'off') return { admitted: true, headers: show(cost, 1) };
    if (!this.#burst.take(now, burstMax)) {
      return refused('api-burst-limiter', 1, show(this.#bucket.levelAt(now, drip), this.#burst.count));
    }
    const level = this.#bucket.levelAt(now, drip);
    if (level >= size) {
      // Admitted again once the level is below the size, not at it: the second after the one in which it reaches it.
      return refused('api-leaky-bucket', Math.floor((level - size) / drip) + 1, show(level, this.#burst.count));
    }
    this.#bucket.add(cost);
    return { admitted: true, headers: show(level + cost, this.#burst.count) };
  }

  /** Spends what another consumer of the same client would have spent. */
  spend(cost: number, now: number, registers: number): void {
    this.#bucket.levelAt(now, bucketOf(registers).drip);
    this.#bucket.add(cost);
  }
}

/** `registers` is the subscription's limit, not the rows that exist. */
export function bucketOf(registers: number): { readonly size: number; readonly drip: number } {
  const further = Math.max(0, registers - 1);
  return { size: 90 + 10 * further, drip: 1 + 0.5 * further };
}

function refused(
  reason: 'api-leaky-bucket' | 'api-burst-limiter',
  retryAfter: number,
  headers: Readonly<Record<string, string>>,
): Admission {
  return {
    admitted: false,
    reason,
    headers: { ...headers, 'X-LS-API-RateLimit-Type': reason, 'Retry-After': String(retryAfter) },
  };
}

/** Levels have up to two decimals in the documentation's samples. */
function writeLevel(value: number): string {
  return String(Math.round(value * 100) / 100);
}

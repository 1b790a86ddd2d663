import type { RateLimitMode } from '../limits/rate-limiter.ts';

/** What one request meets. */
export interface WindowAdmission {
  readonly admitted: boolean;
  /** On every answer; with `Retry-After` when refused. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Length of a window. */
export const windowMs = 300_000;

/** `300 × registers + 50` requests in five minutes (X §3). */
export function windowLimit(registers: number): number {
  return 300 * registers + 50;
}

/**
 * The limit of one retailer and application: a fixed window of five minutes, starting at each full five minutes of the clock. With mode `off`
 * nothing is refused, and every answer shows a window that holds only this request.
 */
export class FixedWindow {
  #startedAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  /** Admits or refuses a request at this moment of the world's clock (milliseconds). Refused ones do not count further. */
  take(now: number, registers: number, mode: RateLimitMode): WindowAdmission {
    const limit = windowLimit(registers);
    if (mode === 'off') return { admitted: true, headers: show(limit, limit - 1) };
    this.#roll(now);
    if (this.#used >= limit) return { admitted: false, headers: { ...show(limit, 0), 'Retry-After': this.#end() } };
    this.#used += 1;
    return { admitted: true, headers: show(limit, limit - this.#used) };
  }

  /** A refusal although there is room (fault `rate-limit`): counts nothing. */
  refuse(now: number, registers: number, seconds: number | undefined): WindowAdmission {
    this.#roll(now);
    const until = seconds === undefined ? this.#end() : new Date(now + seconds * 1000).toUTCString();
    return { admitted: false, headers: { ...show(windowLimit(registers), 0), 'Retry-After': until } };
  }

  /** Spends what another consumer of the same application would have spent. */
  spend(requests: number, now: number): void {
    this.#roll(now);
    this.#used += requests;
  }

  /** Requests of the window that is on. */
  get used(): number {
    return this.#used;
  }

  #roll(now: number): void {
    const startedAt = now - (((now % windowMs) + windowMs) % windowMs);
    if (startedAt === this.#startedAt) return;
    this.#startedAt = startedAt;
    this.#used = 0;
  }

  /** RFC 1123, as the vendor's own tool parses it. */
  #end(): string {
    return new Date(this.#startedAt + windowMs).toUTCString();
  }
}

function show(limit: number, remaining: number): Record<string, string> {
  return { 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': String(Math.max(0, remaining)) };
}

/** 429 as published, the only verbatim error body there is. */
export const tooManyRequests = { error: 'Too Many Requests', message: 'Rate limiting enforced' } as const;

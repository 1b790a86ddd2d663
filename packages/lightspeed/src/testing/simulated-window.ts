import type { Clock } from '../clock.ts';

/** The X-Series' limiter as its documentation describes it (X §3), written for tests of the client's governor. */
export class SimulatedWindow {
  readonly #clock: Clock;
  readonly limit: number;
  refusals = 0;
  /** When each was refused. */
  readonly refusedAt: number[] = [];
  served = 0;
  readonly #phase: number;
  #window = Number.NEGATIVE_INFINITY;
  #used = 0;

  /** `phase` shifts the edges of the windows; `'first'` lets each begin with the first request after the one before. */
  constructor(clock: Clock, { registers = 1, phase = 0 }: { registers?: number; phase?: number | 'first' } = {}) {
    this.#clock = clock;
    this.limit = 300 * registers + 50;
    this.#phase = phase === 'first' ? Number.NaN : phase;
  }

  /** Serves or refuses one request; the headers say what is left. */
  take(): { status: 200 | 429; headers: Headers } {
    const now = this.#clock.now();
    const start = Number.isNaN(this.#phase)
      ? now - this.#window < WINDOW
        ? this.#window
        : now
      : now - ((((now - this.#phase) % WINDOW) + WINDOW) % WINDOW);
    if (start !== this.#window) this.#used = 0;
    this.#window = start;
    const headers = new Headers({ 'X-RateLimit-Limit': String(this.limit), date: new Date(now).toUTCString() });
    if (this.#used >= this.limit) {
      this.refusals += 1;
      this.refusedAt.push(now);
      headers.set('X-RateLimit-Remaining', '0');
      headers.set('Retry-After', new Date(Math.ceil((start + WINDOW) / 1000) * 1000).toUTCString());
      return { status: 429, headers };
    }
    this.#used += 1;
    this.served += 1;
    headers.set('X-RateLimit-Remaining', String(this.limit - this.#used));
    return { status: 200, headers };
  }
}

const WINDOW = 300_000;

import type { Clock } from '../clock.ts';

/** The R-Series' two limiters as its documentation describes them (R §3.1), written for tests of the client's governor. */
export class SimulatedLimits {
  readonly #clock: Clock;
  readonly size: number;
  readonly drip: number;
  readonly burstMax: number;
  refusals = 0;
  served = 0;
  spent = 0;
  #level = 0;
  #at: number;
  #window = 0;
  #inWindow = 0;

  constructor(clock: Clock, { registers = 1, burstMax = 20 }: { registers?: number; burstMax?: number } = {}) {
    this.#clock = clock;
    this.size = 90 + 10 * (registers - 1);
    this.drip = 1 + 0.5 * (registers - 1);
    this.burstMax = burstMax;
    this.#at = clock.now();
  }

  /** Serves or refuses one request; the headers say what is left. */
  take(cost: number): { status: 200 | 429; headers: Headers } {
    const now = this.#clock.now();
    this.#level = Math.max(0, this.#level - ((now - this.#at) / 1000) * this.drip);
    this.#at = now;
    const window = Math.floor(now / 1000);
    if (window !== this.#window) this.#inWindow = 0;
    this.#window = window;
    this.#inWindow += 1;
    if (this.#inWindow > this.burstMax) return this.#refuse('api-burst-limiter', 1);
    if (this.#level >= this.size)
      return this.#refuse('api-leaky-bucket', Math.ceil((this.#level - this.size + 0.001) / this.drip));
    this.#level += cost;
    this.spent += cost;
    this.served += 1;
    const headers = this.#headers();
    headers.set('X-LS-API-Request-Cost', String(cost));
    return { status: 200, headers };
  }

  #refuse(type: string, seconds: number): { status: 429; headers: Headers } {
    this.refusals += 1;
    const headers = this.#headers();
    headers.set('X-LS-API-RateLimit-Type', type);
    headers.set('Retry-After', String(seconds));
    return { status: 429, headers };
  }

  #headers(): Headers {
    return new Headers({
      'X-LS-API-Bucket-Level': `${this.#level.toFixed(2)}/${this.size}`,
      'X-LS-API-Drip-Rate': String(this.drip),
      'X-LS-API-Burst-Level': `${this.#inWindow}/${this.burstMax}`,
    });
  }
}

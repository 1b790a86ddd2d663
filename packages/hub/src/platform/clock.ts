import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@tillweave/lightspeed';

/** The present and waiting, so that tests can decide both. Structurally the POS client's clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): Instant;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now() as Instant,
  async sleep(ms, signal) {
    await pause(ms, undefined, signal === undefined ? {} : { signal });
  },
};

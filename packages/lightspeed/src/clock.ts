import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from './instant.ts';
import type { Instant } from './model.ts';

/** The present and waiting, so that a test (or a simulation) can decide both. */
export interface Clock {
  now(): Instant;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  async sleep(ms, signal) {
    await pause(Math.min(ms, TIMER_MAX_MS), undefined, signal === undefined ? {} : { signal });
  },
};

/** Timers beyond 31 bits ring at once; whoever waits that long asks again when woken. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** The `fetch` everything goes through: the platform's, or an emulator's. */
export type Fetch = (request: Request | string | URL, init?: RequestInit) => Promise<Response>;

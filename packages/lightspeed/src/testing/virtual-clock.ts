import type { Clock } from '../clock.ts';
import { instantOf } from '../instant.ts';
import type { Instant } from '../model.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/** Time that moves only when everybody waits: to the next one who wants to be woken. */
export class VirtualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #now: number;
  #orders = 0;

  constructor(start = Date.UTC(2026, 10, 23, 8)) {
    this.#now = start;
  }

  now(): Instant {
    return instantOf(this.#now);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      this.#orders += 1;
      const timer: Timer = { at: this.#now + ms, order: this.#orders, ring: resolve };
      this.#timers.add(timer);
      signal?.addEventListener(
        'abort',
        () => {
          if (this.#timers.delete(timer)) reject(signal.reason instanceof Error ? signal.reason : new Error('Aborted.'));
        },
        { once: true },
      );
    });
  }

  /** Runs `work` to its end, moving time on whenever nothing else happens. Fails when it waits for nothing at all. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const watched = work.finally(() => {
      state.done = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      await turn();
      if (state.done) return await watched;
      const next = [...this.#timers].toSorted((a, b) => a.at - b.at || a.order - b.order)[0];
      if (next === undefined) {
        // Real work under way (a body being read); give it a moment of real time.
        await turn();
        continue;
      }
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.ring();
    }
  }
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

import { type Clock, instantOf } from '@tillweave/lightspeed';

/** The clock of an emulator that stands still by itself. */
interface StandingClock {
  now(): number;
  advance(milliseconds: number): void;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Quiet turns of the event loop after which everybody is held to wait. */
const QUIET_TURNS = 3;

/**
 * Moves an emulator's clock only while everybody who goes by it waits: to the moment the first of them wants to be woken. What is really
 * done takes no time on it.
 */
export class WaitingClock implements Clock {
  readonly #clock: StandingClock;
  readonly #sleepers = new Set<Sleeper>();

  constructor(clock: StandingClock) {
    this.#clock = clock;
  }

  now(): ReturnType<Clock['now']> {
    return instantOf(this.#clock.now());
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('Aborted.'));
      };
      const sleeper: Sleeper = {
        until: this.#clock.now() + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Runs `work` to its end. Time stands still while `isBusy`: a request is on its way. */
  async run<T>(work: Promise<T>, isBusy: () => boolean): Promise<T> {
    const state = { done: false };
    const watched = work.finally(() => {
      state.done = true;
    });
    // Whoever awaits the result is told; until then a failure is only noted.
    watched.catch(() => undefined);
    for (let quiet = 0; !state.done;) {
      await turn();
      quiet = isBusy() ? 0 : quiet + 1;
      if (quiet < QUIET_TURNS) continue;
      const [first] = [...this.#sleepers].toSorted((a, b) => a.until - b.until);
      if (first === undefined) continue;
      quiet = 0;
      this.#clock.advance(Math.max(0, first.until - this.#clock.now()));
      first.wake();
    }
    return await watched;
  }
}

async function turn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

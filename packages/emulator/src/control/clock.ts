/** The world's clock: what stamps, token lifetimes, buckets and the Date header go by. */
export interface WorldClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Jumps to a moment, forwards or backwards. Throws `RangeError` on text that is no time. */
  set(iso: string): void;
  advance(milliseconds: number): void;
  /** Stands still until `run`; `set` and `advance` still move it. */
  freeze(): void;
  run(): void;
  readonly frozen: boolean;
}

/** A clock that starts at a moment and runs with real time unless it is frozen. */
export function createClock(start: number, frozen: boolean, realNow: () => number = Date.now): WorldClock {
  let base = start;
  let startedAt = realNow();
  let isFrozen = frozen;
  const now = (): number => (isFrozen ? base : base + realNow() - startedAt);
  const moveTo = (moment: number): void => {
    base = moment;
    startedAt = realNow();
  };
  return {
    now,
    set(iso) {
      moveTo(readMoment(iso));
    },
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds)) throw new RangeError(`The clock cannot be moved by ${milliseconds}.`);
      moveTo(now() + milliseconds);
    },
    freeze() {
      moveTo(now());
      isFrozen = true;
    },
    run() {
      moveTo(now());
      isFrozen = false;
    },
    get frozen() {
      return isFrozen;
    },
  };
}

/** Reads an ISO 8601 moment to milliseconds. */
export function readMoment(iso: string): number {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) throw new RangeError(`"${iso}" is not an ISO 8601 time.`);
  return moment;
}

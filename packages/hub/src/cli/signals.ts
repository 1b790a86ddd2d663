import { AppError } from '../platform/errors.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a shell expects of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
/** Below npm one Ctrl-C arrives twice: from the terminal and passed on by npm. Only a later one is a second wish. */
const SAME_WISH_MS = 1_000;

interface Stop {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Rejects at the same moment; never resolves. */
  readonly rejection: Promise<never>;
  /** Gives the signals back to Node. */
  dispose(): void;
}

/** Listens for the wish to stop. A second one ends the process at once. */
export function untilStopped(): Stop {
  const controller = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting for it.
  promise.catch(() => undefined);
  let firstAt = 0;
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      if (performance.now() - firstAt > SAME_WISH_MS) process.exit(INTERRUPTED);
      return;
    }
    firstAt = performance.now();
    const reason = new AppError('unavailable', 'Stopped before it was done. What was done is kept; run it again to go on.');
    controller.abort(reason);
    reject(reason);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    rejection: promise,
    dispose() {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}

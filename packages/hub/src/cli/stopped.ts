import { once } from 'node:events';

/** Waits until the signal is aborted. */
export async function stopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

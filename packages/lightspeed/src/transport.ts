/**
 * One HTTP exchange: bounded in time and size, no redirects followed, nothing judged. Everything that can go wrong on the way is a value
 * (`failed`), so that the retry policy can be a pure function of what happened.
 */
import type { Clock, Fetch } from './clock.ts';
import type { Instant } from './model.ts';
import { instantOf } from './instant.ts';

export interface ExchangeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From sending to the last byte. */
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export type Exchange = Answered | Failed;

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly requestedAt: Instant;
  readonly durationMs: number;
  /** The server's own clock (`Date` header). */
  readonly serverTime: Instant | null;
}

export interface Failed {
  readonly kind: 'failed';
  readonly reason: 'timeout' | 'network' | 'too_large';
  readonly requestedAt: Instant;
  readonly durationMs: number;
  readonly cause: unknown;
}

/** Sends once. Rejects only when the caller's own signal aborts. */
export async function exchange(request: ExchangeRequest, fetch: Fetch, clock: Clock): Promise<Exchange> {
  request.signal?.throwIfAborted();
  const requestedAt = clock.now();
  const started = performance.now();
  const controller = new AbortController();
  // The machine's timer, not the injected clock: a simulated clock must not run ahead while a real answer is on its way.
  const timer = setTimeout(() => controller.abort(TIMEOUT), request.timeoutMs);
  const onAbort = (): void => controller.abort(request.signal?.reason);
  request.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await unlessAborted(
      fetch(request.url, {
        method: request.method,
        headers: request.headers,
        redirect: 'manual',
        signal: controller.signal,
        ...(request.body === undefined ? {} : { body: request.body }),
      }),
      controller.signal,
    );
    const text = await unlessAborted(readText(response, request.maxBodyBytes), controller.signal);
    return {
      kind: 'answered',
      status: response.status,
      headers: response.headers,
      text,
      requestedAt,
      durationMs: performance.now() - started,
      serverTime: serverTimeOf(response.headers),
    };
  } catch (error) {
    request.signal?.throwIfAborted();
    return { kind: 'failed', reason: failureReason(error), requestedAt, durationMs: performance.now() - started, cause: error };
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
    // Ends a download that was given up (too large); of no effect after a whole answer.
    controller.abort(TIMEOUT);
  }
}

/** A fetch that ignores its signal must not hold us. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    listener = () => reject(asError(signal.reason));
    signal.addEventListener('abort', listener, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (listener !== undefined) signal.removeEventListener('abort', listener);
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const announced = Number(response.headers.get('content-length') ?? '0');
  if (announced > maxBytes) throw new TooLarge(`More than ${maxBytes} bytes announced.`);
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLarge(`More than ${maxBytes} bytes sent.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function serverTimeOf(headers: Headers): Instant | null {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? null : instantOf(time);
}

function failureReason(error: unknown): Failed['reason'] {
  if (error instanceof TooLarge) return 'too_large';
  return error === TIMEOUT || (error instanceof Error && error.name === 'TimeoutError') ? 'timeout' : 'network';
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('Aborted.');
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

const TIMEOUT = new Error('No whole answer in time.');

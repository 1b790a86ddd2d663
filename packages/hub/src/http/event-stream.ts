import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { HubEnv } from './environment.ts';
import { appErrorOf } from './errors.ts';

const KEEP_ALIVE_MS = 15_000;

/** Sends one event; `data` becomes JSON, `id` lets a client resume after it. */
export type SendEvent = (event: string, data: unknown, id?: string) => Promise<void>;

/**
 * Answers with server-sent events until `run` ends or the client leaves (then `signal` is aborted). A failure of `run` is the last
 * event, `problem`, with its code. A comment every 15 seconds
 * keeps proxies from closing a quiet stream.
 */
export function eventStream(c: Context<HubEnv>, run: (send: SendEvent, signal: AbortSignal) => Promise<void>): Response {
  c.header('cache-control', 'no-store');
  c.header('x-accel-buffering', 'no');
  return streamSSE(c, async (stream) => {
    const left = new AbortController();
    stream.onAbort(() => left.abort());
    const keepAlive = setInterval(() => void stream.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
    keepAlive.unref();
    try {
      await run(async (event, data, id) => {
        await stream.writeSSE({ event, data: JSON.stringify(data), ...(id === undefined ? {} : { id }) });
      }, left.signal);
    } catch (error) {
      // The status was sent long ago; the reader learns the code, the log the rest.
      if (!left.signal.aborted) {
        const problem = appErrorOf(error);
        c.get('log').error({ err: error, code: problem.code }, 'an event stream failed');
        await stream.writeSSE({ event: 'problem', data: JSON.stringify({ code: problem.code, detail: problem.message }) });
      }
    } finally {
      clearInterval(keepAlive);
    }
  });
}

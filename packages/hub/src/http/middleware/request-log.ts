import type { MiddlewareHandler } from 'hono';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { HubEnv } from '../environment.ts';

const CALLERS_ID = /^[\w-]{8,64}$/u;

/** Gives each request an id (the caller's, if it sent a plain one) and writes one line when it is answered: no query, no body. */
export function requestLog(services: Services): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    const sent = c.req.header('x-request-id');
    const requestId = sent !== undefined && CALLERS_ID.test(sent) ? sent : uuidv7();
    const log = services.log.child({ requestId });
    c.set('requestId', requestId);
    c.set('log', log);
    const started = performance.now();
    await next();
    c.header('x-request-id', requestId);
    const ms = Math.round(performance.now() - started);
    log.info({ method: c.req.method, path: c.req.path, status: c.res.status, ms }, 'request');
  };
}

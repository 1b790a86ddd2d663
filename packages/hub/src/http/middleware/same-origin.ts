import type { MiddlewareHandler } from 'hono';
import { AppError } from '../../platform/errors.ts';
import type { HubEnv } from '../environment.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a change that another site makes a browser send (CSRF): its origin must be the address it was sent to or one of ours.
 * A request without cookies carries no one's rights, so programs with access tokens need no Origin.
 */
export function sameOrigin(ourUrls: readonly string[]): MiddlewareHandler<HubEnv> {
  const ours = new Set(ourUrls.map((url) => new URL(url).origin));
  return async (c, next) => {
    if (!READING.has(c.req.method) && !isOurs(c.req.raw, ours)) {
      throw new AppError('forbidden', 'This request came from another site and was not carried out.', {
        details: { reason: 'cross_site' },
      });
    }
    return next();
  };
}

function isOurs(request: Request, ours: ReadonlySet<string>): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return ours.has(origin) || hostOf(origin) === targetHost(request);
  if (!request.headers.has('cookie')) return true;
  return request.headers.get('sec-fetch-site') === 'same-origin';
}

/** The host by which the browser knows us; the Host header cannot be set by a page. */
function targetHost(request: Request): string {
  return request.headers.get('host') ?? new URL(request.url).host;
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

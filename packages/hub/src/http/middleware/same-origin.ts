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
  if (origin !== null) return ours.has(origin) || origin === targetOrigin(request);
  if (!request.headers.has('cookie')) return true;
  return request.headers.get('sec-fetch-site') === 'same-origin';
}

/**
 * Scheme, host and port under which the browser called us. A page can set neither Host nor X-Forwarded-Proto of what it makes a browser
 * send, and a page on http:// of our own name (which anybody on the way can make) is another origin than https://.
 */
function targetOrigin(request: Request): string | null {
  const called = new URL(request.url);
  const protocol = request.headers.get('x-forwarded-proto')?.split(',').at(-1)?.trim() ?? called.protocol.slice(0, -1);
  const target = `${protocol}://${request.headers.get('host') ?? called.host}`;
  return URL.canParse(target) ? new URL(target).origin : null;
}

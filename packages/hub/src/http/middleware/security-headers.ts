import type { MiddlewareHandler } from 'hono';
import type { HubEnv } from '../environment.ts';

/** Nothing from elsewhere, no inline script. Styles are set by the component library at run time, hence `unsafe-inline` there. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
const HALF_YEAR_SECONDS = 15_768_000;

/** The headers of every answer, errors too; answers of the API are never kept by a cache. */
export function securityHeaders({ https }: { readonly https: boolean }): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    if (https) c.header('strict-transport-security', `max-age=${HALF_YEAR_SECONDS}`);
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  };
}

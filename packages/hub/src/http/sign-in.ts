import type { OpenAPIHono } from '@hono/zod-openapi';
import { AUTH_PATH, authOf, CLIENT_IP_HEADER, isSignInPath } from '../modules/organizations/auth.ts';
import type { Services } from '../platform/services.ts';
import { clientAddress } from './client-address.ts';
import type { HubEnv } from './environment.ts';

/** Mounts better-auth's own routes (sign in and out, password, two factors). */
export function mountSignIn(app: OpenAPIHono<HubEnv>, services: Services): void {
  app.on(['GET', 'POST'], `${AUTH_PATH}/*`, (c, next) => {
    if (!isSignInPath(c.req.path.slice(AUTH_PATH.length))) return next();
    const headers = new Headers(c.req.raw.headers);
    headers.set(CLIENT_IP_HEADER, clientAddress(c));
    return authOf(services).handler(new Request(c.req.raw, { headers }));
  });
}

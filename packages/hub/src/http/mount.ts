import type { OpenAPIHono } from '@hono/zod-openapi';
import { authenticate } from '../modules/organizations/authenticate.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import type { HubEnv } from './environment.ts';
import { onceForKey } from './idempotency.ts';
import type { Route } from './route.ts';

/** Mounts the routes below /api/v1, each behind its requirement; what changes something is carried out once for each idempotency key. */
export function mountRoutes(app: OpenAPIHono<HubEnv>, services: Services, routes: readonly Route[]): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = `/api/v1${honoPath(route.path)}`;
    methods.set(path, [...(methods.get(path) ?? []), route.method.toUpperCase()]);
    app.on(route.method.toUpperCase(), path, async (c) => {
      if (route.requires === 'public') return route.handle(c, services, null);
      const access = await authenticate(services, c.req.raw.headers);
      if (access === null) throw new AppError('unauthenticated', 'Sign in, or send an access token.');
      if (route.method === 'get') return route.handle(c, services, access);
      return onceForKey(services, c, access, () => route.handle(c, services, access));
    });
  }
  for (const [path, allowed] of methods) {
    app.all(path, (c) => {
      c.header('allow', allowed.join(', '));
      throw new AppError('method_not_allowed', `This address takes ${allowed.join(', ')}.`);
    });
  }
}

/** `/runs/{id}` as Hono writes it: `/runs/:id`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/gu, ':$1');
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { authenticate } from '../modules/organizations/authenticate.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import type { HubEnv } from './environment.ts';
import type { Route } from './route.ts';

/** Mounts the routes below /api/v1, each behind its requirement. */
export function mountRoutes(app: OpenAPIHono<HubEnv>, services: Services, routes: readonly Route[]): void {
  for (const route of routes) {
    app.on(route.method.toUpperCase(), `/api/v1${honoPath(route.path)}`, async (c) => {
      if (route.requires === 'public') return route.handle(c, services, null);
      const access = await authenticate(services, c.req.raw.headers);
      if (access === null) throw new AppError('unauthenticated', 'Sign in, or send an access token.');
      return route.handle(c, services, access);
    });
  }
}

/** `/runs/{id}` as Hono writes it: `/runs/:id`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/gu, ':$1');
}

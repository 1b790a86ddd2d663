import { OpenAPIHono } from '@hono/zod-openapi';
import type { Services } from '../platform/services.ts';
import type { HubEnv } from './environment.ts';
import { problemResponse } from './errors.ts';
import { mountRoutes } from './mount.ts';
import { routes } from './routes.ts';

/** The whole HTTP side of the hub: API, its document and page, sign-in, and the web's files. */
export function createApp(services: Services): OpenAPIHono<HubEnv> {
  const app = new OpenAPIHono<HubEnv>();
  app.onError((error, c) => problemResponse(c, error));
  mountRoutes(app, services, routes);
  return app;
}

import { OpenAPIHono } from '@hono/zod-openapi';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import type { HubEnv } from './environment.ts';
import { problemResponse } from './errors.ts';
import { type HealthOptions, mountHealth } from './health.ts';
import { requestLog } from './middleware/request-log.ts';
import { securityHeaders } from './middleware/security-headers.ts';

/** What a worker tells of itself: whether it is well, and its metrics. Nothing of the API, nothing of the web. */
export function createHealthApp(services: Services, options: HealthOptions = {}): OpenAPIHono<HubEnv> {
  const app = new OpenAPIHono<HubEnv>();
  app.onError((error, c) => problemResponse(c, error));
  app.use(requestLog(services));
  app.use(securityHeaders({ https: false }));
  mountHealth(app, services, options);
  app.notFound((c) =>
    problemResponse(c, new AppError('not_found', 'A worker serves its health only: /livez, /readyz, /healthz, /metrics.')),
  );
  return app;
}

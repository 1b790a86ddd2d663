import type { OpenAPIHono } from '@hono/zod-openapi';
import { sql } from 'kysely';
import { requirePermission } from '../modules/organizations/access.ts';
import { authenticate } from '../modules/organizations/authenticate.ts';
import { syncMetrics } from '../modules/sync/metrics.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import { isLocal } from './client-address.ts';
import type { HubEnv } from './environment.ts';
import { VERSION } from './version.ts';

/** `/healthz` for load balancers (200 while the database answers) and `/metrics` for Prometheus. */
export function mountHealth(app: OpenAPIHono<HubEnv>, services: Services): void {
  syncMetrics(services);
  app.get('/healthz', async (c) => {
    try {
      await sql`select 1`.execute(services.db);
    } catch (error) {
      c.get('log').error({ err: error }, 'health check failed');
      return c.json({ ok: false, version: VERSION }, 503);
    }
    return c.json({ ok: true, version: VERSION });
  });
  // Open to this machine only; from elsewhere with an access token that may read metrics.
  app.get('/metrics', async (c) => {
    if (!isLocal(c)) {
      const access = await authenticate(services, c.req.raw.headers);
      if (access === null) throw new AppError('unauthenticated', 'Send an access token with the permission metrics:read.');
      requirePermission(access, 'metrics:read');
    }
    const { registry } = services.metrics;
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import { sql } from 'kysely';
import { requirePermission } from '../modules/organizations/access.ts';
import { authenticate } from '../modules/organizations/authenticate.ts';
import { syncMetrics } from '../modules/sync/metrics.ts';
import { isMigrated } from '../platform/database/migrate.ts';
import { AppError } from '../platform/errors.ts';
import type { Services } from '../platform/services.ts';
import { isLocal } from './client-address.ts';
import type { HubEnv } from './environment.ts';
import { VERSION } from './version.ts';

/** A database that takes longer than this to say anything is down for whoever asks. */
const PATIENCE_MS = 3_000;

export interface HealthOptions {
  /** Aborted when the process is told to stop: it is not ready for anything new. */
  readonly stopping?: AbortSignal;
}

/** Why a process is not ready. */
type NotReady = 'stopping' | 'database_unreachable' | 'migrations_pending' | 'database_newer';

/**
 * `/livez`: the process runs. `/readyz`: it can do its work, which it cannot while the database is down, waits for its migrations, or the
 * process stops. `/healthz`: the database answers. `/metrics` for Prometheus.
 */
export function mountHealth(app: OpenAPIHono<HubEnv>, services: Services, { stopping }: HealthOptions = {}): void {
  syncMetrics(services);
  app.get('/livez', (c) => c.json({ ok: true, version: VERSION }));
  app.get('/readyz', async (c) => {
    const reason = stopping?.aborted === true ? 'stopping' : await whyNotReady(services);
    return reason === null ? c.json({ ok: true, version: VERSION }) : c.json({ ok: false, version: VERSION, reason }, 503);
  });
  app.get('/healthz', async (c) => {
    try {
      await soon(sql`select 1`.execute(services.db));
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

async function whyNotReady({ pool }: Services): Promise<NotReady | null> {
  try {
    return await soon(
      (async () => {
        const client = await pool.connect();
        try {
          return (await isMigrated(client)) ? null : 'migrations_pending';
        } finally {
          client.release();
        }
      })(),
    );
  } catch (error) {
    if (!(error instanceof AppError)) return 'database_unreachable';
    return error.code === 'database_newer'
      ? 'database_newer'
      : error.code === 'unavailable'
        ? 'migrations_pending'
        : 'database_unreachable';
  }
}

/** Rejects when it takes too long. */
async function soon<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('The database does not answer in time.')), PATIENCE_MS);
  // Nobody may be waiting for the loser of the two.
  work.catch(() => undefined);
  late.promise.catch(() => undefined);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Child, startChild } from '../../../../test/child.ts';
import { testDatabase } from '../../../../test/database.ts';
import { createHealthApp } from '../http/health-app.ts';
import { addConnection } from '../modules/connections/add-connection.ts';
import { SYNC_QUEUE } from '../modules/sync/request-sync.ts';
import { readConfig } from '../platform/config.ts';
import { generateKey } from '../platform/crypto.ts';
import { createPool } from '../platform/database/pool.ts';
import { createServices } from '../platform/services.ts';

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const Serving = z.object({ port: z.int() });
const Working = z.object({ working: z.literal(true), healthPort: z.int() });

test('serve reads no till, work serves nothing but its health, several workers share the work, and one that is told to stop hands it on', async () => {
  const emulator = createEmulator({ sales: 1_200, customers: 20, series: 'r' });
  const pos = await serveEmulator(emulator);
  closing.push(async () => pos.close());
  const { url, pool, organizationId } = await testDatabase();
  const environment = {
    DATABASE_URL: url,
    TILLWEAVE_HOME: '/nonexistent',
    TILLWEAVE_SECRET_KEY: generateKey(),
    TILLWEAVE_R_BASE_URL: pos.url,
    TILLWEAVE_R_AUTH_URL: pos.url,
    TILLWEAVE_WORK_PORT: '0',
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const services = await createServices(readConfig(environment), { migrations: 'require' });
  closing.push(async () => services.close());
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const oauthClient = { clientId, clientSecret };
  await addConnection(services, { organizationId, name: 'Shop', oauthClient, refreshToken });
  const start = (command: string): Child => {
    const child = startChild('packages/hub/src/cli/main.ts', [command, '--json'], { environment });
    closing.push(() => child.kill('SIGKILL'));
    return child;
  };
  const status = async (port: number, path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  const count = async (query: string): Promise<number> => (await pool.query<{ count: number }>(query)).rows[0]?.count ?? 0;

  const serving = start('serve');
  const { port } = Serving.parse(JSON.parse(await serving.line()));
  for (const path of ['/livez', '/readyz', '/healthz', '/api/v1/setup']) expect(await status(port, path), path).toBe(200);
  // The first sync has been waiting for a while, and nobody has begun it.
  const waiting = async () => (await services.jobs.backlog()).find(({ queue }) => queue === SYNC_QUEUE);
  await expect.poll(async () => (await waiting())?.oldestSeconds, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(await waiting()).toMatchObject({ running: 0 });
  expect(await count('select count(*)::int as count from run')).toBe(0);

  const [one, two] = [start('work'), start('work')];
  for (const worker of [one, two]) {
    const { healthPort } = Working.parse(JSON.parse(await worker.line()));
    for (const path of ['/livez', '/readyz', '/healthz', '/metrics']) expect(await status(healthPort, path), path).toBe(200);
    for (const path of ['/', '/api/v1/setup', '/api/openapi.json', '/api/v1/hooks/x/any'])
      expect(await status(healthPort, path), path).toBe(404);
  }
  await expect.poll(() => count('select count(*)::int as count from sale'), { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
  expect(await one.kill('SIGTERM')).toBe(0);
  const ended = () => count(`select count(*)::int as count from run where state = 'complete'`);
  await expect.poll(ended, { timeout: 60_000, interval: 100 }).toBe(1);
  expect(await count('select count(*)::int as count from sale')).toBe(emulator.control.ids()['Sale']?.length);
  expect(await two.kill('SIGTERM')).toBe(0);
  for (const worker of [one, two]) expect(worker.errors()).not.toMatch(/"level":"(error|fatal)"/u);

  // While a migration is to come, or the database is away, or it is stopping, nobody should be sent to it; it lives all the same.
  const newest = await pool.query<{ name: string }>(
    'delete from schema_migration where id = (select max(id) from schema_migration) returning name',
  );
  expect([await status(port, '/readyz'), await status(port, '/livez')]).toEqual([503, 200]);
  await pool.query('insert into schema_migration (name, run_on) values ($1, now())', [newest.rows[0]?.name]);
  expect(await status(port, '/readyz')).toBe(200);
  const nowhere = createPool('postgres://nobody@127.0.0.1:1/none');
  closing.push(() => nowhere.end());
  const reason = async (app: ReturnType<typeof createHealthApp>) => {
    const answer = await app.request('/readyz');
    return [answer.status, z.object({ reason: z.string() }).parse(await answer.json()).reason];
  };
  expect(await reason(createHealthApp({ ...services, pool: nowhere }))).toEqual([503, 'database_unreachable']);
  expect(await reason(createHealthApp(services, { stopping: AbortSignal.abort() }))).toEqual([503, 'stopping']);
  expect(await serving.kill('SIGTERM')).toBe(0);
}, 120_000);

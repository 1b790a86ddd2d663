import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { compare, readCells } from '../sync/testing/account.ts';
import type { Orders } from '../sync/testing/sync-process.ts';
import { addConnection } from './add-connection.ts';
import { callsOf } from './call-gate.ts';
import { freezeConnection, thawConnection } from './freeze.ts';
import { listConnectionEvents } from './life-cycle-events.ts';
import { getConnection } from './list-connections.ts';
import { replaceCredential } from './replace-credential.ts';
import { verifyConnection } from './verify-connection.ts';

const emulator = createEmulator({ sales: 3_000, customers: 100, seed: 3, series: 'r' });
const server = await serveEmulator(emulator);
const services = await testServices({
  fetch: (request, init) => fetch(request, init),
  config: { rBaseUrl: server.url, rAuthUrl: server.url },
});
const { organizationId } = services;
const BY = { kind: 'person', id: '00000000-0000-7000-8000-000000000001', name: 'Ada' } as const;
const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
const { connectionId, verified } = await addConnection(services, {
  organizationId,
  name: 'Shop',
  oauthClient: { clientId, clientSecret },
  refreshToken,
});
const { posAccountId } = verified;
const ref = { organizationId, connectionId };
// The day start is a setting of ours, not of the POS.
await systemTransaction(services.db, async (trx) => {
  await sql`update shop_calendar set day_start_hour = 5 where shop_id = '3'`.execute(trx);
});

/** A worker in a process of its own, at work on the account. */
async function startWorker() {
  const script = fileURLToPath(new URL('../sync/testing/sync-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => {
    const next = await lines.next();
    return next.done === true ? '' : next.value;
  };
  expect(await line()).toBe('ready');
  const orders: Orders = {
    databaseUrl: services.databaseUrl,
    secretKey: services.config.secretKey ?? '',
    origin: server.url,
    organizationId,
    posAccountId,
    connectionId,
    stopAt: null,
  };
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  return { line };
}

const requests = (): number => emulator.control.requests().length;
const runState = async () =>
  tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ state: string; code: string | null; history: boolean }>`
      select state, error->>'code' as code, exists (
        select from cursor where stream = 'sales' and lane = 'history' and caught_up_at is not null) as history
      from run order by id desc limit 1`.execute(trx);
    return rows[0];
  });

test('M6: once freezing has returned, a worker of another process sends nothing more, in the middle of its history import', async () => {
  const worker = await startWorker();
  const before = requests();
  await expect.poll(requests, { timeout: 30_000, interval: 10 }).toBeGreaterThan(before + 12);
  await freezeConnection(services, ref, { reason: 'moving house', actor: BY });
  const sent = requests();
  expect(await worker.line()).toContain('connection_frozen');
  expect(await runState()).toEqual({ state: 'failed', code: 'connection_frozen', history: false });
  await expect(verifyConnection(services, ref)).rejects.toMatchObject({ code: 'connection_frozen' });
  await expect(callsOf(services, ref).fetch(`${server.url}/API/V3/Account.json`)).rejects.toMatchObject({
    code: 'connection_frozen',
  });
  // M6: its credentials may be replaced meanwhile, which makes no call either; from the thaw on they are the ones used.
  const { apiKey } = emulator.credentials.rSeries;
  await replaceCredential(services, ref, { signIn: { apiType: 'key', apiKey }, actor: BY });
  expect(requests()).toBe(sent);

  await thawConnection(services, ref, { from: 'cursor', actor: BY });
  const summary = await syncAccount(services, { ...ref, posAccountId, until: 'idle' });
  expect(summary).toMatchObject({ state: 'complete', setAside: 0 });
  const since = emulator.control.requests().filter(({ number }) => number > sent);
  expect(new Set(since.map(({ client }) => client))).toEqual(new Set(['apikey']));
  const truth = emulator.control.truth();
  if (truth === null) throw new Error('This emulator has a truth.');
  expect(compare(await readCells(services.db, organizationId, posAccountId), truth)).toEqual([]);
  const { items } = await tenantTransaction(services.db, organizationId, (trx) => listConnectionEvents(trx, ref, { limit: 10 }));
  expect(items.map(({ from, to, reason, choice, actor }) => [from, to, reason, choice, actor.name])).toEqual([
    ['frozen', 'active', null, 'cursor', 'Ada'],
    ['active', 'frozen', 'moving house', null, 'Ada'],
    ['set_up_incomplete', 'active', null, null, null],
  ]);
  expect(await getConnection(services, ref)).toMatchObject({ state: 'active', stateReason: null });
}, 120_000);

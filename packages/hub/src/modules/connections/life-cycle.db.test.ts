import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { AppError } from '../../platform/errors.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { compare, ledgerDigest, readCells } from '../sync/testing/account.ts';
import type { Orders } from '../sync/testing/sync-process.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { addConnection, connect } from './add-connection.ts';
import { callsOf } from './call-gate.ts';
import { createConnection } from './create-connection.ts';
import type { ConnectionRef } from './credential.ts';
import { freezeConnection, thawConnection } from './freeze.ts';
import { listConnectionEvents } from './life-cycle-events.ts';
import { getConnection } from './list-connections.ts';
import { openPosClient } from './pos-client.ts';
import { removeConnection } from './remove-connection.ts';
import { replaceCredential } from './replace-credential.ts';
import { retireConnection } from './retire.ts';
import { type ConnectionState, connectionStates } from './states.ts';
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

/** What each state allows: the code of the refusal, or null. In every state data can be read; nothing of it is ever deleted. */
const ALLOWED = {
  //                      read       call        freeze      thaw        retire      remove
  set_up_incomplete: ['conflict', null, null, 'conflict', 'conflict', null],
  active: [null, null, null, 'conflict', null, null],
  throttled: [null, null, null, 'conflict', null, null],
  needs_reauthorisation: ['pos_unauthorized', null, null, 'conflict', null, null],
  frozen: ['connection_frozen', 'connection_frozen', null, null, null, null],
  retired: ['conflict', 'conflict', 'conflict', 'conflict', null, null],
  removed: ['not_found', 'not_found', 'not_found', 'not_found', 'not_found', 'not_found'],
} as const satisfies Record<ConnectionState, readonly (string | null)[]>;

const DO: Readonly<Record<string, (on: ConnectionRef) => Promise<unknown>>> = {
  read: (on) => openPosClient(services, on),
  call: async (on) => (await callsOf(services, on).fetch(`${server.url}/`)).body?.cancel(),
  freeze: (on) => freezeConnection(services, on, { reason: null, actor: BY }),
  thaw: (on) => thawConnection(services, on, { from: 'cursor', actor: BY }),
  retire: (on) => retireConnection(services, on, { at: '2026-01-01', reason: null, actor: BY }),
  remove: (on) => removeConnection(services, on, { revoke: false }),
};

test('every state of a connection allows what its table says, and refuses the rest', async () => {
  expect(Object.keys(ALLOWED)).toEqual([...connectionStates]);
  const outcome: Record<string, (string | null)[]> = {};
  for (const state of connectionStates) {
    outcome[state] = [];
    for (const [name, act] of Object.entries(DO)) {
      const on = await createConnection(services, {
        organizationId,
        name: `${state} ${name}`,
        oauthClient: { clientId, clientSecret },
      });
      const account = uuidv7();
      await tenantTransaction(services.db, organizationId, async (trx) => {
        await sql`
          insert into pos_account (organization_id, id, provider, external_id, name, currency)
          values (${organizationId}, ${account}, 'lightspeed-r', ${String(BigInt(`0x${account.slice(-8)}`))}, 'Any', 'DKK')`.execute(
          trx,
        );
        await sql`update connection set state = ${state}, pos_account_id = ${account} where id = ${on.connectionId}`.execute(trx);
      });
      outcome[state].push(
        await act(on).then(
          () => null,
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        ),
      );
      await tenantTransaction(services.db, organizationId, (trx) =>
        sql`update connection set state = 'removed' where id = ${on.connectionId}`.execute(trx),
      );
    }
  }
  expect(outcome).toEqual(ALLOWED);
}, 60_000);

test('M6: a request that comes while another ends its way into a freeze is refused, and holds nothing up', async () => {
  const answer = Promise.withResolvers<Response>();
  const slow = callsOf({ ...services, fetch: async () => answer.promise }, ref, { whole: true });
  const underWay = slow.fetch(server.url);
  const freezing = freezeConnection(services, ref, { reason: null, actor: BY });
  // Waits end when leave is withdrawn.
  await expect(slow.clock.sleep(60_000)).rejects.toMatchObject({ code: 'connection_frozen' });
  await expect(slow.fetch(server.url)).rejects.toMatchObject({ code: 'connection_frozen' });
  answer.resolve(new Response('{}'));
  await underWay;
  await freezing;
  await thawConnection(services, ref, { from: 'cursor', actor: BY });
  const now = callsOf({ ...services, fetch: async () => new Response('{}') }, ref);
  expect((await now.fetch(server.url)).status).toBe(200);
}, 20_000);

test('while the POS holds a run back its connection says so', async () => {
  emulator.control.faults.arm('status-500', { every: 1, match: '/API/' });
  expect(await syncAccount(services, { ...ref, posAccountId })).toMatchObject({ state: 'throttled' });
  expect(await getConnection(services, ref)).toMatchObject({ state: 'throttled' });
  emulator.control.faults.reset();
  expect(await syncAccount(services, { ...ref, posAccountId, until: 'idle' })).toMatchObject({ state: 'complete' });
  expect(await getConnection(services, ref)).toMatchObject({ state: 'active' });
}, 60_000);

test('an account that is added again has its sales and cursors: nothing is doubled, nothing read twice', async () => {
  const before = await ledgerDigest(services.db, organizationId, posAccountId);
  await removeConnection(services, ref);
  const { apiKey } = emulator.credentials.rSeries;
  const again = await connect(services, { organizationId, name: 'Shop again', signIn: { apiType: 'key', apiKey } });
  expect(again.verified).toMatchObject({ posAccountId });
  const summary = await syncAccount(services, { organizationId, connectionId: again.connectionId, posAccountId, until: 'idle' });
  expect(summary).toMatchObject({ state: 'complete', changed: 0 });
  expect(summary.requests).toBeLessThan(20);
  expect(await ledgerDigest(services.db, organizationId, posAccountId)).toBe(before);
}, 60_000);

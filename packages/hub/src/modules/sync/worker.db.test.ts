import { createEmulator } from '@tillweave/emulator';
import { type Instant, systemClock } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices, type TestServices } from '../../../../../test/services.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { COMMAND_ACTOR } from '../audit/record-audit.ts';
import { addConnection } from '../connections/add-connection.ts';
import { freezeConnection } from '../connections/freeze.ts';
import { removeConnection } from '../connections/remove-connection.ts';
import { requestSync, SYNC_QUEUE } from './request-sync.ts';
import { syncAccount } from './run-connection.ts';
import { listRuns } from './runs.ts';
import { nightlyWindows, registerSyncWorkers, requestDue, requestNightly } from './worker.ts';

const BY = { reason: 'test', actor: COMMAND_ACTOR } as const;

async function connected(emulator: ReturnType<typeof createEmulator>) {
  const services = await testServices({ emulator });
  const { organizationId } = services;
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const { connectionId, verified } = await addConnection(services, {
    organizationId,
    name: 'Shop',
    oauthClient: { clientId, clientSecret },
    refreshToken,
  });
  return { services, organizationId, connectionId, posAccountId: verified.posAccountId };
}

async function latestRun(services: TestServices) {
  const { items } = await tenantTransaction(services.db, services.organizationId, (trx) =>
    listRuns(trx, services.organizationId, { limit: 10 }),
  );
  return items[0];
}

test('a request is worked off in the background; several become one run; the account is scheduled from then on', async () => {
  const emulator = createEmulator({ sales: 600, customers: 60 });
  const { services, organizationId, connectionId, posAccountId } = await connected(emulator);
  registerSyncWorkers(services);
  for (let request = 0; request < 3; request += 1)
    await requestSync(services, null, { organizationId, connectionId, reason: 'manual' });
  await services.jobs.start();
  await expect.poll(async () => (await latestRun(services))?.state, { timeout: 30_000, interval: 100 }).toBe('complete');
  const { items } = await tenantTransaction(services.db, organizationId, (trx) => listRuns(trx, organizationId, { limit: 10 }));
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ posAccountId, connectionId, setAside: 0, error: null });
  const state = await tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ sales: number; scheduled: boolean; success: boolean; stamp: string }>`
      select (select count(*)::int from sale where pos_account_id = ${posAccountId}) as sales,
        (select due_at is not null from sync_state where pos_account_id = ${posAccountId}) as scheduled,
        (select last_success_at is not null from connection where id = ${connectionId}) as success,
        (select switches->>'changeStamp' from pos_account where id = ${posAccountId}) as stamp`.execute(trx);
    return rows[0];
  });
  // The probe found the unverified filter working, and that is remembered.
  expect(state).toEqual({ sales: emulator.control.ids()['Sale']?.length, scheduled: true, success: true, stamp: 'updateTime' });
}, 60_000);

test('a frozen connection makes no call', async () => {
  const emulator = createEmulator({ sales: 50, customers: 5 });
  const { services, organizationId, connectionId, posAccountId } = await connected(emulator);
  await freezeConnection(services, { organizationId, connectionId }, BY);
  const before = emulator.control.requests().length;
  await expect(syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' })).rejects.toMatchObject({
    code: 'connection_frozen',
  });
  expect(emulator.control.requests()).toHaveLength(before);
}, 60_000);

test('freezing or removing a connection stops a run under way at its next page', async () => {
  for (const [stop, code] of [
    [freezeConnection, 'connection_frozen'],
    [
      async (...[services, ref]: Parameters<typeof freezeConnection>) => removeConnection(services, ref, { revoke: false }),
      'not_found',
    ],
  ] as const) {
    const emulator = createEmulator({ sales: 1_500, customers: 5 });
    const { services, organizationId, connectionId, posAccountId } = await connected(emulator);
    let atStop: number | null = null;
    const run = syncAccount(services, {
      organizationId,
      posAccountId,
      connectionId,
      until: 'idle',
      onStage: async (stage) => {
        if (stage !== 'committed' || atStop !== null) return;
        await stop(services, { organizationId, connectionId }, BY);
        atStop = emulator.control.requests().length;
      },
    });
    await expect(run).rejects.toMatchObject({ code });
    // One page may have been asked for already.
    expect(emulator.control.requests().length - (atStop ?? 0)).toBeLessThanOrEqual(1);
  }
}, 60_000);

test('what a stopped run left to be summed is summed though its connection rests', async () => {
  const emulator = createEmulator({ sales: 200, customers: 5 });
  const { services, organizationId, connectionId, posAccountId } = await connected(emulator);
  const options = { organizationId, posAccountId, connectionId, until: 'idle' } as const;
  let frozen = false;
  const onStage = async (stage: string) => {
    if (stage !== 'committed' || frozen) return;
    frozen = true;
    await freezeConnection(services, { organizationId, connectionId }, BY);
  };
  await expect(syncAccount(services, { ...options, onStage })).rejects.toMatchObject({ code: 'connection_frozen' });
  const dirty = async () =>
    tenantTransaction(services.db, organizationId, async (trx) => {
      const { rows } = await sql<{ days: number }>`select count(*)::int as days from dirty_day`.execute(trx);
      return rows[0]?.days;
    });
  // As a worker leaves it that is killed before it sums.
  await systemTransaction(services.db, async (trx) => {
    await sql`
      insert into dirty_day (organization_id, pos_account_id, shop_id, business_day, generation)
      select distinct organization_id, pos_account_id, shop_id, business_day, 1 from sale_figure on conflict do nothing`.execute(
      trx,
    );
  });
  expect(await dirty()).toBeGreaterThan(0);
  registerSyncWorkers(services);
  await requestSync(services, null, { organizationId, posAccountId, reason: 'schedule' });
  await services.jobs.start();
  await expect.poll(dirty, { timeout: 30_000, interval: 100 }).toBe(0);
}, 60_000);

test('accounts that fall due together are asked for at once, each from then on at a moment of its own; who falls due before the next look starts then', async () => {
  const services = await testServices({ emulator: createEmulator({ sales: 5, customers: 2 }) });
  const { organizationId } = services;
  const accounts = Array.from({ length: 60 }, () => uuidv7());
  const dueIn = async (seconds: number) => {
    await services.pool.query("update sync_state set due_at = now() + $1 * interval '1 second'", [seconds]);
    await services.pool.query('delete from pgboss.job where name = $1', [SYNC_QUEUE]);
  };
  const states = () =>
    tenantTransaction(services.db, organizationId, async (trx) => {
      const { rows } = await sql<{ wanted: number; wait: number; phase: number }>`
        select wanted, extract(epoch from due_at - now())::float8 as wait, mod(extract(epoch from due_at), 300)::float8 as phase
        from sync_state order by pos_account_id`.execute(trx);
      return rows;
    });
  const jobs = async () =>
    (
      await sql<{ key: string; wait: number }>`
        select singleton_key as key, extract(epoch from start_after - now())::float8 as wait
        from pgboss.job where name = ${SYNC_QUEUE}`.execute(services.db)
    ).rows;
  await tenantTransaction(services.db, organizationId, async (trx) => {
    for (const id of accounts) {
      await sql`
        insert into pos_account (organization_id, id, provider, external_id, name, currency)
        values (${organizationId}, ${id}, 'lightspeed-r', ${id}, 'Till', 'DKK')`.execute(trx);
      await sql`insert into sync_state (organization_id, pos_account_id) values (${organizationId}, ${id})`.execute(trx);
    }
  });
  await services.jobs.enqueue(null, SYNC_QUEUE, {}, { singletonKey: 'none' });

  await dueIn(-10);
  await requestDue(services);
  const first = await states();
  expect(first.every(({ wanted }) => wanted === 1)).toBe(true);
  expect(first.every(({ wait }) => wait > -5 && wait <= 300)).toBe(true);
  // Six of ten would still be spread; a herd would be one.
  expect(new Set(first.map(({ phase }) => Math.floor(phase / 10))).size).toBeGreaterThan(12);
  expect((await jobs()).map(({ key }) => key).toSorted()).toEqual(accounts.toSorted());
  expect((await jobs()).every(({ wait }) => wait <= 0)).toBe(true);

  await dueIn(40);
  await requestDue(services);
  const second = await states();
  expect(second.map(({ phase }) => phase)).toEqual(first.map(({ phase }) => phase));
  expect(second.every(({ wanted, wait }) => wanted === 2 && wait > 30 && wait <= 340)).toBe(true);
  expect(await jobs()).toHaveLength(60);
  expect((await jobs()).every(({ wait }) => wait > 20 && wait <= 40)).toBe(true);

  await dueIn(90);
  await requestDue(services);
  expect((await states()).every(({ wanted }) => wanted === 2)).toBe(true);
  expect(await jobs()).toEqual([]);
}, 60_000);

test('the night strikes once where clocks skip its hour, and once where they show it twice (D26)', async () => {
  let now = '';
  const clock = { ...systemClock, now: () => Date.parse(now) as Instant };
  const services = await testServices({ emulator: createEmulator({ sales: 5, customers: 2 }), clock });
  const { organizationId } = services;
  const posAccountId = uuidv7();
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await sql`
      insert into pos_account (organization_id, id, provider, external_id, name, currency)
      values (${organizationId}, ${posAccountId}, 'lightspeed-r', 'nights', 'Nights', 'DKK')`.execute(trx);
    await sql`
      insert into connection (organization_id, id, name, provider, api_type, pos_account_id, state)
      values (${organizationId}, ${uuidv7()}, 'Nights', 'lightspeed-r', 'v3', ${posAccountId}, 'active')`.execute(trx);
    await sql`
      insert into sync_state (organization_id, pos_account_id, due_at) values (${organizationId}, ${posAccountId}, now())`.execute(
      trx,
    );
  });
  for (const [zone, ...nights] of [
    ['Europe/Copenhagen', '2026-03-29', '2026-06-01', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
    ['Australia/Adelaide', '2026-04-05', '2026-06-01', '2026-10-04'],
  ] as const) {
    await systemTransaction(services.db, async (trx) => {
      await sql`update organization set time_zone = ${zone} where organization_id = ${organizationId}`.execute(trx);
    });
    for (const night of nights) {
      await systemTransaction(services.db, async (trx) => {
        await sql`delete from cursor where pos_account_id = ${posAccountId}`.execute(trx);
        await sql`update sync_state set nightly_at = ${`${night}T00:00:00Z`}::timestamptz - interval '12 hours'`.execute(trx);
      });
      const before = await windows();
      for (let hour = 0; hour < 24; hour += 1) {
        now = `${night}T${String(hour).padStart(2, '0')}:00:20Z`;
        await requestNightly(services);
      }
      // The last days and an older week.
      expect((await windows()) - before, `${zone} ${night}`).toBe(2);
    }
  }

  async function windows(): Promise<number> {
    return tenantTransaction(services.db, organizationId, async (trx) => {
      const { rows } = await sql<{ windows: number }>`
        select coalesce(sum(jsonb_array_length(position->'windows')), 0)::int as windows from cursor where lane = 'reconcile'`.execute(
        trx,
      );
      return rows[0]?.windows ?? 0;
    });
  }
}, 60_000);

test('a poll by a stamp the POS does not filter by would hide changes: then the documented one is taken', async () => {
  const emulator = createEmulator({ sales: 200, customers: 5, switches: { updateTimeFilter: 'none' } });
  const { services, organizationId, connectionId, posAccountId } = await connected(emulator);
  const summary = await syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' });
  expect(summary.state).toBe('complete');
  const account = await tenantTransaction(services.db, organizationId, (trx) =>
    trx.selectFrom('pos_account').select('switches').where('id', '=', posAccountId).executeTakeFirst(),
  );
  expect(account?.switches).toMatchObject({ changeStamp: 'timeStamp' });
  const again = await syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' });
  expect(again).toMatchObject({ state: 'complete', changed: 0 });
  const asked = emulator.control.requests().filter(({ path }) => path.includes('/Sale.json?sort=timeStamp&timeStamp='));
  expect(asked.length).toBeGreaterThan(0);
}, 60_000);

test('each night the last two days and one older week are read again; in a year every week has had its turn', () => {
  const day = 86_400_000;
  const now = Date.parse('2026-11-24T01:00:00Z') as Instant;
  const [recent] = nightlyWindows(now);
  expect(recent).toEqual({ from: now - 2 * day, until: now + day });
  const covered = new Set<number>();
  for (let night = 0; night < 52; night += 1) {
    const at = (now + night * day) as Instant;
    const [, older] = nightlyWindows(at);
    if (older === undefined) throw new Error('There is an older week each night.');
    expect(older.until - older.from).toBe(7 * day);
    covered.add(Math.round((at - 2 * day - older.until) / (7 * day)));
  }
  expect(covered.size).toBe(52);
});

import { createEmulator, type Emulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { coverageInputs } from './coverage-inputs.ts';
import { releaseLease, takeLease } from './lease.ts';
import { listProblems } from './problems.ts';
import { addWindows } from './reconcile.ts';
import { getRun, listRuns } from './runs.ts';
import { ledgerDigest, testAccount, type TestAccount } from './testing/account.ts';

const { db, organizationId } = await testDatabase();

type Table = 'sale' | 'customer' | 'sale_void' | 'sale_version' | 'dirty_day' | 'set_aside' | 'page';

async function count(table: Table, { posAccountId }: TestAccount): Promise<number> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)}
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
    return rows[0]?.count ?? 0;
  });
}

async function coverage({ posAccountId }: TestAccount) {
  const all = await tenantTransaction(db, organizationId, (trx) => coverageInputs(trx));
  return all.find((each) => each.posAccountId === posAccountId);
}

test('one walk brings every sale, customer and void, and every cell agrees with the till’s own totals', async () => {
  const emulator = createEmulator({ sales: 1_500, customers: 250, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  const summary = await account.sync();
  expect(summary).toMatchObject({ state: 'complete', setAside: 0, throttled: 0, error: null });
  const ids = emulator.control.ids();
  expect(await count('sale', account)).toBe(ids['Sale']?.length);
  expect(await count('sale_version', account)).toBe(ids['Sale']?.length);
  expect(await count('customer', account)).toBe(ids['Customer']?.length);
  expect(await count('sale_void', account)).toBe(ids['SaleVoid']?.length);
  expect(await count('dirty_day', account)).toBe(0);
  expect(await account.mismatches()).toEqual([]);
  const requests = emulator.control.requests().filter(({ path }) => path.startsWith('/API/V3/'));
  expect(summary.requests).toBe(requests.length);
  // Read up to the till's own time, not ours.
  const now = Math.floor(emulator.control.clock.now() / 1000) * 1000;
  expect(await coverage(account)).toMatchObject({ salesCaughtUpTo: now, lookUpsReadAt: now, historyDoneAt: now, setAside: [] });

  // A second run finds nothing new and takes a handful of requests; nothing is written but where it stands.
  const before = await ledgerDigest(db, organizationId, account.posAccountId);
  const pages = await count('page', account);
  const again = await account.sync();
  expect(again).toMatchObject({ state: 'complete', changed: 0 });
  expect(again.requests).toBeLessThan(10);
  expect(await count('page', account)).toBe(pages);
  expect(await ledgerDigest(db, organizationId, account.posAccountId)).toBe(before);
}, 120_000);

test('late edits of any age restate their days: voids with their cause, edits after close, back-dated sales (D14)', async () => {
  const emulator = createEmulator({ sales: 800, customers: 50, lateEdits: 'pending', seed: 5, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  await account.sync();
  expect(await account.mismatches()).toEqual([]);
  const { control, world } = emulator;
  control.clock.set(new Date(world.window.until).toISOString());
  const summary = await account.sync();
  expect(summary.changed).toBeGreaterThan(0);
  expect(summary.requests).toBeLessThan(20);
  expect(await account.mismatches()).toEqual([]);
  expect(await count('sale_version', account)).toBeGreaterThan(await count('sale', account));
  // The same as one clean walk over the end state, whatever was seen in between.
  const clean = await testAccount(db, organizationId, emulator);
  await clean.sync();
  expect(await ledgerDigest(db, organizationId, account.posAccountId)).toBe(
    await ledgerDigest(db, organizationId, clean.posAccountId),
  );
  const causes = await tenantTransaction(db, organizationId, (trx) =>
    trx
      .selectFrom('sale_void')
      .innerJoin('sale', (join) =>
        join
          .onRef('sale.organization_id', '=', 'sale_void.organization_id')
          .onRef('sale.pos_account_id', '=', 'sale_void.pos_account_id')
          .onRef('sale.sale_id', '=', 'sale_void.sale_id'),
      )
      .select(['sale.state', 'sale_void.reason', 'sale_void.voided_at', 'sale_void.checked_at'])
      .where('sale_void.pos_account_id', '=', account.posAccountId)
      .execute(),
  );
  expect(causes.length).toBeGreaterThan(0);
  for (const cause of causes) {
    expect(cause.state).toBe('voided');
    expect(cause.checked_at).not.toBeNull();
    expect(cause.voided_at).not.toBeNull();
  }
}, 120_000);

test('a void whose sale is not voided yet is looked at again at each poll, and after a day it is a problem', async () => {
  const emulator = createEmulator({ sales: 60, customers: 5, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  await account.sync();
  const voidedAt = new Date(emulator.control.clock.now());
  const look = () =>
    tenantTransaction(db, organizationId, async (trx) => {
      const { rows } = await sql<{ checked: boolean; problem: string | null }>`
        select v.checked_at is not null as checked, s.problem from sale_void v join sale s using (organization_id, pos_account_id, sale_id)
        where v.pos_account_id = ${account.posAccountId} and v.sale_void_id = '999999'`.execute(trx);
      return rows;
    });
  await tenantTransaction(db, organizationId, (trx) =>
    sql`
      insert into sale_void (organization_id, pos_account_id, sale_void_id, sale_id, voided_at)
      select organization_id, pos_account_id, '999999', sale_id, ${voidedAt} from sale
      where pos_account_id = ${account.posAccountId} and state = 'completed' order by sale_id limit 1`.execute(trx),
  );
  for (const minutes of [10, 20]) {
    emulator.control.clock.advance(minutes * 60_000);
    expect(await account.sync()).toMatchObject({ state: 'complete' });
    expect(await look()).toEqual([{ checked: false, problem: null }]);
  }
  await tenantTransaction(db, organizationId, (trx) =>
    sql`
      update sale_void set voided_at = voided_at - interval '1 day'
      where pos_account_id = ${account.posAccountId} and sale_void_id = '999999'`.execute(trx),
  );
  emulator.control.clock.advance(600_000);
  await account.sync();
  expect(await look()).toEqual([{ checked: true, problem: 'void_without_effect' }]);
}, 60_000);

test('slices yield at page boundaries and the next one goes on where the last stood', async () => {
  const emulator = createEmulator({ sales: 900, customers: 120, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  const states: string[] = [];
  for (let slice = 0; slice < 60; slice += 1) {
    // The world's clock stands still unless a page is committed: each slice gets one page done.
    const summary = await account.sync({
      settings: { sliceMs: 1 },
      onStage: (stage) => {
        if (stage === 'committed') emulator.control.clock.advance(10);
      },
    });
    states.push(summary.state);
    if (summary.state === 'complete') break;
  }
  expect(states.at(-1)).toBe('complete');
  expect(states.length).toBeGreaterThan(4);
  expect(await account.mismatches()).toEqual([]);
  const { items } = await tenantTransaction(db, organizationId, (trx) => listRuns(trx, organizationId, { limit: 200 }));
  expect(items.filter((run) => run.posAccountId === account.posAccountId)).toHaveLength(1);
  // No page was asked for and thrown away.
  const asked = emulator.control
    .requests()
    .filter(({ path }) => path.includes('/Sale.json?sort=saleID') && !path.includes('IN%2C'));
  expect(asked).toHaveLength(Math.ceil((await count('sale', account)) / 100));
}, 120_000);

test('a spent budget ends the slice at once with the time to go on, and never becomes an empty page', async () => {
  const emulator = createEmulator({ sales: 1_000, customers: 50, rateLimit: 'real', registers: 1, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  const { clientId } = emulator.credentials.rSeries;
  let throttledSlices = 0;
  for (let slice = 0; slice < 50; slice += 1) {
    if (slice < 6) emulator.control.spend(clientId, 88);
    const summary = await account.sync({}, account.impatientClient());
    if (summary.state === 'complete') break;
    expect(summary).toMatchObject({ state: 'throttled', error: null });
    throttledSlices += 1;
    const waitMs = (summary.retryAt?.getTime() ?? 0) - emulator.control.clock.now();
    expect(waitMs).toBeGreaterThan(0);
    emulator.control.clock.advance(waitMs);
  }
  expect(throttledSlices).toBeGreaterThan(2);
  expect(await count('sale', account)).toBe(emulator.control.ids()['Sale']?.length);
  expect(await account.mismatches()).toEqual([]);
}, 120_000);

test('faults of the POS leave a run that goes on, not a hole', async () => {
  const emulator = createEmulator({ sales: 1_200, customers: 150, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  const names = [
    'status-500',
    'html-502',
    'cut-connection',
    'cut-body',
    'truncated-json',
    'duplicate-rows',
    'reordered-rows',
    'unknown-fields',
  ] as const;
  names.forEach((name, index) => emulator.control.faults.arm(name, { every: 5 + index }));
  let summary = await account.sync();
  for (let attempt = 0; attempt < 20 && summary.state !== 'complete'; attempt += 1) {
    emulator.control.clock.advance(60_000);
    summary = await account.sync();
  }
  expect(summary.state).toBe('complete');
  emulator.control.faults.reset();
  expect(await account.mismatches()).toEqual([]);
}, 120_000);

test('a lost lease commits nothing', async () => {
  const emulator = createEmulator({ sales: 500, customers: 20, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  let commits = 0;
  const stolen = account.sync({
    onStage: async (stage) => {
      if (stage === 'committed') commits += 1;
      // Between two pages somebody else takes the account.
      if (stage !== 'fetched' || commits !== 2) return;
      await systemTransaction(db, async (trx) => {
        await sql`update sync_state set lease_fence = lease_fence + 1 where pos_account_id = ${account.posAccountId}`.execute(
          trx,
        );
      });
    },
  });
  await expect(stolen).rejects.toMatchObject({ code: 'sync_lease_lost' });
  expect(commits).toBe(2);
  const digest = await ledgerDigest(db, organizationId, account.posAccountId);
  expect(await count('sale', account)).toBeLessThan(500);
  // While the other holds it, nobody else gets in; afterwards the account is brought to its end.
  expect((await account.sync()).state).toBe('busy');
  expect(await ledgerDigest(db, organizationId, account.posAccountId)).toBe(digest);
  await systemTransaction(db, async (trx) => {
    await sql`update sync_state set lease_until = clock_timestamp() - interval '1 second' where pos_account_id = ${account.posAccountId}`.execute(
      trx,
    );
  });
  expect((await account.sync()).state).toBe('complete');
  expect(await account.mismatches()).toEqual([]);
}, 120_000);

test('a lease is one holder’s until it runs out, and its fence only grows', async () => {
  const emulator = createEmulator({ sales: 0, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  const id = { organizationId, posAccountId: account.posAccountId };
  const first = await takeLease(db, id, 'one', 60_000);
  expect(first?.fence).toBe(1);
  expect(await takeLease(db, id, 'two', 60_000)).toBeNull();
  if (first !== null) await releaseLease(db, first);
  const second = await takeLease(db, id, 'two', 1);
  expect(second?.fence).toBe(2);
  // A late release by the first holder does not free the second's.
  if (first !== null) await releaseLease(db, first);
  await tenantTransaction(db, organizationId, (trx) => sql`select pg_sleep(0.01)`.execute(trx));
  expect((await takeLease(db, id, 'three', 60_000))?.fence).toBe(3);
});

test('documents that cannot be read are set aside and shown; the others land, and their days are partial (D22)', async () => {
  const source = createEmulator({ sales: 200, customers: 10, frozenClock: true });
  const documents = await readAll(source, 'Sale');
  const shops = await readAll(source, 'Shop');
  const sale = (index: number): Record<string, unknown> => documents[index] as Record<string, unknown>;
  const time = '2026-11-02T12:00:00+00:00';
  Object.assign(sale(10), { calcTotal: '12,5', completeTime: time, shopID: '1' });
  delete sale(20)['saleID'];
  Object.assign(sale(30), { completeTime: 'yesterday', timeStamp: 'noon', updateTime: '', createTime: '?' });
  const emulator = createEmulator({ load: { Sale: documents, Shop: shops } });
  const account = await testAccount(db, organizationId, emulator);
  const summary = await account.sync();
  expect(summary).toMatchObject({ state: 'partial', setAside: 3 });
  expect(await count('sale', account)).toBe(documents.length - 3);
  const { groups } = await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId));
  const ours = groups.flatMap(({ problems }) => problems).filter(({ posAccountId }) => posAccountId === account.posAccountId);
  expect(ours.map(({ code, resource, day }) => `${resource} ${code} ${day === null ? 'any day' : 'a day'}`).sort()).toEqual(
    ['sale bad_number a day', 'sale bad_time any day', 'sale missing_id a day'].sort(),
  );
  const inputs = await coverage(account);
  expect(inputs?.setAside).toContainEqual(expect.objectContaining({ shopId: '1', day: '2026-11-02' }));
  expect(inputs?.setAside.filter(({ day }) => day === null)).toHaveLength(1);
  const run = await tenantTransaction(db, organizationId, (trx) => getRun(trx, organizationId, summary.runId, Date.now()));
  expect(run).toMatchObject({ state: 'partial', setAside: 3, progress: { historyDone: true, historyShare: 1 } });
}, 120_000);

test('requests that come in while a pass is under way are served by one more pass', async () => {
  const emulator = createEmulator({ sales: 300, customers: 10, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  let asked = 0;
  await account.sync({
    onStage: async (stage) => {
      if (stage !== 'committed' || asked === 3) return;
      asked += 1;
      await systemTransaction(db, async (trx) => {
        await sql`update sync_state set wanted = wanted + 1 where pos_account_id = ${account.posAccountId}`.execute(trx);
      });
    },
  });
  const state = await tenantTransaction(db, organizationId, (trx) =>
    trx.selectFrom('sync_state').select(['wanted', 'done']).where('pos_account_id', '=', account.posAccountId).executeTakeFirst(),
  );
  expect(state).toEqual({ wanted: 5, done: 5 });
}, 60_000);

test('an edit that moves no stamp is found by reading its days again; a sale the POS has lost becomes a problem', async () => {
  const emulator = createEmulator({ sales: 400, customers: 10, frozenClock: true });
  const account = await testAccount(db, organizationId, emulator);
  await account.sync();
  const state = emulator.world.at(emulator.control.clock.now());
  const stamps = [...state.walk({ order: 'completeTime', descending: true })].slice(20, 60);
  const completed = stamps.flatMap(({ id }) => {
    const sale = state.sale(id);
    return sale?.completed === true && !sale.voided && sale.customerId === null ? [sale] : [];
  });
  const edited = completed.find(
    ({ lines }) => lines.length > 0 && lines.every(({ quantity, kind }) => kind === 'item' && Number(quantity) > 0),
  );
  if (edited === undefined) throw new Error('There is a sale to a walk-in.');
  const [customer] = state.customers();
  const at = new Date(edited.updateTime).toISOString();
  emulator.control.play([{ event: 'edit', sale: edited.name, at, customer: customer?.id ?? '' }]);
  await account.sync();
  expect(await account.mismatches()).toHaveLength(1);
  const window = {
    from: ((edited.completeTime ?? 0) - 3_600_000) as Instant,
    until: ((edited.completeTime ?? 0) + 3_600_000) as Instant,
  };
  // A sale that our ledger has and the POS does not.
  await tenantTransaction(db, organizationId, async (trx) => {
    await sql`
      insert into sale (organization_id, pos_account_id, sale_id, number, shop_id, state, occurred_at, changed_at, seen_at, total, tax, hash,
        version, business_day, hour)
      select organization_id, pos_account_id, '999999', '22', shop_id, 'completed', ${new Date(edited.completeTime ?? 0)}, changed_at,
        seen_at - interval '1 hour', total, tax, hash, 1, business_day, hour
      from sale where pos_account_id = ${account.posAccountId} and sale_id = ${String(edited.id)}`.execute(trx);
    await addWindows(trx, account, [window]);
  });
  emulator.control.clock.advance(60_000);
  const summary = await account.sync();
  expect(summary.state).toBe('complete');
  expect(await account.mismatches()).toEqual([]);
  const { groups } = await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId));
  expect(groups.find(({ code }) => code === 'missing_at_pos')?.problems.map(({ resourceId }) => resourceId)).toEqual(['999999']);
}, 60_000);

/** All documents of a resource as the emulator serves them. */
async function readAll(emulator: Emulator, resource: string): Promise<unknown[]> {
  const { accountID, accessToken } = emulator.credentials.rSeries;
  const relations =
    resource === 'Sale' ? `&load_relations=${encodeURIComponent('["SaleLines","SalePayments","SalePayments.PaymentType"]')}` : '';
  const all: unknown[] = [];
  let url = `https://api.example.test/API/V3/Account/${accountID}/${resource}.json?limit=100${relations}`;
  while (url !== '') {
    const answer = await emulator.fetch(url, { headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
    const body = (await answer.json()) as Record<string, unknown> & { '@attributes': { next: string } };
    const records = body[resource];
    all.push(...(Array.isArray(records) ? records : [records]));
    url = body['@attributes'].next;
  }
  return all;
}

import { createEmulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { coverageInputs } from './coverage-inputs.ts';
import { listProblems } from './problems.ts';
import { addWindows } from './reconcile.ts';
import { ledgerDigest, type TestAccount } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';

const { db, organizationId } = await testDatabase();

type Table = 'sale' | 'customer' | 'sale_version' | 'dirty_day' | 'set_aside' | 'page' | 'shop';

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

test('one walk by version brings every sale and customer, and every cell agrees with the retailer’s own totals', async () => {
  const emulator = createEmulator({ sales: 1_500, customers: 250, frozenClock: true });
  const account = await testXAccount(db, organizationId, emulator);
  const summary = await account.sync();
  expect(summary).toMatchObject({ state: 'complete', setAside: 0, throttled: 0, error: null });
  const ids = emulator.control.xSeries?.ids() ?? {};
  expect(await count('sale', account)).toBe(ids['sales']?.length);
  expect(await count('sale_version', account)).toBe(ids['sales']?.length);
  expect(await count('customer', account)).toBe(ids['customers']?.length);
  expect(await count('shop', account)).toBe(ids['outlets']?.length);
  expect(await count('dirty_day', account)).toBe(0);
  expect(await account.mismatches()).toEqual([]);
  const now = Math.floor(emulator.control.clock.now() / 1000) * 1000;
  expect(await coverage(account)).toMatchObject({ salesCaughtUpTo: now, lookUpsReadAt: now, historyDoneAt: now, setAside: [] });

  // A second run finds nothing new and takes a handful of requests; nothing is written but where it stands.
  const before = await ledgerDigest(db, organizationId, account.posAccountId);
  const pages = await count('page', account);
  const again = await account.sync();
  expect(again).toMatchObject({ state: 'complete', changed: 0 });
  expect(again.requests).toBeLessThan(5);
  expect(await count('page', account)).toBe(pages);
  expect(await ledgerDigest(db, organizationId, account.posAccountId)).toBe(before);
}, 120_000);

test('late edits of any age are new versions: they restate their days and end as one clean walk does (D14)', async () => {
  const emulator = createEmulator({ sales: 800, customers: 50, lateEdits: 'pending', seed: 5, frozenClock: true });
  const account = await testXAccount(db, organizationId, emulator);
  await account.sync();
  expect(await account.mismatches()).toEqual([]);
  emulator.control.clock.set(new Date(emulator.world.x.window.until).toISOString());
  const summary = await account.sync();
  expect(summary.changed).toBeGreaterThan(0);
  expect(await account.mismatches()).toEqual([]);
  expect(await count('sale_version', account)).toBeGreaterThan(await count('sale', account));
  const clean = await testXAccount(db, organizationId, emulator);
  await clean.sync();
  expect(await ledgerDigest(db, organizationId, account.posAccountId)).toBe(
    await ledgerDigest(db, organizationId, clean.posAccountId),
  );
}, 120_000);

test('no past day is complete before the first walk ends, in however many slices, though it is polled meanwhile (D21)', async () => {
  const emulator = createEmulator({ sales: 900, customers: 120, lateEdits: 'pending', frozenClock: true });
  const account = await testXAccount(db, organizationId, emulator);
  const states: string[] = [];
  for (let slice = 0; slice < 80; slice += 1) {
    const summary = await account.sync({
      settings: { sliceMs: 1, pollMs: 50 },
      onStage: (stage) => {
        if (stage === 'committed') emulator.control.clock.advance(20);
      },
    });
    states.push(summary.state);
    const { salesCaughtUpTo, historyDoneAt } = (await coverage(account)) ?? {};
    if (historyDoneAt === null) expect(salesCaughtUpTo).toBeNull();
    if (summary.state === 'complete') break;
    // Trade goes on while history is read: the walk meets it again by its higher version.
    if (slice === 3) emulator.control.clock.set(new Date(emulator.world.x.window.until).toISOString());
  }
  expect(states.at(-1)).toBe('complete');
  expect(states.length).toBeGreaterThan(5);
  expect((await coverage(account))?.historyDoneAt).not.toBeNull();
  expect(await account.mismatches()).toEqual([]);
}, 120_000);

test('faults of the POS and a spent budget leave a run that goes on, not a hole', async () => {
  const emulator = createEmulator({ sales: 1_200, customers: 150, rateLimit: 'real', xRegisters: 1, frozenClock: true });
  const account = await testXAccount(db, organizationId, emulator);
  const names = ['status-500', 'html-502', 'cut-connection', 'cut-body', 'truncated-json', 'unknown-fields', 'gone-410'] as const;
  let throttled = 0;
  let state = '';
  for (let attempt = 0; attempt < 30 && state !== 'complete'; attempt += 1) {
    // First the budget, which many share; then everything else that goes wrong.
    if (attempt < 3) emulator.control.spend('personal-token', 330);
    if (attempt === 3) names.forEach((name, index) => emulator.control.faults.arm(name, { every: 5 + index, match: '/api/' }));
    const summary = await account.sync({}, attempt < 3 ? account.impatientClient() : undefined);
    state = summary.state;
    if (state === 'throttled' && attempt < 3) throttled += 1;
    emulator.control.clock.advance(Math.max(60_000, (summary.retryAt?.getTime() ?? 0) - emulator.control.clock.now()));
  }
  expect(state).toBe('complete');
  expect(throttled).toBeGreaterThan(0);
  emulator.control.faults.reset();
  expect(await count('sale', account)).toBe(emulator.control.xSeries?.ids()['sales']?.length);
  expect(await account.mismatches()).toEqual([]);
}, 120_000);

test('while the discount product cannot be read no sale is, and no day is complete; once it can, all is there (D9)', async () => {
  const emulator = createEmulator({ sales: 200, customers: 10, frozenClock: true });
  let isForbidden = true;
  const account = await testXAccount(db, organizationId, {
    ...emulator,
    fetch: async (request, init) => {
      const sent = new Request(request, init);
      return isForbidden && new URL(sent.url).pathname === '/api/2.0/retailer'
        ? Response.json({ error: 'permission denied' }, { status: 403 })
        : emulator.fetch(sent);
    },
  });
  expect(await account.sync()).toMatchObject({ state: 'failed', error: { code: 'pos_scope_missing' } });
  expect(await count('sale', account)).toBe(0);
  // The shops are there, with their days not yet read.
  expect(await count('shop', account)).toBeGreaterThan(2);
  expect(await coverage(account)).toMatchObject({ salesCaughtUpTo: null, lookUpsReadAt: null, historyDoneAt: null });
  isForbidden = false;
  expect(await account.sync()).toMatchObject({ state: 'complete', setAside: 0 });
  expect(await account.mismatches()).toEqual([]);
});

test('days read again find what the ledger lacks, by the index and by id; a sale the POS has lost becomes a problem', async () => {
  const emulator = createEmulator({ sales: 400, customers: 10, frozenClock: true });
  const account = await testXAccount(db, organizationId, emulator);
  await account.sync();
  const [sale] = await tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ sale_id: string; occurred_at: Date }>`
      select sale_id, occurred_at from sale where pos_account_id = ${account.posAccountId} and state = 'completed'
      order by occurred_at desc limit 1`.execute(trx);
    return rows;
  });
  if (sale === undefined) throw new Error('There is a sale.');
  const window = {
    from: (sale.occurred_at.getTime() - 3_600_000) as Instant,
    until: (sale.occurred_at.getTime() + 3_600_000) as Instant,
  };
  const lost = '00000000-0000-4000-8000-000000000001';
  await tenantTransaction(db, organizationId, async (trx) => {
    // As if an older version had been all we ever got.
    await sql`update sale set pos_version = 1, hash = '\\x00' where pos_account_id = ${account.posAccountId} and sale_id = ${sale.sale_id}`.execute(
      trx,
    );
    await sql`
      insert into sale (organization_id, pos_account_id, sale_id, number, shop_id, state, occurred_at, changed_at, seen_at, total, tax, hash,
        version, business_day, hour)
      select organization_id, pos_account_id, ${lost}, '22', shop_id, 'completed', occurred_at, changed_at,
        seen_at - interval '1 hour', total, tax, hash, 1, business_day, hour
      from sale where pos_account_id = ${account.posAccountId} and sale_id = ${sale.sale_id}`.execute(trx);
    await addWindows(trx, account, [window]);
  });
  emulator.control.clock.advance(60_000);
  expect(await account.sync()).toMatchObject({ state: 'complete', changed: 1 });
  expect(await account.mismatches()).toEqual([]);
  const { groups } = await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId));
  const missing = groups.find(({ code }) => code === 'missing_at_pos')?.problems ?? [];
  expect(missing.map(({ resourceId }) => resourceId)).toEqual([lost]);
});

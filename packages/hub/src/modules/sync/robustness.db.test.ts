import { createEmulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { CoverageBook } from '../turnover/coverage.ts';
import type { PosClient } from './client.ts';
import { listProblems } from './problems.ts';
import { addWindows } from './reconcile.ts';
import { ledgerDigest, readCells, testAccount, type TestAccount, worldClock } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';
import { requestNightly } from './worker.ts';

const DAY_MS = 86_400_000;
const services = await testServices();
const { db, organizationId } = services;
const emulator = createEmulator({ sales: 300, customers: 20, seed: 8, frozenClock: true });
const clock = worldClock(emulator);

async function query<Row>(text: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return tenantTransaction(db, organizationId, async (trx) => (await text.execute(trx)).rows);
}

/** The emulator as a POS that lacks one sale, while told to. */
function lacking(): { emulator: typeof emulator; without: (id: string | null) => void } {
  let lost: string | null = null;
  const hidden = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => !isLost(one)).map(hidden);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'Sale' && isLost(inner) ? [] : hidden(inner)]),
    );
  };
  const isLost = (value: unknown): boolean =>
    lost !== null &&
    typeof value === 'object' &&
    value !== null &&
    [Reflect.get(value, 'saleID'), Reflect.get(value, 'id')].includes(lost);
  return {
    without: (id) => {
      lost = id;
    },
    emulator: {
      ...emulator,
      fetch: async (request, init) => {
        const sent = new Request(request, init);
        if (lost !== null && new URL(sent.url).pathname.endsWith(`/sales/${lost}`))
          return Response.json({ error: 'gone' }, { status: 404 });
        const answer = await emulator.fetch(sent);
        if (lost === null || !answer.ok) return answer;
        return new Response(JSON.stringify(hidden(await answer.json())), answer);
      },
    },
  };
}

/** A client whose pages are changed on their way. */
function changing(client: PosClient, change: (page: Record<string, unknown>) => object): PosClient {
  return {
    ...client,
    async *sales(wanted, position) {
      for await (const page of client.sales(wanted, position)) yield { ...page, ...change({ ...page }) };
    },
  };
}

test('without the POS’s own time a stamp from the future hides nothing', async () => {
  const till = await testAccount(db, organizationId, emulator);
  await till.sync();
  const future = (clock.now() + 5 * DAY_MS) as Instant;
  emulator.control.clock.advance(400_000);
  const client = changing(till.client(), ({ request, records }) => ({
    request: { ...(request as object), serverTime: null },
    records: (records as { ok: boolean; value: object }[]).map((record) =>
      record.ok ? { ...record, value: { ...record.value, changedAt: future } } : record,
    ),
  }));
  await till.sync({}, client);
  const [live] = await query(sql<{ watermark: number }>`
    select (position->>'watermark')::bigint as watermark from cursor
    where pos_account_id = ${till.posAccountId} and stream = 'sales' and lane = 'live'`);
  expect(live?.watermark).toBeLessThanOrEqual(clock.now());
});

test('a place written by another version of the code starts its stream again, and says so until it is through', async () => {
  const till = await testAccount(db, organizationId, emulator);
  await till.sync();
  const before = await ledgerDigest(db, organizationId, till.posAccountId);
  await query(sql`update cursor set position = position || '{"v": 0}' where pos_account_id = ${till.posAccountId}`);
  const walks = () =>
    emulator.control.requests().filter(({ path }) => path.includes('/Sale.json?sort=saleID') && !path.includes('IN%2C')).length;
  const asked = walks();
  const done = () =>
    query(sql<{ done: boolean }>`
    select caught_up_at is not null as done from cursor
    where pos_account_id = ${till.posAccountId} and stream = 'sales' and lane = 'history'`);
  const states: boolean[] = [];
  let last = '';
  for (let slice = 0; slice < 40 && last !== 'complete'; slice += 1) {
    const { state } = await till.sync({
      settings: { sliceMs: 1 },
      onStage: (stage) => {
        if (stage === 'committed') emulator.control.clock.advance(10);
      },
    });
    last = state;
    states.push((await done())[0]?.done ?? false);
  }
  expect(last).toBe('complete');
  expect(walks() - asked).toBeGreaterThanOrEqual(3);
  expect(states).toContain(false);
  expect(await ledgerDigest(db, organizationId, till.posAccountId)).toBe(before);
});

test('nights do not pile up: a frozen account is not asked, windows that overlap are one', async () => {
  const posAccountId = uuidv7();
  const at = Date.parse('2027-03-10T12:00:00Z') as Instant;
  const nightly = (days: number) =>
    requestNightly({ ...services, clock: { ...services.clock, now: () => (at + days * DAY_MS) as Instant } });
  const windows = async () =>
    (
      await query(sql<{ windows: { from: number; until: number }[] }>`
    select position->'windows' as windows from cursor where pos_account_id = ${posAccountId}`)
    )[0]?.windows ?? [];
  const setState = (state: string) => query(sql`update connection set state = ${state} where pos_account_id = ${posAccountId}`);
  await query(sql`
    with account as (
      insert into pos_account (organization_id, id, provider, external_id, name, currency, nightly_days, nightly_time)
      values (${organizationId}, ${posAccountId}, 'lightspeed-r', 'nights', 'Nights', 'DKK', 3, '04:30') returning *
    ), made as (
      insert into connection (organization_id, id, name, provider, api_type, pos_account_id, state)
      select organization_id, ${uuidv7()}, 'Nights', provider, 'v3', id, 'frozen' from account
    )
    insert into sync_state (organization_id, pos_account_id, due_at, nightly_at)
    select organization_id, id, now(), ${new Date(at - DAY_MS)} from account`);
  for (const day of [0, 1, 2]) await nightly(day);
  expect(await windows()).toEqual([]);
  await setState('active');
  await nightly(3);
  await nightly(3);
  const asked = await windows();
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({ from: at, until: at + 4 * DAY_MS });
  // The POS holds it up for some nights: the days are one stretch.
  for (const day of [4, 5, 6]) await nightly(day);
  const later = await windows();
  expect(later.filter(({ until }) => until > at)).toEqual([{ from: at, until: at + 7 * DAY_MS }]);
  await setState('removed');
});

test('a void that could not be read is no problem any more once its sale is voided', async () => {
  const till = await testAccount(db, organizationId, emulator);
  await till.sync();
  const [voided] = await query(sql<{ sale_id: string }>`
    select sale_id from sale where pos_account_id = ${till.posAccountId} and state = 'voided' limit 1`);
  await query(sql`
    insert into set_aside (organization_id, id, pos_account_id, resource, code, path, message, document, document_hash, seen_at)
    values (${organizationId}, ${uuidv7()}, ${till.posAccountId}, 'saleVoid', 'missing_id', '', 'no id',
      ${JSON.stringify({ saleID: voided?.sale_id })}, '\\x01', ${new Date(clock.now())})`);
  emulator.control.clock.advance(400_000);
  await till.sync();
  const { groups } = await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId));
  expect(groups.filter(({ resource }) => resource === 'saleVoid')).toEqual([]);
});

test.each([
  ['R', testAccount],
  ['X', testXAccount],
] as const)(
  '%s-Series: a sale deleted at the POS is found when its days are read again, and restates its day; should it come back, it counts',
  async (_series, account) => {
    const pos = lacking();
    const till = await account(db, organizationId, pos.emulator);
    await till.sync();
    const [sale] = await query(sql<{ sale_id: string; occurred_at: Date; shop_id: string; business_day: string }>`
    select s.sale_id, s.occurred_at, s.shop_id, s.business_day::text from sale s join sale_figure f using (organization_id, pos_account_id, sale_id)
    where s.pos_account_id = ${till.posAccountId} and s.state = 'completed' and f.turnover > 0
    order by s.occurred_at desc offset 20 limit 1`);
    if (sale === undefined) throw new Error('There is a sale.');
    const readAgain = async (): Promise<void> => {
      await tenantTransaction(db, organizationId, (trx) =>
        addWindows(trx, till, [
          { from: (sale.occurred_at.getTime() - 60_000) as Instant, until: (sale.occurred_at.getTime() + 60_000) as Instant },
        ]),
      );
      emulator.control.clock.advance(600_000);
      expect((await till.sync()).state).toBe('complete');
    };
    const look = async () => {
      const { state, problem } =
        (
          await query(sql<{ state: string; problem: string | null }>`
      select state, problem from sale where pos_account_id = ${till.posAccountId} and sale_id = ${sale.sale_id}`)
        )[0] ?? {};
      const [sum] = await query(sql<{ turnover: number }>`
      select coalesce(sum(turnover), 0)::bigint as turnover from fact
      where pos_account_id = ${till.posAccountId} and shop_id = ${sale.shop_id} and business_day = ${sale.business_day}`);
      return { state, problem, turnover: sum?.turnover ?? 0 };
    };
    const before = await look();
    pos.without(sale.sale_id);
    await readAgain();
    expect(await look()).toEqual({ ...before, problem: 'missing_at_pos' });
    await readAgain();
    const after = await look();
    expect(after).toMatchObject({ state: 'voided', problem: null });
    expect(after.turnover).toBeLessThan(before.turnover);
    const [cause] = await query(sql<{ reason: string }>`
    select reason from sale_void where pos_account_id = ${till.posAccountId} and sale_id = ${sale.sale_id}`);
    expect(cause?.reason).toContain('no longer');
    pos.without(null);
    await readAgain();
    expect(await look()).toMatchObject({ state: 'completed', turnover: before.turnover });
    expect(await till.mismatches()).toEqual([]);
  },
);

test.each([
  ['R', testAccount],
  ['X', testXAccount],
] as const)(
  '%s-Series: answers that lack most of what was sold, or cannot be read, are not taken for deletions, however often they come',
  async (_series, account) => {
    // Of its own: the others' time goes on, and tokens end.
    const pos = createEmulator({ sales: 200, customers: 10, seed: 10, frozenClock: true });
    const till = await account(db, organizationId, pos);
    await till.sync();
    const [window] = await query(sql<{ from: Date; until: Date; sales: number }>`
      select max(occurred_at) - interval '5 days' as from, max(occurred_at) as until, count(*)::int as sales from sale
      where pos_account_id = ${till.posAccountId}`);
    if (window === undefined) throw new Error('There are sales.');
    const before = await readCells(db, organizationId, till.posAccountId);
    const readAgain = async (client: PosClient): Promise<number> => {
      const windows = [{ from: window.from.getTime() as Instant, until: window.until.getTime() as Instant }];
      await tenantTransaction(db, organizationId, (trx) => addWindows(trx, till, windows));
      pos.control.clock.advance(60_000);
      expect(await till.sync({}, client)).toMatchObject({ error: null, cause: undefined });
      expect(await readCells(db, organizationId, till.posAccountId)).toEqual(before);
      const [{ doubted } = { doubted: -1 }] = await query(sql<{ doubted: number }>`
        select count(*)::int as doubted from sale where pos_account_id = ${till.posAccountId} and problem = 'missing_at_pos'`);
      return doubted;
    };
    const unreadable = { ok: false, code: 'missing_id', path: '', message: '', id: null, shopId: null, readableTime: null };
    const garbled = changing(till.client(), ({ records }) => ({ records: (records as unknown[]).map(() => unreadable) }));
    expect(await readAgain(garbled)).toBe(0);
    expect(await readAgain(garbled)).toBe(0);
    const empty = changing(till.client(), () => ({ records: [], documents: [] }));
    expect(await readAgain(empty)).toBeGreaterThan(8);
    expect(await readAgain(empty)).toBeGreaterThan(8);
    expect(await readAgain(till.client())).toBe(0);
  },
);

test('with one of two accounts down its days say partial, the other’s go on, and yesterday’s good figures stand', async () => {
  const world = createEmulator({ sales: 400, customers: 10, seed: 9, frozenClock: true });
  const begun = world.world.window.until - 3 * DAY_MS;
  world.control.clock.set(new Date(begun).toISOString());
  let isDown = false;
  const up = await testXAccount(db, organizationId, world);
  const down = await testAccount(db, organizationId, {
    ...world,
    fetch: (request, init) =>
      isDown ? Promise.resolve(new Response('down for maintenance', { status: 503 })) : world.fetch(request, init),
  });
  await up.sync();
  await down.sync();
  const good = await readCells(db, organizationId, down.posAccountId);
  isDown = true;
  world.control.clock.set(new Date(world.world.window.until).toISOString());
  expect(await down.sync({}, down.impatientClient())).toMatchObject({ state: 'throttled', error: { code: 'pos_unavailable' } });
  expect(await up.sync()).toMatchObject({ state: 'complete' });
  const states = async (till: TestAccount, at: number): Promise<Set<string>> => {
    const day = new Date(at).toISOString().slice(0, 10);
    return tenantTransaction(db, organizationId, async (trx) => {
      const book = await CoverageBook.read(trx, {
        organizationId,
        from: day,
        to: day,
        now: world.control.clock.now() as Instant,
      });
      const own = book.shops.filter(({ posAccountId }) => posAccountId === till.posAccountId);
      return new Set(own.map(({ posAccountId, shopId }) => book.shopDay({ posAccountId, shopId, day })?.state ?? 'none'));
    });
  };
  const yesterday = begun - 2 * DAY_MS;
  const since = begun + DAY_MS;
  expect(await states(up, since)).toEqual(new Set(['complete']));
  expect([...(await states(down, since))].every((state) => state === 'partial' || state === 'missing')).toBe(true);
  expect([...(await states(down, begun))]).toContain('partial');
  expect(await states(down, yesterday)).toEqual(new Set(['complete']));
  expect(await readCells(db, organizationId, down.posAccountId)).toEqual(good);
  isDown = false;
  expect(await down.sync()).toMatchObject({ state: 'complete' });
  expect(await states(down, since)).toEqual(new Set(['complete']));
  expect(await down.mismatches()).toEqual([]);
  expect(await up.mismatches()).toEqual([]);
});

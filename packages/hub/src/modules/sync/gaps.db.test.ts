import { createEmulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { COMMAND_ACTOR } from '../audit/record-audit.ts';
import { changeAccountSettings } from './account-settings.ts';
import { freezeShop, thawShop } from '../connections/freeze-shop.ts';
import { CoverageBook } from '../turnover/coverage.ts';
import { catchUp } from './catch-up.ts';
import { startFromToday } from './start-from-today.ts';
import type { PosClient } from './client.ts';
import { addWindows } from './reconcile.ts';
import { ledgerDigest, testAccount, type TestAccount, worldClock } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';

const DAY_MS = 86_400_000;
const BY = { reason: 'refit', actor: COMMAND_ACTOR } as const;
const { db, organizationId, ...own } = await testServices();

type Emulator = ReturnType<typeof createEmulator>;

const SERIES = [
  ['R', testAccount, (emulator: Emulator) => emulator.world.window.until],
  ['X', testXAccount, (emulator: Emulator) => emulator.world.x.window.until],
] as const;

async function salesByShop({ posAccountId }: TestAccount): Promise<Map<string, number>> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ shop_id: string; sales: number }>`
      select shop_id, count(*)::int as sales from sale where pos_account_id = ${posAccountId} group by shop_id order by 1`.execute(
      trx,
    );
    return new Map(rows.map(({ shop_id, sales }) => [shop_id, sales]));
  });
}

/** How each shop's day of an instant stands. */
async function coverage({ posAccountId }: TestAccount, at: Instant, now: Instant): Promise<Map<string, string>> {
  const day = new Date(at).toISOString().slice(0, 10);
  return tenantTransaction(db, organizationId, async (trx) => {
    const book = await CoverageBook.read(trx, { organizationId, from: day, to: day, now });
    return new Map(
      book.shops
        .filter((shop) => shop.posAccountId === posAccountId)
        .map((shop) => {
          const { state, reasons } = book.shopDay({ posAccountId, shopId: shop.shopId, day }) ?? { state: 'none', reasons: [] };
          return [shop.shopId, [state, ...reasons].join(' ')];
        }),
    );
  });
}

async function zone(name: string): Promise<void> {
  await tenantTransaction(db, organizationId, (trx) =>
    sql`update organization set time_zone = ${name} where organization_id = ${organizationId}`.execute(trx),
  );
}

async function gaps({ posAccountId }: TestAccount): Promise<number> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{
      gaps: number;
    }>`select count(*)::int as gaps from read_gap where pos_account_id = ${posAccountId}`.execute(trx);
    return rows[0]?.gaps ?? -1;
  });
}

test.each(SERIES)(
  'M6, %s-Series: a frozen shop takes in nothing, the others live on; thawed it is caught up, late changes included',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 900, customers: 20, lateEdits: 'pending', seed: 5, frozenClock: true });
    const clock = worldClock(emulator);
    const services = { ...own, db, clock };
    const till = await account(db, organizationId, emulator);
    const begun = (end(emulator) - 12 * DAY_MS) as Instant;
    emulator.control.clock.set(new Date(begun).toISOString());
    // Frozen in the middle of the history import.
    for (let slice = 0; slice < 6; slice += 1) {
      await till.sync({
        settings: { sliceMs: 1 },
        onStage: (stage) => {
          if (stage === 'committed') emulator.control.clock.advance(10);
        },
      });
    }
    const before = await salesByShop(till);
    const shopId = [...before].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
    const ref = { organizationId, posAccountId: till.posAccountId, shopId };
    await freezeShop(services, ref, BY);
    await expect(freezeShop(services, ref, BY)).rejects.toMatchObject({ code: 'conflict' });
    await till.sync();
    emulator.control.clock.set(new Date(end(emulator)).toISOString());
    await till.sync();
    const frozen = await salesByShop(till);
    expect(frozen.get(shopId)).toBe(before.get(shopId));
    const others = [...frozen].filter(([id]) => id !== shopId);
    expect(others.length).toBeGreaterThan(1);
    const sum = (counts: Iterable<[string, number]>): number =>
      [...counts].reduce((all, [id, sales]) => (id === shopId ? all : all + sales), 0);
    expect(sum(frozen)).toBeGreaterThan(sum(before));
    const day = (begun + 3 * DAY_MS) as Instant;
    const states = await coverage(till, day, clock.now());
    expect(states.get(shopId)).toBe('partial shop_frozen');
    for (const [id] of others) expect(states.get(id)).toBe('complete');

    await thawShop(services, ref, { from: 'cursor', actor: COMMAND_ACTOR });
    // Until it is caught up its days are not complete; the others' stay so.
    const meanwhile = await coverage(till, day, clock.now());
    expect(meanwhile.get(shopId)).toBe('partial gap_not_read');
    for (const [id] of others) expect(meanwhile.get(id)).toBe('complete');
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await till.mismatches()).toEqual([]);
    expect((await coverage(till, day, clock.now())).get(shopId)).toBe('complete');
    expect(await gaps(till)).toBe(0);
    const clean = await account(db, organizationId, emulator);
    await clean.sync();
    expect(await ledgerDigest(db, organizationId, till.posAccountId)).toBe(
      await ledgerDigest(db, organizationId, clean.posAccountId),
    );
  },
  120_000,
);

test.each(SERIES)(
  '%s-Series: thawed from today on, the days between are left and say so, until they are read again',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 600, customers: 20, seed: 6, frozenClock: true });
    const clock = worldClock(emulator);
    const till = await account(db, organizationId, emulator);
    const begun = (end(emulator) - 6 * DAY_MS) as Instant;
    emulator.control.clock.set(new Date(begun).toISOString());
    await till.sync();
    const read = [...(await salesByShop(till)).values()].reduce((sum, sales) => sum + sales, 0);
    emulator.control.clock.set(new Date(end(emulator) - 60_000).toISOString());
    const now = clock.now();
    await tenantTransaction(db, organizationId, (trx) =>
      startFromToday(trx, { organizationId, posAccountId: till.posAccountId }, { since: new Date(begun), now }),
    );
    await till.sync();
    const sales = [...(await salesByShop(till)).values()].reduce((sum, count) => sum + count, 0);
    const all = Object.values(emulator.control.ids()['Sale'] ?? []).length;
    expect(sales).toBeGreaterThan(read);
    expect(sales).toBeLessThan(all);
    const day = (begun + 2 * DAY_MS) as Instant;
    expect(new Set((await coverage(till, day, now)).values())).toEqual(new Set(['partial gap_not_read']));
    // What was changed in earlier days meanwhile was not read either.
    const earlier = (begun - 3 * DAY_MS) as Instant;
    expect(new Set((await coverage(till, earlier, now)).values())).toEqual(new Set(['partial changes_not_read']));

    expect(await catchUp({ ...own, db, clock }, { organizationId, posAccountId: till.posAccountId })).toBe(1);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    for (const at of [day, earlier]) expect(new Set((await coverage(till, at, now)).values())).toEqual(new Set(['complete']));
    expect(await till.mismatches()).toEqual([]);
  },
  120_000,
);

test.each(SERIES)(
  'D21, %s-Series: a day whose sales were edited while nothing was read is not said to be complete until it is read again',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 300, customers: 10, lateEdits: 'pending', seed: 6, frozenClock: true });
    const clock = worldClock(emulator);
    const till = await account(db, organizationId, emulator);
    const begun = (end(emulator) - 2 * DAY_MS) as Instant;
    emulator.control.clock.set(new Date(begun).toISOString());
    await till.sync();
    // The edits are made meanwhile, and it goes on from the day after: in Chicago that begins when the world ends.
    await zone('America/Chicago');
    const now = (end(emulator) + 300_000) as Instant;
    emulator.control.clock.set(new Date(now).toISOString());
    await tenantTransaction(db, organizationId, (trx) => startFromToday(trx, till, { since: new Date(begun), now }));
    await zone('Europe/Copenhagen');
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    const wrongDays = async (): Promise<string[]> => {
      const days = new Set((await till.mismatches()).map((cell) => cell.split(' ')[2] ?? ''));
      return [...days].filter((one) => one < new Date(begun - DAY_MS).toISOString().slice(0, 10)).toSorted();
    };
    const states = async (day: string): Promise<Set<string>> =>
      new Set((await coverage(till, Date.parse(day) as Instant, clock.now())).values());
    const wrong = await wrongDays();
    expect(wrong.length).toBeGreaterThan(0);
    for (const day of wrong) expect(await states(day)).toEqual(new Set(['partial changes_not_read']));
    // The nightly rounds come to one of them: that is known again, and the others are not.
    const [known = ''] = wrong;
    const from = (Date.parse(known) - DAY_MS) as Instant;
    const window = { from, until: (from + 3.5 * DAY_MS) as Instant };
    await tenantTransaction(db, organizationId, (trx) => addWindows(trx, till, [window]));
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await wrongDays()).not.toContain(known);
    expect(await states(known)).toEqual(new Set(['complete']));
    const other = new Date(from - 20 * DAY_MS).toISOString().slice(0, 10);
    for (const day of [...(await wrongDays()), other]) expect([...(await states(day))].join()).toContain('changes_not_read');

    expect(await catchUp({ ...own, db, clock }, { organizationId, posAccountId: till.posAccountId })).toBe(1);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    for (const day of [...wrong, other]) expect(await states(day)).toEqual(new Set(['complete']));
    expect(await till.mismatches()).toEqual([]);
  },
  120_000,
);

test.each(SERIES)(
  'M14, %s-Series: history from a day on; earlier days say that they were not read, and are imported when the day is moved back',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 700, customers: 20, seed: 7, frozenClock: true });
    const now = worldClock(emulator).now();
    const till = await account(db, organizationId, emulator);
    const floor = (end(emulator) - 20 * DAY_MS) as Instant;
    const historyFrom = new Date(floor).toISOString().slice(0, 10);
    const change = (changes: Parameters<typeof changeAccountSettings>[2]) =>
      tenantTransaction(db, organizationId, (trx) =>
        changeAccountSettings(trx, { organizationId, posAccountId: till.posAccountId }, changes, {
          actor: COMMAND_ACTOR,
          at: new Date(now),
        }),
      );
    expect(await change({ historyFrom, rateReserve: 0.2 })).toMatchObject({
      historyFrom,
      rateReserve: 0.2,
      nightlyDays: 2,
      nightlyTime: '02:00',
      pollSeconds: 300,
    });
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    const some = [...(await salesByShop(till)).values()].reduce((sum, sales) => sum + sales, 0);
    const earlier = (floor - 5 * DAY_MS) as Instant;
    const later = (floor + 2 * DAY_MS) as Instant;
    for (const state of (await coverage(till, earlier, now)).values())
      expect(state).toMatch(/^(partial|missing) history_not_read/u);
    expect(new Set((await coverage(till, later, now)).values())).toEqual(new Set(['complete']));
    const wrong = (await till.mismatches()).filter((cell) => (cell.split(' ')[2] ?? '') >= historyFrom);
    expect(wrong).toEqual([]);

    await change({ historyFrom: null });
    // What was read stays so meanwhile.
    expect(new Set((await coverage(till, later, now)).values())).toEqual(new Set(['complete']));
    for (const state of (await coverage(till, earlier, now)).values()) expect(state).toMatch(/^(partial|missing) gap_not_read/u);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect([...(await salesByShop(till)).values()].reduce((sum, sales) => sum + sales, 0)).toBeGreaterThan(some);
    expect(new Set((await coverage(till, earlier, now)).values())).toEqual(new Set(['complete']));
    expect(await till.mismatches()).toEqual([]);
  },
  120_000,
);

test.each(SERIES)(
  '%s-Series: what an import leaves of a frozen shop is not complete, and is read once it is thawed, from today too',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 900, customers: 20, seed: 11, frozenClock: true });
    const clock = worldClock(emulator);
    const services = { ...own, db, clock };
    const till = await account(db, organizationId, emulator);
    for (let slice = 0; slice < 4; slice += 1) {
      await till.sync({
        settings: { sliceMs: 1 },
        onStage: (stage) => {
          if (stage === 'committed') emulator.control.clock.advance(10);
        },
      });
    }
    const shopId = [...(await salesByShop(till))].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
    const ref = { organizationId, posAccountId: till.posAccountId, shopId };
    const long = (end(emulator) - 20 * DAY_MS) as Instant;
    expect((await coverage(till, long, clock.now())).get(shopId)).toContain('history_not_read');
    await freezeShop(services, ref, BY);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect((await coverage(till, long, clock.now())).get(shopId)).toBe('partial shop_frozen');
    await thawShop(services, ref, { from: 'today', actor: COMMAND_ACTOR });
    expect((await coverage(till, long, clock.now())).get(shopId)).toBe('partial gap_not_read');
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await till.mismatches()).toEqual([]);
    expect((await coverage(till, long, clock.now())).get(shopId)).toBe('complete');
  },
  120_000,
);

test.each(SERIES)(
  '%s-Series: two shops thawed one after the other are both caught up, and one from today leaves nothing of the others',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 900, customers: 20, lateEdits: 'pending', seed: 12, frozenClock: true });
    const clock = worldClock(emulator);
    const services = { ...own, db, clock };
    const till = await account(db, organizationId, emulator);
    const begun = end(emulator) - 20 * DAY_MS;
    emulator.control.clock.set(new Date(begun).toISOString());
    await till.sync();
    const [first = '', second = '', third = ''] = [...(await salesByShop(till))]
      .toSorted(([, a], [, b]) => b - a)
      .map(([id]) => id);
    const shop = (shopId: string) => ({ organizationId, posAccountId: till.posAccountId, shopId });
    await freezeShop(services, shop(first), BY);
    emulator.control.clock.set(new Date(begun + 8 * DAY_MS).toISOString());
    await till.sync();
    await freezeShop(services, shop(second), BY);
    emulator.control.clock.set(new Date(begun + 12 * DAY_MS).toISOString());
    await till.sync();
    await freezeShop(services, shop(third), BY);
    // The account is read no further before they are thawed.
    emulator.control.clock.set(new Date(end(emulator) - 60_000).toISOString());
    await thawShop(services, shop(first), { from: 'cursor', actor: COMMAND_ACTOR });
    await thawShop(services, shop(second), { from: 'cursor', actor: COMMAND_ACTOR });
    await thawShop(services, shop(third), { from: 'today', actor: COMMAND_ACTOR });
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect((await till.mismatches()).filter((cell) => !cell.startsWith(`${third} `))).toEqual([]);
    const day = (begun + 14 * DAY_MS) as Instant;
    const states = await coverage(till, day, clock.now());
    expect(states.get(third)).toBe('partial gap_not_read');
    for (const [id, state] of states) if (id !== third) expect(state).toBe('complete');
    expect(await catchUp(services, shop(third))).toBe(1);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await till.mismatches()).toEqual([]);
    expect(await gaps(till)).toBe(0);
  },
  120_000,
);

test.each(SERIES)(
  '%s-Series: what is read again while a shop is frozen is not read of that shop',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 600, customers: 20, seed: 13, frozenClock: true });
    const clock = worldClock(emulator);
    const services = { ...own, db, clock };
    const till = await account(db, organizationId, emulator);
    const floor = (end(emulator) - 20 * DAY_MS) as Instant;
    const change = (historyFrom: string | null) =>
      tenantTransaction(db, organizationId, (trx) =>
        changeAccountSettings(trx, till, { historyFrom }, { actor: COMMAND_ACTOR, at: new Date(clock.now()) }),
      );
    await change(new Date(floor).toISOString().slice(0, 10));
    await till.sync();
    const shopId = [...(await salesByShop(till))].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
    const ref = { organizationId, posAccountId: till.posAccountId, shopId };
    await freezeShop(services, ref, BY);
    await change(null);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    const earlier = (floor - 5 * DAY_MS) as Instant;
    const is = async () => (await coverage(till, earlier, clock.now())).get(shopId);
    expect(await is()).toBe('partial gap_not_read');
    await thawShop(services, ref, { from: 'cursor', actor: COMMAND_ACTOR });
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await is()).toBe('partial gap_not_read');
    expect(await catchUp(services, ref)).toBe(1);
    expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await is()).toBe('complete');
    expect(await till.mismatches()).toEqual([]);
  },
  120_000,
);

test.each(SERIES)(
  '%s-Series: a sale that moves to a frozen shop leaves the one where it stood, and is not taken for deleted; a void waits for the thaw',
  async (_series, account) => {
    const emulator = createEmulator({ sales: 300, customers: 20, seed: 14, frozenClock: true });
    const services = { ...own, db, clock: worldClock(emulator) };
    const till = await account(db, organizationId, emulator);
    await till.sync();
    const [to = '', from = ''] = [...(await salesByShop(till))].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
    await freezeShop(services, { organizationId, posAccountId: till.posAccountId, shopId: to }, BY);
    const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T | undefined> =>
      tenantTransaction(db, organizationId, async (trx) => (await query.execute(trx)).rows[0]);
    const sale = await one(sql<{ sale_id: string; occurred_at: Date }>`
      select sale_id, occurred_at from sale where pos_account_id = ${till.posAccountId} and shop_id = ${from} and state = 'completed'
      order by occurred_at desc limit 1`);
    if (sale === undefined) throw new Error('There is a sale.');
    const pending = await one(sql<{ sale_id: string }>`
      insert into sale_void (organization_id, pos_account_id, sale_void_id, sale_id, voided_at)
      select organization_id, pos_account_id, '987654321', sale_id, ${new Date(emulator.control.clock.now() - 3 * DAY_MS)} from sale
      where pos_account_id = ${till.posAccountId} and shop_id = ${to} and state = 'completed' limit 1 returning sale_id`);
    const moved: PosClient = { ...till.client(), sales: (query, position) => moveTo(till.client().sales(query, position)) };
    async function* moveTo(
      pages: ReturnType<PosClient['sales']>,
    ): ReturnType<PosClient['sales']> extends AsyncIterable<infer P> ? AsyncGenerator<P> : never {
      for await (const page of pages) {
        const isIt = page.records.map((record) => record.ok && record.value.id === sale?.sale_id);
        yield {
          ...page,
          records: page.records.map((record, index) =>
            record.ok && isIt[index] === true
              ? {
                  ...record,
                  value: {
                    ...record.value,
                    shopId: to,
                    ...(record.value.version === undefined ? {} : { version: String(Number(record.value.version) + 1) }),
                  },
                }
              : record,
          ),
          documents: page.documents.map((document, index) =>
            isIt[index] === true ? { ...(document as object), moved: true } : document,
          ),
        };
      }
    }
    for (let round = 0; round < 2; round += 1) {
      const at = sale.occurred_at.getTime();
      await tenantTransaction(db, organizationId, (trx) =>
        addWindows(trx, till, [{ from: (at - 60_000) as Instant, until: (at + 60_000) as Instant }]),
      );
      emulator.control.clock.advance(600_000);
      expect(await till.sync({}, moved)).toMatchObject({ state: 'complete' });
    }
    expect(
      await one(
        sql`select state, problem, shop_id from sale where pos_account_id = ${till.posAccountId} and sale_id = ${sale.sale_id}`,
      ),
    ).toEqual({ state: 'completed', problem: null, shop_id: to });
    expect(
      await one(sql`select checked_at from sale_void where pos_account_id = ${till.posAccountId} and sale_id = ${pending?.sale_id}
        and sale_void_id = '987654321'`),
    ).toEqual({ checked_at: null });
  },
  120_000,
);

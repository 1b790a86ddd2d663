import { createEmulator } from '@tillweave/emulator';
import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { COMMAND_ACTOR } from '../audit/record-audit.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { CoverageBook } from '../turnover/coverage.ts';
import { changeAccountSettings } from './account-settings.ts';
import { ledgerDigest, testAccount, type TestAccount, worldClock } from './testing/account.ts';
import { testXAccount } from './testing/x-account.ts';

const DAY_MS = 86_400_000;
const { db, organizationId } = await testServices();
type Emulator = ReturnType<typeof createEmulator>;
type Changes = Parameters<typeof changeAccountSettings>[2];
const SERIES = [
  ['R', testAccount, (emulator: Emulator) => emulator.world.window.until],
  ['X', testXAccount, (emulator: Emulator) => emulator.world.x.window.until],
] as const;

async function change(till: TestAccount, changes: Changes, at: Instant): Promise<void> {
  await tenantTransaction(db, organizationId, (trx) =>
    changeAccountSettings(trx, till, changes, { actor: COMMAND_ACTOR, at: new Date(at) }),
  );
}

async function rows<T>(query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return tenantTransaction(db, organizationId, async (trx) => (await query.execute(trx)).rows);
}

/** Every shop's states of a month, as text. */
async function coverage({ posAccountId }: TestAccount, until: Instant): Promise<string> {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return tenantTransaction(db, organizationId, async (trx) => {
    const range = { organizationId, from: day(until - 30 * DAY_MS), to: day(until), now: until };
    const book = await CoverageBook.read(trx, range);
    const shops = book.shops.filter((shop) => shop.posAccountId === posAccountId);
    return JSON.stringify(
      shops.map(({ shopId }) => [
        shopId,
        Array.from({ length: 31 }, (_, index) => book.shopDay({ posAccountId, shopId, day: day(until - (30 - index) * DAY_MS) })),
      ]),
    );
  });
}

/** Differences to the till's own totals: those of places that do not count, all of them missing here, and the others. */
async function differences(till: TestAccount, isOut: (shop: string, register: string) => boolean) {
  const all = await till.mismatches();
  const aside = all.filter((cell) => {
    const [shop = '', register = ''] = cell.split(' ');
    return isOut(shop, register);
  });
  const isMissing = aside.every((cell) => cell.includes('ours nothing'));
  return { aside: aside.length, isMissing, others: all.filter((cell) => !aside.includes(cell)) };
}

test.each(SERIES)(
  'M14, %s-Series: a register that is out does not count, as if it had always been so, whatever happens to its sales; in again nothing is lost',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 500, customers: 20, lateEdits: 'pending', seed: 21, frozenClock: true });
    const begun = (end(emulator) - 10 * DAY_MS) as Instant;
    emulator.control.clock.set(new Date(begun).toISOString());
    const clock = worldClock(emulator);
    const [late, always] = [await account(db, organizationId, emulator), await account(db, organizationId, emulator)];
    await late.sync();
    const [busiest] = await rows(sql<{ register_id: string; shop_id: string }>`
      select register_id, shop_id from sale_figure where pos_account_id = ${late.posAccountId} and register_id <> ''
      group by 1, 2 order by count(*) desc limit 1`);
    const register = busiest?.register_id ?? '';
    const shopId = busiest?.shop_id ?? '';
    await rows(sql`update pos_account set registers_out = ${[register]}::text[] where id = ${always.posAccountId}`);
    await always.sync();
    const before = await coverage(late, clock.now());

    await change(late, { registersOut: [register] }, clock.now());
    const isOut = (_shop: string, id: string): boolean => id === register;
    const out = await differences(late, isOut);
    expect(out).toMatchObject({ isMissing: true, others: [] });
    expect(out.aside).toBeGreaterThan(20);
    const digest = async (till: TestAccount): Promise<string> => ledgerDigest(db, organizationId, till.posAccountId);
    expect(await digest(late)).toBe(await digest(always));
    // It is read like all others: how far days are read is as it was.
    expect(await coverage(late, clock.now())).toBe(before);
    const told = await rows(sql<{ register_id: string; cause: string; author: unknown; receipt_count: number }>`
      select distinct register_id, cause, author, receipt_count from turnover_change where pos_account_id = ${late.posAccountId}`);
    expect(told).toEqual([{ register_id: register, cause: 'left_out', author: { kind: 'command', id: null }, receipt_count: 0 }]);
    const [audited] = await rows(sql<{ before: unknown; after: unknown }>`
      select before, after from audit_entry where subject_id = ${late.posAccountId} order by id desc limit 1`);
    expect(audited).toMatchObject({ before: { registersOut: [] }, after: { registersOut: [register] } });

    // Late edits, new sales, and another calendar meet both alike.
    emulator.control.clock.set(new Date(end(emulator) - 60_000).toISOString());
    for (const till of [late, always]) expect(await till.sync()).toMatchObject({ state: 'complete' });
    expect(await digest(late)).toBe(await digest(always));
    expect(await differences(late, isOut)).toMatchObject({ isMissing: true, others: [] });
    const dawn = (till: TestAccount, dayStartHour: number) =>
      changeCalendar({ db }, { organizationId, posAccountId: till.posAccountId, shopId, from: '0001-01-01', dayStartHour });
    const [calendar] = await rows(sql<{ day_start_hour: number }>`
      select day_start_hour from shop_calendar where pos_account_id = ${late.posAccountId} and shop_id = ${shopId} limit 1`);
    await dawn(late, 11);
    await dawn(always, 11);
    expect(await digest(late)).toBe(await digest(always));
    await dawn(late, calendar?.day_start_hour ?? 0);

    await change(late, { registersOut: [] }, clock.now());
    expect(await late.mismatches()).toEqual([]);
    await expect(change(late, { registersOut: ['no such register'] }, clock.now())).rejects.toMatchObject({
      code: 'invalid_request',
    });
  },
  120_000,
);

test.each(SERIES)(
  'M14, %s-Series: only shops of chosen regions count, or chosen shops; new ones join by the same choice',
  async (_series, account, end) => {
    const emulator = createEmulator({ sales: 400, customers: 20, seed: 22, frozenClock: true });
    const clock = worldClock(emulator);
    const till = await account(db, organizationId, emulator);
    await till.sync();
    const shops = await rows(sql<{ shop_id: string; country: string | null }>`
      select shop_id, country from shop where pos_account_id = ${till.posAccountId} order by shop_id`);
    expect(new Set(shops.map(({ country }) => country))).toEqual(new Set(['DK', 'US', 'AU']));
    const inside = new Set(shops.filter(({ country }) => country === 'US').map(({ shop_id }) => shop_id));
    await change(till, { shopFilter: { by: 'regions', regions: ['US'] } }, clock.now());
    const isOut = (shop: string): boolean => !inside.has(shop);
    expect(await differences(till, isOut)).toMatchObject({ isMissing: true, others: [] });

    // A clean walk under the same choice, which knows no shop when it begins.
    const clean = await account(db, organizationId, emulator);
    await rows(sql`update pos_account set shop_filter = '{"by": "regions", "regions": ["US"]}' where id = ${clean.posAccountId}`);
    await clean.sync();
    const digest = async (one: TestAccount): Promise<string> => ledgerDigest(db, organizationId, one.posAccountId);
    expect(await digest(clean)).toBe(await digest(till));

    // The address of one shop is put right at the till: at the next look it has always been there.
    const [moved] = shops.filter(({ country }) => country === 'DK');
    await rows(
      sql`update shop set country = 'US', counted = true where pos_account_id = ${clean.posAccountId} and shop_id = ${moved?.shop_id}`,
    );
    emulator.control.clock.set(new Date(end(emulator) + 3_600_000).toISOString());
    await clean.sync();
    expect(await differences(clean, isOut)).toMatchObject({ isMissing: true, others: [] });

    const [one = ''] = inside;
    await change(till, { shopFilter: { by: 'shops', shopIds: [one] } }, clock.now());
    expect(await differences(till, (shop) => shop !== one)).toMatchObject({ isMissing: true, others: [] });
    await change(till, { shopFilter: { by: 'all' } }, clock.now());
    expect(await till.mismatches()).toEqual([]);
  },
  120_000,
);

test('M14: customers archived at the till are archived here, or kept, as chosen', async () => {
  const emulator = createEmulator({ sales: 100, customers: 30, seed: 23, frozenClock: true });
  const clock = worldClock(emulator);
  const till = await testAccount(db, organizationId, emulator);
  await till.sync();
  const [some] = await rows(sql<{ customer_id: string }>`
    update customer set archived = true, archived_at_pos = true where customer_id = (
      select min(customer_id) from customer where pos_account_id = ${till.posAccountId}) and pos_account_id = ${till.posAccountId}
    returning customer_id`);
  const archived = async (): Promise<boolean | undefined> => {
    const [row] = await rows(sql<{ archived: boolean }>`
      select archived from customer where pos_account_id = ${till.posAccountId} and customer_id = ${some?.customer_id}`);
    return row?.archived;
  };
  await change(till, { mirrorArchived: false }, clock.now());
  expect(await archived()).toBe(false);
  await change(till, { mirrorArchived: true }, clock.now());
  expect(await archived()).toBe(true);
});

import type { Instant } from '@tillweave/lightspeed';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../../test/database.ts';
import { tenantTransaction } from '../../../platform/database/transaction.ts';
import { changeCalendar } from '../../stores/change-calendar.ts';
import { listDepartments } from '../../stores/queries.ts';
import { mapFrom } from '../../stores/set-mappings.ts';
import { testLedger, type TestLedger, type TestSale } from '../testing/ledger.ts';
import { readDayLog } from './day-log.ts';
import { listChanges } from './list-changes.ts';
import { changesQuery, dayLog as dayLogShape } from './schemas.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;
const DAY = '2026-11-20';
const ALL = { departmentIds: null, mayReadReceipts: true } as const;
const ANNA = { kind: 'person', id: 'anna', name: 'Anna' } as const;

const SALES: readonly TestSale[] = [
  { id: '1', shop: '1', register: '1', at: `${DAY}T10:00:00+01:00`, net: '10.00' },
  { id: '2', shop: '1', register: '2', at: `${DAY}T11:00:00+01:00`, net: '20.00' },
  { id: '3', shop: '1', register: '1', at: `${DAY}T12:00:00+01:00`, net: '40.00' },
];
const [FIRST, SECOND] = SALES as readonly [TestSale, TestSale, TestSale];

async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(db, organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
    { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
  ]);
  const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) => tenantTransaction(db, organizationId, run);
  const changes = async (query: object = {}, reader: Parameters<typeof listChanges>[3] = ALL) =>
    (await inTenant((trx) => listChanges(trx, organizationId, changesQuery.parse(query), reader))).items;
  const log = async (of: object, reader: Parameters<typeof listChanges>[3] = ALL) =>
    inTenant((trx) => readDayLog(trx, organizationId, { day: DAY, ...of }, reader, NOW));
  return { db, organizationId, ledger, inTenant, changes, log };
}

/** Everything read, and shown. */
async function publish(ledger: TestLedger, at: string): Promise<void> {
  await ledger.caughtUp(at);
  await ledger.record([]);
}

describe('A correction of a day that was shown', () => {
  let one: Awaited<ReturnType<typeof world>>;
  let department: string;
  beforeAll(async () => {
    one = await world();
    await one.ledger.record(SALES.slice(0, 2));
    await one.ledger.record(SALES.slice(2));
    department =
      (await one.inTenant((trx) => listDepartments(trx, one.organizationId))).find(({ name }) => name === 'Nyhavn')?.id ?? '';
  });

  it('is none while the first import runs, nor while a day has not been read to its end', async () => {
    expect(await one.changes()).toEqual([]);
    // The day ends at 23:00 UTC; the grace is not over.
    await publish(one.ledger, `${DAY}T23:10:00Z`);
    await one.ledger.record([{ ...FIRST, net: '11.00', changedAt: `${DAY}T23:05:00Z` }]);
    expect(await one.changes()).toEqual([]);
    await publish(one.ledger, '2026-11-21T08:00:00Z');
    expect(await one.changes()).toEqual([]);
  });

  it('names the day, register, measures from old to new, and the receipts that make the difference: a void', async () => {
    await one.ledger.record([{ ...SECOND, state: 'voided', changedAt: '2026-11-21T09:00:00Z' }]);
    const [change, ...others] = await one.changes();
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      cause: 'void',
      day: DAY,
      shopName: 'Nyhavn',
      registerId: '2',
      department: { id: department, name: 'Nyhavn' },
      receiptCount: 1,
      receipts: [{ saleId: '2', number: '22002', cause: 'void' }],
      author: null,
    });
    const { changes = [], receipts = [] } = change ?? {};
    expect(changes).toEqual(
      expect.arrayContaining([
        { measure: 'net_sales', old: 2000, new: 0 },
        { measure: 'transactions', old: 1, new: 0 },
        { measure: 'goods_sold', old: '1', new: '0' },
        { measure: 'payments', old: 2500, new: 0 },
      ]),
    );
    for (const { measure, old, new: now } of changes) {
      const explained = receipts.reduce((sum, receipt) => sum + (receipt.changes[measure] ?? 0), 0);
      expect([measure, explained]).toEqual([measure, Number(now) - Number(old)]);
    }
  });

  it('an edit, a late arrival and one entered later, each by its name; a change that moves no figure is none', async () => {
    const before = (await one.changes()).length;
    await one.ledger.record([{ ...FIRST, net: '9.00', changedAt: '2026-11-21T10:00:00Z' }]);
    expect((await one.changes())[0]).toMatchObject({ cause: 'edit', registerId: '1', receipts: [{ saleId: '1' }] });
    await one.ledger.record([{ id: '4', shop: '1', register: '1', at: `${DAY}T13:00:00+01:00`, net: '5.00' }]);
    expect((await one.changes())[0]).toMatchObject({ cause: 'late_arrival', receipts: [{ saleId: '4' }] });
    await one.ledger.record([{ ...FIRST, net: '9.00', customer: '5', changedAt: '2026-11-21T11:00:00Z' }]);
    const identified = (await one.changes())[0];
    expect(identified?.changes).toEqual([{ measure: 'identified_transactions', old: 0, new: 1 }]);
    await one.ledger.record([{ ...FIRST, net: '9.00', customer: '6', changedAt: '2026-11-21T12:00:00Z' }]);
    expect(await one.changes()).toHaveLength(before + 3);
  });

  it('a receipt that goes to another day changes both, with what it took from one and brought to the other', async () => {
    await one.ledger.record([
      { ...FIRST, at: '2026-11-19T10:00:00+01:00', net: '9.00', customer: '6', changedAt: '2026-11-21T13:00:00Z' },
    ]);
    const moved = (await one.changes()).slice(0, 2);
    expect(moved.map(({ day, cause, receipts }) => [day, cause, receipts[0]?.changes['net_sales']])).toEqual(
      expect.arrayContaining([
        ['2026-11-19', 'moved', 900],
        [DAY, 'back_dated', -900],
      ]),
    );
  });

  it('a calendar that moves sales is told with its author, and the receipts it moved', async () => {
    await publish(one.ledger, '2026-11-24T08:00:00Z');
    await changeCalendar(one, {
      organizationId: one.organizationId,
      posAccountId: one.ledger.posAccountId,
      shopId: '1',
      from: '0001-01-01',
      dayStartHour: 13,
      by: { actor: ANNA, at: new Date(NOW) },
    });
    const moved = await one.changes({ from: DAY, to: DAY, cause: 'calendar' });
    expect(moved[0]).toMatchObject({ cause: 'calendar', author: { name: 'Anna' }, receipts: [{ saleId: '3' }] });
    const log = await one.log({ department });
    expect(log.items[0]).toMatchObject({ source: 'calendar', author: { name: 'Anna' }, turnover: log.turnover });
  });

  it('P5: the day’s log tells each import with its turnover, change and cause, down to what is shown now', async () => {
    const log = await one.log({ department });
    expect(dayLogShape.parse(log)).toEqual(log);
    const told = log.items.toReversed().map(({ source, turnover, change, cause }) => [source, turnover, change, cause]);
    // Without runs of their own the ledger's test pages share one entry; the settings' change has its own.
    expect(told.at(-1)).toEqual(['calendar', 500, 500 - Number(told.at(-2)?.[1]), 'calendar']);
    expect(log.turnover).toBe(500);
    expect(log.lastReadAt).not.toBeNull();
    expect((await one.log({ posAccount: one.ledger.posAccountId, shop: '1' })).turnover).toBe(500);
  });

  it('a mapping tells who made it and what it moved; each department’s log keeps what it showed at each moment', async () => {
    const soho =
      (await one.inTenant((trx) => listDepartments(trx, one.organizationId))).find(({ name }) => name === 'Soho')?.id ?? '';
    await one.inTenant((trx) =>
      mapFrom(
        trx,
        one.organizationId,
        {
          posAccountId: one.ledger.posAccountId,
          shopId: '1',
          registerId: '1',
          departmentId: soho,
          from: DAY,
          until: '2026-11-22',
        },
        { actor: ANNA, at: new Date() },
      ),
    );
    const [mapped] = await one.changes({ cause: 'mapping' });
    expect(mapped).toMatchObject({ day: DAY, until: '2026-11-22', shopName: 'Nyhavn', author: { name: 'Anna' } });
    const [from, to] = [await one.log({ department }), await one.log({ department: soho })];
    expect(from.items[0]).toMatchObject({ source: 'mapping', turnover: 0, change: -500, author: { name: 'Anna' } });
    expect(from.items[1]).toMatchObject({ turnover: 500 });
    expect(to.items[0]).toMatchObject({ source: 'mapping', turnover: 500 });
    expect([from.turnover, to.turnover]).toEqual([0, 500]);
  });

  it('shows a limited member their departments’ changes only, and no receipt to who may not read them', async () => {
    const soho =
      (await one.inTenant((trx) => listDepartments(trx, one.organizationId))).find(({ name }) => name === 'Soho')?.id ?? '';
    const theirs = await one.changes({ from: DAY, to: DAY }, { departmentIds: [soho], mayReadReceipts: false });
    expect(new Set(theirs.filter(({ cause }) => cause !== 'mapping').map((each) => each.department?.id))).toEqual(
      new Set([soho]),
    );
    expect(theirs.flatMap(({ receipts }) => receipts)).toEqual([]);
    await expect(one.log({ department }, { departmentIds: [soho], mayReadReceipts: true })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('a receipt of a register that was theirs when it changed, and is not now, is shown to nobody of them', async () => {
    const limited = { departmentIds: [department], mayReadReceipts: true };
    const [whole, theirs] = [await one.log({ department }), await one.log({ department }, limited)];
    expect(theirs.items.map(({ at, turnover }) => [at, turnover])).toEqual(whole.items.map(({ at, turnover }) => [at, turnover]));
    // Register 1 is Soho's now.
    const receipts = (log: typeof whole) => log.items.flatMap((item) => item.receipts);
    expect(receipts(whole).map(({ posAccountId }) => posAccountId)).toContain(one.ledger.posAccountId);
    expect(receipts(theirs)).toEqual([]);
    expect(theirs.items.map(({ receiptCount }) => receiptCount).filter((count) => count > 0)).toEqual([]);
  });

  it('without a department it is everything the reader may see, in one currency', async () => {
    const { posAccountId: other } = await testLedger(
      one.db,
      one.organizationId,
      [{ id: '9', name: 'Malmö', timeZone: 'Europe/Stockholm', registers: ['9'] }],
      { externalId: 'malmo' },
    ).then(async (ledger) => {
      await one.inTenant((trx) =>
        trx.updateTable('pos_account').set({ currency: 'SEK' }).where('id', '=', ledger.posAccountId).execute(),
      );
      await ledger.record([{ id: '90', shop: '9', register: '9', at: `${DAY}T10:00:00+01:00`, net: '77.00' }]);
      return ledger;
    });
    await one.inTenant((trx) =>
      mapFrom(trx, one.organizationId, {
        posAccountId: other,
        shopId: '9',
        registerId: null,
        departmentId: department,
        from: DAY,
        until: null,
      }),
    );
    expect((await one.log({})).turnover).toBe(500);
    expect((await one.log({ department })).turnover).toBe(0);
    expect((await one.log({ posAccount: other, shop: '9' })).turnover).toBe(7700);
    const theirs = await one.log({}, { departmentIds: [department], mayReadReceipts: true });
    expect(theirs.turnover).toBe(0);
    expect(dayLogShape.parse(await one.log({})).items[0]?.turnover).toBe(500);
  });

  it('pages by cursor without leaving one out', async () => {
    const all = await one.changes({ limit: '200' });
    const paged: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await one.inTenant((trx) =>
        listChanges(
          trx,
          one.organizationId,
          changesQuery.parse({ limit: '2', ...(cursor === undefined ? {} : { cursor }) }),
          ALL,
        ),
      );
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(paged).toEqual(all.map(({ id }) => id));
  });
});

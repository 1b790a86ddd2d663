import { createEmulator } from '@tillweave/emulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { listReceipts } from '../ledger/receipts-list.ts';
import { readReceipt, readReceiptVersion } from '../ledger/receipts-detail.ts';
import { receiptsQuery } from '../ledger/schemas.ts';
import { readOverview } from '../overview/read-overview.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { type TestAccount, testAccount, worldClock } from '../sync/testing/account.ts';
import { getTurnover } from './get-turnover.ts';
import { listCells } from './list-cells.ts';
import { type FactCell, turnoverQuery } from './schemas.ts';

/** A week of the emulated trade: refunds, voids, layaways, gift cards, tips, open tickets among it. */
const DAYS = 7;
const RANGE = { from: '2026-11-01', to: '2026-11-24' };

let database: TestDatabase;
let account: TestAccount;
const emulator = createEmulator({ sales: 600, days: DAYS, customers: 50, seed: 11 });

beforeAll(async () => {
  database = await testDatabase();
  account = await testAccount(database.db, database.organizationId, emulator);
  // The wrong day start, so that it has to be put right afterwards.
  await changeCalendar(database, { ...shop3(), from: '0001-01-01', dayStartHour: 0 });
  await account.sync();
});

const shop3 = () => ({ organizationId: database.organizationId, posAccountId: account.posAccountId, shopId: '3' });
const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) =>
  tenantTransaction(database.db, database.organizationId, run);

async function allCells(): Promise<FactCell[]> {
  const { items, nextCursor } = await inTenant((trx) => listCells(trx, database.organizationId, { ...RANGE, limit: 5000 }));
  expect(nextCursor).toBeNull();
  return items;
}

describe('On emulated trade', () => {
  it('D17: a day start put right after the import gives the till’s own totals, cell by cell', async () => {
    expect(await account.mismatches()).not.toEqual([]);
    const { rebucketed } = await changeCalendar(database, { ...shop3(), from: '0001-01-01', dayStartHour: 5 });
    expect(rebucketed).toBeGreaterThan(0);
    expect(await account.mismatches()).toEqual([]);
  });

  it('receipts sum to the cell in every measure', async () => {
    const cells = await allCells();
    expect(cells.length).toBeGreaterThan(200);
    for (const cell of cells.filter((_, index) => index % 9 === 0)) {
      const query = {
        day: cell.day,
        hour: cell.hour,
        posAccount: cell.posAccountId,
        shop: cell.shopId,
        register: cell.registerId,
        limit: '500',
      };
      const list = await inTenant((trx) => listReceipts(trx, database.organizationId, receiptsQuery.parse(query)));
      expect({ cell: query, figure: list.total?.figure }).toEqual({ cell: query, figure: cell.measures });
      expect(list.total?.count).toBe(list.items.length);
    }
  });

  it('days, weeks and hours of the grid add up to the facts', async () => {
    const cells = await allCells();
    const measure = ['net_sales', 'returns_incl', 'transactions', 'payments', 'tips'];
    const expected = Object.fromEntries(
      measure.map((name) => [name, cells.reduce((sum, cell) => sum + Number(cell.measures[name] ?? 0), 0)]),
    );
    const now = worldClock(emulator).now();
    for (const by of ['hour', 'day', 'week', 'month'] as const) {
      const answer = await inTenant((trx) =>
        getTurnover(trx, database.organizationId, turnoverQuery.parse({ ...RANGE, by, measure }), now),
      );
      expect([by, answer.total.values]).toEqual([by, expected]);
    }
  });

  it('a receipt opens down to the till’s own document and the request that fetched it', async () => {
    const list = await inTenant((trx) =>
      listReceipts(
        trx,
        database.organizationId,
        receiptsQuery.parse({ day: RANGE.from, to: RANGE.to, measure: 'net_sales', limit: '1' }),
      ),
    );
    const [item] = list.items;
    if (item === undefined) throw new Error('no receipt');
    const key = { organizationId: database.organizationId, posAccountId: item.posAccountId, saleId: item.saleId };
    const receipt = await inTenant((trx) => readReceipt(trx, key));
    expect(receipt.figure?.['net_sales']).toBe(item.figure['net_sales']);
    const version = await inTenant((trx) => readReceiptVersion(trx, key, receipt.versions));
    expect(version.document).toMatchObject({ saleID: item.saleId, completed: 'true' });
    expect(version.request?.path).toMatch(/\/Sale\.json\?/);
    expect(JSON.stringify(version.request)).not.toContain(emulator.credentials.rSeries.accessToken);
  });

  it('the overview is as fresh as the sync', async () => {
    const now = worldClock(emulator).now();
    const overview = await inTenant((trx) => readOverview(trx, database.organizationId, now));
    expect(overview.freshAsOf).not.toBeNull();
    expect(overview.strip.map(({ days }) => days.length)).toEqual(overview.strip.map(() => 14));
    expect(
      overview.strip.flatMap(({ days }) => days).some((day) => day.coverage === 'complete' && Number(day.netSales) > 0),
    ).toBe(true);
    expect(overview.unmapped.netSales).toBe(0);
  });
});

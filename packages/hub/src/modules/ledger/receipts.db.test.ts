import { beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { listDepartments } from '../stores/queries.ts';
import { mapFrom } from '../stores/set-mappings.ts';
import { listCells } from '../turnover/list-cells.ts';
import { testLedger, type TestLedger, type TestSale } from '../turnover/testing/ledger.ts';
import { readReceipt, readReceiptVersion } from './receipts-detail.ts';
import { listReceipts } from './receipts-list.ts';
import { type ReceiptList, type ReceiptListItem, type ReceiptsQuery, receiptsQuery } from './schemas.ts';

const DAY = '2026-11-18';
const at = (time: string) => `${DAY}T${time}:00+01:00`;

/** Ten ordinary sales, a return, one paid later at another register, an open ticket with a payment, a void. */
const SALES: readonly TestSale[] = [
  ...Array.from({ length: 10 }, (_, index): TestSale => ({
    id: String(100 + index),
    shop: '1',
    register: index % 2 === 0 ? '1' : '2',
    at: at(index < 6 ? `09:${10 + index}` : `11:${10 + index}`),
    net: `${10 + index}.25`,
    quantity: index === 3 ? '0.375' : '1',
    payment: index % 3 === 0 ? 'card' : 'cash',
  })),
  { id: '200', shop: '1', register: '1', at: at('09:40'), net: '-12.00' },
  { id: '300', shop: '1', register: '1', at: at('09:50'), net: '50.00', paidAt: at('11:05'), paidRegister: '2' },
  { id: '400', shop: '1', register: '2', at: at('11:20'), net: '80.00', state: 'open' },
  { id: '500', shop: '1', register: '2', at: at('09:55'), net: '99.00', state: 'voided' },
  { id: '600', shop: '2', register: '3', at: '2026-11-18T09:30:00-05:00', net: '33.00' },
];

let database: TestDatabase;
let ledger: TestLedger;

beforeAll(async () => {
  database = await testDatabase();
  ledger = await testLedger(database.db, database.organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
    { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
  ]);
  await ledger.record(SALES);
});

const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) =>
  tenantTransaction(database.db, database.organizationId, run);
const ask = (query: Record<string, unknown>): Promise<ReceiptList> =>
  inTenant((trx) => listReceipts(trx, database.organizationId, receiptsQuery.parse(query) satisfies ReceiptsQuery));

async function all(query: Record<string, unknown>): Promise<ReceiptListItem[]> {
  const items: ReceiptListItem[] = [];
  let cursor: string | null = null;
  do {
    const page: ReceiptList = await ask({ ...query, ...(cursor === null ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

/** Sums in millionths, so that decimals add exactly. */
function add(figures: readonly Readonly<Record<string, number | string>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const figure of figures) {
    for (const [name, value] of Object.entries(figure)) {
      sums[name] = (sums[name] ?? 0) + Math.round(Number(value) * 1_000_000);
    }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));
}

describe('Receipts sum to the cell', () => {
  it('in every cell and measure, payments at their own time and register among them', async () => {
    const { items: cells } = await inTenant((trx) =>
      listCells(trx, database.organizationId, { from: DAY, to: DAY, limit: 1000 }),
    );
    expect(cells.length).toBeGreaterThanOrEqual(5);
    for (const cell of cells) {
      const receipts = await all({
        day: cell.day,
        hour: cell.hour,
        posAccount: cell.posAccountId,
        shop: cell.shopId,
        register: cell.registerId,
        limit: '2',
      });
      expect(add(receipts.map((receipt) => receipt.figure))).toEqual(add([cell.measures]));
      expect(new Set(receipts.map((receipt) => receipt.saleId)).size).toBe(receipts.length);
    }
  });

  it('and the total over all pages says so on every page', async () => {
    const first = await ask({ day: DAY, limit: '3' });
    expect(first.items).toHaveLength(3);
    expect(first.nextCursor).not.toBeNull();
    const receipts = await all({ day: DAY, limit: '3' });
    expect(first.total?.count).toBe(receipts.length);
    expect(add([first.total?.figure ?? {}])).toEqual(add(receipts.map((receipt) => receipt.figure)));
    // Newest first.
    expect(receipts.map((receipt) => receipt.occurredAt)).toEqual(
      receipts
        .map((receipt) => receipt.occurredAt)
        .toSorted()
        .toReversed(),
    );
  });

  it('leaves voided sales out, and shows an open one for its payment alone', async () => {
    const receipts = await all({ day: DAY });
    expect(receipts.find((receipt) => receipt.saleId === '500')).toBeUndefined();
    expect(receipts.find((receipt) => receipt.saleId === '400')).toMatchObject({
      state: 'open',
      figure: { payments: 10_000, 'payments:1': 10_000 },
    });
    expect(receipts.find((receipt) => receipt.saleId === '400')?.figure['net_sales']).toBeUndefined();
  });

  it('shows only those that add to the measure asked for', async () => {
    expect((await all({ day: DAY, measure: 'returns' })).map((receipt) => receipt.saleId)).toEqual(['200']);
    const cards = await all({ day: DAY, measure: 'payments:3' });
    expect(cards.map((receipt) => receipt.saleId).toSorted()).toEqual(['100', '103', '106', '109']);
    // A quotient opens into what it divides.
    expect((await all({ day: DAY, measure: 'average_basket' })).map((receipt) => receipt.saleId)).toContain('200');
    await expect(ask({ day: DAY, measure: 'profit' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('by department and store, with the mapping of the day', async () => {
    const departments = await inTenant((trx) => listDepartments(trx, database.organizationId));
    const soho = departments.find(({ name }) => name === 'Soho');
    const bySoho = () => all({ day: DAY, department: soho?.id, measure: 'net_sales' });
    expect((await bySoho()).map((receipt) => receipt.saleId)).toEqual(['600']);
    const map = (departmentId: string | null) =>
      inTenant((trx) =>
        mapFrom(trx, database.organizationId, {
          posAccountId: ledger.posAccountId,
          shopId: '1',
          registerId: '2',
          departmentId,
          from: DAY,
          until: '2026-11-19',
        }),
      );
    await map(soho?.id ?? '');
    const odd = ['101', '103', '105', '107', '109'];
    expect((await bySoho()).map((receipt) => receipt.saleId).toSorted()).toEqual([...odd, '600']);
    expect((await all({ day: DAY, store: soho?.storeId, measure: 'net_sales' })).length).toBe(6);
    await map(null);
    expect(await all({ day: DAY, department: 'unmapped' })).toEqual([]);
  });

  it('asks for a day or a number', async () => {
    await expect(ask({})).rejects.toMatchObject({ code: 'invalid_request' });
  });
});

describe('Search by number', () => {
  it('finds a receipt by its whole number or POS id, else by the beginning of its number', async () => {
    expect((await ask({ q: '2200300' })).items.map((receipt) => receipt.saleId)).toEqual(['300']);
    expect((await ask({ q: '300' })).items.map((receipt) => receipt.saleId)).toEqual(['300']);
    const many = await all({ q: '220010', limit: '4' });
    expect(many).toHaveLength(10);
    expect((await ask({ q: 'nothing' })).items).toEqual([]);
    // Everything it adds, wherever: its payment stands in another hour and register than the sale.
    expect((await ask({ q: '300' })).items[0]?.figure).toMatchObject({ net_sales: 5000, payments: 6250 });
    expect((await ask({ q: '500' })).items[0]).toMatchObject({ state: 'voided', figure: {} });
  });
});

describe('One receipt', () => {
  it('opens into lines, payments, where each adds, and its place in time', async () => {
    const receipt = await inTenant((trx) =>
      readReceipt(trx, { organizationId: database.organizationId, posAccountId: ledger.posAccountId, saleId: '300' }),
    );
    expect(receipt).toMatchObject({
      number: '2200300',
      shopName: 'Nyhavn',
      registerName: 'Register 1',
      businessDay: DAY,
      hour: '2026-11-18T08:00:00.000Z',
      timeZone: 'Europe/Copenhagen',
      total: '62.5',
      currency: 'DKK',
      lines: [{ lineId: '3001', kind: 'goods', netCents: 5000, taxCents: 1250, discountCents: 0 }],
      payments: [{ typeId: '1', typeName: 'Cash', amount: '62.5', registerId: '2' }],
      figure: { net_sales: 5000, net_sales_incl: 6250, tax: 1250, transactions: 1, goods_sold: '1' },
      paymentFigures: [{ registerId: '2', hour: '2026-11-18T10:00:00.000Z', paymentTypeId: '1', figure: { payments: 6250 } }],
      void: null,
    });
    expect(receipt.versionList.map(({ version }) => version)).toEqual([1]);
  });

  it('keeps every version with its raw document and the request that fetched it', async () => {
    const key = { organizationId: database.organizationId, posAccountId: ledger.posAccountId, saleId: '109' };
    const before = SALES.find((sale) => sale.id === '109');
    if (before === undefined) throw new Error('no sale 109');
    const after: TestSale = { ...before, net: '5.00', changedAt: '2026-11-19T09:00:00Z' };
    await ledger.record([after], '2026-11-24T09:00:00Z');
    const receipt = await inTenant((trx) => readReceipt(trx, key));
    expect([receipt.versions, receipt.versionList.map(({ version }) => version), receipt.figure?.['net_sales']]).toEqual([
      2,
      [2, 1],
      500,
    ]);
    const [second, first] = await Promise.all([2, 1].map((version) => inTenant((trx) => readReceiptVersion(trx, key, version))));
    expect(first?.document).toEqual(before);
    expect(second?.document).toEqual(after);
    expect(second?.request).toMatchObject({
      method: 'GET',
      path: '/API/V3/Account/1/Sale.json?limit=100',
      requestedAt: '2026-11-24T09:00:00.000Z',
    });
    await expect(inTenant((trx) => readReceiptVersion(trx, key, 3))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says who voided it and why, where the POS told', async () => {
    const own = { organization_id: database.organizationId, pos_account_id: ledger.posAccountId };
    await inTenant(async (trx) => {
      await trx
        .insertInto('employee')
        .values({ ...own, employee_id: '8', name: 'Ida' })
        .execute();
      await trx
        .insertInto('sale_void')
        .values({
          ...own,
          sale_void_id: '1',
          sale_id: '500',
          employee_id: '8',
          reason: 'Wrong item',
          voided_at: new Date(at('14:02')),
        })
        .execute();
    });
    const receipt = await inTenant((trx) =>
      readReceipt(trx, { organizationId: database.organizationId, posAccountId: ledger.posAccountId, saleId: '500' }),
    );
    expect(receipt).toMatchObject({
      state: 'voided',
      figure: null,
      void: { at: '2026-11-18T13:02:00.000Z', employeeName: 'Ida', reason: 'Wrong item' },
    });
  });

  it('is not there for another organization', async () => {
    const other = uuidv7();
    await systemTransaction(database.db, (trx) =>
      trx
        .insertInto('organization')
        .values({ organization_id: other, name: 'Other', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
        .execute(),
    );
    const key = { posAccountId: ledger.posAccountId, saleId: '300' };
    for (const organizationId of [other, database.organizationId]) {
      await expect(
        tenantTransaction(database.db, other, (trx) => readReceipt(trx, { organizationId, ...key })),
      ).rejects.toMatchObject({ code: 'not_found' });
      await expect(
        tenantTransaction(database.db, other, (trx) => readReceiptVersion(trx, { organizationId, ...key }, 1)),
      ).rejects.toMatchObject({ code: 'not_found' });
      const found = await tenantTransaction(database.db, other, (trx) =>
        listReceipts(trx, organizationId, receiptsQuery.parse({ q: '300' })),
      );
      expect(found.items).toEqual([]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { documentsOf, encoded, testAccount } from '../testing/account.ts';
import type { Document } from '../testing/account.ts';

const account = testAccount({ sales: 900, customers: 60, days: 30 });

async function all(path: string): Promise<Document[]> {
  return (await account.walk(path)).flat();
}

const cents = (text: unknown): number => Math.round(Number(text) * 100);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): Document[] =>
  value === undefined || value === '' ? [] : ((Array.isArray(value) ? value : [value]) as Document[]);
const inside = (document: Document, wrapper: string, child: string): Document[] =>
  list((document[wrapper] as Readonly<Record<string, unknown>> | undefined)?.[child]);

const sales = await all(`/Sale.json?archived=true&load_relations=${encoded('["SalePayments"]')}`);
const payments = sales
  .filter((sale) => sale['voided'] === 'false')
  .flatMap((sale) => inside(sale, 'SalePayments', 'SalePayment'))
  .filter((payment) => payment['archived'] === 'false');

describe('closings', () => {
  it("hold exactly what their register took between opening and closing, and a cash drawer's float", async () => {
    const counts = await all(`/RegisterCount.json?load_relations=all`);
    expect(counts.length).toBeGreaterThan(30);
    for (const count of counts) {
      const taken = new Map<string, number>();
      for (const payment of payments) {
        const at = String(payment['createTime']);
        if (payment['registerID'] !== count['registerID']) continue;
        if (at < String(count['openTime']) || at > String(count['createTime'])) continue;
        const type = String(payment['paymentTypeID']);
        taken.set(type, (taken.get(type) ?? 0) + cents(payment['amount']));
      }
      taken.set('1', (taken.get('1') ?? 0) + 50_000);
      const stated = new Map(
        inside(count, 'RegisterCountAmounts', 'RegisterCountAmount').map((row) => [
          String(row['paymentTypeID']),
          cents(row['calculated']),
        ]),
      );
      expect(stated).toEqual(taken);
    }
  });

  it('are read one by one below their count, and keep their ids when the clock goes on', async () => {
    const [count] = await all('/RegisterCount.json?limit=1&sort=-registerCountID');
    const id = String(count?.['registerCountID']);
    const below = await all(`/RegisterCount/${id}/RegisterCountAmount.json`);
    expect(below.length).toBeGreaterThan(0);
    for (const row of below) expect(row['registerCountID']).toBe(id);
    const before = (
      await testAccount({ sales: 900, customers: 60, days: 30, now: '2026-11-20T06:00:00Z' }).walk('/RegisterCount.json')
    ).flat();
    const after = await all('/RegisterCount.json');
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.slice(0, before.length)).toEqual(before);
  });
});

describe('credit accounts', () => {
  it('are moved by the payments that name them; gift cards show only when asked for, with masked codes', async () => {
    const accounts = await all('/CreditAccount.json?archived=true&giftCard=false');
    const cards = await all(`/CreditAccount.json?giftCard=true&load_relations=${encoded('["WithdrawalPayments"]')}`);
    expect(await all('/CreditAccount.json?archived=true')).toHaveLength(accounts.length);
    expect(cards.length).toBeGreaterThan(3);
    for (const card of cards) {
      expect(card['code']).toMatch(/^\*+\d{4}$/);
      // A card is never worth less than nothing.
      expect(cents(card['balance'])).toBeLessThanOrEqual(0);
      expect(inside(card, 'WithdrawalPayments', 'SalePayment').length).toBeGreaterThan(0);
    }
    const named = new Set(
      payments.filter((payment) => payment['paymentTypeID'] === '5').map((payment) => payment['creditAccountID']),
    );
    expect(new Set(cards.map((card) => card['creditAccountID']))).toEqual(named);
    let moved = 0;
    for (const one of accounts) {
      const own = payments.filter(
        (payment) => payment['paymentTypeID'] === '4' && payment['creditAccountID'] === one['creditAccountID'],
      );
      moved += own.length;
      expect(cents(one['balance'])).toBe(own.reduce((sum, payment) => sum + cents(payment['amount']), 0));
    }
    expect(moved).toBeGreaterThan(0);
    const [customer] = await all(`/Customer.json?limit=1&customerID=1&load_relations=${encoded('["CreditAccount"]')}`);
    const [own] = accounts;
    expect(customer?.['CreditAccount']).toMatchObject({ creditAccountID: own?.['creditAccountID'], balance: own?.['balance'] });
  });
});

describe('what stands beside a sale', () => {
  it.each([
    ['Quote', 'quoteID', 'Quote'],
    ['ShipTo', 'shipToID', 'ShipTo'],
  ])('%s: the sale names it and carries it', async (resource, key, relation) => {
    const rows = await all(`/${resource}.json?archived=true`);
    expect(rows.length).toBeGreaterThan(0);
    const pointing = sales.filter((sale) => sale[key] !== '0');
    expect(new Set(pointing.map((sale) => sale[key]))).toEqual(new Set(rows.map((row) => row[key])));
    const [row] = rows;
    const answer = await account.get(`/Sale/${String(row?.['saleID'])}.json?load_relations=${encoded(`["${relation}"]`)}`);
    expect(answer.body['Sale']).toMatchObject({ [key]: row?.[key], [relation]: { saleID: row?.['saleID'] } });
  });
});

describe('accounting reports', () => {
  const range = 'startDate=2026-11-01&endDate=2026-11-10';
  const rowsOf = async (name: string, key: string): Promise<Document[]> => {
    const answer = await account.get(`/Reports/Accounting/${name}.json?${range}`);
    expect(answer.status).toBe(200);
    return list(answer.body[key]);
  };

  it('add up to the sales of their days, a row a shop and day and whatever else they tell apart', async () => {
    const zones = new Map((await all('/Shop.json?archived=true')).map((shop) => [shop['shopID'], String(shop['timeZone'])]));
    const counted = sales.filter((sale) => {
      if (sale['completed'] !== 'true' || sale['voided'] !== 'false') return false;
      const day = new Date(textOf(sale['completeTime'] ?? sale['timeStamp'])).toLocaleDateString('sv', {
        timeZone: zones.get(sale['shopID']) ?? 'UTC',
      });
      return day >= '2026-11-01' && day <= '2026-11-10';
    });
    expect(counted.length).toBeGreaterThan(50);
    const sum = (rows: Document[], key: string): number => rows.reduce((total, row) => total + cents(row[key]), 0);
    const taken = counted
      .flatMap((sale) => inside(sale, 'SalePayments', 'SalePayment'))
      .filter((payment) => payment['archived'] === 'false');
    const paid = await rowsOf('PaymentsByDay', 'Payments');
    expect(sum(paid, 'amount')).toBe(sum(taken, 'amount'));
    expect(paid[0]).toMatchObject({ date: expect.stringMatching(/^11\/\d\d\/2026$/), layaway: 'false' });
    expect(sum(await rowsOf('TaxesByDay', 'Taxes'), 'amount')).toBe(sum(counted, 'calcTax1') + sum(counted, 'calcTax2'));
    const discounted = await rowsOf('DiscountsByDay', 'Discounts');
    // Rows round what sales have rounded one by one.
    expect(Math.abs(sum(discounted, 'amount') - sum(counted, 'calcDiscount'))).toBeLessThan(discounted.length + 5);
    const days = await rowsOf('TaxClassSalesByDay', 'SalesDay');
    const net = counted.reduce((total, sale) => total + cents(sale['total']) - cents(sale['taxTotal']), 0);
    expect(Math.abs(sum(days, 'subtotal') - net)).toBeLessThan(counted.length);
    expect(await rowsOf('OrdersByTaxClass', 'Orders')).toEqual([]);
  });

  it('want two dates, and a scope', async () => {
    expect((await account.get('/Reports/Accounting/PaymentsByDay.json?startDate=yesterday')).status).toBe(400);
    expect((await account.get('/Reports/Accounting/Gossip.json?startDate=2026-11-01&endDate=2026-11-02')).status).toBe(404);
  });
});

it('single records below a parent, display templates, custom fields, the locale, and JSON for people', async () => {
  const [line] = await all('/Sale/1/SaleLine.json');
  const single = await account.get(`/Sale/1/SaleLine/${String(line?.['saleLineID'])}.json`);
  expect(single.body['SaleLine']).toEqual(line);
  expect((await account.get('/DisplayTemplate/Sale/1.json')).body['Sale']).toHaveProperty('TaxCategory');
  expect(documentsOf(await account.get('/Customer/CustomField.json'))).toEqual([]);
  const pretty = await account.get('/Shop/1.json?pretty_print=1');
  expect(pretty.text).toContain('\n    "Shop": {');
  expect(pretty.body).toEqual((await account.get('/Shop/1.json')).body);
  const token = account.emulator.credentials.rSeries.accessToken;
  const locale = await account.emulator.fetch('http://pos.test/API/Locale.json', {
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
  });
  expect(await locale.json()).not.toHaveProperty('@attributes');
});

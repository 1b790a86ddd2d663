import { describe, expect, it } from 'vitest';
import type { TillEvent } from '../world/events.ts';
import { documentsOf, testAccount } from '../testing/account.ts';
import type { Document } from '../testing/account.ts';
import { decimal, divide, format, round } from './decimal.ts';
import { plural } from './xml.ts';
import { quote, trimNumber, writeStamp } from './wire.ts';

const account = testAccount({ sales: 0, customers: 3 });
let played = 0;

/** Rings one sale up and reads its document. */
async function rungUp(
  sale: Omit<Extract<TillEvent, { event: 'ring_up' }>, 'event' | 'sale' | 'at' | 'shop' | 'register'>,
  relations = 'all',
): Promise<Document> {
  played += 1;
  const name = `test ${played}`;
  account.emulator.control.play([
    { event: 'ring_up', sale: name, at: '2026-11-20T12:00:00Z', shop: '1', register: '1', ...sale },
  ]);
  const id = account.emulator.world.saleId(name);
  const [document] = documentsOf(await account.get(`/Sale/${id}.json?load_relations=${relations}`));
  if (document === undefined) throw new Error(`No sale ${id}.`);
  return document;
}

function only(document: Document, wrapper: string, child: string): Document {
  return (document[wrapper] as Readonly<Record<string, Document>>)[child] ?? {};
}

describe('scalars on the wire', () => {
  it('are escaped as PHP does it: slashes, quotes, and everything beyond ASCII', () => {
    expect(quote('US/Pacific')).toBe(String.raw`"US\/Pacific"`);
    expect(quote('Smørrebrød "№ 1" 🥐\n')).toBe(String.raw`"Sm\u00f8rrebr\u00f8d \"\u2116 1\" \ud83e\udd50\n"`);
    expect(JSON.parse(quote('Smørrebrød "№ 1" 🥐\n\\/'))).toBe('Smørrebrød "№ 1" 🥐\n\\/');
  });

  it('carry no trailing zeros', () => {
    const written = ['19.90', '20.00', '-0.00', '0.10', '-0.825', '100', '.5', '0.999999999'].map(trimNumber);
    expect(written).toEqual(['19.9', '20', '0', '0.1', '-0.825', '100', '0.5', '0.999999999']);
    expect(writeStamp(Date.parse('2026-10-25T00:59:59Z') / 1000)).toBe('2026-10-25T00:59:59+00:00');
  });

  it('are rounded half away from zero, exactly', () => {
    const rounded = ['0.315', '0.135', '-0.825', '1.005', '-1.005', '2.5'].map((text) => format(round(decimal(text), 2)));
    expect(rounded).toEqual(['0.32', '0.14', '-0.83', '1.01', '-1.01', '2.5']);
    expect(format(divide(decimal('10'), decimal('3'), 8))).toBe('3.33333333');
  });

  it('are all text in every document', async () => {
    const full = testAccount();
    for (const resource of ['Sale', 'Customer', 'Item', 'Shop', 'Employee', 'ItemShop']) {
      const answer = await full.get(`/${resource}.json?load_relations=all&limit=20`);
      const kinds = new Set<string>();
      JSON.parse(answer.text, (_key, value: unknown) => {
        kinds.add(value === null ? 'null' : typeof value);
        return value;
      });
      expect([...kinds].toSorted()).toEqual(['object', 'string']);
      expect(/[^\\]\//.test(answer.text)).toBe(false);
    }
  });
});

describe('a sale document', () => {
  it('follows the recorded money rules: line taxes unrounded, sale taxes rounded', async () => {
    const sale = await rungUp({
      lines: [{ quantity: '1', price: '30', discountPercent: '0.4', taxRates: ['0.06', '0'] }],
      payments: [{ tender: 'card', amount: '19.08' }],
      taxRates: ['0.06', '0'],
    });
    expect(sale).toMatchObject({
      displayableSubtotal: '30',
      calcDiscount: '12',
      calcTotal: '19.08',
      calcSubtotal: '30',
      calcTaxable: '18',
      calcNonTaxable: '0',
      calcTax1: '1.08',
      calcTax2: '0',
      calcPayments: '19.08',
      total: '19.08',
      totalDue: '19.08',
      displayableTotal: '19.08',
      balance: '0',
      taxTotal: '1.08',
    });
    expect(only(sale, 'SaleLines', 'SaleLine')).toMatchObject({
      unitQuantity: '1',
      unitPrice: '30',
      displayableSubtotal: '18',
      calcLineDiscount: '12',
      calcTransactionDiscount: '0',
      calcTotal: '19.08',
      calcSubtotal: '30',
      calcTax1: '1.08',
    });
    const odd = await rungUp({
      lines: [{ quantity: '3', price: '3.51', taxRates: ['0.0825', '0.01'] }],
      payments: [{ tender: 'cash', amount: '11.51' }],
    });
    expect(only(odd, 'SaleLines', 'SaleLine')).toMatchObject({
      calcTax1: '0.868725',
      calcTax2: '0.1053',
      calcTotal: '11.504025',
    });
    expect(odd).toMatchObject({ calcTax1: '0.87', calcTax2: '0.11', calcTotal: '11.51', balance: '0' });
  });

  it('has its fields in the wire order of 2024, relations after them, taxTotal last', async () => {
    const sale = await rungUp(
      { customer: '1', lines: [{ quantity: '1', price: '10' }], payments: [{ tender: 'cash', amount: '12.5' }] },
      '%5B%22SalePayments%22,%22SaleLines%22,%22Customer%22%5D',
    );
    expect(Object.keys(sale).join(', ')).toBe(
      'saleID, timeStamp, discountPercent, completed, archived, voided, enablePromotions, isTaxInclusive, tipEnabled, createTime, updateTime, completeTime, referenceNumber, referenceNumberSource, tax1Rate, tax2Rate, change, receiptPreference, displayableSubtotal, ticketNumber, calcDiscount, calcTotal, calcSubtotal, calcTaxable, calcNonTaxable, calcAvgCost, calcFIFOCost, calcTax1, calcTax2, calcPayments, calcTips, calcItemFees, total, totalDue, displayableTotal, balance, customerID, discountID, employeeID, quoteID, registerID, shipToID, shopID, taxCategoryID, tipEmployeeID, Customer, SaleLines, SalePayments, MetaData, taxTotal',
    );
  });

  it('leaves out what is not there: no completion time while open, no payments, no customer', async () => {
    const sale = await rungUp({ completed: false, lines: [{ quantity: '2', price: '5', taxed: false }], payments: [] });
    expect(sale).toMatchObject({ completed: 'false', calcTotal: '10', balance: '10', customerID: '0' });
    for (const key of ['completeTime', 'SalePayments', 'Customer', 'ShipTo', 'Discount']) expect(sale).not.toHaveProperty(key);
  });

  it('collapses one line to an object and keeps several as a list', async () => {
    const one = await rungUp({
      lines: [{ quantity: '1', price: '8', taxed: false }],
      payments: [{ tender: 'cash', amount: '8' }],
    });
    expect(Array.isArray(only(one, 'SaleLines', 'SaleLine'))).toBe(false);
    const two = await rungUp({
      lines: [
        { quantity: '1', price: '8', taxed: false },
        { quantity: '1', price: '2', taxed: false },
      ],
      payments: [{ tender: 'cash', amount: '10' }],
    });
    expect(only(two, 'SaleLines', 'SaleLine')).toHaveLength(2);
  });

  it('shows gift cards by totalDue and displayableTotal, with the bridge on the payment', async () => {
    const sold = await rungUp({
      lines: [{ kind: 'gift_card', quantity: '1', price: '0' }],
      payments: [
        { tender: 'gift_card', amount: '-100' },
        { tender: 'cash', amount: '100' },
      ],
    });
    expect(sold).toMatchObject({ total: '0', totalDue: '100', displayableTotal: '100', balance: '0' });
    expect(JSON.stringify(sold['SalePayments'])).toContain('"SaleAccounts":{"SaleAccount":{"saleAccountID"');
    const redeemed = await rungUp({
      lines: [{ quantity: '1', price: '11.49', taxed: false }],
      payments: [{ tender: 'gift_card', amount: '11.49' }],
    });
    expect(redeemed).toMatchObject({ total: '11.49', totalDue: '0', displayableTotal: '11.49' });
  });

  it('counts archived payments out, and tips in the payment but not in the total', async () => {
    const sale = await rungUp({
      lines: [{ quantity: '1', price: '20', taxed: false }],
      payments: [
        { tender: 'card', amount: '20', archived: true },
        { tender: 'card', amount: '23', tip: '3' },
      ],
    });
    expect(sale).toMatchObject({ total: '20', calcPayments: '23', calcTips: '3', balance: '0' });
  });

  it('says how its cash was rounded, and only then', async () => {
    const lines = [{ quantity: '1', price: '24.91', taxed: false }];
    const rounded = await rungUp({ lines, payments: [{ tender: 'cash', amount: '25' }], cashRounding: '0.09' });
    expect(rounded).toMatchObject({ total: '24.91', calcPayments: '25', cashRounding: '0.09', balance: '0' });
    expect(await rungUp({ lines, payments: [{ tender: 'card', amount: '24.91' }] })).not.toHaveProperty('cashRounding');
  });

  it('names the original line and payment of a card refund', async () => {
    account.emulator.control.play([
      {
        event: 'ring_up',
        sale: 'bought',
        at: '2026-11-20T09:00:00Z',
        shop: '1',
        register: '1',
        lines: [{ quantity: '1', price: '40', taxed: false }],
        payments: [{ tender: 'card', amount: '40' }],
      },
    ]);
    const sale = await rungUp({
      lines: [{ quantity: '-1', price: '40', taxed: false, returns: 'bought/1' }],
      payments: [{ tender: 'card', amount: '-40' }],
    });
    const bought = account.emulator.world.saleId('bought') ?? 0;
    expect(only(sale, 'SaleLines', 'SaleLine')['parentSaleLineID']).toBe(String(bought * 100 + 1));
    expect(only(sale, 'SalePayments', 'SalePayment')['refPaymentID']).toBe(String(bought * 100 + 1));
    expect(sale).toMatchObject({ total: '-40', totalDue: '0', balance: '0' });
  });

  it('lists its lines below its own address', async () => {
    const sale = await rungUp({
      lines: [
        { quantity: '1', price: '8', taxed: false },
        { quantity: '1', price: '2', taxed: false },
      ],
      payments: [{ tender: 'cash', amount: '10' }],
    });
    const lines = documentsOf(await account.get(`/Sale/${String(sale['saleID'])}/SaleLine.json`));
    expect(lines.map((line) => line['saleID'])).toEqual([sale['saleID'], sale['saleID']]);
    expect(lines[0]).toHaveProperty('taxCategoryID');
    expect((await account.get('/Sale/424242/SaleLine.json')).status).toBe(404);
  });

  it('changes only updateTime when it is edited after completion, and a void leaves a SaleVoid', async () => {
    const before = await rungUp({
      lines: [{ quantity: '1', price: '8', taxed: false }],
      payments: [{ tender: 'cash', amount: '8' }],
    });
    const name = `test ${played}`;
    account.emulator.control.play([
      {
        event: 'edit',
        sale: name,
        at: '2026-11-21T09:00:00Z',
        lines: [{ quantity: '2', price: '8', taxed: false }],
        payments: [{ tender: 'cash', amount: '16' }],
      },
      { event: 'void', sale: name, at: '2026-11-22T09:00:00Z', reason: 'Mistake' },
    ]);
    const id = String(before['saleID']);
    const [after] = documentsOf(await account.get(`/Sale/${id}.json`));
    expect(after).toMatchObject({
      timeStamp: before['timeStamp'],
      updateTime: '2026-11-22T09:00:00+00:00',
      voided: 'true',
      calcTotal: '16',
    });
    const [voided] = documentsOf(await account.get('/SaleVoid.json?sort=-saleVoidID&limit=1'));
    expect(voided).toMatchObject({ saleID: id, reason: 'Mistake', createTime: '2026-11-22T09:00:00+00:00' });
  });
});

describe('formats', () => {
  it('speak XML unless JSON is asked for, by suffix or by Accept, which wins', async () => {
    const xml = await account.get('/Shop/1', { Accept: '*/*' });
    expect(xml.headers.get('Content-Type')).toBe('application/vnd.merchantos.pos-v1+xml');
    expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<Shop><shopID>1<\/shopID><name>/);
    expect(xml.text).toContain('<serviceRate currency="DKK">0</serviceRate>');
    expect((await account.get('/Shop/1.json', { Accept: '*/*' })).headers.get('Content-Type')).toBe('application/json');
    expect((await account.get('/Shop/1.json', { Accept: 'application/xml' })).text).toMatch(/^<\?xml/);
    expect((await account.get('/Shop/1.xml', { Accept: 'application/json' })).body).toHaveProperty('Shop');
    expect((await account.get('/PaymentType.xml?limit=2', { Accept: '*/*' })).text).toMatch(
      /<PaymentTypes next="[^"]+&amp;after=[^"]+" previous=""><PaymentType>/,
    );
    expect(['Sale', 'Category', 'TaxClass', 'SaleLine'].map(plural)).toEqual(['Sales', 'Categories', 'TaxClasses', 'SaleLines']);
  });

  it('tell the account in its list, alone and in the session', async () => {
    const list = await account.get('http://pos.test/API/V3/Account.json');
    expect(list.text).toContain(String.raw`"link":{"@attributes":{"href":"\/API\/V3\/Account\/900001"}}`);
    expect((await account.get('http://pos.test/API/V3/Account/900001.json')).body).toMatchObject({
      defaultCurrency: { code: 'DKK' },
    });
    expect((await account.get('http://pos.test/API/Session.json')).body).toMatchObject({
      systemCustomerID: '900001',
      Rights: { register: 'true' },
    });
  });
});

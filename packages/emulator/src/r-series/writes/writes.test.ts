import { beforeEach, describe, expect, it } from 'vitest';
import { testAccount } from '../../testing/account.ts';
import type { Document, TestAccount } from '../../testing/account.ts';

let account: TestAccount;

beforeEach(() => {
  account = testAccount({ sales: 40, customers: 8 });
});

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, Document>;
}

async function send(method: string, path: string, body?: unknown, token?: string): Promise<Sent> {
  const response = await account.emulator.fetch(account.root + path, {
    method,
    headers: {
      Authorization: `Bearer ${token ?? account.emulator.credentials.rSeries.accessToken}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, Document> };
}

function children(document: Document | undefined, wrapper: string, child: string): Document[] {
  const value = (document?.[wrapper] as Readonly<Record<string, unknown>> | undefined)?.[child];
  return value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as Document[]);
}

const firstLine = (sale: Document | undefined): Document => children(sale, 'SaleLines', 'SaleLine')[0] ?? {};
const total = (name: string): number => Number(account.emulator.control.truth()?.totals[name] ?? 0);
const head = { employeeID: 1, registerID: '1', shopID: 1 };
const misc = (quantity: string, unitPrice: string): Document => ({ unitQuantity: quantity, unitPrice, tax: false });

async function soldFor(amount: string): Promise<Document> {
  const { body } = await send('POST', '/Sale.json', {
    ...head,
    completed: true,
    SaleLines: { SaleLine: [misc('2', amount)] },
    SalePayments: [{ SalePayment: { paymentTypeID: 3, amount: String(2 * Number(amount)) } }],
  });
  return body['Sale'] ?? {};
}

describe('sales', () => {
  it('are rung up, paid and completed; cash beyond what is due is change; the truth follows', async () => {
    const before = total('turnover_incl');
    const { status, body, headers } = await send('POST', '/Sale.json', {
      ...head,
      completed: 'true',
      SaleLines: [{ SaleLine: misc('2', '10') }, { SaleLine: misc('1', '5.5') }],
      SalePayments: { SalePayment: { paymentTypeID: '1', amount: 30 } },
    });
    expect(status).toBe(200);
    // 2 for a sale, 3 for completing it, a half for each of three entities.
    expect(headers.get('X-LS-API-Request-Cost')).toBe('6.5');
    const sale = body['Sale'] ?? {};
    expect(sale).toMatchObject({ completed: 'true', total: '25.5', change: '4.5', balance: '0', calcPayments: '25.5' });
    for (const key of ['Shop', 'TaxCategory', 'SaleLines', 'SalePayments']) expect(sale).toHaveProperty(key);
    expect(total('turnover_incl') - before).toBe(2550);
    expect((await account.get(`/Sale/${String(sale['saleID'])}.json`)).body['Sale']).toMatchObject({ total: '25.5' });
  });

  it('take items at their price and the tax of their shop', async () => {
    const { body } = await send('POST', '/Sale.json', { ...head, SaleLines: { SaleLine: { itemID: 1 } } });
    const item = (await account.get('/Item/1.json')).body['Item'] as { Prices: { ItemPrice: { amount: string }[] } };
    const line = firstLine(body['Sale']);
    expect(line).toMatchObject({ itemID: '1', unitQuantity: '1', unitPrice: item.Prices.ItemPrice[0]?.amount, tax: 'true' });
    expect(body['Sale']).toMatchObject({ completed: 'false' });
  });

  it('are not completed while something is owed, and nothing of them stays', async () => {
    const before = account.emulator.control.ids()['Sale']?.length;
    const answer = await send('POST', '/Sale.json', { ...head, completed: true, SaleLines: [misc('1', '10')] });
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toContain('balance must be 0, not 10');
    expect(account.emulator.control.ids()['Sale']?.length).toBe(before);
  });

  it('are filled line by line while open, and closed by a PUT', async () => {
    const open = await send('POST', '/Sale.json', head);
    const id = String(open.body['Sale']?.['saleID']);
    const first = await send('POST', `/Sale/${id}/SaleLine.json`, misc('1', '8'));
    const second = await send('POST', `/Sale/${id}/SaleLine.json`, misc('1', '4'));
    const lineId = String(first.body['SaleLine']?.['saleLineID']);
    const changed = await send('PUT', `/SaleLine/${lineId}.json`, { unitQuantity: 3 });
    expect(changed.body['SaleLine']).toMatchObject({ saleLineID: lineId, unitQuantity: '3', calcTotal: '24' });
    const gone = await send('DELETE', `/Sale/${id}/SaleLine/${String(second.body['SaleLine']?.['saleLineID'])}.json`);
    expect(gone.body['SaleLine']).toMatchObject({ unitPrice: '4' });
    const done = await send('PUT', `/Sale/${id}.json`, {
      completed: true,
      customerID: 3,
      SalePayments: { SalePayment: { paymentTypeID: 3, amount: 24 } },
    });
    expect(done.body['Sale']).toMatchObject({ completed: 'true', customerID: '3', total: '24', balance: '0' });
    const lines = firstLine(done.body['Sale']);
    expect(lines).toMatchObject({ saleLineID: lineId });
    expect((await send('POST', `/Sale/${id}/SaleLine.json`, misc('1', '1'))).status).toBe(400);
  });

  it('are refunded whole or in part, by id or ticket number, into sales of their own', async () => {
    const sold = await soldFor('20');
    const lineId = String(firstLine(sold)['saleLineID']);
    const before = total('returns_incl');
    const part = await send('POST', `/Sale/${String(sold['saleID'])}/refund.json`, {
      ...head,
      SaleLines: { SaleLine: { parentSaleLineID: lineId, unitQuantity: -1 } },
      SalePayments: { SalePayment: { paymentTypeID: 3 } },
    });
    expect(part.headers.get('X-LS-API-Request-Cost')).toBe('11');
    expect(part.body['Sale']).toMatchObject({ completed: 'true', total: '-20', calcPayments: '-20', balance: '0' });
    expect(firstLine(part.body['Sale'])).toMatchObject({ parentSaleLineID: lineId });
    const whole = await send('POST', `/Sale/${String(sold['ticketNumber'])}/refund.json`, {
      ...head,
      SalePayments: { SalePayment: { paymentTypeID: 1 } },
    });
    expect(whole.body['Sale']).toMatchObject({ total: '-40' });
    expect(total('returns_incl') - before).toBe(6000);
    const tooMuch = { SaleLines: { SaleLine: { parentSaleLineID: lineId, unitQuantity: -3 } } };
    expect((await send('POST', `/Sale/${String(sold['saleID'])}/refund.json`, { ...head, ...tooMuch })).status).toBe(400);
    expect((await account.get(`/Sale/${String(sold['saleID'])}.json`)).body['Sale']).toMatchObject({
      total: '40',
      voided: 'false',
    });
  });

  it('are voided by a PUT, where the switch says so, and named by a SaleVoid', async () => {
    const sold = await soldFor('7');
    const path = `/Sale/${String(sold['saleID'])}.json`;
    account.emulator.control.setSwitches({ voidByPut: 'reject' });
    expect((await send('PUT', path, { voided: true })).status).toBe(400);
    account.emulator.control.setSwitches({ voidByPut: 'accept' });
    const before = total('turnover_incl');
    expect((await send('PUT', path, { voided: true })).body['Sale']).toMatchObject({ voided: 'true' });
    expect(before - total('turnover_incl')).toBe(1400);
    const voids = await account.walk(`/SaleVoid.json?saleID=${String(sold['saleID'])}`);
    expect(voids.flat()).toHaveLength(1);
    expect((await send('PUT', path, { customerID: 1 })).status).toBe(400);
  });

  it('are put away while open, and never once completed', async () => {
    const open = await send('POST', '/Sale.json', head);
    const gone = await send('DELETE', `/Sale/${String(open.body['Sale']?.['saleID'])}.json`);
    expect(gone.body['Sale']).toMatchObject({ archived: 'true', completed: 'false' });
    const sold = await soldFor('7');
    expect((await send('DELETE', `/Sale/${String(sold['saleID'])}.json`)).status).toBe(400);
  });
});

describe('customers', () => {
  it('are written down, changed, put away and made anonymous', async () => {
    const made = await send('POST', '/Customer.json', {
      firstName: 'Pat',
      lastName: 'Doe',
      Contact: {
        Emails: { ContactEmail: { address: 'pat@example.test', useType: 'Primary' } },
        Phones: { ContactPhone: [{ number: '555 0101', useType: 'Mobile' }] },
      },
    });
    const customer = made.body['Customer'] ?? {};
    expect(customer).toMatchObject({ firstName: 'Pat', customerID: '9', archived: 'false' });
    expect(customer['Contact']).toMatchObject({ noEmail: 'true', Emails: { ContactEmail: { address: 'pat@example.test' } } });
    const changed = await send('PUT', '/Customer/9.json', { company: 'Doe & Co' });
    expect(changed.body['Customer']).toMatchObject({ firstName: 'Pat', company: 'Doe & Co' });
    expect((await send('DELETE', '/Customer/9.json')).body['Customer']).toMatchObject({ archived: 'true' });
    expect((await account.walk('/Customer.json')).flat()).toHaveLength(8);
    const erased = await send('DELETE', '/Customer/9/Anonymize.json');
    expect(erased.body['Customer']).toMatchObject({ firstName: 'Customer', lastName: '9' });
    expect((await send('POST', '/Customer.json', { title: 'Dr' })).status).toBe(400);
    expect((await send('PUT', '/Customer/77.json', { title: 'Dr' })).status).toBe(404);
  });
});

describe('tills', () => {
  it('are closed with what they took, opened with a float, and refuse both twice', async () => {
    await soldFor('20');
    const expected = (await account.get('/Register/1/calculated.json')).body['CalculatedAmount'] as Document[];
    const closed = await send('POST', '/Register/1/close.json', { notes: 'early', closeEmployeeID: 1 });
    const amounts = children(closed.body['RegisterCount'], 'RegisterCountAmounts', 'RegisterCountAmount');
    const card = amounts.find((row) => row['paymentTypeID'] === '3');
    expect(card).toMatchObject({ calculated: expected.find((row) => row['paymentTypeID'] === '3')?.['payment'] });
    expect(closed.body['RegisterCount']).toMatchObject({ notes: 'early', registerID: '1' });
    expect((await account.get('/Register/1.json')).body['Register']).toMatchObject({ open: 'false' });
    expect((await send('POST', '/Register/1/close.json', {})).status).toBe(400);
    const opened = await send('POST', '/Register/1/open.json', { amount: 250, employeeID: 1, notes: 'float' });
    expect(opened.body['RegisterWithdraw']).toMatchObject({ amount: '250', registerID: '1', notes: 'float' });
    expect((await account.get('/Register/1.json')).body['Register']).toMatchObject({ open: 'true' });
    expect((await send('POST', '/Register/1/open.json', {})).status).toBe(400);
    account.emulator.control.reset();
    expect((await account.walk('/RegisterWithdraw.json?notes=float')).flat()).toHaveLength(0);
  });
});

describe('the back office', () => {
  it('takes categories into their tree, items that can be sold, and gift cards with nothing on them', async () => {
    const before = (await account.walk('/Category.json')).flat();
    const parent = before.find((row) => row['parentID'] === '0') ?? {};
    const made = await send('POST', '/Category.json', { name: 'Maps', parentID: parent['categoryID'] });
    expect(made).toMatchObject({
      status: 200,
      body: { Category: { name: 'Maps', fullPathName: `${String(parent['name'])}/Maps` } },
    });
    const tree = (await account.walk('/Category.json')).flat();
    expect(tree).toHaveLength(before.length + 1);
    const edges = tree.flatMap((row) => [Number(row['leftNode']), Number(row['rightNode'])]).sort((a, b) => a - b);
    expect(edges).toEqual(edges.map((_edge, index) => (edges[0] ?? 0) + index));
    const inside = tree.find((row) => row['categoryID'] === parent['categoryID']) ?? {};
    expect(Number(inside['rightNode'])).toBe(Number(made.body['Category']?.['rightNode']) + 1);

    const item = await send('POST', '/Item.json', {
      description: 'Sea chart',
      defaultCost: '4.5',
      categoryID: made.body['Category']?.['categoryID'],
      Prices: { ItemPrice: [{ amount: '12.5', useType: 'Default' }] },
    });
    const id = String(item.body['Item']?.['itemID']);
    expect(item.body['Item']).toMatchObject({ description: 'Sea chart', defaultCost: '4.5', archived: 'false' });
    expect(children(item.body['Item'], 'Prices', 'ItemPrice')[0]).toMatchObject({ amount: '12.5' });
    expect((await account.walk('/Item.json?description=Sea chart')).flat()).toHaveLength(1);
    const sold = await send('POST', '/Sale.json', {
      ...head,
      completed: true,
      SaleLines: { SaleLine: [{ itemID: id, unitQuantity: '2', tax: false }] },
      SalePayments: { SalePayment: { amount: '25', paymentTypeID: 3 } },
    });
    expect([sold.status, sold.body['Sale']?.['calcTotal']]).toEqual([200, '25']);

    const card = await send('POST', '/CreditAccount.json', { code: 'MAPS-0042', name: 'For maps' });
    expect(card.body['CreditAccount']).toMatchObject({ giftCard: 'true', balance: '0', name: 'For maps', code: '*****0042' });
    expect((await account.walk('/CreditAccount.json?giftCard=true&name=For maps')).flat()).toHaveLength(1);
    for (const [path, body] of [
      ['/CreditAccount.json', { code: 'short' }],
      ['/CreditAccount.json', { code: 'MAPS-0042' }],
      ['/Item.json', {}],
      ['/Item.json', { description: 'x', categoryID: 999 }],
      ['/Category.json', { name: 'x', parentID: 999 }],
    ] as const) {
      expect([path, (await send('POST', path, body)).status]).toEqual([path, 400]);
    }
    account.emulator.control.reset();
    expect((await account.walk('/Category.json')).flat()).toEqual(before);
  });

  it('has card charges beside their payments, and orders with their lines', async () => {
    const payments = (await account.walk('/SalePayment.json?load_relations=["CCCharge"]')).flat();
    const charged = payments.filter((row) => 'CCCharge' in row);
    expect(charged.length).toBeGreaterThan(5);
    expect(charged.every((row) => row['paymentTypeID'] === '3')).toBe(true);
    const charges = (await account.walk('/CCCharge.json?limit=10')).flat();
    expect(charges).toEqual(charged.map((row) => row['CCCharge']));
    expect(charges.map((row) => row['ccChargeID'])).toEqual(charged.map((row) => row['ccChargeID']));
    expect(charges[0]).toMatchObject({ cardholderName: '', rawVoidResponse: { '@attributes': { readonly: 'true' } } });
    const orders = (await account.walk('/Order.json?load_relations=["OrderLines","Vendor"]')).flat();
    const lines = (await account.walk('/OrderLine.json')).flat();
    expect(orders.flatMap((row) => children(row, 'OrderLines', 'OrderLine'))).toEqual(lines);
    expect(orders.length).toBeGreaterThan(3);
  });
});

it('verbs that a resource does not have are 405 in the standard shape', async () => {
  for (const [method, path] of [
    ['PUT', '/ShipTo/1.json'],
    ['DELETE', '/SaleVoid/1.json'],
    ['POST', '/RegisterCount.json'],
    ['PATCH', '/Sale/1.json'],
  ] as const) {
    const answer = await send(method, path, {});
    expect([path, answer.status]).toEqual([path, 405]);
    expect(answer.body).toMatchObject({ httpCode: '405', httpMessage: 'Method Not Allowed', errorClass: 'Exception' });
  }
});

it('a token that may only read may not write', async () => {
  const { emulator } = account;
  const { clientId, clientSecret } = emulator.credentials.rSeries;
  const form = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    scope: 'employee:register_read employee:customers_read',
    redirect_uri: 'https://hub.test/back',
    decision: 'authorize',
  });
  const consent = await emulator.fetch('http://pos.test/auth/oauth/authorize', {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const code = new URL(consent.headers.get('Location') ?? '').searchParams.get('code') ?? '';
  const exchange = await emulator.fetch('http://pos.test/auth/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, code }),
  });
  const { access_token: token } = (await exchange.json()) as { access_token: string };
  expect((await send('POST', '/Sale.json', head, token)).status).toBe(403);
  expect((await send('POST', '/Customer.json', { firstName: 'A' }, token)).status).toBe(403);
});

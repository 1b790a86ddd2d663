import { beforeEach, describe, expect, it } from 'vitest';
import { rowsOf, testRetailer } from '../../testing/retailer.ts';
import type { TestRetailer } from '../../testing/retailer.ts';
import type { XDocument } from '../wire.ts';

let store: TestRetailer;
let registerId: string;
let userId: string;
let product: XDocument;
let tax: XDocument;
let cash: string;

beforeEach(async () => {
  store = testRetailer({ sales: 40, customers: 10 });
  const first = async (path: string, fits: (row: XDocument) => boolean = () => true): Promise<XDocument> =>
    rowsOf(await store.get(path)).find(fits) ?? {};
  registerId = String((await first('/2.0/registers'))['id']);
  userId = String((await first('/2.0/users'))['id']);
  const internal = (row: XDocument): boolean => row['name'] === 'Discount' || row['has_inventory'] !== true;
  product = await first('/2.0/products', (row) => !internal(row));
  tax = await first('/2.0/taxes', (row) => (row['rates'] as { rate: number }[])[0]?.rate === 0.25);
  cash = String((await first('/2.0/payment_types', (row) => row['type_id'] === 1))['id']);
});

function legacySale(): XDocument {
  return {
    register_id: registerId,
    user_id: userId,
    state: 'closed',
    status: 'CLOSED',
    register_sale_products: [{ product_id: product['id'], quantity: 2, price: 10, tax: 2.5, tax_id: tax['id'] }],
    register_sale_payments: [{ retailer_payment_type_id: cash, amount: 25 }],
  };
}

function datedSale(change: XDocument = {}): XDocument {
  return {
    source: { register_id: registerId, author_id: userId },
    state: 'closed',
    line_items: [
      {
        product: { id: product['id'] },
        quantity: 1,
        pricing: { price: '80', discount: '20' },
        tax: { id: tax['id'], amount: '20' },
      },
    ],
    payments: [{ amount: '100', type: { config_id: cash } }],
    ...change,
  };
}

async function newest(): Promise<XDocument> {
  return (await store.walk('/2.0/sales', 500)).at(-1) ?? {};
}

describe('writing sales', () => {
  it('a sale of 0.9 is in the feed above everything there was, with its amounts, and in the truth', async () => {
    const before = await newest();
    const counted = Number(store.control.truth()?.totals['net_sales']);
    const answer = await store.send('POST', '/register_sales', legacySale());
    expect(answer.status).toBe(200);
    const { register_sale: made } = answer.body as { register_sale: XDocument };
    const sale = await newest();
    expect(sale['id']).toBe(made['id']);
    expect(Number(sale['version'])).toBeGreaterThan(Number(before['version']));
    expect(sale).toMatchObject({
      state: 'closed',
      status: 'CLOSED',
      total_price: 20,
      total_tax: 5,
      total_price_incl: 25,
      register_id: registerId,
    });
    expect(Number(store.control.truth()?.totals['net_sales'])).toBe(counted + 2000);
  });

  it('the dated versions take numbers as text and answer nested', async () => {
    const answer = await store.send('POST', '/2026-07/sales', datedSale({ note: 'wrapped' }));
    expect(answer).toMatchObject({
      status: 201,
      body: { data: { state: 'closed', note: 'wrapped', totals: { price: 80, price_incl_tax: 100 } } },
    });
    const [line] = (await newest())['line_items'] as XDocument[];
    expect(line).toMatchObject({ price: 80, discount: 20, quantity: 1, tax: 20 });
  });

  it('sent twice with an id of the caller’s own, a sale is there once', async () => {
    const before = await store.walk('/2.0/sales', 500);
    const id = '0a1b2c3d-0002-11f1-a001-0242ac120001';
    const first = await store.send('POST', '/2026-07/sales', datedSale({ id }));
    const again = await store.send('POST', '/2026-07/sales', datedSale({ id, note: 'again' }));
    expect([first, again].map(({ body }) => (body['data'] as XDocument)['id'])).toEqual([id, id]);
    expect((await store.send('POST', '/2026-07/sales', datedSale({ id: 'mine' }))).status).toBe(400);
    expect(await store.walk('/2.0/sales', 500)).toHaveLength(before.length + 1);
    expect(await newest()).toMatchObject({ id, note: 'again', total_price_incl: 100 });
    expect(((await store.get(`/2.0/sales/${id}`)).body['data'] as XDocument)['id']).toBe(id);
  });

  it('a change replaces everything: lines and payments left out are gone', async () => {
    const made = (await store.send('POST', '/2026-07/sales', datedSale({ state: 'parked', payments: [] }))).body[
      'data'
    ] as XDocument;
    const path = `/2026-07/sales/${String(made['id'])}`;
    const closed = await store.send('PUT', path, datedSale());
    expect(closed.body['data']).toMatchObject({ id: made['id'], state: 'closed', payments: [{ amount: 100 }] });
    const voided = await store.send('PUT', path, datedSale({ state: 'voided' }));
    expect(voided.body['data']).toMatchObject({ state: 'voided' });
    expect((await store.send('PUT', '/2026-07/sales/0a1b2c3d-0002-11f1-a001-0242ac12ffff', datedSale())).status).toBe(404);
  });

  it('a return starts parked, with the lines turned round, and the original names it', async () => {
    const made = (await store.send('POST', '/register_sales', legacySale())).body['register_sale'] as XDocument;
    const id = String(made['id']);
    expect((await store.send('POST', `/2.0/sales/${id}/actions/return`, {})).status).toBe(405);
    const answer = await store.send('PUT', `/2.0/sales/${id}/actions/return`, {});
    expect(answer.body['data']).toMatchObject({
      state: 'parked',
      return_for: id,
      payments: [],
      line_items: [{ quantity: -2, price: 10, price_total: -20, is_return: true }],
    });
    const returnId = (answer.body['data'] as XDocument)['id'];
    expect(rowsOf(await store.get(`/2.0/sales/${id}`))).toMatchObject({ return_ids: [returnId] });
    const again = await store.send('POST', `/2026-07/sales/${id}/actions/return`, {});
    expect(again.status).toBe(200);
    expect((await store.get(`/2.0/sales/${String(returnId)}`)).body['data']).toMatchObject({ state: 'voided' });
  });

  it('a return is completed with a refund, keeps naming its original, and since 2026-07 holds nothing else', async () => {
    const made = (await store.send('POST', '/2026-07/sales', datedSale())).body['data'] as XDocument;
    const started = await store.send('POST', `/2026-07/sales/${String(made['id'])}/actions/return`, {});
    const { id } = started.body['data'] as { id: string };
    const back = (change: XDocument): XDocument => ({
      ...datedSale({ payments: [{ amount: -100, type: { config_id: cash } }] }),
      line_items: [
        {
          product: { id: product['id'] },
          quantity: -1,
          pricing: { price: 80, discount: 20 },
          tax: { id: tax['id'], amount: 20 },
          ...change,
        },
      ],
    });
    const other = rowsOf(await store.get('/2.0/products?page_size=50')).find(
      (row) => row['id'] !== product['id'] && row['has_inventory'] === true,
    );
    const stranger = back({ product: { id: other?.['id'] } });
    expect((await store.send('PUT', `/2026-07/sales/${id}`, stranger)).status).toBe(422);
    const closed = await store.send('PUT', `/2026-07/sales/${id}`, back({}));
    expect(closed.body['data']).toMatchObject({
      id,
      state: 'closed',
      return: { is_return: true, original_sale_id: made['id'] },
      totals: { price: -80, tax: -20, price_incl_tax: -100 },
      line_items: [{ quantity: -1, pricing: { price: 80, total: -80 }, return: { is_return: true } }],
      payments: [{ amount: -100 }],
    });
  });

  it('what makes no sense is refused and changes nothing', async () => {
    const before = (await newest())['version'];
    expect((await store.send('POST', '/2026-07/sales', {})).status).toBe(400);
    expect((await store.send('POST', '/2026-07/sales', datedSale({ state: 'sold' }))).status).toBe(400);
    const unknown = [
      {
        product: { id: '0a1b2c3d-0002-11f1-a001-0242ac12ffff' },
        quantity: 1,
        pricing: { price: 1 },
        tax: { id: tax['id'], amount: 0 },
      },
    ];
    expect((await store.send('POST', '/2026-07/sales', datedSale({ line_items: unknown }))).status).toBe(400);
    expect((await store.send('POST', '/2.0/sales', datedSale())).status).toBe(405);
    const reader = await store.signIn('sales:read');
    expect((await store.send('POST', '/register_sales', legacySale(), reader)).status).toBe(403);
    expect((await newest())['version']).toBe(before);
  });
});

describe('writing customers', () => {
  it('made, changed and deleted, each with a higher version', async () => {
    const made = await store.send('POST', '/2.0/customers', { first_name: 'Ida', last_name: 'Holm', email: 'ida@example.test' });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { first_name: 'Ida', name: 'Ida Holm', email: 'ida@example.test' } },
    });
    const { id, version } = made.body['data'] as { id: string; version: number };
    const changed = await store.send('PUT', `/2.0/customers/${id}`, { last_name: 'Berg' });
    expect(changed).toMatchObject({ status: 200, body: { data: { id, first_name: 'Ida', last_name: 'Berg' } } });
    expect((changed.body['data'] as { version: number }).version).toBeGreaterThan(version);
    expect((await store.send('DELETE', `/2.0/customers/${id}`, undefined)).status).toBe(204);
    expect((await store.walk('/2.0/customers', 500)).map((row) => row['id'])).not.toContain(id);
    expect((await store.walk('/2.0/customers?deleted=true', 500)).map((row) => row['id'])).toContain(id);
  });

  it('both names are needed, and what looks like a card number is blanked', async () => {
    expect((await store.send('POST', '/2.0/customers', { first_name: 'Ida' })).status).toBe(400);
    const made = await store.send('POST', '/customers', { first_name: '4111 1111 1111 1111', last_name: 'Holm' });
    expect(made).toMatchObject({ status: 200, body: { customer: { first_name: '****************', last_name: 'Holm' } } });
  });
});

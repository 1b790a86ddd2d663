import { describe, expect, it } from 'vitest';
import { rowsOf, testRetailer } from '../testing/retailer.ts';
import type { XDocument } from './wire.ts';

const { emulator, get, walk } = testRetailer({ sales: 600 });

type Parts = readonly XDocument[];

function part(document: XDocument, name: string): XDocument {
  return document[name] as XDocument;
}

describe('one sale in every shape', () => {
  it('nested and flat tell the same amounts, for every sale', async () => {
    const flat = await walk('/2.0/sales', 500);
    const nested = await walk('/2026-07/sales', 500);
    expect(nested).toHaveLength(flat.length);
    for (const [index, sale] of flat.entries()) {
      const other = nested[index] ?? {};
      const totals = part(other, 'totals');
      expect([other['id'], part(other, '_metadata')['version'], Date.parse(String(other['date']))]).toEqual([
        sale['id'],
        sale['version'],
        Date.parse(String(sale['sale_date'])),
      ]);
      expect([totals['price'], totals['price_incl_tax'], totals['tax']]).toEqual([
        sale['total_price'],
        sale['total_price_incl'],
        sale['total_tax'],
      ]);
      expect((other['line_items'] as Parts).map((line) => [part(line, 'pricing')['total'], part(line, 'tax')['total']])).toEqual(
        (sale['line_items'] as Parts).map((line) => [line['price_total'], line['tax_total']]),
      );
      expect((other['payments'] as Parts).map((payment) => [payment['amount'], part(payment, 'type')['config_id']])).toEqual(
        (sale['payments'] as Parts).map((payment) => [payment['amount'], payment['retailer_payment_type_id']]),
      );
      expect(other).not.toHaveProperty('status');
    }
  });

  it('money is a JSON number of at most five decimals in 2.0, and text where the reference says text', async () => {
    const [sale] = rowsOf(await get('/2.0/sales?page_size=1'));
    expect(sale?.['line_items']).not.toHaveLength(0);
    for (const line of (sale?.['line_items'] ?? []) as Parts) {
      for (const name of ['price', 'price_total', 'tax', 'tax_total', 'discount', 'cost', 'quantity']) {
        expect(typeof line[name]).toBe('number');
        expect(String(line[name])).toMatch(/^-?\d+(?:\.\d{1,5})?$/);
      }
    }
    const [register] = rowsOf(await get('/2.0/registers?page_size=1'));
    const { body } = await get(`/2.0/registers/${String(register?.['id'])}/payments_summary`);
    const summary = (body['data'] as XDocument)['payments'] as Parts;
    expect(summary.length).toBeGreaterThan(4);
    expect(summary.every((payment) => /^-?\d+\.\d\d$/.test(String(payment['total'])))).toBe(true);
    const retailer = (await get('/2.0/retailer')).body['data'] as XDocument;
    expect(typeof retailer['version']).toBe('string');
  });

  it('stamps are UTC to the second: +00:00 in 2.0, Z in dated versions, no zone in 0.9', async () => {
    const flat = rowsOf(await get('/2.0/sales?page_size=1'))[0] ?? {};
    expect(flat['sale_date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    const nested = rowsOf(await get('/2026-07/sales?page_size=1'))[0] ?? {};
    expect(nested['date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const legacy = ((await get('/register_sales?page_size=1')).body['register_sales'] as Parts)[0] ?? {};
    expect(legacy['sale_date']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });
});

describe('versions in the path', () => {
  it('an ended or older version is answered by the oldest supported one, without a word', async () => {
    const old = await get('/2025-10/sales?page_size=2');
    expect(old.body).toEqual((await get('/2026-01/sales?page_size=2')).body);
    const own = testRetailer({ sales: 20, customers: 5, xSwitches: { earlyDatedSales: 'flat' } });
    const isFlat = async (version: string): Promise<boolean> =>
      'sale_date' in (rowsOf(await own.get(`/${version}/sales?page_size=1`))[0] ?? {});
    expect(await isFlat('2026-01')).toBe(true);
    expect(await isFlat('2026-07')).toBe(false);
    own.emulator.control.clock.set('2027-05-01T00:00:00Z');
    expect(await isFlat('2026-04')).toBe(false);
  });

  it('a version to come is not found, and version 1.0 is gone', async () => {
    expect((await get('/2031-01/sales')).status).toBe(404);
    expect((await get('/1.0/sales')).status).toBe(410);
  });
});

describe('0.9', () => {
  it('pages by number to exactly the sales there are', async () => {
    const ids: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await get(`/register_sales?page=${page}&page_size=200`);
      ids.push(...(body['register_sales'] as Parts).map((sale) => sale['id']));
      if (page >= Number(part(body, 'pagination')['pages'])) break;
    }
    expect(ids).toEqual(emulator.control.xSeries?.ids()['sales']);
  });

  it('narrows by change, outlet, state and status', async () => {
    const { body } = await get('/register_sales?page_size=200&since=2026-11-20T00:00:00Z&state[]=closed&status[]=CLOSED');
    const sales = body['register_sales'] as Parts;
    expect(sales.length).toBeGreaterThan(0);
    expect(sales.every((sale) => sale['status'] === 'CLOSED' && String(sale['updated_at']) >= '2026-11-20 00:00:00')).toBe(true);
    const outletId = String(rowsOf(await get('/2.0/outlets?page_size=1'))[0]?.['id']);
    const all = await walk('/2.0/sales', 500);
    const there = await get(`/register_sales?outlet_id=${outletId}`);
    expect(part(there.body, 'pagination')['results']).toBe(all.filter((sale) => sale['outlet_id'] === outletId).length);
  });

  it('takes filters and page numbers in the path, as old clients send them', async () => {
    const inQuery = await get('/products?active=1&page=2&page_size=20');
    expect((await get('/products/active/1/page/2/page_size/20')).body).toEqual(inQuery.body);
    const since = await get('/register_sales?since=2026-11-20%2010:00:00');
    expect((await get('/register_sales/since/2026-11-20%2010:00:00')).body).toEqual(since.body);
  });

  it('has its own root keys, and says what it is asked for one at a time too', async () => {
    for (const [path, key] of [
      ['outlets', 'outlets'],
      ['registers', 'registers'],
      ['payment_types', 'payment_types'],
      ['taxes', 'taxes'],
      ['users', 'users'],
      ['supplier', 'suppliers'],
      ['products', 'products'],
      ['customers', 'customers'],
    ] as const) {
      expect((await get(`/${path}`)).body[key]).not.toHaveLength(0);
    }
    expect((await get('/config')).body).toHaveProperty('config.enable_loyalty', true);
    const id = String(((await get('/taxes')).body['taxes'] as Parts)[0]?.['id']);
    expect((await get(`/taxes/${id}`)).body).toHaveProperty('tax.id', id);
  });
});

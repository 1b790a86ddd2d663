import { describe, expect, it } from 'vitest';
import { createEmulator } from '../emulator.ts';
import { rowsOf, testRetailer } from '../testing/retailer.ts';

const sales = [
  {
    id: 'c0000000-0000-4000-8000-000000000003',
    version: 30,
    state: 'closed',
    sale_date: '2026-07-03T10:00:00+00:00',
    odd: { kept: ['as', 'it', 'is'] },
  },
  { id: 'c0000000-0000-4000-8000-000000000001', _metadata: { version: 10 }, state: 'parked', date: '2026-07-01T10:00:00Z' },
  {
    id: 'c0000000-0000-4000-8000-000000000002',
    version: 20,
    state: 'closed',
    sale_date: '2026-07-02T10:00:00+00:00',
    deleted_at: '2026-08-01T00:00:00+00:00',
  },
];
const customers = [
  { id: 'd0000000-0000-4000-8000-000000000001', version: 5, customer_code: 'WALKIN', deleted_at: null },
  { id: 'd0000000-0000-4000-8000-000000000002', version: 6, customer_code: 'Ida-1', deleted_at: '2026-08-01T00:00:00+00:00' },
];

describe('recorded documents', () => {
  const store = testRetailer({ load: { sales, customers, retailer: [{ id: 'r', domain_prefix: 'recorded' }] } });

  it('are served as they are, by their versions, in both shapes', async () => {
    const walked = await store.walk('/2.0/sales', 1);
    expect(walked).toEqual([sales[1], sales[2], sales[0]]);
    expect(rowsOf(await store.get('/2026-07/sales?after=10&before=30'))).toEqual([sales[2]]);
    expect((await store.get(`/2.0/sales/${sales[0]?.id ?? ''}`)).body).toEqual({ data: sales[0] });
  });

  it('keep the rules of their resource: tombstones, filters, search', async () => {
    expect(rowsOf(await store.get('/2.0/customers'))).toEqual([customers[0]]);
    expect(rowsOf(await store.get('/2.0/customers?deleted=true'))).toHaveLength(2);
    expect(rowsOf(await store.get('/2.0/search?type=customers&customer_code=walkin'))).toEqual([customers[0]]);
    expect(rowsOf(await store.get('/2.0/search?type=sales&state=closed&date_from=2026-07-03T00:00:00Z'))).toEqual([sales[0]]);
    expect(rowsOf(await store.get('/2.0/search?type=sales&deleted=true&-state=parked'))).toHaveLength(2);
  });

  it('what was not recorded is empty, the retailer says its own prefix, and there is no truth', async () => {
    expect((await store.get('/2.0/products')).body).toEqual({ data: [], version: { min: null, max: null } });
    expect(store.credentials.domainPrefix).toBe('recorded');
    expect((await store.get('/2.0/retailer')).body['data']).toMatchObject({ domain_prefix: 'recorded' });
    expect(store.control.truth()).toBeNull();
    expect(store.control.ids()['sales']).toEqual([sales[1]?.id, sales[2]?.id, sales[0]?.id]);
    expect(() => {
      store.control.play([]);
    }).toThrow(RangeError);
  });

  it('of one series leave the other with an empty business', async () => {
    const r = testRetailer({ load: { Sale: [{ saleID: '1' }] } });
    expect(rowsOf(await r.get('/2.0/sales'))).toEqual([]);
    expect(r.emulator.control.ids()['Sale']).toEqual([1]);
    const x = store.emulator.control.ids();
    expect(x['Sale']).toEqual([]);
  });

  it('must be lists of documents', () => {
    expect(() => createEmulator({ load: { sales: [1] } })).toThrow('"sales[0]" is not a document.');
  });
});

describe('one series alone', () => {
  it('answers, and the other does not', async () => {
    const r = createEmulator({ sales: 5, customers: 2, series: 'r' });
    expect(r.credentials.xSeries).toBeNull();
    expect((await r.fetch('http://pos.test/api/2.0/sales')).status).toBe(404);
    const x = testRetailer({ sales: 5, customers: 2, series: 'x' });
    expect((await x.get('/2.0/sales')).status).toBe(200);
    expect((await x.emulator.fetch('http://pos.test/API/V3/Account.json')).status).toBe(404);
  });
});

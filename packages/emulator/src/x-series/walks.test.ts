import { describe, expect, it } from 'vitest';
import { rowsOf, testRetailer } from '../testing/retailer.ts';
import type { XDocument } from './wire.ts';

const retailer = testRetailer();
const { control, get, walk } = retailer;
const lists = [
  'outlets',
  'registers',
  'users',
  'payment_types',
  'outlet_taxes',
  'customers',
  'customer_groups',
  'products',
  'product_types',
  'brands',
  'tags',
  'suppliers',
  'inventory',
  'price_books',
  'price_book_products',
  'consignments',
  'sales',
];

function idsOf(rows: readonly XDocument[]): unknown[] {
  return rows.map((row) => row['id']);
}

function versionsOf(rows: readonly XDocument[]): number[] {
  return rows.map((row) => Number(row['version'] ?? (row['_metadata'] as XDocument | undefined)?.['version']));
}

describe('walking the version cursor', () => {
  it.each(lists)('every list ends with exactly the ids there are, ascending by version: %s', async (name) => {
    for (const version of ['2.0', '2026-07']) {
      for (const size of [7, 500]) {
        const rows = await walk(`/${version}/${name}?deleted=true`, size);
        const versions = versionsOf(rows);
        expect(versions).toEqual(versions.toSorted((a, b) => a - b));
        expect(new Set(versions).size).toBe(versions.length);
        // Rows of `outlet_taxes` show no id of their own.
        if (name === 'outlet_taxes') expect(rows).toHaveLength(control.ids()[name]?.length ?? -1);
        else expect(idsOf(rows)).toEqual(control.ids()[name]);
      }
    }
  });

  it('taxes come whole, without a version block', async () => {
    const { body } = await get('/2.0/taxes');
    expect(body['data']).toHaveLength(control.ids()['taxes']?.length ?? -1);
    expect(body).not.toHaveProperty('version');
  });

  it('`after` and `before` are exclusive, and the envelope tells the page’s bounds', async () => {
    const all = versionsOf(rowsOf(await get('/2.0/sales?page_size=10')));
    const { body } = await get(`/2.0/sales?after=${all[2]}&before=${all[6]}`);
    expect(versionsOf(body['data'] as XDocument[])).toEqual(all.slice(3, 6));
    expect(body['version']).toEqual({ min: all[3], max: all[5] });
  });

  it('an empty page says so with nulls', async () => {
    const { body } = await get('/2.0/outlets?after=99999999999999');
    expect(body).toEqual({ data: [], version: { min: null, max: null } });
  });

  it('large page sizes are clamped without a word: sales to 1000, others to 10,000', async () => {
    const big = testRetailer({ sales: 1200, customers: 20 });
    expect(rowsOf(await big.get('/2.0/sales?page_size=5000'))).toHaveLength(1000);
    expect(rowsOf(await big.get('/2.0/sales'))).toHaveLength(200);
  });

  it('filters nobody declared do nothing on sales', async () => {
    const plain = await get('/2.0/sales?page_size=20');
    const filtered = await get('/2.0/sales?page_size=20&status=VOIDED&date_from=2026-11-20T00:00:00Z&page=4&deleted=false');
    expect(filtered.body).toEqual(plain.body);
  });

  it('deleted sales are in the feed; other deleted rows only when asked for', async () => {
    const own = testRetailer({ sales: 60, customers: 20 });
    const [first] = rowsOf(await own.get('/2.0/sales?page_size=1'));
    const at = own.emulator.control.clock.now();
    const name = own.emulator.world.x.at(at).sale(String(first?.['id']))?.name ?? '';
    own.control.play([{ event: 'edit', sale: name, at: new Date(at).toISOString(), deleted: true }]);
    const deleted = (await own.walk('/2.0/sales', 500)).find((sale) => sale['id'] === first?.['id']);
    expect(deleted).toMatchObject({ status: first?.['status'], deleted_at: `${new Date(at).toISOString().slice(0, 19)}+00:00` });
    for (const name of ['customers', 'products']) {
      const alive = await walk(`/2.0/${name}`, 500);
      const all = await walk(`/2.0/${name}?deleted=true`, 500);
      expect(alive.every((row) => row['deleted_at'] === null)).toBe(true);
      expect(all.length).toBeGreaterThan(alive.length);
    }
  });

  it('sixteen lists at once end as exactly as one after another', async () => {
    const names = lists.filter((name) => name !== 'outlet_taxes');
    const found = await Promise.all(names.map((name) => walk(`/2.0/${name}?deleted=true`, 50)));
    const ids = control.ids();
    expect(found.map(idsOf)).toEqual(names.map((name) => ids[name]));
  });

  it('a sale that changes while it is walked comes again with a higher version, never not at all', async () => {
    const own = testRetailer({ sales: 300, customers: 20 });
    const first = rowsOf(await own.get('/2.0/sales?page_size=50'));
    const closed = first.find((sale) => sale['state'] === 'closed' && sale['return_for'] === null);
    const state = own.emulator.world.x.at(own.emulator.control.clock.now());
    const name = state.sale(String(closed?.['id']))?.name ?? '';
    own.control.play([{ event: 'void', sale: name, at: new Date(own.emulator.control.clock.now()).toISOString() }]);
    const rest = await own.walk(`/2.0/sales`, 50);
    const again = rest.filter((sale) => sale['id'] === closed?.['id']);
    expect(again).toHaveLength(1);
    expect(again[0]?.['state']).toBe('voided');
    expect(Number(again[0]?.['version'])).toBeGreaterThan(Number(closed?.['version']));
    expect(rest.at(-1)?.['id']).not.toBeUndefined();
  });

  it('a malformed cursor is refused, an id that is none too, an unknown one is not found', async () => {
    expect((await get('/2.0/sales?after=yesterday')).status).toBe(400);
    expect((await get('/2.0/sales/42')).status).toBe(400);
    expect(await get('/2.0/sales/00000000-0000-0000-0000-000000000000')).toMatchObject({
      status: 404,
      body: { error: 'sale not found' },
    });
  });
});

describe('search', () => {
  it('finds the closed sales of a span of time, as the feed has them', async () => {
    const from = '2026-11-10T00:00:00Z';
    const to = '2026-11-12T00:00:00Z';
    const found = rowsOf(await get(`/2.0/search?type=sales&state=closed&date_from=${from}&date_to=${to}&page_size=1000`));
    const expected = (await walk('/2.0/sales', 500)).filter((sale) => {
      const at = Date.parse(String(sale['sale_date']));
      return sale['state'] === 'closed' && sale['deleted_at'] === null && at >= Date.parse(from) && at <= Date.parse(to);
    });
    expect(expected.length).toBeGreaterThan(3);
    expect(new Set(idsOf(found))).toEqual(new Set(idsOf(expected)));
  });

  it('orders by what it is told and pages by offset', async () => {
    const all = rowsOf(await get('/2.0/search?type=sales&order_by=sale_date&order_direction=desc&page_size=30'));
    const dates = all.map((sale) => String(sale['sale_date']));
    expect(dates).toEqual(dates.toSorted().toReversed());
    const later = rowsOf(await get('/2.0/search?type=sales&order_by=sale_date&order_direction=desc&page_size=10&offset=20'));
    expect(idsOf(later)).toEqual(idsOf(all.slice(20)));
  });

  it('finds products and customers by their keys, and excludes with a minus', async () => {
    const [product] = rowsOf(await get('/2.0/products?page_size=1'));
    const sku = String(product?.['sku']).toLowerCase();
    expect(idsOf(rowsOf(await get(`/2.0/search?type=products&sku=${encodeURIComponent(sku)}`)))).toEqual([product?.['id']]);
    const others = rowsOf(await get(`/2.0/search?type=products&-sku=${encodeURIComponent(sku)}&page_size=1000`));
    expect(idsOf(others)).not.toContain(product?.['id']);
    expect(rowsOf(await get('/2.0/search?type=customers&customer_code=WALKIN'))).toHaveLength(1);
    expect((await get('/2.0/search?type=outlets')).status).toBe(400);
  });
});

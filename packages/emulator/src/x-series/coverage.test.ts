import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowsOf, testRetailer } from '../testing/retailer.ts';
import { covered, coveragePage } from '../testing/x-coverage.ts';
import type { CoveredEndpoint } from '../testing/x-coverage.ts';
import type { XDocument } from './wire.ts';

const store = testRetailer({ sales: 600, customers: 60 });
const page = join(import.meta.dirname, '../../X-SERIES.md');

async function sample(path: string): Promise<string> {
  const first = async (list: string, fits: (row: XDocument) => boolean = () => true): Promise<XDocument> =>
    rowsOf(await store.get(`/2.0${list}`)).find(fits) ?? {};
  const [, resource = ''] = path.split('/');
  if (resource === 'webhooks' && path.includes('{id}')) {
    const body = { type: 'sale.update', active: true, url: 'http://127.0.0.1:9/hook' };
    await store.send('POST', '/2.0/webhooks', body);
    return path.replace('{id}', String((await first('/webhooks'))['id']));
  }
  if (path.includes('{number}')) return path.replace('{number}', String((await first('/gift_cards'))['number']));
  if (path.includes('{customer}')) return path.replace('{customer}', String((await first('/store_credits'))['customer_id']));
  if (!path.includes('{id}')) return path === '/search' ? '/search?type=sales' : path;
  const lists: Readonly<Record<string, string>> = { register_sales: 'sales', supplier: 'suppliers' };
  if (resource === 'payments') {
    const sale = await first('/sales', (row) => (row['payments'] as unknown[]).length > 0);
    return path.replace('{id}', String((sale['payments'] as XDocument[])[0]?.['id']));
  }
  const row = await first(`/${lists[resource] ?? resource}`, (candidate) => candidate['type'] !== 'STOCKTAKE');
  return path.replace('{id}', String(row['id']));
}

function versionsOf({ versions }: CoveredEndpoint): string[] {
  const known: Readonly<Record<CoveredEndpoint['versions'], string[]>> = {
    '0.9': [''],
    '2.0': ['/2.0'],
    '2.0, dated': ['/2.0', '/2026-01', '/2026-04', '/2026-07'],
    dated: ['/2026-01', '/2026-04', '/2026-07'],
    '3.0': ['/3.0'],
  };
  return known[versions];
}

describe('what is said to answer', () => {
  const reads = covered.filter(({ methods }) => methods.startsWith('GET'));

  it.each(reads.map((endpoint) => [`${endpoint.path} of ${endpoint.versions}`, endpoint] as const))(
    'GET %s does, with an error body for an unknown id',
    async (_name, endpoint) => {
      for (const version of versionsOf(endpoint)) {
        const path = await sample(endpoint.path);
        expect([version, path, (await store.get(`${version}${path}`)).status]).toEqual([version, path, 200]);
        if (!endpoint.path.includes('{')) continue;
        const unknown = endpoint.path.replace(/\{[a-z]+\}/, '00000000-0000-4000-8000-000000000000');
        const { status, body } = await store.get(`${version}${unknown}`);
        expect([status, typeof body['error']]).toEqual([404, 'string']);
      }
    },
  );

  it('is what the page says', async () => {
    await expect(coveragePage()).toMatchFileSnapshot(page);
  });

  it('and nothing else answers', async () => {
    for (const path of [
      '/2.0/shops',
      '/2.0/sales/x/y/z',
      '/2.0/outlet_taxes/00000000-0000-4000-8000-000000000000',
      '/shops',
      '/2.0/',
    ]) {
      expect([path, (await store.get(path)).status]).toEqual([path, 404]);
    }
    expect((await store.send('DELETE', '/2.0/outlets/x', undefined)).status).toBe(405);
  });
});

import { describe, expect, it } from 'vitest';
import { documentsOf, idsOf, linkOf, testAccount } from '../testing/account.ts';
import type { Document } from '../testing/account.ts';
import { worldRegistry } from './resources/registry.ts';

const account = testAccount();
const known = account.emulator.control.ids();
const tables = [...worldRegistry().values()].map(({ table }) => table);

describe.each(tables.map((table) => [table.name, table] as const))('%s', (name, table) => {
  const expected = known[name] ?? [];

  it('is walked to its end with exactly the ids there are', async () => {
    const pages = await account.walk(`/${name}.json?archived=true&limit=37`);
    expect(idsOf(pages.flat(), table.idField)).toEqual(expected);
    expect(pages.length).toBe(Math.max(1, Math.ceil(expected.length / 37)));
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each(table.sorts.flatMap((sort) => [sort, `-${sort}`]))('is complete and in order when sorted by %s', async (sort) => {
    const pages = await account.walk(`/${name}.json?archived=true&limit=41&sort=${sort}`);
    const ids = idsOf(pages.flat(), table.idField);
    expect(ids.toSorted((left, right) => left - right)).toEqual(expected);
    const field = sort.replace('-', '').replace('updatetime', 'updateTime');
    const keys = pages.flat().map((document) => sortable(document, field));
    // SalePayment sorts by a stamp that it does not show.
    if (name === 'SalePayment' && field === 'timeStamp') return;
    const inOrder = keys.toSorted((left, right) => (left < right ? -1 : Number(left > right)));
    expect(sort.startsWith('-') ? keys.toReversed() : keys).toEqual(inOrder);
  });

  it('gives each record alone, by its id, as the list gives it', async () => {
    const page = await account.get(`/${name}.json?archived=true&limit=5`);
    for (const document of documentsOf(page)) {
      const single = await account.get(`/${name}/${String(document[table.idField])}.json`);
      expect(single.body).toEqual({ '@attributes': { count: '1' }, [name]: document });
    }
  });

  it('accepts load_relations=all', async () => {
    const answer = await account.get(`/${name}.json?limit=3&archived=true&load_relations=all`);
    expect(answer.status).toBe(200);
    expect(documentsOf(answer).length).toBe(Math.min(3, expected.length));
  });
});

function sortable(document: Document, field: string): string | number {
  const value = document[field];
  if (typeof value !== 'string') return '';
  return field.endsWith('ID') || field.endsWith('Node') ? Number(value) : value.toLowerCase();
}

describe('pages', () => {
  it('can be walked backwards by previous', async () => {
    const forwards = await account.walk('/Sale.json?limit=60&sort=timeStamp');
    let answer = await account.get('/Sale.json?limit=60&sort=timeStamp');
    while (linkOf(answer, 'next') !== '') answer = await account.get(linkOf(answer, 'next'));
    const backwards = [documentsOf(answer)];
    while (linkOf(answer, 'previous') !== '') {
      answer = await account.get(linkOf(answer, 'previous'));
      backwards.unshift(documentsOf(answer));
    }
    expect(idsOf(backwards.flat(), 'saleID')).toEqual(idsOf(forwards.flat(), 'saleID'));
  });

  it('begin behind a token that another order of requests has left: walks are resumable', async () => {
    const first = await account.get('/Sale.json?limit=50&sort=-completeTime');
    const again = testAccount();
    const next = new URL(linkOf(first, 'next'));
    const resumed = await again.get(`/Sale.json${next.search}`);
    const straight = await account.get(next.href);
    expect(idsOf(documentsOf(resumed), 'saleID')).toEqual(idsOf(documentsOf(straight), 'saleID'));
  });

  it('carry tokens that are Base64 of a JSON array ending with the primary key', async () => {
    const byId = new URL(linkOf(await account.get('/Sale.json?limit=5'), 'next'));
    expect(Buffer.from(byId.searchParams.get('after') ?? '', 'base64').toString()).toBe('[5]');
    const page = await account.get('/Sale.json?limit=5&sort=-timeStamp');
    const byTime = new URL(linkOf(page, 'next')).searchParams.get('after') ?? '';
    const last = documentsOf(page).at(-1);
    expect(JSON.parse(Buffer.from(byTime, 'base64').toString())).toEqual([last?.['timeStamp'], Number(last?.['saleID'])]);
  });

  it('repeat every parameter in next, with sort and limit made explicit and the token last', async () => {
    const page = await account.get(
      '/Sale.json?completed=true&load_relations=%5B%22SaleLines%22%5D&timeStamp=%3E%3D,2026-09-01T00:00:00%2B00:00',
    );
    const next = linkOf(page, 'next');
    expect(next).toMatch(
      /^http:\/\/pos\.test\/API\/V3\/Account\/900001\/Sale\.json\?sort=saleID&completed=true&load_relations=%5B%22SaleLines%22%5D&timeStamp=%3E%3D%2C2026-09-01T00%3A00%3A00%2B00%3A00&limit=100&after=\w+(%3D)*$/,
    );
    expect(linkOf(page, 'previous')).toBe('');
  });

  it('name the address the caller used, as a proxy in front tells it', async () => {
    const page = await account.get('/Sale.json?limit=1', {
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'api.example.test',
    });
    expect(linkOf(page, 'next')).toMatch(/^https:\/\/api\.example\.test\/API\/V3\/Account\/900001\/Sale\.json\?/);
  });

  it('end with an empty next when the last one is exactly full, or with a link to an empty page, by switch', async () => {
    const full = await account.get('/Shop.json?archived=true&limit=100');
    const count = documentsOf(full).length;
    expect(linkOf(await account.get(`/Shop.json?archived=true&limit=${count}`), 'next')).toBe('');
    const other = testAccount({ switches: { fullLastPage: 'next-to-empty-page' } });
    const pages = await other.walk(`/Shop.json?archived=true&limit=${count}`);
    expect(pages.map((page) => page.length)).toEqual([count, 0]);
  });

  it('hold at most 100 records, and limit is clamped', async () => {
    expect(documentsOf(await account.get('/Sale.json')).length).toBe(100);
    expect(documentsOf(await account.get('/Sale.json?limit=5000')).length).toBe(100);
    expect(documentsOf(await account.get('/Sale.json?limit=0')).length).toBe(0);
    expect((await account.get('/Sale.json?limit=ten')).status).toBe(400);
  });

  it('collapse one record to an object and leave the key out when there is none', async () => {
    const one = await account.get('/Sale.json?saleID=7');
    expect(Array.isArray(one.body['Sale'])).toBe(false);
    const none = await account.get('/Sale.json?saleID=999999');
    expect(none.body).toEqual({ '@attributes': { next: '', previous: '' } });
  });

  it('refuse tokens that are none of this order', async () => {
    for (const token of ['xyz', 'WzVd', 'eyJhIjoxfQ==']) {
      expect((await account.get(`/Sale.json?sort=timeStamp&after=${encodeURIComponent(token)}`)).status).toBe(400);
    }
  });
});

describe('V2', () => {
  const base = 'http://pos.test/API/Account/900001';

  it('pages by offset with the count of all matches', async () => {
    const ids: number[] = [];
    for (let offset = 0; ; offset += 90) {
      const page = await account.get(`${base}/Sale.json?limit=90&offset=${offset}`);
      expect(page.body['@attributes']).toEqual({ count: String(known['Sale']?.length), offset: String(offset), limit: '90' });
      const documents = documentsOf(page);
      ids.push(...idsOf(documents, 'saleID'));
      if (documents.length < 90) break;
    }
    expect(ids).toEqual(known['Sale']);
  });

  it('orders by any field, and an empty list has only its count', async () => {
    const page = await account.get(`${base}/Sale.json?orderby=calcTotal&orderby_desc=1&limit=100`);
    const totals = documentsOf(page).map((document) => Number(document['calcTotal']));
    expect(totals).toEqual(totals.toSorted((left, right) => right - left));
    const none = await account.get(`${base}/Sale.json?saleID=0`);
    expect(none.body).toEqual({ '@attributes': { count: '0' } });
  });
});

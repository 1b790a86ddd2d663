import { describe, expect, test } from 'vitest';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Sale } from '../model.ts';
import { line, payment, sale } from '../testing/documents.ts';
import { apiError, clientOf, json, listing, ORIGIN, ROOT, tooMany } from '../testing/scripted-pos.ts';
import type { Bench, Script } from '../testing/scripted-pos.ts';
import type { Position } from './position.ts';
import type { SaleQuery } from './query.ts';
import type { Page, WalkOptions } from './walk.ts';

function numbered(id: number): Record<string, unknown> {
  return sale({
    saleID: String(id),
    updateTime: new Date(Date.UTC(2026, 4, 2) + id * 1000).toISOString().replace('.000Z', '+00:00'),
  });
}

async function collect(
  bench: Bench,
  query: SaleQuery = { order: 'id' },
  position?: Position,
  options?: WalkOptions,
): Promise<Page<Sale>[]> {
  return await bench.clock.run(
    (async () => {
      const pages: Page<Sale>[] = [];
      for await (const page of bench.client.sales(query, position, options)) pages.push(page);
      return pages;
    })(),
  );
}

async function failure(bench: Bench): Promise<unknown> {
  return await collect(bench).catch((error: unknown) => error);
}

/** A POS of 250 sales in pages of 100, keyset by id. */
const shelf: Script = ({ url }) => {
  const after = Number(/^>,(\d+)$/.exec(url.searchParams.get('saleID') ?? '')?.[1] ?? url.searchParams.get('after') ?? '0');
  const ids = Array.from({ length: 250 }, (_unused, index) => index + 1)
    .filter((id) => id > after)
    .slice(0, 100);
  const last = ids.at(-1) ?? 0;
  const next = new URL(url);
  next.searchParams.delete('saleID');
  next.searchParams.set('after', String(last));
  return listing('Sale', ids.map(numbered), last > 0 && last < 250 ? next.href : '');
};

describe('what is asked for', () => {
  test('sales by id: keyset, relations, archived ones too, JSON in both ways of asking', async () => {
    const bench = clientOf(() => listing('Sale', []));
    await collect(bench, { order: 'id', afterId: '41' });
    const { url, token } = bench.seen[0] ?? { url: new URL(ORIGIN), token: '' };
    expect(url.pathname).toBe(`${ROOT}Sale.json`);
    expect(Object.fromEntries(url.searchParams)).toStrictEqual({
      sort: 'saleID',
      saleID: '>,41',
      limit: '100',
      archived: 'true',
      load_relations: '["SaleLines","SalePayments","SalePayments.PaymentType"]',
    });
    expect(token).toBe('token-one');
  });

  test('by change: the switch chooses stamp and spelling, a + is encoded', async () => {
    const since = instantOf(Date.UTC(2026, 10, 1));
    const one = clientOf(() => listing('Sale', []));
    await collect(one, { order: 'changed', since });
    expect(one.seen[0]?.url.search).toContain('sort=updatetime&updateTime=%3E%3D%2C2026-11-01T00%3A00%3A00%2B00%3A00&');
    const other = clientOf(() => listing('Sale', []), { switches: { changeStamp: 'timeStamp', askForArchivedSales: false } });
    await collect(other, { order: 'changed', since });
    expect(other.seen[0]?.url.search).toContain('sort=timeStamp&timeStamp=%3E%3D%2C');
    expect(other.seen[0]?.url.search).not.toContain('archived');
  });

  test('by completion window and by ids, within their bounds', async () => {
    const bench = clientOf(() => listing('Sale', []));
    const from = instantOf(Date.UTC(2026, 9, 25));
    const until = instantOf(Date.UTC(2026, 9, 26));
    await collect(bench, { order: 'completed', from, until });
    expect(bench.seen[0]?.url.searchParams.get('completeTime')).toBe('><,2026-10-25T00:00:00+00:00,2026-10-25T23:59:59+00:00');
    await collect(bench, { ids: ['3', '1'] });
    expect(bench.seen[1]?.url.searchParams.get('saleID')).toBe('IN,[3,1]');
    await expect(collect(bench, { ids: [] })).rejects.toThrow(RangeError);
    await expect(collect(bench, { ids: Array.from({ length: 101 }, (_unused, index) => String(index + 1)) })).rejects.toThrow(
      RangeError,
    );
    await expect(collect(bench, { ids: ['1]&x=[2'] })).rejects.toThrow(RangeError);
    await expect(collect(bench, { order: 'completed', from: until, until: from })).rejects.toThrow(RangeError);
  });

  test.each([ORIGIN, `${ORIGIN}/`, `${ORIGIN}/API`, `${ORIGIN}/API/V3/`])('base URL %s', async (baseUrl) => {
    const bench = clientOf(() => listing('Sale', []), { baseUrl });
    await collect(bench);
    expect(bench.seen[0]?.url.href.startsWith(`${ORIGIN}${ROOT}Sale.json?`)).toBe(true);
  });
});

describe('pages', () => {
  test('every sale once, raw documents beside the records, the last one marked', async () => {
    const bench = clientOf(shelf);
    const pages = await collect(bench);
    expect(pages.map(({ records, last }) => [records.length, last])).toStrictEqual([
      [100, false],
      [100, false],
      [50, true],
    ]);
    expect(pages.flatMap(({ records }) => records.map((record) => record.ok && record.value.id))).toStrictEqual(
      Array.from({ length: 250 }, (_unused, index) => String(index + 1)),
    );
    expect(pages[0]?.documents[0]).toStrictEqual(numbered(1));
    expect(pages[0]?.request).toMatchObject({ status: 200, attempt: 1, throttled: false, cost: 2 });
  });

  test('with the next page already on its way: the same', async () => {
    const plain = await collect(clientOf(shelf));
    const ahead = await collect(clientOf(shelf), { order: 'id' }, undefined, { prefetch: true });
    expect(ahead.map(({ documents }) => documents)).toStrictEqual(plain.map(({ documents }) => documents));
  });

  test.each([{ order: 'id' }, { order: 'changed', since: instantOf(0) }] as const)(
    'resumed after any page, by $order: the rest and no more',
    async (query) => {
      const whole = await collect(clientOf(shelf), query);
      // The last page of a walk by change has its own test below.
      const resumable = query.order === 'id' ? whole : whole.slice(0, -1);
      expect(resumable.length).toBeGreaterThan(1);
      for (const [index, { position }] of resumable.entries()) {
        const stored: unknown = JSON.parse(JSON.stringify(position));
        const rest = await collect(clientOf(shelf), query, stored as Position);
        expect(rest.flatMap(({ documents }) => documents)).toStrictEqual(
          whole.slice(index + 1).flatMap(({ documents }) => documents),
        );
      }
    },
  );

  test('a walk by change that reached its end goes on from the latest change', async () => {
    const query = { order: 'changed', since: instantOf(0) } as const;
    const position = (await collect(clientOf(shelf), query)).at(-1)?.position;
    const bench = clientOf(() => listing('Sale', []));
    await collect(bench, query, position);
    expect(bench.seen[0]?.url.searchParams.get('updateTime')).toBe('>=,2026-05-02T00:04:10+00:00');
  });

  test('a bounded walk that reached its end stays there', async () => {
    const query = { ids: ['1'] };
    const position = (
      await collect(
        clientOf(() => listing('Sale', [numbered(1)])),
        query,
      )
    ).at(-1)?.position;
    expect(await collect(clientOf(shelf), query, position)).toStrictEqual([]);
  });

  test('a position of another walk is refused', async () => {
    const position = (await collect(clientOf(shelf)))[0]?.position;
    await expect(collect(clientOf(shelf), { order: 'changed', since: instantOf(0) }, position)).rejects.toThrow(RangeError);
    await expect(collect(clientOf(shelf), { order: 'id' }, { version: 2 } as unknown as Position)).rejects.toThrow(RangeError);
  });

  test('one record as an object; none in any spelling; an empty trailing page', async () => {
    expect((await collect(clientOf(() => listing('Sale', [numbered(7)]))))[0]?.records).toHaveLength(1);
    for (const Sale of [undefined, '', {}, []]) {
      const pages = await collect(clientOf(() => json({ '@attributes': { next: '', previous: '' }, Sale })));
      expect(pages).toMatchObject([{ records: [], last: true }]);
    }
    const trailing = clientOf((_seen, count) =>
      count === 1 ? listing('Sale', [numbered(1)], `${ORIGIN}${ROOT}Sale.json?after=x`) : listing('Sale', []),
    );
    expect((await collect(trailing)).map(({ records }) => records.length)).toStrictEqual([1, 0]);
  });

  test('a malformed sale is set aside, the other 99 land', async () => {
    const documents = Array.from({ length: 100 }, (_unused, index) => numbered(index + 1));
    documents[41] = { ...documents[41], calcTotal: 'NaN' };
    const [page] = await collect(clientOf(() => listing('Sale', documents)));
    expect(page?.records.filter(({ ok }) => ok)).toHaveLength(99);
    expect(page?.records[41]).toMatchObject({ ok: false, code: 'bad_number', path: 'calcTotal', id: '42' });
    expect(page?.documents).toHaveLength(100);
  });

  test('leaving a walk early ends what was on its way', async () => {
    const bench = clientOf(shelf);
    await bench.clock.run(
      (async () => {
        for await (const page of bench.client.sales({ order: 'id' }, undefined, { prefetch: true })) {
          expect(page.records).toHaveLength(100);
          break;
        }
      })(),
    );
    expect(bench.seen.length).toBeLessThanOrEqual(2);
  });
});

describe('next links', () => {
  const follow = async (next: string, changes = {}): Promise<Bench> => {
    const bench = clientOf((_seen, count) => listing('Sale', [numbered(count)], count === 1 ? next : ''), changes);
    await collect(bench);
    return bench;
  };

  test.each([
    `https://evil.test${ROOT}Sale.json?after=x`,
    `${ORIGIN}:8443${ROOT}Sale.json?after=x`,
    `${ORIGIN}.evil.test${ROOT}Sale.json?after=x`,
    `https://user:pass@api.pos.test${ROOT}Sale.json?after=x`,
    `${ORIGIN}/API/V3/Account/900002/Sale.json?after=x`,
    `${ORIGIN}/API/V3/Account/900001/../900002/Sale.json`,
    `${ORIGIN}${ROOT}Customer.json?after=x`,
    `${ORIGIN}/API/Account/900001/Sale.json`,
    'javascript:alert(1)',
    `//evil.test${ROOT}Sale.json`,
  ])('%s is not followed, and the token not sent', async (next) => {
    const bench = clientOf(() => listing('Sale', [numbered(1)], next));
    const error = await failure(bench);
    expect(error).toBeInstanceOf(ShapeChanged);
    expect(error).toMatchObject({ code: 'foreign_link', path: '@attributes.next' });
    expect(bench.seen).toHaveLength(1);
  });

  test('query parameters are taken over as they are', async () => {
    const bench = await follow(`${ORIGIN}${ROOT}Sale.json?sort=saleID&saleID=%3E%2C41&limit=100&after=WzEwNV0%3D`);
    expect(bench.seen[1]?.url.search).toBe('?sort=saleID&saleID=%3E%2C41&limit=100&after=WzEwNV0%3D');
  });

  test('double encoding and a raw + are mended', async () => {
    const bench = await follow(`${ORIGIN}${ROOT}Sale.json?updateTime=%253E%253D%252C2026-11-01T00:00:00+00:00&after=a%2Bb`);
    expect(bench.seen[1]?.url.searchParams.get('updateTime')).toBe('>=,2026-11-01T00:00:00+00:00');
    expect(bench.seen[1]?.url.searchParams.get('after')).toBe('a+b');
  });

  test("behind a proxy that ends TLS, and under the vendor's other name, the request still goes to our own origin", async () => {
    const plain = await follow(`http://api.pos.test${ROOT}Sale.json?after=x`);
    expect(plain.seen[1]?.url.origin).toBe(ORIGIN);
    const legacy = await follow(`https://api.lightspeedapp.com${ROOT}Sale.json?after=x`, {
      baseUrl: 'https://api.merchantos.com',
    });
    expect(legacy.seen[1]?.url.origin).toBe('https://api.merchantos.com');
  });
});

describe('refused tokens', () => {
  test('a 401 renews once and goes on', async () => {
    const bench = clientOf(({ token }) =>
      token === 'token-two' ? listing('Sale', [numbered(1)]) : apiError(401, 'Token has expired'),
    );
    expect(await collect(bench)).toHaveLength(1);
    expect(bench.renewed).toStrictEqual(['token-one']);
    expect(bench.seen.map(({ token }) => token)).toStrictEqual(['token-one', 'token-two']);
  });

  test('a second 401 is final and tells no token', async () => {
    const bench = clientOf(({ token }) =>
      json({ error: 'access_denied', error_description: `Revoked: ${token}` }, { status: 401 }),
    );
    const error = await failure(bench);
    expect(error).toBeInstanceOf(Unauthorized);
    expect(error).toMatchObject({ code: 'token_refused', status: 401 });
    expect(String(error)).toContain('Revoked: ***');
    expect(JSON.stringify([bench.infos, String(error)])).not.toMatch(/token-(one|two)/);
    expect(bench.renewed).toHaveLength(1);
    expect(bench.seen).toHaveLength(2);
  });

  test('no other token to be had', async () => {
    const bench = clientOf(() => apiError(401, 'no'), {
      auth: {
        token: async () => await Promise.resolve('gone'),
        renew: async () => await Promise.reject(new Unauthorized('invalid_grant', 'Authorise again.')),
      },
    });
    expect(await failure(bench)).toMatchObject({ code: 'invalid_grant' });
  });
});

describe('no error ever becomes an empty list', () => {
  const html = (status: number): Response =>
    new Response('<html><body>Bad gateway</body></html>', { status, headers: { 'content-type': 'text/html' } });

  test.each([
    ['429', () => tooMany(3)],
    ['a burst 429', () => tooMany(1, 'api-burst-limiter')],
    ['an HTML 502', () => html(502)],
    ['an HTML page under 200', () => html(200)],
    ['a JSON 500', () => apiError(500, 'Allowed memory size exhausted')],
    ['truncated JSON', () => new Response('{"@attributes":{"next":"","prev')],
    ['an empty body', () => new Response('')],
    ['a cut connection', async () => await Promise.reject(new TypeError('fetch failed'))],
    ['a 400 that says try again', () => apiError(400, 'Please try again later.')],
  ])('%s mid-walk: asked again, complete', async (_name, trouble) => {
    const bench = clientOf(async (seen, count) => (count === 2 || count === 3 ? await trouble() : await shelf(seen, count)));
    const pages = await collect(bench);
    expect(pages.flatMap(({ records }) => records)).toHaveLength(250);
    expect(bench.infos.map(({ attempt }) => attempt)).toStrictEqual([1, 1, 2, 3, 1]);
  });

  test('429 waits for what Retry-After says, no longer', async () => {
    const bench = clientOf(async (seen, count) =>
      count === 1 ? tooMany(7, 'api-burst-limiter', '30/90') : await shelf(seen, count),
    );
    const started = bench.clock.now();
    await collect(bench);
    expect(bench.clock.now() - started).toBe(7000);
    expect(bench.infos[0]).toMatchObject({ status: 429, throttled: true });
  });

  test('429 beyond our patience says when to come back', async () => {
    const bench = clientOf(() => tooMany(30), { patienceMs: 10_000 });
    const started = bench.clock.now();
    const error = await failure(bench);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ retryAt: started + 30_000 });
    expect(bench.seen).toHaveLength(1);
  });

  test('429 for ever is RateLimited', async () => {
    expect(await failure(clientOf(() => tooMany(1)))).toBeInstanceOf(RateLimited);
  });

  test.each([
    ['server_error', () => html(503)],
    ['server_error', () => apiError(400, 'Please try again later.')],
    ['unreadable_body', () => html(200)],
    ['network', async () => await Promise.reject(new TypeError('fetch failed'))],
    ['timeout', async () => await new Promise<Response>(() => undefined)],
  ])('for ever %s is Unavailable', async (code, trouble) => {
    const error = await failure(clientOf(trouble, { timeoutMs: 5 }));
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ code, request: { method: 'GET' } });
  });

  test.each([
    [400, 'invalid_request'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'method_not_allowed'],
    [409, 'conflict'],
    [422, 'invalid_request'],
    [302, 'redirected'],
  ])('%i is Rejected at once, with the words of the POS', async (status, code) => {
    const bench = clientOf(() => apiError(status, 'No such thing for pat@example.test.'));
    const error = await failure(bench);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ code, status });
    expect(String(error)).toMatch(/: No such thing for \*\*\*\.$/);
    expect(bench.seen).toHaveLength(1);
  });

  test.each([
    ['no attributes', json({ Sale: [] }), '@attributes'],
    ['an error body under 200', json({ '@attributes': {}, message: 'x' }), 'message'],
    ['another resource', json({ '@attributes': {}, Sales: [] }), 'Sales'],
    ['text for the records', json({ '@attributes': {}, Sale: 'none' }), 'Sale'],
    ['a next link that is no text', json({ '@attributes': { next: 5 } }), '@attributes.next'],
    ['a bare list', json([]), ''],
  ])('%s is ShapeChanged', async (_name, answer, path) => {
    const error = await failure(clientOf(() => answer));
    expect(error).toBeInstanceOf(ShapeChanged);
    expect(error).toMatchObject({ path });
  });
});

describe('relations that were silently left out', () => {
  test('are asked for again by id', async () => {
    const whole = [numbered(1), numbered(2), numbered(3)];
    const bench = clientOf(({ url }) => {
      const ids = url.searchParams.get('saleID');
      if (ids === 'IN,[2]') return listing('Sale', [whole[1]]);
      const { SaleLines: _SaleLines, ...bare } = whole[1] ?? {};
      return listing('Sale', [whole[0], bare, whole[2]]);
    });
    const [page] = await collect(bench);
    expect(page?.documents).toStrictEqual(whole);
    expect(bench.seen).toHaveLength(2);
  });

  test('stay set aside when the POS has no more to say; payment kinds then come from the payment types', async () => {
    const { PaymentType: _PaymentType, ...bare } = payment();
    const documents = [sale({ saleID: '1' }, [], [payment()]), sale({ saleID: '2' }, [line()], [bare])];
    const bench = clientOf(({ url }) =>
      url.pathname.endsWith('PaymentType.json')
        ? listing('PaymentType', [{ paymentTypeID: '3', name: 'Voucher', type: 'gift card', archived: 'false' }])
        : listing('Sale', documents),
    );
    const [page] = await collect(bench);
    expect(page?.records[0]).toMatchObject({ ok: false, code: 'bad_shape', path: 'SaleLines' });
    expect(page?.records[1]).toMatchObject({ ok: true, value: { payments: [{ kind: 'gift_card' }] } });
  });
});

describe('look-ups', () => {
  test('whole tables, archived rows included, every page', async () => {
    const bench = clientOf(({ url }, count) => {
      const name = /(\w+)\.json/.exec(url.pathname)?.[1] ?? '';
      if (name === 'Shop')
        return listing(
          'Shop',
          [{ shopID: String(count), name: 'Main', timeZone: 'US/Pacific' }],
          count === 1 ? `${ORIGIN}${ROOT}Shop.json?after=1` : '',
        );
      return listing(name, []);
    });
    const { records, documents } = await bench.clock.run(bench.client.shops());
    expect(records).toMatchObject([{ value: { id: '1', timeZone: 'US/Pacific' } }, { value: { id: '2' } }]);
    expect(documents).toHaveLength(2);
    expect(bench.seen[0]?.url.searchParams.get('archived')).toBe('true');
    const { client, clock } = bench;
    const none = { records: [], documents: [] };
    expect(await clock.run(client.registers())).toStrictEqual(none);
    expect(await clock.run(client.employees())).toStrictEqual(none);
    expect(await clock.run(client.paymentTypes())).toStrictEqual(none);
  });

  test('the account, flat or from the list', async () => {
    const flat = clientOf(() =>
      json({ '@attributes': { systemCustomerID: '900001' }, name: 'Main', defaultCurrency: { code: 'DKK', symbol: 'kr' } }),
    );
    expect(await flat.clock.run(flat.client.account())).toStrictEqual({ id: '900001', name: 'Main', currency: 'DKK' });
    const listed = clientOf(({ url }) =>
      url.pathname === '/API/V3/Account.json'
        ? json({ '@attributes': { count: '1' }, Account: { accountID: '900001', name: 'Main' } })
        : apiError(404, 'Not Found'),
    );
    expect(await listed.clock.run(listed.client.account())).toStrictEqual({ id: '900001', name: 'Main', currency: null });
  });

  test('credentials of another account are noticed', async () => {
    const bench = clientOf(() => json({ '@attributes': { systemCustomerID: '900002' }, name: 'Other' }));
    await expect(bench.clock.run(bench.client.account())).rejects.toMatchObject({ code: 'other_account' });
  });

  test('one sale by id', async () => {
    const bench = clientOf(({ url }) =>
      url.pathname === `${ROOT}Sale/7.json`
        ? json({ '@attributes': { count: '1' }, Sale: numbered(7) })
        : apiError(404, 'not found'),
    );
    expect(await bench.clock.run(bench.client.sale('7'))).toMatchObject({ ok: true, value: { id: '7' }, document: numbered(7) });
    await expect(bench.clock.run(bench.client.sale('8'))).rejects.toMatchObject({ code: 'not_found', status: 404 });
    await expect(bench.client.sale('7/../8')).rejects.toThrow(RangeError);
  });

  test('voids by their id', async () => {
    const bench = clientOf(() =>
      listing('SaleVoid', [
        { saleVoidID: '4', createTime: '2026-11-01T10:00:00+00:00', reason: 'typo', saleID: '7', employeeID: '2', shopID: '1' },
      ]),
    );
    const first = await bench.clock.run(bench.client.saleVoids({ order: 'id', afterId: '3' }).next());
    expect(first.value?.records).toStrictEqual([
      {
        ok: true,
        value: { id: '4', saleId: '7', shopId: '1', employeeId: '2', voidedAt: Date.UTC(2026, 10, 1, 10), reason: 'typo' },
      },
    ]);
    expect(bench.seen[0]?.url.searchParams.get('saleVoidID')).toBe('>,3');
  });
});

describe('which stamp sales can be polled by', () => {
  const probe = async (filterWorks: boolean): Promise<[string, number]> => {
    const bench = clientOf(({ url }) => {
      const filter = /^>=,(.+)$/.exec(url.searchParams.get('updateTime') ?? '')?.[1];
      const matches = !filterWorks || filter === undefined || Date.parse(filter) <= Date.UTC(2026, 4, 2, 17, 41, 10);
      return listing('Sale', matches ? [sale({ saleID: '9' }, [], [])] : []);
    });
    return [await bench.clock.run(bench.client.probeChangeStamp()), bench.seen.length];
  };

  test('updateTime when its filter holds both ways, else timeStamp', async () => {
    expect(await probe(true)).toStrictEqual(['updateTime', 3]);
    expect(await probe(false)).toStrictEqual(['timeStamp', 1]);
  });

  test('a refused filter, or documents without the stamp, mean timeStamp', async () => {
    const refusing = clientOf(({ url }) =>
      url.searchParams.has('updateTime') ? apiError(400, 'Unknown field') : listing('Sale', []),
    );
    expect(await refusing.clock.run(refusing.client.probeChangeStamp())).toBe('timeStamp');
    const { updateTime: _updateTime, ...old } = sale();
    const ancient = clientOf(({ url }) => listing('Sale', url.searchParams.has('updateTime') ? [] : [old]));
    expect(await ancient.clock.run(ancient.client.probeChangeStamp())).toBe('timeStamp');
    const empty = clientOf(() => listing('Sale', []));
    expect(await empty.clock.run(empty.client.probeChangeStamp())).toBe('updateTime');
  });
});

test('costs are learned from the server', async () => {
  const bench = clientOf(async (seen, count) => {
    const answer = await shelf(seen, count);
    answer.headers.set('x-ls-api-request-cost', '2.4');
    return answer;
  });
  const pages = await collect(bench);
  expect(pages.map(({ request }) => request.cost)).toStrictEqual([2.4, 2.4, 2.4]);
});

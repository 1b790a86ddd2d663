/** What the emulated retailer does not do: ill-behaved answers, scripted. */
import { describe, expect, test, vi } from 'vitest';
import { Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import { createFixedWindowGovernor } from '../rate-limit/fixed-window.ts';
import type { RequestInfo } from '../request-info.ts';
import type { Position } from '../r-series/position.ts';
import { CUSTOMER, DISCOUNT_PRODUCT, flatSale, PLAIN } from '../testing/x-documents.ts';
import type { Document } from '../testing/x-documents.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { createXSeriesClient } from './client.ts';
import type { XSeriesClient, XSeriesClientOptions } from './client.ts';
import { personalToken } from './oauth.ts';

interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
  readonly agent: string;
  readonly body: string;
}

type Script = (seen: Seen, count: number) => Response;

interface Bench {
  readonly client: XSeriesClient;
  readonly clock: VirtualClock;
  readonly seen: Seen[];
  readonly infos: RequestInfo[];
}

function clientOf(script: Script, changes: Partial<XSeriesClientOptions> = {}): Bench {
  const clock = new VirtualClock();
  const seen: Seen[] = [];
  const infos: RequestInfo[] = [];
  const client = createXSeriesClient({
    baseUrl: 'https://demostore.retail.lightspeed.app',
    auth: personalToken('lsxs_pt_synthetic'),
    governor: createFixedWindowGovernor({ clock }),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const one = {
        method: request.method,
        url: new URL(request.url),
        token: (request.headers.get('authorization') ?? '').replace('Bearer ', ''),
        agent: request.headers.get('user-agent') ?? '',
        body: await request.text(),
      };
      seen.push(one);
      return script(one, seen.length);
    },
    clock,
    onRequest: (info) => infos.push(info),
    ...changes,
  });
  return { client, clock, seen, infos };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

function listing(rows: readonly Document[], version?: { min: unknown; max: unknown }): Response {
  return json({ data: rows, ...(version === undefined ? {} : { version }) });
}

const EMPTY = { data: [], version: { min: null, max: null } };

/** The versions of every page, and how it ended. */
async function versionsOf(pages: AsyncIterable<{ records: readonly unknown[]; last: boolean }>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { records, last } of pages)
    found.push(
      records.map((record) => (record as { value: { version: unknown } }).value.version),
      last,
    );
  return found;
}

describe('walking by version', () => {
  test('a short page goes on, only an empty one ends; the cursor is exclusive; the present is told', async () => {
    const { client, seen } = clientOf(({ url }) => {
      const after = Number(url.searchParams.get('after') ?? '0');
      const rows = [
        { id: 'a', version: 5 },
        { id: 'b', version: 7 },
        { id: 'c', version: 11 },
      ]
        .filter((row) => row.version > after)
        .slice(0, 1);
      return rows.length === 0 ? json(EMPTY) : listing(rows, { min: rows[0]?.version, max: rows[0]?.version });
    });
    expect(await versionsOf(client.list('brands'))).toStrictEqual([['5'], false, ['7'], false, ['11'], false, [], true]);
    expect(seen.map(({ url }) => url.searchParams.get('after'))).toStrictEqual([null, '5', '7', '11']);
    expect(seen[0]?.url.href).toBe('https://demostore.retail.lightspeed.app/api/2.0/brands?deleted=true&page_size=10000');
    expect(seen[0]?.token).toBe('lsxs_pt_synthetic');
    expect(seen[0]?.agent).toContain('tillweave');
  });

  test('versions of 64 bits lose no digit, in rows, cursor and position', async () => {
    const { client, seen } = clientOf(({ url }) =>
      url.searchParams.has('after')
        ? json(EMPTY)
        : json(
            '{"data":[{"id":"a","version":9223372036854775801},{"id":"b","version":9223372036854775807}],"version":{"min":9223372036854775801,"max":9223372036854775807}}',
          ),
    );
    expect(await versionsOf(client.list('tags'))).toStrictEqual([
      ['9223372036854775801', '9223372036854775807'],
      false,
      [],
      true,
    ]);
    expect(seen[1]?.url.searchParams.get('after')).toBe('9223372036854775807');
  });

  test('the same row twice is one; the same record with a higher version is both', async () => {
    const pages = [
      listing(
        [
          { id: 'a', version: 1 },
          { id: 'b', version: 2 },
          { id: 'b', version: 2 },
        ],
        { min: 1, max: 2 },
      ),
      listing(
        [
          { id: 'b', version: 2 },
          { id: 'a', version: 3 },
        ],
        { min: 2, max: 3 },
      ),
      json(EMPTY),
    ];
    const { client } = clientOf((_seen, count) => pages[count - 1] ?? json(EMPTY));
    expect(await versionsOf(client.list('users'))).toStrictEqual([['1', '2'], false, ['3'], false, [], true]);
  });

  test('without a version block the rows tell; a list that ignores the cursor is read once', async () => {
    const rows = [
      { id: 'a', version: 4, rates: [] },
      { id: 'b', version: 2, rates: [] },
    ];
    const ignoring = clientOf(() => listing(rows));
    expect(await versionsOf(ignoring.client.list('taxes'))).toStrictEqual([['4', '2'], false, [], true]);
    expect(ignoring.seen[1]?.url.searchParams.get('after')).toBe('4');
    const bare = clientOf(() => listing([{ id: 'a' }]));
    expect(await versionsOf(bare.client.list('suppliers'))).toStrictEqual([[null], true]);
  });

  test('a cursor that does not move stops the walk instead of turning in a circle', async () => {
    const { client } = clientOf((_seen, count) => listing([{ id: `a${count}`, version: 3 }], { min: 3, max: 3 }));
    await expect(versionsOf(client.list('outlets'))).rejects.toMatchObject({ name: 'ShapeChanged', code: 'cursor_stuck' });
  });

  test('an answer without its list is no empty list', async () => {
    for (const body of [{}, { data: null }, { error: 'something' }, '"text"']) {
      const { client } = clientOf(() => json(body));
      await expect(versionsOf(client.list('outlets'))).rejects.toBeInstanceOf(ShapeChanged);
    }
  });

  test('a resumed walk asks after its position, less the margin; the same query only', async () => {
    const script: Script = ({ url }) =>
      url.searchParams.get('after') === null ? listing([{ id: 'a', version: 1000 }], { min: 1000, max: 1000 }) : json(EMPTY);
    const first = clientOf(script);
    const page = (await first.client.list('registers').next()).value;
    const position = JSON.parse(JSON.stringify(page?.position)) as Position;
    const second = clientOf(script, { switches: { versionMargin: 30 } });
    await versionsOf(second.client.list('registers', {}, position));
    expect(second.seen[0]?.url.searchParams.get('after')).toBe('970');
    await expect(versionsOf(first.client.list('registers', { deleted: false }, position))).rejects.toBeInstanceOf(RangeError);
    await expect(versionsOf(first.client.list('registers', {}, {} as Position))).rejects.toBeInstanceOf(RangeError);
    await versionsOf(first.client.list('registers', { after: '77', filters: { outlet_id: ['a', 'b'] } }));
    expect(first.seen.at(-1)?.url.search).toBe('?outlet_id=a&outlet_id=b&deleted=true&after=77&page_size=10000');
  });

  test('prefetch asks while the page before is worked on, and not once the walk is left', async () => {
    const { client, seen } = clientOf((_seen, count) =>
      listing([{ id: `a${count}`, version: count }], { min: count, max: count }),
    );
    const turn = async (): Promise<void> => {
      await new Promise<void>((resolve) => {
        setTimeout(resolve, 0);
      });
    };
    const walk = client.list('brands', {}, undefined, { prefetch: true });
    await walk.next();
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    await walk.return();
    await turn();
    expect(seen).toHaveLength(2);
    const leaving = new AbortController();
    leaving.abort(new Error('stop'));
    await expect(client.list('brands', {}, undefined, { signal: leaving.signal }).next()).rejects.toThrow('stop');
  });
});

describe('lists that go on otherwise', () => {
  test('gift cards: before the last one, newest first; a server that ignores it sends its page once', async () => {
    const { client, seen } = clientOf(({ url }) =>
      url.searchParams.get('before') === null
        ? listing([{ id: 'c' }, { id: 'b' }])
        : url.searchParams.get('before') === 'b'
          ? listing([{ id: 'a' }])
          : listing([]),
    );
    expect(await versionsOf(client.list('gift_cards'))).toStrictEqual([[null, null], false, [null], false, [], true]);
    expect(seen[0]?.url.searchParams.get('page_size')).toBe('1000');
    const deaf = clientOf(() => listing([{ id: 'AghZsWvnoAM=' }]));
    expect(await versionsOf(deaf.client.list('store_credits'))).toStrictEqual([[null], false, [], true]);
  });

  test('promotions and the search by offset, whatever a page holds', async () => {
    const { client, seen } = clientOf(({ url }) => {
      const offset = Number(url.searchParams.get('offset') ?? '0');
      return listing(Array.from({ length: Math.max(0, Math.min(2, 3 - offset)) }, (_, at) => ({ id: String(offset + at) })));
    });
    await versionsOf(client.list('promotions'));
    expect(seen.map(({ url }) => url.searchParams.get('offset'))).toStrictEqual([null, '2', '3']);
    await versionsOf(client.search('customers', { email: 'jane@example.test' }));
    expect(seen.at(-1)?.url.pathname).toBe('/api/2.0/search');
    expect(JSON.stringify(seen.at(-1)?.url.search)).toContain('type=customers');
  });

  test('categories by the server’s own last seen', async () => {
    const { client, seen } = clientOf(({ url }) =>
      url.searchParams.get('after') === null
        ? json({ page_info: { has_next: true, last_seen: 'x9' }, data: { categories: [{ id: 'a' }] } })
        : json({ page_info: { has_next: false, last_seen: 'x9' }, data: { categories: [{ id: 'b' }] } }),
    );
    expect(await versionsOf(client.list('product_categories'))).toStrictEqual([[null], false, [null], true]);
    expect(seen[1]?.url.searchParams.get('after')).toBe('x9');
  });

  test('0.9 pages: by number, until the last; one page has no pagination; a bare list is a list', async () => {
    const { client, seen } = clientOf(({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return json({
        pagination: { results: 3, page, page_size: 2, pages: 2 },
        customers: page === 1 ? [{ id: 'a' }, { id: 'b' }] : [{ id: 'c' }],
      });
    });
    expect(await versionsOf(client.legacyList('customers', { states: ['closed', 'layby'], outletId: 'o1' }))).toStrictEqual([
      [null, null],
      false,
      [null],
      true,
    ]);
    expect(decodeURIComponent(seen[0]?.url.search ?? '')).toBe('?outlet_id=o1&state[]=closed&state[]=layby&page=1&page_size=200');
    const single = clientOf(() => json({ suppliers: [{ id: 's' }] }));
    expect(await versionsOf(single.client.legacyList('supplier'))).toStrictEqual([[null], true]);
    const bare = clientOf(() => json([{ id: 'u' }]));
    expect(await versionsOf(bare.client.legacyList('users'))).toStrictEqual([[null], true]);
  });

  test('a bounded walk resumed after its end yields nothing', async () => {
    const { client, seen } = clientOf(() => json({ outlets: [{ id: 'o' }] }));
    const page = (await client.legacyList('outlets').next()).value;
    const again = client.legacyList('outlets', {}, page?.position);
    expect(await versionsOf(again)).toStrictEqual([]);
    expect(seen).toHaveLength(1);
  });
});

describe('failures by their consequence', () => {
  test.each([
    [400, { error: 'twirp error invalid_argument: register_id' }, Rejected, 'invalid_request'],
    [403, { error: 'permission denied' }, Rejected, 'forbidden'],
    [404, { error: 'user not found' }, Rejected, 'not_found'],
    [409, { error: { code: 1234, message: 'already there' } }, Rejected, 'conflict'],
    [418, 'no json', Rejected, 'rejected'],
    [302, '<html>', Rejected, 'redirected'],
  ])('%i', async (status, body, kind, code) => {
    const { client, seen } = clientOf(() => json(body, status));
    const error: unknown = await client.retailer().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code, status, request: { method: 'GET', path: '/api/2.0/retailer' } });
    expect(seen).toHaveLength(1);
  });

  test('the POS’s own words are told, tokens are not', async () => {
    const { client } = clientOf(() => json({ error: { message: 'bad lsxs_pt_synthetic' } }, 422));
    await expect(client.retailer()).rejects.toThrow(/422: bad \*\*\*/);
  });

  test('a page instead of JSON is asked for again, then told', async () => {
    const { client, clock, seen } = clientOf(() => new Response('<html>maintenance</html>', { status: 200 }));
    await expect(clock.run(client.retailer())).rejects.toMatchObject({ name: 'Unavailable', code: 'unreadable_body' });
    expect(seen).toHaveLength(11);
  });

  test('410 now and then is asked again once, 410 for good is told', async () => {
    const now = clientOf((_seen, count) => (count === 1 ? json({ error: 'Gone' }, 410) : json({ data: { id: 'r', name: 'R' } })));
    expect(await now.clock.run(now.client.account())).toMatchObject({ id: 'r', currency: null });
    const gone = clientOf(() => json({ error: 'Gone' }, 410));
    await expect(gone.clock.run(gone.client.account())).rejects.toMatchObject({ code: 'gone' });
  });

  test('429 waits for the date it names; more than the patience is told at once', async () => {
    const tooMany = (): Response =>
      json({ error: 'Too Many Requests', message: 'Rate limiting enforced' }, 429, {
        'x-ratelimit-limit': '350',
        'x-ratelimit-remaining': '0',
        date: 'Tue, 24 Nov 2026 03:04:00 GMT',
        'retry-after': 'Tue, 24 Nov 2026 03:05:00 GMT',
      });
    const { client, clock, infos } = clientOf((_seen, count) => (count === 1 ? tooMany() : json({ data: {} })));
    const started = clock.now();
    await clock.run(client.retailer());
    expect(clock.now() - started).toBe(60_000);
    expect(infos.map(({ status, throttled }) => [status, throttled])).toStrictEqual([
      [429, true],
      [200, false],
    ]);
    const hasty = clientOf(tooMany, { patienceMs: 5000 });
    await expect(hasty.client.retailer()).rejects.toMatchObject({ code: 'rate_limited', retryAt: hasty.clock.now() + 60_000 });
  });

  test('401 renews once, then it is final; a personal token has no other', async () => {
    const renewed: string[] = [];
    const auth = {
      token: async () => await Promise.resolve('one'),
      renew: async (refused: string) => {
        renewed.push(refused);
        return await Promise.resolve('two');
      },
    };
    const good = clientOf(
      ({ token }) => (token === 'one' ? json({ error: 'Access token is not valid' }, 401) : json({ data: { id: 'r' } })),
      { auth },
    );
    await good.client.retailer();
    expect(renewed).toStrictEqual(['one']);
    const bad = clientOf(() => json({ error: 'Access token is not valid' }, 401), { auth });
    await expect(bad.client.retailer()).rejects.toThrow('Access token is not valid');
    const personal = clientOf(() => json({}, 401));
    await expect(personal.client.retailer()).rejects.toBeInstanceOf(Unauthorized);
    expect(personal.seen).toHaveLength(1);
  });

  test('writing is not repeated after it may have arrived', async () => {
    const { client, seen } = clientOf(() => json({ error: 'internal' }, 500));
    await expect(client.webhooks.create({ type: 'sale.update', url: 'https://hub.test/hook' })).rejects.toBeInstanceOf(
      Unavailable,
    );
    expect(seen).toHaveLength(1);
    expect(JSON.parse(seen[0]?.body ?? '')).toStrictEqual({ type: 'sale.update', url: 'https://hub.test/hook', active: true });
    const odd = clientOf(() => json({ data: { id: 1 } }));
    await expect(odd.client.webhooks.get('x')).rejects.toBeInstanceOf(ShapeChanged);
    await expect(odd.client.webhooks.list()).rejects.toBeInstanceOf(ShapeChanged);
  });

  test('what makes no sense is refused before anything is sent', () => {
    expect(() => clientOf(() => json({}), { baseUrl: 'ftp://demostore' })).toThrow(RangeError);
    expect(() => clientOf(() => json({}), { apiVersion: '../1.0' })).toThrow(RangeError);
  });
});

describe('sales need look-ups', () => {
  const answers: Readonly<Record<string, unknown>> = {
    retailer: { data: { id: 'r', name: 'R', discount_product_id: DISCOUNT_PRODUCT } },
    sales: {
      data: [flatSale(PLAIN), flatSale(PLAIN, { id: 'broken', total_price: 'much' })],
      version: { min: 1, max: 31_544_120_987 },
    },
  };
  const script: Script = ({ url }) => {
    const name = url.pathname.split('/')[3] ?? '';
    return url.searchParams.has('after') ? json(EMPTY) : json(answers[name] ?? EMPTY);
  };

  test('read once, kept, read again when asked; a bad record is set aside among the good ones', async () => {
    const { client, seen } = clientOf(script);
    const pages = [];
    for await (const page of client.sales()) pages.push(page);
    expect(pages[0]?.records.map((record) => (record.ok ? record.value.total : record.code))).toStrictEqual(['60', 'bad_number']);
    expect(pages[0]?.documents).toHaveLength(2);
    const asked = (): number => seen.filter(({ url }) => url.pathname.endsWith('/retailer')).length;
    await client.saleLookUps();
    expect(asked()).toBe(1);
    await client.saleLookUps({ fresh: true });
    expect(asked()).toBe(2);
  });

  test('a look-up that failed is read again, those before it are not', async () => {
    let down = true;
    const { client, clock, seen } = clientOf((one, count) =>
      down && one.url.pathname.endsWith('/taxes') ? json({}, 500) : script(one, count),
    );
    await expect(clock.run(client.sales().next())).rejects.toBeInstanceOf(Unavailable);
    down = false;
    expect((await client.sales().next()).value?.records).toHaveLength(2);
    expect(seen.filter(({ url }) => url.pathname.endsWith('/retailer'))).toHaveLength(1);
  });

  test('a search that does not know the walk-in customer is not the last word', async () => {
    const { client } = clientOf((one, count) =>
      one.url.pathname.endsWith('/customers') && !one.url.searchParams.has('after')
        ? listing([{ id: CUSTOMER, customer_code: 'WALKIN', version: 1 }], { min: 1, max: 1 })
        : script(one, count),
    );
    const page = (await client.sales().next()).value;
    expect(page?.records[0]).toMatchObject({ ok: true, value: { customerId: null } });
  });

  test('a page that lacks its lines is asked for once more', async () => {
    const { line_items: _lines, ...lacking } = flatSale(PLAIN);
    let times = 0;
    const { client } = clientOf((one, count) => {
      if (!one.url.pathname.endsWith('/sales') || one.url.searchParams.has('after')) return script(one, count);
      times += 1;
      return listing([times === 1 ? lacking : flatSale(PLAIN)], { min: 1, max: 31_544_120_987 });
    });
    const page = (await client.sales().next()).value;
    expect(page?.records[0]).toMatchObject({ ok: true, value: { lines: [{ exclusive: '52.17392' }] } });
    expect(times).toBe(2);
  });

  test('all is forbidden: told, and nothing published', async () => {
    const { client } = clientOf((one, count) =>
      one.url.pathname.endsWith('/sales') ? script(one, count) : json({ error: 'permission denied' }, 403),
    );
    const page = (await client.sales().next()).value;
    expect(page?.records[0]).toMatchObject({ ok: false, code: 'discount_product_unknown' });
    expect((await client.saleLookUps()).missing.map(({ resource }) => resource)).toContain('retailer');
  });
});

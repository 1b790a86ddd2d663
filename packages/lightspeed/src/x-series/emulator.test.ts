/** The client against the emulated retailer: both written from the same reference, by code that shares nothing. */
import { createEmulator } from '@tillweave/emulator';
import type { Emulator, EmulatorOptions } from '@tillweave/emulator';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { RateLimited, Unauthorized, Unavailable } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Normalized, Sale } from '../model.ts';
import { randomState } from '../oauth/pkce.ts';
import { createFixedWindowGovernor } from '../rate-limit/fixed-window.ts';
import type { RequestInfo } from '../request-info.ts';
import type { TokenSource } from '../r-series/api.ts';
import type { Position } from '../r-series/position.ts';
import type { Page } from '../r-series/walk.ts';
import { createXSeriesClient } from './client.ts';
import type { XSeriesClient, XSeriesClientOptions } from './client.ts';
import { xStoreUrl } from './domain-prefix.ts';
import { normalizeXSale } from './normalize-sale.ts';
import { createXSeriesOAuth, personalToken } from './oauth.ts';
import type { XSeriesOAuth, XTokenPair } from './oauth.ts';
import { X_RESOURCES } from './resources.ts';
import type { XResourceName } from './resources.ts';
import { parseXWebhook, verifyXWebhook } from './webhooks.ts';

// Whole retailers are read here, on machines that have other work.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

type Credentials = NonNullable<Emulator['credentials']['xSeries']>;
type XControl = NonNullable<Emulator['control']['xSeries']>;

interface Desk {
  readonly emulator: Emulator;
  readonly control: XControl;
  readonly credentials: Credentials;
  readonly client: XSeriesClient;
  readonly oauth: XSeriesOAuth;
  readonly clock: Clock;
  readonly infos: RequestInfo[];
  /** Another client of the same desk. */
  readonly clientWith: (changes: Partial<XSeriesClientOptions>) => XSeriesClient;
}

const REDIRECT = 'https://hub.test/back';

/** An emulated retailer and a client on its clock, which moves only while the client waits. Small pages, so that there are some. */
function deskOf(options: EmulatorOptions = {}, changes: Partial<XSeriesClientOptions> = {}): Desk {
  const emulator = createEmulator({ seed: 7, sales: 300, customers: 80, days: 30, frozenClock: true, ...options });
  const { xSeries: credentials } = emulator.credentials;
  const { xSeries: control } = emulator.control;
  if (credentials === null || control === null) throw new Error('The X-Series does not answer.');
  const world = emulator.control.clock;
  const clock: Clock = {
    now: () => instantOf(world.now()),
    sleep: async (ms) => {
      await Promise.resolve();
      world.advance(ms);
    },
  };
  const { clientId, clientSecret } = credentials;
  const oauth = createXSeriesOAuth({ clientId, clientSecret, redirectUri: REDIRECT, fetch: emulator.fetch, clock });
  const infos: RequestInfo[] = [];
  const clientWith = (more: Partial<XSeriesClientOptions>): XSeriesClient =>
    createXSeriesClient({
      baseUrl: xStoreUrl(credentials.domainPrefix),
      auth: personalToken(credentials.personalToken),
      governor: createFixedWindowGovernor({ clock }),
      fetch: emulator.fetch,
      clock,
      switches: { salesPageSize: 50, pageSize: 50 },
      onRequest: (info) => infos.push(info),
      ...changes,
      ...more,
    });
  return { emulator, control, credentials, client: clientWith({}), oauth, clock, infos, clientWith };
}

/** Tokens that rotate; a lost answer locks out, so it is told. */
function rotating(oauth: XSeriesOAuth, first: Pick<XTokenPair, 'refreshToken' | 'domainPrefix'>, clock: Clock): TokenSource {
  let pair = { accessToken: '', ...first };
  const renew = async (): Promise<string> => {
    for (;;) {
      try {
        pair = await oauth.refresh(pair);
        return pair.accessToken;
      } catch (error) {
        if (!(error instanceof RateLimited)) throw error;
        await clock.sleep(error.retryAt - clock.now());
      }
    }
  };
  return { token: async () => (pair.accessToken === '' ? await renew() : pair.accessToken), renew };
}

async function all<T extends { readonly id: string }>(pages: AsyncIterable<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  for await (const { records } of pages) {
    for (const record of records) {
      if (!record.ok) throw new Error(`${record.id}: ${record.message}`);
      found.push(record.value);
    }
  }
  return found;
}

function newest(sales: readonly Sale[]): Map<string, Sale> {
  return new Map(sales.map((sale) => [sale.id, sale]));
}

function idsOf(records: readonly { readonly id: string }[]): string[] {
  return [...new Set(records.map(({ id }) => id))].toSorted();
}

describe('a whole retailer', () => {
  test.each(['2.0', '2026-01', '2026-04', '2026-07'])(
    '%s: every list ends with exactly the ids there are',
    async (apiVersion) => {
      const { control, clientWith } = deskOf({}, { apiVersion });
      const client = clientWith({ apiVersion });
      const ids = control.ids();
      for (const resource of Object.keys(X_RESOURCES) as XResourceName[]) {
        if (resource === 'sales' || resource === 'outlet_taxes') continue;
        const known = ids[resource];
        if (known === undefined) continue;
        const read = await all(client.list(resource));
        expect([resource, idsOf(read)]).toStrictEqual([resource, known.toSorted()]);
        expect([resource, read.length]).toStrictEqual([resource, known.length]);
      }
      const sales = await all(client.sales());
      expect(sales.map(({ id }) => id)).toStrictEqual(ids['sales']);
      expect(sales.map(({ version }) => Number(version))).toStrictEqual(
        sales.map(({ version }) => Number(version)).toSorted((a, b) => a - b),
      );
    },
  );

  test('the look-up tables of the neutral model', async () => {
    const { control, client } = deskOf();
    const ids = control.ids();
    for (const [name, table] of [
      ['outlets', await client.shops()],
      ['registers', await client.registers()],
      ['users', await client.employees()],
    ] as const) {
      const read = table.records.map((record) => (record.ok ? record.value : { id: record.message }));
      expect([name, idsOf(read)]).toStrictEqual([name, ids[name]?.toSorted()]);
    }
    const customers = await all(client.customers());
    expect(idsOf(customers)).toStrictEqual(ids['customers']?.toSorted());
    expect(await client.account()).toMatchObject({ name: expect.any(String), currency: expect.stringMatching(/^[A-Z]{3}$/) });
    const [shop] = (await client.shops()).records;
    expect(shop).toMatchObject({ ok: true, value: { timeZone: 'Europe/Copenhagen', archived: false } });
    const { lookUps, missing } = await client.saleLookUps();
    expect(missing).toStrictEqual([]);
    expect(lookUps.discountProductId).toEqual(expect.any(String));
    expect(lookUps.walkInCustomerIds?.size).toBe(1);
    expect(lookUps.internalProductIds?.size).toBeGreaterThan(0);
  });

  test('flat, nested and 0.9: the same sales', async () => {
    const { clientWith, client } = deskOf();
    const flat = newest(await all(client.sales()));
    const nested = newest(await all(clientWith({ apiVersion: '2026-07' }).sales()));
    const old = newest(await all(client.legacySales()));
    expect(flat.size).toBeGreaterThan(250);
    for (const [id, sale] of flat) {
      expect(nested.get(id)).toStrictEqual(sale);
      const legacy = old.get(id);
      if (legacy === undefined) continue;
      expect(comparable(bare(legacy))).toStrictEqual(comparable(bare(sale)));
    }
    expect(old.size).toBeGreaterThan(250);
  });

  test('single records, payments, a register’s summary, the search', async () => {
    const { client } = deskOf();
    const [first] = await all(client.sales());
    if (first === undefined) throw new Error('No sale.');
    const single = await client.sale(first.id);
    expect(single).toMatchObject({ ok: true, value: { id: first.id, total: first.total } });
    await expect(client.sale('0a1b2c3d-ffff-11f1-a001-0242ac120001')).rejects.toMatchObject({ code: 'not_found' });
    const [payment] = first.payments;
    if (payment !== undefined) expect(await client.record(`payments/${payment.id}`)).toMatchObject({ id: payment.id });
    if (first.registerId !== null)
      expect(await client.paymentsSummary(first.registerId)).toMatchObject({ payments: expect.any(Array) });
    const day = 86_400_000;
    const from = instantOf(first.occurredAt - day);
    const found = await all(
      client.searchSales({ from, until: instantOf(first.occurredAt + day), filters: { outlet_id: first.shopId } }),
    );
    expect(idsOf(found)).toContain(first.id);
    expect(found.length).toBeLessThan(200);
  });
});

/** What every shape says: the oldest one knows no promotions, adjustments or gift-card numbers, no payment's register, no deleted payments. */
function bare({ payments, lines, adjustments: _adjustments, sessionId: _sessionId, ...rest }: Sale): unknown {
  return {
    ...rest,
    lines: lines.map((line) => ({ ...line, normalUnitPrice: null, kind: line.kind === 'gift_card' ? 'goods' : line.kind })),
    payments: payments
      .filter(({ archived }) => !archived)
      .map(({ sessionId: _session, ...payment }) => ({ ...payment, registerId: null })),
  };
}

/** Text of amounts that 0.9 writes with five places and 2.0 with two: the totals are the same to the cent. */
function comparable(sale: unknown): unknown {
  return JSON.parse(
    JSON.stringify(sale, (key, value: unknown) =>
      (key === 'total' || key === 'tax') && typeof value === 'string' ? Number(value).toFixed(2) : value,
    ),
  ) as unknown;
}

describe('changes', () => {
  test('late edits come later in the same feed, with a higher version, and nothing else does', async () => {
    const { emulator, client } = deskOf({ lateEdits: 'pending', days: 90 });
    const before = new Map<string, Sale>();
    let position: Position | undefined;
    for await (const page of client.sales()) {
      for (const record of page.records) if (record.ok) before.set(record.value.id, record.value);
      position = page.position;
    }
    expect(await all(client.sales({}, position))).toStrictEqual([]);
    emulator.control.clock.set(new Date(emulator.world.window.until).toISOString());
    const changed = newest(await all(client.sales({}, position)));
    const after = newest(await all(client.sales()));
    const expected = [...after.values()].filter((sale) => before.get(sale.id)?.version !== sale.version);
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf([...changed.values()])).toStrictEqual(idsOf(expected));
    for (const [id, sale] of changed) expect(sale).toStrictEqual(after.get(id));
  });

  test('a walk that was left goes on after its last page, in another process', async () => {
    const { control, client, clientWith } = deskOf();
    const first = await client.sales().next();
    const page = first.value;
    if (page === undefined) throw new Error('No page.');
    const stored = JSON.parse(JSON.stringify(page.position)) as Position;
    const rest = await all(clientWith({}).sales({}, stored));
    expect([
      ...page.records.map((record: Normalized<Sale>) => (record.ok ? record.value.id : '')),
      ...rest.map(({ id }) => id),
    ]).toStrictEqual(control.ids()['sales']);
    await expect(clientWith({ apiVersion: '2026-07' }).sales({}, stored).next()).rejects.toBeInstanceOf(RangeError);
  });
});

describe('the budget', () => {
  test('three full windows from an edge: the least possible time and no 429', async () => {
    const { emulator, clock, clientWith, infos } = deskOf({ rateLimit: 'real', sales: 60, xRegisters: 1 });
    const client = clientWith({ switches: { salesPageSize: 1, pageSize: 1 } });
    const edge = Math.ceil(clock.now() / 300_000) * 300_000;
    emulator.control.clock.set(new Date(edge).toISOString());
    while (infos.length < 3 * 350) await client.list('outlets').next();
    expect(infos.filter(({ throttled }) => throttled)).toStrictEqual([]);
    expect((clock.now() - edge) / 600_000).toBeLessThanOrEqual(1.02);
  });

  test('another consumer of the same token spends half: at most one 429 a minute of POS time', async () => {
    const { emulator, client, clock, infos, credentials } = deskOf({ rateLimit: 'real', xRegisters: 1 });
    const other = credentials.clientId;
    const started = clock.now();
    while (infos.length < 700) {
      await client.list('outlets').next();
      emulator.control.spend(other, 1);
    }
    const minutes = (clock.now() - started) / 60_000;
    expect(infos.filter(({ throttled }) => throttled).length).toBeLessThanOrEqual(Math.ceil(minutes) + 1);
  });
});

describe('faults, every third time', () => {
  const recoverable = [
    'rate-limit',
    'status-500',
    'html-502',
    'html-503',
    'try-again',
    'gone-410',
    'cut-connection',
    'cut-body',
    'truncated-json',
    'expired-token',
    'duplicate-rows',
    'reordered-rows',
    'missing-relation',
    'unknown-fields',
    'clock-skew',
  ];

  let undisturbed: ReadonlyMap<string, Sale>;
  beforeAll(async () => {
    undisturbed = newest(await all(deskOf().client.sales()));
  });

  function disturbed(options: EmulatorOptions = {}): Desk {
    const desk = deskOf(options);
    const auth = rotating(desk.oauth, desk.credentials, desk.clock);
    return { ...desk, client: desk.clientWith({ auth }) };
  }

  test.each(recoverable)('%s: the walk ends complete and exact', async (name) => {
    const { emulator, client } = disturbed();
    await client.saleLookUps();
    emulator.control.faults.arm(name, { every: 3, match: '/sales' });
    if (name === 'expired-token') emulator.control.faults.arm(name, { every: 3 });
    const sales = newest(await all(client.sales()));
    expect(emulator.control.faults.list().find((fault) => fault.name === name)?.fired).toBeGreaterThan(0);
    expect([...sales.keys()].toSorted()).toStrictEqual([...undisturbed.keys()].toSorted());
    for (const [id, sale] of sales) expect(sale).toStrictEqual(undisturbed.get(id));
  });

  test('all of them together, limits on: resumed where it gave up, complete and exact', async () => {
    const { emulator, client, clock } = disturbed({ rateLimit: 'real' });
    for (const name of recoverable) emulator.control.faults.arm(name, { every: 3 });
    const sales = new Map<string, Sale>();
    let position: Position | undefined;
    for (let done = false; !done;) {
      try {
        for await (const page of client.sales({}, position)) {
          for (const record of page.records) if (record.ok) sales.set(record.value.id, record.value);
          position = page.position;
        }
        done = true;
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        await clock.sleep((error.retryAt ?? clock.now()) - clock.now());
      }
    }
    expect(emulator.control.faults.list().reduce((sum, { fired }) => sum + fired, 0)).toBeGreaterThan(recoverable.length);
    expect([...sales.keys()].toSorted()).toStrictEqual([...undisturbed.keys()].toSorted());
    for (const [id, sale] of sales) expect(sale).toStrictEqual(undisturbed.get(id));
  });

  test('a revoked authorisation stops with a typed error; the position goes on after a new consent', async () => {
    const desk = disturbed();
    const { emulator, control, oauth, clock } = desk;
    const seen: string[] = [];
    let position: Position | undefined;
    const walk = async (from: XSeriesClient): Promise<void> => {
      for await (const page of from.sales({}, position)) {
        seen.push(...page.records.map((record) => (record.ok ? record.value.id : record.message)));
        position = page.position;
        if (seen.length === 200) emulator.control.faults.arm('revoked-token', { every: 1, times: 1 });
      }
    };
    await expect(walk(desk.client)).rejects.toBeInstanceOf(Unauthorized);
    expect(seen).toHaveLength(200);
    const pair = await consent(emulator, oauth);
    await walk(desk.clientWith({ auth: rotating(oauth, pair, clock) }));
    expect(seen).toStrictEqual(control.ids()['sales']);
  });
});

/** What a merchant does in the browser, and the exchange of the code. */
async function consent(emulator: Emulator, oauth: XSeriesOAuth, scopes = SCOPES): Promise<XTokenPair> {
  const state = randomState();
  const url = oauth.authorizationUrl({ scopes, state });
  const page = await emulator.fetch(url);
  const html = await page.text();
  const form = new URLSearchParams({ decision: 'authorize' });
  for (const [, name = '', value = ''] of html.matchAll(/<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"/gs))
    form.set(name, value.replaceAll('&amp;', '&'));
  const answer = await emulator.fetch(`${url.origin}${url.pathname}`, { method: 'POST', body: form, redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '', REDIRECT);
  return await oauth.exchangeCode(oauth.readCallback(back.searchParams, state));
}

const SCOPES = [
  'sales:read',
  'outlets:read',
  'registers:read',
  'customers:read',
  'products:read',
  'taxes:read',
  'payment_types:read',
  'retailer:read',
  'webhooks',
];

describe('signing in', () => {
  test('consent on the shared host, exchange on the store’s own', async () => {
    const { emulator, oauth, clock, credentials } = deskOf();
    const pair = await consent(emulator, oauth);
    expect(pair).toMatchObject({ domainPrefix: credentials.domainPrefix, scopes: SCOPES });
    expect(pair.expiresAt - clock.now()).toBeGreaterThan(3_600_000);
  });

  test('a refresh ends the old pair at once', async () => {
    const { emulator, oauth, clientWith } = deskOf();
    const first = await consent(emulator, oauth);
    const second = await oauth.refresh(first);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(oauth.refresh(first)).rejects.toBeInstanceOf(Unauthorized);
    const spent = clientWith({ auth: personalToken(first.accessToken) });
    await expect(spent.account()).rejects.toMatchObject({ name: 'Unauthorized', code: 'token_refused' });
    const good = clientWith({ auth: personalToken(second.accessToken) });
    expect((await good.shops()).records.length).toBeGreaterThan(0);
  });

  test('a refresh whose answer was lost locks out: told as such, so that the merchant is asked', async () => {
    const { emulator, oauth } = deskOf();
    const first = await consent(emulator, oauth);
    emulator.control.faults.arm('refresh-answer-lost', { every: 1, times: 1 });
    await expect(oauth.refresh(first)).rejects.toMatchObject({ name: 'Unavailable', code: 'network' });
    await expect(oauth.refresh(first)).rejects.toMatchObject({ name: 'Unauthorized', code: 'invalid_grant' });
  });

  test('D9: without the scope for the discount product sales are set aside with the reason; what may be read still is', async () => {
    const { emulator, oauth, clientWith } = deskOf();
    const pair = await consent(emulator, oauth, ['sales:read']);
    const client = clientWith({ auth: personalToken(pair.accessToken) });
    const { lookUps, missing } = await client.saleLookUps();
    expect(lookUps).not.toHaveProperty('discountProductId');
    expect(missing.map(({ resource, error }) => [resource, error.code])).toContainEqual(['retailer', 'forbidden']);
    const { value: page } = await client.sales().next();
    const codes = new Set(page?.records.map((record) => (record.ok ? 'read' : record.code)));
    expect(codes).toContain('discount_product_unknown');
  });

  test('a personal token that ended is told from a passing failure', async () => {
    const { control, clientWith, clock, emulator } = deskOf();
    const token = control.addPersonalToken('short', new Date(clock.now() + 60_000).toISOString());
    const client = clientWith({ auth: personalToken(token) });
    await client.account();
    emulator.control.clock.advance(61_000);
    await expect(client.account()).rejects.toMatchObject({ name: 'Unauthorized', code: 'token_refused' });
  });
});

describe('webhooks', () => {
  test('registered, delivered, verified, and the same sale as by the API', async () => {
    const received: { body: string; signature: string | null }[] = [];
    const desk = deskOf({
      lateEdits: 'pending',
      days: 90,
      webhooks: {
        fetch: async (input: Request | string | URL, init?: RequestInit) => {
          const request = new Request(input, init);
          received.push({ body: await request.text(), signature: request.headers.get('x-signature') });
          return new Response(null, { status: 200 });
        },
      },
    });
    const { emulator, control, oauth, clock, credentials, client } = desk;
    const pair = await consent(emulator, oauth);
    const app = desk.clientWith({ auth: rotating(oauth, pair, clock) });
    const draft = { type: 'sale.update', url: 'http://127.0.0.1:9/hooks/sale' } as const;
    const made = await app.webhooks.create(draft);
    expect(made).toMatchObject({ ...draft, active: true });
    await expect(app.webhooks.create(draft)).rejects.toMatchObject({ name: 'Rejected', code: 'conflict' });
    expect(await app.webhooks.list()).toStrictEqual([made]);
    expect(await app.webhooks.get(made.id)).toStrictEqual(made);

    emulator.control.clock.set(new Date(emulator.world.window.until).toISOString());
    await control.deliver();
    expect(received.length).toBeGreaterThan(0);
    const { lookUps } = await client.saleLookUps();
    for (const { body, signature } of received) {
      expect(verifyXWebhook({ body, signature }, credentials.clientSecret)).toBe(true);
      expect(verifyXWebhook({ body: `${body}&x=1`, signature }, credentials.clientSecret, { webhookSigned: 'body' })).toBe(false);
      const { document, type } = parseXWebhook(body);
      expect(type).toBe('sale.update');
      const hinted = normalizeXSale(document, lookUps);
      if (!hinted.ok) throw new Error(hinted.message);
      const read = await client.sale(hinted.value.id);
      if (!read.ok) throw new Error(read.message);
      if (read.value.version !== hinted.value.version) continue;
      expect(comparable(bare(hinted.value))).toStrictEqual(comparable(bare(read.value)));
    }
    expect(await app.webhooks.update(made.id, { ...draft, active: false })).toMatchObject({ active: false });
    await app.webhooks.remove(made.id);
    expect(await app.webhooks.list()).toStrictEqual([]);
  });
});

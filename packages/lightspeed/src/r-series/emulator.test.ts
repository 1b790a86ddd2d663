/** The client against the emulated POS: both written from the same reference, by code that shares nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { createEmulator, serveEmulator } from '@tillweave/emulator';
import type { Emulator, EmulatorOptions, RSeriesFault } from '@tillweave/emulator';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { amountOf, formatAmount, negateAmount, roundAmount, signOf, sumAmounts } from '../amount.ts';
import type { Clock } from '../clock.ts';
import { RateLimited, Unauthorized, Unavailable } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Decimal, LineKind, Payment, Sale } from '../model.ts';
import { pkce, randomState } from '../oauth/pkce.ts';
import type { TokenPair } from '../oauth/token-pair.ts';
import { createLeakyBucketGovernor } from '../rate-limit/leaky-bucket.ts';
import type { RequestInfo } from '../request-info.ts';
import type { TokenSource } from './api.ts';
import { createRSeriesClient } from './client.ts';
import type { RSeriesClient, RSeriesClientOptions } from './client.ts';
import { createRSeriesOAuth } from './oauth.ts';
import type { RSeriesOAuth } from './oauth.ts';
import type { SaleQuery } from './query.ts';

// Whole accounts are read here, on machines that have other work.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

interface Desk {
  readonly emulator: Emulator;
  readonly client: RSeriesClient;
  readonly oauth: RSeriesOAuth;
  readonly clock: Clock;
  readonly infos: RequestInfo[];
}

/** An emulator and a client on its clock, which moves only while the client waits. */
function deskOf(options: EmulatorOptions = {}, changes: Partial<RSeriesClientOptions> = {}): Desk {
  const emulator = createEmulator({ seed: 7, sales: 700, customers: 120, days: 30, frozenClock: true, ...options });
  const world = emulator.control.clock;
  const clock: Clock = {
    now: () => instantOf(world.now()),
    sleep: async (ms) => {
      await Promise.resolve();
      world.advance(ms);
    },
  };
  const { accountID, clientId, clientSecret, accessToken, refreshToken } = emulator.credentials.rSeries;
  const oauth = createRSeriesOAuth({
    authUrl: 'https://cloud.lightspeedapp.com',
    clientId,
    clientSecret,
    fetch: emulator.fetch,
    clock,
  });
  const infos: RequestInfo[] = [];
  const client = createRSeriesClient({
    baseUrl: 'https://api.lightspeedapp.com',
    accountId: accountID,
    auth: rotating(oauth, { accessToken, refreshToken }, clock),
    governor: createLeakyBucketGovernor({ clock }),
    fetch: emulator.fetch,
    clock,
    onRequest: (info) => infos.push(info),
    ...changes,
  });
  return { emulator, client, oauth, clock, infos };
}

function rotating(oauth: RSeriesOAuth, first: Pick<TokenPair, 'accessToken' | 'refreshToken'>, clock: Clock): TokenSource {
  let pair = first;
  return {
    token: async () => await Promise.resolve(pair.accessToken),
    renew: async () => {
      // Five a minute are allowed.
      for (;;) {
        try {
          pair = await oauth.refresh(pair.refreshToken);
          return pair.accessToken;
        } catch (error) {
          if (!(error instanceof RateLimited)) throw error;
          await clock.sleep(error.retryAt - clock.now());
        }
      }
    },
  };
}

async function readSales(client: RSeriesClient, query: SaleQuery = { order: 'id' }): Promise<Sale[]> {
  const sales: Sale[] = [];
  for await (const { records } of client.sales(query)) {
    for (const record of records) {
      if (!record.ok) throw new Error(`${record.id}: ${record.message}`);
      sales.push(record.value);
    }
  }
  return sales;
}

function idsOf(records: readonly { readonly id: string }[]): number[] {
  return [...new Set(records.map(({ id }) => Number(id)))].toSorted((a, b) => a - b);
}

describe('a whole account', () => {
  test('every sale once and readable, and every look-up table', async () => {
    const { emulator, client, infos } = deskOf();
    const ids = emulator.control.ids();
    const sales = await readSales(client);
    // Nothing is asked for twice: deposits have no lines, free sales no payments.
    expect(infos).toHaveLength(Math.ceil(sales.length / 100));
    expect(sales.map(({ id }) => Number(id))).toStrictEqual(ids['Sale']);
    for (const [name, table] of [
      ['Shop', await client.shops()],
      ['Register', await client.registers()],
      ['Employee', await client.employees()],
      ['PaymentType', await client.paymentTypes()],
    ] as const) {
      const read = table.records.map((record) => (record.ok ? record.value : { id: record.message }));
      expect([name, idsOf(read)]).toStrictEqual([name, ids[name]]);
    }
    const customers: { id: string }[] = [];
    for await (const { records } of client.customers({ order: 'id' }))
      customers.push(...records.flatMap((one) => (one.ok ? [one.value] : [])));
    expect(idsOf(customers)).toStrictEqual(ids['Customer']);
    expect(await client.account()).toMatchObject({
      id: emulator.credentials.rSeries.accountID,
      currency: emulator.world.currency,
    });
  });

  test("D8, D12, D15, D16: kinds, states and payments add up to the world's own truth", async () => {
    const { emulator, client } = deskOf({ days: 90 });
    const sales = await readSales(client);
    const counted = sales.filter(({ state }) => state === 'completed');
    const cents = (list: readonly Decimal[]): number => roundAmount(sumAmounts(list.map(amountOf)), emulator.world.minorDigits);
    const has = (sale: Sale, kind: LineKind): boolean => sale.lines.some((line) => line.kind === kind);
    const quantity = (kind: LineKind): string => {
      const sum = sumAmounts(
        counted.flatMap(({ lines }) => lines.filter((line) => line.kind === kind)).map((line) => amountOf(line.quantity)),
      );
      return formatAmount(kind === 'return' ? negateAmount(sum) : sum);
    };
    const live = sales
      .filter(({ state }) => state !== 'voided')
      .flatMap(({ payments }) => payments.filter(({ archived }) => !archived));
    const isLiability = ({ kind, amount }: Payment): boolean =>
      (kind === 'gift_card' || kind === 'credit_account') && signOf(amountOf(amount)) < 0;
    const taken = live.filter((payment) => !isLiability(payment));
    const positive = (kind: string): Decimal[] => taken.filter((payment) => payment.kind === kind).map(({ amount }) => amount);

    expect(emulator.control.truth()?.totals).toMatchObject({
      transactions: counted.filter((sale) => has(sale, 'goods')).length,
      return_transactions: counted.filter((sale) => !has(sale, 'goods') && has(sale, 'return')).length,
      other_transactions: counted.filter((sale) => !has(sale, 'goods') && !has(sale, 'return')).length,
      identified_transactions: counted.filter((sale) => has(sale, 'goods') && sale.customerId !== null).length,
      goods_sold: quantity('goods'),
      goods_returned: quantity('return'),
      payments: cents(taken.map(({ amount }) => amount)),
      tips: cents(taken.map(({ tip }) => tip)),
      gift_cards_redeemed: cents(positive('gift_card')),
      on_account: cents(positive('credit_account')),
      rounding: cents(counted.map(({ cashRounding }) => cashRounding)),
      tax: cents(counted.map(({ tax }) => tax)),
    });
  });

  const recording = new URL('../../../../../shared/recordings/account.load.json', import.meta.url);

  test.skipIf(!existsSync(recording))('a recorded account, served as it is, where it is present', async () => {
    const load = JSON.parse(readFileSync(recording, 'utf8')) as Record<string, unknown[]>;
    const { client } = deskOf({ load });
    const counted = (await readSales(client)).filter(({ state }) => state === 'completed');
    expect(roundAmount(sumAmounts(counted.map(({ total }) => amountOf(total))), 2)).toBe(43_462);
    expect(counted).toHaveLength(9);
  });
});

describe('whatever the documentation leaves open', () => {
  test.each<Required<EmulatorOptions>['switches']>([
    { emptyList: 'empty-object', fullLastPage: 'next-to-empty-page' },
    { updateTimeKey: 'updatetime', updateTimeFilter: 'both' },
    { saleArchivedFilter: 'filtered', errorContentType: 'application/json' },
    { unknownParameter: 'reject', updateTimeFilter: 'both' },
    { revocation: 'immediate' },
  ])('%j: the same sales', async (switches) => {
    const desk = deskOf({ sales: 300, switches });
    const sales = await readSales(desk.client);
    expect(sales.map(({ id }) => Number(id))).toStrictEqual(desk.emulator.control.ids()['Sale']);
    expect(sales).toStrictEqual(await readSales(deskOf({ sales: 300 }).client));
    const newest = Math.max(...sales.map(({ changedAt }) => changedAt));
    const late = await readSales(desk.client, { order: 'changed', since: instantOf(newest) });
    expect(late.map(({ changedAt }) => changedAt)).toStrictEqual(late.map(() => newest));
    expect(late.length).toBeGreaterThan(0);
    expect(await readSales(desk.client, { order: 'id', afterId: '99999999' })).toStrictEqual([]);
  });
});

describe('the budget', () => {
  test.each([[1, 5000]])('with %i registers: the whole of it, and no 429', async (registers, sales) => {
    const { client, infos, clock } = deskOf({ rateLimit: 'real', registers, sales });
    const started = clock.now();
    for await (const { records } of client.sales({ order: 'id' })) expect(records.length).toBeGreaterThan(0);
    const seconds = (clock.now() - started) / 1000;
    const spent = infos.reduce((sum, { cost }) => sum + cost, 0);
    const drip = 1 + 0.5 * (registers - 1);
    const least = (spent - (90 + 10 * (registers - 1))) / drip;
    expect(least).toBeGreaterThan(5);
    expect(infos.filter(({ throttled }) => throttled)).toStrictEqual([]);
    // Requests are whole: the bucket's last unit cannot always be used.
    expect(seconds).toBeLessThanOrEqual(least * 1.02 + 2 / drip);
  });
});

describe('changes', () => {
  test('late edits and voids are found by their stamp', async () => {
    const { emulator, client, clock } = deskOf({ lateEdits: 'pending', days: 90 });
    const before = new Map((await readSales(client)).map((sale) => [sale.id, sale]));
    const since = clock.now();
    emulator.control.clock.set(new Date(emulator.world.window.until).toISOString());
    const changed = await readSales(client, { order: 'changed', since });
    const after = await readSales(client);
    const expected = after.filter((sale) => before.get(sale.id)?.changedAt !== sale.changedAt);
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(changed)).toStrictEqual(idsOf(expected));
    expect(changed.map(({ changedAt }) => changedAt)).toStrictEqual(
      changed.map(({ changedAt }) => changedAt).toSorted((a, b) => a - b),
    );
    const voids = await client.saleVoids({ order: 'id' }).next();
    const voided = after.filter(({ state }) => state === 'voided').map(({ id }) => id);
    const named = (voids.value?.records ?? []).map((record) => (record.ok ? record.value.saleId : record.message));
    expect(named.length).toBeGreaterThan(0);
    for (const saleId of named) expect(voided).toContain(saleId);
  });

  test('a completion window and named ids', async () => {
    const { client, clock } = deskOf();
    const all = await readSales(client);
    const until = instantOf(Math.floor(clock.now() / 1000) * 1000 - 5 * 86_400_000);
    const from = instantOf(until - 2 * 86_400_000);
    const window = await readSales(client, { order: 'completed', from, until });
    const expected = all.filter((sale) => sale.state === 'completed' && sale.occurredAt >= from && sale.occurredAt < until);
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(window)).toStrictEqual(expect.arrayContaining(idsOf(expected)));
    for (const sale of window) expect(sale.occurredAt >= from && sale.occurredAt < until).toBe(true);
    expect(idsOf(await readSales(client, { ids: ['5', '3', '999999'] }))).toStrictEqual([3, 5]);
  });

  test('the probe tells a working filter from one that is ignored', async () => {
    expect(await deskOf().client.probeChangeStamp()).toBe('updateTime');
    expect(await deskOf({ switches: { updateTimeFilter: 'none' } }).client.probeChangeStamp()).toBe('timeStamp');
  });
});

describe('faults, every third time', () => {
  const recoverable: readonly RSeriesFault[] = [
    'rate-limit',
    'status-500',
    'html-502',
    'html-503',
    'try-again',
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
    undisturbed = new Map((await readSales(deskOf().client)).map((sale) => [sale.id, sale]));
  });

  test.each(recoverable)('%s: the walk ends complete and exact', async (name) => {
    const { emulator, client } = deskOf();
    emulator.control.faults.arm(name, { every: 3 });
    const sales = new Map((await readSales(client)).map((sale) => [sale.id, sale]));
    expect(emulator.control.faults.list().find((fault) => fault.name === name)?.fired).toBeGreaterThan(1);
    expect([...sales.keys()].toSorted()).toStrictEqual([...undisturbed.keys()].toSorted());
    for (const [id, sale] of sales) expect(sale).toStrictEqual(undisturbed.get(id));
  });

  test('all of them together, limits on: resumed where it gave up, complete and exact', async () => {
    const { emulator, client, clock } = deskOf({ rateLimit: 'real' });
    for (const name of recoverable) emulator.control.faults.arm(name, { every: 3 });
    const sales = new Map<string, Sale>();
    let position: Parameters<RSeriesClient['sales']>[1];
    for (let done = false; !done;) {
      try {
        for await (const page of client.sales({ order: 'id' }, position)) {
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
    expect(idsOf([...sales.values()])).toStrictEqual(emulator.control.ids()['Sale']);
    for (const [id, sale] of sales) expect(sale).toStrictEqual(undisturbed.get(id));
  });

  test('a revoked authorisation stops with a typed error; the position goes on after a new consent', async () => {
    const { emulator, client, oauth, clock } = deskOf();
    const seen: number[] = [];
    let position: Parameters<RSeriesClient['sales']>[1];
    const walk = async (from: RSeriesClient): Promise<void> => {
      for await (const page of from.sales({ order: 'id' }, position)) {
        seen.push(...page.documents.map((document) => Number((document as { saleID: string }).saleID)));
        position = page.position;
        if (seen.length === 300) emulator.control.faults.arm('revoked-token', { every: 1, times: 1 });
      }
    };
    await expect(walk(client)).rejects.toBeInstanceOf(Unauthorized);
    expect(seen).toHaveLength(300);
    const again = createRSeriesClient({
      baseUrl: 'https://api.lightspeedapp.com',
      accountId: emulator.credentials.rSeries.accountID,
      auth: rotating(oauth, await consent(emulator, oauth), clock),
      governor: createLeakyBucketGovernor({ clock }),
      fetch: emulator.fetch,
      clock,
    });
    await walk(again);
    expect(seen).toStrictEqual(emulator.control.ids()['Sale']);
  });
});

/** What a merchant does in the browser, and the exchange of the code. */
async function consent(emulator: Emulator, oauth: RSeriesOAuth): Promise<TokenPair> {
  const { codeVerifier, codeChallenge } = await pkce();
  const state = randomState();
  const page = await emulator.fetch(
    oauth.authorizationUrl({
      scopes: ['employee:register_read', 'employee:reports'],
      state,
      codeChallenge,
      redirectUri: 'https://hub.test/back',
    }),
  );
  const html = await page.text();
  const form = new URLSearchParams({ decision: 'authorize' });
  for (const [, name = '', value = ''] of html.matchAll(/<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"/gs))
    form.set(name, value.replaceAll('&amp;', '&'));
  const answer = await emulator.fetch('https://cloud.lightspeedapp.com/auth/oauth/authorize', {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const back = new URL(answer.headers.get('location') ?? '', 'https://hub.test');
  return await oauth.exchangeCode({ code: oauth.readCallback(back.searchParams, state), codeVerifier });
}

describe('signing in', () => {
  test('consent, exchange with PKCE, claims', async () => {
    const { emulator, oauth, clock } = deskOf();
    const pair = await consent(emulator, oauth);
    expect(pair).toMatchObject({
      accountId: emulator.credentials.rSeries.accountID,
      scopes: ['employee:register_read', 'employee:reports'],
    });
    expect(pair.expiresAt - clock.now()).toBe(3_600_000);
  });

  test('a refresh rotates; a lost answer is asked for again with the old token, until the new one is used', async () => {
    const { emulator, oauth, client: _client } = deskOf();
    const first = await consent(emulator, oauth);
    const lost = await oauth.refresh(first.refreshToken);
    const second = await oauth.refresh(first.refreshToken);
    expect(second.refreshToken).not.toBe(lost.refreshToken);
    const use = await emulator.fetch('https://api.lightspeedapp.com/API/V3/Account.json', {
      headers: { authorization: `Bearer ${second.accessToken}`, accept: 'application/json' },
    });
    expect(use.status).toBe(200);
    await expect(oauth.refresh(first.refreshToken)).rejects.toMatchObject({ name: 'Unauthorized', code: 'invalid_grant' });
    await oauth.revoke(second.refreshToken);
    await expect(oauth.refresh(second.refreshToken)).rejects.toBeInstanceOf(Unauthorized);
  });
});

test('over HTTP behind a proxy that ends TLS: links lead back through it', async () => {
  const { emulator, clock } = deskOf({ sales: 250 });
  const server = await serveEmulator(emulator);
  try {
    const forward =
      (headers: Record<string, string>) =>
      async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
        const url = new URL(input instanceof Request ? input.url : input);
        return await fetch(`${server.url}${url.pathname}${url.search}`, {
          ...init,
          headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers },
        });
      };
    const { accountID, accessToken } = emulator.credentials.rSeries;
    const token = async (): Promise<string> => await Promise.resolve(accessToken);
    const through = (headers: Record<string, string>): RSeriesClient =>
      createRSeriesClient({
        baseUrl: 'https://pos.test/API',
        accountId: accountID,
        auth: { token, renew: token },
        governor: createLeakyBucketGovernor({ clock }),
        fetch: forward(headers),
        clock,
      });
    const sales = await readSales(through({ 'x-forwarded-host': 'pos.test', 'x-forwarded-proto': 'https' }));
    expect(idsOf(sales)).toStrictEqual(emulator.control.ids()['Sale']);
    await expect(readSales(through({}))).rejects.toMatchObject({ code: 'foreign_link' });
  } finally {
    await server.close();
  }
});

/** Every kind of credential, from the form to the figures, and each in another's place. */
import { createEmulator } from '@tillweave/emulator';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { consent } from '../../http/testing/consent.ts';
import { newOwner, type Person } from '../../http/testing/people.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { compare, readCells, worldClock } from '../sync/testing/account.ts';
import type { ConnectionCard } from './card.ts';

const emulator = createEmulator({ sales: 500, customers: 40, days: 7, frozenClock: true, seed: 5 });
const { control, credentials } = emulator;
const { rSeries, xSeries } = credentials;
if (xSeries === null) throw new Error('The X-Series answers.');
const hosts = new Set<string>();
/** How long a request takes, by the frozen clock. */
let requestMs = 0;
const services = await testServices({
  clock: worldClock(emulator),
  // The instance's own client, as for v2 (C4).
  config: {
    rClientId: rSeries.clientId,
    rClientSecret: rSeries.clientSecret,
    rClientName: 'Figures for everybody',
    xBaseUrl: 'https://{prefix}.retail.example.test',
  },
  fetch: async (request, init) => {
    const sent = new Request(request, init);
    hosts.add(new URL(sent.url).host);
    if (requestMs > 0) control.clock.advance(requestMs);
    return emulator.fetch(sent);
  },
});
const app = createApp(services);
const xClient = {
  name: 'Figures for everybody',
  provider: 'lightspeed-x',
  clientId: xSeries.clientId,
  clientSecret: xSeries.clientSecret,
};

async function json<T>(answer: Response, status = 200): Promise<T> {
  const body = (await answer.json()) as T;
  expect([answer.status, answer.status === status ? null : body]).toEqual([status, null]);
  return body;
}

const cardOf = async (person: Person, id: string): Promise<ConnectionCard> =>
  json(await person.call('GET', `/connections/${id}`));

/** Goes through the POS's pages as a merchant's browser does. */
async function authorize(person: Person, path: string, body?: unknown): Promise<Record<string, string>> {
  const { url } = await json<{ url: string }>(await person.call('POST', path, body));
  const back = await consent(emulator.fetch, url);
  const answer = await app.request(back.pathname + back.search, { headers: { cookie: person.cookie } });
  return Object.fromEntries(new URL(answer.headers.get('location') ?? '', 'http://localhost').searchParams);
}

async function sync(person: Person, { id, posAccount }: ConnectionCard): Promise<void> {
  const account = { organizationId: person.organizationId, posAccountId: posAccount?.id ?? '', connectionId: id };
  expect(await syncAccount(services, { ...account, until: 'idle' })).toMatchObject({ state: 'complete' });
}

/** Cells that differ from the POS's own totals, with every shop's day starting when it does there. */
async function mismatches(person: Person, { provider, posAccount }: ConnectionCard): Promise<readonly string[]> {
  const account = { organizationId: person.organizationId, posAccountId: posAccount?.id ?? '' };
  const now = control.clock.now();
  const shops = provider === 'lightspeed-x' ? emulator.world.x.at(now).outlets() : emulator.world.at(now).shops();
  for (const { id, dayStartHour } of shops.filter((shop) => shop.dayStartHour !== 0))
    await changeCalendar(services, { ...account, shopId: id, from: '0001-01-01', dayStartHour, preview: false });
  const truth = provider === 'lightspeed-x' ? control.xSeries?.truth() : control.truth();
  expect(truth?.cells.length).toBeGreaterThan(100);
  return compare(await readCells(services.db, account.organizationId, account.posAccountId), truth ?? { cells: [] });
}

const counts = async ({ organizationId }: Person) =>
  tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ accounts: number; sales: number; versions: number }>`
      select (select count(*)::int from pos_account) as accounts, (select count(*)::int from sale) as sales,
        (select count(*)::int from sale_version) as versions`.execute(trx);
    return rows[0];
  });

const requestsFrom = (start: number): string[] =>
  control
    .requests()
    .slice(start)
    .map(({ path }) => path);

describe('from the form to the figures', () => {
  test('C2, C4: R-Series v2 by OAuth with the instance’s client', async () => {
    const owner = await newOwner(services, app);
    const made = await json<ConnectionCard>(
      await owner.call('POST', '/connections', { provider: 'lightspeed-r', apiType: 'v2', name: 'Old' }),
      201,
    );
    expect(made).toMatchObject({ state: 'set_up_incomplete', oauthClient: { id: null, clientId: rSeries.clientId } });
    const start = control.requests().length;
    expect(await authorize(owner, `/connections/${made.id}/authorize`)).toEqual({ outcome: 'connected', connection: made.id });
    const card = await cardOf(owner, made.id);
    expect(card).toMatchObject({ state: 'active', apiType: 'v2', posAccount: { externalId: rSeries.accountID } });
    await sync(owner, card);
    expect(await mismatches(owner, card)).toEqual([]);
    const asked = requestsFrom(start).filter((path) => path.includes('/Sale.json'));
    expect(asked.length).toBeGreaterThan(5);
    // The older version, by keyset: never by offset.
    expect(asked.filter((path) => !path.startsWith('/API/Account/') || path.includes('offset'))).toEqual([]);
  });

  test('P1: R-Series by API key', async () => {
    const owner = await newOwner(services, app);
    const body = { provider: 'lightspeed-r', apiType: 'key', name: 'Lightspeed Retail' };
    const wrong = await owner.call('POST', '/connections', { ...body, apiKey: 'made-up' });
    expect([wrong.status, await wrong.json()]).toMatchObject([502, { code: 'pos_unauthorized' }]);
    const card = await json<ConnectionCard>(await owner.call('POST', '/connections', { ...body, apiKey: rSeries.apiKey }), 201);
    expect(card).toMatchObject({ state: 'active', apiType: 'key', oauthClient: null });
    expect(await json(await owner.call('POST', `/connections/${card.id}/test`))).toMatchObject({
      shops: 3,
      timeZones: expect.arrayContaining(['Europe/Copenhagen']),
      rateBudget: { size: expect.any(Number), perSecond: expect.any(Number) },
      taxMode: 'inclusive',
      firstReceipt: { number: expect.any(String), at: expect.stringMatching(/^2026-11-/u) },
    });
    await sync(owner, card);
    expect(await mismatches(owner, card)).toEqual([]);
    const refused = await owner.call('POST', `/connections/${card.id}/authorize`);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'conflict' }]);
  });

  test('X-Series by OAuth: consent on the shared host, tokens on the store’s own, pairs that rotate', async () => {
    const owner = await newOwner(services, app);
    const client = await json<{ id: string }>(await owner.call('POST', '/oauth-clients', xClient), 201);
    const made = await json<ConnectionCard>(
      await owner.call('POST', '/connections', {
        provider: 'lightspeed-x',
        apiType: 'oauth',
        name: 'Store',
        oauthClientId: client.id,
      }),
      201,
    );
    hosts.clear();
    const { url } = await json<{ url: string }>(await owner.call('POST', `/connections/${made.id}/authorize`));
    expect(new URL(url).origin + new URL(url).pathname).toBe('https://secure.retail.example.test/connect');
    expect(new URL(url).searchParams.get('redirect_uri')).toBe('http://localhost/api/v1/oauth/x-series/callback');
    expect(await authorize(owner, `/connections/${made.id}/authorize`)).toMatchObject({ outcome: 'connected' });
    const card = await cardOf(owner, made.id);
    expect(card).toMatchObject({
      state: 'active',
      domainPrefix: xSeries.domainPrefix,
      appName: xClient.name,
      posAccount: { currency: expect.any(String) },
    });
    expect(await json(await owner.call('POST', `/connections/${card.id}/test`))).toMatchObject({
      taxMode: expect.stringMatching(/clusive$/u),
      firstReceipt: { number: expect.any(String) },
    });
    await sync(owner, card);
    expect(await mismatches(owner, card)).toEqual([]);
    expect([...hosts]).toEqual([`${xSeries.domainPrefix}.retail.example.test`]);

    // A day later the access token has ended: the pair is renewed, and the one before is dead.
    control.clock.advance(25 * 3_600_000);
    await sync(owner, card);
    expect(await cardOf(owner, card.id)).toMatchObject({ state: 'active' });

    // An answer lost on its way took the only good pair with it.
    control.clock.advance(25 * 3_600_000);
    control.faults.arm('refresh-answer-lost', { every: 1, times: 1 });
    const account = { organizationId: owner.organizationId, posAccountId: card.posAccount?.id ?? '', connectionId: card.id };
    expect(await syncAccount(services, { ...account, until: 'idle' })).toMatchObject({ state: 'failed' });
    expect(await cardOf(owner, card.id)).toMatchObject({ state: 'needs_reauthorisation', expiry: { refused: true } });
    const before = await counts(owner);
    expect(await authorize(owner, `/connections/${card.id}/authorize`)).toMatchObject({ outcome: 'connected' });
    const start = control.requests().length;
    await sync(owner, card);
    // It went on from its cursors: no sale was read again.
    expect(await counts(owner)).toEqual(before);
    expect(requestsFrom(start).filter((path) => path.includes('/sales?'))).not.toContainEqual(expect.stringMatching(/after=0/u));
  });
});

describe('one in another’s place', () => {
  test('M6: every kind follows the other on one account, and nothing doubles', async () => {
    const owner = await newOwner(services, app);
    const card = await json<ConnectionCard>(
      await owner.call('POST', '/connections', {
        provider: 'lightspeed-r',
        apiType: 'key',
        name: 'Till',
        apiKey: rSeries.apiKey,
      }),
      201,
    );
    const account = { organizationId: owner.organizationId, posAccountId: card.posAccount?.id ?? '', connectionId: card.id };
    // The history is half read when the kind changes.
    requestMs = 10;
    await syncAccount(services, { ...account, until: 'slice', settings: { sliceMs: 80 } });
    requestMs = 0;
    const half = await counts(owner);
    expect(half?.sales).toSatisfy((sales: number) => sales > 0 && sales < 500);
    const change = { apiType: 'v3', oauthClient: { clientId: rSeries.clientId, clientSecret: rSeries.clientSecret } };
    expect(await authorize(owner, `/connections/${card.id}/authorize/change`, change)).toMatchObject({ outcome: 'connected' });
    await sync(owner, card);
    const whole = await counts(owner);
    expect(whole?.accounts).toBe(1);
    expect(whole?.versions).toBe(whole?.sales);
    expect(await mismatches(owner, card)).toEqual([]);
    for (const next of [
      { apiType: 'key', apiKey: rSeries.apiKey },
      { apiType: 'v2', refreshToken: rSeries.refreshToken },
    ]) {
      const now = await json<ConnectionCard>(await owner.call('PUT', `/connections/${card.id}/credential`, next));
      expect(now).toMatchObject({ apiType: next.apiType, state: 'active', posAccount: { id: card.posAccount?.id } });
      control.clock.advance(400_000);
      await sync(owner, now);
    }
    expect(await counts(owner)).toEqual(whole);
    const { rows } = await services.pool.query<{ action: string; after: unknown }>(
      `select action, after from audit_entry where organization_id = $1 and action like 'connection.%' order by id`,
      [owner.organizationId],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.created', 'connection.authorized', 'connection.credential_replaced']),
    );
  });

  test('frozen, a credential is stored without a call and is the one used afterwards; another account’s is refused', async () => {
    const owner = await newOwner(services, app);
    const other = control.xSeries?.addPersonalToken('The other one') ?? '';
    const token = { apiType: 'personal_token', domainPrefix: xSeries.domainPrefix, expiresOn: 'never' };
    const card = await json<ConnectionCard>(
      await owner.call('POST', '/connections', {
        provider: 'lightspeed-x',
        name: 'Cold',
        ...token,
        token: xSeries.personalToken,
      }),
      201,
    );
    expect(card.expiry).toEqual({ on: null, never: true, refused: false });
    await json(await owner.call('POST', `/connections/${card.id}/freeze`, { reason: 'new token' }));
    const start = control.requests().length;
    const frozen = await json<ConnectionCard>(
      await owner.call('PUT', `/connections/${card.id}/credential`, { ...token, expiresOn: '2027-03-31', token: other }),
    );
    expect(frozen).toMatchObject({ state: 'frozen', expiry: { on: '2027-03-31', never: false } });
    expect(control.requests()).toHaveLength(start);
    await json(await owner.call('POST', `/connections/${card.id}/thaw`, {}));
    await sync(owner, card);

    await tenantTransaction(services.db, owner.organizationId, (trx) =>
      trx.updateTable('pos_account').set({ external_id: 'another-retailer' }).execute(),
    );
    const refused = await owner.call('PUT', `/connections/${card.id}/credential`, { ...token, token: xSeries.personalToken });
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'oauth_wrong_account' }]);
    const { rows } = await services.pool.query<{ revision: number }>('select revision from credential where connection_id = $1', [
      card.id,
    ]);
    expect(rows).toEqual([{ revision: 1 }]);
  });

  test('another POS, and a retired or unknown connection, are refused', async () => {
    const owner = await newOwner(services, app);
    const card = await json<ConnectionCard>(
      await owner.call('POST', '/connections', { provider: 'lightspeed-r', apiType: 'key', name: 'R', apiKey: rSeries.apiKey }),
      201,
    );
    const token = { apiType: 'personal_token', domainPrefix: xSeries.domainPrefix, token: xSeries.personalToken };
    const put = async (id: string, body: unknown) => {
      const answer = await owner.call('PUT', `/connections/${id}/credential`, body);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    expect(await put(card.id, token)).toEqual([409, 'conflict']);
    expect(await put(card.id, { apiType: 'v3' })).toEqual([409, 'conflict']);
    expect(await put('01a20e11-0000-7000-8000-000000000000', token)).toEqual([404, 'not_found']);
    expect(await put(card.id, { apiType: 'key', apiKey: 'refused' })).toEqual([502, 'pos_unauthorized']);
    expect(await cardOf(owner, card.id)).toMatchObject({ state: 'active' });
  });
});

test('M5, M7: leaving a till hands its stores to the new one from a day on; the card names what to look for in the POS', async () => {
  const person = await newOwner(services, app);
  const made = { provider: 'lightspeed-r', apiType: 'v3', name: 'Old till' };
  const begun = await json<ConnectionCard>(await person.call('POST', '/connections', made), 201);
  // The instance's own client, under the name it is registered with.
  expect(begun).toMatchObject({ appName: 'Figures for everybody', oauthClient: { id: null, clientId: rSeries.clientId } });
  expect(await authorize(person, `/connections/${begun.id}/authorize`)).toMatchObject({ outcome: 'connected' });
  const old = await cardOf(person, begun.id);
  const { domainPrefix, personalToken } = xSeries;
  const store = { provider: 'lightspeed-x', apiType: 'personal_token', name: 'New till', domainPrefix, token: personalToken };
  const next = await json<ConnectionCard>(await person.call('POST', '/connections', store), 201);

  interface Mapped {
    readonly posAccountId: string;
    readonly shopName: string;
    readonly departmentId: string;
    readonly from: string;
    readonly until: string | null;
  }
  const mappings = async () => (await json<{ mappings: Mapped[] }>(await person.call('GET', '/mappings'))).mappings;
  const of = (all: readonly Mapped[], card: ConnectionCard) =>
    all.filter(({ posAccountId }) => posAccountId === card.posAccount?.id);
  // Two of the new till's shops are called much as those of the old one.
  for (const [was, now] of [
    ['Glenelg', 'Harbour Store'],
    ['Hudson', 'BLEECKER'],
  ]) {
    await services.pool.query('update shop set name = $3 where organization_id = $1 and name = $2', [
      person.organizationId,
      was,
      now,
    ]);
  }
  const before = await mappings();
  const at = new Date(control.clock.now()).toISOString().slice(0, 10);
  const ask = `/connections/${old.id}/hand-over?successorConnectionId=`;
  const { items } = await json<{ items: { shopName: string; fromShopName: string; departmentId: string }[] }>(
    await person.call('GET', `${ask}${next.id}&at=${at}`),
  );
  const pairs = [
    ['Bleecker', 'BLEECKER'],
    ['Harbour', 'Harbour Store'],
  ];
  const found = new Map(items.map(({ fromShopName, shopName }) => [fromShopName, shopName]));
  expect(found).toEqual(new Map(pairs.map(([fromShop = '', shop = '']) => [fromShop, shop])));
  expect(await mappings()).toEqual(before);
  expect((await person.call('GET', `${ask}${old.id}&at=${at}`)).status).toBe(409);
  expect((await person.call('GET', `${ask}00000000-0000-7000-8000-000000000000&at=${at}`)).status).toBe(404);

  // A successor that is none: nothing is retired.
  const wrong = { at, successorConnectionId: old.id };
  expect((await person.call('POST', `/connections/${old.id}/retire`, wrong)).status).toBe(409);
  expect(await cardOf(person, old.id)).toMatchObject({ state: 'active' });

  const retired = await person.call('POST', `/connections/${old.id}/retire`, { at, successorConnectionId: next.id });
  expect(await json(retired)).toMatchObject({ state: 'retired' });
  const after = await mappings();
  expect(of(after, old).every(({ until }) => until === at)).toBe(true);
  for (const [fromShop, shop] of pairs) {
    const department = of(before, old).find(({ shopName }) => shopName === fromShop)?.departmentId;
    const taken = of(after, next).filter((mapping) => mapping.from === at && mapping.departmentId === department);
    expect(taken).toMatchObject([{ shopName: shop, until: null }]);
  }
  // What the new till sold before that day stays where it was.
  expect(of(after, next).filter(({ until }) => until === at)).toHaveLength(pairs.length);
});

/** Setting a connection up as people do: own OAuth client and scopes, pasted answers, sent links, the age gate, what the card and its help say. */
import { describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.ts';
import { consent } from '../../http/testing/consent.ts';
import { newMember, newOwner, ORIGIN, type Person } from '../../http/testing/people.ts';
import { oauthClient, till } from '../../http/testing/till.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { AGE_GATE } from './attestation-text.ts';
import { isAttested } from './attestation.ts';
import type { ConnectionCard } from './card.ts';
import type { providers } from './providers.ts';
import { warnOfExpiry } from './watch-credentials.ts';

const SECRET = 'a-secret-of-an-application';
const publicUrls = [
  { name: 'na', url: 'https://na.example.test' },
  { name: 'eu', url: 'https://eu.example.test' },
] as const;
const { emulator, services } = await till({ sales: 40, customers: 5, shops: 1 }, { config: { publicUrls: [...publicUrls] } });
const { control } = emulator;
const app = createApp(services);
const owner = await newOwner(services, app, 'Kaffe & Co');

async function json<T>(answer: Response, status = 200): Promise<T> {
  const body = (await answer.json()) as T;
  expect([answer.status, answer.status === status ? null : body]).toEqual([status, null]);
  return body;
}

const codeOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];
const cardOf = async (id: string, person: Person = owner): Promise<ConnectionCard> =>
  json(await person.call('GET', `/connections/${id}`));
const location = (answer: Response): URL => new URL(answer.headers.get('location') ?? '', ORIGIN);

interface Client {
  readonly id: string;
  readonly usedBy: readonly { name: string }[];
}

async function newClient(name: string, person: Person = owner): Promise<Client> {
  const { clientId, clientSecret } = oauthClient(emulator);
  return json(await person.call('POST', '/oauth-clients', { name, provider: 'lightspeed-r', clientId, clientSecret }), 201);
}

async function newConnection(name: string, more: object, person: Person = owner): Promise<ConnectionCard> {
  return json(await person.call('POST', '/connections', { provider: 'lightspeed-r', apiType: 'v3', name, ...more }), 201);
}

async function begin(id: string, query = ''): Promise<string> {
  return (await json<{ url: string }>(await owner.call('POST', `/connections/${id}/authorize${query}`))).url;
}

describe('OAuth clients (C4)', () => {
  test('are made once, chosen by connections, never show their secret, and stay while they are used', async () => {
    const made = await json<Client>(
      await owner.call('POST', '/oauth-clients', {
        name: 'Own app',
        provider: 'lightspeed-r',
        clientId: 'own',
        clientSecret: SECRET,
      }),
      201,
    );
    const connection = await newConnection('Uses it', { oauthClientId: made.id });
    expect(connection).toMatchObject({ oauthClient: { id: made.id, name: 'Own app', clientId: 'own' }, appName: 'Own app' });
    const taken = { name: 'OWN APP', provider: 'lightspeed-r', clientId: 'x', clientSecret: 'y' };
    expect(await codeOf(await owner.call('POST', '/oauth-clients', taken))).toEqual([409, 'name_taken']);
    const changed = await owner.call('PATCH', `/oauth-clients/${made.id}`, { name: 'Our app', clientSecret: `${SECRET}-2` });
    expect(await json(changed)).toMatchObject({
      name: 'Our app',
      clientId: 'own',
      hasSecret: true,
      usedBy: [{ name: 'Uses it' }],
    });
    expect(await codeOf(await owner.call('DELETE', `/oauth-clients/${made.id}`))).toEqual([409, 'oauth_client_in_use']);
    const elsewhere = { provider: 'lightspeed-x', apiType: 'oauth', name: 'Other POS', oauthClientId: made.id };
    expect(await codeOf(await owner.call('POST', '/connections', elsewhere))).toEqual([400, 'invalid_request']);
    const stranger = await newOwner(services, app);
    const foreign = { provider: 'lightspeed-r', apiType: 'v3', name: 'Not mine', oauthClientId: made.id };
    expect(await codeOf(await stranger.call('POST', '/connections', foreign))).toEqual([404, 'not_found']);

    const shown = await Promise.all(
      ['/oauth-clients', '/connections', '/audit'].map(async (path) => (await owner.call('GET', path)).text()),
    );
    expect(shown.join('\n')).not.toContain(SECRET);
    expect((await owner.call('DELETE', `/connections/${connection.id}`)).status).toBe(204);
    expect((await owner.call('DELETE', `/oauth-clients/${made.id}`)).status).toBe(204);
  });

  test('a secret that was put right is the one used, by connections that are there already', async () => {
    const { clientId, clientSecret } = oauthClient(emulator);
    const body = { name: 'Mistyped', provider: 'lightspeed-r', clientId, clientSecret: 'mistyped' };
    const client = await json<Client>(await owner.call('POST', '/oauth-clients', body), 201);
    const { id } = await newConnection('Mistyped secret', { oauthClientId: client.id });
    const comeBack = async (): Promise<string | null> => {
      const back = await consent(emulator.fetch, await begin(id));
      const answer = await app.request(back.pathname + back.search, { headers: { cookie: owner.cookie } });
      return location(answer).searchParams.get('code');
    };
    expect(await comeBack()).toBe('pos_unauthorized');
    await json(await owner.call('PATCH', `/oauth-clients/${client.id}`, { clientSecret }));
    expect(await comeBack()).toBeNull();
    expect((await owner.call('DELETE', `/connections/${id}`)).status).toBe(204);
  });
});

describe('scopes and addresses', () => {
  test('C3, C5: the chosen scopes are asked for, and the POS is sent back to the chosen public address', async () => {
    const client = await newClient('Scoped app');
    const scopes = ['employee:register_read', 'employee:reports', 'employee:admin_shops'];
    const { id } = await newConnection('Scoped', { oauthClientId: client.id, scopes });
    for (const { name, url } of publicUrls) {
      const asked = new URL(await begin(id, `?publicUrl=${name}`)).searchParams;
      expect([asked.get('scope'), asked.get('redirect_uri')]).toEqual([
        scopes.join(' '),
        `${url}/api/v1/oauth/r-series/callback`,
      ]);
    }
    expect(await codeOf(await owner.call('POST', `/connections/${id}/authorize?publicUrl=elsewhere`))).toEqual([
      400,
      'invalid_request',
    ]);
    await json(await owner.call('PATCH', `/connections/${id}`, { scopes: [...scopes, 'employee:customers_read'] }));
    expect(new URL(await begin(id)).searchParams.get('scope')).toContain('employee:customers_read');
    expect(await codeOf(await owner.call('PATCH', `/connections/${id}`, { scopes: ['sales:read'] }))).toEqual([
      400,
      'invalid_request',
    ]);
  });

  test('C2, C3, C5, C7, M13: providers are data: words, fields, reasons, hosts, addresses', async () => {
    const { items } = await json<{ items: typeof providers & { redirectUris: unknown }[] }>(
      await owner.call('GET', '/providers'),
    );
    expect(items.map(({ apiTypes }) => apiTypes.map(({ id }) => id))).toEqual([
      ['v3', 'v2', 'key'],
      ['personal_token', 'oauth'],
    ]);
    expect(items[0]?.apiTypes.map(({ name }) => name)).toEqual(['Lightspeed v3 (new)', 'Lightspeed v2 (old)', 'API key']);
    for (const { scopes, features } of items) {
      expect(scopes.filter(({ reason, without }) => reason === '' || without === '')).toEqual([]);
      expect(scopes.some(({ preset }) => preset)).toBe(true);
      expect(features.length).toBeGreaterThan(5);
    }
    expect(items[0]?.hosts.map(({ part, id }) => `${part} ${id}`)).toEqual([
      'api current',
      'api legacy',
      'oauth current',
      'oauth legacy',
    ]);
    expect(items[1]?.redirectUris).toContainEqual({
      name: 'eu',
      url: 'https://eu.example.test/api/v1/oauth/x-series/callback',
      https: true,
    });
  });
});

describe('the address that was pasted (C5, C6)', () => {
  test('finishes the sign-in once, in the session that began it, and says how it ended', async () => {
    const person = await newOwner(services, app);
    const client = await newClient('Pasted app', person);
    const { id } = await newConnection('Pasted', { oauthClientId: client.id }, person);
    const beginAs = async () => (await json<{ url: string }>(await person.call('POST', `/connections/${id}/authorize`))).url;
    const paste = async (url: string, as: Person = person) => {
      const answer = await as.call('POST', `/connections/${id}/authorize/paste`, { url });
      const { outcome, code } = await json<{ outcome: string; code: string | null }>(answer);
      return [outcome, code];
    };
    expect(await paste((await consent(emulator.fetch, await beginAs(), 'deny')).href)).toEqual(['failed', 'oauth_denied']);
    const late = await consent(emulator.fetch, await beginAs());
    control.clock.advance(61_000);
    expect(await paste(late.href)).toEqual(['failed', 'oauth_expired']);
    const back = await consent(emulator.fetch, await beginAs());
    const colleague = await newMember(services, app, person.organizationId, 'admin');
    expect(await paste(back.href, colleague)).toEqual(['failed', 'oauth_state_invalid']);
    expect(await paste(`  ${back.href}\n`)).toEqual(['connected', null]);
    expect(await paste(back.href)).toEqual(['failed', 'oauth_state_invalid']);
    expect(await cardOf(id, person)).toMatchObject({ state: 'active' });
    const again = await newConnection('Twice', { oauthClientId: client.id }, person);
    const url = (await json<{ url: string }>(await person.call('POST', `/connections/${again.id}/authorize`))).url;
    expect(await paste((await consent(emulator.fetch, url)).href)).toEqual(['failed', 'pos_account_in_use']);
  });
});

describe('a link for somebody without an account (W5)', () => {
  test('shows who asks for what, works in the browser that opened it, once, and those who asked are told', async () => {
    const person = await newOwner(services, app, 'Linked company');
    const client = await newClient('Linked app', person);
    const { id } = await newConnection('Linked', { oauthClientId: client.id }, person);
    const invite = `/connections/${id}/invite-authorization`;
    const first = await json<{ link: string }>(await person.call('POST', invite, { email: 'boss@example.test' }), 201);
    const sent = await json<{ link: string; mailed: boolean }>(
      await person.call('POST', invite, { email: 'till@example.test', days: 2 }),
      201,
    );
    expect(sent).toMatchObject({
      mailed: false,
      link: expect.stringMatching(/^https:\/\/na\.example\.test\/authorize\/[\w-]{66}$/u),
    });
    expect(await cardOf(id, person)).toMatchObject({ pendingAuthorization: { email: 'till@example.test' } });
    const pathOf = ({ link }: { link: string }) => `/api/v1/authorizations/${link.split('/').at(-1) ?? ''}`;
    // The newer one ended the one before.
    expect((await app.request(pathOf(first))).status).toBe(404);
    expect((await app.request('/api/v1/authorizations/made-up')).status).toBe(404);
    expect(await json(await app.request(pathOf(sent)))).toMatchObject({
      organization: 'Linked company',
      connection: 'Linked',
      state: 'open',
      scopes: expect.arrayContaining([{ scope: 'employee:register_read', reason: expect.stringMatching(/sales/u) }]),
    });

    const beginByLink = async () => {
      const answer = await app.request(`${pathOf(sent)}/begin`, { method: 'POST', headers: { origin: ORIGIN } });
      const cookie = answer.headers.getSetCookie()[0] ?? '';
      expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/u);
      return { ...(await json<{ url: string }>(answer)), cookie: cookie.split(';')[0] ?? '' };
    };
    const comeBack = async (back: URL, cookie: string) =>
      location(await app.request(back.pathname + back.search, { headers: { cookie } }));
    const denied = await beginByLink();
    const refused = await comeBack(await consent(emulator.fetch, denied.url, 'deny'), denied.cookie);
    expect(refused.pathname + refused.search).toBe('/authorize/done?outcome=failed&code=oauth_denied');

    const begun = await beginByLink();
    const back = await consent(emulator.fetch, begun.url);
    // Neither another browser nor a person of the company can finish it.
    expect((await comeBack(back, '')).searchParams.get('code')).toBe('oauth_state_invalid');
    expect((await comeBack(back, person.cookie)).searchParams.get('code')).toBe('oauth_state_invalid');
    const done = await comeBack(back, begun.cookie);
    expect(done.pathname + done.search).toBe('/authorize/done?outcome=connected');
    expect(await cardOf(id, person)).toMatchObject({ state: 'active', pendingAuthorization: null });
    expect(await json(await app.request(pathOf(sent)))).toMatchObject({ state: 'used' });
    const again = await app.request(`${pathOf(sent)}/begin`, { method: 'POST', headers: { origin: ORIGIN } });
    expect(await codeOf(again)).toEqual([400, 'oauth_state_invalid']);
    const { items } = await json<{ items: { kind: string }[] }>(await person.call('GET', '/notifications'));
    expect(items).toContainEqual(
      expect.objectContaining({
        kind: 'authorization_done',
        title: 'Linked was authorized',
        text: expect.stringContaining('till@example.test'),
      }),
    );
  });

  test('ends by itself and when it is withdrawn', async () => {
    const client = await newClient('Ending app');
    const { id } = await newConnection('Ending', { oauthClientId: client.id });
    const invite = `/connections/${id}/invite-authorization`;
    const { link } = await json<{ link: string }>(await owner.call('POST', invite, { email: 'a@example.test', days: 1 }), 201);
    const path = `/api/v1/authorizations/${link.split('/').at(-1) ?? ''}`;
    control.clock.advance(25 * 3_600_000);
    expect(await json(await app.request(path))).toMatchObject({ state: 'expired' });
    const late = await app.request(`${path}/begin`, { method: 'POST', headers: { origin: ORIGIN } });
    expect(await codeOf(late)).toEqual([400, 'oauth_expired']);
    expect((await owner.call('DELETE', invite)).status).toBe(204);
    expect((await app.request(path)).status).toBe(404);
    expect((await owner.call('DELETE', invite)).status).toBe(404);
  });
});

describe('the card', () => {
  test('M3, M4, M5, M12, M15: set-up is complete with the age gate; figures come before it; help answers from how things stand', async () => {
    const person = await newOwner(services, app, 'Card company');
    const client = await newClient('Figures for everybody', person);
    const { id } = await newConnection('Card', { oauthClientId: client.id }, person);
    const help = async (): Promise<Record<string, string>> => {
      const { items } = await json<{ items: { id: string; answer: string }[] }>(
        await person.call('GET', `/connections/${id}/help`),
      );
      return Object.fromEntries(items.map((item) => [item.id, item.answer]));
    };
    expect(await help()).toMatchObject({ when_data: expect.stringContaining('still to be authorized') });
    const { url } = await json<{ url: string }>(await person.call('POST', `/connections/${id}/authorize`));
    const back = await consent(emulator.fetch, url);
    await app.request(back.pathname + back.search, { headers: { cookie: person.cookie } });
    const fresh = await cardOf(id, person);
    const gate = (done: boolean) => ({
      complete: done,
      steps: [
        { step: 'authorize', done: true },
        { step: 'age_gate', done },
      ],
    });
    expect(fresh).toMatchObject({ state: 'active', setUp: gate(false), attestation: null, unmappedShops: 0 });
    // The exact name under which the POS lists us.
    expect(control.grants().map(({ clientId }) => clientId)).toContain(fresh.oauthClient?.clientId);
    expect(fresh.appName).toBe('Figures for everybody');
    const account = { organizationId: person.organizationId, posAccountId: fresh.posAccount?.id ?? '' };
    expect(await syncAccount(services, { ...account, connectionId: id, until: 'idle' })).toMatchObject({ state: 'complete' });
    const synced = await cardOf(id, person);
    expect(synced.data).toMatchObject({
      firstAt: expect.any(String),
      lastAt: expect.any(String),
      nextAt: expect.any(String),
      importing: null,
    });
    expect(synced.lastCallAt).not.toBeNull();
    expect(synced.usedBy.length).toBeGreaterThan(0);
    expect((await help())['is_active']).toMatch(/active.*age gate.*Figures for everybody/su);

    const attested = async () =>
      tenantTransaction(services.db, account.organizationId, (trx) =>
        isAttested(trx, account.organizationId, account.posAccountId),
      );
    expect(await attested()).toBe(false);
    const ticked = await json<ConnectionCard>(await person.call('PATCH', `/connections/${id}`, { attested: true }));
    expect(ticked).toMatchObject({ setUp: gate(true), attestation: { text: AGE_GATE, by: 'Owner', at: expect.any(String) } });
    expect(await attested()).toBe(true);
    expect((await help())['is_active']).not.toContain('age gate');
    await json(await person.call('PATCH', `/connections/${id}`, { attested: false, name: 'Renamed' }));
    expect(await attested()).toBe(false);

    await services.pool.query('delete from mapping where organization_id = $1', [account.organizationId]);
    expect((await cardOf(id, person)).unmappedShops).toBe(1);
    expect((await help())['unmapped']).toMatch(/not mapped: 1\./u);
    const consequences = await json(await person.call('GET', `/connections/${id}/consequences`));
    expect(consequences).toMatchObject({ shops: 1, usedBy: [], keeps: expect.arrayContaining(['sales']), revokesAtPos: true });
    const { rows } = await services.pool.query<{ action: string }>(
      `select action from audit_entry where organization_id = $1 and subject_id = $2`,
      [account.organizationId, id],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.changed', 'connection.attested', 'connection.attestation_withdrawn']),
    );
  });

  test('T4: people are told 14, 7 and 1 days before a credential ends, once each, and no more when its end moves', async () => {
    const person = await newOwner(services, app);
    const { id } = await newConnection('Ends', { oauthClient: { clientId: 'some', clientSecret: 'secret' } }, person);
    const today = control.clock.now();
    const day = (days: number) => new Date(today + days * 86_400_000).toISOString().slice(0, 10);
    const told = async (): Promise<unknown[]> => {
      await warnOfExpiry(services);
      await warnOfExpiry(services);
      const { rows } = await services.pool.query<{ days: unknown; open: boolean }>(
        `select data -> 'days' as days, resolved_at is null as open from notification
         where organization_id = $1 and kind = 'connection_expires' order by id`,
        [person.organizationId],
      );
      return rows.map(({ days, open }) => [days, open]);
    };
    const state = async (expiresOn: string | null) => json(await person.call('PATCH', `/connections/${id}`, { expiresOn }));
    await state(day(30));
    expect(await told()).toEqual([]);
    await state(day(14));
    expect(await told()).toEqual([[14, true]]);
    control.clock.advance(7 * 86_400_000);
    expect(await told()).toEqual([
      [14, false],
      [7, true],
    ]);
    control.clock.advance(6 * 86_400_000);
    expect((await told()).at(-1)).toEqual([1, true]);
    await state('never');
    expect((await told()).filter((row) => Array.isArray(row) && row[1] === true)).toEqual([]);
  });
});

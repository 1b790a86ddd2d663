import { describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.ts';
import { consent } from '../../http/testing/consent.ts';
import { newMember, newOwner, type Person, signIn } from '../../http/testing/people.ts';
import { oauthClient, till } from '../../http/testing/till.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Connection } from './list-connections.ts';

const { emulator, services } = await till();
const app = createApp(services);

async function makeConnection(person: Person, name: string): Promise<string> {
  const answer = await person.call('POST', '/connections', {
    provider: 'lightspeed-r',
    name,
    oauthClient: oauthClient(emulator),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as Connection).id;
}

async function begin(person: Person, id: string): Promise<string> {
  const answer = await person.call('POST', `/connections/${id}/authorize`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { url: string }).url;
}

/** Follows the POS's redirect in a person's browser and reads where they end. */
async function comeBack(address: URL, cookie: string): Promise<Record<string, string>> {
  const answer = await app.request(address.pathname + address.search, { headers: { cookie } });
  expect(answer.status).toBe(303);
  const page = new URL(answer.headers.get('location') ?? '', 'http://localhost');
  expect([page.origin, page.pathname]).toEqual(['http://localhost', '/integrations']);
  return Object.fromEntries(page.searchParams);
}

async function stateOf(person: Person, id: string): Promise<Connection> {
  return (await (await person.call('GET', `/connections/${id}`)).json()) as Connection;
}

describe('connecting by the POS pages (M2, C6)', () => {
  test('ends with an active connection, its account, its shops and a mapping each', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Main till');
    expect(await stateOf(owner, id)).toMatchObject({
      state: 'set_up_incomplete',
      stateReason: 'not_authorized',
      posAccount: null,
    });

    const url = new URL(await begin(owner, id));
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('redirect_uri')).toBe('http://localhost/api/v1/oauth/r-series/callback');
    const back = await consent(emulator.fetch, url.href);
    expect(await comeBack(back, owner.cookie)).toEqual({ outcome: 'connected', connection: id });

    expect(await stateOf(owner, id)).toMatchObject({
      state: 'active',
      stateReason: null,
      posAccount: { externalId: emulator.credentials.rSeries.accountID, currency: 'DKK' },
    });
    const { rows } = await services.pool.query(
      'select 1 from mapping m join shop s using (organization_id, pos_account_id, shop_id) where organization_id = $1',
      [owner.organizationId],
    );
    expect(rows).toHaveLength(3);
    const tested = await owner.call('POST', `/connections/${id}/test`);
    expect([tested.status, await tested.json()]).toMatchObject([200, { shops: 3 }]);
    const asked = await owner.call('POST', `/connections/${id}/sync`);
    expect([asked.status, await asked.json()]).toEqual([202, { runId: null }]);
  });

  test('a state works once', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Once');
    const back = await consent(emulator.fetch, await begin(owner, id));
    expect(await comeBack(back, owner.cookie)).toMatchObject({ outcome: 'connected' });
    expect(await comeBack(back, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_state_invalid' });
    expect(await stateOf(owner, id)).toMatchObject({ state: 'active' });
  });

  test('another person, another session of the same person, and nobody cannot finish a sign-in', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Mine');
    const back = await consent(emulator.fetch, await begin(owner, id));
    const stranger = await newOwner(services, app);
    const colleague = await newMember(services, app, owner.organizationId, 'admin');
    const viewer = await newMember(services, app, owner.organizationId, 'viewer');
    const otherBrowser = await signIn(app, owner.email, owner.password);
    for (const cookie of [stranger.cookie, colleague.cookie, viewer.cookie, otherBrowser, '']) {
      expect(await comeBack(back, cookie)).toEqual({ outcome: 'failed', code: 'oauth_state_invalid' });
    }
    expect(await stateOf(owner, id)).toMatchObject({ state: 'set_up_incomplete' });
    // None of them used it up.
    expect(await comeBack(back, owner.cookie)).toMatchObject({ outcome: 'connected' });
  });

  test.each(['', 'made-up', 'x'.repeat(200)])('a state we did not make (%s) is refused', async (state) => {
    const owner = await newOwner(services, app);
    const address = new URL('http://localhost/api/v1/oauth/r-series/callback');
    address.searchParams.set('state', state);
    address.searchParams.set('code', 'whatever');
    expect(await comeBack(address, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_state_invalid' });
  });

  test('a denial says so', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Denied');
    const back = await consent(emulator.fetch, await begin(owner, id), 'deny');
    expect(await comeBack(back, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_denied', connection: id });
    expect(await stateOf(owner, id)).toMatchObject({ state: 'set_up_incomplete' });
  });

  test('a code older than its 60 seconds, and a sign-in older than ours, have expired', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Slow');
    const lateCode = await consent(emulator.fetch, await begin(owner, id));
    emulator.control.clock.advance(61_000);
    expect(await comeBack(lateCode, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_expired', connection: id });
    const url = await begin(owner, id);
    emulator.control.clock.advance(16 * 60_000);
    const lateState = await consent(emulator.fetch, url);
    expect(await comeBack(lateState, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_expired', connection: id });
    const inTime = await consent(emulator.fetch, await begin(owner, id));
    expect(await comeBack(inTime, owner.cookie)).toMatchObject({ outcome: 'connected' });
  });

  test('an account that is connected already is refused, and free again after removal', async () => {
    const owner = await newOwner(services, app);
    const first = await makeConnection(owner, 'First');
    await comeBack(await consent(emulator.fetch, await begin(owner, first)), owner.cookie);
    const second = await makeConnection(owner, 'Second');
    const refused = await comeBack(await consent(emulator.fetch, await begin(owner, second)), owner.cookie);
    expect(refused).toEqual({ outcome: 'failed', code: 'pos_account_in_use', connection: second });
    const account = (await stateOf(owner, first)).posAccount;
    expect((await owner.call('DELETE', `/connections/${first}`)).status).toBe(204);
    await comeBack(await consent(emulator.fetch, await begin(owner, second)), owner.cookie);
    const now = await stateOf(owner, second);
    // The account kept its row, so its sales and cursors go on.
    expect(now).toMatchObject({ state: 'active', posAccount: { id: account?.id } });
  });

  test('a wrong client secret is the client’s fault, not a late code', async () => {
    const owner = await newOwner(services, app);
    const { clientId } = oauthClient(emulator);
    const made = await owner.call('POST', '/connections', {
      provider: 'lightspeed-r',
      name: 'Wrong secret',
      oauthClient: { clientId, clientSecret: 'not-it' },
    });
    const { id } = (await made.json()) as Connection;
    const back = await consent(emulator.fetch, await begin(owner, id));
    expect(await comeBack(back, owner.cookie)).toEqual({ outcome: 'failed', code: 'pos_unauthorized', connection: id });
  });
});

describe('another account than before', () => {
  test('is refused, and the credentials of the right one stay', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Till');
    await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    // The connection is made to belong to another account than the one the POS is about to name.
    await tenantTransaction(services.db, owner.organizationId, (trx) =>
      trx.updateTable('pos_account').set({ external_id: '900777' }).execute(),
    );
    const sealed = async () =>
      (await services.pool.query<{ sealed: string }>('select sealed from credential where connection_id = $1', [id])).rows;
    const before = await sealed();
    const refused = await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    expect(refused).toEqual({ outcome: 'failed', code: 'oauth_wrong_account', connection: id });
    expect(await sealed()).toEqual(before);
    expect(await stateOf(owner, id)).toMatchObject({ state: 'active', posAccount: { externalId: '900777' } });
  });
});

describe('names and life', () => {
  test('a name is unique whatever its case, and free again after removal', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Købmagergade');
    const taken = await owner.call('POST', '/connections', {
      provider: 'lightspeed-r',
      name: ' KØBMAGERGADE ',
      oauthClient: oauthClient(emulator),
    });
    expect([taken.status, await taken.json()]).toMatchObject([409, { code: 'connection_name_taken' }]);
    expect((await owner.call('DELETE', `/connections/${id}`)).status).toBe(204);
    await makeConnection(owner, 'Købmagergade');
  });

  test('W8: a new account is read again each night when the organization wants it', async () => {
    const owner = await newOwner(services, app);
    expect((await owner.call('PATCH', '/settings/general', { nightlyAt: '03:15' })).status).toBe(200);
    const id = await makeConnection(owner, 'Nightly');
    await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    const settings = await owner.call('GET', `/connections/${id}/settings`);
    expect(await settings.json()).toMatchObject({ nightlyTime: '03:15' });
  });

  test('frozen makes no calls, thawed goes on (M6)', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Cold');
    await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    const frozen = await owner.call('POST', `/connections/${id}/freeze`, { reason: 'moving house' });
    expect(await frozen.json()).toMatchObject({ state: 'frozen', stateReason: 'moving house' });
    const calls = emulator.control.requests().length;
    for (const action of ['test', 'sync']) {
      const answer = await owner.call('POST', `/connections/${id}/${action}`);
      expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'connection_frozen' }]);
    }
    expect(emulator.control.requests()).toHaveLength(calls);
    // Nothing in it is required, so it need not be sent.
    expect(await (await owner.call('POST', `/connections/${id}/thaw`)).json()).toMatchObject({
      state: 'active',
      stateReason: null,
    });
    expect((await owner.call('POST', `/connections/${id}/thaw`)).status).toBe(409);
    expect((await owner.call('POST', `/connections/${id}/test`)).status).toBe(200);
  });

  test('M6: a frozen connection may be authorized anew: one call, that a person asked for, and none that was under way', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Cold credentials');
    await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    const underWay = await consent(emulator.fetch, await begin(owner, id));
    const sealed = async () =>
      (await services.pool.query<{ sealed: string }>('select sealed from credential where connection_id = $1', [id])).rows[0];
    expect((await owner.call('POST', `/connections/${id}/freeze`)).status).toBe(200);
    const [calls, before] = [emulator.control.requests().length, await sealed()];
    expect(await comeBack(underWay, owner.cookie)).toEqual({ outcome: 'failed', code: 'connection_frozen', connection: id });
    expect(emulator.control.requests()).toHaveLength(calls);
    expect(await sealed()).toEqual(before);

    // Somebody with a sent link cannot see that it is frozen.
    const invited = await owner.call('POST', `/connections/${id}/invite-authorization`, { email: 'a@example.test' });
    expect(await invited.json()).toMatchObject({ code: 'connection_frozen' });

    // Before and after the person's own steps at the POS: what the hub sent is the exchange alone.
    const back = await consent(emulator.fetch, await begin(owner, id));
    const mark = emulator.control.requests().length;
    expect(await comeBack(back, owner.cookie)).toEqual({ outcome: 'connected', connection: id });
    expect(
      emulator.control
        .requests()
        .slice(mark)
        .map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`),
    ).toEqual(['POST /auth/oauth/token']);
    expect(await stateOf(owner, id)).toMatchObject({ state: 'frozen' });
    expect(await sealed()).not.toEqual(before);
    expect((await owner.call('POST', `/connections/${id}/test`)).status).toBe(409);
    expect((await owner.call('POST', `/connections/${id}/thaw`)).status).toBe(200);
    expect((await owner.call('POST', `/connections/${id}/test`)).status).toBe(200);

    // Another account than before is refused by what the token says of itself.
    await owner.call('POST', `/connections/${id}/freeze`);
    await tenantTransaction(services.db, owner.organizationId, (trx) =>
      trx.updateTable('pos_account').set({ external_id: '900777' }).execute(),
    );
    const wrong = await consent(emulator.fetch, await begin(owner, id));
    expect(await comeBack(wrong, owner.cookie)).toEqual({ outcome: 'failed', code: 'oauth_wrong_account', connection: id });
    expect(await stateOf(owner, id)).toMatchObject({ state: 'frozen' });
  });

  test('removing revokes the access at the POS and destroys the credentials', async () => {
    const owner = await newOwner(services, app);
    const id = await makeConnection(owner, 'Gone');
    const granted = emulator.control.grants().length;
    await comeBack(await consent(emulator.fetch, await begin(owner, id)), owner.cookie);
    expect(emulator.control.grants()).toHaveLength(granted + 1);
    expect((await owner.call('DELETE', `/connections/${id}`)).status).toBe(204);
    expect(emulator.control.grants()).toHaveLength(granted);
    const { rows } = await services.pool.query('select 1 from credential where connection_id = $1', [id]);
    expect(rows).toEqual([]);
    expect((await owner.call('GET', `/connections/${id}`)).status).toBe(404);
  });
});

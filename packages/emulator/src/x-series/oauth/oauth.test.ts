import { beforeEach, describe, expect, it } from 'vitest';
import { storeOrigin, testRetailer, tokenOf } from '../../testing/retailer.ts';
import type { TestRetailer } from '../../testing/retailer.ts';

const redirect = 'http://app.test/callback';
let store: TestRetailer;

beforeEach(() => {
  store = testRetailer({ sales: 10, customers: 3 });
});

function consent(change: Readonly<Record<string, string>> = {}): Promise<Response> {
  const fields = {
    response_type: 'code',
    client_id: store.credentials.clientId,
    redirect_uri: redirect,
    state: 'state-of-12',
    scope: 'sales:read outlets:read',
    decision: 'authorize',
    ...change,
  };
  return store.emulator.fetch(`${storeOrigin}/connect`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });
}

async function codeOf(): Promise<string> {
  return new URL((await consent()).headers.get('Location') ?? '').searchParams.get('code') ?? '';
}

function exchange(code: string): ReturnType<typeof tokenOf> {
  const { clientId, clientSecret } = store.credentials;
  return tokenOf(store.emulator, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirect,
    client_id: clientId,
    client_secret: clientSecret,
  });
}

function refresh(refreshToken: unknown): ReturnType<typeof tokenOf> {
  const { clientId, clientSecret } = store.credentials;
  return tokenOf(store.emulator, {
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
    client_id: clientId,
    client_secret: clientSecret,
  });
}

describe('letting an application in', () => {
  it('is a page for people, with the scopes and a form', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: store.credentials.clientId,
      redirect_uri: redirect,
      state: '12345678',
      scope: 'sales:read',
    });
    const page = await store.emulator.fetch(`https://secure.retail.lightspeed.app/connect?${query.toString()}`);
    expect(page.headers.get('Content-Type')).toContain('text/html');
    const text = await page.text();
    expect(text).toContain('sales:read');
    expect(text).toContain('name="decision" value="authorize"');
  });

  it('sends code, domain prefix and state back', async () => {
    const answer = await consent();
    expect(answer.status).toBe(302);
    const back = new URL(answer.headers.get('Location') ?? '');
    expect(back.origin + back.pathname).toBe(redirect);
    expect(back.searchParams.get('state')).toBe('state-of-12');
    expect(back.searchParams.get('domain_prefix')).toBe(store.credentials.domainPrefix);
    expect(back.searchParams.get('code')).not.toBe('');
  });

  it('declining comes back as access_denied', async () => {
    const answer = await consent({ decision: 'deny' });
    expect(new URL(answer.headers.get('Location') ?? '').searchParams.get('error')).toBe('access_denied');
  });

  it.each([
    ['a short state', { state: '1234567' }, 'invalid_request'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['an unknown scope', { scope: 'employee:all' }, 'invalid_scope'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
  ])('refuses %s', async (_what, change, error) => {
    const answer = await consent(change);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error });
  });
});

describe('tokens', () => {
  it('a code is good once, for ten minutes', async () => {
    const code = await codeOf();
    const first = await exchange(code);
    expect(first.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 86_400,
      domain_prefix: 'demostore',
      scope: 'sales:read outlets:read',
    });
    expect(first.body['expires']).toBe(Math.floor(store.emulator.control.clock.now() / 1000) + 86_400);
    expect((await exchange(code)).body).toMatchObject({ error: 'invalid_grant' });
    const late = await codeOf();
    store.emulator.control.clock.advance(600_001);
    expect(await exchange(late)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('a refresh kills the refresh token it used and the access token that came with it', async () => {
    const first = await exchange(await codeOf());
    const access = String(first.body['access_token']);
    expect((await store.get('/2.0/outlets', access)).status).toBe(200);
    const second = await refresh(first.body['refresh_token']);
    expect(second.status).toBe(200);
    expect(second.body['scope']).toBe('sales:read outlets:read');
    expect((await store.get('/2.0/outlets', access)).status).toBe(401);
    expect((await store.get('/2.0/outlets', String(second.body['access_token']))).status).toBe(200);
    expect(await refresh(first.body['refresh_token'])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await store.get('/2.0/outlets', String(second.body['access_token']))).status).toBe(200);
  });

  it('the refresh token the emulator hands out works', async () => {
    const answer = await refresh(store.credentials.refreshToken);
    expect((await store.get('/2.0/sales', String(answer.body['access_token']))).status).toBe(200);
  });

  it('an access token lasts a day of the world’s clock', async () => {
    const access = await store.signIn('outlets:read');
    store.emulator.control.clock.advance(86_399_000);
    expect((await store.get('/2.0/outlets', access)).status).toBe(200);
    store.emulator.control.clock.advance(1000);
    expect(await store.get('/2.0/outlets', access)).toMatchObject({ status: 401, body: { error: 'Access token is not valid' } });
  });

  it('takes a form and nothing else, and no credentials in the address', async () => {
    const url = `${storeOrigin}/api/1.0/token`;
    const json = await store.emulator.fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    expect(json.status).toBe(400);
    const query = await store.emulator.fetch(`${url}?client_id=x`, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
    expect(query.status).toBe(400);
    expect((await tokenOf(store.emulator, { grant_type: 'refresh_token', client_id: 'x', client_secret: 'y' })).status).toBe(401);
  });

  it('has a limit of its own, told in its headers', async () => {
    store.emulator.control.setLimits({ mode: 'real' });
    const answers = [];
    for (let time = 0; time < 11; time += 1) answers.push(await refresh('nothing'));
    expect(answers[0]?.headers.get('X-RateLimit-Remaining')).toBe('9');
    expect(answers.map((answer) => answer.status)).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
    expect(Number(answers[10]?.headers.get('X-RateLimit-Reset')) * 1000).toBeGreaterThan(store.emulator.control.clock.now());
  });

  it('a lost answer has spent the refresh token all the same', async () => {
    store.emulator.control.faults.arm('refresh-answer-lost', { every: 1, times: 1 });
    await expect(refresh(store.credentials.refreshToken)).rejects.toThrow('fetch failed');
    expect((await refresh(store.credentials.refreshToken)).body).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('what a token may do', () => {
  it('a scope that is missing is a 403, for every list', async () => {
    const access = await store.signIn('outlets:read');
    expect((await store.get('/2.0/outlets', access)).status).toBe(200);
    for (const path of [
      'sales',
      'customers',
      'products',
      'registers',
      'users',
      'taxes',
      'payment_types',
      'retailer',
      'webhooks',
    ]) {
      expect([path, (await store.get(`/2.0/${path}`, access)).status]).toEqual([path, 403]);
    }
    expect((await store.get('/register_sales', access)).status).toBe(403);
    expect((await store.get('/2.0/search?type=sales', access)).status).toBe(403);
  });

  it('internal payment types and costs are hidden from applications, not from personal tokens', async () => {
    const access = await store.signIn('payment_types:read products:read');
    const mine = (await store.get('/2.0/payment_types')).body['data'] as unknown[];
    const theirs = (await store.get('/2.0/payment_types', access)).body['data'] as unknown[];
    expect(theirs.length).toBeLessThan(mine.length);
    const product = ((await store.get('/2.0/products?page_size=1', access)).body['data'] as object[])[0];
    expect(product).not.toHaveProperty('supply_price');
  });

  it('a personal token with an end stops working then; one without does not', async () => {
    const end = new Date(store.emulator.control.clock.now() + 3_600_000).toISOString();
    const token = store.control.addPersonalToken('for a week', end);
    expect((await store.get('/2.0/sales', token)).status).toBe(200);
    store.emulator.control.clock.advance(3_600_000);
    expect((await store.get('/2.0/sales', token)).status).toBe(401);
    store.emulator.control.clock.advance(1000 * 86_400_000);
    expect((await store.get('/2.0/outlets')).status).toBe(200);
  });

  it('no token, a wrong one and a revoked one are 401', async () => {
    expect((await store.get('/2.0/sales', 'nonsense')).status).toBe(401);
    expect((await store.emulator.fetch(`${storeOrigin}/api/2.0/sales`)).status).toBe(401);
    const access = await store.signIn('sales:read');
    for (const grant of store.emulator.control.grants()) store.emulator.control.revokeGrant(grant.id);
    expect((await store.get('/2.0/sales', access)).status).toBe(401);
  });

  it('another store’s host answers a page, not JSON; on a plain origin the token says which store', async () => {
    const headers = { Authorization: `Bearer ${store.credentials.personalToken}` };
    const stranger = await store.emulator.fetch('http://other.retail.lightspeed.app/api/2.0/sales', { headers });
    expect([stranger.status, stranger.headers.get('Content-Type')?.slice(0, 9)]).toEqual([404, 'text/html']);
    expect((await store.emulator.fetch('http://127.0.0.1:4010/api/2.0/sales', { headers })).status).toBe(200);
  });
});

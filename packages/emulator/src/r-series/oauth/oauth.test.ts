import { createHash, createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { origin, testAccount } from '../../testing/account.ts';
import type { TestAccount } from '../../testing/account.ts';

const redirectUri = 'https://hub.example.test/callback';
const verifier = 'a-verifier-of-at-least-forty-three-characters-long';
const challenge = createHash('sha256').update(verifier).digest('base64url');

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: string;
}

let account: TestAccount;
let client: { readonly clientId: string; readonly clientSecret: string };

beforeEach(() => {
  account = testAccount({ sales: 0, customers: 1 });
  client = account.emulator.credentials.rSeries;
});

const authorizeUrl = (change: Record<string, string> = {}): string => {
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    scope: 'employee:register_read employee:customers_read',
    state: 'state-1',
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  };
  return `${origin}/auth/oauth/authorize?${new URLSearchParams(parameters).toString()}`;
};

/** Posts the consent form as a browser would, after reading it from the page. */
async function consent(
  decision: 'authorize' | 'deny',
  change: Record<string, string> = {},
  login: Record<string, string> = {},
): Promise<Response> {
  const page = await account.emulator.fetch(authorizeUrl(change));
  const html = await page.text();
  const fields = Object.fromEntries(
    [...html.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value ?? '')]),
  );
  return account.emulator.fetch(`${origin}/auth/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...login, decision }),
    redirect: 'manual',
  });
}

function unescape(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}

function codeFrom(response: Response): string {
  expect(response.status).toBe(302);
  return new URL(response.headers.get('Location') ?? '').searchParams.get('code') ?? '';
}

async function token(
  fields: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await account.emulator.fetch(`${origin}/auth/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...fields }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers };
}

async function refresh(refreshToken: string): Promise<Awaited<ReturnType<typeof token>>> {
  return token({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function pair(): Promise<Tokens> {
  const code = codeFrom(await consent('authorize'));
  const answer = await token({ grant_type: 'authorization_code', code, code_verifier: verifier });
  expect(answer.status).toBe(200);
  return answer.body as unknown as Tokens;
}

async function call(accessToken: string): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await account.emulator.fetch(`${account.root}/Shop.json`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers };
}

describe('consent', () => {
  it('is a page that names the application and its scopes, and gives a code by redirect', async () => {
    const page = await (await account.emulator.fetch(authorizeUrl())).text();
    expect(page).toContain('Authorize application');
    expect(page).toContain('employee:customers_read');
    const answer = await consent('authorize');
    const location = new URL(answer.headers.get('Location') ?? '');
    expect(location.origin + location.pathname).toBe(redirectUri);
    expect(location.searchParams.get('state')).toBe('state-1');
    expect(location.searchParams.get('code')).toMatch(/^def502/);
  });

  it('can be denied, and then says so to the application', async () => {
    const location = new URL((await consent('deny')).headers.get('Location') ?? '');
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('state')).toBe('state-1');
    expect(location.searchParams.has('code')).toBe(false);
  });

  it('needs the right password', async () => {
    const answer = await consent('authorize', {}, { password: 'wrong' });
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('E-mail or password is not right.');
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['a scope that does not exist', { scope: 'employee:everything' }, 'invalid_scope'],
    ['another response type', { response_type: 'token' }, 'invalid_request'],
    ['a redirect with a fragment', { redirect_uri: 'https://hub.example.test/#x' }, 'invalid_request'],
  ])('is refused for %s', async (_name, change, error) => {
    const response = await account.emulator.fetch(authorizeUrl(change));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });

  it('goes only to the registered address when there is one, and public clients must use PKCE', async () => {
    account.emulator.control.addClient({ clientId: 'public', name: 'Public app', redirectUri });
    const wrong = await account.emulator.fetch(authorizeUrl({ client_id: 'public', redirect_uri: 'https://elsewhere.test/' }));
    expect(wrong.status).toBe(400);
    const plain = new URL(authorizeUrl({ client_id: 'public' }));
    plain.searchParams.delete('code_challenge');
    expect((await account.emulator.fetch(plain)).status).toBe(400);
    const code = codeFrom(await consent('authorize', { client_id: 'public' }));
    const response = await account.emulator.fetch(`${origin}/auth/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'public', code, code_verifier: verifier }),
    });
    expect(response.status).toBe(200);
  });
});

describe('codes', () => {
  it('are good once', async () => {
    const code = codeFrom(await consent('authorize'));
    const fields = { grant_type: 'authorization_code', code, code_verifier: verifier };
    expect((await token(fields)).status).toBe(200);
    const again = await token(fields);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ error: 'invalid_grant', hint: 'Authorization code has been revoked' });
  });

  it('live 60 seconds of the world clock', async () => {
    const code = codeFrom(await consent('authorize'));
    account.emulator.control.clock.advance(60_001);
    const late = await token({ grant_type: 'authorization_code', code, code_verifier: verifier });
    expect(late.body).toMatchObject({ error: 'invalid_grant', hint: 'Authorization code has expired' });
  });

  it('need the verifier of their challenge', async () => {
    const code = codeFrom(await consent('authorize'));
    const wrong = await token({ grant_type: 'authorization_code', code, code_verifier: verifier.toUpperCase() });
    expect(wrong.body).toMatchObject({ error: 'invalid_grant' });
    expect((await token({ grant_type: 'authorization_code', code })).body).toMatchObject({ error: 'invalid_request' });
    expect((await token({ grant_type: 'authorization_code', code, code_verifier: verifier })).status).toBe(200);
  });
});

describe('the token endpoint', () => {
  it('answers with exactly four fields, and with a signed token whose times are floats', async () => {
    const tokens = await pair();
    expect(Object.keys(tokens).toSorted()).toEqual(['access_token', 'expires_in', 'refresh_token', 'token_type']);
    expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(tokens.refresh_token).toMatch(/^def50200/);
    const [header = '', payload = '', signature = ''] = tokens.access_token.split('.');
    const { keys } = (await (await account.emulator.fetch(`${origin}/.well-known/jwks`)).json()) as {
      keys: (JsonWebKey & { kid: string })[];
    };
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; alg: string };
    expect(alg).toBe('RS256');
    const key = keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) throw new Error('The key is not published.');
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey({ key, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    const text = Buffer.from(payload, 'base64url').toString();
    expect(JSON.parse(text)).toMatchObject({
      aud: client.clientId,
      acct: '900001',
      sub: '1001',
      iss: 'https://cloud.lightspeedapp.com',
      scope: 'employee:register_read employee:customers_read',
    });
    expect(text).toMatch(/"iat":\d+\.\d+,"nbf":\d+\.\d+,"exp":\d+\.\d+/);
  });

  it.each([
    [
      'JSON',
      (fields: Record<string, string>) => ({ body: JSON.stringify(fields), headers: { 'Content-Type': 'application/json' } }),
    ],
    [
      'multipart',
      (fields: Record<string, string>) => {
        const body = new FormData();
        for (const [name, value] of Object.entries(fields)) body.set(name, value);
        return { body };
      },
    ],
  ])('takes %s bodies', async (_name, write) => {
    const { refresh_token } = await pair();
    const fields = { client_id: client.clientId, client_secret: client.clientSecret, grant_type: 'refresh_token', refresh_token };
    const response = await account.emulator.fetch(`${origin}/auth/oauth/token`, { method: 'POST', ...write(fields) });
    expect(response.status).toBe(200);
  });

  it('refuses wrong clients, other grants and GET in the documented shapes', async () => {
    const wrong = await token({ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'wrong' });
    expect([wrong.status, wrong.body['error']]).toEqual([401, 'invalid_client']);
    expect((await token({ grant_type: 'password' })).body).toMatchObject({ error: 'unsupported_grant_type' });
    expect((await token({ grant_type: 'refresh_token' })).body).toMatchObject({
      error: 'invalid_request',
      hint: 'Check the `refresh_token` parameter',
    });
    expect((await refresh('def50200nonsense')).body).toMatchObject({ error: 'invalid_grant' });
    const get = await account.emulator.fetch(`${origin}/auth/oauth/token`);
    expect([get.status, await get.json()]).toMatchObject([405, { error: 'invalid_request' }]);
  });
});

describe('refresh', () => {
  it('can be repeated with the old token while the new access token is unused, so that a lost answer is no loss', async () => {
    const old = await pair();
    expect((await call(old.access_token)).status).toBe(200);
    account.emulator.control.faults.arm('refresh-answer-lost', { every: 1, times: 1 });
    await expect(refresh(old.refresh_token)).rejects.toThrow('fetch failed');
    const next = (await refresh(old.refresh_token)).body as unknown as Tokens;
    expect((await call(next.access_token)).status).toBe(200);
    expect((await refresh(old.refresh_token)).body).toMatchObject({ error: 'invalid_grant', hint: 'Token has been revoked' });
    expect((await call(old.access_token)).body).toMatchObject({ error: 'access_denied', hint: 'Access token has been revoked' });
  });

  it('kills the old pair at once when switched to the strict ways of before 2026', async () => {
    account.emulator.control.setSwitches({ revocation: 'immediate' });
    const old = await pair();
    await refresh(old.refresh_token);
    expect((await refresh(old.refresh_token)).status).toBe(400);
    expect((await call(old.access_token)).status).toBe(401);
  });

  it('is limited to five a minute per connection', async () => {
    const { refresh_token } = await pair();
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await refresh(refresh_token)).status).toBe(200);
    const sixth = await refresh(refresh_token);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('Retry-After'))).toBe(60);
    account.emulator.control.clock.advance(60_000);
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it('stops working after 30 days unused', async () => {
    const { refresh_token } = await pair();
    account.emulator.control.clock.advance(30 * 24 * 3_600_000 + 1000);
    expect((await refresh(refresh_token)).body).toMatchObject({ error: 'invalid_grant', hint: 'Token has expired' });
  });
});

describe('access', () => {
  it('ends after an hour of the world clock', async () => {
    const { access_token } = await pair();
    account.emulator.control.clock.advance(3_600_001);
    const answer = await call(access_token);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      error: 'access_denied',
      error_description: 'The resource owner or authorization server denied the request.',
      hint: 'Access token could not be verified',
    });
    expect(answer.headers.has('X-LS-API-Bucket-Level')).toBe(false);
  });

  it('reaches only what the scopes allow', async () => {
    const { access_token } = await pair();
    const response = await account.emulator.fetch(`${account.root}/SaleVoid.json`, {
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ httpCode: '403', httpMessage: 'Forbidden' });
  });

  it('can be revoked by the application and looked up by introspection', async () => {
    const tokens = await pair();
    const look = async (): Promise<unknown> =>
      (
        await account.emulator.fetch(`${origin}/auth/oauth/introspect`, {
          headers: { Authorization: `Bearer ${tokens.access_token}` },
        })
      ).json();
    expect(await look()).toMatchObject({ active: true, acct: '900001' });
    const revoked = await account.emulator.fetch(`${origin}/auth/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: client.clientId,
        client_secret: client.clientSecret,
        refresh_token: tokens.refresh_token,
      }),
    });
    expect(revoked.status).toBe(200);
    expect(await look()).toEqual({ active: false });
    expect((await call(tokens.access_token)).status).toBe(401);
  });

  it('is listed by application name on the Client API Access page, and ends by its Revoke button', async () => {
    account.emulator.control.addClient({ clientId: 'hub', clientSecret: 's', name: 'Hub & Sons' });
    const page = async (): Promise<string> => (await account.emulator.fetch(`${origin}/settings/client-api-access`)).text();
    expect(await page()).not.toContain('Hub &amp; Sons');
    const code = codeFrom(await consent('authorize', { client_id: 'hub' }));
    const tokens = (
      await token({ grant_type: 'authorization_code', code, code_verifier: verifier, client_id: 'hub', client_secret: 's' })
    ).body;
    const listed = await page();
    expect(listed).toContain('Hub &amp; Sons');
    const [, grant = ''] = [...listed.matchAll(/name="grant" value="(\d+)"/g)].at(-1) ?? [];
    await account.emulator.fetch(`${origin}/settings/client-api-access/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ grant }),
      redirect: 'manual',
    });
    expect(await page()).not.toContain('Hub &amp; Sons');
    expect((await call(String(tokens['access_token']))).status).toBe(401);
  });

  it('works with the legacy API key, and challenges for it where V2 is asked without', async () => {
    const key = account.emulator.credentials.rSeries.apiKey;
    const basic = `Basic ${Buffer.from(`${key}:apikey`).toString('base64')}`;
    const v2 = `${origin}/API/Account/900001/Shop.json`;
    expect((await account.emulator.fetch(v2, { headers: { Authorization: basic } })).status).toBe(200);
    const refused = await account.emulator.fetch(v2);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('WWW-Authenticate')).toBe('Basic realm="MerchantOS API"');
    expect(await refused.json()).toMatchObject({
      message: 'Invalid username/password or API key.',
      errorClass: 'BadAuthenticationRequestError',
    });
  });
});

describe('the old server', () => {
  const old = async (fields: Record<string, string>): Promise<{ status: number; body: Tokens & { scope?: string } }> => {
    const response = await account.emulator.fetch(`${origin}/oauth/access_token.php`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...fields }),
    });
    return { status: response.status, body: (await response.json()) as Tokens & { scope?: string } };
  };
  const shops = async (token: string): Promise<number> =>
    (await account.get('/Shop.json', { Authorization: `Bearer ${token}` })).status;

  async function pair(): Promise<Tokens & { scope?: string }> {
    const page = await account.emulator.fetch(
      `${origin}/oauth/authorize.php?response_type=code&client_id=${client.clientId}&scope=employee:register_read&redirect_uri=${redirectUri}`,
    );
    const html = await page.text();
    const form = new URLSearchParams({ decision: 'authorize' });
    for (const [, name = '', value = ''] of html.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g))
      form.set(name, unescape(value));
    const answer = await account.emulator.fetch(`${origin}/auth/oauth/authorize`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    const code = new URL(answer.headers.get('Location') ?? '').searchParams.get('code') ?? '';
    return (await old({ grant_type: 'authorization_code', code })).body;
  }

  it('gives opaque tokens for half an hour, the same access token while it is good, and never another refresh token', async () => {
    const first = await pair();
    expect(first).toMatchObject({ expires_in: 1800, token_type: 'bearer', scope: 'employee:register_read systemuserid:1001' });
    for (const token of [first.access_token, first.refresh_token]) expect(token).toMatch(/^[0-9a-f]{40}$/);
    expect(await shops(first.access_token)).toBe(200);
    account.emulator.control.clock.advance(600_000);
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const second = await old(refresh);
    expect(second.body).toMatchObject({ access_token: first.access_token, expires_in: 1200 });
    expect(second.body).not.toHaveProperty('refresh_token');
    account.emulator.control.clock.advance(1_195_000);
    const third = await old(refresh);
    expect(third.body.access_token).not.toBe(first.access_token);
    expect(third.body.expires_in).toBe(1800);
    expect(await shops(third.body.access_token)).toBe(200);
  });

  it('hands over to the new one: its refresh token buys one pair there and is then no good anywhere', async () => {
    const first = await pair();
    const moved = await account.emulator.fetch(`${origin}/auth/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: client.clientId,
        client_secret: client.clientSecret,
        refresh_token: first.refresh_token,
      }),
    });
    const tokens = (await moved.json()) as Tokens;
    expect(tokens.refresh_token).toMatch(/^def50200/);
    expect(await shops(tokens.access_token)).toBe(200);
    expect((await old({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).status).toBe(400);
  });

  it('knows nothing of the new one’s tokens', async () => {
    const { refreshToken } = account.emulator.credentials.rSeries;
    expect((await old({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(400);
    expect((await old({ grant_type: 'password' })).status).toBe(400);
    expect((await account.emulator.fetch(`${origin}/oauth/access_token.php`)).status).toBe(405);
  });
});

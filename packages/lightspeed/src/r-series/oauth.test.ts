import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import { pkce, randomState } from '../oauth/pkce.ts';
import { readAccessTokenClaims } from '../oauth/token-pair.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { createRSeriesOAuth } from './oauth.ts';
import type { RSeriesOAuth } from './oauth.ts';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly type: string | null;
  readonly body: URLSearchParams;
}

function oauthOf(answer: () => Response | Promise<Response>, changes: { authUrl?: string; clientSecret?: string | null } = {}) {
  const sent: Sent[] = [];
  const clock = new VirtualClock();
  const oauth: RSeriesOAuth = createRSeriesOAuth({
    authUrl: changes.authUrl ?? 'https://cloud.pos.test',
    clientId: 'client-1',
    clientSecret: changes.clientSecret === undefined ? 'hush-hush' : changes.clientSecret,
    clock,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push({
        url: request.url,
        method: request.method,
        type: request.headers.get('content-type'),
        body: new URLSearchParams(await request.text()),
      });
      return await answer();
    },
  });
  return { oauth, sent, clock };
}

function jwt(claims: Record<string, unknown>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

const accessToken = jwt({
  acct: '900001',
  sub: '12345',
  scope: 'employee:register_read employee:reports',
  exp: 1_790_000_000.25,
});
const pair = { token_type: 'Bearer', expires_in: 3600, access_token: accessToken, refresh_token: 'def50200c0ffee' };

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

describe('the way out and back', () => {
  test.each([
    'https://cloud.pos.test',
    'https://cloud.pos.test/',
    'https://cloud.pos.test/auth/oauth',
    'https://cloud.pos.test/auth/oauth/',
  ])('authorization URL from %s', (authUrl) => {
    const { oauth } = oauthOf(() => json({}), { authUrl });
    const url = oauth.authorizationUrl({
      scopes: ['employee:register_read', 'employee:reports'],
      state: 's1',
      codeChallenge: 'c1',
    });
    expect(`${url.origin}${url.pathname}`).toBe('https://cloud.pos.test/auth/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toStrictEqual({
      response_type: 'code',
      client_id: 'client-1',
      scope: 'employee:register_read employee:reports',
      state: 's1',
      code_challenge: 'c1',
      code_challenge_method: 'S256',
    });
    expect(() => oauth.authorizationUrl({ scopes: [], state: 's1', codeChallenge: 'c1' })).toThrow(RangeError);
  });

  test('the code comes back with our state, or not at all', () => {
    const { oauth } = oauthOf(() => json({}));
    expect(oauth.readCallback(new URLSearchParams({ code: 'c', state: 's1' }), 's1')).toBe('c');
    const refusal = (parameters: Record<string, string>): unknown => {
      try {
        return oauth.readCallback(new URLSearchParams(parameters), 's1');
      } catch (error) {
        return error;
      }
    };
    expect(refusal({ code: 'c', state: 'other' })).toMatchObject({ code: 'state_mismatch' });
    expect(refusal({ code: 'c' })).toMatchObject({ code: 'state_mismatch' });
    expect(refusal({ error: 'access_denied', state: 's1' })).toMatchObject({ code: 'access_denied' });
    expect(refusal({ state: 's1' })).toMatchObject({ code: 'code_missing' });
    expect(refusal({ state: 's1' })).toBeInstanceOf(Rejected);
  });

  test('PKCE is S256; state and verifier are never the same twice', async () => {
    const { codeVerifier, codeChallenge } = await pkce();
    expect(codeVerifier).toMatch(/^[\w-]{43,128}$/);
    expect(codeChallenge).toBe(createHash('sha256').update(codeVerifier).digest('base64url'));
    expect((await pkce()).codeVerifier).not.toBe(codeVerifier);
    expect(randomState()).not.toBe(randomState());
  });
});

describe('tokens', () => {
  test('a code for a pair: urlencoded, with secret and verifier, without redirect_uri', async () => {
    const { oauth, sent, clock } = oauthOf(() => json(pair));
    expect(await oauth.exchangeCode({ code: 'c1', codeVerifier: 'v1' })).toStrictEqual({
      accessToken,
      refreshToken: 'def50200c0ffee',
      expiresAt: clock.now() + 3_600_000,
      accountId: '900001',
      scopes: ['employee:register_read', 'employee:reports'],
      userId: '12345',
    });
    expect(sent[0]).toMatchObject({ url: 'https://cloud.pos.test/auth/oauth/token', method: 'POST' });
    expect(sent[0]?.type).toMatch(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(sent[0]?.body ?? [])).toStrictEqual({
      grant_type: 'authorization_code',
      code: 'c1',
      code_verifier: 'v1',
      client_id: 'client-1',
      client_secret: 'hush-hush',
    });
  });

  test('a refresh rotates: one request, no scope', async () => {
    const { oauth, sent } = oauthOf(() => json({ ...pair, refresh_token: 'def50200new' }));
    expect(await oauth.refresh('def50200old')).toMatchObject({ refreshToken: 'def50200new' });
    expect(sent).toHaveLength(1);
    expect(Object.fromEntries(sent[0]?.body ?? [])).toStrictEqual({
      grant_type: 'refresh_token',
      refresh_token: 'def50200old',
      client_id: 'client-1',
      client_secret: 'hush-hush',
    });
  });

  test('a public client sends no secret', async () => {
    const { oauth, sent } = oauthOf(() => json(pair), { clientSecret: null });
    await oauth.refresh('old');
    expect(sent[0]?.body.has('client_secret')).toBe(false);
  });

  test('the old server: opaque token, lower-case bearer, no new refresh token, scope in the answer', async () => {
    const { oauth } = oauthOf(() =>
      json({ access_token: 'a'.repeat(40), expires_in: 1800, token_type: 'bearer', scope: 'employee:all systemuserid:12345' }),
    );
    expect(await oauth.refresh('keeps')).toMatchObject({
      refreshToken: 'keeps',
      accountId: null,
      scopes: ['employee:all', 'systemuserid:12345'],
    });
  });

  test('expires_in may be text or left to the token', async () => {
    const text = oauthOf(() => json({ ...pair, expires_in: '1800' }));
    expect(await text.oauth.refresh('r')).toMatchObject({ expiresAt: text.clock.now() + 1_800_000 });
    const { expires_in: _expiresIn, ...bare } = pair;
    expect(await oauthOf(() => json(bare)).oauth.refresh('r')).toMatchObject({ expiresAt: 1_790_000_000_250 });
  });

  test('plain HTTP works for an emulator on the desk', async () => {
    expect(await oauthOf(() => json(pair), { authUrl: 'http://127.0.0.1:4010' }).oauth.refresh('r')).toMatchObject({
      accountId: '900001',
    });
  });

  test('revocation names the refresh token', async () => {
    const { oauth, sent } = oauthOf(() => new Response(null, { status: 200 }));
    await oauth.revoke('def50200old');
    expect(sent[0]?.url).toBe('https://cloud.pos.test/auth/oauth/revoke');
    expect(Object.fromEntries(sent[0]?.body ?? [])).toStrictEqual({
      client_id: 'client-1',
      refresh_token: 'def50200old',
      client_secret: 'hush-hush',
    });
    const refusing = oauthOf(() => json({ error: 'invalid_client' }, 401));
    await expect(refusing.oauth.revoke('r')).rejects.toBeInstanceOf(Unauthorized);
  });

  test('claims of anything that is no JWT are nothing', () => {
    for (const token of ['', 'abc', 'a.b.c', 'a.bnVsbA.c', `a.${Buffer.from('[]').toString('base64url')}.c`])
      expect(readAccessTokenClaims(token)).toStrictEqual({ accountId: null, userId: null, scopes: [], expiresAt: null });
  });
});

describe('refusals by consequence', () => {
  const refusal = async (answer: () => Response | Promise<Response>): Promise<unknown> =>
    await oauthOf(answer)
      .oauth.refresh('def50200secret')
      .catch((error: unknown) => error);

  test.each([
    [400, 'invalid_grant', Unauthorized],
    [401, 'invalid_client', Unauthorized],
    [401, 'access_denied', Unauthorized],
    [400, 'invalid_request', Rejected],
    [400, 'invalid_scope', Rejected],
  ])('%i %s', async (status, error, kind) => {
    const thrown = await refusal(() =>
      json({ error, error_description: 'The refresh token def50200secret is invalid for hush-hush.', hint: 'x' }, status, {
        'www-authenticate': 'Basic realm="OAuth"',
        'content-type': 'text/html; charset=UTF-8',
      }),
    );
    expect(thrown).toBeInstanceOf(kind);
    expect(thrown).toMatchObject({ code: error, status });
    expect(String(thrown)).not.toMatch(/def50200secret|hush-hush/);
  });

  test('429 with Retry-After, 503, HTML, no answer', async () => {
    const { oauth, clock } = oauthOf(() => json({ error: 'slow' }, 429, { 'retry-after': '12' }));
    const limited = await oauth.refresh('r').catch((error: unknown) => error);
    expect(limited).toBeInstanceOf(RateLimited);
    expect(limited).toMatchObject({ retryAt: clock.now() + 12_000 });
    expect(await refusal(() => new Response('<html>', { status: 503 }))).toBeInstanceOf(Unavailable);
    expect(await refusal(() => new Response('<html>', { status: 403 }))).toBeInstanceOf(Rejected);
    const unreachable = await refusal(async () => await Promise.reject(new TypeError('fetch failed')));
    expect(unreachable).toBeInstanceOf(Unavailable);
    expect(unreachable).toMatchObject({ code: 'network' });
  });

  test('an answer of another shape shows nothing of it', async () => {
    for (const body of [{ ...pair, access_token: 5 }, { ...pair, token_type: 'mac' }, [pair], 'text']) {
      const error = await refusal(() => json(body));
      expect(error).toBeInstanceOf(ShapeChanged);
      expect(JSON.stringify([error, String(error), String((error as Error).cause)])).not.toContain('c0ffee');
    }
    const { expires_in: _expiresIn, ...bare } = pair;
    expect(await refusal(() => json({ ...bare, access_token: 'opaque' }))).toMatchObject({ path: 'expires_in' });
    const { refresh_token: _refreshToken, ...unrotated } = pair;
    await expect(oauthOf(() => json(unrotated)).oauth.exchangeCode({ code: 'c', codeVerifier: 'v' })).rejects.toMatchObject({
      path: 'refresh_token',
    });
  });
});

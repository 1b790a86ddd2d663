import { describe, expect, test } from 'vitest';
import { RateLimited, Rejected, ShapeChanged, Unauthorized, Unavailable } from '../errors.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { createXSeriesOAuth } from './oauth.ts';
import type { XSeriesOAuth } from './oauth.ts';

const PAIR = {
  access_token: 'AT_synthetic',
  token_type: 'Bearer',
  expires: 1_790_000_000,
  expires_in: 86_400,
  refresh_token: 'RT_synthetic_2',
  domain_prefix: 'demostore',
  scope: 'sales:read customers:read',
};

function oauthOf(answer: () => Response): {
  oauth: XSeriesOAuth;
  clock: VirtualClock;
  sent: { url: string; body: URLSearchParams; type: string }[];
} {
  const clock = new VirtualClock();
  const sent: { url: string; body: URLSearchParams; type: string }[] = [];
  const oauth = createXSeriesOAuth({
    clientId: 'CID',
    clientSecret: 'SECRET_synthetic',
    redirectUri: 'https://app.example/cb',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      sent.push({
        url: request.url,
        body: new URLSearchParams(await request.text()),
        type: request.headers.get('content-type') ?? '',
      });
      return answer();
    },
    clock,
  });
  return { oauth, clock, sent };
}

const REFRESH = { refreshToken: 'RT_synthetic_1', domainPrefix: 'demostore' };

test('consent on the shared host with state and scopes, never without', () => {
  const { oauth } = oauthOf(() => Response.json(PAIR));
  const url = oauth.authorizationUrl({ scopes: ['sales:read', 'outlets:read'], state: '9f3c1a77be02' });
  expect(url.href).toBe(
    'https://secure.retail.lightspeed.app/connect?response_type=code&client_id=CID&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&state=9f3c1a77be02&scope=sales%3Aread+outlets%3Aread',
  );
  expect(() => oauth.authorizationUrl({ scopes: [], state: '9f3c1a77be02' })).toThrow(RangeError);
  expect(() => oauth.authorizationUrl({ scopes: ['sales:read'], state: 'short' })).toThrow(RangeError);
});

test('the code goes to the store’s own host, in the body and nowhere else', async () => {
  const { oauth, clock, sent } = oauthOf(() => Response.json(PAIR));
  const pair = await oauth.exchangeCode({ code: 'C0DE', domainPrefix: 'demostore' });
  expect(sent[0]?.url).toBe('https://demostore.retail.lightspeed.app/api/1.0/token');
  expect(sent[0]?.type).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(sent[0]?.body ?? [])).toStrictEqual({
    grant_type: 'authorization_code',
    code: 'C0DE',
    redirect_uri: 'https://app.example/cb',
    client_id: 'CID',
    client_secret: 'SECRET_synthetic',
  });
  expect(pair).toStrictEqual({
    accessToken: 'AT_synthetic',
    refreshToken: 'RT_synthetic_2',
    expiresAt: clock.now() + 86_400_000,
    accountId: null,
    scopes: ['sales:read', 'customers:read'],
    userId: null,
    domainPrefix: 'demostore',
  });
});

test('a refresh brings a new pair; `expires` is good enough', async () => {
  const { oauth, sent } = oauthOf(() =>
    Response.json({ ...PAIR, expires_in: undefined, scope: undefined, domain_prefix: undefined }),
  );
  const pair = await oauth.refresh(REFRESH);
  expect(pair).toMatchObject({ refreshToken: 'RT_synthetic_2', expiresAt: 1_790_000_000_000, scopes: [] });
  expect(sent[0]?.body.get('refresh_token')).toBe('RT_synthetic_1');
});

describe('what the browser brings back', () => {
  const { oauth } = oauthOf(() => Response.json(PAIR));
  const back = (query: string): { code: string; domainPrefix: string } =>
    oauth.readCallback(new URLSearchParams(query), '9f3c1a77be02');

  test('code and store', () => {
    expect(back('code=C0DE&domain_prefix=demostore&state=9f3c1a77be02&scope=sales:read')).toStrictEqual({
      code: 'C0DE',
      domainPrefix: 'demostore',
    });
  });

  test.each([
    ['error=access_denied', 'access_denied'],
    ['error=access_denied&state=9f3c1a77be02', 'access_denied'],
    ['error=server_error', 'rejected'],
    ['error=access_denied&state=other', 'state_mismatch'],
    ['code=C0DE&domain_prefix=demostore', 'state_mismatch'],
    ['code=C0DE&domain_prefix=demostore&state=0f3c1a77be02', 'state_mismatch'],
    ['domain_prefix=demostore&state=9f3c1a77be02', 'code_missing'],
    ['code=C0DE&state=9f3c1a77be02', 'bad_domain_prefix'],
    ['code=C0DE&domain_prefix=evil.example/&state=9f3c1a77be02', 'bad_domain_prefix'],
    ['code=C0DE&domain_prefix=demostore.retail.lightspeed.app&state=9f3c1a77be02', 'bad_domain_prefix'],
    ['code=C0DE&domain_prefix=secure&state=9f3c1a77be02', 'bad_domain_prefix'],
  ])('%s', (query, code) => {
    expect(() => back(query)).toThrow(expect.objectContaining({ name: 'Rejected', code }));
  });

  test('our secret goes to no host that is not a store’s', async () => {
    const { oauth: other, sent } = oauthOf(() => Response.json(PAIR));
    await expect(other.refresh({ ...REFRESH, domainPrefix: 'evil.example/x?' })).rejects.toBeInstanceOf(RangeError);
    expect(sent).toHaveLength(0);
  });
});

describe('failures', () => {
  test.each([
    [
      Response.json({ error: 'invalid_grant', error_description: 'spent RT_synthetic_1' }, { status: 400 }),
      Unauthorized,
      'invalid_grant',
    ],
    [Response.json({ error: 'invalid_client' }, { status: 401 }), Unauthorized, 'invalid_client'],
    [new Response('<html>', { status: 403 }), Unauthorized, 'invalid_grant'],
    [new Response(null, { status: 302 }), Rejected, 'redirected'],
    [new Response('<html>', { status: 502 }), Unavailable, 'server_error'],
    [new Response('<html>', { status: 200 }), ShapeChanged, 'shape_changed'],
    [Response.json({ ...PAIR, refresh_token: undefined }), ShapeChanged, 'shape_changed'],
    [Response.json({ ...PAIR, expires: undefined, expires_in: undefined }), ShapeChanged, 'shape_changed'],
    [Response.json({ ...PAIR, domain_prefix: 'otherstore' }), Rejected, 'other_account'],
  ])('%o', async (answer, kind, code) => {
    const { oauth } = oauthOf(() => answer.clone());
    const error: unknown = await oauth.refresh(REFRESH).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ code });
    expect(String(error)).not.toMatch(/RT_synthetic|SECRET/);
  });

  test('429: come back when it says, by date or by reset', async () => {
    const dated = oauthOf(() =>
      Response.json(
        {},
        { status: 429, headers: { 'retry-after': 'Tue, 24 Nov 2026 03:05:00 GMT', date: 'Tue, 24 Nov 2026 03:04:30 GMT' } },
      ),
    );
    await expect(dated.oauth.refresh(REFRESH)).rejects.toMatchObject({
      name: 'RateLimited',
      retryAt: dated.clock.now() + 30_000,
    });
    const reset = oauthOf(() =>
      Response.json(
        {},
        { status: 429, headers: { 'x-ratelimit-reset': '1795489440', date: new Date(1_795_489_400_000).toUTCString() } },
      ),
    );
    await expect(reset.oauth.refresh(REFRESH)).rejects.toMatchObject({ retryAt: reset.clock.now() + 40_000 });
    const silent = oauthOf(() => Response.json({}, { status: 429 }));
    await expect(silent.oauth.refresh(REFRESH)).rejects.toBeInstanceOf(RateLimited);
  });

  test('no answer', async () => {
    const { oauth } = oauthOf(() => {
      throw new TypeError('cut');
    });
    await expect(oauth.refresh(REFRESH)).rejects.toMatchObject({ name: 'Unavailable', code: 'network' });
  });
});

import { getMigrations } from 'better-auth/db/migration';
import { describe, expect, test } from 'vitest';
import { testServices } from '../../../../test/services.ts';
import { authOf } from '../modules/organizations/auth.ts';
import { setupToken } from '../modules/organizations/create-owner.ts';
import { createApp } from './app.ts';
import { newMember, newOwner, ORIGIN, signIn } from './testing/people.ts';
import { totp } from './testing/totp.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };

describe('the first owner', () => {
  const setup = { email: 'Ann@Example.test', name: 'Ann', password: 'a long enough word', organizationName: 'Ann & Co' };

  test('is made once, with the printed token only', async () => {
    const services = await testServices();
    const app = createApp(services);
    const post = async (token: string) =>
      app.request('/api/v1/setup', { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify({ ...setup, token }) });
    expect(await (await app.request('/api/v1/setup')).json()).toEqual({ needed: true });
    const guessed = await post('guessed');
    expect(guessed.status).toBe(403);
    expect((await post(setupToken(services))).status).toBe(201);
    expect(await (await app.request('/api/v1/setup')).json()).toEqual({ needed: false });
    const again = await post(setupToken(services));
    expect([again.status, await again.json()]).toMatchObject([409, { code: 'conflict' }]);
    const cookie = await signIn(app, 'ann@example.test', setup.password);
    const me = await app.request('/api/v1/me', { headers: { cookie } });
    expect(await me.json()).toMatchObject({
      user: { email: 'ann@example.test' },
      organization: { name: 'Ann & Co', currency: 'EUR' },
      role: 'owner',
    });
  });

  test('of two at the same moment only one is made', async () => {
    const services = await testServices();
    const app = createApp(services);
    const answers = await Promise.all(
      ['one@example.test', 'two@example.test'].map(async (email) =>
        app.request('/api/v1/setup', {
          method: 'POST',
          headers: JSON_HEADERS,
          body: JSON.stringify({ ...setup, email, token: setupToken(services) }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  test('guessing the token is slowed down', async () => {
    const services = await testServices();
    const app = createApp(services);
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const answer = await app.request('/api/v1/setup', {
        method: 'POST',
        headers: JSON_HEADERS,
        body: JSON.stringify({ ...setup, token: `guess ${attempt}` }),
      });
      statuses.add(answer.status);
    }
    expect([...statuses]).toEqual([403, 429]);
  });
});

describe('signing in', async () => {
  const services = await testServices();
  const app = createApp(services);
  const owner = await newOwner(services, app, 'First');

  test('nobody signs up by themselves', async () => {
    const answer = await app.request('/api/auth/sign-up/email', {
      method: 'POST',
      headers: { ...JSON_HEADERS, origin: ORIGIN },
      body: JSON.stringify({ email: 'new@example.test', name: 'New', password: 'a long enough word' }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await services.db.selectFrom('auth.user').select('id').where('email', '=', 'new@example.test').execute()).toEqual([]);
  });

  test('the cookie is for the server only and stays on our site', async () => {
    const answer = await app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { ...JSON_HEADERS, origin: ORIGIN },
      body: JSON.stringify({ email: owner.email, password: owner.password }),
    });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Lax/u);
  });

  test('a tampered cookie is nobody', async () => {
    const answer = await app.request('/api/v1/me', { headers: { cookie: owner.cookie.replace(/=.{4}/u, '=AAAA') } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test('an account is guarded whatever address the guesses come from', async () => {
    const guarded = await newMember(services, app, owner.organizationId, 'viewer');
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 25; attempt += 1) {
      const answer = await app.request('/api/auth/sign-in/email', {
        method: 'POST',
        headers: { ...JSON_HEADERS, origin: ORIGIN, 'x-forwarded-for': `198.51.100.${attempt}` },
        body: JSON.stringify({ email: guarded.email, password: 'wrong wrong wrong' }),
      });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(-4)).toEqual([429, 429, 429, 429]);
  });

  test('one address cannot try many accounts', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 14; attempt += 1) {
      const answer = await app.request('/api/auth/sign-in/email', {
        method: 'POST',
        headers: {
          ...JSON_HEADERS,
          origin: ORIGIN,
          'x-forwarded-for': '203.0.113.9',
          'x-tillweave-client-ip': `10.0.0.${attempt}`,
        },
        body: JSON.stringify({ email: `nobody${attempt}@example.test`, password: 'wrong wrong wrong' }),
      });
      statuses.push(answer.status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test('people act in one of their own organizations at a time', async () => {
    const other = await newOwner(services, app, 'Second');
    expect((await owner.call('POST', '/organization/active', { organizationId: other.organizationId })).status).toBe(404);
    await services.db
      .insertInto('auth.member')
      .values({ organizationId: other.organizationId, userId: owner.userId, role: 'viewer', createdAt: new Date() })
      .execute();
    expect((await owner.call('POST', '/organization/active', { organizationId: other.organizationId })).status).toBe(204);
    const me: unknown = await (await owner.call('GET', '/me')).json();
    expect(me).toMatchObject({
      organization: { name: 'Second' },
      role: 'viewer',
      organizations: [{ name: 'First' }, { name: 'Second' }],
    });
    expect((await owner.call('POST', '/organization/active', { organizationId: owner.organizationId })).status).toBe(204);
  });
});

describe('requests from other sites', async () => {
  const services = await testServices();
  const app = createApp(services);
  const owner = await newOwner(services, app);
  const body = { name: 'x', permissions: ['turnover:read'] };
  const tokens = async (): Promise<number> =>
    ((await (await owner.call('GET', '/access-tokens')).json()) as { items: unknown[] }).items.length;

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['the opaque origin', { origin: 'null' }],
    ['our name as a prefix', { origin: 'http://localhost.evil.example' }],
    ['our host on another port', { origin: 'http://localhost:9999' }],
    ['our host without its encryption', { origin: 'http://localhost', 'x-forwarded-proto': 'https' }],
  ])('change nothing: %s', async (_name, headers) => {
    const before = await tokens();
    const answer = await owner.call('POST', '/access-tokens', body, headers);
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'forbidden' }]);
    expect(await tokens()).toBe(before);
  });

  test('change nothing without an origin, when they carry a cookie', async () => {
    const answer = await app.request('/api/v1/access-tokens', {
      method: 'POST',
      headers: { ...JSON_HEADERS, cookie: owner.cookie },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(403);
  });

  test('cannot sign anybody out', async () => {
    const answer = await owner.call('POST', '/api/auth/sign-out', {}, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect((await owner.call('GET', '/me')).status).toBe(200);
  });

  test('a form cannot pose as JSON', async () => {
    const answer = await app.request('/api/v1/access-tokens', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', cookie: owner.cookie, origin: ORIGIN },
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid_request' }]);
  });
});

describe('access tokens', async () => {
  const services = await testServices();
  const app = createApp(services);
  const owner = await newOwner(services, app);
  const withToken = async (token: string, path: string, body?: object) =>
    app.request(`/api/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...JSON_HEADERS, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const create = async (body: object): Promise<{ id: string; token: string }> => {
    const answer = await owner.call('POST', '/access-tokens', body);
    expect(answer.status).toBe(201);
    return (await answer.json()) as { id: string; token: string };
  };

  test('are shown once, kept as a hash, and open what they are for only', async () => {
    const { id, token } = await create({ name: 'Planner', permissions: ['stores:read'] });
    expect((await withToken(token, '/stores')).status).toBe(200);
    expect((await withToken(token, '/connections')).status).toBe(403);
    const list = await (await owner.call('GET', '/access-tokens')).text();
    expect(list).toContain(id);
    expect(list).not.toContain(token);
    const { rows } = await services.pool.query<{ row: string }>('select access_token::text as row from access_token');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token.slice(-20));
  });

  test('need no origin, and an access token is never taken from a cookie request of another site', async () => {
    const { token } = await create({ name: 'Writer', permissions: ['connections:write', 'connections:read'] });
    const made = await withToken(token, '/connections', {
      provider: 'lightspeed-r',
      name: 'By token',
      oauthClient: { clientId: 'c', clientSecret: 's' },
    });
    expect(made.status).toBe(201);
  });

  test('end when revoked, when they expire, and when their maker leaves', async () => {
    const revoked = await create({ name: 'Revoked', permissions: ['stores:read'] });
    expect((await owner.call('DELETE', `/access-tokens/${revoked.id}`)).status).toBe(204);
    expect((await withToken(revoked.token, '/stores')).status).toBe(401);
    const expired = await create({ name: 'Expired', permissions: ['stores:read'], expiresAt: '2020-01-01T00:00:00Z' });
    expect((await withToken(expired.token, '/stores')).status).toBe(401);

    const admin = await newMember(services, app, owner.organizationId, 'admin');
    const answer = await admin.call('POST', '/access-tokens', { name: 'Theirs', permissions: ['stores:read', 'tokens:read'] });
    const theirs = (await answer.json()) as { token: string };
    expect((await withToken(theirs.token, '/access-tokens')).status).toBe(200);
    const member = () => services.db.updateTable('auth.member').where('userId', '=', admin.userId);
    await member().set({ role: 'viewer' }).execute();
    expect((await withToken(theirs.token, '/stores')).status).toBe(200);
    expect((await withToken(theirs.token, '/access-tokens')).status).toBe(403);
    await services.db.deleteFrom('auth.member').where('userId', '=', admin.userId).execute();
    expect((await withToken(theirs.token, '/stores')).status).toBe(401);
  });

  test('never may more than their maker', async () => {
    const answer = await owner.call('POST', '/access-tokens', { name: 'x', permissions: ['everything:write'] });
    expect(answer.status).toBe(400);
    const { token } = await create({ name: 'Maker', permissions: ['tokens:write'] });
    const child = await withToken(token, '/access-tokens', { name: 'Child', permissions: ['tokens:write'] });
    expect(child.status).toBe(403);
  });

  test.each(['', 'tw_', 'Bearer', 'tw_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '‮tw_'])(
    'made up (%j) are nobody',
    async (token) => {
      const headers = new Headers();
      headers.set('authorization', `Bearer ${encodeURIComponent(token)}`);
      expect((await app.request('/api/v1/me', { headers })).status).toBe(401);
    },
  );
});

describe('idempotency keys', async () => {
  const services = await testServices();
  const app = createApp(services);
  const owner = await newOwner(services, app);
  const body = { name: 'Once', permissions: ['stores:read'] };
  const send = async (content: object, key: string) => owner.call('POST', '/access-tokens', content, { 'idempotency-key': key });

  test('give the first answer again and make nothing twice', async () => {
    const [one, two] = [await send(body, 'key-1'), await send(body, 'key-1')];
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(await two.json()).toEqual(await one.json());
    expect(two.headers.get('idempotency-replayed')).toBe('true');
    const list = (await (await owner.call('GET', '/access-tokens')).json()) as { items: unknown[] };
    expect(list.items).toHaveLength(1);
  });

  test('refuse another request under the same key', async () => {
    const answer = await send({ ...body, name: 'Other' }, 'key-1');
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'idempotency_mismatch' }]);
    const elsewhere = await owner.call('POST', '/access-tokens?other=1', body, { 'idempotency-key': 'key-1' });
    expect([elsewhere.status, await elsewhere.json()]).toMatchObject([422, { code: 'idempotency_mismatch' }]);
  });

  test('belong to one caller, and keep no secret in the clear', async () => {
    const other = await newOwner(services, app);
    const theirs = await other.call('POST', '/access-tokens', body, { 'idempotency-key': 'key-1' });
    expect(theirs.status).toBe(201);
    expect(theirs.headers.get('idempotency-replayed')).toBeNull();
    const { token } = (await theirs.json()) as { token: string };
    const { rows } = await services.pool.query<{ row: string }>('select k::text as row from idempotency_key k');
    expect(rows.length).toBeGreaterThan(1);
    for (const { row } of rows) expect(row).not.toContain(token);
  });
});

describe('every answer', async () => {
  const services = await testServices();
  const app = createApp(services);

  test.each(['/api/v1/me', '/api/v1/setup', '/api/nothing', '/healthz'])('%s carries the security headers', async (path) => {
    const { headers } = await app.request(path);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/u);
    expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/u);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/u);
  });

  test('a body beyond the limit is refused', async () => {
    const answer = await app.request('/api/v1/setup', {
      method: 'POST',
      headers: { ...JSON_HEADERS, 'content-length': '2000000' },
      body: JSON.stringify({ name: 'x'.repeat(1_999_000) }),
    });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'payload_too_large' }]);
  });

  test('a wrong method and a wrong address say so', async () => {
    const method = await app.request('/api/v1/setup', { method: 'DELETE' });
    expect([method.status, await method.json()]).toMatchObject([405, { code: 'method_not_allowed' }]);
    const address = await app.request('/api/v1/nothing');
    expect([address.status, await address.json()]).toMatchObject([404, { code: 'not_found' }]);
  });

  test('the API describes itself, and its page needs nothing from elsewhere', async () => {
    const document = (await (await app.request('/api/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/connections/{id}/authorize');
    for (const path of ['/api/docs', '/api/docs/page.js', '/api/docs/page.css']) {
      const answer = await app.request(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/https?:\/\//u);
    }
  });

  test('metrics are for this machine and for tokens that may read them', async () => {
    expect((await app.request('/metrics')).status).toBe(401);
    const owner = await newOwner(services, app);
    const answer = await owner.call('POST', '/access-tokens', { name: 'Prometheus', permissions: ['metrics:read'] });
    const { token } = (await answer.json()) as { token: string };
    const metrics = await app.request('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect([metrics.status, await metrics.text()]).toEqual([200, expect.stringContaining('tillweave_up 1')]);
  });
});

describe('the sign-in library', async () => {
  const services = await testServices();
  const app = createApp(services);

  test('finds every table and column it needs in our migrations', async () => {
    const { toBeAdded, toBeCreated } = await getMigrations(authOf(services).options);
    expect([toBeCreated.map(({ table }) => table), toBeAdded.map(({ table, fields }) => [table, Object.keys(fields)])]).toEqual([
      [],
      [],
    ]);
  });

  test('asks for the second factor once it is set up', async () => {
    const owner = await newOwner(services, app);
    const enabled = await owner.call('POST', '/api/auth/two-factor/enable', { password: owner.password });
    expect(enabled.status).toBe(200);
    const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
    const verified = await owner.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(totpURI) });
    expect(verified.status).toBe(200);
    const again = await app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { ...JSON_HEADERS, origin: ORIGIN, 'x-forwarded-for': '198.51.100.77' },
      body: JSON.stringify({ email: owner.email, password: owner.password }),
    });
    expect(await again.json()).toMatchObject({ twoFactorRedirect: true });
    const half = again.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    expect((await app.request('/api/v1/me', { headers: { cookie: half } })).status).toBe(401);
    const second = await app.request('/api/auth/two-factor/verify-totp', {
      method: 'POST',
      headers: { ...JSON_HEADERS, origin: ORIGIN, cookie: half },
      body: JSON.stringify({ code: totp(totpURI) }),
    });
    expect(second.status).toBe(200);
    const cookie = second.headers
      .getSetCookie()
      .map((value) => value.split(';')[0])
      .join('; ');
    expect((await app.request('/api/v1/me', { headers: { cookie } })).status).toBe(200);
    // Whoever has lost the device has the codes: each opens once.
    const [backupCode] = backupCodes;
    const withCode = async (): Promise<number> =>
      (
        await app.request('/api/auth/two-factor/verify-backup-code', {
          method: 'POST',
          headers: { ...JSON_HEADERS, origin: ORIGIN, cookie: await halfSignedIn(owner) },
          body: JSON.stringify({ code: backupCode }),
        })
      ).status;
    expect(await withCode()).toBe(200);
    expect(await withCode()).toBe(401);
  });

  /** The cookies after the password and before the second factor. */
  async function halfSignedIn({ email, password }: { email: string; password: string }): Promise<string> {
    const answer = await app.request('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { ...JSON_HEADERS, origin: ORIGIN, 'x-forwarded-for': '198.51.100.78' },
      body: JSON.stringify({ email, password }),
    });
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
});

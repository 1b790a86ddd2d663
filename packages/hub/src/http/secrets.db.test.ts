import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openCredential } from '../modules/connections/credential.ts';
import { openPosClient } from '../modules/connections/pos-client.ts';
import { passwordResetLink } from '../modules/organizations/account-links.ts';
import { setupToken } from '../modules/organizations/create-owner.ts';
import { createLogger } from '../platform/logging.ts';
import { createApp } from './app.ts';
import { routes } from './routes.ts';
import { consent } from './testing/consent.ts';
import { newOwner } from './testing/people.ts';
import { till } from './testing/till.ts';

const CLIENT_SECRET = 'planted-client-secret-4711';
const SMTP_PASSWORD = 'planted-smtp-password-4711';

test('planted secrets are in no answer, no log line and no table (T/C: sealed, shown once)', async () => {
  const { emulator, services: plain } = await till({}, { config: { smtpUrl: `smtp://hub:${SMTP_PASSWORD}@mail.test` } });
  emulator.control.addClient({ clientId: 'planted-client', clientSecret: CLIENT_SECRET, name: 'Planted' });
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  let broken = false;
  const services = {
    ...plain,
    log: createLogger({ logLevel: 'trace' }, sink),
    fetch: async (request: Request | string | URL, init?: RequestInit) => {
      const answer = await plain.fetch(request, init);
      // What fails may carry the request with its headers and body: the hardest case for a log.
      if (broken)
        throw Object.assign(
          new TypeError(`cut: ${JSON.stringify(init?.headers ?? {})} ${typeof init?.body === 'string' ? init.body : ''}`),
          {
            request,
            init,
          },
        );
      return answer;
    },
  };
  const app = createApp(services);
  const owner = await newOwner(services, app);
  const answers: string[] = [];
  const call: typeof owner.call = async (...parameters) => {
    const answer = await owner.call(...parameters);
    answers.push(JSON.stringify([...answer.headers]) + (await answer.clone().text()));
    return answer;
  };

  const made = await call('POST', '/connections', {
    provider: 'lightspeed-r',
    name: 'Till',
    oauthClient: { clientId: 'planted-client', clientSecret: CLIENT_SECRET },
  });
  const { id } = (await made.json()) as { id: string };
  const begun = await owner.call('POST', `/connections/${id}/authorize`);
  const { url } = (await begun.json()) as { url: string };
  const back = await consent(emulator.fetch, url);
  await call('GET', back.pathname + back.search);
  const ref = { organizationId: owner.organizationId, connectionId: id };
  const first = await credential();
  expect(first.refreshToken).not.toBeNull();

  await call('POST', `/connections/${id}/test`);
  await call('POST', '/connections', {
    provider: 'lightspeed-r',
    name: 'Till',
    oauthClient: { clientId: 'x', clientSecret: CLIENT_SECRET },
  });
  await call('POST', '/connections', {
    provider: 'lightspeed-r',
    oauthClient: { clientId: [CLIENT_SECRET], clientSecret: CLIENT_SECRET },
  });
  const { domainPrefix, personalToken } = emulator.credentials.xSeries ?? { domainPrefix: '', personalToken: '' };
  const newStore = { provider: 'lightspeed-x', name: 'Store', domainPrefix, token: personalToken };
  const store = (await (await call('POST', '/connections', newStore)).json()) as { id: string };
  await call('POST', '/connections', { ...newStore, name: 'Again' });
  await call('POST', '/connections', { ...newStore, domainPrefix: [personalToken] });
  const key = { provider: 'lightspeed-r', apiType: 'key', apiKey: emulator.credentials.rSeries.apiKey };
  await call('POST', '/connections', { ...key, name: 'In use' });
  await call('POST', '/connections', { ...key, apiType: 'v4', name: 'No such type' });
  await call('PUT', `/connections/${store.id}/credential`, key);
  const ownClient = { name: 'Own', provider: 'lightspeed-r', clientId: 'planted-client', clientSecret: `${CLIENT_SECRET}-own` };
  await call('POST', '/oauth-clients', ownClient);
  await call('POST', '/oauth-clients', ownClient);
  const sent = await owner.call('POST', `/connections/${id}/invite-authorization`, { email: 'till@example.test' });
  const sentLink = ((await sent.json()) as { link: string }).link.split('/').at(-1) ?? '';
  await app.request(`/api/v1/authorizations/${sentLink}`);
  await app.request(`/api/v1/authorizations/${sentLink}/begin`, { method: 'POST', headers: { origin: 'http://localhost' } });
  for (const { method, path } of routes) {
    if (method === 'get') await call('GET', path.replace('{id}', id).replaceAll(/\{\w+\}/gu, 'x'));
  }
  await app.request(`/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: setupToken(services), email: 'a@example.test', password: owner.password }),
  });
  emulator.control.clock.advance(3_600_000);
  broken = true;
  await call('POST', `/connections/${id}/test`);
  await openPosClient(services, { organizationId: owner.organizationId, connectionId: store.id }, { patienceMs: 0 })
    .then(async ({ client }) => client.shops())
    .catch((error: unknown) => services.log.error({ err: error }, 'planted'));
  await openPosClient(services, ref)
    .then(async ({ client }) => client.shops())
    .catch((error: unknown) => services.log.error({ err: error }, 'planted'));
  broken = false;
  await call('POST', `/connections/${id}/test`);
  const second = await credential();
  expect(second.refreshToken).not.toBe(first.refreshToken);

  const token = await owner.call(
    'POST',
    '/access-tokens',
    { name: 'Once', permissions: ['stores:read'] },
    { 'idempotency-key': 'k' },
  );
  const ours = ((await token.json()) as { token: string }).token;
  await call('GET', '/access-tokens');
  await app.request('/api/v1/stores', { headers: { authorization: `Bearer ${ours}` } });

  const invited = await owner.call('POST', '/invitations', { email: 'new@example.test', role: 'viewer' });
  const invitation = ((await invited.json()) as { link: string }).link.split('#')[1] ?? '';
  await call('GET', '/invitations');
  await call('POST', '/invitations/accept', { token: `${invitation}x`, name: 'New', password: owner.password });
  await call('POST', '/password-resets', { email: owner.email });
  const reset = (await passwordResetLink(services, owner.email))?.split('#')[1] ?? '';
  await call('POST', '/password-resets/confirm', { token: `${reset}x`, password: owner.password });
  const factor = await owner.call('POST', '/api/auth/two-factor/enable', { password: owner.password });
  const { totpURI, backupCodes } = (await factor.json()) as { totpURI: string; backupCodes: string[] };
  for (const path of ['/me', '/sessions', '/audit?limit=200', '/support/bundle']) await call('GET', path);

  const cookie = decodeURIComponent(owner.cookie.split('=')[1] ?? '');
  const parameters = new URL(url).searchParams;
  const secrets = {
    clientSecret: CLIENT_SECRET,
    personalToken,
    apiKey: key.apiKey,
    sentLink,
    state: parameters.get('state') ?? '',
    code: back.searchParams.get('code') ?? '',
    firstAccess: first.accessToken ?? '',
    firstRefresh: first.refreshToken ?? '',
    secondAccess: second.accessToken ?? '',
    secondRefresh: second.refreshToken ?? '',
    ours,
    password: owner.password,
    signedCookie: cookie,
    secretKey: services.config.secretKey ?? '',
    setupToken: setupToken(services),
    smtpPassword: SMTP_PASSWORD,
    invitation,
    reset,
    secondFactor: new URL(totpURI).searchParams.get('secret') ?? '',
    backupCode: backupCodes[0] ?? '',
  };
  const places = { answers: answers.join('\n'), log: logged.join('\n'), database: await dump() };
  expect(places.log).toContain('[redacted]');
  expect(places.database).toContain('"lightspeed-r"');
  expect(places.database).toContain('"lightspeed-x"');
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(10);
    for (const [place, text] of Object.entries(places)) {
      expect(text.includes(secret), `${name} in ${place}`).toBe(false);
      // Nor cut short: a JWT without its signature is still told.
      expect(text.includes(secret.slice(0, 60)), `the beginning of ${name} in ${place}`).toBe(false);
    }
  }

  async function credential() {
    const { rows } = await services.pool.query<{ sealed: string }>('select sealed from credential where connection_id = $1', [
      id,
    ]);
    return openCredential(services, ref, rows[0]?.sealed ?? '');
  }

  /** Every row of every table of ours, as a dump would have it. */
  async function dump(): Promise<string> {
    const tables = await services.pool.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const content = await services.pool.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      rows.push(...content.rows.map(({ row }) => row));
    }
    return rows.join('\n');
  }
});

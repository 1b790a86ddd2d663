import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Child, startChild } from '../../../../test/child.ts';
import { emptyDatabase, testDatabase } from '../../../../test/database.ts';
import { cli } from '../../../../test/run-cli.ts';
import { createSealer, generateKey } from '../platform/crypto.ts';
import { migrate } from '../platform/database/migrate.ts';
import { systemTransaction } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/uuid.ts';

const Started = z.object({ url: z.string(), port: z.number(), setupUrl: z.string().nullable() });
const cleanups: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillweave-cli-'));
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function environmentOf(url: string): Promise<NodeJS.ProcessEnv> {
  return {
    DATABASE_URL: url,
    TILLWEAVE_HOME: await newFolder(),
    TILLWEAVE_SECRET_KEY: generateKey(),
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
}

function start(environment: NodeJS.ProcessEnv, ...parameters: string[]): Child {
  const child = startChild('packages/hub/src/cli/main.ts', parameters, { environment });
  cleanups.push(() => child.kill('SIGKILL'));
  return child;
}

describe('tillweave start', () => {
  test('with nothing but a folder it serves, works and keeps its own database; SIGTERM stops all of it cleanly', async () => {
    const home = await newFolder();
    const child = start({ TILLWEAVE_HOME: home, PORT: '0' }, 'start', '--json');
    const { url, setupUrl } = Started.parse(JSON.parse(await child.line()));
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    expect(setupUrl).toMatch(new RegExp(`^${url}/setup\\?token=[0-9a-f]{32}$`));
    expect((await stat(join(home, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(true);
    expect(await child.kill('SIGTERM')).toBe(0);
    expect(existsSync(join(home, 'postgres/data/postmaster.pid'))).toBe(false);
    expect(child.errors()).not.toMatch(/"level":"(error|fatal)"/);
  });

  test('once somebody can sign in, it no longer prints the set-up link; Ctrl-C, which npm doubles, stops it cleanly', async () => {
    const environment = await environmentOf(await emptyDatabase());
    expect(await cli(environment, ['user', 'add', 'ada@example.test', '--generate-password'])).toMatchObject({ code: 0 });
    const child = start(environment, 'start', '--json');
    expect(Started.parse(JSON.parse(await child.line())).setupUrl).toBe(null);
    child.process.kill('SIGINT');
    expect(await child.kill('SIGINT')).toBe(0);
  });

  test('a port in use is one clear sentence', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const environment = { ...(await environmentOf(await emptyDatabase())), PORT: String(port) };
    const { code, err, out } = await cli(environment, ['start']);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(
      `Port ${port} is in use, perhaps by another Tillweave. Stop that, or choose another with PORT. [unavailable]`,
    );
    other.close();
  });
});

describe('tillweave serve and work', () => {
  test('run side by side on one database, and stop cleanly', async () => {
    const environment = await environmentOf(await emptyDatabase());
    expect(await cli(environment, ['migrate'])).toMatchObject({ code: 0 });
    const serving = start(environment, 'serve', '--json');
    const working = start(environment, 'work', '--json');
    const { url } = Started.parse(JSON.parse(await serving.line()));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(JSON.parse(await working.line())).toEqual({ working: true, healthPort: null });
    expect(await Promise.all([serving.kill('SIGTERM'), working.kill('SIGTERM')])).toEqual([0, 0]);
  });

  test('do not upgrade an older schema by themselves', async () => {
    const url = await emptyDatabase();
    await migrate(url, { until: '0003_organization' });
    const environment = await environmentOf(url);
    const { code, err } = await cli(environment, ['work']);
    expect(code).toBe(1);
    expect(err).toContain('Run tillweave migrate');
  });
});

describe('tillweave user', () => {
  test('adds the first owner with an organization, then members; lists, changes roles and passwords', async () => {
    const environment = await environmentOf(await emptyDatabase());
    const first = await cli(
      environment,
      ['user', 'add', 'Ada@Example.test', '--name', 'Ada', '--new-organization', 'Kaffe ApS', '--json'],
      'a long password\n',
    );
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(first.out)).toMatchObject({ role: 'owner', password: null });
    const second = await cli(environment, [
      'user',
      'add',
      'bo@example.test',
      '--role',
      'viewer',
      '--generate-password',
      '--json',
    ]);
    expect(JSON.parse(second.out)).toMatchObject({ role: 'viewer', password: expect.stringMatching(/^[\w-]{20}$/) as unknown });
    expect(await cli(environment, ['user', 'role', 'bo@example.test', 'supervisor'])).toMatchObject({ code: 0 });
    expect(await cli(environment, ['user', 'password', 'bo@example.test'], 'another long one\n')).toMatchObject({ code: 0 });
    const { out } = await cli(environment, ['user', 'list', '--json']);
    expect(JSON.parse(out)).toMatchObject([
      { email: 'ada@example.test', name: 'Ada', role: 'owner' },
      { email: 'bo@example.test', role: 'supervisor' },
    ]);
    expect((await cli(environment, ['user', 'list'])).out).toMatch(/^e-mail +name +role +since\n/);
  });

  test('says what is wrong: nobody of that address, a taken one, a short password, none at all, the last owner', async () => {
    const environment = await environmentOf(await emptyDatabase());
    const attempt = async (parameters: string[], stdin = '') => (await cli(environment, ['user', ...parameters], stdin)).err;
    expect(await attempt(['list'])).toMatch(/There is no organization yet\..*\[not_found\]/);
    expect(await attempt(['add', 'ada@example.test'], 'short\n')).toMatch(/\[invalid_request\]/);
    expect(await attempt(['add', 'ada@example.test'])).toMatch(/Nothing was given for: Password/);
    expect(await attempt(['add', 'ada@example.test', '--role', 'viewer', '--generate-password'])).toMatch(/is its owner/);
    expect(await attempt(['add', 'ada', '--generate-password'])).toMatch(/"ada" is not an e-mail address/);
    expect(await attempt(['add', 'ada@example.test', '--generate-password'])).toBe('');
    expect(await attempt(['add', 'ada@example.test', '--generate-password'])).toMatch(/\[conflict\]/);
    expect(await attempt(['role', 'bo@example.test', 'viewer'])).toMatch(
      /Nobody with the e-mail address bo@example\.test.*\[not_found\]/,
    );
    expect(await attempt(['role', 'ada@example.test', 'viewer'])).toMatch(/last owner.*\[conflict\]/);
  });

  test('invites, prints the way to a new password, takes off second factors, lets staff act as others, removes', async () => {
    const environment = await environmentOf(await emptyDatabase());
    const user = async (...parameters: string[]) => cli(environment, ['user', ...parameters, '--json']);
    await user('add', 'ada@example.test', '--generate-password');
    const invited = await user('invite', 'bo@example.test', '--role', 'supervisor');
    expect(JSON.parse(invited.out)).toMatchObject({ mailed: false, link: expect.stringContaining('/invitation#') as unknown });
    expect((await user('invite', 'cy@example.test', '--department', 'Nowhere')).err).toContain('"code":"not_found"');
    expect((await user('invite', 'ada@example.test')).err).toContain('"code":"conflict"');
    const { link } = JSON.parse((await user('reset-password', 'ada@example.test')).out) as { link: string };
    expect(link).toContain('/reset-password#v1.');
    expect((await user('reset-password', 'nobody@example.test')).err).toContain('"code":"not_found"');
    expect(await user('disable-2fa', 'ada@example.test')).toMatchObject({ code: 0 });
    expect(await user('operator', 'ada@example.test', 'admin')).toMatchObject({ code: 0 });
    expect(JSON.parse((await user('operators')).out)).toMatchObject([{ email: 'ada@example.test', role: 'admin' }]);
    expect(await user('operator', 'ada@example.test', 'none')).toMatchObject({ code: 0 });
    await user('add', 'bo@example.test', '--role', 'viewer', '--generate-password');
    expect(await user('remove', 'bo@example.test')).toMatchObject({ code: 0 });
    expect((await user('remove', 'ada@example.test')).err).toContain('"code":"conflict"');
    expect(JSON.parse((await user('list')).out)).toHaveLength(1);

    const token = async (...parameters: string[]) => cli(environment, ['access-token', ...parameters, '--json']);
    const made = await token('create', 'Reader', '--permission', 'stores:read', 'turnover:read', '--days', '30');
    expect(JSON.parse(made.out)).toMatchObject({ token: expect.stringMatching(/^tw_/) as unknown });
    expect((await token('create', 'Reader', '--permission', 'everything')).code).toBe(2);
    expect((await token('create', 'Reader', '--permission', 'stores:read', '--days', '-1')).code).toBe(2);
    const [listed] = JSON.parse((await token('list')).out) as { name: string; permissions: string[]; prefix: string }[];
    expect(listed).toMatchObject({ name: 'Reader', permissions: ['stores:read', 'turnover:read'] });
    expect(await token('revoke', listed?.prefix ?? '')).toMatchObject({ code: 0 });
    expect(JSON.parse((await token('list')).out)).toEqual([]);
    expect((await token('revoke', 'Reader')).err).toContain('"code":"not_found"');
  });

  test('with several organizations it asks which', async () => {
    const environment = await environmentOf(await emptyDatabase());
    for (const name of ['One', 'Two']) {
      await cli(environment, ['user', 'add', `${name}@example.test`, '--new-organization', name, '--generate-password']);
    }
    expect(await cli(environment, ['user', 'list'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/One \(.*Two \(.*--organization/) as unknown,
    });
    expect((await cli(environment, ['user', 'list', '--organization', 'two'])).out).toContain('two@example.test');
    expect(await cli(environment, ['user', 'list', '--organization', 'three'])).toMatchObject({ code: 1 });
  });
});

describe('tillweave doctor', () => {
  const Report = z.object({
    ok: z.boolean(),
    checks: z.array(z.object({ check: z.string(), state: z.string(), found: z.string(), remedy: z.string().nullable() })),
  });

  async function examine(environment: NodeJS.ProcessEnv) {
    const { code, out } = await cli(environment, ['doctor', '--json']);
    const { ok, checks } = Report.parse(JSON.parse(out));
    return { code, ok, of: (name: string) => checks.find(({ check }) => check === name) };
  }

  test('finds a healthy installation healthy', async () => {
    const { url } = await testDatabase();
    const { code, ok, of } = await examine(await environmentOf(url));
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    for (const name of [
      'node',
      'settings',
      'secret key',
      'database',
      'migrations',
      'clock',
      'disk',
      'jobs',
      'connections',
      'credentials',
      'version',
      'reading',
      'webhooks',
      'POS clock',
      'figures',
      'problems',
    ])
      expect(of(name), name).toMatchObject({ state: 'ok', remedy: null });
  });

  test('tells who has not been read, whose webhooks are missing, whose clock differs, what waits and what was set aside', async () => {
    const { url, pool, organizationId } = await testDatabase();
    const [account, connection] = [uuidv7(), uuidv7()];
    await pool.query(
      `insert into pos_account (organization_id, id, provider, external_id, name, currency) values ($1, $2, 'lightspeed-x', 'x', 'Store', 'DKK')`,
      [organizationId, account],
    );
    await pool.query(
      `insert into connection (organization_id, id, name, provider, api_type, pos_account_id, state, created_at, last_success_at)
       values ($1, $2, 'Nyhavn', 'lightspeed-x', 'personal_token', $3, 'active', now() - interval '2 hours', now() - interval '90 minutes')`,
      [organizationId, connection, account],
    );
    await pool.query(
      `insert into page (organization_id, pos_account_id, id, received_at, stream, request_method, request_path, requested_at, server_time, documents)
       values ($1, $2, $3, now(), 'sales', 'GET', '/', now(), now() + interval '5 minutes', '')`,
      [organizationId, account, uuidv7()],
    );
    await pool.query(
      `insert into dirty_day (organization_id, pos_account_id, shop_id, business_day, generation) values ($1, $2, '1', '2026-11-20', 1)`,
      [organizationId, account],
    );
    await pool.query(
      `insert into set_aside (organization_id, id, pos_account_id, resource, code, path, message, document_hash, seen_at)
       values ($1, $2, $3, 'sale', 'bad_shape', '', '', 'x', now())`,
      [organizationId, uuidv7(), account],
    );
    const environment = { ...(await environmentOf(url)), TILLWEAVE_PUBLIC_URL: 'https://hub.example.test' };
    const { code, ok, of } = await examine(environment);
    // They want a look; nothing is broken.
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(of('reading')).toMatchObject({
      state: 'warning',
      remedy: expect.stringContaining('Nyhavn (last read 90 min ago)') as unknown,
    });
    expect(of('webhooks')).toMatchObject({
      state: 'warning',
      remedy: expect.stringContaining('Nyhavn (not_registered)') as unknown,
    });
    expect(of('POS clock')).toMatchObject({ state: 'warning', found: expect.stringContaining('300 s') as unknown });
    expect(of('figures')).toMatchObject({ state: 'warning', found: '1 shop-days wait to be summed' });
    expect(of('problems')).toMatchObject({ state: 'warning', remedy: expect.stringContaining('tillweave problems') as unknown });
  });

  test('tells a missing migration, credentials of another key, a connection in need, and a plain-HTTP address', async () => {
    const behind = await emptyDatabase();
    await migrate(behind, { until: '0003_organization' });
    const old = await examine(await environmentOf(behind));
    expect(old.code).toBe(1);
    expect(old.of('migrations')).toMatchObject({
      state: 'failed',
      remedy: expect.stringContaining('tillweave migrate') as unknown,
    });

    const { url, db, organizationId } = await testDatabase();
    const id = uuidv7();
    await systemTransaction(db, async (trx) => {
      await trx
        .insertInto('connection')
        .values({
          organization_id: organizationId,
          id,
          name: 'Shop',
          provider: 'lightspeed-r',
          api_type: 'v3',
          pos_account_id: null,
          state: 'needs_reauthorisation',
          state_reason: 'refused',
        })
        .execute();
      const sealed = createSealer(generateKey()).seal('token', 'x');
      await trx.insertInto('credential').values({ organization_id: organizationId, connection_id: id, sealed }).execute();
    });
    const ill = await examine({ ...(await environmentOf(url)), TILLWEAVE_PUBLIC_URL: 'http://till.example' });
    expect(ill.code).toBe(1);
    expect(ill.of('credentials')).toMatchObject({
      state: 'failed',
      remedy: expect.stringContaining('TILLWEAVE_SECRET_KEY') as unknown,
    });
    expect(ill.of('connections')).toMatchObject({ state: 'warning', remedy: expect.stringContaining('"Shop"') as unknown });
    expect(ill.of('settings')).toMatchObject({ state: 'warning', remedy: expect.stringContaining('HTTPS') as unknown });
  });

  test('goes on past a database that does not answer, and a wrong setting', async () => {
    const environment = await environmentOf('postgresql://127.0.0.1:1/till');
    const { code, of } = await examine(environment);
    expect(code).toBe(1);
    expect(of('database')).toMatchObject({ state: 'failed', found: 'database_unreachable' });
    expect(of('disk')).toMatchObject({ state: 'ok' });
    const wrong = await examine({ ...environment, PORT: 'x' });
    expect(wrong.of('settings')).toMatchObject({ state: 'failed', found: 'config_invalid' });
  });
});

describe('tillweave backup, restore, openapi', () => {
  test('a backup made on one machine fills another', async () => {
    const environment = await environmentOf(await emptyDatabase());
    await cli(environment, ['user', 'add', 'ada@example.test', '--generate-password']);
    const file = join(await newFolder(), 'all.backup');
    const made = await cli(environment, ['backup', file, '--json']);
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(made.out)).toMatchObject({ file, keyFile: null });
    expect(await cli(environment, ['backup', file])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/exists already.*\[conflict\]/) as unknown,
    });
    const other = { ...environment, DATABASE_URL: await emptyDatabase() };
    expect(await cli(other, ['restore', file])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Restored \d+ rows/) as unknown,
    });
    expect((await cli(other, ['user', 'list'])).out).toContain('ada@example.test');
    expect(await cli(other, ['restore', file])).toMatchObject({
      code: 1,
      err: expect.stringContaining('[restore_not_empty]') as unknown,
    });
  });

  test('the API document needs neither database nor key', async () => {
    const { code, out } = await cli({ DATABASE_URL: 'nonsense' }, ['openapi', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ openapi: '3.1.0' });
  });
});

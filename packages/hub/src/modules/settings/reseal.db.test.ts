import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cli } from '../../../../../test/run-cli.ts';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newOwner, ORIGIN, signIn } from '../../http/testing/people.ts';
import { totp } from '../../http/testing/totp.ts';
import { createSealer, generateKey } from '../../platform/crypto.ts';
import { writeSecretKeys } from '../../platform/secret-key.ts';
import { queueMail } from '../../platform/mail/mail.ts';
import { systemTransaction } from '../../platform/database/transaction.ts';
import { createConnection } from '../connections/create-connection.ts';
import { openCredential } from '../connections/credential.ts';
import { resealAll, staleSecrets } from './reseal.ts';
import { sealedColumns } from './sealed-columns.ts';

const services = await testServices({ config: { smtpUrl: 'smtp://mail.test' } });
const home = await mkdtemp(join(tmpdir(), 'tillweave-keys-'));
afterAll(() => rm(home, { recursive: true }));
const oldKey = services.config.secretKey ?? '';
const { pool } = services;

test('every column that holds sealed text is in the list', async () => {
  const { rows } = await pool.query<{ table: string }>(
    `select table_name as table from information_schema.columns where table_schema = 'public' and column_name like '%sealed%' order by 1`,
  );
  expect(sealedColumns.map(({ table }) => table).toSorted()).toEqual(rows.map(({ table }) => table));
});

test('a new key takes over everything that is stored, second factors and waiting mail too, and the old one can go', async () => {
  const app = createApp(services);
  const owner = await newOwner(services, app);
  const { organizationId } = owner;
  const { connectionId } = await createConnection(services, {
    organizationId,
    name: 'Till',
    oauthClient: { clientId: 'public', clientSecret: 'the client secret' },
  });
  await owner.call('POST', '/access-tokens', { name: 'Once', permissions: ['stores:read'] }, { 'idempotency-key': 'k' });
  await queueMail(services, null, { to: 'x@example.test', subject: 'Hello', text: 'A link' });
  const enabled = await owner.call('POST', '/api/auth/two-factor/enable', { password: owner.password });
  const { totpURI } = (await enabled.json()) as { totpURI: string };
  await owner.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(totpURI) });

  const newKey = generateKey();
  const under = (keys: string): typeof services => ({ ...services, sealer: createSealer(keys) });
  const both = under(`${newKey},${oldKey}`);
  const stale = await staleSecrets(both);
  expect(stale).toBeGreaterThanOrEqual(2);
  // A rotation that was stopped before it began, and one that is run twice.
  expect(await resealAll(both, AbortSignal.abort())).toEqual({ resealed: 0, left: 0 });
  expect(await resealAll(both)).toEqual({ resealed: stale + 1, left: 0 });
  expect(await resealAll(both)).toEqual({ resealed: 0, left: 0 });
  expect(await staleSecrets(both)).toBe(0);

  const later = under(newKey);
  const { rows } = await pool.query<{ sealed: string }>('select sealed from credential');
  const ref = { organizationId, connectionId };
  expect(JSON.stringify(openCredential(later, ref, rows[0]?.sealed ?? ''))).toContain('the client secret');
  expect(() => openCredential(services, ref, rows[0]?.sealed ?? '')).toThrow(/secret_key|sealed with key/u);
  const { rows: mails } = await pool.query<{ sealed: string }>(
    `select data->>'sealed' as sealed from pgboss.job where name = 'mail'`,
  );
  expect(mails.map(({ sealed }) => later.sealer.open(sealed, 'mail'))).toEqual([expect.stringContaining('A link')]);

  const restarted = createApp(later);
  expect((await restarted.request('/api/v1/me', { headers: { cookie: owner.cookie } })).status).toBe(401);
  const half = await signIn(restarted, owner.email, owner.password);
  const second = await restarted.request('/api/auth/two-factor/verify-totp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, cookie: half },
    body: JSON.stringify({ code: totp(totpURI) }),
  });
  expect(second.status).toBe(200);
});

test('tillweave secrets rotate: a key in front of the one in the file, taken up where it stopped, and the old one forgotten at the end', async () => {
  const environment = { DATABASE_URL: services.databaseUrl, TILLWEAVE_HOME: home };
  const keys = async (): Promise<string[]> => (await readFile(join(home, 'secret.key'), 'utf8')).trim().split(',');
  await systemTransaction(services.db, async (trx) => {
    for (const { table } of sealedColumns) await trx.deleteFrom(table).execute();
  });
  await pool.query('delete from auth."twoFactor"');
  await pool.query(`delete from pgboss.job where name = 'mail'`);
  const first = generateKey();
  await writeSecretKeys(home, [first]);
  const { rows } = await pool.query<{ organization: string; connection: string }>(
    'select organization_id as organization, id as connection from connection limit 1',
  );
  const context = `credential:${rows[0]?.organization}:${rows[0]?.connection}`;
  await pool.query('insert into credential (organization_id, connection_id, sealed) values ($1, $2, $3)', [
    rows[0]?.organization,
    rows[0]?.connection,
    createSealer(first).seal('"secret"', context),
  ]);
  const rotated = await cli(environment, ['secrets', 'rotate', '--json']);
  expect([rotated.code, JSON.parse(rotated.out)]).toMatchObject([0, { resealed: 1, left: 0, finished: true }]);
  expect(await keys()).toEqual([expect.not.stringContaining(first), first]);
  expect(JSON.parse((await cli(environment, ['secrets', 'rotate', '--json'])).out)).toMatchObject({ resealed: 0 });
  const finished = await cli(environment, ['secrets', 'rotate', '--finish', '--json']);
  expect([finished.code, JSON.parse(finished.out)]).toMatchObject([0, { forgotten: 1 }]);
  const [only, ...others] = await keys();
  expect(others).toEqual([]);
  const stored = await pool.query<{ sealed: string }>('select sealed from credential');
  expect(createSealer(only ?? '').open(stored.rows[0]?.sealed ?? '', context)).toBe('"secret"');
});

test('a process that runs while the key is rotated opens what was sealed with the new one', () => {
  const [one, two] = [generateKey(), generateKey()];
  const running = createSealer(one, () => `${two},${one}`);
  const sealed = createSealer(two).seal('text', 'place');
  expect(running.open(sealed, 'place')).toBe('text');
  expect(() => createSealer(one).open(sealed, 'place')).toThrow(/sealed with key/u);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { afterAll, expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { runCli } from '../run.ts';

const emulator = createEmulator({ sales: 0, customers: 0, days: 7, now: new Date().toISOString() });
const pos = await serveEmulator(emulator);
const folder = await mkdtemp(join(tmpdir(), 'tillweave-cli-'));
afterAll(async () => {
  await pos.close();
  await rm(folder, { recursive: true });
});
const services = await testServices();
const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;

function collector(): { stream: Writable; text: () => string } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}

async function run(parameters: readonly string[], stdin = ''): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [collector(), collector()];
  const code = await runCli(['connection', ...parameters], {
    environment: {
      DATABASE_URL: services.databaseUrl,
      TILLWEAVE_SECRET_KEY: services.config.secretKey ?? '',
      TILLWEAVE_R_BASE_URL: `${pos.url}/API/V3`,
      TILLWEAVE_R_AUTH_URL: `${pos.url}/auth/oauth`,
      TILLWEAVE_X_BASE_URL: pos.url,
      LOG_LEVEL: 'silent',
    },
    stdin: Readable.from([stdin]),
    stdout: out.stream,
    stderr: err.stream,
  });
  return { code, out: out.text(), err: err.text() };
}

test('a till is connected, tested, frozen, thawed and removed without a browser, its secrets from stdin and files', async () => {
  expect(await run(['list', '--json'])).toMatchObject({ code: 0, out: '[]\n' });
  const add = ['add', 'r-series', '--name', 'Till', '--api', 'v3', '--client-id', clientId];
  const refused = await run([...add, '--client-secret', clientSecret, '--refresh-token', 'made up']);
  expect(refused).toMatchObject({ code: 3, out: '', err: expect.stringContaining('[pos_unauthorized]') });

  const fromStdin = [...add, '--client-secret-file', '-', '--refresh-token-file', '-', '--json'];
  const added = await run(fromStdin, `${clientSecret}\n${refreshToken}\n`);
  expect([added.code, JSON.parse(added.out)]).toMatchObject([
    0,
    { name: 'Till', externalId: '900001', shops: 3, currency: 'DKK' },
  ]);
  for (const secret of [clientSecret, refreshToken]) expect(added.out + added.err).not.toContain(secret);

  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, `${clientSecret}\n`);
  const taken = await run(
    [...add.map((word) => (word === 'Till' ? 'TILL' : word)), '--client-secret-file', secretFile],
    refreshToken,
  );
  expect(taken).toMatchObject({ code: 1, err: expect.stringContaining('[connection_name_taken]') });
  const both = await run([...add, '--client-secret', 'x', '--client-secret-file', secretFile], refreshToken);
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('--client-secret') });

  expect(await run(['test', 'till'])).toMatchObject({ code: 0, out: expect.stringContaining('3 shops') });
  expect(await run(['freeze', 'Till', '--reason', 'holiday'])).toMatchObject({ code: 0 });
  expect(await run(['test', 'Till'])).toMatchObject({ code: 1, err: expect.stringContaining('[connection_frozen]') });
  expect(JSON.parse((await run(['list', '--json'])).out)).toMatchObject([{ state: 'frozen', stateReason: 'holiday' }]);
  expect(JSON.parse((await run(['thaw', 'Till', '--json'])).out)).toMatchObject({ state: 'active' });
  expect(await run(['list'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Till\s+lightspeed-r v3\s+.*\(900001\)\s+active/u),
  });
  expect(await run(['remove', 'Till'])).toMatchObject({ code: 0 });
  expect(await run(['test', 'Till'])).toMatchObject({ code: 1, err: expect.stringContaining('[not_found]') });
});

test('M14: an X-Series store is connected with a personal token, its settings chosen, its name taken from a pasted address', async () => {
  const { domainPrefix = '', personalToken = '' } = emulator.credentials.xSeries ?? {};
  const add = ['add', 'x-series', '--name', 'Store'];
  const elsewhere = await run([...add, '--prefix', 'https://evil.example/', '--token', personalToken]);
  expect(elsewhere).toMatchObject({ code: 2, err: expect.stringContaining('[invalid_request]') });
  const refused = await run([...add, '--prefix', domainPrefix, '--token', 'lsxs_pt_made_up']);
  expect(refused).toMatchObject({ code: 3, out: '', err: expect.stringContaining('[pos_unauthorized]') });

  const address = `https://${domainPrefix}.retail.lightspeed.app/dashboard`;
  const added = await run([...add, '--prefix', address, '--token-file', '-', '--json'], `${personalToken}\n`);
  expect([added.code, JSON.parse(added.out)]).toMatchObject([0, { name: 'Store', shops: 3, currency: 'DKK' }]);
  expect(added.out + added.err).not.toContain(personalToken);
  expect(await run(['test', 'store'])).toMatchObject({ code: 0, out: expect.stringContaining('3 shops') });

  // M14: what is not named stays; nothing that is no setting is taken.
  const chosen = ['--rate-reserve', '25', '--history-from', '2026-10-01', '--notification-email', 'till@example.test'];
  const set = await run(['settings', 'Store', ...chosen, '--nightly-days', '3', '--mirror-archived', 'no', '--json']);
  expect([set.code, JSON.parse(set.out)]).toMatchObject([
    0,
    {
      rateReserve: 0.25,
      historyFrom: '2026-10-01',
      notificationEmail: 'till@example.test',
      nightlyDays: 3,
      mirrorArchived: false,
    },
  ]);
  const undone = await run(['settings', 'Store', '--history-from', 'all', '--notification-email', 'none', '--json']);
  expect(JSON.parse(undone.out)).toMatchObject({ historyFrom: null, notificationEmail: null, nightlyDays: 3 });
  expect(await run(['settings', 'Store'])).toMatchObject({ code: 0, out: expect.stringMatching(/rateReserve\s+0\.25/u) });
  for (const wrong of [
    ['--registers-out', 'nothing'],
    ['--rate-reserve', '95'],
    ['--shops', 'all', '--regions', 'dk'],
  ])
    expect(await run(['settings', 'Store', ...wrong])).toMatchObject({
      code: 2,
      err: expect.stringContaining('[invalid_request]'),
    });

  const file = join(folder, 'token');
  await writeFile(file, personalToken);
  const twice = await run(['add', 'x-series', '--name', 'Again', '--prefix', domainPrefix, '--token-file', file]);
  expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('[pos_account_in_use]') });
  expect(await run([...add, '--prefix', domainPrefix, '--token', 'x', '--token-expires', 'soon'])).toMatchObject({ code: 2 });
  expect(await run(['list'])).toMatchObject({ code: 0, out: expect.stringMatching(/Store\s+lightspeed-x personal_token\s/u) });
  expect(await run(['remove', 'Store'])).toMatchObject({ code: 0 });
});

test('P1, C2: by API key and by v2, each put in the other’s place, its age gate and end stated; secrets from a file or stdin', async () => {
  // The removals before revoked what there was.
  emulator.control.reset();
  const { apiKey } = emulator.credentials.rSeries;
  const keyFile = join(folder, 'key');
  await writeFile(keyFile, `${apiKey}\n`);
  const add = ['add', 'r-series', '--name', 'Planner', '--api', 'key'];
  expect(await run([...add, '--api-key', 'made-up'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('[pos_unauthorized]'),
  });
  expect(await run([...add, '--api-key', 'x', '--refresh-token', 'y'])).toMatchObject({ code: 2 });
  const added = await run([...add, '--api-key-file', keyFile, '--json']);
  expect([added.code, JSON.parse(added.out)]).toMatchObject([0, { name: 'Planner', externalId: '900001' }]);
  expect(added.out + added.err).not.toContain(apiKey);

  const byOAuth = ['replace', 'r-series', 'Planner', '--api', 'v2', '--client-id', clientId, '--client-secret-file', '-'];
  const replaced = await run([...byOAuth, '--json'], `${clientSecret}\n${refreshToken}\n`);
  expect([replaced.code, JSON.parse(replaced.out)]).toMatchObject([0, { apiType: 'v2', state: 'active' }]);
  expect(await run(['freeze', 'Planner'])).toMatchObject({ code: 0 });
  const frozen = await run(['replace', 'r-series', 'Planner', '--api', 'key'], apiKey);
  expect(frozen).toMatchObject({ code: 0, out: expect.stringContaining('when it is thawed') });
  expect(await run(['thaw', 'Planner'])).toMatchObject({ code: 0 });
  expect(await run(['attest', 'Planner'])).toMatchObject({ code: 0 });
  expect(await run(['expires', 'Planner', '--on', '2027-03-31'])).toMatchObject({ code: 0 });
  const { rows } = await services.pool.query(
    `select a.attested_by_name, k.stated_expires_on from connection c join attestation a on a.connection_id = c.id
     join credential k on k.connection_id = c.id where c.name = 'Planner'`,
  );
  expect(rows).toEqual([{ attested_by_name: 'command', stated_expires_on: '2027-03-31' }]);
  expect(await run(['retire', 'Planner', '--reason', 'moved'])).toMatchObject({ code: 0 });
});

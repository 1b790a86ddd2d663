/** From an empty database to the first figure, on the command line alone: what the wizard does in a browser, without one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { emptyDatabase } from '../../../../test/database.ts';
import { cli } from '../../../../test/run-cli.ts';
import { tillTruth } from '../http/testing/truth-grid.ts';
import { generateKey } from '../platform/crypto.ts';

const Turnover = z.object({
  columns: z.array(z.object({ key: z.string() })),
  rows: z.array(
    z.object({
      department: z.object({ name: z.string() }),
      cells: z.array(z.object({ coverage: z.string(), values: z.object({ net_sales: z.number().nullable() }) })),
    }),
  ),
});

test('C1, C4, M3, M8: from an empty database to the first figure in few commands, none of them on a screen', async () => {
  const now = Date.now();
  const emulator = createEmulator({ sales: 150, customers: 5, days: 7, shops: 2, series: 'r', now: new Date(now).toISOString() });
  const pos = await serveEmulator(emulator);
  onTestFinished(() => pos.close());
  const home = await mkdtemp(join(tmpdir(), 'tillweave-first-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const environment = {
    DATABASE_URL: await emptyDatabase(),
    TILLWEAVE_HOME: home,
    TILLWEAVE_SECRET_KEY: generateKey(),
    TILLWEAVE_R_BASE_URL: pos.url,
    TILLWEAVE_R_AUTH_URL: pos.url,
    LOG_LEVEL: 'silent',
  };
  let commands = 0;
  const tillweave = async (parameters: readonly string[], stdin = ''): Promise<string> => {
    commands += 1;
    const { code, out, err } = await cli(environment, parameters, stdin);
    expect([parameters.join(' '), code, code === 0 ? '' : err]).toEqual([parameters.join(' '), 0, '']);
    return out;
  };
  const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
  const truth = tillTruth(emulator);
  const [first = '', second = ''] = truth.shopNames;

  await tillweave(['user', 'add', 'ada@example.test', '--currency', 'DKK'], 'correct horse battery staple\n');
  await tillweave(['oauth-client', 'add', 'r-series', 'Our till reader', '--client-id', clientId], `${clientSecret}\n`);
  await tillweave(
    ['connection', 'add', 'r-series', '--name', 'Till', '--oauth-client', 'Our till reader', '--refresh-token-file', '-'],
    `${refreshToken}\n`,
  );
  await tillweave(['connection', 'attest', 'Till']);
  // Each shop has a department of its name already; here both go to one.
  await tillweave(['map', 'set', second, `${first}/${first}`]);
  await tillweave(['sync', '--wait']);
  const days = [5, 4, 3, 2].map((ago) => new Date(now - ago * 86_400_000).toISOString().slice(0, 10));
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const figures = Turnover.parse(JSON.parse(await tillweave(['turnover', '--from', from, '--to', to, '--json'])));

  expect(commands).toBeLessThanOrEqual(30);
  expect(commands).toBe(7);
  const row = figures.rows.find(({ department }) => department.name === first);
  const expected = days.map((day) => truth.netSales(first, day) + truth.netSales(second, day));
  expect(row?.cells.map(({ values }) => values.net_sales)).toEqual(expected);
  expect(expected.some((cents) => cents > 0)).toBe(true);
  expect(row?.cells.every(({ coverage }) => coverage === 'complete')).toBe(true);

  // The secrets that came by stdin are told nobody.
  const listed = await tillweave(['oauth-client', 'list', '--json']);
  expect(listed).not.toContain(clientSecret);
  expect(JSON.parse(listed)).toMatchObject([{ name: 'Our till reader', hasSecret: true, usedBy: [{ name: 'Till' }] }]);
  expect(await cli(environment, ['oauth-client', 'remove', 'our till reader'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('[oauth_client_in_use]') as unknown,
  });

  // W5: somebody else authorizes; no mail is set up, so the link is printed once.
  const other = ['connection', 'add', 'r-series', '--name', 'Other till', '--oauth-client', 'Our till reader'];
  const sent = await tillweave([...other, '--send-link', 'till-owner@example.test', '--json']);
  expect(JSON.parse(sent)).toMatchObject({
    name: 'Other till',
    email: 'till-owner@example.test',
    mailed: false,
    link: expect.stringMatching(/\/authorize\/[\w-]{66}$/u) as unknown,
  });
  await tillweave(['connection', 'send-link', 'Other till', '--to', 'deputy@example.test', '--days', '2']);
  await tillweave(['connection', 'withdraw-link', 'Other till']);
  expect(await cli(environment, ['connection', 'withdraw-link', 'Other till'])).toMatchObject({ code: 1 });
  expect(await cli(environment, ['connection', 'send-link', 'Other till', '--to', 'nobody'])).toMatchObject({ code: 2 });
}, 60_000);

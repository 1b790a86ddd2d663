import { createEmulator } from '@tillweave/emulator';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { compare, readCells, worldClock } from '../sync/testing/account.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { addPersonalTokenConnection } from './add-connection.ts';
import { getConnection, listConnections } from './list-connections.ts';
import { openPosClient } from './pos-client.ts';
import { removeConnection } from './remove-connection.ts';

const HOUR_MS = 3_600_000;

test('the host is built from our template and the store’s checked name; what is no store’s name causes no request', async () => {
  const emulator = createEmulator({ sales: 0, customers: 5, days: 7, frozenClock: true });
  const hosts = new Set<string>();
  const services = await testServices({
    clock: worldClock(emulator),
    config: { xBaseUrl: 'https://{prefix}.retail.example.test' },
    fetch: async (request, init) => {
      const sent = new Request(request, init);
      hosts.add(new URL(sent.url).host);
      return emulator.fetch(sent);
    },
  });
  const { organizationId } = services;
  const { personalToken: token } = retailerOf(emulator);
  const input = { organizationId, name: 'Store', token, expiresAt: null };
  for (const domainPrefix of [
    'evil.example/',
    'demostore@evil.example',
    'https://evil.example/demostore',
    'secure',
    '../x',
    'a b',
  ]) {
    await expect(addPersonalTokenConnection(services, { ...input, domainPrefix })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  }
  expect([...hosts]).toEqual([]);
  expect(await listConnections(services, organizationId)).toEqual([]);
  await addPersonalTokenConnection(services, { ...input, domainPrefix: 'https://DemoStore.retail.lightspeed.app/sell' });
  expect([...hosts]).toEqual(['demostore.retail.example.test']);
});

test('a token that ends leaves cursors and figures as they are; connected anew, reading goes on where it stopped', async () => {
  const emulator = createEmulator({ sales: 600, customers: 60, lateEdits: 'pending', frozenClock: true });
  const services = await testServices({ emulator, clock: worldClock(emulator) });
  const { organizationId } = services;
  const { control } = emulator;
  const { domainPrefix, personalToken } = retailerOf(emulator);
  const ends = new Date(control.clock.now() + HOUR_MS / 2);
  const token = control.xSeries?.addPersonalToken('Ours', ends.toISOString()) ?? '';
  const first = await addPersonalTokenConnection(services, {
    organizationId,
    name: 'Store',
    domainPrefix,
    token,
    expiresAt: ends,
  });
  const { posAccountId } = first.verified;
  const run = (connectionId: string) => syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle' });
  const mismatches = async () =>
    compare(await readCells(services.db, organizationId, posAccountId), control.xSeries?.truth() ?? { cells: [] });
  const standing = () =>
    tenantTransaction(services.db, organizationId, async (trx) => {
      const { rows } = await sql<{ sales: number; versions: number; cursors: unknown }>`
        select (select count(*)::int from sale) as sales, (select count(*)::int from sale_version) as versions,
          (select jsonb_object_agg(stream || '/' || lane, position -> 'after') from cursor where stream <> 'lookUps') as cursors`.execute(
        trx,
      );
      return rows[0];
    });
  expect(await run(first.connectionId)).toMatchObject({ state: 'complete' });
  // What is stored suffices to put it into other days and hours, tips and all.
  const late = emulator.world.x
    .at(control.clock.now())
    .outlets()
    .filter(({ dayStartHour }) => dayStartHour !== 0);
  for (const { id, dayStartHour } of late)
    await changeCalendar(services, {
      organizationId,
      posAccountId,
      shopId: id,
      from: '0001-01-01',
      dayStartHour,
      preview: false,
    });
  expect(await mismatches()).toEqual([]);
  const before = await standing();

  control.clock.set(new Date(emulator.world.x.window.until).toISOString());
  expect(await run(first.connectionId)).toMatchObject({ state: 'failed', error: { code: 'pos_unauthorized' } });
  expect(await getConnection(services, first)).toMatchObject({ state: 'needs_reauthorisation', stateReason: 'token_refused' });
  await expect(openPosClient(services, first)).rejects.toMatchObject({ code: 'pos_unauthorized' });
  expect(await standing()).toEqual(before);

  await removeConnection(services, first);
  const input = { organizationId, name: 'Store', domainPrefix, token: personalToken, expiresAt: null };
  const again = await addPersonalTokenConnection(services, input);
  expect(again.verified.posAccountId).toBe(posAccountId);
  const summary = await run(again.connectionId);
  expect(summary).toMatchObject({ state: 'complete' });
  // Only what changed meanwhile was read.
  expect(summary.documents).toBeLessThan(100);
  expect(summary.changed).toBeGreaterThan(0);
  expect(await mismatches()).toEqual([]);
  const after = await standing();
  expect(after?.sales).toBeGreaterThanOrEqual(before?.sales ?? 0);
  expect(after?.versions).toBeLessThan((before?.versions ?? 0) + 100);
}, 120_000);

function retailerOf({ credentials }: ReturnType<typeof createEmulator>) {
  if (credentials.xSeries === null) throw new Error('The X-Series answers.');
  return credentials.xSeries;
}

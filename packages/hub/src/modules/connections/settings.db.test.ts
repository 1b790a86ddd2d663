/** Additional settings over HTTP (M14, C7), what the connection's page shows of its reading, and what uses it (C8). */
import { createEmulator } from '@tillweave/emulator';
import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { createApp } from '../../http/app.ts';
import { newOwner } from '../../http/testing/people.ts';
import { syncAccount } from '../sync/run-connection.ts';
import { worldClock } from '../sync/testing/account.ts';
import type { ConnectionCard } from './card.ts';
import type { ConnectionSettings } from './settings.ts';

const emulator = createEmulator({ sales: 300, customers: 10, days: 14, frozenClock: true, seed: 8, series: 'r' });
const { rSeries } = emulator.credentials;
const services = await testServices({
  clock: worldClock(emulator),
  fetch: async (request, init) => emulator.fetch(new Request(request, init)),
});
const app = createApp(services);
const owner = await newOwner(services, app);

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await owner.call(method, path, body);
  const text = await answer.text();
  expect([answer.status < 300, answer.status < 300 ? '' : text]).toEqual([true, '']);
  return JSON.parse(text === '' ? 'null' : text) as T;
}

interface Turnover {
  readonly rows: readonly { readonly total: { readonly values: Readonly<Record<string, number | null>> } }[];
}
interface Choices {
  readonly shops: { readonly id: string; readonly country: string | null; readonly counted: boolean }[];
  readonly registers: { readonly id: string; readonly counted: boolean }[];
  readonly regions: { readonly region: string; readonly shops: number }[];
}

test('M14, C7, C8: settings chosen in the wizard hold from the first call; what counts is chosen, explained and undone; budget, cursors and requests are seen', async () => {
  const { clientId, clientSecret, refreshToken } = rSeries;
  const from = new Date(emulator.control.clock.now() - 10 * 86_400_000).toISOString().slice(0, 10);
  const made = await call<ConnectionCard>('POST', '/connections', {
    provider: 'lightspeed-r',
    apiType: 'v3',
    name: 'Butik',
    oauthClient: { clientId, clientSecret },
    refreshToken,
    hosts: { api: 'current' },
    settings: { rateReserve: 0.25, historyFrom: from, nightlyDays: 4, notificationEmail: 'till@example.test' },
  });
  const path = `/connections/${made.id}`;
  const settings = await call<ConnectionSettings>('GET', `${path}/settings`);
  expect(settings).toMatchObject({
    rateReserve: 0.25,
    historyFrom: from,
    nightlyDays: 4,
    notificationEmail: 'till@example.test',
    registersOut: [],
    shopFilter: { by: 'all' },
  });
  const account = { organizationId: owner.organizationId, posAccountId: made.posAccount?.id ?? '', connectionId: made.id };
  expect(await syncAccount(services, { ...account, until: 'idle' })).toMatchObject({ state: 'complete' });

  // What the page of the connection shows.
  const reading = await call<{ budget: object | null; streams: { stream: string; lane: string; position: string }[] }>(
    'GET',
    `${path}/reading`,
  );
  expect(reading.budget).toMatchObject({ mode: 'bucket', reserve: 0.25, size: expect.any(Number) as number });
  expect(reading.streams.map(({ stream, lane }) => `${stream}/${lane}`)).toEqual(
    expect.arrayContaining(['sales/live', 'sales/history', 'saleVoids/live', 'lookUps/live']),
  );
  expect(reading.streams.every(({ position }) => position !== '')).toBe(true);
  const { items } = await call<{ items: { method: string; path: string; status: number; ms: number }[] }>(
    'GET',
    `${path}/requests`,
  );
  expect(items.length).toBeGreaterThan(5);
  expect(items.length).toBeLessThanOrEqual(100);
  expect(items.some((item) => item.status === 200 && item.path.includes('Sale'))).toBe(true);
  const text = JSON.stringify([items, reading]);
  for (const secret of [clientSecret, refreshToken, rSeries.accessToken]) expect(text).not.toContain(secret);

  // What counts: all of the world's shops, then those of one country.
  const choices = await call<Choices>('GET', `${path}/settings/choices`);
  expect(choices.regions.map(({ region }) => region)).toEqual(expect.arrayContaining(['DK', 'US']));
  expect([...choices.shops, ...choices.registers].every(({ counted }) => counted)).toBe(true);
  const to = new Date(emulator.control.clock.now()).toISOString().slice(0, 10);
  const total = async (): Promise<number> => {
    const answer = await call<Turnover>('GET', `/turnover?from=${from}&to=${to}&by=day&measure=net_sales`);
    return answer.rows.reduce((sum, row) => sum + (row.total.values['net_sales'] ?? 0), 0);
  };
  const all = await total();
  await call('PATCH', `${path}/settings`, { shopFilter: { by: 'regions', regions: ['DK'] } });
  const some = await total();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  const after = await call<Choices>('GET', `${path}/settings/choices`);
  expect(after.shops.every(({ country, counted }) => counted === (country === 'DK'))).toBe(true);
  const changes = await call<{ items: { cause: string; author: { kind: string } | null }[] }>('GET', '/changes?cause=left_out');
  expect(changes.items.length).toBeGreaterThan(0);
  expect(changes.items.every(({ cause, author }) => cause === 'left_out' && author?.kind === 'person')).toBe(true);
  const refused = await owner.call('PATCH', `${path}/settings`, { shopFilter: { by: 'shops', shopIds: ['nowhere'] } });
  expect(refused.status).toBe(400);
  await call('PATCH', `${path}/settings`, { shopFilter: { by: 'all' } });
  expect(await total()).toBe(all);

  // A register that is out: its receipts are there, and say why they add nothing.
  const day = `from=${from}&to=${to}`;
  const { items: cells } = await call<{ items: { registerId: string; shopId: string; day: string }[] }>(
    'GET',
    `/turnover/cells?${day}&limit=1`,
  );
  const [cell] = cells;
  const { items: receipts } = await call<{ items: { saleId: string; registerId: string }[] }>(
    'GET',
    `/receipts?day=${cell?.day}&shop=${cell?.shopId}&register=${cell?.registerId}`,
  );
  const receipt = receipts.find(({ registerId }) => registerId === cell?.registerId);
  const receiptPath = `/receipts/${account.posAccountId}/${receipt?.saleId}`;
  expect(await call('GET', receiptPath)).toMatchObject({ leftOut: false, figure: expect.any(Object) as object });
  await call('PATCH', `${path}/settings`, { registersOut: [cell?.registerId] });
  expect(await total()).toBeLessThan(all);
  expect(await call('GET', receiptPath)).toMatchObject({ leftOut: true, figure: null });
  await call('PATCH', `${path}/settings`, { registersOut: [] });
  expect(await total()).toBe(all);

  // The departments that would get no figures without it.
  const { usedBy } = await call<ConnectionCard>('GET', path);
  expect(usedBy.length).toBe(choices.shops.length);
  expect(await call('GET', `${path}/consequences`)).toMatchObject({ usedBy });
  const [department] = usedBy;
  const { mappings } = await call<{ mappings: { shopId: string; departmentId: string }[] }>('GET', '/mappings');
  const mapped = mappings.find(({ departmentId }) => departmentId === department?.id);
  const shops = [{ posAccountId: account.posAccountId, shopId: mapped?.shopId }];
  await call('PUT', '/mappings', { shops, mappings: [] });
  expect((await call<ConnectionCard>('GET', path)).usedBy).toEqual(usedBy.slice(1));
});

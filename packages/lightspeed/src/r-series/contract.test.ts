/** Every resource of R §7, in both versions of the API: the client against the emulated POS, exact to the id. */
import { createEmulator } from '@tillweave/emulator';
import type { Emulator, EmulatorOptions, RSeriesFault } from '@tillweave/emulator';
import { describe, expect, test, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { Unauthorized, Unavailable } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type { Normalized, Sale } from '../model.ts';
import { createLeakyBucketGovernor } from '../rate-limit/leaky-bucket.ts';
import type { RequestInfo } from '../request-info.ts';
import { rSeriesReports, rSeriesResources } from './catalog.ts';
import type { RSeriesReportName, RSeriesResourceName } from './catalog.ts';
import { createRSeriesClient } from './client.ts';
import type { RSeriesClient, RSeriesClientOptions } from './client.ts';
import type { ApiVersion } from './links.ts';
import { createRSeriesOAuth } from './oauth.ts';
import type { Position } from './position.ts';
import type { SaleQuery } from './query.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const versions: readonly ApiVersion[] = [3, 2];
const names = Object.keys(rSeriesResources) as RSeriesResourceName[];

interface Desk {
  readonly emulator: Emulator;
  readonly client: RSeriesClient;
  readonly clock: Clock;
  readonly infos: RequestInfo[];
}

function deskOf(version: ApiVersion, options: EmulatorOptions = {}, changes: Partial<RSeriesClientOptions> = {}): Desk {
  const emulator = createEmulator({ seed: 3, sales: 500, customers: 130, days: 30, frozenClock: true, ...options });
  const world = emulator.control.clock;
  const clock: Clock = {
    now: () => instantOf(world.now()),
    sleep: async (ms) => {
      await Promise.resolve();
      world.advance(ms);
    },
  };
  const infos: RequestInfo[] = [];
  const { accountID, clientId, clientSecret, accessToken, refreshToken } = emulator.credentials.rSeries;
  const oauth = createRSeriesOAuth({
    authUrl: 'https://cloud.lightspeedapp.com',
    clientId,
    clientSecret,
    fetch: emulator.fetch,
    clock,
  });
  let pair = { accessToken, refreshToken };
  const client = createRSeriesClient({
    baseUrl: 'https://api.lightspeedapp.com',
    accountId: accountID,
    version,
    auth: {
      token: async () => await Promise.resolve(pair.accessToken),
      renew: async () => {
        await clock.sleep(12_000);
        pair = await oauth.refresh(pair.refreshToken);
        return pair.accessToken;
      },
    },
    governor: createLeakyBucketGovernor({ clock }),
    fetch: emulator.fetch,
    clock,
    onRequest: (info) => infos.push(info),
    ...changes,
  });
  return { emulator, client, clock, infos };
}

/** Ids in the order they came; a record that could not be read fails the test. */
function idsOf(records: readonly Normalized<{ readonly id: string }>[]): number[] {
  return records.map((record) => {
    if (!record.ok) throw new Error(`${record.id}: ${record.message}`);
    return Number(record.value.id);
  });
}

const ascending = (ids: Iterable<number>): number[] => [...new Set(ids)].toSorted((a, b) => a - b);

async function salesOf(
  client: RSeriesClient,
  query: SaleQuery,
  from?: Position,
): Promise<{ sales: Map<string, Sale>; position: Position | undefined }> {
  const sales = new Map<string, Sale>();
  let position = from;
  for await (const page of client.sales(query, from)) {
    for (const record of page.records) {
      if (!record.ok) throw new Error(`${record.id}: ${record.message}`);
      sales.set(record.value.id, record.value);
    }
    position = page.position;
  }
  return { sales, position };
}

describe.each(versions)('V%i', (version) => {
  const desk = deskOf(version);
  const known = desk.emulator.control.ids();

  test.each(names.filter((name) => name !== 'GiftCard'))('%s: exactly the ids there are, each readable', async (name) => {
    const { records } = await desk.client.list(name);
    expect(idsOf(records)).toStrictEqual(known[name]);
    expect(records.length).toBeGreaterThan(0);
  });

  test('look-ups, customers, voids and sales as well', async () => {
    const { client } = desk;
    for (const [name, table] of [
      ['Shop', await client.shops()],
      ['Register', await client.registers()],
      ['Employee', await client.employees()],
      ['PaymentType', await client.paymentTypes()],
    ] as const)
      expect([name, idsOf(table.records as Normalized<{ id: string }>[])]).toStrictEqual([name, known[name]]);
    const customers: number[] = [];
    for await (const { records } of client.customers({ order: 'id' })) customers.push(...idsOf(records));
    expect(customers).toStrictEqual(known['Customer']);
    const voids: number[] = [];
    for await (const { records } of client.saleVoids({ order: 'id' })) voids.push(...idsOf(records));
    expect(voids).toStrictEqual(known['SaleVoid']);
    const { sales } = await salesOf(client, { order: 'id' });
    expect([...sales.keys()].map(Number)).toStrictEqual(known['Sale']);
    expect(await client.account()).toMatchObject({ currency: desk.emulator.world.currency });
    expect(await client.probeChangeStamp()).toBe('updateTime');
  });

  test('gift cards, the session, drawers and reports', async () => {
    const { client } = desk;
    const cards = await client.list('GiftCard');
    const paid = await client.list('SalePayment');
    const used = paid.records.flatMap((record) =>
      record.ok && record.value.paymentType?.type === 'gift card' && !record.value.archived
        ? [Number(record.value.creditAccountId)]
        : [],
    );
    expect(used.length).toBeGreaterThan(0);
    expect(used).toEqual(expect.arrayContaining(idsOf(cards.records)));
    expect(await client.session()).toMatchObject({
      accountId: desk.emulator.credentials.rSeries.accountID,
      rights: expect.arrayContaining(['register', 'reports']),
    });
    const drawer = await client.calculated('1');
    expect(drawer.records.map((record) => record.ok && record.value.paymentTypeId)).toStrictEqual(
      known['PaymentType']?.map(String),
    );
    for (const name of Object.keys(rSeriesReports) as RSeriesReportName[]) {
      const { records } = await client.report(name, '2026-11-01', '2026-11-15');
      for (const record of records) {
        if (!record.ok) throw new Error(record.message);
        expect(record.value.day >= '2026-11-01' && record.value.day <= '2026-11-15').toBe(true);
      }
      // Nothing is ordered from vendors in this world.
      expect([name, records.length > 0]).toStrictEqual([name, name !== 'OrdersByTaxClass']);
    }
  });

  test('what changed is found by its stamp, and a walk can be left and taken up between any two pages', async () => {
    const { emulator, client, clock } = deskOf(version, { lateEdits: 'pending', days: 90 });
    const before = await salesOf(client, { order: 'id' });
    const since = clock.now();
    emulator.control.clock.set(new Date(emulator.world.window.until).toISOString());
    const changed = await salesOf(client, { order: 'changed', since });
    const after = await salesOf(client, { order: 'id' });
    const expected = [...after.sales.values()].filter((sale) => before.sales.get(sale.id)?.changedAt !== sale.changedAt);
    expect(expected.length).toBeGreaterThan(0);
    expect(ascending([...changed.sales.keys()].map(Number))).toStrictEqual(ascending(expected.map(({ id }) => Number(id))));
    const early = instantOf(emulator.world.window.from);
    const seen: string[] = [];
    let position: Position | undefined;
    for (let isLast = false; !isLast;) {
      const page = await client.sales({ order: 'changed', since: early }, position).next();
      if (page.done === true) break;
      seen.push(...page.value.records.map((record) => (record.ok ? record.value.id : '')));
      position = JSON.parse(JSON.stringify(page.value.position)) as Position;
      isLast = page.value.last;
    }
    expect(ascending(seen.map(Number))).toStrictEqual(emulator.control.ids()['Sale']);
    // The next poll begins where this one ended, and misses nothing that happened meanwhile.
    emulator.control.play([{ event: 'void', sale: firstCompleted(emulator), at: new Date(clock.now()).toISOString() }]);
    const next = await salesOf(client, { order: 'changed', since: early }, position);
    expect([...next.sales.values()].some((sale) => sale.state === 'voided')).toBe(true);
  });

  test('a legacy API key does as well, and one that is refused is an end', async () => {
    const { apiKey } = desk.emulator.credentials.rSeries;
    const { client } = deskOf(version, {}, { auth: { apiKey } });
    expect(idsOf((await client.list('Tag')).records)).toStrictEqual(known['Tag']);
    await expect(deskOf(version, {}, { auth: { apiKey: 'nonsense' } }).client.list('Tag')).rejects.toBeInstanceOf(Unauthorized);
  });

  test('every recoverable fault every third time, all together: everything is complete and exact', async () => {
    const recoverable: readonly RSeriesFault[] = [
      'rate-limit', 'status-500', 'html-502', 'html-503', 'try-again', 'cut-connection', 'cut-body', 'truncated-json', 'expired-token',
      'duplicate-rows', 'reordered-rows', 'missing-relation', 'unknown-fields', 'clock-skew',
    ]; // prettier-ignore
    const calm = deskOf(version);
    const { emulator, client, clock } = deskOf(version, { rateLimit: 'real' });
    for (const name of recoverable) emulator.control.faults.arm(name, { every: 3 });
    for (const name of ['RegisterCount', 'Item', 'SalePayment', 'CreditAccount', 'TaxCategory'] as const) {
      const undisturbed = byId((await calm.client.list(name)).records);
      const read = new Map<string, unknown>();
      let position: Position | undefined;
      for (let done = false; !done;) {
        try {
          for await (const page of client.walk(name, { order: 'id' }, position)) {
            for (const [id, record] of byId(page.records)) read.set(id, record);
            position = page.position;
          }
          done = true;
        } catch (error) {
          if (!(error instanceof Unavailable)) throw error;
          await clock.sleep(60_000);
        }
      }
      expect([name, [...read.keys()].toSorted()]).toStrictEqual([name, [...undisturbed.keys()].toSorted()]);
      for (const [id, record] of read) expect(record).toStrictEqual(undisturbed.get(id));
    }
    // V2 is read without links, after which a page could begin with a row of the one before.
    expect(emulator.control.faults.list().filter(({ fired }) => fired > 0).length).toBeGreaterThanOrEqual(recoverable.length - 1);
  });
});

test('V2 is never asked for an offset, V3 never for what it does not sort by', async () => {
  const { client, infos } = deskOf(2, { sales: 350 });
  await salesOf(client, { order: 'id' });
  await client.list('SaleLine');
  expect(infos.length).toBeGreaterThan(6);
  for (const { path, status } of infos) expect([path.includes('offset='), status]).toStrictEqual([false, 200]);
});

function byId(records: readonly Normalized<{ readonly id: string }>[]): Map<string, unknown> {
  return new Map(
    records.map((record) => {
      if (!record.ok) throw new Error(`${record.id}: ${record.message}`);
      return [record.value.id, record.value];
    }),
  );
}

function firstCompleted(emulator: Emulator): string {
  const state = emulator.world.at(emulator.control.clock.now());
  for (const { id } of state.walk({ order: 'id' })) {
    const sale = state.sale(id);
    if (sale?.completed === true && !sale.voided) return sale.name;
  }
  throw new Error('Nothing was sold.');
}

import type { Normalized, Sale } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { sumFacts } from './facts.ts';
import { readDocument } from './raw-page.ts';
import { testLedger } from './testing/ledger.ts';
import { instant, testPage, type TestSale } from './testing/sales.ts';

const { db, organizationId } = await testDatabase();

const page: readonly TestSale[] = [
  { id: '1', at: '2026-10-24T21:59:59Z', nets: [100, 40] },
  { id: '2', at: '2026-10-24T22:00:00Z', nets: [8], shopId: '1' },
  { id: '3', at: '2026-10-25T03:30:00Z', nets: [30, -10], shopId: '2', registerId: '5' },
  { id: '4', at: '2026-10-25T10:00:00Z', nets: [12], state: 'open' },
  { id: '5', at: '2026-10-25T11:00:00Z', nets: [99], state: 'voided' },
  { id: '6', at: '2026-10-24T18:00:00Z', nets: [7], shopId: '3', paidAt: '2026-10-26T18:00:00Z' },
];

interface Fact {
  readonly shop_id: string;
  readonly business_day: string;
  readonly net_sales: number;
  readonly transactions: number;
  readonly payments: number;
}

async function facts(posAccountId: string): Promise<readonly Fact[]> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<Fact>`
      select shop_id, business_day, sum(net_sales)::bigint as net_sales, sum(transactions)::bigint as transactions,
        sum(payments)::bigint as payments
      from fact where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
      group by 1, 2 order by 1, 2`.execute(trx);
    return rows;
  });
}

test('a page lands in its shops, days and hours; open and voided sales do not count, payments of open ones do (D12, D16)', async () => {
  const ledger = await testLedger(db, organizationId);
  expect(await ledger.record(page, '2026-10-27T00:00:00Z')).toEqual({ changed: 6, setAside: 0 });
  expect(await ledger.sumFacts()).toBe(5);
  expect(await facts(ledger.posAccountId)).toEqual([
    { shop_id: '1', business_day: '2026-10-24', net_sales: 14_000, transactions: 1, payments: 17_500 },
    { shop_id: '1', business_day: '2026-10-25', net_sales: 800, transactions: 1, payments: 1_000 + 1_500 },
    { shop_id: '2', business_day: '2026-10-24', net_sales: 2_000, transactions: 1, payments: 2_500 },
    { shop_id: '3', business_day: '2026-10-24', net_sales: 700, transactions: 1, payments: 0 },
    { shop_id: '3', business_day: '2026-10-26', net_sales: 0, transactions: 0, payments: 875 },
  ]);
});

test('the same page twice changes nothing, not even a row version', async () => {
  const ledger = await testLedger(db, organizationId);
  await ledger.record(page, '2026-10-27T00:00:00Z');
  await ledger.sumFacts();
  const before = await ledger.dump('everything');
  expect(await ledger.record(page, '2026-10-27T00:00:00Z')).toEqual({ changed: 0, setAside: 0 });
  expect(await ledger.sumFacts()).toBe(0);
  expect(await ledger.dump('everything')).toBe(before);
});

test('days that somebody waits for are summed alone; the others stay dirty, and all of them come to the same', async () => {
  const ledger = await testLedger(db, organizationId);
  const { posAccountId } = ledger;
  await ledger.record(page, '2026-10-27T00:00:00Z');
  const only = [
    { shop_id: '2', business_day: '2026-10-24' },
    { shop_id: '1', business_day: '2026-10-25' },
    // Not dirty: nothing to do.
    { shop_id: '1', business_day: '2026-10-01' },
  ];
  expect(await sumFacts(db, organizationId, posAccountId, {}, only)).toBe(2);
  expect((await facts(posAccountId)).map(({ shop_id, business_day }) => [shop_id, business_day])).toEqual([
    ['1', '2026-10-25'],
    ['2', '2026-10-24'],
  ]);
  expect(await sumFacts(db, organizationId, posAccountId, {}, only)).toBe(0);
  expect(await sumFacts(db, organizationId, posAccountId, {}, [])).toBe(0);
  expect(await ledger.sumFacts()).toBe(3);
  const atOnce = await testLedger(db, organizationId);
  await atOnce.record(page, '2026-10-27T00:00:00Z');
  await atOnce.sumFacts();
  expect(await facts(posAccountId)).toEqual(await facts(atOnce.posAccountId));
  const months = async (account: string) =>
    tenantTransaction(db, organizationId, async (trx) => {
      const { rows } = await sql`
        select shop_id, month, register_id, net_sales, payments, transactions from fact_month
        where organization_id = ${organizationId} and pos_account_id = ${account} order by 1, 2, 3`.execute(trx);
      return rows;
    });
  expect(await months(posAccountId)).toEqual(await months(atOnce.posAccountId));
});

test('an older version never replaces a newer one, whenever it arrives', async () => {
  const ledger = await testLedger(db, organizationId);
  const old: TestSale = { id: '1', at: '2026-10-24T10:00:00Z', nets: [100] };
  const edited: TestSale = { ...old, changedAt: '2026-10-24T12:00:00Z', nets: [60] };
  await ledger.record([edited], '2026-10-24T12:00:05Z');
  expect(await ledger.record([old], '2026-10-24T12:00:09Z')).toEqual({ changed: 0, setAside: 0 });
  // Without a newer stamp the later request decides: not every edit moves a stamp.
  const again: TestSale = { ...edited, nets: [61] };
  expect(await ledger.record([again], '2026-10-24T12:00:04Z')).toEqual({ changed: 0, setAside: 0 });
  expect(await ledger.record([again], '2026-10-24T12:00:06Z')).toEqual({ changed: 1, setAside: 0 });
  // Having been seen again later protects what is stored against answers from in between.
  await ledger.record([again], '2026-10-24T12:00:20Z');
  expect(await ledger.record([edited], '2026-10-24T12:00:15Z')).toEqual({ changed: 0, setAside: 0 });
  await ledger.sumFacts();
  expect((await facts(ledger.posAccountId)).map(({ net_sales }) => net_sales)).toEqual([6_100]);
});

test('where the till counts its changes, its count orders the versions, whatever stamps and requests say', async () => {
  const ledger = await testLedger(db, organizationId);
  // Beyond what a number holds exactly.
  const old: TestSale = { id: '1', at: '2026-10-24T10:00:00Z', nets: [100], version: '9007199254740992' };
  const edited: TestSale = { ...old, nets: [60], version: '9007199254740993' };
  await ledger.record([edited], '2026-10-24T12:00:05Z');
  expect(await ledger.record([{ ...old, changedAt: '2026-10-24T13:00:00Z' }], '2026-10-24T13:00:09Z')).toMatchObject({
    changed: 0,
  });
  // One number is one content: told in another shape it is nothing new.
  expect(await ledger.record([{ ...edited, note: 'webhook' }], '2026-10-24T13:00:10Z')).toMatchObject({ changed: 0 });
  expect(
    await ledger.record([edited, { ...edited, nets: [59], version: '9007199254740994' }], '2026-10-24T11:00:00Z'),
  ).toMatchObject({
    changed: 1,
  });
  await ledger.sumFacts();
  expect((await facts(ledger.posAccountId)).map(({ net_sales }) => net_sales)).toEqual([5_900]);
});

test('a void and an edit after the import restate the right days, old and new (D14)', async () => {
  const ledger = await testLedger(db, organizationId);
  const first: TestSale = { id: '1', at: '2026-10-20T10:00:00Z', nets: [100] };
  const second: TestSale = { id: '2', at: '2026-10-21T10:00:00Z', nets: [50] };
  const third: TestSale = { id: '3', at: '2026-10-22T10:00:00Z', nets: [10, 20] };
  await ledger.record([first, second, third], '2026-10-23T00:00:00Z');
  await ledger.sumFacts();
  await ledger.record(
    [
      { ...first, state: 'voided', changedAt: '2026-11-20T10:00:00Z' },
      { ...second, at: '2026-10-19T10:00:00Z', paidAt: second.at, changedAt: '2026-11-20T10:00:00Z' },
      { ...third, nets: [10], changedAt: '2026-11-20T10:00:00Z' },
    ],
    '2026-11-20T10:05:00Z',
  );
  expect(await ledger.sumFacts()).toBe(4);
  expect(
    (await facts(ledger.posAccountId)).map(({ business_day, net_sales, payments }) => [business_day, net_sales, payments]),
  ).toEqual([
    ['2026-10-19', 5_000, 0],
    ['2026-10-21', 0, 6_250],
    ['2026-10-22', 1_000, 1_250],
  ]);
});

test('a mark that came back while facts were summed is not lost', async () => {
  const ledger = await testLedger(db, organizationId);
  await ledger.record([{ id: '1', at: '2026-10-20T10:00:00Z', nets: [100] }], '2026-10-23T00:00:00Z');
  const [{ generation } = { generation: '' }] = await marks(ledger.posAccountId);
  await ledger.record([{ id: '2', at: '2026-10-20T10:00:00Z', nets: [1] }], '2026-10-23T00:00:01Z');
  const [later] = await marks(ledger.posAccountId);
  expect(later?.generation).not.toBe(generation);
  await ledger.sumFacts();
  expect(await marks(ledger.posAccountId)).toEqual([]);
  expect((await facts(ledger.posAccountId)).map(({ net_sales }) => net_sales)).toEqual([10_100]);
});

async function marks(posAccountId: string): Promise<readonly { generation: string }[]> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ generation: string }>`
      select generation::text from dirty_day
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
    return rows;
  });
}

test('a sale that cannot be read is set aside with its reason and makes its day partial; the other 99 land (D22)', async () => {
  const ledger = await testLedger(db, organizationId);
  const sales = Array.from({ length: 100 }, (_, index): TestSale => ({ id: String(index + 1), at: '2026-10-20T10:00:00Z' }));
  const { records, documents } = testPage(sales);
  records[41] = {
    ok: false,
    code: 'bad_number',
    path: 'calcTotal',
    message: 'Not a number: "12,5"',
    id: '42',
    shopId: '3',
    // In shop 3 the day before, because its day starts at 05:00.
    readableTime: instant('2026-10-20T17:00:00Z'),
  };
  documents[41] = { saleID: '42', calcTotal: '12,5', note: 'a NUL \u0000 and half a pair \ud800' };
  expect(await ledger.recordPage(records, documents, instant('2026-10-21T00:00:00Z'))).toEqual({ changed: 99, setAside: 1 });
  const open = async () =>
    tenantTransaction(db, organizationId, (trx) =>
      trx
        .selectFrom('set_aside')
        .select(['resource_id', 'shop_id', 'business_day', 'code', 'path', 'document'])
        .where('organization_id', '=', organizationId)
        .where('pos_account_id', '=', ledger.posAccountId)
        .where('resolved_at', 'is', null)
        .execute(),
    );
  expect(await open()).toMatchObject([
    {
      resource_id: '42',
      shop_id: '3',
      business_day: '2026-10-20',
      code: 'bad_number',
      path: 'calcTotal',
      document: { saleID: '42' },
    },
  ]);
  // Met again, it is the same problem; a readable version settles it, unless that one is older than the problem.
  await ledger.recordPage(records, documents, instant('2026-10-21T00:10:00Z'));
  expect(await open()).toHaveLength(1);
  await ledger.record([{ id: '42', at: '2026-10-20T10:00:00Z' }], '2026-10-21T00:05:00Z');
  expect(await open()).toHaveLength(1);
  await ledger.record([{ id: '42', at: '2026-10-20T10:00:00Z' }], '2026-10-21T00:20:00Z');
  expect(await open()).toHaveLength(0);
  // A late copy of the broken page does not open it again.
  await ledger.recordPage(records, documents, instant('2026-10-21T00:10:00Z'));
  expect(await open()).toHaveLength(0);
});

test('an amount that no integer of cents holds is set aside instead of counting as nothing', async () => {
  const ledger = await testLedger(db, organizationId);
  const { records, documents } = testPage([
    { id: '1', at: '2026-10-20T10:00:00Z' },
    { id: '2', at: '2026-10-20T10:00:00Z' },
  ]);
  const [good] = records;
  if (good?.ok !== true) throw new Error('The first sale is readable.');
  const huge = { ...good.value, id: '3', total: '99999999999999999999.00' } as Sale;
  const recorded = await ledger.recordPage(
    [...records, { ok: true, value: huge }],
    [...documents, {}],
    instant('2026-10-21T00:00:00Z'),
  );
  expect(recorded).toEqual({ changed: 2, setAside: 1 });
});

test('a sale of a shop nobody has listed lands in the organization’s zone and makes the shop visible', async () => {
  const ledger = await testLedger(db, organizationId);
  await ledger.record([{ id: '1', at: '2026-10-20T22:30:00Z', shopId: '77' }], '2026-10-21T00:00:00Z');
  await ledger.sumFacts();
  expect((await facts(ledger.posAccountId)).map(({ shop_id, business_day }) => [shop_id, business_day])).toEqual([
    ['77', '2026-10-21'],
  ]);
  const calendars = await ledger.calendars();
  expect(calendars.of('77')).toMatchObject([{ validFrom: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 }]);
});

test('every version opens as the document it was, with the request that fetched it', async () => {
  const ledger = await testLedger(db, organizationId);
  await ledger.record(
    [
      { id: '9', at: '2026-10-20T10:00:00Z' },
      { id: '1', at: '2026-10-20T10:00:00Z', note: 'first' },
    ],
    '2026-10-21T00:00:00Z',
  );
  await ledger.record([{ id: '1', at: '2026-10-20T10:00:00Z', note: 'second' }], '2026-10-21T00:00:01Z');
  const documents = await tenantTransaction(db, organizationId, async (trx) => {
    const versions = await trx
      .selectFrom('sale_version')
      .select(['version', 'page_id', 'page_received_at', 'page_index'])
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', ledger.posAccountId)
      .where('sale_id', '=', '1')
      .orderBy('version')
      .execute();
    return Promise.all(versions.map((version) => readDocument(trx, organizationId, ledger.posAccountId, version)));
  });
  expect(documents).toMatchObject([
    { document: { id: '1', note: 'first' }, method: 'GET', requestedAt: new Date('2026-10-21T00:00:00Z') },
    { document: { id: '1', note: 'second' }, path: '/API/V3/Account/1/Sale.json', requestedAt: new Date('2026-10-21T00:00:01Z') },
  ]);
});

test.each([
  ['stamps', false],
  ['a counter', true],
])(
  'pages in any order, repeated and split, with facts summed at any time, end as one clean walk does (by %s)',
  async (_, counts) => {
    const minute = (value: number): string => new Date(Date.UTC(2026, 9, 24, 20, value)).toISOString();
    // A sale's life: its states one after the other; some edits move the stamp, some do not.
    const life = fc
      .record({
        shop: fc.constantFrom('1', '2', '3'),
        states: fc.array(
          fc.record({
            nets: fc.array(fc.integer({ min: -50, max: 200 }), { minLength: 1, maxLength: 3 }),
            at: fc.integer({ min: 0, max: 600 }),
            state: fc.constantFrom('completed', 'completed', 'open', 'voided'),
            movesStamp: fc.boolean(),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      })
      .map(({ shop, states }) => ({ shop, states }));
    const STEP = 10;
    await fc.assert(
      fc.asyncProperty(
        fc.array(life, { minLength: 1, maxLength: 6 }),
        fc.array(
          fc.record({ time: fc.integer({ min: 0, max: 4 * STEP }), which: fc.integer({ min: 1, max: 63 }), sums: fc.boolean() }),
          {
            maxLength: 8,
          },
        ),
        fc.infiniteStream(fc.nat()),
        async (lives, looks, random) => {
          const last = 4 * STEP + 1;
          const stateAt = (index: number, time: number): TestSale => {
            const { shop, states } = lives[index] ?? { shop: '1', states: [] };
            const reached = Math.min(states.length - 1, Math.floor(time / STEP));
            let stamp = 0;
            states.slice(0, reached + 1).forEach(({ movesStamp }, step) => {
              if (movesStamp) stamp = step;
            });
            const { nets = [1], at = 0, state = 'completed' } = states[reached] ?? {};
            return {
              id: String(index + 1),
              shopId: shop,
              nets,
              at: minute(at),
              state,
              changedAt: minute(1_000 + (counts ? 0 : stamp)),
              note: String(reached),
              ...(counts ? { version: String(2n ** 60n + BigInt(reached)) } : {}),
            };
          };
          const all = lives.map((_, index) => index);
          const pages = looks.map(({ time, which, sums }) => ({
            time,
            sales: all.filter((index) => (which >> index) & 1).map((index) => stateAt(index, time)),
            sums,
          }));
          // The final state is seen at least once, in one page or several.
          const cut = (random.next().value ?? 0) % (all.length + 1);
          for (const part of [all.slice(0, cut), all.slice(cut)])
            pages.push({ time: last, sales: part.map((index) => stateAt(index, last)), sums: false });
          const shuffled = [...pages, ...pages.slice(0, 3)]
            .map((each) => ({ each, key: random.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ each }) => each);

          const messy = await testLedger(db, organizationId);
          for (const { time, sales, sums } of shuffled) {
            // With a counter an old answer may even have been asked for last.
            await messy.record(sales, minute(2_000 + (counts ? (random.next().value ?? 0) % 100 : time)));
            if (sums) await messy.sumFacts();
          }
          await messy.sumFacts();
          const clean = await testLedger(db, organizationId);
          await clean.record(
            all.map((index) => stateAt(index, last)),
            minute(2_000 + last),
          );
          await clean.sumFacts();
          expect(await messy.dump('content')).toBe(await clean.dump('content'));
        },
      ),
      { numRuns: 25 },
    );
  },
);

test('only readable records are needed: an unreadable page is no error', async () => {
  const ledger = await testLedger(db, organizationId);
  const bad: Normalized<Sale> = {
    ok: false,
    code: 'missing_id',
    path: 'saleID',
    message: 'No id',
    id: null,
    shopId: null,
    readableTime: null,
  };
  expect(await ledger.recordPage([bad], [{}], instant('2026-10-21T00:00:00Z'))).toEqual({ changed: 0, setAside: 1 });
});

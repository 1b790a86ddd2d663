import type { Instant, Sale } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { addDays } from '../ledger/figure/business-day.ts';
import { saleArbitrary } from '../ledger/figure/testing/arbitraries.ts';
import { listReceipts } from '../ledger/receipts-list.ts';
import { receiptsQuery } from '../ledger/schemas.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { listDepartments } from '../stores/queries.ts';
import { mapFrom } from '../stores/set-mappings.ts';
import { getTurnover } from './get-turnover.ts';
import { readHeatMap } from './heat-map.ts';
import { listCells } from './list-cells.ts';
import { heatMapQuery, type TurnoverAnswer, turnoverQuery } from './schemas.ts';
import { testLedger } from './testing/ledger.ts';

/** Pairs of worlds: each is made twice, once as it ends up from the start, and once changed after the fact. */
const PAIRS = 50;
/** A quarter of a minute on an idle machine; ten times that where others work as well. */
const PATIENCE_MS = 240_000;
const RANGE = { from: '2026-10-12', to: '2026-11-08' };
const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;
/** Sums in whole numbers; of goods in millionths when compared. */
const SUMS = [
  'net_sales',
  'net_sales_incl',
  'gross_sales',
  'discounts',
  'discounts_incl',
  'gross_sales_incl',
  'returns_incl',
  'returns',
  'tax',
  'fees_incl',
  'transactions',
  'return_transactions',
  'unexplained_incl',
  'payments',
  'tips',
  'gift_cards_redeemed',
  'payments:1',
  'payments:3',
];

/** Both nights on which clocks go back are inside, and one zone moves by half an hour. */
const zone = fc.constantFrom('Europe/Copenhagen', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
const dayStartHour = fc.constantFrom(0, 0, 2, 5);
const somewhere = fc.record({ timeZone: zone, dayStartHour });
const changeDay = fc.constantFrom('0001-01-01', '2026-10-24', '2026-10-25', '2026-11-01');
const worldArbitrary = fc.record({
  // Two more are like the first: most shops of an account are alike.
  shops: fc.tuple(somewhere, somewhere).map(([usual, other]) => [usual, other, usual, usual]),
  sales: fc.array(
    fc.record({
      made: saleArbitrary(2),
      shop: fc.constantFrom('1', '2', '3', '4'),
      register: fc.constantFrom('1', '2'),
      minute: fc.integer({ min: 0, max: 14 * 24 * 60 }),
      state: fc.constantFrom<Sale['state']>('completed', 'completed', 'completed', 'voided', 'open'),
      paidAfter: fc.constantFrom(0, 0, 50, 3000),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  recalendar: fc.option(fc.record({ shop: fc.constantFrom('1', '2'), from: changeDay, to: somewhere }), { nil: null }),
  remap: fc.array(
    fc.record({
      shop: fc.constantFrom('1', '2'),
      register: fc.constantFrom(null, '1', '2'),
      department: fc.constantFrom(0, 1, null),
      from: changeDay,
      days: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }),
    }),
    { maxLength: 3 },
  ),
});
type World = typeof worldArbitrary extends fc.Arbitrary<infer T> ? T : never;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

function salesOf({ sales }: World): Sale[] {
  return sales.map(({ made, shop, register, minute, state, paidAfter }, index) => {
    const occurredAt = (Date.parse('2026-10-19T06:00:00Z') + minute * 60_000) as Instant;
    const id = String(index + 1);
    return {
      ...made.sale,
      id,
      number: `2200${id}`,
      shopId: shop,
      registerId: `${shop}${register}`,
      state,
      occurredAt,
      changedAt: occurredAt,
      payments: made.sale.payments.map((payment) => ({
        ...payment,
        registerId: payment.registerId === null ? null : `${shop}${payment.registerId}`,
        paidAt: (occurredAt + paidAfter * 60_000) as Instant,
      })),
    };
  });
}

async function create(world: World) {
  const { db } = database;
  const organizationId = uuidv7();
  await systemTransaction(db, (trx) =>
    trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name: 'World', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute(),
  );
  const shops = world.shops.map((shop, index) => ({
    ...shop,
    id: String(index + 1),
    name: `Shop ${index + 1}`,
    registers: ['1', '2'].map((register) => `${index + 1}${register}`),
  }));
  const ledger = await testLedger(db, organizationId, shops, { externalId: organizationId });
  await ledger.caughtUp('2026-11-24T11:00:00Z');
  const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) => tenantTransaction(db, organizationId, run);
  const departments = await inTenant((trx) => listDepartments(trx, organizationId));
  const grid = (by: string) =>
    inTenant((trx) => getTurnover(trx, organizationId, turnoverQuery.parse({ ...RANGE, by, measure: SUMS }), NOW));
  const { posAccountId } = ledger;
  return {
    organizationId,
    ledger,
    inTenant,
    departments,
    grid,
    cells: () => inTenant((trx) => listCells(trx, organizationId, { from: '2026-10-01', to: '2026-11-30', limit: 5000 })),
    receipts: (query: object) =>
      inTenant((trx) =>
        listReceipts(trx, organizationId, receiptsQuery.parse({ day: RANGE.from, to: RANGE.to, limit: '100', ...query })),
      ),
    async change() {
      const { recalendar, remap } = world;
      if (recalendar !== null) {
        const { shop, from, to } = recalendar;
        await changeCalendar(database, { organizationId, posAccountId, shopId: shop, from, ...to });
      }
      for (const { shop, register, department, from, days } of remap) {
        const departmentId = department === null ? null : (departments[department]?.id ?? null);
        const until = days === null ? null : addDays(from === '0001-01-01' ? RANGE.from : from, days);
        await inTenant((trx) =>
          mapFrom(trx, organizationId, {
            posAccountId,
            shopId: shop,
            registerId: register === null ? null : `${shop}${register}`,
            departmentId,
            from,
            until,
          }),
        );
      }
    },
    /** Everything that is shown, without what is this world's alone. */
    async shown() {
      const answers: unknown[] = [];
      for (const by of ['hour', 'day', 'week', 'month']) answers.push(await grid(by));
      answers.push(
        await inTenant((trx) => readHeatMap(trx, organizationId, heatMapQuery.parse({ ...RANGE, measure: 'net_sales' }), NOW)),
        await this.cells(),
      );
      let text = JSON.stringify(answers).replaceAll(organizationId, 'organization').replaceAll(posAccountId, 'account');
      for (const one of departments) text = text.replaceAll(one.id, one.name).replaceAll(one.storeId, `of ${one.name}`);
      return JSON.parse(text) as unknown;
    },
  };
}

type Created = Awaited<ReturnType<typeof create>>;
type Sums = Readonly<Record<string, number>>;

const valuesOf = (values: Readonly<Record<string, unknown>> | undefined): Sums =>
  Object.fromEntries(SUMS.map((name) => [name, Number(values?.[name] ?? 0)]));
const add = (all: readonly Sums[]): Sums =>
  Object.fromEntries(SUMS.map((name) => [name, all.reduce((sum, each) => sum + (each[name] ?? 0), 0)]));

/** Per row, the cells of one kind of column summed into the columns of another that they lie in. */
function summedInto(fine: TurnoverAnswer, coarse: TurnoverAnswer) {
  const lines = (grid: TurnoverAnswer) => [
    ...grid.rows,
    ...(grid.unmapped === null ? [] : [grid.unmapped]),
    { cells: grid.totals },
  ];
  return lines(fine).map((line) =>
    coarse.columns.map(({ from, to }) =>
      add(
        line.cells.flatMap(({ values }, index) => {
          const day = fine.columns[index]?.from ?? '';
          return day >= from && day <= to ? [valuesOf(values)] : [];
        }),
      ),
    ),
  );
}

function shownOf(grid: TurnoverAnswer) {
  const lines = [...grid.rows, ...(grid.unmapped === null ? [] : [grid.unmapped]), { cells: grid.totals }];
  return lines.map((line) => line.cells.map(({ values }) => valuesOf(values)));
}

async function expectIdentities(one: Created, world: World): Promise<void> {
  const [hours, days, weeks, months] = [
    await one.grid('hour'),
    await one.grid('day'),
    await one.grid('week'),
    await one.grid('month'),
  ];
  expect(summedInto(hours, days)).toEqual(shownOf(days));
  expect(summedInto(days, weeks)).toEqual(shownOf(weeks));
  expect(summedInto(days, months)).toEqual(shownOf(months));
  expect(shownOf(days).slice(0, -1).map(add1)).toEqual(
    [...days.rows, ...(days.unmapped === null ? [] : [days.unmapped])].map(({ total }) => valuesOf(total.values)),
  );
  const { items } = await one.cells();
  for (const row of days.rows) {
    const name = row.department?.name ?? '';
    const ofShop = items.filter(({ shopId }) => `Shop ${shopId}` === name);
    expect([name, add(ofShop.map(({ measures }) => valuesOf(measures)))]).toEqual([name, valuesOf(row.total.values)]);
    const receipts = await one.receipts({ department: row.department?.id });
    expect([name, valuesOf(receipts.total?.figure)]).toEqual([
      name,
      { ...valuesOf(row.total.values), ...withoutTypes(receipts.total?.figure) },
    ]);
    expect(add(receipts.items.map(({ figure }) => valuesOf(figure)))).toEqual(valuesOf(receipts.total?.figure));
  }
  // D4, in both tax bases, in every cell of every grid: gross less discounts and returns is net.
  for (const grid of [hours, days, weeks, months]) {
    for (const cell of shownOf(grid).flat()) {
      for (const basis of ['', '_incl']) {
        const of = (name: string) => cell[`${name}${basis}`] ?? 0;
        expect([basis, of('gross_sales') - of('discounts') - of('returns')]).toEqual([basis, of('net_sales')]);
      }
    }
  }
  await expectPosTotals(one, world, days);
}

const add1 = (cells: readonly Sums[]): Sums => add(cells);

/** Payments by type are not part of a receipt's own figure when there are none of that type. */
function withoutTypes(figure: Readonly<Record<string, unknown>> | undefined): Sums {
  return Object.fromEntries(['payments:1', 'payments:3'].map((name) => [name, Number(figure?.[name] ?? 0)]));
}

/** Net incl. + what is no revenue + what the POS's total has beyond its lines = the POS's own totals. */
async function expectPosTotals(one: Created, world: World, days: TurnoverAnswer): Promise<void> {
  const { rows } = await one.inTenant((trx) =>
    sql<{ other: number }>`
      select coalesce(sum(line.net_cents + line.tax_cents), 0)::bigint as other from sale_line line
      join sale on sale.organization_id = line.organization_id and sale.pos_account_id = line.pos_account_id and sale.sale_id = line.sale_id
      where line.organization_id = ${one.organizationId} and sale.state = 'completed' and line.kind not in ('goods', 'return', 'discount')`.execute(
      trx,
    ),
  );
  const pos = world.sales.reduce((sum, { made, state }) => sum + (state === 'completed' ? made.total : 0), 0);
  const total = valuesOf(days.total.values);
  expect((total['net_sales_incl'] ?? 0) + (rows[0]?.other ?? 0) + (total['unexplained_incl'] ?? 0)).toBe(pos);
}

/** What is read of all shops together is what the grid by hour has of each, whoever asks; and what is rolled up is the sum of its facts. */
async function expectClock(one: Created): Promise<void> {
  const hours = await one.grid('hour');
  const [all, some] = [one.departments, one.departments.filter(({ name }) => name !== 'Shop 2')];
  for (const asked of [all, some]) {
    const department = asked.map(({ id }) => id);
    const map = await one.inTenant((trx) =>
      readHeatMap(trx, one.organizationId, heatMapQuery.parse({ ...RANGE, department, measure: 'net_sales' }), NOW),
    );
    const expected = new Map<string, number>();
    for (const row of hours.rows.filter((each) => department.includes(each.department?.id ?? ''))) {
      for (const [index, { values }] of row.cells.entries()) {
        const { from = '', localHour = '' } = hours.columns[index] ?? {};
        const key = `${((new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7) + 1} ${localHour}`;
        expected.set(key, (expected.get(key) ?? 0) + Number(values['net_sales'] ?? 0));
      }
    }
    const shown = new Map(map.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, Number(cell.sum)]));
    for (const key of new Set([...expected.keys(), ...shown.keys()])) {
      expect([department.length, key, shown.get(key) ?? 0]).toEqual([department.length, key, expected.get(key) ?? 0]);
    }
    const [cell] = map.cells;
    if (cell === undefined) continue;
    const receipts = await one.receipts({ department, weekday: String(cell.weekday), localHour: cell.hour });
    expect(receipts.total?.figure['net_sales'] ?? 0).toBe(cell.sum);
  }
  const { rows } = await one.inTenant((trx) =>
    sql<{ what: string }>`
      with apart as (
        (select 'hour', business_day, hour::text, null::text, facts, net_sales, payments, goods_sold from account_hour
          except select 'hour', business_day, hour::text, null::text, count(*)::int, sum(net_sales)::bigint, sum(payments)::bigint, sum(goods_sold)
          from fact group by business_day, hour)
        union all
        (select 'day', business_day, shop_id, payment_type_id, null::int, null::bigint, payments, null::numeric from payment_day
          except select 'day', business_day, shop_id, payment_type_id, null::int, null::bigint, payments, null::numeric from (
            select business_day, shop_id, register_id, payment_type_id, sum(payments)::bigint as payments from payment_fact group by 1, 2, 3, 4
          ) f)
        union all
        (select 'month', month, shop_id, payment_type_id, null::int, null::bigint, payments, null::numeric from payment_month
          except select 'month', month, shop_id, payment_type_id, null::int, null::bigint, payments, null::numeric from (
            select date_trunc('month', business_day)::date as month, shop_id, register_id, payment_type_id, sum(payments)::bigint as payments
            from payment_fact group by 1, 2, 3, 4
          ) f)
      )
      select apart::text as what from apart
      union all
      select 'rows: ' || count(*) from (
        select 1 from account_hour union all select 2 from payment_day union all select 3 from payment_month
      ) kept having count(*) <> (select count(distinct (business_day, hour)) from fact)
        + (select count(distinct (business_day, shop_id, register_id, payment_type_id)) from payment_fact)
        + (select count(distinct (date_trunc('month', business_day), shop_id, register_id, payment_type_id)) from payment_fact)`.execute(
      trx,
    ),
  );
  expect(rows).toEqual([]);
}

describe(`Over ${2 * PAIRS} generated worlds`, () => {
  it(
    'hours sum to days, days to weeks and months, registers to shops, receipts to cells, all to the POS’s totals; the clock is that of the hours, whoever asks; and changed zones, day starts and mappings show what they had always shown',
    async () => {
      await fc.assert(
        fc.asyncProperty(worldArbitrary, async (world) => {
          const changed = await create(world);
          await changed.ledger.recordSales(salesOf(world));
          await expectIdentities(changed, world);
          await changed.change();
          await expectClock(changed);
          const always = await create(world);
          await always.change();
          await always.ledger.recordSales(salesOf(world));
          expect(await changed.shown()).toEqual(await always.shown());
        }),
        { numRuns: PAIRS, endOnFailure: true },
      );
    },
    PATIENCE_MS,
  );
});

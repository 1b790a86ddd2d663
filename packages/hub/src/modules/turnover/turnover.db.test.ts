import type { Instant } from '@tillweave/lightspeed';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { addDays } from '../ledger/figure/business-day.ts';
import { listDepartments } from '../stores/queries.ts';
import { changeCalendar } from '../stores/change-calendar.ts';
import { mapFrom } from '../stores/set-mappings.ts';
import { markClosed } from '../stores/closed-days.ts';
import { clocksOf } from './clocks.ts';
import { getTurnover } from './get-turnover.ts';
import { hourSums } from './heat-map.ts';
import { listCells } from './list-cells.ts';
import { listCoverage } from './list-coverage.ts';
import { type TurnoverAnswer, type TurnoverQuery, turnoverQuery } from './schemas.ts';
import { factSums, paymentSums } from './sum-questions.ts';
import { testLedger, type TestLedger, type TestSale, type TestShop } from './testing/ledger.ts';

const COPENHAGEN: TestShop = { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] };
const NEW_YORK: TestShop = { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] };
const ADELAIDE: TestShop = { id: '3', name: 'Glenelg', timeZone: 'Australia/Adelaide', dayStartHour: 5, registers: ['5'] };

const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;

/** Half past every third hour of three days in three shops, at alternating registers. */
const WEEK: readonly TestSale[] = ['2026-11-17', '2026-11-18', '2026-11-19'].flatMap((day, dayIndex) =>
  [COPENHAGEN, NEW_YORK, ADELAIDE].flatMap((shop, shopIndex) =>
    [9, 12, 15].map((hour, index): TestSale => {
      const offset = { '1': '+01:00', '2': '-05:00', '3': '+10:30' }[shop.id] ?? 'Z';
      return {
        id: `${dayIndex + 1}${shopIndex}${index}`,
        shop: shop.id,
        register: shop.registers?.[index % (shop.registers.length || 1)] ?? '',
        at: `${day}T${String(hour).padStart(2, '0')}:30:00${offset}`,
        net: `${100 * (dayIndex + 1) + 10 * shopIndex + index}.0${index}`,
        payment: index === 1 ? 'card' : 'cash',
        ...(index === 2 ? { customer: '77' } : {}),
      };
    }),
  ),
);

interface World extends TestDatabase {
  readonly ledger: TestLedger;
  readonly ask: (query: Partial<TurnoverQuery> & { from: string; to: string }, now?: Instant) => Promise<TurnoverAnswer>;
}

async function world(shops: readonly TestShop[], options: Parameters<typeof testLedger>[3] = {}): Promise<World> {
  const database = await testDatabase();
  const ledger = await testLedger(database.db, database.organizationId, shops, options);
  return {
    ...database,
    ledger,
    ask: (query, now = NOW) =>
      tenantTransaction(database.db, database.organizationId, (trx) =>
        getTurnover(trx, database.organizationId, turnoverQuery.parse(query), now),
      ),
  };
}

const departmentNamed = (answer: TurnoverAnswer, name: string) => {
  const row = answer.rows.find(({ department, store }) => (department?.name ?? store.name) === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
};
const netOf = (answer: TurnoverAnswer, name: string) =>
  departmentNamed(answer, name).cells.map((cell) => cell.values['net_sales']);
const coverageOf = (answer: TurnoverAnswer, name: string) => departmentNamed(answer, name).cells.map((cell) => cell.coverage);

describe('Identities: hours sum to the day, days to the week, rows and columns to the total', () => {
  const measure = [
    'net_sales',
    'net_sales_incl',
    'tax',
    'transactions',
    'goods_sold',
    'payments',
    'payments:1',
    'payments:3',
    'average_basket',
    'identified_share',
  ];
  let one: World;
  beforeAll(async () => {
    one = await world([COPENHAGEN, NEW_YORK, ADELAIDE]);
    await one.ledger.record(WEEK);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
  });

  it('gives the same total by hour, day, week and month', async () => {
    const range = { from: '2026-11-17', to: '2026-11-19', measure };
    const [hour, day, week, month] = await Promise.all(
      (['hour', 'day', 'week', 'month'] as const).map((by) => one.ask({ ...range, by })),
    );
    const expected = WEEK.reduce((sum, sale) => sum + Math.round(Number(sale.net) * 100), 0);
    expect(day?.total.values['net_sales']).toBe(expected);
    expect(day?.total.values['transactions']).toBe(WEEK.length);
    expect(day?.total.values['average_basket']).toBe(Math.round(expected / WEEK.length));
    expect(day?.total.values['identified_share']).toBe('0.3333');
    for (const other of [hour, week, month]) expect(other?.total).toEqual(day?.total);
    expect(week?.columns).toEqual([{ key: '2026-W47', from: '2026-11-17', to: '2026-11-19', whole: false }]);
    const types = Number(day?.total.values['payments:1']) + Number(day?.total.values['payments:3']);
    expect(types).toBe(day?.total.values['payments']);
    expect(types).toBeGreaterThan(0);
  });

  it('sums cells to rows, columns and the total, measure by measure', async () => {
    for (const by of ['hour', 'day'] as const) {
      const answer = await one.ask({
        from: '2026-11-17',
        to: '2026-11-19',
        by,
        measure: ['net_sales', 'transactions', 'payments:3'],
      });
      for (const name of ['net_sales', 'transactions', 'payments:3']) {
        const numbers = answer.rows.map((row) => row.cells.map((cell) => Number(cell.values[name] ?? 0)));
        const add = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
        expect(answer.rows.map((row) => row.total.values[name])).toEqual(numbers.map(add));
        expect(answer.totals.map((cell) => Number(cell.values[name] ?? 0))).toEqual(
          answer.columns.map((_, index) => add(numbers.map((row) => row[index] ?? 0))),
        );
        expect(answer.total.values[name]).toBe(add(numbers.map(add)));
      }
    }
  });

  it('lists facts page by page that add up to the same, zero measures left out', async () => {
    const { db, organizationId, ledger } = one;
    const cells = [];
    let cursor: string | undefined;
    do {
      const after = cursor;
      const page = await tenantTransaction(db, organizationId, (trx) =>
        listCells(trx, organizationId, {
          from: '2026-11-17',
          to: '2026-11-19',
          limit: 4,
          ...(after === undefined ? {} : { cursor: after }),
        }),
      );
      expect(page.items.length).toBeLessThanOrEqual(4);
      cells.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(cells).toHaveLength(WEEK.length);
    expect(new Set(cells.map((cell) => JSON.stringify([cell.shopId, cell.registerId, cell.day, cell.hour]))).size).toBe(
      cells.length,
    );
    const total = (await one.ask({ from: '2026-11-17', to: '2026-11-19' })).total.values['net_sales'];
    expect(cells.reduce((sum, cell) => sum + Number(cell.measures['net_sales'] ?? 0), 0)).toBe(total);
    const [first] = cells;
    expect(first).toMatchObject({
      posAccountId: ledger.posAccountId,
      accountId: '1',
      currency: 'DKK',
      minorDigits: 2,
      shopId: '1',
      registerId: '1',
      day: '2026-11-17',
      hour: '2026-11-17T08:00:00.000Z',
      measures: { net_sales: 10000, tax: 2500, transactions: 1, goods_sold: '1', payments: 12500, 'payments:1': 12500 },
    });
    expect(Object.values(first?.measures ?? {})).not.toContain(0);
  });

  it('puts ten o’clock of every zone into one column, with the UTC hours to drill by', async () => {
    const answer = await one.ask({ from: '2026-11-18', to: '2026-11-18', by: 'hour' });
    expect(answer.columns.map((column) => column.localHour)).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
    ]);
    const nine = (name: string) => departmentNamed(answer, name).cells[0]?.hours;
    expect(nine('Nyhavn')).toEqual(['2026-11-18T08:00:00.000Z']);
    expect(nine('Soho')).toEqual(['2026-11-18T14:00:00.000Z']);
    expect(nine('Glenelg')).toEqual(['2026-11-17T22:30:00.000Z']);
    expect(answer.totals[0]?.hours).toBeUndefined();
  });

  it('stands a week or a year beside it', async () => {
    const answer = await one.ask({ from: '2026-11-24', to: '2026-11-26', compare: 'week' });
    expect(answer.comparison?.columns.map(({ key, comparesTo }) => [key, comparesTo])).toEqual([
      ['2026-11-17', '2026-11-24'],
      ['2026-11-18', '2026-11-25'],
      ['2026-11-19', '2026-11-26'],
    ]);
    expect(answer.comparison?.total).toEqual((await one.ask({ from: '2026-11-17', to: '2026-11-19' })).total);
    const hours = await one.ask({ from: '2026-11-26', to: '2026-11-26', by: 'hour', compare: 'week' });
    expect(hours.comparison?.columns[0]).toMatchObject({ key: '2026-11-19T09:00#1', comparesTo: '2026-11-26T09:00#1' });
  });

  it('is grouped by store and filtered', async () => {
    const all = await one.ask({ from: '2026-11-17', to: '2026-11-19', group: 'store' });
    expect(all.rows.map(({ store, department }) => [store.name, department])).toEqual([
      ['Glenelg', null],
      ['Nyhavn', null],
      ['Soho', null],
    ]);
    const storeId = all.rows[1]?.store.id ?? '';
    const filtered = await one.ask({ from: '2026-11-17', to: '2026-11-19', store: [storeId] });
    expect(filtered.rows.map(({ store }) => store.name)).toEqual(['Nyhavn']);
    expect(filtered.total).toEqual(all.rows[1]?.total);
  });

  it('refuses unknown measures, and ranges too long or reversed', async () => {
    await expect(one.ask({ from: '2026-11-17', to: '2026-11-19', measure: ['profit'] })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(one.ask({ from: '2026-11-19', to: '2026-11-17' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(one.ask({ from: '2026-01-01', to: '2026-11-17', by: 'hour' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('D20: mappings are joined when read', () => {
  it('changes history at the next look when a mapping changes from a date in the past', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.record(WEEK.filter((sale) => sale.shop !== '3'));
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const range = { from: '2026-11-17', to: '2026-11-19' };
    const before = await one.ask(range);
    const [nyhavn, soho] = await tenantTransaction(one.db, one.organizationId, (trx) => listDepartments(trx, one.organizationId));
    await tenantTransaction(one.db, one.organizationId, (trx) =>
      mapFrom(trx, one.organizationId, {
        posAccountId: one.ledger.posAccountId,
        shopId: '2',
        registerId: null,
        departmentId: nyhavn?.id ?? '',
        from: '2026-11-18',
        until: '2026-11-19',
      }),
    );
    const after = await one.ask(range);
    const [b1 = 0, b2 = 0, b3 = 0] = netOf(before, 'Nyhavn').map(Number);
    const [s1, s2 = 0, s3] = netOf(before, 'Soho').map(Number);
    expect(netOf(after, 'Nyhavn')).toEqual([b1, b2 + s2, b3]);
    // Nothing is mapped there on that day: not zero, but not applicable.
    expect(netOf(after, 'Soho')).toEqual([s1, null, s3]);
    expect(coverageOf(after, 'Soho')).toEqual(['complete', 'not_applicable', 'complete']);
    expect(after.total).toEqual(before.total);
    expect(soho?.name).toBe('Soho');
  });

  it('lets a register’s mapping beat its shop’s, and counts what no mapping takes', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.record(WEEK.filter((sale) => sale.shop !== '3'));
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const range = { from: '2026-11-17', to: '2026-11-17' };
    const before = await one.ask(range);
    const departments = await tenantTransaction(one.db, one.organizationId, (trx) => listDepartments(trx, one.organizationId));
    const soho = departments.find(({ name }) => name === 'Soho')?.id ?? '';
    const source = { posAccountId: one.ledger.posAccountId, from: '0001-01-01', until: null };
    await tenantTransaction(one.db, one.organizationId, async (trx) => {
      await mapFrom(trx, one.organizationId, { ...source, shopId: '1', registerId: '2', departmentId: soho });
      await mapFrom(trx, one.organizationId, { ...source, shopId: '2', registerId: null, departmentId: null });
    });
    const after = await one.ask(range);
    const ofRegister = (register: string) =>
      WEEK.filter((sale) => sale.at.startsWith('2026-11-17') && sale.shop === '1' && sale.register === register).reduce(
        (sum, sale) => sum + Math.round(Number(sale.net) * 100),
        0,
      );
    expect(netOf(after, 'Nyhavn')).toEqual([ofRegister('1')]);
    expect(netOf(after, 'Soho')).toEqual([ofRegister('2')]);
    expect(after.unmapped?.total.values['net_sales']).toBe(before.rows[1]?.total.values['net_sales']);
    expect(after.total.values).toEqual(before.total.values);
    const only = await one.ask({ ...range, department: ['unmapped'] });
    expect([only.rows, only.total.values]).toEqual([[], after.unmapped?.total.values]);
  });
});

describe('D20, over any sequence of changes', () => {
  const DAYS = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
  const change = fc.record({
    shopId: fc.constantFrom('1', '2'),
    register: fc.boolean(),
    department: fc.option(fc.constantFrom(0, 1), { nil: null }),
    from: fc.constantFrom('0001-01-01', ...DAYS),
    length: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  });

  it('gives each register and day to the department that was last said for it, its own word before its shop’s', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    const sales = WEEK.filter((sale) => sale.shop !== '3');
    await one.ledger.record(sales);
    const [nyhavn, soho] = await tenantTransaction(one.db, one.organizationId, (trx) => listDepartments(trx, one.organizationId));
    const ids = [nyhavn?.id ?? '', soho?.id ?? ''];
    // What was said, newest last: the model knows no dates but "was it said for this day".
    type Said = { shopId: string; registerId: string | null; departmentId: string | null; from: string; until: string | null };
    const said: Said[] = [
      { shopId: '1', registerId: null, departmentId: ids[0] ?? '', from: '0001-01-01', until: null },
      { shopId: '2', registerId: null, departmentId: ids[1] ?? '', from: '0001-01-01', until: null },
    ];
    const lastFor = (shopId: string, registerId: string | null, day: string) =>
      said.findLast(
        (one) =>
          one.shopId === shopId && one.registerId === registerId && one.from <= day && (one.until === null || day < one.until),
      )?.departmentId ?? null;
    await fc.assert(
      fc.asyncProperty(change, async ({ shopId, register, department, from, length }) => {
        const registerId = register ? (shopId === '1' ? '2' : '3') : null;
        const until = length === null ? null : addDays(from === '0001-01-01' ? '2026-11-16' : from, length);
        const wanted: Said = {
          shopId,
          registerId,
          departmentId: department === null ? null : (ids[department] ?? ''),
          from,
          until,
        };
        said.push(wanted);
        await tenantTransaction(one.db, one.organizationId, (trx) =>
          mapFrom(trx, one.organizationId, { posAccountId: one.ledger.posAccountId, ...wanted }),
        );
        const expected = new Map<string, number>();
        for (const sale of sales) {
          const day = sale.at.slice(0, 10);
          const department = lastFor(sale.shop, sale.register ?? '', day) ?? lastFor(sale.shop, null, day) ?? 'unmapped';
          expected.set(department, (expected.get(department) ?? 0) + Math.round(Number(sale.net) * 100));
        }
        const answer = await one.ask({ from: '2026-11-17', to: '2026-11-19' });
        const found = new Map(
          [
            ...answer.rows.map((row) => [row.department?.id, row.total] as const),
            ['unmapped', answer.unmapped?.total] as const,
          ].flatMap(([id, total]) => {
            const net = Number(total?.values['net_sales'] ?? 0);
            return id === undefined || net === 0 ? [] : [[id, net] as const];
          }),
        );
        expect(found).toEqual(expected);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

describe('D19: hours of days with 25 and 23', () => {
  it('keeps the two hours that the clock shows as 02:00 apart', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-10-25T02:30:00+02:00', net: '10.00' },
      { id: '2', shop: '1', register: '1', at: '2026-10-25T02:30:00+01:00', net: '20.00' },
      { id: '3', shop: '1', register: '1', at: '2026-10-25T03:10:00+01:00', net: '40.00' },
    ]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const answer = await one.ask({ from: '2026-10-25', to: '2026-10-25', by: 'hour' });
    expect(answer.columns.map(({ localHour, repeat }) => [localHour, repeat])).toEqual([
      ['02:00', 1],
      ['02:00', 2],
      ['03:00', 1],
    ]);
    expect(netOf(answer, 'Nyhavn')).toEqual([1000, 2000, 4000]);
    expect(departmentNamed(answer, 'Nyhavn').cells.map((cell) => cell.hours)).toEqual([
      ['2026-10-25T00:00:00.000Z'],
      ['2026-10-25T01:00:00.000Z'],
      ['2026-10-25T02:00:00.000Z'],
    ]);
    // New York's clock shows 02:00 once that day: the second column says nothing of it.
    expect(coverageOf(answer, 'Soho')).toEqual(['complete', 'not_applicable', 'complete']);
  });

  it('has no column for the hour that a 23 h day lacks', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-03-29T01:30:00+01:00', net: '10.00' },
      { id: '2', shop: '1', register: '1', at: '2026-03-29T03:30:00+02:00', net: '20.00' },
    ]);
    const answer = await one.ask({ from: '2026-03-29', to: '2026-03-29', by: 'hour' });
    expect(answer.columns.map(({ localHour }) => localHour)).toEqual(['01:00', '03:00']);
  });
});

describe('D21: missing, closed and zero are three different things', () => {
  it('is missing before anything was read, then complete with 0, and closed once marked', async () => {
    const one = await world([COPENHAGEN]);
    const range = { from: '2026-11-17', to: '2026-11-17' };
    const unread = await one.ask(range);
    expect([coverageOf(unread, 'Nyhavn'), netOf(unread, 'Nyhavn'), unread.total.coverage]).toEqual([
      ['missing'],
      [null],
      'missing',
    ]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const read = await one.ask(range);
    expect([coverageOf(read, 'Nyhavn'), netOf(read, 'Nyhavn')]).toEqual([['complete'], [0]]);
    await tenantTransaction(one.db, one.organizationId, (trx) =>
      markClosed(trx, one.organizationId, { posAccountId: one.ledger.posAccountId, shopId: '1', day: '2026-11-17' }, 'Holiday'),
    );
    const closed = await one.ask(range);
    expect([coverageOf(closed, 'Nyhavn'), netOf(closed, 'Nyhavn')]).toEqual([['closed'], [0]]);
    // A sale on a day marked as closed counts all the same, and the day is open after all.
    await one.ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-17T10:00:00+01:00', net: '10.00' }]);
    const sold = await one.ask(range);
    expect([coverageOf(sold, 'Nyhavn'), netOf(sold, 'Nyhavn')]).toEqual([['complete'], [1000]]);
  });

  it('calls a day partial, not missing, once any sale of it is here, and closed although one of it was voided', async () => {
    const one = await world([COPENHAGEN]);
    const sale = { id: '1', shop: '1', register: '1', at: '2026-11-17T10:00:00+01:00', net: '10.00', state: 'voided' } as const;
    await one.ledger.record([sale]);
    const range = { from: '2026-11-16', to: '2026-11-17' };
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['missing', 'partial']);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    await tenantTransaction(one.db, one.organizationId, (trx) =>
      markClosed(trx, one.organizationId, { posAccountId: one.ledger.posAccountId, shopId: '1', day: '2026-11-17' }, 'Holiday'),
    );
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'closed']);
  });

  it('never calls a running day final, nor shows a figure for a day that has not begun', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-24T10:00:00+01:00', net: '10.00' }]);
    await one.ledger.caughtUp('2026-11-24T11:59:00Z');
    const answer = await one.ask({ from: '2026-11-23', to: '2026-11-25' });
    expect(coverageOf(answer, 'Nyhavn')).toEqual(['complete', 'running', 'running']);
    expect(netOf(answer, 'Nyhavn')).toEqual([0, 1000, null]);
    expect(answer.total).toMatchObject({ coverage: 'running', values: { net_sales: 1000 } });
  });

  it('is complete only once the stream was read past the end of the day and its grace', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-23T10:00:00+01:00', net: '10.00' }]);
    await one.ledger.caughtUp('2026-11-23T23:10:00Z');
    expect(coverageOf(await one.ask({ from: '2026-11-23', to: '2026-11-23' }), 'Nyhavn')).toEqual(['partial']);
    await one.ledger.caughtUp('2026-11-23T23:15:00Z');
    expect(coverageOf(await one.ask({ from: '2026-11-23', to: '2026-11-23' }), 'Nyhavn')).toEqual(['complete']);
  });

  it('takes the worst of the sources mapped that day, and says why', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const second = await testLedger(one.db, one.organizationId, [{ ...COPENHAGEN, id: '9', name: 'Other till' }], {
      externalId: '2',
    });
    const [nyhavn] = await tenantTransaction(one.db, one.organizationId, (trx) => listDepartments(trx, one.organizationId));
    await tenantTransaction(one.db, one.organizationId, (trx) =>
      mapFrom(trx, one.organizationId, {
        posAccountId: second.posAccountId,
        shopId: '9',
        registerId: null,
        departmentId: nyhavn?.id ?? '',
        from: '2026-11-18',
        until: null,
      }),
    );
    expect(coverageOf(await one.ask({ from: '2026-11-17', to: '2026-11-18' }), 'Nyhavn')).toEqual(['complete', 'missing']);
    const { shops, departments } = await tenantTransaction(one.db, one.organizationId, (trx) =>
      listCoverage(trx, one.organizationId, { from: '2026-11-17', to: '2026-11-18' }, NOW),
    );
    expect(shops.find(({ name }) => name === 'Other till')?.days[0]).toEqual({
      day: '2026-11-17',
      coverage: 'missing',
      reasons: ['history_not_read', 'sales_not_caught_up', 'look_ups_not_read'],
    });
    expect(departments.find(({ department }) => department.name === 'Nyhavn')?.days.map((day) => day.coverage)).toEqual([
      'complete',
      'missing',
    ]);
  });

  it('is partial while receipts of the day are not in its sums', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-18T10:00:00+01:00', net: '10.00' }]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    await tenantTransaction(one.db, one.organizationId, (trx) =>
      trx
        .insertInto('dirty_day')
        .values({
          organization_id: one.organizationId,
          pos_account_id: one.ledger.posAccountId,
          shop_id: '1',
          business_day: '2026-11-18',
          generation: 1,
        })
        .execute(),
    );
    const range = { from: '2026-11-17', to: '2026-11-18' };
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'partial']);
    await one.ledger.record([]);
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'complete']);
  });

  it('finds the day of a document set aside by the calendar as it is now, in each shop that it may be of (D17, D22)', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const unread = (id: string, shopId: string | null, time: string) =>
      one.ledger.setAside({ id, shopId, readableTime: Date.parse(time) as Instant });
    const range = { from: '2026-11-17', to: '2026-11-19' };
    // 02:00 on the 18th in Copenhagen.
    await unread('1', '1', '2026-11-18T01:00:00Z');
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'partial', 'complete']);
    await changeCalendar(one, {
      organizationId: one.organizationId,
      posAccountId: one.ledger.posAccountId,
      shopId: '1',
      from: '0001-01-01',
      dayStartHour: 5,
    });
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['partial', 'complete', 'complete']);
    // 04:30 on the 19th in Copenhagen, the evening of the 18th in New York.
    await unread('2', null, '2026-11-19T04:30:00Z');
    const either = await one.ask(range);
    expect([coverageOf(either, 'Nyhavn'), coverageOf(either, 'Soho')]).toEqual([
      ['partial', 'complete', 'partial'],
      ['complete', 'partial', 'complete'],
    ]);
  });

  it('doubts the days of what is stored of a sale whose newer version cannot be read', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-11-17T10:00:00+01:00', net: '10.00', paidAt: '2026-11-18T10:00:00+01:00' },
    ]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const range = { from: '2026-11-16', to: '2026-11-19' };
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'complete', 'complete', 'complete']);
    await one.ledger.setAside({ id: '1', shopId: '1', readableTime: Date.parse('2026-11-19T09:00:00Z') as Instant });
    expect(coverageOf(await one.ask(range), 'Nyhavn')).toEqual(['complete', 'partial', 'partial', 'partial']);
  });

  it('makes partial the day of a document set aside, and every day of its shop when it has no readable time (D22)', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const setAside = (shopId: string | null, day: string | null) =>
      tenantTransaction(one.db, one.organizationId, (trx) =>
        trx
          .insertInto('set_aside')
          .values({
            organization_id: one.organizationId,
            id: uuidv7(),
            pos_account_id: one.ledger.posAccountId,
            resource: 'sale',
            shop_id: shopId,
            business_day: day,
            code: 'bad_number',
            path: 'calcTotal',
            message: 'not a number',
            document_hash: Buffer.from(uuidv7()),
            seen_at: new Date(NOW),
          })
          .execute(),
      );
    const range = { from: '2026-11-17', to: '2026-11-18' };
    await setAside('1', '2026-11-18');
    const dated = await one.ask(range);
    expect([coverageOf(dated, 'Nyhavn'), coverageOf(dated, 'Soho')]).toEqual([
      ['complete', 'partial'],
      ['complete', 'complete'],
    ]);
    await setAside('1', null);
    const undated = await one.ask(range);
    expect([coverageOf(undated, 'Nyhavn'), coverageOf(undated, 'Soho')]).toEqual([
      ['partial', 'partial'],
      ['complete', 'complete'],
    ]);
  });
});

describe('Tenants and currencies', () => {
  it('shows another organization nothing, even when asked with our id', async () => {
    const one = await world([COPENHAGEN]);
    await one.ledger.record(WEEK.filter((sale) => sale.shop === '1'));
    const other = uuidv7();
    await systemTransaction(one.db, (trx) =>
      trx
        .insertInto('organization')
        .values({ organization_id: other, name: 'Other', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
        .execute(),
    );
    const range = { from: '2026-11-17', to: '2026-11-19' };
    const theirs = await tenantTransaction(one.db, other, (trx) => getTurnover(trx, other, turnoverQuery.parse(range), NOW));
    expect([theirs.rows, theirs.unmapped, theirs.total.coverage]).toEqual([[], null, 'not_applicable']);
    // A mistake in our own code would be such a call: row-level security must still hold.
    await expect(
      tenantTransaction(one.db, other, (trx) => getTurnover(trx, one.organizationId, turnoverQuery.parse(range), NOW)),
    ).rejects.toMatchObject({ code: 'not_found' });
    const cells = await tenantTransaction(one.db, other, (trx) => listCells(trx, one.organizationId, { ...range, limit: 10 }));
    expect(cells.items).toEqual([]);
  });

  it('never adds amounts in different currencies', async () => {
    const one = await world([COPENHAGEN]);
    const euros = await testLedger(one.db, one.organizationId, [{ ...COPENHAGEN, id: '4', name: 'Paris' }], {
      currency: 'EUR',
      externalId: '2',
    });
    await one.ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-17T10:00:00+01:00', net: '10.00' }]);
    await euros.record([{ id: '1', shop: '4', register: '1', at: '2026-11-17T10:00:00+01:00', net: '7.00' }]);
    const range = { from: '2026-11-17', to: '2026-11-17' };
    const kroner = await one.ask(range);
    expect([kroner.currency, kroner.otherCurrencies, kroner.total.values['net_sales']]).toEqual(['DKK', ['EUR'], 1000]);
    const other = await one.ask({ ...range, currency: 'EUR' });
    expect([other.currency, other.otherCurrencies, other.total.values['net_sales']]).toEqual(['EUR', ['DKK'], 700]);
    // A store that trades in euros has no kroner: that is nothing, not zero.
    await euros.caughtUp('2026-11-24T11:00:00Z');
    const again = await one.ask(range);
    expect([coverageOf(again, 'Paris'), netOf(again, 'Paris')]).toEqual([['not_applicable'], [null]]);
  });
});

describe('The plan', () => {
  it('reads a week by day, a year by month and a week by hour each as a range of an index, among years of facts', async () => {
    const one = await world([COPENHAGEN, NEW_YORK, ADELAIDE]);
    const { db, organizationId, ledger } = one;
    await tenantTransaction(db, organizationId, async (trx) => {
      await sql`
        insert into fact (organization_id, pos_account_id, shop_id, business_day, register_id, hour, net_sales)
        select ${organizationId}, ${ledger.posAccountId}, shop::text, day::date, '1', day + hour * interval '1 hour', 100
        from generate_series(1, 20) shop, generate_series(timestamptz '2024-01-01', '2026-11-20', interval '1 day') day,
          generate_series(9, 12) hour`.execute(trx);
      await sql`
        insert into fact_day (organization_id, pos_account_id, shop_id, business_day, register_id, net_sales)
        select organization_id, pos_account_id, shop_id, business_day, register_id, sum(net_sales) from fact group by 1, 2, 3, 4, 5`.execute(
        trx,
      );
      await sql`
        insert into fact_month (organization_id, pos_account_id, shop_id, month, register_id, net_sales)
        select organization_id, pos_account_id, shop_id, date_trunc('month', business_day), register_id, sum(net_sales)
        from fact group by 1, 2, 3, 4, 5`.execute(trx);
    });
    await tenantTransaction(db, organizationId, async (trx) => {
      await sql`
        insert into account_hour (organization_id, pos_account_id, business_day, hour, facts, net_sales)
        select organization_id, pos_account_id, business_day, hour, count(*), sum(net_sales) from fact group by 1, 2, 3, 4`.execute(
        trx,
      );
      await sql`
        insert into payment_fact (organization_id, pos_account_id, shop_id, business_day, register_id, hour, payment_type_id, payments)
        select organization_id, pos_account_id, shop_id, business_day, register_id, hour, type::text, 50
        from fact, generate_series(1, 3) type`.execute(trx);
      await sql`
        insert into payment_day (organization_id, pos_account_id, shop_id, business_day, register_id, payment_type_id, payments)
        select organization_id, pos_account_id, shop_id, business_day, register_id, payment_type_id, sum(payments)
        from payment_fact group by 1, 2, 3, 4, 5, 6`.execute(trx);
      await sql`
        insert into payment_month (organization_id, pos_account_id, shop_id, month, register_id, payment_type_id, payments)
        select organization_id, pos_account_id, shop_id, date_trunc('month', business_day), register_id, payment_type_id, sum(payments)
        from payment_fact group by 1, 2, 3, 4, 5, 6`.execute(trx);
    });
    const tables = ['fact', 'fact_day', 'fact_month', 'account_hour', 'payment_fact', 'payment_day', 'payment_month'];
    for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(db);
    const span = { organizationId, currency: 'DKK', from: '2026-11-09', to: '2026-11-15' };
    const year = { ...span, from: '2025-11-01', to: '2026-10-31' };
    const explain = (question: RawBuilder<unknown>) =>
      tenantTransaction(db, organizationId, async (trx) => {
        const { rows } = await sql<{
          'QUERY PLAN': string;
        }>`explain (analyze, costs off, timing off, summary off) ${question}`.execute(trx);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
    const quarter = { ...span, from: '2026-08-10', to: '2026-11-08' };
    const net = ['net_sales'] as const;
    const cash = [{ paymentTypeId: '1' }];
    const shops = Array.from({ length: 20 }, (_, index) => ({
      posAccountId: ledger.posAccountId,
      shopId: String(index + 1),
      name: '',
      archived: false,
      currency: 'DKK',
      calendar: [{ validFrom: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 }],
    }));
    const mappings = shops.map(({ posAccountId, shopId }) => ({
      id: shopId,
      posAccountId,
      shopId,
      registerId: null,
      departmentId: shopId,
      from: '0001-01-01',
      until: null,
    }));
    const clock = (howMany: number) => {
      const asked = shops.slice(0, howMany).map(({ shopId }) => shopId);
      return hourSums(organizationId, clocksOf(mappings, asked, shops, quarter), quarter, net);
    };
    // The range of the days is part of the index's condition, not a filter over everything that is stored.
    const expected: [RawBuilder<unknown>, RegExp][] = [
      [
        factSums(span, { by: 'day' }, net),
        /fact_day_range.*\n.*Index Cond: .*organization_id = .*business_day >= .*business_day <=/,
      ],
      [factSums(year, { by: 'month' }, net), /fact_month_range.*\n.*Index Cond: .*organization_id = .*month >= .*month </],
      [factSums(span, { by: 'hour' }, net), /Index Cond: .*shop_id = .*business_day >= .*business_day <=/],
      [
        paymentSums(span, { by: 'day' }, cash),
        /payment_day.*\n.*Index Cond: .*organization_id = .*business_day >= .*business_day <=/,
      ],
      [paymentSums(year, { by: 'month' }, cash), /payment_month.*\n.*Index Cond: .*organization_id = .*month >= .*month </],
      [paymentSums(span, { by: 'hour' }, cash), /Index Cond: .*shop_id = .*business_day >= .*business_day <=/],
      // All shops together; together save a few; and a few by themselves.
      [clock(20), /account_hour.*\n.*Index Cond: .*organization_id = .*business_day >= .*business_day <=/],
      [clock(17), /fact_pkey on fact\b.*\n.*Index Cond: .*shop_id = .*business_day >= .*business_day <=/],
      [clock(3), /fact_pkey on fact\b.*\n.*Index Cond: .*shop_id = .*business_day >= .*business_day <=/],
    ];
    for (const [question, condition] of expected) {
      const plan = await explain(question);
      expect(plan).toMatch(condition);
      expect(plan).not.toMatch(new RegExp(`Seq Scan on (${tables.join('|')})\\b`));
    }
    const sums = await one.ask({ from: span.from, to: span.to });
    expect(sums.total.values['net_sales']).toBe(20 * 7 * 4 * 100);
  });
});

describe('Sums by month', () => {
  it('are those of the days, whatever the range and wherever in a month a mapping changes', async () => {
    const one = await world([COPENHAGEN, NEW_YORK]);
    const days = Array.from({ length: 100 }, (_, index) => addDays('2026-07-20', index));
    await one.ledger.record(
      days.flatMap((day, index): TestSale[] => [
        { id: `1${index}`, shop: '1', register: '1', at: `${day}T10:00:00+02:00`, net: `${index + 1}.25` },
        { id: `2${index}`, shop: '1', register: '2', at: `${day}T11:00:00+02:00`, net: '3.00' },
        { id: `3${index}`, shop: '2', register: '3', at: `${day}T10:00:00-04:00`, net: '1000.00' },
      ]),
    );
    const departments = await tenantTransaction(one.db, one.organizationId, (trx) => listDepartments(trx, one.organizationId));
    const idOf = (name: string) => departments.find((each) => each.name === name)?.id ?? '';
    const { posAccountId } = one.ledger;
    const move = (registerId: string | null, departmentId: string | null, from: string, until: string | null) =>
      tenantTransaction(one.db, one.organizationId, (trx) =>
        mapFrom(trx, one.organizationId, { posAccountId, shopId: '1', registerId, departmentId, from, until }),
      );
    const byMonth = async (from: string, to: string) => {
      const [month, day] = await Promise.all([one.ask({ from, to, by: 'month' }), one.ask({ from, to, by: 'day' })]);
      for (const name of ['Nyhavn', 'Soho']) {
        const expected = month.columns.map((column) =>
          day.columns.reduce(
            (sum, each, index) => (each.key.startsWith(column.key) ? sum + Number(netOf(day, name)[index] ?? 0) : sum),
            0,
          ),
        );
        expect([name, from, to, netOf(month, name).map(Number)]).toEqual([name, from, to, expected]);
      }
      expect(month.total.values).toEqual(day.total.values);
    };
    const ranges = [
      ['2026-07-01', '2026-10-31'],
      ['2026-08-01', '2026-09-30'],
      ['2026-08-15', '2026-09-14'],
      ['2026-08-15', '2026-10-20'],
      ['2026-09-02', '2026-09-03'],
    ] as const;
    for (const [from, to] of ranges) await byMonth(from, to);
    await move(null, idOf('Soho'), '2026-09-01', null);
    await move('2', idOf('Nyhavn'), '2026-08-10', '2026-09-20');
    await move(null, null, '2026-10-05', '2026-10-07');
    for (const [from, to] of ranges) await byMonth(from, to);
  });
});

import type { Instant } from '@tillweave/lightspeed';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { setOpeningHours } from '../stores/opening-hours.ts';
import { listDepartments } from '../stores/queries.ts';
import { getTurnover } from './get-turnover.ts';
import { readHeatMap } from './heat-map.ts';
import { heatMap as heatMapShape, heatMapQuery, turnoverQuery } from './schemas.ts';
import { changeTurnoverSettings } from './settings.ts';
import { testLedger, type TestSale } from './testing/ledger.ts';
import { visitorsBody } from './visitors/schemas.ts';
import { importVisitors, listVisitors, setVisitors } from './visitors/visitors.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;
const BY = { actor: SYSTEM_ACTOR, at: new Date(NOW), departmentIds: null } as const;

/** Four weeks around the night of 25 October, at ten and (on Saturdays) at three o'clock local time; the last day is still running. */
const DAYS = Array.from({ length: 28 }, (_, index) =>
  new Date(Date.parse('2026-10-12T00:00:00Z') + index * 86_400_000).toISOString().slice(0, 10),
);
const offsetOn = (day: string) => (day <= '2026-10-25' ? '+02:00' : '+01:00');
const SALES: readonly TestSale[] = DAYS.flatMap((day, index): TestSale[] => {
  const offset = day === '2026-10-25' ? '+01:00' : offsetOn(day);
  const ten: TestSale = { id: `1${index}`, shop: '1', register: '1', at: `${day}T10:15:00${offset}`, net: '10.00' };
  const isSaturday = new Date(`${day}T00:00:00Z`).getUTCDay() === 6;
  return isSaturday ? [ten, { ...ten, id: `2${index}`, at: `${day}T15:30:00${offset}`, net: '5.00' }] : [ten];
});

let one: Awaited<ReturnType<typeof world>>;
beforeAll(async () => {
  one = await world();
});

async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(db, organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1'] },
    { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
  ]);
  await ledger.record(SALES);
  await ledger.record([{ id: '99', shop: '2', register: '3', at: '2026-10-13T10:15:00-04:00', net: '100.00' }]);
  // Sunday 8 November is not read to its end.
  await ledger.caughtUp('2026-11-08T12:00:00Z');
  const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) => tenantTransaction(db, organizationId, run);
  const departments = await inTenant((trx) => listDepartments(trx, organizationId));
  const idOf = (name: string) => departments.find((each) => each.name === name)?.id ?? '';
  const ask = (query: object) =>
    inTenant((trx) =>
      getTurnover(trx, organizationId, turnoverQuery.parse(query), Date.parse('2026-11-08T20:00:00Z') as Instant),
    );
  return { db, organizationId, posAccountId: ledger.posAccountId, inTenant, idOf, ask };
}

describe('The heat map', () => {
  const ask = (query: object, departmentIds: readonly string[] | null = null) =>
    one.inTenant((trx) =>
      readHeatMap(
        trx,
        one.organizationId,
        heatMapQuery.parse({ from: DAYS[0], to: DAYS.at(-1), ...query }),
        Date.parse('2026-11-08T20:00:00Z') as Instant,
        departmentIds,
      ),
    );

  it('sums by weekday and hour of the clock on the wall, across the night the clocks go back', async () => {
    const answer = await ask({ department: one.idOf('Nyhavn') });
    expect(heatMapShape.parse(answer)).toEqual(answer);
    expect(answer.hours).toEqual(['10:00', '15:00']);
    expect(answer.cells.filter(({ hour }) => hour === '10:00').map(({ weekday, sum }) => [weekday, sum])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, 4000]),
    );
    expect(
      answer.cells.filter(({ hour }) => hour === '15:00').map(({ weekday, sum, average }) => [weekday, sum, average]),
    ).toEqual([[6, 2000, 500]]);
  });

  it('averages complete days only, and says of how many', async () => {
    const answer = await ask({ department: one.idOf('Nyhavn') });
    expect(answer.weekdays.map(({ days, completeDays }) => [days, completeDays])).toEqual([
      ...[1, 2, 3, 4, 5, 6].map(() => [4, 4]),
      [4, 3],
    ]);
    expect(answer.cells.find(({ weekday }) => weekday === 7)).toEqual({
      weekday: 7,
      hour: '10:00',
      sum: 4000,
      averageOf: 3000,
      average: 1000,
    });
  });

  it('adds shops by their own clocks, and shows a limited member their departments’ alone', async () => {
    const tuesday = (answer: Awaited<ReturnType<typeof ask>>) =>
      answer.cells.find(({ weekday, hour }) => weekday === 2 && hour === '10:00')?.sum;
    expect(tuesday(await ask({}))).toBe(14_000);
    expect(tuesday(await ask({}, [one.idOf('Soho')]))).toBe(10_000);
    expect((await ask({}, [])).cells).toEqual([]);
  });

  it('agrees with the grid by hour', async () => {
    const range = { from: '2026-10-19', to: '2026-11-01' };
    const grid = await one.ask({ ...range, by: 'hour', measure: ['net_sales', 'goods_sold'] });
    for (const measure of ['net_sales', 'goods_sold']) {
      const map = await ask({ ...range, measure });
      const expected = new Map<string, number>();
      grid.columns.forEach((column, index) => {
        const value = Number(grid.totals[index]?.values[measure] ?? 0);
        const weekday = ((new Date(`${column.from}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
        const key = `${weekday} ${column.localHour ?? ''}`;
        if (value !== 0) expected.set(key, (expected.get(key) ?? 0) + value);
      });
      expect(new Map(map.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, Number(cell.sum)]))).toEqual(expected);
    }
  });
});

describe('The grid by hour', () => {
  it('reaches over the stated opening hours of the shops shown, so that an empty first hour is seen', async () => {
    const range = { from: '2026-10-12', to: '2026-10-12', by: 'hour' };
    const hoursOf = async (department: string) =>
      (await one.ask({ ...range, department: one.idOf(department) })).columns.map((column) => column.localHour);
    const hours = [{ weekday: 1, open: '08:00', close: '12:30' }];
    await one.inTenant((trx) =>
      setOpeningHours(
        trx,
        one.organizationId,
        { posAccountId: one.posAccountId, shopId: '1' },
        { from: '0001-01-01', hours },
        BY,
      ),
    );
    expect(await hoursOf('Nyhavn')).toEqual(['08:00', '09:00', '10:00', '11:00', '12:00']);
    // On Tuesday it is closed: what was sold all the same is shown.
    expect(
      (await one.ask({ from: '2026-10-13', to: '2026-10-13', by: 'hour', department: one.idOf('Nyhavn') })).columns.length,
    ).toBe(1);
    await one.inTenant((trx) =>
      setOpeningHours(
        trx,
        one.organizationId,
        { posAccountId: one.posAccountId, shopId: '1' },
        { from: '0001-01-01', hours: null },
        BY,
      ),
    );
    expect(await hoursOf('Nyhavn')).toEqual(['10:00']);
  });
});

describe('Comparisons', () => {
  it('with the period before, the week before, and the same weekdays of last year', async () => {
    const ask = async (query: object) => {
      const { comparison } = await one.ask({ measure: 'net_sales', ...query });
      return [comparison?.from, comparison?.to, comparison?.columns[0]?.comparesTo];
    };
    const range = { from: '2026-10-19', to: '2026-10-25' };
    expect(await ask({ ...range, compare: 'previous' })).toEqual(['2026-10-12', '2026-10-18', '2026-10-19']);
    expect(await ask({ from: '2026-10-20', to: '2026-10-22', compare: 'previous' })).toEqual([
      '2026-10-17',
      '2026-10-19',
      '2026-10-20',
    ]);
    expect(await ask({ ...range, compare: 'year' })).toEqual(['2025-10-20', '2025-10-26', '2026-10-19']);
    expect(await ask({ from: '2026-09-01', to: '2026-10-31', by: 'month', compare: 'previous' })).toEqual([
      '2026-07-01',
      '2026-08-31',
      '2026-09',
    ]);
    expect(await ask({ from: '2026-10-01', to: '2026-10-31', compare: 'previous' })).toEqual([
      '2026-09-01',
      '2026-09-30',
      '2026-10-01',
    ]);
  });
});

describe('Visitors and conversion', () => {
  const MEASURES = ['visitors', 'conversion', 'transactions'];
  const nyhavn = async (query: object) => {
    const answer = await one.ask({ measure: MEASURES, department: one.idOf('Nyhavn'), ...query });
    return answer.rows[0];
  };

  it('are unknown where nobody counted, and never a zero', async () => {
    const row = await nyhavn({ from: '2026-10-12', to: '2026-10-12' });
    expect(row?.total.values).toEqual({ visitors: null, conversion: null, transactions: 1 });
  });

  it('come by hand, hour by hour or for a day, whose number beats its hours; null takes one away', async () => {
    const departmentId = one.idOf('Nyhavn');
    const put = (items: readonly object[]) =>
      one.inTenant((trx) => setVisitors(trx, one.organizationId, visitorsBody.parse({ items }), 'manual', BY));
    await put([
      { departmentId, day: '2026-10-12', hour: '10:00', visitors: 4 },
      { departmentId, day: '2026-10-12', hour: '11:00', visitors: 6 },
    ]);
    expect((await nyhavn({ from: '2026-10-12', to: '2026-10-12' }))?.total.values).toMatchObject({
      visitors: 10,
      conversion: '0.1',
    });
    await put([{ departmentId, day: '2026-10-12', visitors: 20 }]);
    expect((await nyhavn({ from: '2026-10-12', to: '2026-10-12' }))?.total.values).toMatchObject({
      visitors: 20,
      conversion: '0.05',
    });
    const hours = await nyhavn({ from: '2026-10-12', to: '2026-10-12', by: 'hour' });
    expect(hours?.cells.map(({ column, values }) => [column, values['visitors'], values['conversion']])).toEqual([
      ['2026-10-12T10:00#1', 4, '0.25'],
      ['2026-10-12T11:00#1', 6, '0'],
    ]);
    await put([{ departmentId, day: '2026-10-12', visitors: null }]);
    const listed = await one.inTenant((trx) =>
      listVisitors(trx, one.organizationId, { from: '2026-10-12', to: '2026-10-12', department: [] }, null),
    );
    expect(listed.map(({ hour, visitors, source }) => [hour, visitors, source])).toEqual([
      ['10:00', 4, 'manual'],
      ['11:00', 6, 'manual'],
    ]);
    await expect(put([{ departmentId: one.organizationId, day: '2026-10-12', visitors: 1 }])).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('convert only the days that were counted, so that a week says nothing better than it was', async () => {
    const week = await nyhavn({ from: '2026-10-12', to: '2026-10-18', by: 'week' });
    expect(week?.total.values).toMatchObject({ visitors: 10, conversion: '0.1', transactions: 8 });
  });

  it('come as CSV, each bad row told with its line and column; all or none unless asked otherwise', async () => {
    const csv = [
      'department;day;hour;visitors',
      'Nyhavn;2026-10-14;;30',
      'Nyhavn;2026-13-14;;30',
      'Moon;2026-10-14;;30',
      'Soho/Soho;2026-10-14;9;12',
      'Nyhavn;2026-10-14;25;1',
      'Nyhavn;2026-10-14;9;many',
    ].join('\n');
    const take = (more: object = {}) =>
      one.inTenant((trx) => importVisitors(trx, one.organizationId, { csv, dryRun: false, skipErrors: false, ...more }, BY));
    const refused = await take();
    expect([refused.rows, refused.taken]).toEqual([6, 0]);
    expect(refused.errors.map(({ row, column }) => [row, column])).toEqual([
      [3, 'day'],
      [4, 'department'],
      [6, 'hour'],
      [7, 'visitors'],
    ]);
    expect((await take({ skipErrors: true })).taken).toBe(2);
    expect((await nyhavn({ from: '2026-10-14', to: '2026-10-14' }))?.total.values).toMatchObject({ visitors: 30 });
  });
});

describe('Presets', () => {
  it('vat: gross is what was charged incl. tax after discounts and returns; the definition says so', async () => {
    const ask = async () => {
      const { total, measures } = await one.ask({
        from: DAYS[0],
        to: DAYS[6],
        measure: ['gross_sales', 'net_sales', 'net_sales_incl'],
      });
      return { values: total.values, gross: measures[0] };
    };
    const retail = await ask();
    expect(retail.values['gross_sales']).toBe(retail.values['net_sales']);
    await one.inTenant((trx) => changeTurnoverSettings(trx, one.organizationId, { preset: 'vat', basis: 'incl' }, BY));
    const vat = await ask();
    expect(vat.values['gross_sales']).toBe(vat.values['net_sales_incl']);
    expect(vat.values['net_sales']).toBe(retail.values['net_sales']);
    expect(vat.gross).toMatchObject({ basis: 'incl', version: 1, definition: expect.stringContaining('preset vat') as string });
  });
});

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { listCells } from '../turnover/list-cells.ts';
import type { FactCell } from '../turnover/schemas.ts';
import { testLedger, type TestSale } from '../turnover/testing/ledger.ts';
import { changeCalendar } from './change-calendar.ts';

const SHOP = { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] };
const FROM = '2026-10-24';

/** Around every edge: the days before and after, the change-over night, small hours, payments on another day than their sale. */
const SALES: readonly TestSale[] = [
  { id: '1', shop: '1', register: '1', at: '2026-10-22T23:30:00Z', net: '1.00' },
  { id: '2', shop: '1', register: '1', at: '2026-10-23T20:00:00Z', net: '2.00' },
  { id: '3', shop: '1', register: '2', at: '2026-10-23T23:30:00Z', net: '4.00', payment: 'card' },
  { id: '4', shop: '1', register: '1', at: '2026-10-24T02:59:00Z', net: '8.00' },
  { id: '5', shop: '1', register: '1', at: '2026-10-24T03:00:00Z', net: '16.00' },
  { id: '6', shop: '1', register: '2', at: '2026-10-25T00:30:00Z', net: '32.00' },
  { id: '7', shop: '1', register: '1', at: '2026-10-25T01:30:00Z', net: '64.00' },
  {
    id: '8',
    shop: '1',
    register: '1',
    at: '2026-10-23T12:00:00Z',
    net: '128.00',
    paidAt: '2026-10-25T02:15:00Z',
    paidRegister: '2',
  },
  { id: '9', shop: '1', register: '1', at: '2026-10-25T01:40:00Z', net: '256.00', state: 'open' },
  { id: '10', shop: '1', register: '1', at: '2026-10-25T01:45:00Z', net: '-3.00', state: 'voided' },
];

async function world() {
  const database = await testDatabase();
  const ledger = await testLedger(database.db, database.organizationId, [SHOP]);
  const { db, organizationId } = database;
  const cells = () =>
    tenantTransaction(db, organizationId, async (trx) => {
      const { items } = await listCells(trx, organizationId, { from: '2026-10-01', to: '2026-11-01', limit: 1000 });
      return items.map(({ registerId, day, hour, measures }: FactCell) => ({ registerId, day, hour, measures }));
    });
  const change = { organizationId, posAccountId: ledger.posAccountId, shopId: '1', from: FROM, dayStartHour: 5 };
  return { db, organizationId, ledger, cells, change };
}

describe('D17: a calendar that changes after sales are there', () => {
  it('gives the facts that a ledger would have that knew the calendar from the start', async () => {
    const late = await world();
    await late.ledger.record(SALES);
    const before = await late.cells();
    const { calendar, rebucketed } = await changeCalendar(late, { ...late.change, timeZone: 'America/New_York' });
    expect(calendar).toMatchObject([
      { from: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 0 },
      { from: FROM, timeZone: 'America/New_York', dayStartHour: 5 },
    ]);
    expect(rebucketed).toBeGreaterThan(0);

    const early = await world();
    await changeCalendar(early, { ...early.change, timeZone: 'America/New_York' });
    await early.ledger.record(SALES);
    const expected = await early.cells();
    expect(expected).not.toEqual(before);
    expect(await late.cells()).toEqual(expected);
    const stored = (one: typeof late) =>
      tenantTransaction(one.db, one.organizationId, async (trx) => {
        const { rows } = await sql`
          select sale_id, business_day, hour from sale order by sale_id::int`.execute(trx);
        return rows;
      });
    expect(await stored(late)).toEqual(await stored(early));
  });

  it('moves small hours to the day before with a day start of 05:00, and leaves earlier days alone', async () => {
    const one = await world();
    await one.ledger.record(SALES);
    await changeCalendar(one, one.change);
    const { rows } = await tenantTransaction(one.db, one.organizationId, (trx) =>
      sql<{ sale_id: string; business_day: string }>`select sale_id, business_day from sale order by sale_id::int`.execute(trx),
    );
    expect(Object.fromEntries(rows.map((row) => [row.sale_id, row.business_day]))).toMatchObject({
      // 01:30 on the 23rd: before the change, so still its own date.
      '1': '2026-10-23',
      '2': '2026-10-23',
      // 01:30 and 04:59 on the 24th belong to the 23rd, which now ends at five; 05:00 is the 24th.
      '3': '2026-10-23',
      '4': '2026-10-23',
      '5': '2026-10-24',
      // The night of 25 hours.
      '6': '2026-10-24',
      '7': '2026-10-24',
    });
  });

  it('only counts in a preview', async () => {
    const one = await world();
    await one.ledger.record(SALES);
    const before = await one.cells();
    const preview = await changeCalendar(one, { ...one.change, preview: true });
    expect(await one.cells()).toEqual(before);
    expect((await changeCalendar(one, { ...one.change, preview: true })).calendar).toHaveLength(2);
    const done = await changeCalendar(one, one.change);
    expect(done.rebucketed).toBe(preview.rebucketed);
    expect((await changeCalendar(one, one.change)).rebucketed).toBe(0);
  });

  it('keeps the zone that holds when only the day start is given, and a later row its place', async () => {
    const one = await world();
    await changeCalendar(one, { ...one.change, from: '2026-11-01', timeZone: 'America/New_York', dayStartHour: 0 });
    const { calendar } = await changeCalendar(one, one.change);
    expect(calendar.map((row) => [row.from, row.timeZone, row.dayStartHour])).toEqual([
      ['0001-01-01', 'Europe/Copenhagen', 0],
      [FROM, 'Europe/Copenhagen', 5],
      ['2026-11-01', 'America/New_York', 0],
    ]);
    const whole = await changeCalendar(one, { ...one.change, from: '0001-01-01', dayStartHour: 3 });
    expect(whole.calendar[0]).toMatchObject({ from: '0001-01-01', timeZone: 'Europe/Copenhagen', dayStartHour: 3 });
  });

  it('moves what a zone far away draws over from two days before', async () => {
    // The 24th of Samoa, from midnight, begins 48 hours before the 24th of Baker Island that starts at 23:00.
    const SAMOA = 'Pacific/Apia';
    const BAKER = 'Etc/GMT+12';
    const sales: TestSale[] = Array.from({ length: 80 }, (_, index) => ({
      id: String(index + 1),
      shop: '1',
      register: '1',
      at: new Date(Date.parse('2026-10-22T00:00:00Z') + index * 3_600_000).toISOString(),
      net: '1.00',
    }));
    const late = await world();
    await changeCalendar(late, { ...late.change, from: '0001-01-01', timeZone: BAKER, dayStartHour: 23 });
    await late.ledger.record(sales);
    await changeCalendar(late, { ...late.change, timeZone: SAMOA, dayStartHour: 0 });

    const early = await world();
    await changeCalendar(early, { ...early.change, from: '0001-01-01', timeZone: BAKER, dayStartHour: 23 });
    await changeCalendar(early, { ...early.change, timeZone: SAMOA, dayStartHour: 0 });
    await early.ledger.record(sales);
    expect(await late.cells()).toEqual(await early.cells());
  });

  it('keeps a zone that somebody chose from being replaced by what the till says later', async () => {
    const one = await world();
    const overridden = () =>
      tenantTransaction(one.db, one.organizationId, async (trx) => {
        const { rows } = await sql<{ day: string; kept: boolean }>`
          select valid_from as day, zone_overridden as kept from shop_calendar where shop_id = '1' order by 1`.execute(trx);
        return rows.map(({ day, kept }) => [day, kept]);
      });
    await changeCalendar(one, one.change);
    const till = [
      ['0001-01-01', false],
      [FROM, false],
    ];
    expect(await overridden()).toEqual(till);
    await changeCalendar(one, { ...one.change, timeZone: 'America/New_York' });
    expect(await overridden()).toEqual([
      ['0001-01-01', false],
      [FROM, true],
    ]);
    // A later day start does not give the zone back to the till, on the same day or another.
    await changeCalendar(one, { ...one.change, dayStartHour: 4 });
    await changeCalendar(one, { ...one.change, from: '2026-11-01', dayStartHour: 3 });
    expect(await overridden()).toEqual([
      ['0001-01-01', false],
      [FROM, true],
      ['2026-11-01', true],
    ]);
  });

  it('takes the lease away, so that a page reckoned by the old calendar cannot commit', async () => {
    const one = await world();
    const state = () =>
      tenantTransaction(one.db, one.organizationId, (trx) =>
        trx.selectFrom('sync_state').selectAll().where('organization_id', '=', one.organizationId).executeTakeFirst(),
      );
    await systemTransaction(one.db, (trx) =>
      trx
        .insertInto('sync_state')
        .values({
          organization_id: one.organizationId,
          pos_account_id: one.ledger.posAccountId,
          lease_holder: 'worker',
          lease_fence: 7,
          lease_until: new Date(Date.now() + 60_000),
        })
        .execute(),
    );
    await changeCalendar(one, one.change);
    expect(await state()).toMatchObject({ lease_fence: 8, lease_holder: null, lease_until: null, wanted: 1 });
  });

  it('refuses a zone that is none and a shop that is not there, and changes nothing', async () => {
    const one = await world();
    await expect(changeCalendar(one, { ...one.change, timeZone: '+02:00' })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(changeCalendar(one, { ...one.change, shopId: '99' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await changeCalendar(one, { ...one.change, preview: true })).calendar).toHaveLength(2);
  });
});

import type { Instant } from '@tillweave/lightspeed';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { listShops } from '../stores/queries.ts';
import { mapFrom } from '../stores/set-mappings.ts';
import { testLedger } from '../turnover/testing/ledger.ts';
import { readOverview } from './read-overview.ts';

/** Tuesday 24 November 2026: 13:00 in Copenhagen, 07:00 in New York, 22:30 in Adelaide. */
const NOW = Date.parse('2026-11-24T12:00:00Z') as Instant;

async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(db, organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1'] },
    { id: '3', name: 'Glenelg', timeZone: 'Australia/Adelaide', dayStartHour: 5, registers: ['5'] },
  ]);
  const read = (now = NOW) => tenantTransaction(db, organizationId, (trx) => readOverview(trx, organizationId, now));
  return { db, organizationId, ledger, read };
}

describe('Overview', () => {
  it('is empty before anything is there, and says so rather than 0', async () => {
    const { db, organizationId } = await testDatabase();
    const overview = await tenantTransaction(db, organizationId, (trx) => readOverview(trx, organizationId, NOW));
    expect(overview).toMatchObject({
      currency: 'DKK',
      freshAsOf: null,
      accounts: [],
      today: { netSales: null, transactions: null, stores: [] },
      strip: [],
      unmapped: { netSales: 0, shops: [], unmappedShops: 0 },
      problems: { open: 0 },
      recentChanges: [],
      corrections: [],
    });
  });

  it('sets each store’s own day beside the same weekday last week, whole and up to the same time of its clock', async () => {
    const { ledger, read } = await world();
    await ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-11-24T10:00:00+01:00', net: '10.00' },
      { id: '2', shop: '1', register: '1', at: '2026-11-17T12:59:00+01:00', net: '20.00' },
      { id: '3', shop: '1', register: '1', at: '2026-11-17T13:00:00+01:00', net: '40.00' },
      { id: '4', shop: '3', register: '5', at: '2026-11-24T09:00:00+10:30', net: '80.00' },
      { id: '5', shop: '3', register: '5', at: '2026-11-17T22:29:00+10:30', net: '160.00' },
      // Half past one at night is still Tuesday there.
      { id: '6', shop: '3', register: '5', at: '2026-11-18T01:30:00+10:30', net: '320.00' },
    ]);
    await ledger.caughtUp('2026-11-24T11:59:00Z');
    const overview = await read();
    expect(overview.freshAsOf).toBe('2026-11-24T11:59:00.000Z');
    expect(overview.today.stores).toMatchObject([
      {
        store: { name: 'Glenelg' },
        day: '2026-11-24',
        coverage: 'running',
        netSales: 8000,
        lastWeekByNow: { netSales: 16_000, transactions: 1 },
        lastWeek: { netSales: 48_000, transactions: 2 },
      },
      {
        store: { name: 'Nyhavn' },
        day: '2026-11-24',
        coverage: 'running',
        netSales: 1000,
        lastWeekByNow: { netSales: 2000, transactions: 1 },
        lastWeek: { netSales: 6000, transactions: 2 },
      },
    ]);
    expect(overview.today).toMatchObject({ netSales: 9000, transactions: 2, lastWeek: { netSales: 54_000 } });
    const strip = overview.strip.find(({ store }) => store.name === 'Nyhavn')?.days;
    expect(strip).toHaveLength(14);
    expect([strip?.[0], strip?.[6], strip?.[13]]).toEqual([
      { day: '2026-11-11', coverage: 'complete', netSales: 0 },
      { day: '2026-11-17', coverage: 'complete', netSales: 6000 },
      { day: '2026-11-24', coverage: 'running', netSales: 1000 },
    ]);
  });

  it('is only as fresh as its oldest account', async () => {
    const { db, organizationId, ledger, read } = await world();
    await ledger.caughtUp('2026-11-24T11:59:00Z');
    const second = await testLedger(db, organizationId, [{ id: '7', name: 'Aarhus', timeZone: 'Europe/Copenhagen' }], {
      externalId: '2',
    });
    expect((await read()).freshAsOf).toBeNull();
    await second.caughtUp('2026-11-24T08:00:00Z');
    expect((await read()).freshAsOf).toBe('2026-11-24T08:00:00.000Z');
  });

  it('counts what no mapping takes as an amount at risk, and mapping it back takes it off', async () => {
    const { db, organizationId, ledger, read } = await world();
    await ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-11-20T10:00:00+01:00', net: '10.00' },
      { id: '2', shop: '1', register: '1', at: '2026-11-22T10:00:00+01:00', net: '20.00' },
      { id: '3', shop: '1', register: '1', at: '2026-11-10T10:00:00+01:00', net: '40.00' },
    ]);
    const department = await tenantTransaction(db, organizationId, async (trx) => {
      const shops = await listShops(trx, organizationId, '2026-11-24');
      const mapping = shops.find(({ shopId }) => shopId === '1')?.mappings[0];
      await mapFrom(trx, organizationId, {
        posAccountId: ledger.posAccountId,
        shopId: '1',
        registerId: null,
        departmentId: null,
        from: '2026-11-15',
        until: null,
      });
      return mapping?.departmentId ?? '';
    });
    expect((await read()).unmapped).toEqual({
      netSales: 3000,
      transactions: 2,
      since: '2026-08-26',
      shops: [
        {
          posAccountId: ledger.posAccountId,
          shopId: '1',
          name: 'Nyhavn',
          registerIds: ['1'],
          netSales: 3000,
          firstDay: '2026-11-20',
          lastDay: '2026-11-22',
        },
      ],
      unmappedShops: 1,
    });
    await tenantTransaction(db, organizationId, (trx) =>
      mapFrom(trx, organizationId, {
        posAccountId: ledger.posAccountId,
        shopId: '1',
        registerId: null,
        departmentId: department,
        from: '2026-11-15',
        until: null,
      }),
    );
    expect((await read()).unmapped).toMatchObject({ netSales: 0, shops: [], unmappedShops: 0 });
  });

  it('names open problems and the receipts that changed since', async () => {
    const { db, organizationId, ledger, read } = await world();
    const sale = { id: '1', shop: '1', register: '1', at: '2026-11-20T10:00:00+01:00', net: '10.00' } as const;
    await ledger.record([sale, { ...sale, id: '2' }]);
    await ledger.record([{ ...sale, state: 'voided', changedAt: '2026-11-21T10:00:00Z' }]);
    await tenantTransaction(db, organizationId, async (trx) => {
      await trx.updateTable('sale').set({ problem: 'unexplained' }).where('sale_id', '=', '2').execute();
      await trx.updateTable('shop').set({ problem: 'bad_time_zone' }).where('shop_id', '=', '3').execute();
      await trx
        .insertInto('set_aside')
        .values({
          organization_id: organizationId,
          id: uuidv7(),
          pos_account_id: ledger.posAccountId,
          resource: 'sale',
          code: 'bad_number',
          path: 'calcTotal',
          message: 'not a number',
          document_hash: Buffer.from('1'),
          seen_at: new Date(NOW),
        })
        .execute();
      await trx
        .insertInto('connection')
        .values({
          organization_id: organizationId,
          id: uuidv7(),
          name: 'Tills',
          provider: 'lightspeed-r',
          api_type: 'v3',
          pos_account_id: ledger.posAccountId,
          state: 'needs_reauthorisation',
          state_reason: 'invalid_grant',
        })
        .execute();
    });
    const overview = await read(Date.now() as Instant);
    expect(overview.problems).toMatchObject({
      open: 3,
      byCode: [
        { code: 'bad_number', resource: 'sale', count: 1 },
        { code: 'bad_time_zone', resource: 'shop', count: 1 },
        { code: 'unexplained', resource: 'sale', count: 1 },
      ],
      connections: [{ name: 'Tills', state: 'needs_reauthorisation', reason: 'invalid_grant' }],
    });
    expect(overview.recentChanges).toMatchObject([
      { saleId: '1', number: '22001', shopName: 'Nyhavn', businessDay: '2026-11-20', state: 'voided', version: 2 },
    ]);
    const withoutReceipts = await tenantTransaction(db, organizationId, (trx) =>
      readOverview(trx, organizationId, Date.now() as Instant, { mayReadReceipts: false }),
    );
    expect(withoutReceipts).toEqual({ ...overview, recentChanges: [] });
  });

  it('shows another organization nothing', async () => {
    const { db, organizationId, ledger } = await world();
    await ledger.record([{ id: '1', shop: '1', register: '1', at: '2026-11-24T10:00:00+01:00', net: '10.00' }]);
    const other = uuidv7();
    await systemTransaction(db, (trx) =>
      trx
        .insertInto('organization')
        .values({ organization_id: other, name: 'Other', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
        .execute(),
    );
    const theirs = await tenantTransaction(db, other, (trx) => readOverview(trx, other, NOW));
    expect([theirs.accounts, theirs.today.stores, theirs.unmapped.netSales]).toEqual([[], [], 0]);
    await expect(tenantTransaction(db, other, (trx) => readOverview(trx, organizationId, NOW))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

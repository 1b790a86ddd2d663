import { createEmulator } from '@tillweave/emulator';
import type { Instant, Normalized, Shop } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { sumFacts } from '../ledger/facts.ts';
import { testLedger } from '../turnover/testing/ledger.ts';
import { recordLookUps } from './look-ups.ts';
import { listProblems } from './problems.ts';
import { testAccount } from './testing/account.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z') as Instant;

async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(db, organizationId, []);
  const scope = { organizationId, posAccountId: ledger.posAccountId, runId: null };
  const none = { records: [], documents: [] };
  return {
    ledger,
    list: async (timeZone: string) => {
      const shop: Normalized<Shop> = { ok: true, value: { id: '7', name: 'New', timeZone, archived: false } };
      const shops = { records: [shop], documents: [{ shopID: '7' }] };
      const lookUps = { shops, registers: none, employees: none, paymentTypes: none, requestedAt: NOW };
      await tenantTransaction(db, organizationId, (trx) => recordLookUps(trx, scope, lookUps, NOW));
      await sumFacts(db, organizationId, ledger.posAccountId);
    },
    days: () =>
      tenantTransaction(db, organizationId, async (trx) => {
        const { rows } = await sql<{ sale: string; fact: string; zones: string }>`
          select s.business_day as sale, f.business_day as fact,
            (select string_agg(valid_from || ' ' || time_zone, ', ' order by valid_from) from shop_calendar) as zones
          from sale s left join fact f on f.shop_id = s.shop_id`.execute(trx);
        return rows;
      }),
  };
}

test('a shop that sold before the till listed it is reckoned in its own zone from its first sale on (D1, D17)', async () => {
  const { ledger, list, days } = await world();
  // Nobody has told us of shop 7: the organization's zone has to do.
  await ledger.record([{ id: '1', shop: '7', register: '1', at: '2026-11-19T02:00:00Z', net: '10.00' }]);
  expect(await days()).toEqual([{ sale: '2026-11-19', fact: '2026-11-19', zones: '0001-01-01 Europe/Copenhagen' }]);
  await list('America/New_York');
  expect(await days()).toEqual([{ sale: '2026-11-18', fact: '2026-11-18', zones: '0001-01-01 America/New_York' }]);
  // Once listed, another zone at the till holds from the next day on and moves nothing.
  await list('America/Chicago');
  expect(await days()).toEqual([
    { sale: '2026-11-18', fact: '2026-11-18', zones: '0001-01-01 America/New_York, 2026-11-21 America/Chicago' },
  ]);
});

/** An account whose till refuses one resource, as long as it does. */
async function refusing(resource: string) {
  const { db, organizationId } = await testDatabase();
  const emulator = createEmulator({ sales: 60, customers: 5, frozenClock: true });
  const till = { refuses: true };
  const account = await testAccount(db, organizationId, {
    ...emulator,
    fetch: async (input, init) => {
      const { url } = new Request(input, init);
      if (!till.refuses || !url.includes(`/${resource}.json`)) return emulator.fetch(input, init);
      return Response.json({ httpCode: '403', message: `No access to ${resource}.`, errorClass: 'Forbidden' }, { status: 403 });
    },
  });
  return {
    till,
    account,
    later: () => emulator.control.clock.advance(3_600_000),
    problems: async () => (await tenantTransaction(db, organizationId, (trx) => listProblems(trx, organizationId))).groups,
  };
}

test('people the POS does not let us read are a problem and no reason to stop; read again, it is gone', async () => {
  const { till, account, later, problems } = await refusing('Employee');
  expect(await account.sync()).toMatchObject({ state: 'complete', error: null });
  expect(await account.mismatches()).toEqual([]);
  const [problem, ...others] = await problems();
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ kind: 'set_aside', code: 'forbidden', resource: 'employee', count: 1 });
  till.refuses = false;
  later();
  expect(await account.sync()).toMatchObject({ state: 'complete' });
  expect(await problems()).toEqual([]);
});

test('without payment types no figure is right: the run fails and says so', async () => {
  const { account } = await refusing('PaymentType');
  expect(await account.sync()).toMatchObject({ state: 'failed', documents: 0 });
});

test('a shop that could not be read is no problem any more once it can', async () => {
  const { db, organizationId } = await testDatabase();
  const { posAccountId } = await testLedger(db, organizationId, []);
  const none = { records: [], documents: [] };
  const list = (shop: Normalized<Shop>, requestedAt: number) =>
    tenantTransaction(db, organizationId, async (trx) => {
      const shops = { records: [shop], documents: [{ shopID: '7', name: shop.ok ? 'New' : 7 }] };
      const lookUps = { shops, registers: none, employees: none, paymentTypes: none, requestedAt: requestedAt as Instant };
      await recordLookUps(trx, { organizationId, posAccountId, runId: null }, lookUps, NOW);
      return (await listProblems(trx, organizationId)).open;
    });
  const unread = { ok: false, code: 'bad_shape', path: 'name', message: '', id: '7', shopId: '7', readableTime: null } as const;
  expect(await list(unread, NOW)).toBe(1);
  expect(await list(unread, NOW + 60_000)).toBe(1);
  expect(await list({ ok: true, value: { id: '7', name: 'New', timeZone: null, archived: false } }, NOW + 120_000)).toBe(0);
});

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { testAccount } from './testing/account.ts';

const { db, organizationId } = await testDatabase();

async function count(
  table: 'sale' | 'customer' | 'sale_void' | 'sale_version' | 'dirty_day' | 'set_aside',
  posAccountId: string,
): Promise<number> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)}
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
    return rows[0]?.count ?? 0;
  });
}

test('one walk brings every sale, customer and void, and every cell agrees with the till’s own totals', async () => {
  const account = await testAccount(db, organizationId, { sales: 1_500, customers: 250, days: 90 });
  const summary = await account.sync();
  expect(summary).toMatchObject({ state: 'complete', setAside: 0, throttled: 0, error: null });
  const ids = account.emulator.control.ids();
  expect(await count('sale', account.posAccountId)).toBe(ids['Sale']?.length);
  expect(await count('customer', account.posAccountId)).toBe(ids['Customer']?.length);
  expect(await count('sale_void', account.posAccountId)).toBe(ids['SaleVoid']?.length);
  expect(await count('dirty_day', account.posAccountId)).toBe(0);
  expect(await account.mismatches()).toEqual([]);
  expect(summary.requests).toBeGreaterThanOrEqual(15);
}, 120_000);

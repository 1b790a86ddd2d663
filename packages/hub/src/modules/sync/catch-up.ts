import type { Instant } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountId, breakLease } from './lease.ts';
import { requestSync } from './request-sync.ts';
import { rewind } from './rewind.ts';

/**
 * Has everything read that was left unread by choice when a connection or a shop was thawed.
 *
 * @returns How many gaps are being closed.
 */
export async function catchUp(services: Services, account: AccountId): Promise<number> {
  const { organizationId, posAccountId } = account;
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows: gaps } = await sql<{ id: string; from_at: Date; places: Record<string, unknown> }>`
      select id, from_at, places from read_gap
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and closes = 'asked' and until_at is not null
      order by from_at`.execute(trx);
    if (gaps.length === 0) return 0;
    await breakLease(trx, account);
    // Back to where each began: together to the earliest, though not all need the same to be read.
    for (const { id, places, from_at } of gaps) {
      const closes = await rewind(trx, account, places, from_at.getTime() as Instant);
      await sql`update read_gap set closes = ${closes} where organization_id = ${organizationId} and id = ${id}`.execute(trx);
    }
    await requestSync(services, trx, { ...account, reason: 'catch_up' });
    return gaps.length;
  });
}

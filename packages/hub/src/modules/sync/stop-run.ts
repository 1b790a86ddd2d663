import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { type AccountId, breakLease } from './lease.ts';

/** How long a run whose calls have ended may take to write down what it has and to let go of the account. */
const ORDERLY_MS = 1_500;
const LOOK_MS = 50;

/** Why a run was ended from outside. */
export interface StopReason {
  readonly code: string;
  readonly message: string;
}

/**
 * Ends the run under way on an account that no calls are made for any more: waits until its worker has kept what it fetched and let go; takes
 * the account from one that does not. Nothing of it is written after this.
 */
export async function endRun(db: Kysely<Database>, account: AccountId, reason: StopReason): Promise<void> {
  const giveUpAt = performance.now() + ORDERLY_MS;
  while ((await isHeld(db, account)) && performance.now() < giveUpAt) {
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_MS);
    });
  }
  await tenantTransaction(db, account.organizationId, async (trx) => {
    await breakLease(trx, account);
    await finishRun(trx, account, reason);
  });
}

/** The account's unfinished run ends here; the next one goes on from the cursors. */
async function finishRun(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  reason: StopReason,
): Promise<void> {
  await sql`
    update run set state = 'failed', finished_at = now(), retry_at = null, error = ${JSON.stringify(reason)}::jsonb
    where organization_id = ${organizationId} and finished_at is null and id = (
      select run_id from sync_state where organization_id = ${organizationId} and pos_account_id = ${posAccountId})`.execute(trx);
}

async function isHeld(db: Kysely<Database>, { organizationId, posAccountId }: AccountId): Promise<boolean> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ held: boolean }>`
      select lease_holder is not null and lease_until > clock_timestamp() as held from sync_state
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
    return rows[0]?.held ?? false;
  });
}

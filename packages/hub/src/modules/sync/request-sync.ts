import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';

/** The queue whose jobs work one slice on one POS account. */
export const SYNC_QUEUE = 'sync-account';

/** How often an account is polled by the schedule, unless its settings say otherwise. */
export const POLL_SECONDS = 300;

export interface SyncRequest {
  readonly organizationId: string;
  /** Either of the two names the account. */
  readonly posAccountId?: string;
  readonly connectionId?: string;
  /** Why, for the log: `manual`, `schedule`, `connected`, `webhook`. */
  readonly reason: string;
}

/**
 * Asks for an account to be synchronised soon. Requests coalesce: however many come in, the account's worker does one more pass after the
 * last of them. With `trx` nothing happens unless that transaction commits.
 *
 * @returns The POS account, and its unfinished run if there is one; else a run begins when a worker takes the job.
 * @throws AppError `not_found`, or `conflict` for a connection whose account is not known yet.
 */
export async function requestSync(
  services: Services,
  trx: Transaction<Database> | null,
  request: SyncRequest,
): Promise<{ posAccountId: string; runId: string | null }> {
  if (trx === null) {
    return tenantTransaction(services.db, request.organizationId, (own) => requestSync(services, own, request));
  }
  const { organizationId } = request;
  const posAccountId = request.posAccountId ?? (await accountOf(trx, request));
  const { rows } = await sql<{ run_id: string | null }>`
    insert into sync_state as s (organization_id, pos_account_id, wanted, due_at)
    values (${organizationId}, ${posAccountId}, 1, now() + interval '1 second' * coalesce((
      select poll_seconds from pos_account where organization_id = ${organizationId} and id = ${posAccountId}), ${POLL_SECONDS}))
    on conflict (organization_id, pos_account_id) do update
    set wanted = s.wanted + 1, due_at = coalesce(s.due_at, excluded.due_at)
    returning (select r.id from run r where r.organization_id = s.organization_id and r.id = s.run_id and r.finished_at is null) as run_id`.execute(
    trx,
  );
  await enqueueSlice(services, trx, { organizationId, posAccountId });
  services.log.debug(
    { event: 'sync.asked_for', organizationId, posAccountId, reason: request.reason },
    'A synchronisation was asked for',
  );
  return { posAccountId, runId: rows[0]?.run_id ?? null };
}

/** Puts the account's next slice into the queue; folded into one that waits already. */
export async function enqueueSlice(
  services: Services,
  trx: Transaction<Database> | null,
  { organizationId, posAccountId }: { readonly organizationId: string; readonly posAccountId: string },
  startAfter?: Date,
): Promise<void> {
  const options = { singletonKey: posAccountId, ...(startAfter === undefined ? {} : { startAfter }) };
  await services.jobs.enqueue(trx, SYNC_QUEUE, { organizationId, posAccountId }, options);
}

async function accountOf(trx: Transaction<Database>, { organizationId, connectionId }: SyncRequest): Promise<string> {
  const connection = await trx
    .selectFrom('connection')
    .select('pos_account_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId ?? '')
    .executeTakeFirst();
  if (connection === undefined) throw new AppError('not_found', 'There is no such connection.');
  if (connection.pos_account_id === null)
    throw new AppError('conflict', 'The connection is not set up completely. Authorize it first.');
  return connection.pos_account_id;
}

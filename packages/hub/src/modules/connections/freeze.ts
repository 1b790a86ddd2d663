import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { requestSync } from '../sync/request-sync.ts';
import { startFromToday } from '../sync/start-from-today.ts';
import { endRun } from '../sync/stop-run.ts';
import { askForWebhooks } from '../sync/webhooks/jobs.ts';
import { callsEnded } from './call-gate.ts';
import type { ConnectionRef } from './credential.ts';
import { changeState } from './states.ts';

const FROZEN = {
  code: 'connection_frozen',
  message: 'The connection was frozen. The next run goes on from here once it is thawed.',
};

/** Where a thawed connection goes on: from where it stood, or from the beginning of today, leaving the days between unread. */
export type ThawFrom = 'cursor' | 'today';

/**
 * Freezes a connection (M6): its data is kept and no calls are made until it is thawed. When this returns no process can send a request
 * through it any more, runs under way included; its credentials may be replaced meanwhile.
 *
 * @throws AppError `not_found`, or `conflict` for a retired one; `unavailable` when a request goes on for very long: frozen it is all the same.
 */
export async function freezeConnection(
  services: Services,
  ref: ConnectionRef,
  { reason, actor }: { readonly reason: string | null; readonly actor: AuditActor },
): Promise<void> {
  const at = new Date(services.clock.now());
  const { posAccountId } = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    changeState(trx, { ...ref, to: 'frozen', reason, actor, at }),
  );
  await callsEnded(services, ref);
  if (posAccountId !== null) await endRun(services.db, { organizationId: ref.organizationId, posAccountId }, FROZEN);
}

/**
 * Thaws a frozen connection and asks for its account to be synchronised. `today` skips what happened since the freeze: those days are not
 * complete then, until they are imported. While the history import is not through there is nothing to skip: it goes on.
 *
 * @throws AppError `not_found`, or `conflict` when it is not frozen.
 */
export async function thawConnection(
  services: Services,
  ref: ConnectionRef,
  { from, actor }: { readonly from: ThawFrom; readonly actor: AuditActor },
): Promise<void> {
  const { organizationId, connectionId } = ref;
  const now = services.clock.now();
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ state: string; pos_account_id: string | null }>`
      select state, pos_account_id from connection
      where organization_id = ${organizationId} and id = ${connectionId} and state <> 'removed' for update`.execute(trx);
    const [row] = rows;
    if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
    if (row.state !== 'frozen')
      throw new AppError('conflict', 'The connection is not frozen.', { details: { state: row.state } });
    const { pos_account_id: posAccountId } = row;
    const isComplete = posAccountId !== null;
    const { since } = await changeState(trx, {
      ...ref,
      to: isComplete ? 'active' : 'set_up_incomplete',
      reason: isComplete ? null : 'not_authorized',
      choice: from,
      actor,
      at: new Date(now),
    });
    if (posAccountId === null) return;
    if (from === 'today') await startFromToday(trx, { organizationId, posAccountId }, { since, now });
    await requestSync(services, trx, { organizationId, posAccountId, reason: 'thawed' });
    await askForWebhooks(services, trx, ref);
  });
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { requestEvaluation } from '../notifications/workers.ts';
import { endRun } from '../sync/stop-run.ts';
import { removeWebhooks } from '../sync/webhooks/manage.ts';
import { callsEnded } from './call-gate.ts';
import type { ConnectionRef } from './credential.ts';
import { carryOutHandOver, type HandOver, proposeHandOver } from './hand-over.ts';
import { changeState } from './states.ts';
import { forgetTokens } from './tokens.ts';

const DAY_MS = 86_400_000;
const RETIRED = { code: 'conflict', message: 'The connection was retired.' };

interface Retirement {
  readonly at: string;
  readonly reason: string | null;
  readonly actor: AuditActor;
  /** The connection of the new till. */
  readonly successorConnectionId?: string | null | undefined;
}

/**
 * Retires a connection, for a company that leaves a POS (M7): its data and its account stay, no more calls are made, its credentials are
 * destroyed, and the account's mappings end: the first day they no longer hold is `at`. A successor's shops take over their departments from
 * that day on, as `proposeHandOver` says; without one somebody maps them by hand.
 *
 * @param at Business day, `YYYY-MM-DD`; tomorrow at the latest, for what is to come is read no more.
 * @throws AppError `not_found`, `conflict` when it is not set up completely, `invalid_request` for a day to come.
 */
export async function retireConnection(
  services: Services,
  ref: ConnectionRef,
  { at, reason, actor, successorConnectionId = null }: Retirement,
): Promise<void> {
  const { organizationId, connectionId } = ref;
  const now = services.clock.now();
  // The latest date there is anywhere is a day ahead of UTC at most; tomorrow there is two.
  if (at > new Date(now + 2 * DAY_MS).toISOString().slice(0, 10)) {
    throw new AppError(
      'invalid_request',
      'A connection retires today: sales of later days would be missing. Come back on that day.',
    );
  }
  // Asked before anything happens: a successor that cannot be one leaves all as it was.
  const propose = async (trx: Transaction<Database>): Promise<HandOver[]> =>
    successorConnectionId === null ? [] : proposeHandOver(trx, ref, { successorConnectionId, at });
  await tenantTransaction(services.db, organizationId, propose);
  await removeWebhooks(services, ref);
  const posAccountId = await tenantTransaction(services.db, organizationId, async (trx) => {
    const handOver = await propose(trx);
    const changed = await changeState(trx, { ...ref, to: 'retired', reason, actor, choice: at, at: new Date(now) });
    await sql`delete from credential where organization_id = ${organizationId} and connection_id = ${connectionId}`.execute(trx);
    if (changed.posAccountId === null) return null;
    const own = sql`organization_id = ${organizationId} and pos_account_id = ${changed.posAccountId}`;
    await sql`delete from mapping where ${own} and valid_from >= ${at}::date`.execute(trx);
    await sql`
      update mapping set valid_until = ${at}::date
      where ${own} and (valid_until is null or valid_until > ${at}::date)`.execute(trx);
    await sql`update sync_state set due_at = null where ${own}`.execute(trx);
    await carryOutHandOver(trx, organizationId, handOver, at, { actor, at: new Date(now) });
    await requestEvaluation(services, trx, organizationId);
    return changed.posAccountId;
  });
  forgetTokens(services, ref);
  await callsEnded(services, ref);
  if (posAccountId !== null) await endRun(services.db, { organizationId, posAccountId }, RETIRED);
}

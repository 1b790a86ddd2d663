import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { endRun } from '../sync/stop-run.ts';
import { removeWebhooks } from '../sync/webhooks/manage.ts';
import { callsEnded } from './call-gate.ts';
import type { ConnectionRef } from './credential.ts';
import { changeState } from './states.ts';
import { forgetTokens } from './tokens.ts';

const DAY_MS = 86_400_000;
const RETIRED = { code: 'conflict', message: 'The connection was retired.' };

/**
 * Retires a connection, for a company that leaves a POS (M7): its data and its account stay, no more calls are made, its credentials are
 * destroyed, and the account's mappings end: the first day they no longer hold is `at`, on which the stores may be mapped to another connection.
 *
 * @param at Business day, `YYYY-MM-DD`; tomorrow at the latest, for what is to come is read no more.
 * @throws AppError `not_found`, `conflict` when it is not set up completely, `invalid_request` for a day to come.
 */
export async function retireConnection(
  services: Services,
  ref: ConnectionRef,
  { at, reason, actor }: { readonly at: string; readonly reason: string | null; readonly actor: AuditActor },
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
  await removeWebhooks(services, ref);
  const posAccountId = await tenantTransaction(services.db, organizationId, async (trx) => {
    const changed = await changeState(trx, { ...ref, to: 'retired', reason, actor, choice: at, at: new Date(now) });
    await sql`delete from credential where organization_id = ${organizationId} and connection_id = ${connectionId}`.execute(trx);
    if (changed.posAccountId === null) return null;
    const own = sql`organization_id = ${organizationId} and pos_account_id = ${changed.posAccountId}`;
    await sql`delete from mapping where ${own} and valid_from >= ${at}::date`.execute(trx);
    await sql`
      update mapping set valid_until = ${at}::date
      where ${own} and (valid_until is null or valid_until > ${at}::date)`.execute(trx);
    await sql`update sync_state set due_at = null where ${own}`.execute(trx);
    return changed.posAccountId;
  });
  forgetTokens(services, ref);
  await callsEnded(services, ref);
  if (posAccountId !== null) await endRun(services.db, { organizationId, posAccountId }, RETIRED);
}

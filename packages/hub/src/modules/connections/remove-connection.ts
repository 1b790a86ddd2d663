import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { endRun } from '../sync/stop-run.ts';
import { removeWebhooks } from '../sync/webhooks/manage.ts';
import { callsEnded } from './call-gate.ts';
import { type ConnectionRef, openAny } from './credential.ts';
import { type ConnectionOAuth, oauthOf } from './oauth-client.ts';
import { changeState } from './states.ts';
import { findSignIn, type StoredSignIn } from './stored-sign-in.ts';
import { forgetTokens } from './tokens.ts';

/**
 * Removes a connection: its credentials are destroyed, its name and account are free again; sales, figures and cursors stay with the
 * POS account. The token is revoked at the POS as well, if that answers.
 *
 * @throws AppError `not_found`.
 */
export async function removeConnection(
  services: Services,
  ref: ConnectionRef,
  { revoke = true, actor }: { readonly revoke?: boolean; readonly actor?: AuditActor } = {},
): Promise<void> {
  const at = new Date(services.clock.now());
  // Nobody is told any more; asked while there are credentials to ask with.
  await removeWebhooks(services, ref);
  const { revocation, posAccountId } = await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const stored = await findSignIn(trx, ref);
    // The credential first: a refresh under way holds it, and ends before we go on.
    const row = await trx
      .deleteFrom('credential')
      .where('organization_id', '=', ref.organizationId)
      .where('connection_id', '=', ref.connectionId)
      .returning('sealed')
      .executeTakeFirst();
    await trx
      .deleteFrom('oauth_attempt')
      .where('organization_id', '=', ref.organizationId)
      .where('connection_id', '=', ref.connectionId)
      .execute();
    const { posAccountId } = await changeState(trx, {
      ...ref,
      to: 'removed',
      reason: null,
      at,
      ...(actor === undefined ? {} : { actor }),
    });
    const known = stored === null || row === undefined ? null : { ...stored, sealed: row.sealed };
    return { revocation: known === null ? null : revocationOf(services, ref, known), posAccountId };
  });
  forgetTokens(services, ref);
  await callsEnded(services, ref);
  if (posAccountId !== null) await endRun(services.db, { organizationId: ref.organizationId, posAccountId }, REMOVED);
  if (revoke && revocation !== null) await revokeQuietly(services, ref, revocation);
}

const REMOVED = { code: 'not_found', message: 'The connection was removed.' };

interface Revocation {
  readonly send: NonNullable<ConnectionOAuth['revoke']>;
  readonly refreshToken: string;
}

/** How to end the access at the POS; null where there is none. A credential that cannot be opened any more must still be removable. */
function revocationOf(services: Services, ref: ConnectionRef, stored: StoredSignIn): Revocation | null {
  try {
    const credential = openAny(services, ref, stored.sealed);
    if (credential.kind !== 'oauth' || credential.refreshToken === null) return null;
    const send = oauthOf(services, ref.organizationId, stored, credential).revoke;
    return send === null ? null : { send, refreshToken: credential.refreshToken };
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function revokeQuietly(services: Services, ref: ConnectionRef, { send, refreshToken }: Revocation): Promise<void> {
  try {
    await send(refreshToken);
  } catch (error) {
    services.log.warn({ err: error, connectionId: ref.connectionId }, 'the token could not be revoked at the POS');
  }
}

import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type ConnectionRef, type Credential, openCredential } from './credential.ts';
import { rSeriesOAuth } from './oauth-client.ts';
import { changeState, stopRun } from './states.ts';
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
  { revoke = true }: { readonly revoke?: boolean } = {},
): Promise<void> {
  const credential = await tenantTransaction(services.db, ref.organizationId, async (trx) => {
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
    await changeState(trx, { ...ref, to: 'removed', reason: null, at: new Date(services.clock.now()) });
    await stopRun(trx, ref);
    return row === undefined ? null : readable(services, ref, row.sealed);
  });
  forgetTokens(services, ref);
  if (revoke && credential?.refreshToken !== null && credential !== null) {
    await revokeQuietly(services, ref, credential, credential.refreshToken);
  }
}

/** A credential that cannot be opened any more must still be removable. */
function readable(services: Services, ref: ConnectionRef, sealed: string): Credential | null {
  try {
    return openCredential(services, ref, sealed);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function revokeQuietly(
  services: Services,
  ref: ConnectionRef,
  credential: Credential,
  refreshToken: string,
): Promise<void> {
  try {
    await rSeriesOAuth(services, credential).revoke(refreshToken);
  } catch (error) {
    services.log.warn({ err: error, connectionId: ref.connectionId }, 'the token could not be revoked at the POS');
  }
}

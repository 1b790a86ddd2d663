import { createHash, randomBytes } from 'node:crypto';
import { pkce } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type ConnectionRef, openCredential } from './credential.ts';
import { rSeriesOAuth } from './oauth-client.ts';

/** How long somebody may take on the POS's pages. */
export const AUTHORIZE_MINUTES = 15;

/**
 * Begins the sign-in at the POS: makes a state that only this browser session can use, once, and returns the POS's address to send
 * the browser to.
 *
 * @throws AppError `not_found`, `connection_frozen`, or `conflict` for a retired connection.
 */
export async function beginAuthorization(
  services: Services,
  ref: ConnectionRef,
  { sessionId, comeBackTo }: { readonly sessionId: string; readonly comeBackTo: string },
): Promise<URL> {
  const state = randomBytes(32).toString('base64url');
  const { codeVerifier, codeChallenge } = await pkce();
  const now = services.clock.now();
  return tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const row = await trx
      .selectFrom('connection')
      .innerJoin('credential', (join) =>
        join
          .onRef('credential.organization_id', '=', 'connection.organization_id')
          .onRef('credential.connection_id', '=', 'connection.id'),
      )
      .select(['connection.state', 'connection.scopes', 'credential.sealed'])
      .where('connection.organization_id', '=', ref.organizationId)
      .where('connection.id', '=', ref.connectionId)
      .where('connection.state', '<>', 'removed')
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
    if (row.state === 'retired') throw new AppError('conflict', 'The connection is retired. Add a new one.');
    if (row.state === 'frozen') throw new AppError('connection_frozen', 'The connection is frozen. Thaw it first.');
    await trx
      .deleteFrom('oauth_attempt')
      .where('organization_id', '=', ref.organizationId)
      .where('expires_at', '<', new Date(now - FORGET_AFTER_MS))
      .execute();
    await trx
      .insertInto('oauth_attempt')
      .values({
        organization_id: ref.organizationId,
        state_hash: hashOfState(state),
        connection_id: ref.connectionId,
        session_id: sessionId,
        sealed: services.sealer.seal(codeVerifier, attemptContext(ref)),
        created_at: new Date(now),
        expires_at: new Date(now + AUTHORIZE_MINUTES * 60_000),
      })
      .execute();
    const oauth = rSeriesOAuth(services, openCredential(services, ref, row.sealed));
    const url = oauth.authorizationUrl({ scopes: row.scopes, state, codeChallenge });
    url.searchParams.set('redirect_uri', comeBackTo);
    return url;
  });
}

/** An attempt outlives its end for a while, so that a late return is told that it is late. */
const FORGET_AFTER_MS = 86_400_000;

/** Only a hash is kept: who reads the database cannot finish somebody's sign-in. */
export function hashOfState(state: string): Buffer {
  return createHash('sha256').update(state).digest();
}

export function attemptContext(ref: ConnectionRef): string {
  return `oauth-attempt:${ref.organizationId}:${ref.connectionId}`;
}

import { Unauthorized } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { checkAccount } from './attach-account.ts';
import { attemptContext, hashOfState } from './authorize.ts';
import { type ConnectionRef, type Credential, openCredential, sealCredential } from './credential.ts';
import { rSeriesOAuth } from './oauth-client.ts';
import { posProblem } from './pos-errors.ts';
import { prepareAccount } from './prepare-account.ts';
import { forgetTokens, withPair } from './tokens.ts';
import { verifyConnection } from './verify-connection.ts';

/** What the POS sends back with the browser. */
export interface AuthorizationReturn {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
}

/** The outcome of a sign-in at the POS: the connection, if we know which it was, and what went wrong, if anything did. */
export interface AuthorizationOutcome {
  readonly connectionId: string | null;
  readonly error: AppError | null;
}

interface Caller {
  readonly organizationId: string;
  readonly sessionId: string;
}

interface Attempt extends ConnectionRef {
  readonly codeVerifier: string;
  readonly expiresAt: Date;
}

/**
 * Finishes a sign-in at the POS: takes the code, reads the account, stores the tokens and makes the connection active. The state works
 * once, in the session that began it, whatever the outcome. Never throws for what a person can do or meet on the way: it says so in
 * the outcome, for the page they come back to.
 */
export async function completeAuthorization(
  services: Services,
  caller: Caller,
  sent: AuthorizationReturn,
): Promise<AuthorizationOutcome> {
  let connectionId: string | null = null;
  try {
    const attempt = await takeAttempt(services, caller, sent.state);
    connectionId = attempt.connectionId;
    await finish(services, attempt, sent);
    return { connectionId, error: null };
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (!(problem instanceof AppError)) throw error;
    services.log.info({ connectionId, code: problem.code }, 'a sign-in at the POS was not completed');
    return { connectionId, error: problem };
  }
}

async function takeAttempt(services: Services, caller: Caller, state: string | undefined): Promise<Attempt> {
  if (state === undefined || state === '') throw stateInvalid();
  const { organizationId } = caller;
  const row = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .deleteFrom('oauth_attempt')
      .where('organization_id', '=', organizationId)
      .where('state_hash', '=', hashOfState(state))
      .where('session_id', '=', caller.sessionId)
      .returning(['connection_id', 'sealed', 'expires_at'])
      .executeTakeFirst(),
  );
  if (row === undefined) throw stateInvalid();
  const ref = { organizationId, connectionId: row.connection_id };
  return { ...ref, codeVerifier: services.sealer.open(row.sealed, attemptContext(ref)), expiresAt: row.expires_at };
}

async function finish(services: Services, attempt: Attempt, sent: AuthorizationReturn): Promise<void> {
  if (sent.error !== undefined) {
    throw new AppError('oauth_denied', 'Access was not granted in the POS. Start again and choose Authorize.', {
      // The POS's own word, shortened: it comes from the address and may be anything.
      details: { reason: sent.error.slice(0, 60) },
    });
  }
  if (attempt.expiresAt.getTime() <= services.clock.now()) throw expired();
  if (sent.code === undefined || sent.code === '') throw stateInvalid();
  const credential = await readCredential(services, attempt);
  const pair = await exchange(services, credential, sent.code, attempt.codeVerifier);
  const named = pair.accountId;
  // A wrong account is refused before the tokens of the right one are replaced.
  if (named !== null)
    await tenantTransaction(services.db, attempt.organizationId, (trx) => checkAccount(trx, attempt, 'lightspeed-r', named));
  await storeCredential(services, attempt, withPair(credential, pair), new Date(pair.expiresAt));
  forgetTokens(services, attempt);
  const verified = await verifyConnection(services, attempt, pair.scopes);
  await prepareAccount(services, attempt, verified.posAccountId);
}

async function exchange(services: Services, credential: Credential, code: string, codeVerifier: string) {
  try {
    return await rSeriesOAuth(services, credential).exchangeCode({ code, codeVerifier });
  } catch (error) {
    // A code lives 60 seconds and works once; a refused client is another matter.
    if (error instanceof Unauthorized && error.code === 'invalid_grant') throw expired(error);
    throw error;
  }
}

async function readCredential(services: Services, ref: ConnectionRef): Promise<Credential> {
  const row = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .selectFrom('credential')
      .select('sealed')
      .where('organization_id', '=', ref.organizationId)
      .where('connection_id', '=', ref.connectionId)
      .executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  return openCredential(services, ref, row.sealed);
}

async function storeCredential(services: Services, ref: ConnectionRef, credential: Credential, expiresAt: Date): Promise<void> {
  await tenantTransaction(services.db, ref.organizationId, (trx) =>
    trx
      .updateTable('credential')
      .set((column) => ({
        sealed: sealCredential(services, ref, credential),
        expires_at: expiresAt,
        generation: column('generation', '+', 1),
        updated_at: new Date(services.clock.now()),
      }))
      .where('organization_id', '=', ref.organizationId)
      .where('connection_id', '=', ref.connectionId)
      .execute(),
  );
}

function stateInvalid(): AppError {
  return new AppError('oauth_state_invalid', 'This sign-in was not started here, or was used already. Start it again.');
}

function expired(cause?: unknown): AppError {
  return new AppError('oauth_expired', 'The sign-in took too long. Start it again.', { cause });
}

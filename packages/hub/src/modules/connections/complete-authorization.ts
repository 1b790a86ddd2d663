import { parseDomainPrefix, readAccessTokenClaims, Unauthorized } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import { checkAccount } from './attach-account.ts';
import { type AttemptContent, attemptContext, hashOfState, oauthOfAttempt, readAttempt } from './authorize.ts';
import { callsOf } from './call-gate.ts';
import type { AnyCredential, ConnectionRef } from './credential.ts';
import type { StorePair } from './oauth-client.ts';
import { posProblem } from './pos-errors.ts';
import { EXPIRY_UNKNOWN } from './prepare-credential.ts';
import { prepareAccount } from './prepare-account.ts';
import { storeCredential } from './store-credential.ts';
import { readSignIn, signInWithin } from './stored-sign-in.ts';
import { forgetTokens, withPair } from './tokens.ts';
import { fixedToken, identifyAccount, verifyConnection } from './verify-connection.ts';

/** What the POS sends back with the browser. */
export interface AuthorizationReturn {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  /** X-Series: the store. */
  readonly domain_prefix?: string | undefined;
  /** X-Series: what was granted. */
  readonly scope?: string | undefined;
}

/** The outcome of a sign-in at the POS: the connection, if we know which it was, and what went wrong, if anything did. */
export interface AuthorizationOutcome {
  readonly connectionId: string | null;
  readonly error: AppError | null;
}

/** Who comes back: a browser session, or somebody with a sent link. */
export interface Returning {
  readonly organizationId: string;
  readonly sessionId: string;
  readonly actor: AuditActor;
}

interface Attempt extends ConnectionRef {
  readonly content: AttemptContent | null;
  readonly expiresAt: Date;
}

/**
 * Finishes a sign-in at the POS: takes the code, reads the account, stores the tokens and makes the connection active. The state works
 * once, in the session that began it, whatever the outcome. A frozen connection stays frozen: the tokens are stored, and their account is
 * compared once it is thawed. Never throws for what a person can do or meet on the way: it says so in
 * the outcome, for the page they come back to.
 */
export async function completeAuthorization(
  services: Services,
  caller: Returning,
  sent: AuthorizationReturn,
): Promise<AuthorizationOutcome> {
  let connectionId: string | null = null;
  // Whether a refusal brings the state back is not documented (X §2.1); who forges one gains nothing.
  if (sent.error !== undefined && sent.state === undefined) return { connectionId, error: denied(sent.error) };
  try {
    const attempt = await takeAttempt(services, caller, sent.state);
    connectionId = attempt.connectionId;
    await finish(services, caller.actor, attempt, sent);
    return { connectionId, error: null };
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (!(problem instanceof AppError)) throw error;
    services.log.info({ connectionId, code: problem.code }, 'a sign-in at the POS was not completed');
    return { connectionId, error: problem };
  }
}

async function takeAttempt(services: Services, caller: Returning, state: string | undefined): Promise<Attempt> {
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
  const content = readAttempt(services.sealer.open(row.sealed, attemptContext(ref)));
  return { ...ref, content, expiresAt: row.expires_at };
}

async function finish(services: Services, actor: AuditActor, attempt: Attempt, sent: AuthorizationReturn): Promise<void> {
  const { content, organizationId, connectionId } = attempt;
  const ref = { organizationId, connectionId };
  if (sent.error !== undefined) throw denied(sent.error);
  if (attempt.expiresAt.getTime() <= services.clock.now()) throw expired();
  if (sent.code === undefined || sent.code === '' || content === null) throw stateInvalid();
  const stored = await readSignIn(services, ref);
  // Who began before the freeze did not know of it: nothing that was under way then leaves. Who began after it asked for this one call.
  const isFrozen = stored.state === 'frozen';
  if (isFrozen && !content.frozen) {
    throw new AppError('connection_frozen', 'The connection was frozen meanwhile: no calls are made. Start the sign-in again.');
  }
  const calls = isFrozen ? services : callsOf(services, ref, { whole: true });
  const { pair, credential } = await exchange({ ...services, ...calls }, ref, stored.provider, content, {
    ...sent,
    code: sent.code,
  });
  const { apiType, hosts, oauthClientId } = content;
  // A wrong account is refused before the tokens of the right one are replaced; while frozen, as far as the token itself names it.
  const signIn = { provider: stored.provider, apiType, hosts, credential, tokens: fixedToken(pair.accessToken) };
  const externalId = isFrozen
    ? namedBy(stored.provider, pair.accessToken)
    : await identifyAccount(services, ref, signIn, stored.account);
  const granted = pair.scopes.length > 0 ? pair.scopes : (sent.scope?.split(' ').filter((scope) => scope !== '') ?? []);
  const scopes = granted.length > 0 ? granted : content.scopes;
  await tenantTransaction(services.db, organizationId, async (trx) => {
    if (externalId !== null) await checkAccount(trx, ref, stored.provider, externalId);
    await storeCredential(services, trx, ref, {
      before: await signInWithin(trx, ref),
      now: { apiType, credential, scopes, oauthClientId, hosts, expiry: EXPIRY_UNKNOWN, expiresAt: new Date(pair.expiresAt) },
      actor,
      action: 'connection.authorized',
      at: new Date(services.clock.now()),
      unchecked: isFrozen,
    });
  });
  forgetTokens(services, ref);
  if (isFrozen) return;
  const verified = await verifyConnection(services, ref, scopes);
  await prepareAccount(services, ref, verified.posAccountId);
}

/** The account an R-Series token names; null where it names none. */
function namedBy(provider: 'lightspeed-r' | 'lightspeed-x', accessToken: string): string | null {
  return provider === 'lightspeed-r' ? readAccessTokenClaims(accessToken).accountId : null;
}

async function exchange(
  calling: Services,
  ref: ConnectionRef,
  provider: 'lightspeed-r' | 'lightspeed-x',
  content: AttemptContent,
  sent: AuthorizationReturn & { readonly code: string },
): Promise<{ pair: StorePair; credential: AnyCredential & { kind: 'oauth' } }> {
  const { oauth, credential } = await tenantTransaction(calling.db, ref.organizationId, (trx) =>
    oauthOfAttempt(calling, trx, ref, provider, content),
  );
  const domainPrefix = provider === 'lightspeed-x' ? storeNamed(sent.domain_prefix) : null;
  try {
    const { codeVerifier, redirectUri } = content;
    const pair = await oauth.exchangeCode({ code: sent.code, codeVerifier, redirectUri, domainPrefix });
    return { pair, credential: { ...withPair(credential, pair), kind: 'oauth' } };
  } catch (error) {
    // A code lives for a minute or ten and works once; a refused client is another matter.
    if (error instanceof Unauthorized && error.code === 'invalid_grant') throw expired(error);
    throw error;
  }
}

/** The store's name decides where our secret is sent: it is taken as the POS writes it, or not at all. */
function storeNamed(stated: string | undefined): string {
  const domainPrefix = parseDomainPrefix(stated ?? '');
  if (domainPrefix !== null && domainPrefix === stated) return domainPrefix;
  throw new AppError('oauth_state_invalid', 'The answer of the POS names no store. Start the sign-in again.');
}

function denied(word: string): AppError {
  return new AppError('oauth_denied', 'Access was not granted in the POS. Start again and choose Authorize.', {
    // The POS's own word, shortened: it comes from the address and may be anything.
    details: { reason: word.slice(0, 60) },
  });
}

function stateInvalid(): AppError {
  return new AppError('oauth_state_invalid', 'This sign-in was not started here, or was used already. Start it again.');
}

function expired(cause?: unknown): AppError {
  return new AppError('oauth_expired', 'The sign-in took too long. Start it again.', { cause });
}

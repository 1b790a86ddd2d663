/**
 * The token pair of a connection, shared by all processes. R-Series facts (reference §2.5): every refresh gives a new pair; the old
 * refresh token stays usable until the new access token is first used; at most five refreshes a minute. X-Series (reference §2.1): every
 * refresh ends the old pair at once, so an answer that was lost is told by the refusal of the next one, and somebody authorizes again.
 */
import { RateLimited, Unauthorized, Unavailable } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { callsOf, holdingCalls } from './call-gate.ts';
import { type ConnectionRef, type Credential, openCredential, sealCredential } from './credential.ts';
import { oauthOf, SIGN_IN_COLUMNS, type SignInRow, type StorePair } from './oauth-client.ts';
import { changeState } from './states.ts';

/** A token is renewed this long before it ends, so that it does not end on its way. */
const MARGIN_MS = 60_000;
const ATTEMPTS_MAX = 5;
const ATTEMPTS_WINDOW_MS = 60_000;
/** A lost answer is asked for once more at once; after that the caller decides when. */
const TRIES_MAX = 2;

/** How the POS client gets its token. */
export interface TokenSource {
  token(): Promise<string>;
  /** A new token in place of one that the POS refused. */
  renew(refusedToken: string): Promise<string>;
}

interface Held {
  readonly accessToken: string;
  readonly expiresAt: number;
}

type Outcome = { readonly held: Held } | { readonly error: Error };

const sources = new WeakMap<Services, Map<string, TokenSource>>();

/**
 * The token source of a connection: one for all its users in this process, so that they renew together.
 *
 * @param revision The credential's number: one that somebody replaced is never served again, whichever process replaced it.
 */
export function tokensOf(services: Services, ref: ConnectionRef, revision = 0): TokenSource {
  const known = sources.get(services) ?? new Map<string, TokenSource>();
  sources.set(services, known);
  const key = `${keyOf(ref)}${revision}`;
  const source = known.get(key) ?? createTokenSource(services, ref);
  known.set(key, source);
  return source;
}

function createTokenSource(services: Services, ref: ConnectionRef): TokenSource {
  let held: Held | null = null;
  let underWay: Promise<string> | null = null;
  const renewTogether = (refused: string | null): Promise<string> => {
    underWay ??= renewedToken(services, ref, refused)
      .then((fresh) => {
        held = fresh;
        return fresh.accessToken;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
  return {
    token: async () => (held !== null && isFresh(held, services.clock.now()) ? held.accessToken : renewTogether(null)),
    renew: async (refusedToken) => {
      // Another caller may have renewed it while this one's request was under way.
      if (held !== null && held.accessToken !== refusedToken && isFresh(held, services.clock.now())) return held.accessToken;
      return renewTogether(refusedToken);
    },
  };
}

/**
 * A token that works, from the database if another process has renewed it, else from the POS. The row lock makes it one refresh
 * at a time for all processes, and its end is the commit: the new pair is durable before anybody can use it. A process that
 * dies in between leaves the old refresh token in place, which the POS still takes.
 */
async function renewedToken(services: Services, ref: ConnectionRef, refused: string | null): Promise<Held> {
  // Leave to call is got first: asked for within the transaction it would need a second connection to the database.
  const outcome = await holdingCalls(services, ref, () =>
    tenantTransaction(services.db, ref.organizationId, (trx) => renewLocked(services, trx, ref, refused)),
  );
  // Thrown only now: the attempts and the new state are to be kept.
  if ('error' in outcome) throw outcome.error;
  return outcome.held;
}

async function renewLocked(
  services: Services,
  trx: Transaction<Database>,
  ref: ConnectionRef,
  refused: string | null,
): Promise<Outcome> {
  const row = await lockCredential(trx, ref);
  const credential = openCredential(services, ref, row.sealed);
  const stored = heldOf(credential);
  if (stored !== null && stored.accessToken !== refused && isFresh(stored, services.clock.now())) return { held: stored };
  if (credential.refreshToken === null) {
    return { error: new AppError('pos_unauthorized', 'The connection has not been authorized yet.') };
  }
  const attempts = recentAttempts(row.refresh_attempts, services.clock.now());
  // An answer with new tokens must not be cut off: the X-Series takes the old ones no more.
  const calling = { ...services, ...callsOf(services, ref, { whole: true }) };
  const result = await askForPair(calling, ref.organizationId, row, credential, credential.refreshToken, attempts);
  if (result instanceof Error) {
    await keepAttempts(trx, ref, attempts);
    if (result instanceof Unauthorized) {
      await changeState(trx, {
        ...ref,
        to: 'needs_reauthorisation',
        reason: result.code,
        at: new Date(services.clock.now()),
      });
      services.log.warn({ connectionId: ref.connectionId, reason: result.code }, 'the POS refuses the refresh token');
    }
    return { error: result };
  }
  await storePair(services, trx, ref, credential, result, attempts);
  return { held: { accessToken: result.accessToken, expiresAt: result.expiresAt } };
}

/** The new pair, or why there is none. Adds each request to `attempts`. */
async function askForPair(
  services: Services,
  organizationId: string,
  row: SignInRow,
  credential: Credential,
  refreshToken: string,
  attempts: Date[],
): Promise<StorePair | Error> {
  const oauth = oauthOf(services, organizationId, row, credential);
  for (let tries = 1; ; tries += 1) {
    const [oldest] = attempts;
    if (attempts.length >= ATTEMPTS_MAX && oldest !== undefined) {
      const retryAt = (oldest.getTime() + ATTEMPTS_WINDOW_MS) as RateLimited['retryAt'];
      return new RateLimited(retryAt, 'Five token refreshes within a minute; the POS allows no more.');
    }
    attempts.push(new Date(services.clock.now()));
    try {
      return await oauth.refresh(refreshToken);
    } catch (error) {
      if (error instanceof Unavailable && tries < TRIES_MAX) continue;
      if (error instanceof Error) return error;
      throw error;
    }
  }
}

async function lockCredential(trx: Transaction<Database>, ref: ConnectionRef) {
  const row = await trx
    .selectFrom('credential')
    .innerJoin('connection', (join) =>
      join
        .onRef('connection.organization_id', '=', 'credential.organization_id')
        .onRef('connection.id', '=', 'credential.connection_id'),
    )
    .leftJoin('oauth_client', (join) =>
      join
        .onRef('oauth_client.organization_id', '=', 'connection.organization_id')
        .onRef('oauth_client.id', '=', 'connection.oauth_client_id'),
    )
    .select(['credential.sealed', 'credential.refresh_attempts', 'connection.state', ...SIGN_IN_COLUMNS])
    .where('credential.organization_id', '=', ref.organizationId)
    .where('credential.connection_id', '=', ref.connectionId)
    .forUpdate('credential')
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  if (row.state === 'frozen')
    throw new AppError('connection_frozen', 'The connection is frozen: no calls are made. Thaw it first.');
  return row;
}

/** Stores a new pair in the locked row; the caller commits. */
async function storePair(
  services: Services,
  trx: Transaction<Database>,
  ref: ConnectionRef,
  credential: Credential,
  pair: StorePair,
  attempts: Date[],
): Promise<void> {
  await trx
    .updateTable('credential')
    .set((column) => ({
      sealed: sealCredential(services, ref, withPair(credential, pair)),
      expires_at: new Date(pair.expiresAt),
      generation: column('generation', '+', 1),
      refresh_attempts: attempts,
      updated_at: new Date(services.clock.now()),
    }))
    .where('organization_id', '=', ref.organizationId)
    .where('connection_id', '=', ref.connectionId)
    .execute();
}

/** The credential with a new pair in place of the old. */
export function withPair(credential: Credential, pair: StorePair): Credential {
  const { accessToken, refreshToken, expiresAt } = pair;
  return { ...credential, accessToken, refreshToken, expiresAt, domainPrefix: pair.domainPrefix ?? credential.domainPrefix };
}

async function keepAttempts(trx: Transaction<Database>, ref: ConnectionRef, attempts: Date[]): Promise<void> {
  await trx
    .updateTable('credential')
    .set({ refresh_attempts: attempts })
    .where('organization_id', '=', ref.organizationId)
    .where('connection_id', '=', ref.connectionId)
    .execute();
}

function recentAttempts(attempts: readonly Date[], nowMs: number): Date[] {
  return attempts.filter((at) => at.getTime() > nowMs - ATTEMPTS_WINDOW_MS && at.getTime() <= nowMs);
}

function heldOf(credential: Credential): Held | null {
  const { accessToken, expiresAt } = credential;
  return accessToken === null || expiresAt === null ? null : { accessToken, expiresAt };
}

function isFresh(held: Held, nowMs: number): boolean {
  return held.expiresAt - MARGIN_MS > nowMs;
}

/** Forgets what this process holds for a connection, after its credential was replaced or removed. */
export function forgetTokens(services: Services, ref: ConnectionRef): void {
  const known = sources.get(services);
  for (const key of known?.keys() ?? []) if (key.startsWith(keyOf(ref))) known?.delete(key);
}

function keyOf({ organizationId, connectionId }: ConnectionRef): string {
  return `${organizationId}/${connectionId}/`;
}

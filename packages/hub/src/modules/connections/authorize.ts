import { createHash, randomBytes } from 'node:crypto';
import { pkce } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AnyCredential, type ConnectionRef, openCredential } from './credential.ts';
import { hostChoiceSchema, readHosts } from './hosts.ts';
import { oauthOf, type SignInRow } from './oauth-client.ts';
import { type CredentialInput, prepareCredential } from './prepare-credential.ts';
import type { ProviderId } from './providers.ts';
import { signInWithin, type StoredSignIn } from './stored-sign-in.ts';

/** How long somebody may take on the POS's pages. */
export const AUTHORIZE_MINUTES = 15;

/** Another way of signing in, taken up when the authorization ends well: until then the connection goes on with what it has. */
export type SignInChange = Extract<CredentialInput, { readonly apiType: 'v3' | 'v2' | 'oauth' }>;

export interface BeginOptions {
  /** Who may finish it: a browser session, or a sent link. */
  readonly sessionId: string;
  /** The registered address to come back to, of each POS. */
  readonly comeBackTo: (provider: ProviderId) => string;
  readonly change?: SignInChange | null;
  /** Whether whoever begins sees that the connection is frozen, and asks for this one call all the same (M6). */
  readonly whileFrozen?: boolean;
}

const attemptSchema = z.object({
  codeVerifier: z.string(),
  redirectUri: z.string(),
  /** How it will sign in. */
  apiType: z.enum(['v3', 'v2', 'oauth']),
  clientId: z.string().nullable(),
  clientSecret: z.string().nullable(),
  oauthClientId: z.string().nullable(),
  scopes: z.array(z.string()),
  hosts: hostChoiceSchema,
  /** Begun while the connection was frozen. */
  frozen: z.boolean().default(false),
});

/** What is sealed for a sign-in that somebody began. */
export type AttemptContent = z.output<typeof attemptSchema>;

/**
 * Begins the sign-in at the POS: makes a state that only this browser session can use, once, and returns the POS's address to send
 * the browser to.
 *
 * @throws AppError `not_found`, `connection_frozen` (unless `whileFrozen`), `invalid_request`, or `conflict` for a retired connection and for one that does not
 *   sign in by OAuth.
 */
export async function beginAuthorization(
  services: Services,
  ref: ConnectionRef,
  { sessionId, comeBackTo, change = null, whileFrozen = false }: BeginOptions,
): Promise<URL> {
  const state = randomBytes(32).toString('base64url');
  const { codeVerifier, codeChallenge } = await pkce();
  const now = services.clock.now();
  return tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const stored = await signInWithin(trx, ref);
    const frozen = stored.state === 'frozen';
    if (frozen && !whileFrozen) throw new AppError('connection_frozen', 'The connection is frozen. Thaw it first.');
    const redirectUri = comeBackTo(stored.provider);
    const content = { ...(await contentOf(services, trx, ref, stored, { codeVerifier, redirectUri, change })), frozen };
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
        sealed: services.sealer.seal(JSON.stringify(content), attemptContext(ref)),
        created_at: new Date(now),
        expires_at: new Date(now + AUTHORIZE_MINUTES * 60_000),
      })
      .execute();
    const { oauth } = await oauthOfAttempt(services, trx, ref, stored.provider, content);
    return oauth.authorizationUrl({ scopes: content.scopes, state, codeChallenge, redirectUri });
  });
}

/** What an attempt is about: the connection as it is, or as it is to become. */
async function contentOf(
  services: Services,
  trx: Transaction<Database>,
  ref: ConnectionRef,
  stored: StoredSignIn,
  { codeVerifier, redirectUri, change }: { codeVerifier: string; redirectUri: string; change: SignInChange | null },
): Promise<AttemptContent> {
  if (change !== null) {
    const { provider, apiType, credential, oauthClientId, scopes, hosts } = await prepareCredential(
      services,
      trx,
      ref.organizationId,
      change,
    );
    if (provider !== stored.provider) throw new AppError('conflict', 'A connection cannot move to another POS. Add a new one.');
    const { clientId, clientSecret } = ownClient(credential);
    return attemptSchema.parse({
      codeVerifier,
      redirectUri,
      apiType,
      clientId,
      clientSecret,
      oauthClientId,
      scopes,
      hosts,
    });
  }
  const { clientId, clientSecret } = openCredential(services, ref, stored.sealed);
  return attemptSchema.parse({
    codeVerifier,
    redirectUri,
    apiType: stored.api_type,
    clientId,
    clientSecret,
    oauthClientId: stored.client_row_id,
    scopes: stored.scopes,
    hosts: readHosts(stored.hosts),
  });
}

function ownClient(credential: AnyCredential): { clientId: string | null; clientSecret: string | null } {
  if (credential.kind === 'oauth') return credential;
  return { clientId: null, clientSecret: null };
}

/** The OAuth side of an attempt. */
export async function oauthOfAttempt(
  services: Pick<Services, 'config' | 'fetch' | 'clock' | 'sealer'>,
  trx: Transaction<Database>,
  { organizationId }: ConnectionRef,
  provider: ProviderId,
  { clientId, clientSecret, oauthClientId, hosts }: AttemptContent,
) {
  const client =
    oauthClientId === null
      ? undefined
      : await trx
          .selectFrom('oauth_client')
          .select(['id', 'client_id', 'sealed'])
          .where('organization_id', '=', organizationId)
          .where('id', '=', oauthClientId)
          .executeTakeFirst();
  if (oauthClientId !== null && client === undefined) throw new AppError('not_found', 'There is no such OAuth client.');
  const row: SignInRow = {
    provider,
    hosts,
    client_row_id: client?.id ?? null,
    client_row_client_id: client?.client_id ?? null,
    client_row_sealed: client?.sealed ?? null,
  };
  const credential = { clientId, clientSecret, refreshToken: null, accessToken: null, expiresAt: null, domainPrefix: null };
  return { oauth: oauthOf(services, organizationId, row, credential), credential };
}

/** What was sealed for an attempt; null for one that another version of this code began. */
export function readAttempt(text: string): AttemptContent | null {
  try {
    const read = attemptSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
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

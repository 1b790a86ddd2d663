import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { NewConnection } from './create-connection.ts';
import type { ConnectionRef } from './credential.ts';
import { posProblem } from './pos-errors.ts';
import { EXPIRY_UNKNOWN } from './prepare-credential.ts';
import { prepareAccount } from './prepare-account.ts';
import { removeConnection } from './remove-connection.ts';
import { type StoredInput, storeConnection } from './store-connection.ts';
import { type Verified, verifyConnection } from './verify-connection.ts';

export interface Added extends ConnectionRef {
  readonly verified: Verified;
}

/**
 * Makes a connection of any kind. One whose credential suffices signs in at once: reads the account and becomes active; one by OAuth
 * without a token waits to be authorized (`verified` is null then). When the POS refuses the credential or the account is not ours to
 * take, nothing is left behind. When the POS merely does not answer, the connection stays, set up incompletely, and a later test
 * completes it.
 *
 * @throws AppError as `storeConnection` and `verifyConnection`. A store that does not exist is final as well.
 */
export async function connect(
  services: Services,
  input: StoredInput,
): Promise<ConnectionRef & { readonly verified: Verified | null }> {
  const { organizationId, connectionId, signsIn } = await storeConnection(services, input);
  const ref = { organizationId, connectionId };
  if (!signsIn) return { ...ref, verified: null };
  const noStore = input.signIn.apiType === 'personal_token' ? ['pos_rejected', 'pos_shape_changed'] : [];
  return signIn(services, ref, noStore);
}

/** Adds an R-Series connection from a refresh token, without a browser; outcome and errors as `connect`. */
export async function addConnection(
  services: Services,
  input: NewConnection & { readonly refreshToken: string },
): Promise<Added> {
  const { organizationId, name, apiType = 'v3', oauthClientId = null, oauthClient, scopes, refreshToken, actor } = input;
  const signInBy = { apiType, oauthClientId, oauthClient, scopes, refreshToken };
  return signIn(services, await storeConnection(services, { organizationId, name, signIn: signInBy, actor }), []);
}

export interface NewPersonalTokenConnection {
  readonly organizationId: string;
  /** Unique in the organization, whatever the case of its letters. */
  readonly name: string;
  /** The store's name at the POS; a pasted address of the store will do. */
  readonly domainPrefix: string;
  readonly token: string;
  /** When the token ends, if its maker set a date; null when not known. */
  readonly expiresAt: Date | null;
}

/** Adds an X-Series connection by personal token; outcome and errors as `connect`. */
export async function addPersonalTokenConnection(services: Services, input: NewPersonalTokenConnection): Promise<Added> {
  const { organizationId, name, domainPrefix, token, expiresAt } = input;
  const on = expiresAt?.toISOString().slice(0, 10) ?? null;
  const expiry = { ...EXPIRY_UNKNOWN, on };
  const ref = await storeConnection(services, {
    organizationId,
    name,
    signIn: { apiType: 'personal_token', domainPrefix, token, expiry, expiresAt },
  });
  return signIn(services, ref, ['pos_rejected', 'pos_shape_changed']);
}

async function signIn(
  services: Services,
  { organizationId, connectionId }: ConnectionRef,
  finalToo: readonly string[],
): Promise<Added> {
  const ref = { organizationId, connectionId };
  try {
    const verified = await verifyConnection(services, ref);
    await prepareAccount(services, ref, verified.posAccountId);
    return { ...ref, verified };
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (problem instanceof AppError && (FINAL.has(problem.code) || finalToo.includes(problem.code)))
      await removeConnection(services, ref, { revoke: false });
    throw problem;
  }
}

const FINAL: ReadonlySet<string> = new Set(['pos_unauthorized', 'pos_account_in_use', 'oauth_wrong_account']);

import { parseDomainPrefix } from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { createConnection, type NewConnection } from './create-connection.ts';
import { type ConnectionRef, sealPersonalToken } from './credential.ts';
import { posProblem } from './pos-errors.ts';
import { prepareAccount } from './prepare-account.ts';
import { removeConnection } from './remove-connection.ts';
import { storeConnection } from './store-connection.ts';
import { type Verified, verifyConnection } from './verify-connection.ts';

export interface Added extends ConnectionRef {
  readonly verified: Verified;
}

/**
 * Adds an R-Series connection from a refresh token, without a browser: signs in, reads the account, makes it active. When the POS refuses
 * the token or the account is not ours to take, nothing is left behind. When the POS merely does not answer, the connection stays, set up
 * incompletely, and a later test completes it.
 *
 * @throws AppError as `createConnection` and `verifyConnection`.
 */
export async function addConnection(
  services: Services,
  input: NewConnection & { readonly refreshToken: string },
): Promise<Added> {
  return signIn(services, await createConnection(services, input), []);
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

/**
 * Adds an X-Series connection by personal token, with the same outcome as `addConnection`. A store that does not exist is final as well.
 *
 * @throws AppError `connection_name_taken`, `invalid_request` for what is no store's name, or as `verifyConnection`.
 */
export async function addPersonalTokenConnection(services: Services, input: NewPersonalTokenConnection): Promise<Added> {
  const domainPrefix = parseDomainPrefix(input.domainPrefix);
  if (domainPrefix === null) {
    throw new AppError(
      'invalid_request',
      'That is no X-Series store. Give its name as in https://NAME.retail.lightspeed.app, or paste that address.',
    );
  }
  const ref = await storeConnection(services, {
    organizationId: input.organizationId,
    name: input.name,
    provider: 'lightspeed-x',
    apiType: 'personal_token',
    scopes: [],
    seal: (made) => sealPersonalToken(services, made, { domainPrefix, token: input.token }),
    expiresAt: input.expiresAt,
  });
  return signIn(services, ref, ['pos_rejected', 'pos_shape_changed']);
}

async function signIn(services: Services, ref: ConnectionRef, finalToo: readonly string[]): Promise<Added> {
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

import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { createConnection, type NewConnection } from './create-connection.ts';
import type { ConnectionRef } from './credential.ts';
import { posProblem } from './pos-errors.ts';
import { prepareAccount } from './prepare-account.ts';
import { removeConnection } from './remove-connection.ts';
import { type Verified, verifyConnection } from './verify-connection.ts';

export interface Added extends ConnectionRef {
  readonly verified: Verified;
}

/**
 * Adds a connection from a refresh token, without a browser: signs in, reads the account, makes it active. When the POS refuses the
 * token or the account is not ours to take, nothing is left behind. When the POS merely does not answer, the connection stays, set up
 * incompletely, and a later test completes it.
 *
 * @throws AppError as `createConnection` and `verifyConnection`.
 */
export async function addConnection(
  services: Services,
  input: NewConnection & { readonly refreshToken: string },
): Promise<Added> {
  const ref = await createConnection(services, input);
  try {
    const verified = await verifyConnection(services, ref);
    await prepareAccount(services, ref, verified.posAccountId);
    return { ...ref, verified };
  } catch (error) {
    const problem = posProblem(error) ?? error;
    if (isFinal(problem)) await removeConnection(services, ref, { revoke: false });
    throw problem;
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof AppError && ['pos_unauthorized', 'pos_account_in_use', 'oauth_wrong_account'].includes(error.code);
}

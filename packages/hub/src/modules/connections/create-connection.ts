import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type ConnectionRef, type Credential, sealCredential } from './credential.ts';
import { R_SERIES_SCOPES } from './providers.ts';
import { storeConnection } from './store-connection.ts';

export interface NewConnection {
  readonly organizationId: string;
  /** Unique in the organization, whatever the case of its letters. */
  readonly name: string;
  /** An OAuth client of the merchant's own; null for the instance's. */
  readonly oauthClient: { readonly clientId: string; readonly clientSecret: string | null } | null;
  /** Scopes to ask for; the least-privilege preset unless given. */
  readonly scopes?: readonly string[];
  /** A refresh token that was got elsewhere, for set-up without a browser. */
  readonly refreshToken?: string;
}

/**
 * Makes an R-Series connection that is still to be authorized; its secrets are sealed at once.
 *
 * @throws AppError `connection_name_taken`, or `invalid_request` when neither it nor the instance has an OAuth client.
 */
export async function createConnection(services: Services, input: NewConnection): Promise<ConnectionRef> {
  if (input.oauthClient === null && services.config.rClientId === null) {
    throw new AppError(
      'invalid_request',
      'Give the client id and secret of an OAuth client, or set TILLWEAVE_R_CLIENT_ID and TILLWEAVE_R_CLIENT_SECRET for all.',
    );
  }
  const credential: Credential = {
    clientId: input.oauthClient?.clientId ?? null,
    clientSecret: input.oauthClient?.clientSecret ?? null,
    refreshToken: input.refreshToken ?? null,
    accessToken: null,
    expiresAt: null,
  };
  return storeConnection(services, {
    organizationId: input.organizationId,
    name: input.name,
    provider: 'lightspeed-r',
    apiType: 'v3',
    scopes: input.scopes ?? R_SERIES_SCOPES,
    seal: (ref) => sealCredential(services, ref, credential),
    expiresAt: null,
  });
}

import type { Services } from '../../platform/services.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import type { ConnectionRef } from './credential.ts';
import type { InlineClient } from './prepare-credential.ts';
import { storeConnection } from './store-connection.ts';

export interface NewConnection {
  readonly organizationId: string;
  /** Unique in the organization, whatever the case of its letters. */
  readonly name: string;
  /** `v2` is the older version of the API. Default `v3`. */
  readonly apiType?: 'v3' | 'v2';
  /** An OAuth client of the connection's own; null for the one it names, else the instance's. */
  readonly oauthClient: InlineClient | null;
  /** One of the organization's OAuth clients. */
  readonly oauthClientId?: string | null;
  /** Scopes to ask for; the least-privilege preset unless given. */
  readonly scopes?: readonly string[];
  /** A refresh token that was got elsewhere, for set-up without a browser. */
  readonly refreshToken?: string;
  readonly actor?: AuditActor;
}

/**
 * Makes an R-Series connection that is still to be authorized; its secrets are sealed at once.
 *
 * @throws AppError `connection_name_taken`, or `invalid_request` when neither it nor the instance has an OAuth client.
 */
export async function createConnection(services: Services, input: NewConnection): Promise<ConnectionRef> {
  const { organizationId, name, apiType = 'v3', oauthClientId = null, oauthClient, scopes, refreshToken, actor } = input;
  const signIn = { apiType, oauthClientId, oauthClient, scopes, refreshToken };
  const { connectionId } = await storeConnection(services, { organizationId, name, signIn, actor });
  return { organizationId, connectionId };
}

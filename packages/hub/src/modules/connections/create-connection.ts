import { DatabaseError } from 'pg';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type ConnectionRef, type Credential, sealCredential } from './credential.ts';
import { R_SERIES_SCOPES } from './providers.ts';

const UNIQUE_VIOLATION = '23505';

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
  const now = new Date(services.clock.now());
  const ref = { organizationId: input.organizationId, connectionId: uuidv7(now.getTime()) };
  const credential: Credential = {
    clientId: input.oauthClient?.clientId ?? null,
    clientSecret: input.oauthClient?.clientSecret ?? null,
    refreshToken: input.refreshToken ?? null,
    accessToken: null,
    expiresAt: null,
  };
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    await trx
      .insertInto('connection')
      .values({
        organization_id: ref.organizationId,
        id: ref.connectionId,
        name: input.name,
        provider: 'lightspeed-r',
        api_type: 'v3',
        pos_account_id: null,
        state: 'set_up_incomplete',
        state_reason: 'not_authorized',
        state_changed_at: now,
        scopes: [...(input.scopes ?? R_SERIES_SCOPES)],
        created_at: now,
      })
      .execute();
    await trx
      .insertInto('credential')
      .values({
        organization_id: ref.organizationId,
        connection_id: ref.connectionId,
        sealed: sealCredential(services, ref, credential),
        updated_at: now,
      })
      .execute();
  }).catch((error: unknown) => {
    if (isNameTaken(error)) {
      throw new AppError('connection_name_taken', `There is a connection named "${input.name}" already. Choose another name.`, {
        cause: error,
        details: { name: input.name },
      });
    }
    throw error;
  });
  return ref;
}

function isNameTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint === 'connection_name';
}

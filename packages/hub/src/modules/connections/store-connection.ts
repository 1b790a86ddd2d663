import { DatabaseError } from 'pg';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { ConnectionRef } from './credential.ts';
import type { ProviderId } from './providers.ts';

const UNIQUE_VIOLATION = '23505';

interface StoredConnection {
  readonly organizationId: string;
  readonly name: string;
  readonly provider: ProviderId;
  readonly apiType: string;
  readonly scopes: readonly string[];
  /** Seals the credential for the connection that is being made. */
  readonly seal: (ref: ConnectionRef) => string;
  /** When the credential ends by itself; null when it does not, or nobody said. */
  readonly expiresAt: Date | null;
}

/**
 * Writes down a connection that has not signed in yet, with its sealed credential.
 *
 * @throws AppError `connection_name_taken`.
 */
export async function storeConnection(services: Services, connection: StoredConnection): Promise<ConnectionRef> {
  const now = new Date(services.clock.now());
  const ref = { organizationId: connection.organizationId, connectionId: uuidv7(now.getTime()) };
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    await trx
      .insertInto('connection')
      .values({
        organization_id: ref.organizationId,
        id: ref.connectionId,
        name: connection.name,
        provider: connection.provider,
        api_type: connection.apiType,
        pos_account_id: null,
        state: 'set_up_incomplete',
        state_reason: 'not_authorized',
        state_changed_at: now,
        scopes: [...connection.scopes],
        created_at: now,
      })
      .execute();
    await trx
      .insertInto('credential')
      .values({
        organization_id: ref.organizationId,
        connection_id: ref.connectionId,
        sealed: connection.seal(ref),
        expires_at: connection.expiresAt,
        updated_at: now,
      })
      .execute();
  }).catch((error: unknown) => {
    if (isNameTaken(error)) {
      const { name } = connection;
      throw new AppError('connection_name_taken', `There is a connection named "${name}" already. Choose another name.`, {
        cause: error,
        details: { name },
      });
    }
    throw error;
  });
  return ref;
}

function isNameTaken(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint === 'connection_name';
}

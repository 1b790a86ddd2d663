import type { Kysely, Transaction } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { ClientRow } from './client-of.ts';
import type { ConnectionRef } from './credential.ts';
import { SIGN_IN_COLUMNS } from './oauth-client.ts';

/** A connection, how it signs in, and the account it belongs to. */
export interface StoredSignIn extends ClientRow {
  readonly state: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Null while the connection has none. */
  readonly account: { readonly id: string; readonly externalId: string } | null;
}

/** @throws AppError `not_found`, or `conflict` for a retired connection: its credential was destroyed. */
export async function readSignIn(services: Services, ref: ConnectionRef): Promise<StoredSignIn> {
  return tenantTransaction(services.db, ref.organizationId, (trx) => signInWithin(trx, ref));
}

/** @throws AppError as `readSignIn`. */
export async function signInWithin(trx: Transaction<Database> | Kysely<Database>, ref: ConnectionRef): Promise<StoredSignIn> {
  const found = await findSignIn(trx, ref);
  if (found !== null) return found;
  const row = await trx
    .selectFrom('connection')
    .select('state')
    .where('organization_id', '=', ref.organizationId)
    .where('id', '=', ref.connectionId)
    .executeTakeFirst();
  if (row === undefined || row.state === 'removed') throw new AppError('not_found', 'There is no such connection.');
  throw new AppError('conflict', 'The connection is retired: its credential was destroyed. Add a new one.');
}

/** As `signInWithin`, and null where there is no credential. */
export async function findSignIn(
  trx: Transaction<Database> | Kysely<Database>,
  ref: ConnectionRef,
): Promise<StoredSignIn | null> {
  const row = await trx
    .selectFrom('connection')
    .innerJoin('credential', (join) =>
      join
        .onRef('credential.organization_id', '=', 'connection.organization_id')
        .onRef('credential.connection_id', '=', 'connection.id'),
    )
    .leftJoin('pos_account', (join) =>
      join
        .onRef('pos_account.organization_id', '=', 'connection.organization_id')
        .onRef('pos_account.id', '=', 'connection.pos_account_id'),
    )
    .leftJoin('oauth_client', (join) =>
      join
        .onRef('oauth_client.organization_id', '=', 'connection.organization_id')
        .onRef('oauth_client.id', '=', 'connection.oauth_client_id'),
    )
    .select([
      ...SIGN_IN_COLUMNS,
      'connection.state',
      'connection.name',
      'connection.api_type',
      'connection.scopes',
      'credential.sealed',
      'credential.revision',
      'pos_account.id as account_id',
      'pos_account.external_id',
    ])
    .where('connection.organization_id', '=', ref.organizationId)
    .where('connection.id', '=', ref.connectionId)
    .where('connection.state', '<>', 'removed')
    .executeTakeFirst();
  if (row === undefined) return null;
  const { account_id: id, external_id: externalId, ...rest } = row;
  return { ...rest, account: id === null || externalId === null ? null : { id, externalId } };
}

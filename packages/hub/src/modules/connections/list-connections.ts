import type { Kysely, Transaction } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { ConnectionRef } from './credential.ts';
import { type ConnectionState, isConnectionState } from './states.ts';

/** A connection as people see it: no secrets. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly provider: 'lightspeed-r' | 'lightspeed-x';
  readonly apiType: string;
  readonly state: ConnectionState;
  /** A code, or the words somebody gave for freezing it. */
  readonly stateReason: string | null;
  readonly stateChangedAt: string;
  readonly scopes: string[];
  readonly posAccount: { id: string; externalId: string; name: string; currency: string } | null;
  readonly lastSuccessAt: string | null;
  readonly createdAt: string;
}

/** The connections of an organization that were not removed, by name. */
export async function listConnections(services: Services, organizationId: string): Promise<Connection[]> {
  const rows = await tenantTransaction(services.db, organizationId, (trx) =>
    connectionRows(trx, organizationId).orderBy('connection.name').execute(),
  );
  return rows.map(toConnection);
}

/** @throws AppError `not_found`. */
export async function getConnection(services: Services, ref: ConnectionRef): Promise<Connection> {
  const row = await tenantTransaction(services.db, ref.organizationId, (trx) =>
    connectionRows(trx, ref.organizationId).where('connection.id', '=', ref.connectionId).executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  return toConnection(row);
}

/**
 * The connection named by id or name, for the command line.
 *
 * @throws AppError `not_found`.
 */
export async function findConnection(services: Services, organizationId: string, wanted: string): Promise<Connection> {
  const all = await listConnections(services, organizationId);
  const found = all.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const names = all.map(({ name }) => `"${name}"`).join(', ');
  throw new AppError(
    'not_found',
    `There is no connection "${wanted}". ${all.length === 0 ? 'There are none yet.' : `There are: ${names}.`}`,
  );
}

function connectionRows(trx: Transaction<Database> | Kysely<Database>, organizationId: string) {
  return trx
    .selectFrom('connection')
    .leftJoin('pos_account', (join) =>
      join
        .onRef('pos_account.organization_id', '=', 'connection.organization_id')
        .onRef('pos_account.id', '=', 'connection.pos_account_id'),
    )
    .select([
      'connection.id',
      'connection.name',
      'connection.provider',
      'connection.api_type',
      'connection.state',
      'connection.state_reason',
      'connection.state_changed_at',
      'connection.scopes',
      'connection.last_success_at',
      'connection.created_at',
      'pos_account.id as account_id',
      'pos_account.external_id',
      'pos_account.name as account_name',
      'pos_account.currency',
    ])
    .where('connection.organization_id', '=', organizationId)
    .where('connection.state', '<>', 'removed');
}

type Row = Awaited<ReturnType<ReturnType<typeof connectionRows>['executeTakeFirstOrThrow']>>;

function toConnection(row: Row): Connection {
  if (!isConnectionState(row.state)) throw new Error(`Unknown state of a connection: ${row.state}`);
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    apiType: row.api_type,
    state: row.state,
    stateReason: row.state_reason,
    stateChangedAt: row.state_changed_at.toISOString(),
    scopes: row.scopes,
    posAccount:
      row.account_id === null
        ? null
        : {
            id: row.account_id,
            externalId: row.external_id ?? '',
            name: row.account_name ?? '',
            currency: row.currency ?? '',
          },
    lastSuccessAt: row.last_success_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

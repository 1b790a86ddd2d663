import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { setAttestation } from './attestation.ts';
import type { ConnectionRef } from './credential.ts';
import type { StatedExpiry } from './prepare-credential.ts';
import { isScope } from './scopes.ts';
import { nameTaken } from './store-connection.ts';

/** What people change about a connection without touching its secrets; what is left out stays. */
export interface ConnectionChange {
  readonly name?: string | undefined;
  /** Whether the age gate is ticked (M3). */
  readonly attested?: boolean | undefined;
  readonly expiry?: StatedExpiry | undefined;
  /** What to ask for; takes effect when the connection is authorized again. */
  readonly scopes?: readonly string[] | undefined;
  /** Takes effect when the connection is authorized again; null: the instance's client. */
  readonly oauthClientId?: string | null | undefined;
}

/**
 * Changes a connection (M4). Every change is audited.
 *
 * @throws AppError `not_found`, `connection_name_taken`, `invalid_request` for scopes of another POS, `conflict` for another OAuth client
 *   while tokens of the old one are in use: those are replaced by authorizing anew.
 */
export async function changeConnection(
  services: Services,
  ref: ConnectionRef,
  change: ConnectionChange,
  actor: AuditActor,
): Promise<void> {
  const { organizationId, connectionId } = ref;
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const row = await trx
      .selectFrom('connection')
      .innerJoin('credential', (join) =>
        join
          .onRef('credential.organization_id', '=', 'connection.organization_id')
          .onRef('credential.connection_id', '=', 'connection.id'),
      )
      .select([
        'connection.name',
        'connection.provider',
        'connection.scopes',
        'connection.oauth_client_id',
        'connection.pos_account_id',
        'credential.stated_expires_on',
        'credential.never_expires',
      ])
      .where('connection.organization_id', '=', organizationId)
      .where('connection.id', '=', connectionId)
      .where('connection.state', '<>', 'removed')
      .forUpdate('connection')
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
    const { name = row.name, scopes = row.scopes, oauthClientId = row.oauth_client_id } = change;
    if (change.scopes !== undefined && (scopes.length === 0 || scopes.some((scope) => !isScope(row.provider, scope))))
      throw new AppError('invalid_request', 'Choose scopes of this POS.');
    if (oauthClientId !== row.oauth_client_id) {
      if (row.pos_account_id !== null) {
        throw new AppError(
          'conflict',
          'The tokens in use are the old client’s. Authorize the connection anew with the other one.',
        );
      }
      await requireClientOf(oauthClientId, row.provider);
    }
    const expiry = change.expiry ?? { on: row.stated_expires_on, never: row.never_expires };
    await trx
      .updateTable('connection')
      .set({ name, scopes: [...scopes], oauth_client_id: oauthClientId })
      .where('organization_id', '=', organizationId)
      .where('id', '=', connectionId)
      .execute();
    await trx
      .updateTable('credential')
      .set({ stated_expires_on: expiry.on, never_expires: expiry.never })
      .where('organization_id', '=', organizationId)
      .where('connection_id', '=', connectionId)
      .execute();
    const changed = changedFields(
      {
        name: row.name,
        scopes: row.scopes,
        oauthClientId: row.oauth_client_id,
        expiresOn: shown({ on: row.stated_expires_on, never: row.never_expires }),
      },
      { name, scopes, oauthClientId, expiresOn: shown(expiry) },
    );
    if (changed !== null) {
      const subject = { kind: 'connection', id: connectionId, name };
      await recordAudit(trx, { organizationId, actor, action: 'connection.changed', subject, ...changed, at });
    }
    if (change.attested !== undefined) await setAttestation(trx, ref, { attested: change.attested, actor, name, at });

    async function requireClientOf(id: string | null, provider: string): Promise<void> {
      if (id === null) return;
      const client = await trx
        .selectFrom('oauth_client')
        .select('provider')
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .executeTakeFirst();
      if (client === undefined) throw new AppError('not_found', 'There is no such OAuth client.');
      if (client.provider !== provider) throw new AppError('invalid_request', 'That OAuth client is for another POS.');
    }
  }).catch((error: unknown) => {
    throw nameTaken(error, change.name ?? '') ?? error;
  });
}

function shown({ on, never }: StatedExpiry): string | null {
  return never ? 'never' : on;
}

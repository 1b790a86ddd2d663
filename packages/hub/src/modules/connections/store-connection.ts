import { DatabaseError } from 'pg';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type AuditActor, COMMAND_ACTOR, recordAudit } from '../audit/record-audit.ts';
import { type ConnectionRef, sealAny } from './credential.ts';
import { type CredentialInput, prepareCredential } from './prepare-credential.ts';
import { changeConnectionSettings, type ConnectionSettings } from './settings.ts';

const UNIQUE_VIOLATION = '23505';

export interface StoredInput {
  readonly organizationId: string;
  /** Unique in the organization, whatever the case of its letters. */
  readonly name: string;
  readonly signIn: CredentialInput;
  /** What is to hold from the first call on; the account takes it over. */
  readonly settings?: { readonly [Name in keyof ConnectionSettings]?: ConnectionSettings[Name] | undefined } | undefined;
  /** Who makes it; somebody on the command line unless given. */
  readonly actor?: AuditActor | undefined;
}

/**
 * Writes down a connection that has not signed in yet, with its sealed credential.
 *
 * @throws AppError `connection_name_taken`, or as `prepareCredential`.
 */
export async function storeConnection(
  services: Services,
  { organizationId, name, signIn, settings, actor = COMMAND_ACTOR }: StoredInput,
): Promise<ConnectionRef & { readonly signsIn: boolean }> {
  const now = new Date(services.clock.now());
  const ref = { organizationId, connectionId: uuidv7(now.getTime()) };
  const signsIn = await tenantTransaction(services.db, organizationId, async (trx) => {
    const prepared = await prepareCredential(services, trx, organizationId, signIn);
    const { provider, apiType, scopes, oauthClientId, hosts, expiry } = prepared;
    await trx
      .insertInto('connection')
      .values({
        organization_id: organizationId,
        id: ref.connectionId,
        name,
        provider,
        api_type: apiType,
        pos_account_id: null,
        state: 'set_up_incomplete',
        state_reason: 'not_authorized',
        state_changed_at: now,
        scopes: [...scopes],
        oauth_client_id: oauthClientId,
        hosts: JSON.stringify(hosts),
        created_at: now,
      })
      .execute();
    await trx
      .insertInto('credential')
      .values({
        organization_id: organizationId,
        connection_id: ref.connectionId,
        sealed: sealAny(services, ref, prepared.credential),
        expires_at: prepared.expiresAt,
        stated_expires_on: expiry.on,
        never_expires: expiry.never,
        updated_at: now,
      })
      .execute();
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'connection.created',
      subject: { kind: 'connection', id: ref.connectionId, name },
      after: { name, provider, apiType, scopes, oauthClientId, hosts, expiresOn: expiry.never ? 'never' : expiry.on },
      at: now,
    });
    if (settings !== undefined) await changeConnectionSettings(trx, ref, settings, { actor, at: now });
    return prepared.signsIn;
  }).catch((error: unknown) => {
    throw nameTaken(error, name) ?? error;
  });
  return { ...ref, signsIn };
}

/** The error people meet when a connection's name is taken; null for anything else. */
export function nameTaken(error: unknown, name: string): AppError | null {
  if (!(error instanceof DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint === 'connection_name')) return null;
  return new AppError('connection_name_taken', `There is a connection named "${name}" already. Choose another name.`, {
    cause: error,
    details: { name },
  });
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { rVersion } from './client-of.ts';
import { type ConnectionRef, sealAny } from './credential.ts';
import type { PreparedCredential } from './prepare-credential.ts';
import type { StoredSignIn } from './stored-sign-in.ts';

interface Replacement {
  /** How the connection signed in until now. */
  readonly before: StoredSignIn;
  readonly now: Omit<PreparedCredential, 'provider' | 'signsIn'>;
  readonly actor: AuditActor;
  /** `connection.authorized`, `connection.credential_replaced`. */
  readonly action: string;
  readonly at: Date;
  /** Whether the account could not be compared, because no calls may be made now. */
  readonly unchecked?: boolean;
}

/**
 * Puts a credential in the place of the one before, of whatever kind, within `trx`. Cursors and data stay: they belong to the account. What
 * was known of the old credential alone (rotations, attempts, expiry) goes.
 */
export async function storeCredential(
  services: Pick<Services, 'sealer'>,
  trx: Transaction<Database>,
  ref: ConnectionRef,
  { before, now, actor, action, at, unchecked = false }: Replacement,
): Promise<void> {
  const { organizationId, connectionId } = ref;
  await trx
    .updateTable('credential')
    .set((column) => ({
      sealed: sealAny(services, ref, now.credential),
      expires_at: now.expiresAt,
      stated_expires_on: now.expiry.on,
      never_expires: now.expiry.never,
      generation: column('generation', '+', 1),
      revision: column('revision', '+', 1),
      refresh_attempts: [],
      updated_at: at,
    }))
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .execute();
  await trx
    .updateTable('connection')
    .set({
      api_type: now.apiType,
      scopes: [...now.scopes],
      oauth_client_id: now.oauthClientId,
      hosts: JSON.stringify(now.hosts),
      verify_account: unchecked && before.account !== null,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .execute();
  if (before.account !== null && before.provider === 'lightspeed-r' && rVersion(before.api_type) !== rVersion(now.apiType)) {
    await forgetLinks(trx, organizationId, before.account.id);
  }
  const changed = changedFields(
    { apiType: before.api_type, scopes: before.scopes, oauthClientId: before.client_row_id, hosts: before.hosts },
    { apiType: now.apiType, scopes: now.scopes, oauthClientId: now.oauthClientId, hosts: now.hosts },
  );
  await recordAudit(trx, {
    organizationId,
    actor,
    action,
    subject: { kind: 'connection', id: connectionId, name: before.name },
    before: changed?.before ?? null,
    after: changed?.after ?? null,
    at,
  });
}

/**
 * A link to the next page leads to the version of the API that gave it. Walks by id go on behind the id they reached, polls begin again at
 * their watermark, windows at their start: a little is read twice, nothing is skipped and nothing doubles.
 */
async function forgetLinks(trx: Transaction<Database>, organizationId: string, posAccountId: string): Promise<void> {
  await sql`
    update cursor set position = case lane
      when 'history' then case when position -> 'after' = 'null'::jsonb then position
        else jsonb_set(position, '{after,next}', 'null'::jsonb) end
      when 'live' then case when position ? 'walk' then jsonb_set(position, '{walk}', 'null'::jsonb) else position end
      else case when position ? 'after' then jsonb_set(position, '{after}', 'null'::jsonb) else position end
    end
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
}

import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { AGE_GATE } from './attestation-text.ts';
import type { ConnectionRef } from './credential.ts';

/**
 * Writes down, within `trx`, that somebody ticked the age gate (M3), or took the tick back: who, when, and the words they saw. Figures are
 * synchronised either way; using people's data (loyalty, exports) waits for it (D29).
 */
export async function setAttestation(
  trx: Transaction<Database>,
  ref: ConnectionRef,
  {
    attested,
    actor,
    name,
    at,
  }: { readonly attested: boolean; readonly actor: AuditActor; readonly name: string; readonly at: Date },
): Promise<void> {
  const { organizationId, connectionId } = ref;
  const standing = await trx
    .selectFrom('attestation')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('connection_id', '=', connectionId)
    .where('kind', '=', 'age_gate')
    .where('text', '=', AGE_GATE)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (attested === (standing !== undefined)) return;
  if (standing !== undefined) {
    await trx
      .updateTable('attestation')
      .set({ withdrawn_at: at, withdrawn_by_name: nameOf(actor) })
      .where('organization_id', '=', organizationId)
      .where('connection_id', '=', connectionId)
      .where('withdrawn_at', 'is', null)
      .execute();
  } else {
    await trx
      .insertInto('attestation')
      .values({
        organization_id: organizationId,
        id: uuidv7(at.getTime()),
        connection_id: connectionId,
        kind: 'age_gate',
        text: AGE_GATE,
        attested_at: at,
        attested_by: actor.id,
        attested_by_name: nameOf(actor),
      })
      .execute();
  }
  await recordAudit(trx, {
    organizationId,
    actor,
    action: attested ? 'connection.attested' : 'connection.attestation_withdrawn',
    subject: { kind: 'connection', id: connectionId, name },
    after: attested ? { text: AGE_GATE } : null,
    before: attested ? null : { text: AGE_GATE },
    at,
  });
}

/**
 * Whether people's data of a POS account may be used for more than figures: the connection that brings it has a standing attestation (D29).
 */
export async function isAttested(trx: Transaction<Database>, organizationId: string, posAccountId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('attestation')
    .innerJoin('connection', (join) =>
      join
        .onRef('connection.organization_id', '=', 'attestation.organization_id')
        .onRef('connection.id', '=', 'attestation.connection_id'),
    )
    .select('attestation.id')
    .where('attestation.organization_id', '=', organizationId)
    .where('attestation.kind', '=', 'age_gate')
    .where('attestation.withdrawn_at', 'is', null)
    .where('connection.pos_account_id', '=', posAccountId)
    .where('connection.state', '<>', 'removed')
    .executeTakeFirst();
  return row !== undefined;
}

function nameOf({ kind, name }: AuditActor): string {
  return name ?? kind;
}

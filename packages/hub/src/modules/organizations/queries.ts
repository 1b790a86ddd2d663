import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { asTenant } from './as-tenant.ts';

/** An organization's own settings. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly weekStart: number;
}

/** @throws AppError `not_found`. */
export async function getOrganization(services: Services, organizationId: string): Promise<Organization> {
  const row = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('organization')
      .select(['organization_id', 'name', 'currency', 'time_zone', 'week_start'])
      .where('organization_id', '=', organizationId)
      .executeTakeFirst(),
  );
  if (row === undefined) throw new AppError('not_found', 'There is no such organization.');
  return {
    id: row.organization_id,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    weekStart: row.week_start,
  };
}

/** An organization a person may act in. */
export interface OwnOrganization {
  readonly id: string;
  readonly name: string;
  /** False: as the operator's staff only. */
  readonly member: boolean;
}

/** The organizations a person belongs to, and for the operator's staff all others too; by name. */
export async function organizationsOf(services: Services, userId: string): Promise<OwnOrganization[]> {
  const { rows } = await sql<OwnOrganization>`
    select organization.id, organization.name,
      exists (select from auth.member where member."organizationId" = organization.id and member."userId" = ${userId}::uuid) as member
    from auth.organization
    where exists (select from auth.member where member."organizationId" = organization.id and member."userId" = ${userId}::uuid)
      or exists (select from auth.operator where operator."userId" = ${userId}::uuid)
    order by organization.name, organization.id`.execute(services.db);
  return rows;
}

interface Switching {
  readonly sessionId: string;
  readonly actor: AuditActor;
  readonly organizationId: string;
  readonly reason: string | null;
}

/**
 * Makes a person's session act in another of their organizations. The operator's staff may act as any: that is written down there.
 *
 * @throws AppError `not_found` when they may not act in it, or there is none.
 */
export async function activateOrganization(
  services: Services,
  { sessionId, actor, organizationId, reason }: Switching,
): Promise<void> {
  const wanted = (await organizationsOf(services, actor.id ?? '')).find(({ id }) => id === organizationId);
  if (wanted === undefined) throw new AppError('not_found', 'You belong to no such organization.');
  await services.db.transaction().execute(async (trx) => {
    await trx
      .updateTable('auth.session')
      .set({ activeOrganizationId: organizationId })
      .where('id', '=', sql<string>`${sessionId}::uuid`)
      .execute();
    if (wanted.member) return;
    await asTenant(trx, organizationId, () =>
      recordAudit(trx, {
        organizationId,
        actor: { ...actor, actingAs: true },
        action: 'organization.acted_as',
        subject: { kind: 'organization', id: organizationId, name: wanted.name },
        reason,
        at: new Date(services.clock.now()),
      }),
    );
  });
}

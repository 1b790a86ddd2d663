import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';

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

/** The organizations a person belongs to, by name. */
export async function organizationsOf(services: Services, userId: string): Promise<{ id: string; name: string }[]> {
  return services.db
    .selectFrom('auth.member')
    .innerJoin('auth.organization', 'auth.organization.id', 'auth.member.organizationId')
    .select(['auth.organization.id', 'auth.organization.name'])
    .where('auth.member.userId', '=', sql<string>`${userId}::uuid`)
    .orderBy('auth.organization.name')
    .execute();
}

/**
 * Makes a person's session act in another of their organizations.
 *
 * @throws AppError `not_found` when they do not belong to it.
 */
export async function activateOrganization(
  services: Services,
  sessionId: string,
  userId: string,
  organizationId: string,
): Promise<void> {
  const updated = await services.db
    .updateTable('auth.session')
    .set({ activeOrganizationId: organizationId })
    .where('id', '=', sql<string>`${sessionId}::uuid`)
    .where((where) =>
      where.exists(
        where
          .selectFrom('auth.member')
          .select('auth.member.id')
          .where('auth.member.userId', '=', sql<string>`${userId}::uuid`)
          .where('auth.member.organizationId', '=', sql<string>`${organizationId}::uuid`),
      ),
    )
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw new AppError('not_found', 'You belong to no such organization.');
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { changedFields } from '../audit/changed-fields.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { asTenant } from './as-tenant.ts';
import { requireRoleGiven } from './member-rules.ts';
import type { Role } from './permissions.ts';

/** A person who may sign in and what they may do in one organization. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** What they are limited to; null: not limited. */
  readonly departmentIds: readonly string[] | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  readonly twoFactor: boolean;
}

/** Who makes a change: how the audit names them, and what their role lets them give. */
export interface Changer {
  readonly actor: AuditActor;
  readonly role: Role | null | 'command';
}

/** The people of an organization, by e-mail address. */
export async function listMembers(services: Services, organizationId: string): Promise<Member[]> {
  const rows = await services.db
    .selectFrom('auth.member')
    .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
    .select((select) => [
      'auth.user.id',
      'auth.user.email',
      'auth.user.name',
      'auth.user.twoFactorEnabled',
      'auth.member.role',
      'auth.member.departmentIds',
      'auth.member.createdAt',
      select
        .selectFrom('auth.session')
        .whereRef('auth.session.userId', '=', 'auth.user.id')
        .select((seen) => seen.fn.max('auth.session.updatedAt').as('seen'))
        .as('lastSeenAt'),
    ])
    .where('auth.member.organizationId', '=', sql<string>`${organizationId}::uuid`)
    .orderBy('auth.user.email')
    .execute();
  return rows.map(({ twoFactorEnabled, ...row }) => ({ ...row, twoFactor: twoFactorEnabled === true }));
}

interface Which {
  readonly organizationId: string;
  /** The person, by id or by e-mail address. */
  readonly member: { readonly userId: string } | { readonly email: string };
}

/**
 * Gives a member another role or other departments (null: all of them). The last owner keeps theirs: somebody must be able to undo it.
 *
 * @throws AppError `not_found` when they are no member or a department is not there, `forbidden` for a role beyond the changer's own,
 * `conflict` for the last owner, `invalid_request` for an owner limited to departments.
 */
export async function changeMember(
  services: Services,
  by: Changer,
  which: Which,
  change: { readonly role?: Role | undefined; readonly departmentIds?: readonly string[] | null | undefined },
): Promise<void> {
  const { organizationId } = which;
  if (change.departmentIds !== undefined && change.departmentIds !== null) {
    await requireDepartments(services, organizationId, change.departmentIds);
  }
  await services.db.transaction().execute(async (trx) => {
    const { member, lastOwner } = await lockMember(trx, which);
    const before = { role: member.role, departmentIds: member.departmentIds };
    const after = {
      role: change.role ?? member.role,
      departmentIds: change.departmentIds === undefined ? member.departmentIds : (change.departmentIds?.toSorted() ?? null),
    };
    const changed = changedFields(before, after);
    if (changed === null) return;
    requireRoleGiven(by.role, member.role);
    requireRoleGiven(by.role, after.role);
    if (after.role === 'owner' && after.departmentIds !== null) {
      throw new AppError('invalid_request', 'An owner is not limited to departments.');
    }
    if (lastOwner && after.role !== 'owner') throw lastOwnerStays();
    await trx.updateTable('auth.member').set(after).where('id', '=', member.id).execute();
    await audit(services, trx, by.actor, which.organizationId, 'member.changed', member, changed);
  });
}

/**
 * Ends a membership: the person's browsers are out of the organization at once, and the tokens they made stop working.
 *
 * @throws AppError `not_found`, `conflict` for the last owner, `forbidden` for a role beyond the changer's own.
 */
export async function removeMember(services: Services, by: Changer, which: Which, action = 'member.removed'): Promise<void> {
  await services.db.transaction().execute(async (trx) => {
    const { member, lastOwner } = await lockMember(trx, which);
    if (action === 'member.removed') requireRoleGiven(by.role, member.role);
    if (lastOwner) throw lastOwnerStays();
    await trx.deleteFrom('auth.member').where('id', '=', member.id).execute();
    await audit(services, trx, by.actor, which.organizationId, action, member, {
      before: { role: member.role, departmentIds: member.departmentIds },
      after: null,
    });
  });
}

/** @throws AppError `not_found` when one of the departments is not the organization's. */
export async function requireDepartments(
  services: Services,
  organizationId: string,
  departmentIds: readonly string[],
): Promise<void> {
  if (departmentIds.length === 0) return;
  const rows = await tenantTransaction(services.db, organizationId, (trx) =>
    trx
      .selectFrom('department')
      .select('id')
      .where('organization_id', '=', organizationId)
      .where('id', 'in', departmentIds)
      .execute(),
  );
  if (new Set(departmentIds).size !== rows.length) throw new AppError('not_found', 'There is no such department.');
}

interface LockedMember {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly role: string;
  readonly departmentIds: readonly string[] | null;
}

/** Holds all memberships of the organization, so that two at once cannot take away the last two owners. */
async function lockMember(
  trx: Transaction<Database>,
  { organizationId, member: wanted }: Which,
): Promise<{ member: LockedMember; lastOwner: boolean }> {
  const members = await trx
    .selectFrom('auth.member')
    .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
    .select(['auth.member.id', 'auth.member.userId', 'auth.member.role', 'auth.member.departmentIds', 'auth.user.email'])
    .where('auth.member.organizationId', '=', sql<string>`${organizationId}::uuid`)
    .orderBy('auth.member.id')
    .forUpdate()
    .execute();
  const member = members.find((candidate) =>
    'userId' in wanted ? candidate.userId === wanted.userId : candidate.email === wanted.email.trim().toLowerCase(),
  );
  if (member === undefined) {
    const who = 'userId' in wanted ? 'This person' : `Nobody with the e-mail address ${wanted.email}`;
    throw new AppError('not_found', `${who} ${'userId' in wanted ? 'does not belong' : 'belongs'} to this organization.`);
  }
  const otherOwners = members.filter((candidate) => candidate.role === 'owner' && candidate.id !== member.id);
  return { member, lastOwner: member.role === 'owner' && otherOwners.length === 0 };
}

function lastOwnerStays(): AppError {
  return new AppError('conflict', 'This is the last owner. Make somebody else owner first.');
}

async function audit(
  services: Services,
  trx: Transaction<Database>,
  actor: AuditActor,
  organizationId: string,
  action: string,
  member: LockedMember,
  changed: Pick<Parameters<typeof recordAudit>[1], 'before' | 'after'>,
): Promise<void> {
  await asTenant(trx, organizationId, () =>
    recordAudit(trx, {
      organizationId,
      actor,
      action,
      subject: { kind: 'member', id: member.userId, name: member.email },
      ...changed,
      at: new Date(services.clock.now()),
    }),
  );
}

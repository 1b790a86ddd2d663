import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import type { Role } from './permissions.ts';

/** A person who may sign in and what they may do in one organization. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly createdAt: Date;
}

/** The people of an organization, by e-mail address. */
export async function listMembers(services: Services, organizationId: string): Promise<Member[]> {
  return services.db
    .selectFrom('auth.member')
    .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
    .select(['auth.user.id', 'auth.user.email', 'auth.user.name', 'auth.member.role', 'auth.member.createdAt'])
    .where('auth.member.organizationId', '=', sql<string>`${organizationId}::uuid`)
    .orderBy('auth.user.email')
    .execute();
}

/**
 * Gives a member another role. The last owner keeps theirs: somebody must be able to undo it.
 *
 * @throws AppError `not_found` when nobody of that address is a member, `conflict` for the last owner.
 */
export async function setRole(
  services: Services,
  { organizationId, email, role }: { readonly organizationId: string; readonly email: string; readonly role: Role },
): Promise<void> {
  await services.db.transaction().execute(async (trx) => {
    const members = await trx
      .selectFrom('auth.member')
      .innerJoin('auth.user', 'auth.user.id', 'auth.member.userId')
      .select(['auth.member.id', 'auth.member.role', 'auth.user.email'])
      .where('auth.member.organizationId', '=', sql<string>`${organizationId}::uuid`)
      .forUpdate()
      .execute();
    const member = members.find((candidate) => candidate.email === email.trim().toLowerCase());
    if (member === undefined)
      throw new AppError('not_found', `Nobody with the e-mail address ${email} belongs to this organization.`);
    const otherOwners = members.filter((candidate) => candidate.role === 'owner' && candidate.id !== member.id);
    if (role !== 'owner' && otherOwners.length === 0 && member.role === 'owner') {
      throw new AppError('conflict', 'This is the last owner. Make somebody else owner first.');
    }
    await trx.updateTable('auth.member').set({ role }).where('id', '=', member.id).execute();
  });
}

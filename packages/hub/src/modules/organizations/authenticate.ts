import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { accessOfToken } from './access-tokens.ts';
import type { Access } from './access.ts';
import { authOf } from './auth.ts';
import { isRole, permissionsOf, permissionsWithin } from './permissions.ts';

/**
 * Who sends this request and in which organization: by access token if it has one, else by session cookie.
 *
 * @returns Null when it is nobody we know.
 * @throws AppError `forbidden` for a person who belongs to no organization.
 */
export async function authenticate(services: Services, headers: Headers): Promise<Access | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer\s+(\S+)$/iu.exec(authorization)?.[1];
    return token === undefined ? null : accessOfToken(services, token);
  }
  if (!headers.has('cookie')) return null;
  return accessOfSession(services, headers);
}

async function accessOfSession(services: Services, headers: Headers): Promise<Access | null> {
  const found = await authOf(services).api.getSession({ headers });
  if (found === null) return null;
  const { session, user } = found;
  const active = session.activeOrganizationId ?? null;
  // The chosen organization first; when its membership has ended, the oldest of the others.
  const member = await services.db
    .selectFrom('auth.member')
    .select(['organizationId', 'role', 'departmentIds'])
    .where('userId', '=', sql<string>`${user.id}::uuid`)
    .orderBy(sql`"organizationId"::text is not distinct from ${active}::text`, 'desc')
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst();
  if (member === undefined || !isRole(member.role)) {
    throw new AppError('forbidden', 'You belong to no organization here. Ask an owner to add you.');
  }
  return {
    organizationId: member.organizationId,
    actor: { kind: 'user', id: user.id, name: user.name, email: user.email },
    role: member.role,
    permissions: new Set(permissionsWithin(permissionsOf(member.role), member.departmentIds)),
    departmentIds: member.departmentIds,
    actingAs: false,
    sessionId: session.id,
  };
}

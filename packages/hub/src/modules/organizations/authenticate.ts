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
  // The chosen organization first, as a member or as the operator's staff; when neither holds any more, the oldest membership.
  const { rows } = await sql<Membership>`
    select "organizationId", role, "departmentIds", false as "actingAs" from auth.member
    where "userId" = ${user.id}::uuid
    union all
    select organization.id, operator.role, null, true
    from auth.operator join auth.organization on organization.id::text = ${active}
    where operator."userId" = ${user.id}::uuid
      and not exists (select from auth.member where member."userId" = ${user.id}::uuid and member."organizationId" = organization.id)
    order by 1`.execute(services.db);
  const member = rows.find(({ organizationId }) => organizationId === active) ?? rows.find(({ actingAs }) => !actingAs);
  if (member === undefined || !isRole(member.role)) {
    throw new AppError('forbidden', 'You belong to no organization here. Ask an owner to add you.');
  }
  return {
    organizationId: member.organizationId,
    actor: { kind: 'user', id: user.id, name: user.name, email: user.email },
    role: member.role,
    permissions: new Set(permissionsWithin(permissionsOf(member.role), member.departmentIds)),
    departmentIds: member.departmentIds,
    actingAs: member.actingAs,
    sessionId: session.id,
  };
}

interface Membership {
  readonly organizationId: string;
  readonly role: string;
  readonly departmentIds: readonly string[] | null;
  readonly actingAs: boolean;
}

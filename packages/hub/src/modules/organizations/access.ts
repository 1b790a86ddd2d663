import { AppError } from '../../platform/errors.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import type { Permission, Role } from './permissions.ts';

/** Who acts: a signed-in person, or an access token made by one. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly name: string; readonly email: string }
  | { readonly kind: 'token'; readonly id: string; readonly name: string };

/** What a request may do, and in which organization: found from its session cookie or access token, never from its body. */
export interface Access {
  readonly organizationId: string;
  readonly actor: Actor;
  /** The person's role in this organization; null for a token, which has scopes only. */
  readonly role: Role | null;
  readonly permissions: ReadonlySet<Permission>;
  /** The departments the caller is limited to, perhaps none; null: the whole organization. */
  readonly departmentIds: readonly string[] | null;
  /** Set while the operator's staff act inside a client's organization they are no member of. */
  readonly actingAs: boolean;
  /** Id of the browser session; null for a token. */
  readonly sessionId: string | null;
}

/** The caller as the audit names them. */
export function auditActorOf({ actor, actingAs }: Pick<Access, 'actor' | 'actingAs'>): AuditActor {
  return { kind: actor.kind === 'user' ? 'person' : 'token', id: actor.id, name: actor.name, actingAs };
}

/** @throws AppError `forbidden` naming the missing permission. */
export function requirePermission(access: Access, permission: Permission): void {
  if (access.permissions.has(permission)) return;
  throw new AppError('forbidden', 'You are not allowed to do this here. An owner or admin of the organization can.', {
    details: { permission },
  });
}

/**
 * Whether the caller may see or change things of a department.
 *
 * @throws AppError `not_found`, as if it were not there.
 */
export function requireDepartment({ departmentIds }: Pick<Access, 'departmentIds'>, departmentId: string): void {
  if (departmentIds === null || departmentIds.includes(departmentId)) return;
  throw new AppError('not_found', 'There is no such department.');
}

import { AppError } from '../../platform/errors.ts';
import { permissionsOf, type Role, roles } from './permissions.ts';

/** The roles somebody of `role` may give and take: owners all, others those that may not more than themselves, and never owners'. */
export function rolesGivenBy(role: Role | null): readonly Role[] {
  if (role === 'owner') return roles;
  if (role === null) return [];
  const own = permissionsOf(role);
  return roles.filter((other) => other !== 'owner' && permissionsOf(other).every((permission) => own.includes(permission)));
}

/** @throws AppError `forbidden` when somebody of `by` may not give or take `role`; null for `by` is the command line, which may all. */
export function requireRoleGiven(by: Role | null | 'command', role: string): void {
  if (by === 'command' || (rolesGivenBy(by) as readonly string[]).includes(role)) return;
  throw new AppError('forbidden', 'You cannot give or take a role that may more than yours. An owner can.', {
    details: { role },
  });
}

import { message } from '../../messages/message.ts';
import type { Services } from '../../platform/services.ts';
import type { Access } from './access.ts';
import { listMembers } from './members.ts';
import { mayDo, type Permission, permissions, permissionTable, type Role, roles } from './permissions.ts';

const NAMED = 3;

/** Whether the caller may do something, and if not why and whom they can ask. */
export interface ExplainedPermission {
  readonly permission: Permission;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly allowed: boolean;
  /** A sentence; null when it is allowed. */
  readonly reason: string | null;
  /** Some of the members who may, those with the lowest such role first. */
  readonly ask: readonly { readonly name: string; readonly role: Role }[];
}

/** Who may do what, as the one table of permissions has it, seen by the caller (W1: a disabled option says why and whom to ask). */
export async function explainPermissions(services: Services, access: Access): Promise<ExplainedPermission[]> {
  const members = await listMembers(services, access.organizationId);
  return permissions.map((permission) => {
    const holders = roles.filter((role) => mayDo(role, permission));
    const { label } = permissionTable[permission];
    const allowed = access.permissions.has(permission);
    const able = holders
      .toReversed()
      .flatMap((role) =>
        members
          .filter(
            (member) => member.role === role && (member.departmentIds === null || !('whole' in permissionTable[permission])),
          )
          .map((member) => ({ name: member.name, role })),
      );
    return {
      permission,
      label,
      roles: holders,
      allowed,
      reason: allowed ? null : reasonFor(access, permission, holders, label),
      ask: allowed ? [] : able.slice(0, NAMED),
    };
  });
}

function reasonFor({ role, departmentIds }: Access, permission: Permission, holders: readonly Role[], label: string): string {
  if (role !== null && departmentIds !== null && mayDo(role, permission)) return message('permission.limited', { label });
  const names = holders.map((holder) => message(`role.${holder}.label`)).join(', ');
  return message('permission.role', { label, roles: names });
}

/** Who may do what: the roles of an organization and the permissions each holds. The only place where the two meet. */

export const permissions = [
  'overview:read',
  'turnover:read',
  'receipts:read',
  'documents:read',
  'stores:read',
  'stores:write',
  'connections:read',
  'connections:write',
  'sync:run',
  'runs:read',
  'tokens:read',
  'tokens:write',
  'audit:read',
  'metrics:read',
] as const;
export type Permission = (typeof permissions)[number];

const reading = [
  'overview:read',
  'turnover:read',
  'receipts:read',
  'stores:read',
  'runs:read',
] as const satisfies readonly Permission[];

/**
 * The permissions of each role. `marketer` holds none of those that exist so far: its own (personas) come with that part,
 * and until then it is the role that can sign in and see nothing of the tills.
 */
const permissionsByRole = {
  owner: permissions,
  admin: permissions,
  regional_supervisor: [...reading, 'documents:read', 'stores:write', 'connections:read', 'sync:run'],
  supervisor: [...reading, 'documents:read', 'stores:write', 'connections:read', 'sync:run'],
  viewer: ['overview:read', 'turnover:read', 'stores:read'],
  marketer: [],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof permissionsByRole;
export const roles = Object.keys(permissionsByRole) as readonly Role[];

export function isRole(value: string): value is Role {
  return Object.hasOwn(permissionsByRole, value);
}

export function isPermission(value: string): value is Permission {
  return (permissions as readonly string[]).includes(value);
}

/** The permissions of a role. */
export function permissionsOf(role: Role): readonly Permission[] {
  return permissionsByRole[role];
}

export function mayDo(role: Role, permission: Permission): boolean {
  return permissionsOf(role).includes(permission);
}

/** Who may do what: the roles of an organization and the permissions each holds. The only place where the two meet. */

interface Definition {
  /** What it lets somebody do, as it is shown to people: “may …”. */
  readonly label: string;
  /** Whether it reaches beyond departments, so that a member who is limited to some does not have it. */
  readonly whole?: true;
}

/** Every permission and what it is for. A route needs exactly one of them. */
export const permissionTable = {
  'overview:read': { label: 'see the overview' },
  'turnover:read': { label: 'see turnover' },
  'receipts:read': { label: 'see receipts' },
  'documents:read': { label: "see the POS's own documents behind a receipt" },
  'stores:read': { label: 'see stores, departments and their mapping' },
  'stores:write': { label: 'change stores, departments and their mapping', whole: true },
  'departments:write': { label: "change departments' POS client and terminal numbers, and enter visitors" },
  'connections:read': { label: 'see connections' },
  'connections:write': { label: 'connect, freeze and remove connections', whole: true },
  'sync:run': { label: 'have data read again' },
  'runs:read': { label: 'see what was read and what could not be', whole: true },
  'tokens:read': { label: 'see access tokens' },
  'tokens:write': { label: 'make and revoke access tokens' },
  'members:read': { label: 'see who belongs here', whole: true },
  'members:write': { label: 'invite, change and remove members', whole: true },
  'balance:configure': { label: 'set up Budget & Weekly Balance' },
  'support:read': { label: 'download the diagnostic bundle', whole: true },
  'settings:read': { label: 'see the settings' },
  'settings:write': { label: 'change the settings', whole: true },
  'audit:read': { label: 'see who did what', whole: true },
  'metrics:read': { label: "read the hub's own measurements", whole: true },
} as const satisfies Record<string, Definition>;

export type Permission = keyof typeof permissionTable;
export const permissions = Object.keys(permissionTable) as readonly Permission[];

const reading = [
  'overview:read',
  'turnover:read',
  'receipts:read',
  'stores:read',
  'runs:read',
] as const satisfies readonly Permission[];
const supervising = [
  ...reading,
  'documents:read',
  'stores:write',
  'connections:read',
  'sync:run',
  'settings:read',
  'balance:configure',
  'departments:write',
] as const satisfies readonly Permission[];

/**
 * The permissions of each role. `marketer` holds none of those that exist so far: its own (personas) come with that part,
 * and until then it is the role that can sign in and see nothing of the tills.
 */
const permissionsByRole = {
  owner: permissions,
  admin: permissions,
  regional_supervisor: [...supervising, 'members:read', 'support:read'],
  supervisor: supervising,
  viewer: ['overview:read', 'turnover:read', 'stores:read'],
  marketer: [],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof permissionsByRole;
export const roles = Object.keys(permissionsByRole) as readonly Role[];

export function isRole(value: string): value is Role {
  return Object.hasOwn(permissionsByRole, value);
}

export function isPermission(value: string): value is Permission {
  return Object.hasOwn(permissionTable, value);
}

/** The permissions of a role. */
export function permissionsOf(role: Role): readonly Permission[] {
  return permissionsByRole[role];
}

/** Those of `granted` that are left to somebody who is limited to departments; all of them for null, no limit. */
export function permissionsWithin(
  granted: readonly Permission[],
  departmentIds: readonly string[] | null,
): readonly Permission[] {
  if (departmentIds === null) return granted;
  return granted.filter((permission) => !('whole' in permissionTable[permission]));
}

export function mayDo(role: Role, permission: Permission): boolean {
  return permissionsOf(role).includes(permission);
}

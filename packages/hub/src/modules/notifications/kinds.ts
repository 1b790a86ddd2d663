import type { Permission, Role } from '../organizations/permissions.ts';

export type Severity = 'info' | 'warning' | 'error';

interface Kind {
  readonly severity: Severity;
  /** Who may know of it at all. */
  readonly permission: Permission;
  /** The roles whose bell shows it, unless the organization wants it otherwise. */
  readonly bell: readonly Role[];
  /** The roles who get a mail as well. */
  readonly mail: readonly Role[];
  /** Where in the web it is put right. */
  readonly fix: string | null;
  /** It tells of something done, and is over when it has been read. */
  readonly passing?: true;
}

const setUp: readonly Role[] = ['owner', 'admin'];
const everybody: readonly Role[] = ['owner', 'admin', 'regional_supervisor', 'supervisor'];

/**
 * Everything people are told of, and who is told how. Its texts are `notification.<kind>.title`, `.text` and `.fix` in the messages, with
 * the values of its data.
 */
export const notificationKinds = {
  unmapped_stores: {
    severity: 'warning',
    permission: 'stores:write',
    bell: everybody,
    mail: setUp,
    fix: '/stores?mapping=unmapped',
  },
  new_pos_shop: { severity: 'info', permission: 'stores:write', bell: everybody, mail: setUp, fix: '/stores?shop={shopId}' },
  connection_needs_reauthorisation: {
    severity: 'error',
    permission: 'connections:read',
    bell: everybody,
    mail: setUp,
    fix: '/integrations/{connectionId}',
  },
  connection_expires: {
    severity: 'warning',
    permission: 'connections:read',
    bell: setUp,
    mail: setUp,
    fix: '/integrations/{connectionId}',
  },
  documents_set_aside: { severity: 'warning', permission: 'runs:read', bell: everybody, mail: [], fix: '/activity?tab=problems' },
  import_overdue: { severity: 'error', permission: 'runs:read', bell: everybody, mail: setUp, fix: '/activity' },
  authorization_done: {
    severity: 'info',
    permission: 'connections:read',
    bell: setUp,
    mail: setUp,
    fix: '/integrations/{connectionId}',
    passing: true,
  },
  budget_low: { severity: 'warning', permission: 'connections:read', bell: setUp, mail: [], fix: '/integrations/{connectionId}' },
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof notificationKinds;
export const notificationKindNames = Object.keys(notificationKinds) as readonly NotificationKind[];

export function isNotificationKind(value: string): value is NotificationKind {
  return Object.hasOwn(notificationKinds, value);
}

/** The kind's own rule, for an organization that has not said otherwise. */
export function kindOf(name: NotificationKind): Kind {
  return notificationKinds[name];
}

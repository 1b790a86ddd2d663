import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { permissionsOf, permissionsWithin, type Role, roles } from '../organizations/permissions.ts';
import { kindOf, type NotificationKind, notificationKindNames } from './kinds.ts';

/** How a role is told of a kind. */
export interface NotificationRule {
  readonly kind: NotificationKind;
  readonly role: Role;
  readonly bell: boolean;
  readonly mail: boolean;
}

/** The rules of an organization for every kind and every role that may know of it: its own choice, else the kind's. */
export async function readRules(trx: Transaction<Database>, organizationId: string): Promise<NotificationRule[]> {
  const chosen = await trx
    .selectFrom('notification_rule')
    .select(['kind', 'role', 'bell', 'mail'])
    .where('organization_id', '=', organizationId)
    .execute();
  return notificationKindNames.flatMap((kind) =>
    roles
      .filter((role) => permissionsOf(role).includes(kindOf(kind).permission))
      .map((role) => {
        const own = chosen.find((rule) => rule.kind === kind && rule.role === role);
        const { bell, mail } = own ?? { bell: kindOf(kind).bell.includes(role), mail: kindOf(kind).mail.includes(role) };
        return { kind, role, bell, mail };
      }),
  );
}

/** Keeps the organization's choice; one that is not named stays as it was. */
export async function writeRules(
  trx: Transaction<Database>,
  organizationId: string,
  rules: readonly NotificationRule[],
): Promise<void> {
  if (rules.length === 0) return;
  await trx
    .insertInto('notification_rule')
    .values(rules.map((rule) => ({ organization_id: organizationId, ...rule })))
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'kind', 'role'])
        .doUpdateSet((set) => ({ bell: set.ref('excluded.bell'), mail: set.ref('excluded.mail') })),
    )
    .execute();
}

/** Whether somebody of a role, limited to departments or not, may know of a kind. */
export function mayKnow(kind: NotificationKind, role: Role, departmentIds: readonly string[] | null): boolean {
  return permissionsWithin(permissionsOf(role), departmentIds).includes(kindOf(kind).permission);
}

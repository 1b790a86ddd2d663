import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { usePermissions } from '../api/people.ts';
import type { components } from '../api/schema.ts';
import { en } from '../text/en.ts';

export type Permission = components['schemas']['Permission'];

/** Whether who is signed in may do something. The server decides; the screens only say so beforehand. */
export function useMay(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}

/** Why who is signed in may not do something, and whom to ask by name; null when they may (W1). */
export function useRefusal(permission: Permission): string | null {
  const { t } = useTranslation();
  const may = useMay(permission);
  const role = useMe().data?.role ?? null;
  const table = usePermissions(!may);
  if (may) return null;
  const ask = table.data?.items.find((item) => item.permission === permission)?.ask ?? [];
  const whom =
    ask.length === 0
      ? t('refusal.anAdmin')
      : ask.map((person) => t('refusal.person', { name: person.name, role: roleName(person.role) })).join(', ');
  return t('refusal.text', { role: roleName(role), whom });
}

/** A role as people say it. */
export function roleName(role: string | null): string {
  const names: Readonly<Record<string, string>> = en.roles;
  return role === null ? '' : (names[role] ?? role);
}

import type { Permission } from '../../shared/permission.ts';

/** The sections of the settings in their order; each is shown to those who may read it, the profile to everybody. */
export const sections = [
  { id: 'profile', permission: null },
  { id: 'general', permission: 'settings:read' },
  { id: 'measures', permission: 'turnover:read' },
  { id: 'members', permission: 'members:read' },
  { id: 'oauthClients', permission: 'connections:read' },
  { id: 'api', permission: 'connections:read' },
  { id: 'tokens', permission: 'tokens:read' },
  { id: 'notifications', permission: 'settings:read' },
] as const satisfies readonly { readonly id: string; readonly permission: Permission | null }[];

export type SectionId = (typeof sections)[number]['id'];

/** Which section the address names; the profile when none. */
export function settingsSearch(search: Record<string, unknown>): { section?: SectionId } {
  const found = sections.find(({ id }) => id === search['section']);
  return found === undefined || found.id === 'profile' ? {} : { section: found.id };
}

/** Visible text about people: roles, and what is mailed to them. */
export const people = {
  'role.owner.label': 'owner',
  'role.owner.description': 'Everything, including who else belongs here.',
  'role.admin.label': 'integration admin',
  'role.admin.description': 'Connects tills, maps stores, looks after members and settings.',
  'role.regional_supervisor.label': 'regional supervisor',
  'role.regional_supervisor.description': 'Reads all figures, maps stores, imports, and sets up the weekly balance.',
  'role.supervisor.label': 'supervisor',
  'role.supervisor.description': 'As a regional supervisor, usually limited to their own departments.',
  'role.marketer.label': 'marketer',
  'role.marketer.description': 'Personas only; nothing of the tills.',
  'role.viewer.label': 'viewer',
  'role.viewer.description': 'Sees the overview and turnover, and no receipts.',
} as const;

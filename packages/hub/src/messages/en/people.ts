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
  'permission.role': 'To {label} you need another role: {roles}.',
  'permission.limited': 'To {label} you must not be limited to departments.',
  'mail.invitation.subject': 'You are invited to {organization}',
  'mail.invitation.text':
    'You were invited to {organization} as {role}.\n\nAccept within a week: {link}\n\nIf you do not expect this, leave it: nothing happens.',
  'mail.reset.subject': 'A new password for Tillweave',
  'mail.reset.text':
    'Somebody, hopefully you, asked for a new password.\n\nSet it within an hour: {link}\n\nIf it was not you, leave it: your password stays as it is.',
  'mail.password_changed.subject': 'Your password was changed',
  'mail.password_changed.text':
    'The password of your account was changed, and every browser was signed out. If it was not you, ask an owner at once.',
  'mail.email_change.subject': 'Confirm your new e-mail address',
  'mail.email_change.text': 'Confirm within an hour that you sign in with this address from now on: {link}',
  'mail.email_changed.subject': 'Your e-mail address was changed',
  'mail.email_changed.text': 'You now sign in with {email}. If it was not you, ask an owner at once.',
} as const;

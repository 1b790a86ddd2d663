import { message } from '../../messages/message.ts';
import { mayDo, permissions, permissionTable, roles } from './permissions.ts';

/** docs/reference/permissions.md: the one table of permissions, as people read it. */
export function permissionsPage(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const labels = roles.map((role) => message(`role.${role}.label`));
  const table = [
    row(['permission', 'may …', ...labels]),
    row(['---', '---', ...labels.map(() => ':-:')]),
    ...permissions.map((permission) => {
      const definition = permissionTable[permission];
      const mark = 'whole' in definition ? '✓ ¹' : '✓';
      return row([`\`${permission}\``, definition.label, ...roles.map((role) => (mayDo(role, permission) ? mark : ''))]);
    }),
  ];
  return `# Who may do what

Made from \`packages/hub/src/modules/organizations/permissions.ts\`, the one place where roles and permissions meet. The API checks it at
every route (the OpenAPI document names the permission of each), and the screens read it through \`GET /permissions\`, which also says
why something is not allowed and whom to ask.

${table.join('\n')}

¹ Reaches beyond departments: a member who is limited to departments does not have it.

- **Departments.** Any member but an owner may be limited to departments. They then see stores, turnover, receipts and documents of these
  alone, in lists, search and drill-down; so do access tokens they make.
- **Access tokens** are given permissions (and, if wanted, departments) out of what their maker has, and never may more than their maker
  may at the moment they are used.
- **Roles** are given and taken by those who may invite members, up to what their own role may; owners' by owners alone. The last owner
  stays.
- **Acting as.** Staff of whoever runs the installation (\`tillweave user operator EMAIL ROLE\`) may act inside every organization with the
  role given there. It is shown in the page, and each thing they do is marked in the organization's audit.

## The roles

${roles.map((role) => `- **${message(`role.${role}.label`)}** (\`${role}\`): ${message(`role.${role}.description`)}`).join('\n')}
`;
}

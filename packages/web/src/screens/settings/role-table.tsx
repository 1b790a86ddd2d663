import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePermissions } from '../../api/people.ts';
import { roleName } from '../../shared/permission.ts';
import { StatePanel } from '../../shared/state-panel.tsx';

/** The one table of roles and permissions, as the server holds it. */
export function RoleTable() {
  const { t } = useTranslation();
  const permissions = usePermissions();
  return (
    <StatePanel query={permissions}>
      {({ roles, items }) => (
        <Table.ScrollContainer minWidth={640} type="native" tabIndex={0} role="group" aria-label={t('members.roles')}>
          <Table fz="sm" verticalSpacing={4} aria-label={t('members.roles')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('members.permission')}</Table.Th>
                {roles.map(({ role, description }) => (
                  <Table.Th key={role} title={description}>
                    {roleName(role)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ permission, label, roles: holders }) => (
                <Table.Tr key={permission}>
                  <Table.Th fw={400}>{label}</Table.Th>
                  {roles.map(({ role }) => (
                    <Table.Td key={role}>
                      {holders.includes(role) ? (
                        <span role="img" aria-label={t('members.may')}>
                          ✓
                        </span>
                      ) : (
                        <span role="img" aria-label={t('members.mayNot')}>
                          –
                        </span>
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </StatePanel>
  );
}

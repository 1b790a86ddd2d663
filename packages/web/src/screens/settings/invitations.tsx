import { Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Invitation, renewInvitation, useInvitations, withdrawInvitation } from '../../api/people.ts';
import { CopyField } from '../../shared/copy-field.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { GuardedButton } from '../../shared/guarded.tsx';
import { Moment } from '../../shared/moment.tsx';
import { roleName } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Section } from '../../shared/section.tsx';

/** Who was invited and has not come yet; nothing when there is nobody. */
export function Invitations() {
  const { t } = useTranslation();
  const invitations = useInvitations();
  const renewal = useAction(renewInvitation, ['invitations']);
  const withdrawal = useAction(withdrawInvitation, ['invitations']);
  const items = invitations.data?.items ?? [];
  if (items.length === 0) return null;
  const columns: Column<Invitation>[] = [
    { id: 'email', header: t('members.email'), value: ({ email }) => email, cell: ({ email }) => email },
    { id: 'role', header: t('members.role'), cell: ({ role }) => roleName(role) },
    { id: 'ends', header: t('members.ends'), cell: ({ expiresAt }) => <Moment iso={expiresAt} /> },
    {
      id: 'actions',
      header: '',
      align: 'right',
      cell: ({ id, email }) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="members:write"
            aria-label={t('members.renewNamed', { email })}
            onClick={() => renewal.mutate(id)}
          >
            {t('members.renew')}
          </GuardedButton>
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="members:write"
            aria-label={t('members.withdrawNamed', { email })}
            onClick={() => withdrawal.mutate(id)}
          >
            {t('members.withdraw')}
          </GuardedButton>
        </Group>
      ),
    },
  ];
  return (
    <Section title={t('members.invitations')}>
      <DataTable caption={t('members.invitations')} columns={columns} rows={items} rowKey={({ id }) => id} />
      <ProblemAlert error={renewal.error ?? withdrawal.error} />
      {renewal.data !== undefined && (
        <Stack gap={4} role="status">
          <CopyField
            label={t('members.link')}
            description={t(renewal.data.mailed ? 'members.mailed' : 'members.notMailed')}
            value={renewal.data.link}
          />
        </Stack>
      )}
    </Section>
  );
}

import { Alert, Button, Group, MultiSelect, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { changeMember, invite, type Member, removeMember, type Role, useMembers, usePermissions } from '../../api/people.ts';
import { useDepartments } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { CopyField } from '../../shared/copy-field.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { PlusIcon } from '../../shared/icons.tsx';
import { Moment } from '../../shared/moment.tsx';
import { roleName } from '../../shared/permission.ts';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { Invitations } from './invitations.tsx';
import { RoleTable } from './role-table.tsx';

/** Who belongs to the organization and in which role; invited, changed and removed here. */
export function Members() {
  const { t } = useTranslation();
  const members = useMembers();
  const [editing, setEditing] = useState<{ readonly member: Member | null } | null>(null);
  const [removing, setRemoving] = useState<Member | null>(null);
  const removal = useAction(removeMember, ['members']);
  const columns: Column<Member>[] = [
    {
      id: 'name',
      header: t('members.name'),
      value: ({ name }) => name,
      cell: ({ name, email, you }) => (
        <>
          {name}
          {you && ` (${t('members.you')})`}
          <Text size="xs" c="dimmed">
            {email}
          </Text>
        </>
      ),
    },
    { id: 'role', header: t('members.role'), value: ({ role }) => role ?? '', cell: ({ role }) => roleName(role) },
    { id: 'departments', header: t('members.departments'), cell: ({ departmentIds }) => <Names ids={departmentIds} /> },
    {
      id: 'seen',
      header: t('members.lastSeen'),
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? t('members.never') : <Moment iso={lastSeenAt} />),
    },
    {
      id: 'twoFactor',
      header: t('members.twoFactor'),
      cell: ({ twoFactor }) => t(twoFactor ? 'members.yes' : 'members.no'),
    },
    {
      id: 'actions',
      header: '',
      align: 'right',
      cell: (member) =>
        member.changeable && (
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('members.change', { name: member.name })}
              onClick={() => setEditing({ member })}
            >
              {t('members.changeShort')}
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('members.remove', { name: member.name })}
              onClick={() => setRemoving(member)}
            >
              {t('members.removeShort')}
            </Button>
          </Group>
        ),
    },
  ];
  return (
    <Stack gap="lg">
      <Section title={t('members.title')}>
        <RefusalNote permission="members:write" />
        <StatePanel query={members}>
          {({ items, givable }) => (
            <>
              <DataTable caption={t('members.title')} columns={columns} rows={items} rowKey={({ userId }) => userId} />
              <Group>
                <GuardedButton permission="members:write" leftSection={<PlusIcon />} onClick={() => setEditing({ member: null })}>
                  {t('members.invite')}
                </GuardedButton>
              </Group>
              <MemberDialog editing={editing} givable={givable} onClose={() => setEditing(null)} />
            </>
          )}
        </StatePanel>
        <Confirm
          opened={removing !== null}
          title={t('members.removeTitle', { name: removing?.name ?? '' })}
          text={t('members.removeText')}
          submit={t('members.removeSubmit')}
          danger
          pending={removal.isPending}
          error={removal.error}
          onClose={() => setRemoving(null)}
          onConfirm={() => {
            if (removing !== null) removal.mutate(removing.userId, { onSuccess: () => setRemoving(null) });
          }}
        />
      </Section>
      <Invitations />
      <Section title={t('members.roles')}>
        <RoleTable />
      </Section>
    </Stack>
  );
}

/** The departments somebody is limited to, by name. */
export function Names({ ids }: { readonly ids: readonly string[] | null }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  if (ids === null) return t('members.allDepartments');
  return ids.map((id) => departments.data?.departments.find((one) => one.id === id)?.name ?? id).join(', ') || '–';
}

interface MemberDialogProps {
  /** A null member is somebody to invite; null closes. */
  readonly editing: { readonly member: Member | null } | null;
  readonly givable: readonly Role[];
  readonly onClose: () => void;
}

function MemberDialog({ editing, givable, onClose }: MemberDialogProps) {
  const { t } = useTranslation();
  const departments = useDepartments();
  const roles = usePermissions();
  const member = editing?.member ?? null;
  const [limited, setLimited] = useState<readonly string[] | null>(null);
  const chosen = limited ?? member?.departmentIds ?? [];
  const changing = useAction(
    ({ userId, role }: { userId: string; role: Role }) =>
      changeMember(userId, { role, departmentIds: chosen.length === 0 ? null : chosen }),
    ['members', 'me'],
  );
  const inviting = useAction(
    (body: { email: string; role: Role }) => invite({ ...body, departmentIds: chosen.length === 0 ? null : chosen }),
    ['invitations'],
  );
  const leave = () => {
    setLimited(null);
    inviting.reset();
    onClose();
  };
  const labels = roles.data?.roles ?? [];
  if (inviting.data !== undefined)
    return (
      <Confirm
        opened={editing !== null}
        title={t('members.inviteTitle')}
        text={t(inviting.data.mailed ? 'members.mailed' : 'members.notMailed')}
        submit={t('tokens.done')}
        pending={false}
        error={null}
        onClose={leave}
        onConfirm={leave}
      >
        <CopyField label={t('members.link')} value={inviting.data.link} />
      </Confirm>
    );
  return (
    <Confirm
      opened={editing !== null}
      title={member === null ? t('members.inviteTitle') : t('members.changeTitle', { name: member.name })}
      text={member === null ? t('members.inviteText') : ''}
      submit={t(member === null ? 'members.invite' : 'settings.save')}
      pending={changing.isPending || inviting.isPending}
      error={changing.error ?? inviting.error}
      onClose={leave}
      onConfirm={(form) => {
        const text = formText(form);
        const role = givable.find((one) => one === text('role'));
        if (role === undefined) return;
        if (member === null) inviting.mutate({ email: text('email').trim(), role });
        else changing.mutate({ userId: member.userId, role }, { onSuccess: leave });
      }}
    >
      {member === null && (
        <TextInput name="email" type="email" label={t('members.email')} required maxLength={254} data-autofocus />
      )}
      <NativeSelect
        name="role"
        label={t('members.role')}
        required
        defaultValue={member?.role ?? 'viewer'}
        data={givable.flatMap((role) => (role === null ? [] : [{ value: role, label: roleName(role) }]))}
      />
      {labels.length > 0 && (
        <Alert color="gray" variant="outline" p="xs">
          {labels
            .filter(({ role }) => givable.includes(role))
            .map(({ role, description }) => (
              <Text key={role} size="xs">
                <strong>{roleName(role)}</strong>: {description}
              </Text>
            ))}
        </Alert>
      )}
      <MultiSelect
        label={t('members.departments')}
        description={t('members.departmentsHint')}
        data={(departments.data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={[...chosen]}
        onChange={setLimited}
        searchable
      />
    </Confirm>
  );
}

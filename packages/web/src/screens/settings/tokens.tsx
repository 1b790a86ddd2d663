import { Checkbox, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { useMe } from '../../api/me.ts';
import { type AccessToken, makeAccessToken, revokeAccessToken, useAccessTokens, usePermissions } from '../../api/people.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { CopyField } from '../../shared/copy-field.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { Moment } from '../../shared/moment.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

/** Our own access tokens for programs: scoped, ending, shown once. */
export function Tokens() {
  const { t } = useTranslation();
  const tokens = useAccessTokens();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<AccessToken | null>(null);
  const revocation = useAction(revokeAccessToken, ['access-tokens']);
  const labels = usePermissionLabels(true);
  const columns: Column<AccessToken>[] = [
    { id: 'name', header: t('tokens.name'), value: ({ name }) => name, cell: ({ name }) => name },
    { id: 'prefix', header: t('tokens.prefix'), cell: ({ prefix }) => <code>{prefix}…</code> },
    {
      id: 'may',
      header: t('tokens.permissions'),
      cell: ({ permissions }) => (
        <span title={permissions.join(', ')}>{permissions.map((one) => labels.get(one) ?? one).join(', ')}</span>
      ),
    },
    { id: 'created', header: t('tokens.created'), cell: ({ createdAt }) => <Moment iso={createdAt} /> },
    {
      id: 'ends',
      header: t('tokens.expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('tokens.never') : <Moment iso={expiresAt} />),
    },
    {
      id: 'used',
      header: t('tokens.lastUsed'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('tokens.never') : <Moment iso={lastUsedAt} />),
    },
    {
      id: 'revoke',
      header: '',
      align: 'right',
      cell: (token) => (
        <GuardedButton
          size="compact-xs"
          variant="default"
          permission="tokens:write"
          aria-label={t('tokens.revokeNamed', { name: token.name })}
          onClick={() => setRevoking(token)}
        >
          {t('tokens.revoke')}
        </GuardedButton>
      ),
    },
  ];
  return (
    <Section title={t('settings.tokens')} text={t('tokens.text')}>
      <RefusalNote permission="tokens:write" />
      <StatePanel query={tokens} isEmpty={({ items }) => items.length === 0} empty={<Text size="sm">{t('tokens.none')}</Text>}>
        {({ items }) => <DataTable caption={t('settings.tokens')} columns={columns} rows={items} rowKey={({ id }) => id} />}
      </StatePanel>
      <div>
        <GuardedButton permission="tokens:write" onClick={() => setMaking(true)}>
          {t('tokens.add')}
        </GuardedButton>
      </div>
      <MakeToken opened={making} onClose={() => setMaking(false)} />
      <Confirm
        opened={revoking !== null}
        title={t('tokens.revokeTitle', { name: revoking?.name ?? '' })}
        text={t('tokens.revokeText')}
        submit={t('tokens.revoke')}
        danger
        pending={revocation.isPending}
        error={revocation.error}
        onClose={() => setRevoking(null)}
        onConfirm={() => {
          if (revoking !== null) revocation.mutate(revoking.id, { onSuccess: () => setRevoking(null) });
        }}
      />
    </Section>
  );
}

/** What each permission lets somebody do, in words. */
function usePermissionLabels(enabled: boolean): ReadonlyMap<string, string> {
  return new Map((usePermissions(enabled).data?.items ?? []).map(({ permission, label }) => [permission, label]));
}

function MakeToken({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const own = useMe().data?.permissions ?? [];
  const labels = usePermissionLabels(opened);
  const making = useAction(makeAccessToken, ['access-tokens']);
  const leave = () => {
    making.reset();
    onClose();
  };
  if (making.data !== undefined)
    return (
      <Confirm
        opened={opened}
        title={t('tokens.token')}
        text={t('tokens.once')}
        submit={t('tokens.done')}
        pending={false}
        error={null}
        onClose={leave}
        onConfirm={leave}
      >
        <CopyField label={t('tokens.token')} value={making.data.token} />
      </Confirm>
    );
  return (
    <Confirm
      opened={opened}
      title={t('tokens.addTitle')}
      text={t('tokens.text')}
      submit={t('tokens.addSubmit')}
      pending={making.isPending}
      error={making.error}
      onClose={leave}
      onConfirm={(form) => {
        const text = formText(form);
        const ends = text('expiresOn');
        making.mutate({
          name: text('name').trim(),
          permissions: own.filter((permission) => text(permission) === 'on'),
          departmentIds: null,
          expiresAt: ends === '' ? null : `${ends}T00:00:00Z`,
        });
      }}
    >
      <TextInput name="name" label={t('tokens.name')} required maxLength={100} autoComplete="off" data-autofocus />
      <TextInput name="expiresOn" type="date" label={t('tokens.expiresOn')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} role="group" aria-label={t('tokens.permissions')}>
        {own.map((permission) => (
          <Checkbox key={permission} name={permission} size="xs" label={permission} description={labels.get(permission)} />
        ))}
      </SimpleGrid>
    </Confirm>
  );
}

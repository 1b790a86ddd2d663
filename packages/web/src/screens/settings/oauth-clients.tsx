import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OAuthClient, removeOAuthClient, useConnectionAction, useOAuthClients } from '../../api/connections.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { OAuthClientDialog } from '../integrations/connect/oauth-client-dialog.tsx';

type Editing = { readonly client: OAuthClient | null; readonly provider: OAuthClient['provider'] } | null;

/** The OAuth clients that connections sign in with; secrets go in and never come back (C4). */
export function OAuthClients() {
  const { t } = useTranslation();
  const clients = useOAuthClients();
  const [editing, setEditing] = useState<Editing>(null);
  const [removing, setRemoving] = useState<OAuthClient | null>(null);
  const removal = useConnectionAction(removeOAuthClient);
  const columns: Column<OAuthClient>[] = [
    {
      id: 'name',
      header: t('oauthClient.name'),
      value: ({ name }) => name,
      cell: ({ name, provider }) => (
        <Group gap="xs" wrap="nowrap">
          <ProviderSymbol provider={provider} />
          {name}
        </Group>
      ),
    },
    { id: 'clientId', header: t('oauthClient.clientId'), cell: ({ clientId }) => <code>{clientId}</code> },
    {
      id: 'usedBy',
      header: t('oauthClient.usedBy'),
      cell: ({ usedBy }) => (usedBy.length === 0 ? t('oauthClient.unused') : usedBy.map(({ name }) => name).join(', ')),
    },
    {
      id: 'actions',
      header: '',
      align: 'right',
      cell: (client) => (
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="connections:write"
            aria-label={t('oauthClient.edit', { name: client.name })}
            onClick={() => setEditing({ client, provider: client.provider })}
          >
            {t('stores.edit')}
          </GuardedButton>
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="connections:write"
            aria-label={t('oauthClient.remove', { name: client.name })}
            onClick={() => setRemoving(client)}
          >
            {t('integrations.remove')}
          </GuardedButton>
        </Group>
      ),
    },
  ];
  return (
    <Section title={t('settings.oauthClients')} text={t('clients.text')}>
      <RefusalNote permission="connections:write" />
      <StatePanel
        query={clients}
        isEmpty={({ items }) => items.length === 0}
        empty={<Text size="sm">{t('oauthClient.none')}</Text>}
      >
        {({ items }) => <DataTable caption={t('settings.oauthClients')} columns={columns} rows={items} rowKey={({ id }) => id} />}
      </StatePanel>
      <Group gap="xs">
        {(['lightspeed-r', 'lightspeed-x'] as const).map((provider) => (
          <GuardedButton
            key={provider}
            variant="default"
            permission="connections:write"
            onClick={() => setEditing({ client: null, provider })}
          >
            {t('oauthClient.createFor', { name: t(provider === 'lightspeed-x' ? 'providers.x' : 'providers.r') })}
          </GuardedButton>
        ))}
      </Group>
      <OAuthClientDialog editing={editing} provider={editing?.provider ?? 'lightspeed-r'} onClose={() => setEditing(null)} />
      <Confirm
        opened={removing !== null}
        title={t('oauthClient.removeTitle')}
        text={t('oauthClient.removeText')}
        submit={t('oauthClient.removeSubmit')}
        danger
        pending={removal.isPending}
        error={removal.error}
        onClose={() => setRemoving(null)}
        onConfirm={() => {
          if (removing !== null) removal.mutate(removing.id, { onSuccess: () => setRemoving(null) });
        }}
      />
    </Section>
  );
}

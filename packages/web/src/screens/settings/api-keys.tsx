import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Connection,
  createConnection,
  type Provider,
  useConnectionAction,
  useConnections,
  useProviders,
} from '../../api/connections.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { Moment } from '../../shared/moment.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { ConnectDialog } from '../integrations/connect/connect-dialog.tsx';
import { ConnectionState } from '../integrations/connection-state.tsx';
import { MapDialog } from './map-dialog.tsx';

/** *API Settings*: links to POS systems by a key, and *Map* (P1, P2, P3). */
export function ApiKeys() {
  const { t } = useTranslation();
  const connections = useConnections();
  const providers = useProviders();
  const [adding, setAdding] = useState(false);
  const [addingToken, setAddingToken] = useState<Provider | null>(null);
  const [mapping, setMapping] = useState<Connection | null>(null);
  const columns: Column<Connection>[] = [
    {
      id: 'name',
      header: t('keys.name'),
      value: ({ name }) => name,
      cell: ({ name, provider }) => (
        <Group gap="xs" wrap="nowrap">
          <ProviderSymbol provider={provider} />
          {name}
        </Group>
      ),
    },
    { id: 'account', header: t('keys.account'), cell: ({ posAccount }) => posAccount?.name ?? '–' },
    { id: 'state', header: t('keys.state'), cell: (connection) => <ConnectionState connection={connection} running={false} /> },
    {
      id: 'call',
      header: t('keys.lastCall'),
      cell: ({ lastCallAt }) => (lastCallAt === null ? t('integrations.never') : <Moment iso={lastCallAt} />),
    },
    {
      id: 'map',
      header: '',
      align: 'right',
      cell: (connection) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('keys.mapNamed', { name: connection.name })}
          onClick={() => setMapping(connection)}
        >
          {t('keys.map')}
        </Button>
      ),
    },
  ];
  const series = (id: string) => providers.data?.items.find((provider) => provider.id === id) ?? null;
  return (
    <Stack gap="md" component="section" aria-label={t('keys.headline')}>
      <Title order={2}>{t('keys.headline')}</Title>
      <Stack gap="xs">
        <Title order={3}>{t('keys.title')}</Title>
        <RefusalNote permission="connections:write" />
        <StatePanel query={connections}>
          {({ items }) => {
            const keys = items.filter(({ apiType }) => apiType === 'key' || apiType === 'personal_token');
            return keys.length === 0 ? (
              <Text size="sm">{t('keys.none')}</Text>
            ) : (
              <DataTable caption={t('keys.title')} columns={columns} rows={keys} rowKey={({ id }) => id} />
            );
          }}
        </StatePanel>
        <Text size="sm" c="dimmed">
          {t('keys.text')}
        </Text>
        <Group gap="xs">
          <GuardedButton permission="connections:write" onClick={() => setAdding(true)}>
            {t('keys.add')}
          </GuardedButton>
          <GuardedButton permission="connections:write" variant="default" onClick={() => setAddingToken(series('lightspeed-x'))}>
            {t('keys.addX')}
          </GuardedButton>
        </Group>
      </Stack>
      <AddKey
        opened={adding}
        notice={series('lightspeed-r')?.apiTypes.find(({ id }) => id === 'key')?.notice ?? ''}
        taken={(connections.data?.items ?? []).map(({ name }) => name)}
        onClose={() => setAdding(false)}
      />
      <ConnectDialog provider={addingToken} apiType="personal_token" onClose={() => setAddingToken(null)} />
      <MapDialog connection={mapping} onClose={() => setMapping(null)} />
    </Stack>
  );
}

interface AddKeyProps {
  readonly opened: boolean;
  readonly notice: string;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** The pasted key is all it takes; the form says what the POS thinks of such keys (P1). */
function AddKey({ opened, notice, taken, onClose }: AddKeyProps) {
  const { t } = useTranslation();
  const adding = useConnectionAction((form: HTMLFormElement) => {
    const text = formText(form);
    return createConnection({
      provider: 'lightspeed-r',
      apiType: 'key',
      name: text('name').trim(),
      apiKey: text('apiKey').trim(),
    });
  });
  return (
    <Confirm
      opened={opened}
      title={t('keys.addTitle')}
      text={notice}
      submit={t('keys.submit')}
      pending={adding.isPending}
      error={adding.error}
      onClose={onClose}
      onConfirm={(form) => adding.mutate(form, { onSuccess: onClose })}
    >
      <PasswordInput name="apiKey" label={t('keys.apiKey')} required maxLength={500} autoComplete="off" data-autofocus />
      <TextInput
        name="name"
        label={t('keys.name')}
        required
        maxLength={80}
        autoComplete="off"
        defaultValue={freeName(t('keys.defaultName'), taken)}
      />
    </Confirm>
  );
}

/** The name, or with the first number that makes it unique. */
function freeName(name: string, taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!taken.includes(candidate)) return candidate;
  }
}

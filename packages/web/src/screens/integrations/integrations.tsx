import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Connection, type Provider, useConnections, useProviders } from '../../api/connections.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { PlusIcon } from '../../shared/icons.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { Gallery } from './gallery.tsx';
import { Outcome } from './outcome.tsx';

/** The connected accounts and what can be connected; also where the POS's sign-in comes back to. */
export function Integrations() {
  const { t } = useTranslation();
  const connections = useConnections();
  const mayConnect = useMay('connections:write');
  return (
    <Stack gap="md">
      <ScreenTitle>{t('integrations.title')}</ScreenTitle>
      <Outcome />
      <StatePanel query={connections}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Text>{t(mayConnect ? 'integrations.none' : 'integrations.noneToRead')}</Text>
            ) : (
              <Connected connections={items} />
            )}
            <Gallery />
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

/** Every series with its credentials; several of one series side by side (T2). */
function Connected({ connections }: { readonly connections: readonly Connection[] }) {
  const { t } = useTranslation();
  const providers = useProviders();
  const [adding, setAdding] = useState<Provider | null>(null);
  const bySeries = Map.groupBy(connections, ({ provider }) => provider);
  return (
    <>
      {[...bySeries].map(([id, own]) => {
        const provider = providers.data?.items.find((one) => one.id === id);
        const name = t(id === 'lightspeed-x' ? 'providers.x' : 'providers.r');
        return (
          <Stack key={id} gap="sm" component="section" aria-label={t('card.credentials', { name })}>
            <Group justify="space-between">
              <Group gap="xs">
                <ProviderSymbol provider={id} />
                <Title order={2}>{t('card.credentials', { name })}</Title>
              </Group>
              <GuardedButton
                size="xs"
                color="leaf.9"
                permission="connections:write"
                leftSection={<PlusIcon />}
                aria-label={t('card.addTo', { name })}
                {...(provider === undefined ? {} : { onClick: () => setAdding(provider) })}
              >
                {t('connect.addCredential')}
              </GuardedButton>
            </Group>
            <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
              {own.map((connection) => (
                <ConnectionCard key={connection.id} connection={connection} />
              ))}
            </SimpleGrid>
          </Stack>
        );
      })}
      <ConnectDialog provider={adding} onClose={() => setAdding(null)} />
    </>
  );
}

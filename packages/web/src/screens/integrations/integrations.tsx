import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../../api/connections.ts';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
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
              <Stack gap="sm" component="section" aria-label={t('integrations.connected')}>
                <Title order={2}>{t('integrations.connected')}</Title>
                <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
                  {items.map((connection) => (
                    <ConnectionCard key={connection.id} connection={connection} />
                  ))}
                </SimpleGrid>
              </Stack>
            )}
            <Gallery />
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

import { Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Provider, useProviders } from '../../api/connections.ts';
import { CheckIcon } from '../../shared/icons.tsx';
import { useMay } from '../../shared/permission.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { en } from '../../text/en.ts';
import { ConnectForm } from './connect-form.tsx';

const { capabilities, signIns } = en.integrations;

/** What can be connected, searchable, each with what it brings and a way to connect it. */
export function Gallery() {
  const { t } = useTranslation();
  const providers = useProviders();
  const mayConnect = useMay('connections:write');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Provider | null>(null);
  return (
    <Stack gap="sm" component="section" aria-label={t('integrations.available')}>
      <Group justify="space-between">
        <Title order={2}>{t('integrations.available')}</Title>
        <TextInput
          type="search"
          size="xs"
          w={220}
          aria-label={t('integrations.search')}
          placeholder={t('integrations.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </Group>
      <StatePanel query={providers}>
        {({ items }) => {
          const found = items.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
          if (found.length === 0) return <Text size="sm">{t('integrations.noMatch')}</Text>;
          return (
            <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
              {found.map((provider) => (
                <Card key={provider.id} withBorder padding="sm" component="article" aria-label={provider.name}>
                  <Stack gap="xs" justify="space-between" h="100%">
                    <div>
                      <Title order={3}>{provider.name}</Title>
                      {provider.apiTypes.map((type) => (
                        <Text key={type.id} size="xs" c="dimmed">
                          {type.name} · {isKey(signIns, type.signIn) ? t(`integrations.signIns.${type.signIn}`) : type.signIn}
                        </Text>
                      ))}
                    </div>
                    <Group gap="sm">
                      {provider.capabilities.map((capability) => (
                        <Group key={capability} gap={4} fz="sm">
                          <CheckIcon />
                          {isKey(capabilities, capability) ? t(`integrations.capabilities.${capability}`) : capability}
                        </Group>
                      ))}
                    </Group>
                    {mayConnect && (
                      <Button
                        size="sm"
                        color="leaf.9"
                        aria-label={t('integrations.connectTo', { name: provider.name })}
                        onClick={() => setChosen(provider)}
                      >
                        {t('integrations.connect')}
                      </Button>
                    )}
                  </Stack>
                </Card>
              ))}
            </SimpleGrid>
          );
        }}
      </StatePanel>
      <ConnectForm provider={chosen} onClose={() => setChosen(null)} />
    </Stack>
  );
}

function isKey<T extends object>(texts: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(texts, key);
}

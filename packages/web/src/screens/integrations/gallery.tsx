import { Button, Card, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Provider, useProviders } from '../../api/connections.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { CheckIcon, CrossIcon } from '../../shared/icons.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { en } from '../../text/en.ts';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { FeatureGrid } from './feature-grid.tsx';

const { signIns } = en.integrations;

/** What can be connected, searchable, each with what it brings and a way to connect it (M1, M13). */
export function Gallery() {
  const { t } = useTranslation();
  const providers = useProviders();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Provider | null>(null);
  const [compared, setCompared] = useState(false);
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
            <>
              <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }}>
                {found.map((provider) => (
                  <ProviderCard key={provider.id} provider={provider} onConnect={() => setChosen(provider)} />
                ))}
              </SimpleGrid>
              <Group>
                <Button size="xs" variant="default" aria-expanded={compared} onClick={() => setCompared(!compared)}>
                  {t('integrations.compare')}
                </Button>
              </Group>
              {compared && <FeatureGrid providers={items} />}
            </>
          );
        }}
      </StatePanel>
      <ConnectDialog provider={chosen} onClose={() => setChosen(null)} />
    </Stack>
  );
}

function ProviderCard({ provider, onConnect }: { readonly provider: Provider; readonly onConnect: () => void }) {
  const { t } = useTranslation();
  return (
    <Card withBorder padding="sm" component="article" aria-label={provider.name}>
      <Stack gap="xs" justify="space-between" h="100%">
        <div>
          <Group gap="xs">
            <ProviderSymbol provider={provider.id} />
            <Title order={3}>{provider.name}</Title>
          </Group>
          {provider.apiTypes.map((type) => (
            <Text key={type.id} size="xs" c="dimmed">
              {type.name} · {isKey(signIns, type.signIn) ? t(`integrations.signIns.${type.signIn}`) : type.signIn}
            </Text>
          ))}
        </div>
        <Stack gap={2}>
          {provider.features.map(({ feature, label, supported, note }) => (
            <Group key={feature} gap={6} fz="sm" wrap="nowrap" c={supported ? 'var(--mantine-color-text)' : 'dimmed'}>
              {supported ? <CheckIcon /> : <CrossIcon />}
              <span title={note ?? undefined}>
                {label}
                {!supported && ` (${t('integrations.notSupported')})`}
              </span>
            </Group>
          ))}
        </Stack>
        <GuardedButton
          size="sm"
          color="leaf.9"
          permission="connections:write"
          aria-label={t('integrations.connectTo', { name: provider.name })}
          onClick={onConnect}
        >
          {t('integrations.connect')}
        </GuardedButton>
      </Stack>
    </Card>
  );
}

function isKey<T extends object>(texts: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(texts, key);
}

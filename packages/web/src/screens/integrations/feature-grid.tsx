import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Provider } from '../../api/connections.ts';

/** Features per connector, drawn from the providers' own data (M13). */
export function FeatureGrid({ providers }: { readonly providers: readonly Provider[] }) {
  const { t } = useTranslation();
  const features = new Map(providers.flatMap((provider) => provider.features.map(({ feature, label }) => [feature, label])));
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t('integrations.grid')}>
      <Table fz="sm" verticalSpacing={4} aria-label={t('integrations.grid')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('integrations.feature')}</Table.Th>
            {providers.map(({ id, name }) => (
              <Table.Th key={id}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...features].map(([feature, label]) => (
            <Table.Tr key={feature}>
              <Table.Th fw={400}>{label}</Table.Th>
              {providers.map((provider) => {
                const found = provider.features.find((one) => one.feature === feature);
                const supported = found?.supported ?? false;
                return (
                  <Table.Td key={provider.id}>
                    {supported ? `✓ ${t('integrations.supported')}` : `– ${t('integrations.notSupported')}`}
                    {found?.note != null && (
                      <Text size="xs" c="dimmed">
                        {found.note}
                      </Text>
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

import { MultiSelect, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionSettings } from '../../api/connections.ts';
import { type SettingsChoices, useSettingsChoices } from '../../api/reading.ts';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

interface WhatCountsProps {
  readonly connectionId: string;
  readonly value: ConnectionSettings;
  readonly disabled: boolean;
  readonly onChange: (next: Partial<ConnectionSettings>) => void;
}

/** Which shops and registers stand in the figures; the others are read and kept all the same (M14). */
export function WhatCounts({ connectionId, ...rest }: WhatCountsProps) {
  const { t } = useTranslation();
  const choices = useSettingsChoices(connectionId, true);
  return (
    <Section title={t('counts.title')} text={t('counts.text')}>
      <StatePanel query={choices}>
        {(data) => (
          <>
            <Shops choices={data} {...rest} />
            <Registers choices={data} {...rest} />
          </>
        )}
      </StatePanel>
    </Section>
  );
}

interface PartProps extends Omit<WhatCountsProps, 'connectionId'> {
  readonly choices: SettingsChoices;
}

function Shops({ choices, value: { shopFilter }, disabled, onChange }: PartProps) {
  const { t } = useTranslation();
  const { shops, regions } = choices;
  const by = { all: { by: 'all' }, shops: { by: 'shops', shopIds: [] }, regions: { by: 'regions', regions: [] } } as const;
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('counts.shops')}
        description={t('counts.shopsHint')}
        value={shopFilter.by}
        onChange={(chosen) => {
          if (chosen === 'shops') onChange({ shopFilter: { by: 'shops', shopIds: shops.map(({ id }) => id) } });
          else
            onChange({
              shopFilter: chosen === 'regions' ? { ...by.regions, regions: regions.map(({ region }) => region) } : by.all,
            });
        }}
      >
        <Stack gap={6} py={6}>
          {(['all', 'shops', 'regions'] as const).map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={t(`counts.by.${choice}`)}
              disabled={disabled || (choice === 'regions' && regions.length === 0)}
              {...(choice === 'regions' && regions.length === 0 ? { description: t('counts.noRegions') } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
      {shopFilter.by === 'shops' && (
        <MultiSelect
          label={t('counts.chosenShops')}
          disabled={disabled}
          searchable
          required
          data={shops.map(({ id, name, archived }) => ({ value: id, label: archived ? t('counts.archived', { name }) : name }))}
          value={[...shopFilter.shopIds]}
          onChange={(shopIds) => onChange({ shopFilter: { by: 'shops', shopIds } })}
        />
      )}
      {shopFilter.by === 'regions' && (
        <MultiSelect
          label={t('counts.chosenRegions')}
          disabled={disabled}
          searchable
          required
          data={regions.map(({ region, shops: count }) => ({ value: region, label: t('counts.region', { region, count }) }))}
          value={[...shopFilter.regions]}
          onChange={(chosen) => onChange({ shopFilter: { by: 'regions', regions: chosen } })}
        />
      )}
    </Stack>
  );
}

function Registers({ choices: { shops, registers }, value: { registersOut }, disabled, onChange }: PartProps) {
  const { t } = useTranslation();
  const byShop = shops
    .map(({ id, name }) => ({ group: name, items: registers.filter(({ shopId }) => shopId === id) }))
    .filter(({ items }) => items.length > 0);
  const counted = registers.filter(({ id }) => !registersOut.includes(id)).length;
  return (
    <div>
      <MultiSelect
        label={t('counts.registersOut')}
        description={t('counts.registersHint')}
        placeholder={registersOut.length === 0 ? t('counts.noneOut') : ''}
        disabled={disabled}
        searchable
        data={byShop.map(({ group, items }) => ({
          group,
          items: items.map(({ id, name, archived }) => ({
            value: id,
            label: `${group} · ${archived ? t('counts.archived', { name }) : name}`,
          })),
        }))}
        value={[...registersOut]}
        onChange={(chosen) => onChange({ registersOut: chosen })}
      />
      <Text size="xs" c="dimmed" role="status">
        {t('counts.registersIn', { counted, count: registers.length })}
      </Text>
    </div>
  );
}

import { ActionIcon, Group, NativeSelect, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Mapping, saveMappings, type Shop, type Store, storeLists } from '../../api/stores.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { CrossIcon, PlusIcon } from '../../shared/icons.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { heldBy, type MappingRow, mappingsToSave, toRow } from './mapping-rows.ts';
import { MappingMoves } from './mapping-moves.tsx';
import { type SourceChoice, sourceChoices } from './sources.ts';
import { mostAlike } from './suggest.ts';
import { AtRisk } from './unmapped.tsx';

interface StoreMappingsProps {
  readonly store: Store;
  readonly shops: readonly Shop[];
  readonly mappings: readonly Mapping[];
}

/** The section *Store Mappings*: provider's sign, the POS shop or register, its department and dates, saved together (M8, D20). */
export function StoreMappings({ store, shops, mappings }: StoreMappingsProps) {
  const { t } = useTranslation();
  const saved = mappings.filter(({ storeId }) => storeId === store.id).map(toRow);
  const [edited, setEdited] = useState<readonly MappingRow[] | null>(null);
  const saving = useAction(saveMappings, storeLists);
  const empty = (source = ''): MappingRow => ({
    key: crypto.randomUUID(),
    id: null,
    source,
    departmentId: store.departments[0]?.id ?? '',
    from: '',
    until: '',
  });
  const [first] = useState(empty);
  // An empty field stands ready where nothing is mapped.
  const rows = edited ?? (saved.length === 0 ? [first] : saved);
  const choices = sourceChoices(shops);
  const labelOf = ({ shop, register, now }: SourceChoice) => {
    const label = register === null ? shop.name : t('store.register', { shop: shop.name, register: register.name });
    if (now !== null && now.storeId !== store.id) return t('store.nowAt', { label, department: now.departmentName });
    return now === null && register === null && !shop.mapped ? t('store.free', { label }) : label;
  };
  const labels = new Map(choices.map((choice) => [choice.value, labelOf(choice)]));
  const free = choices.filter(
    ({ register, shop, value }) =>
      register === null && !shop.mapped && !shop.archived && rows.every(({ source }) => source !== value),
  );
  const suggested = mostAlike(
    store.name,
    free.map((choice) => ({ name: choice.shop.name, choice })),
  )?.choice;
  const change = (key: string, next: Partial<MappingRow>) =>
    setEdited(rows.map((row) => (row.key === key ? { ...row, ...next } : row)));

  if (shops.length === 0) return <Text size="sm">{t('store.loadFirst')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(mappingsToSave(rows, mappings, store.id), { onSuccess: () => setEdited(null) });
      }}
    >
      <Stack gap="sm">
        {rows.map((row) => (
          <Row
            key={row.key}
            row={row}
            choice={choices.find(({ value }) => value === row.source)}
            choices={choices}
            labels={labels}
            store={store}
            held={heldBy(row, mappings, store.id)}
            onChange={(next) => change(row.key, next)}
            onRemove={() => setEdited(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        {suggested !== undefined && (
          <Group gap="xs">
            <ProviderSymbol provider={suggested.provider} />
            <Text size="sm">{t('store.suggested', { shop: suggested.shop.name })}</Text>
            <AtRisk shop={suggested.shop} />
            <GuardedButton
              size="xs"
              variant="default"
              permission="stores:write"
              onClick={() => setEdited([...rows.filter(({ source }) => source !== ''), empty(suggested.value)])}
            >
              {t('store.takeSuggestion', { shop: suggested.shop.name })}
            </GuardedButton>
          </Group>
        )}
        {edited !== null && <MappingMoves body={mappingsToSave(rows, mappings, store.id)} />}
        <ProblemAlert error={saving.error} />
        <Group gap="sm">
          <GuardedButton
            permission="stores:write"
            variant="default"
            leftSection={<PlusIcon />}
            onClick={() => setEdited([...rows, empty()])}
          >
            {t('store.addMapping')}
          </GuardedButton>
          <GuardedButton permission="stores:write" type="submit" loading={saving.isPending}>
            {t('store.save')}
          </GuardedButton>
          <Text size="sm" role="status">
            {edited !== null ? t('store.unsaved') : saving.isSuccess ? t('stores.saved') : ''}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

interface RowProps {
  readonly row: MappingRow;
  readonly choice: SourceChoice | undefined;
  readonly choices: readonly SourceChoice[];
  readonly labels: ReadonlyMap<string, string>;
  readonly store: Store;
  readonly held: Mapping | null;
  readonly onChange: (next: Partial<MappingRow>) => void;
  readonly onRemove: () => void;
}

function Row({ row, choice, choices, labels, store, held, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const disabled = !useMay('stores:write');
  const source = labels.get(row.source) ?? '';
  const accounts = Map.groupBy(choices, ({ shop }) => shop.posAccountName);
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end" role="group" aria-label={source === '' ? t('store.source') : source}>
        <Group gap="xs" align="flex-end" wrap="nowrap" flex="2 1 260px">
          <span className="tw-mapping-symbol">
            {choice === undefined ? (
              <span className="tw-provider tw-provider-none" aria-hidden="true" />
            ) : (
              <ProviderSymbol provider={choice.provider} />
            )}
          </span>
          <Select
            label={t('store.source')}
            placeholder={t('store.sourcePlaceholder')}
            value={row.source === '' ? null : row.source}
            onChange={(value) => onChange({ source: value ?? '' })}
            data={[...accounts].map(([group, items]) => ({
              group,
              items: items.map(({ value }) => ({ value, label: labels.get(value) ?? value })),
            }))}
            searchable
            disabled={disabled}
            flex={1}
            nothingFoundMessage={t('search.none')}
          />
        </Group>
        <NativeSelect
          label={t('store.department')}
          value={row.departmentId}
          onChange={(event) => onChange({ departmentId: event.currentTarget.value })}
          data={store.departments.map(({ id, name }) => ({ value: id, label: name }))}
          disabled={disabled}
          flex="1 1 150px"
        />
        <TextInput
          type="date"
          label={t('store.from')}
          value={row.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
          disabled={disabled}
          flex="0 1 150px"
        />
        <TextInput
          type="date"
          label={t('store.until')}
          value={row.until}
          min={row.from}
          onChange={(event) => onChange({ until: event.currentTarget.value })}
          disabled={disabled}
          flex="0 1 170px"
        />
        <ActionIcon
          variant="default"
          size="input-sm"
          disabled={disabled}
          aria-label={source === '' ? t('store.removeEmpty') : t('store.removeMapping', { source })}
          onClick={onRemove}
        >
          <CrossIcon />
        </ActionIcon>
      </Group>
      {held !== null && (
        <Text size="xs" className={row.from === '' || row.from <= held.from ? 'tw-warning' : ''}>
          {row.from === '' || row.from <= held.from
            ? t('store.movesAtOnce', { source, department: held.departmentName })
            : t('store.moves', { department: held.departmentName })}
        </Text>
      )}
    </Stack>
  );
}

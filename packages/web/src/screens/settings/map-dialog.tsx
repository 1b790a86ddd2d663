import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import type { Connection } from '../../api/connections.ts';
import { type MappingInput, saveMappings, type Shop, storeLists, useDepartments, useShops } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { formText } from '../../shared/form.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { AtRisk } from '../stores/unmapped.tsx';
import { BEGINNING } from '../stores/mapping-rows.ts';
import { mostAlike } from '../stores/suggest.ts';

interface MapDialogProps {
  readonly connection: Connection | null;
  readonly onClose: () => void;
}

/** *Map*: every known store of the POS → a department; several to one allowed (P3). */
export function MapDialog({ connection, onClose }: MapDialogProps) {
  const { t } = useTranslation();
  const shops = useShops(connection !== null);
  const departments = useDepartments();
  const own = (shops.data?.shops ?? []).filter(
    ({ posAccountId, archived }) => posAccountId === connection?.posAccount?.id && !archived,
  );
  const saving = useAction((form: HTMLFormElement) => saveMappings(bodyOf(own, formText(form))), [...storeLists, 'connections']);
  return (
    <Confirm
      opened={connection !== null}
      title={t('keys.mapTitle', { name: connection?.name ?? '' })}
      text={t('keys.mapText')}
      submit={t('keys.submit')}
      pending={saving.isPending}
      error={saving.error}
      onClose={onClose}
      onConfirm={(form) => {
        if (own.length > 0) saving.mutate(form, { onSuccess: onClose });
      }}
    >
      <StatePanel query={shops}>
        {() =>
          own.length === 0 ? (
            <Text size="sm">{t('keys.noShops')}</Text>
          ) : (
            <Stack gap="xs">
              {own.map((shop) => (
                <Line key={shop.shopId} shop={shop} departments={departments.data?.departments ?? []} />
              ))}
            </Stack>
          )
        }
      </StatePanel>
    </Confirm>
  );
}

interface LineProps {
  readonly shop: Shop;
  readonly departments: readonly { readonly id: string; readonly name: string }[];
}

function Line({ shop, departments }: LineProps) {
  const { t } = useTranslation();
  const now = openMapping(shop);
  const registers = shop.mappings.some(({ registerId, until }) => registerId !== null && until === null);
  return (
    <div>
      <NativeSelect
        // The departments come later than the dialog: drawn anew, the chosen one is among them.
        key={departments.length}
        name={shop.shopId}
        label={shop.name}
        {...(registers ? { description: t('keys.registers') } : {})}
        defaultValue={now?.departmentId ?? mostAlike(shop.name, departments)?.id ?? ''}
        data={[{ value: '', label: t('keys.notMapped') }, ...departments.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {!shop.mapped && (
        <Group mt={4}>
          <AtRisk shop={shop} />
        </Group>
      )}
    </div>
  );
}

function openMapping(shop: Shop) {
  return shop.mappings.find(({ registerId, until }) => registerId === null && until === null) ?? null;
}

/** Every shop's open mapping goes to the chosen department; ended ones and those of registers stay. */
function bodyOf(shops: readonly Shop[], chosen: (shopId: string) => string) {
  const mappings = shops.flatMap((shop): MappingInput[] => {
    const now = openMapping(shop);
    const departmentId = chosen(shop.shopId);
    const kept = shop.mappings.filter((mapping) => mapping !== now).map(inputOf);
    if (departmentId === '') return kept;
    const { posAccountId, shopId } = shop;
    const ends = kept.filter(({ registerId }) => registerId === null).map(({ until }) => until ?? BEGINNING);
    const from = now?.from ?? ends.toSorted().at(-1) ?? BEGINNING;
    return [
      ...kept,
      { ...(now === null ? {} : { id: now.id }), posAccountId, shopId, registerId: null, departmentId, from, until: null },
    ];
  });
  return { shops: shops.map(({ posAccountId, shopId }) => ({ posAccountId, shopId })), mappings };
}

function inputOf({ id, posAccountId, shopId, registerId, departmentId, from, until }: Shop['mappings'][number]): MappingInput {
  return { id, posAccountId, shopId, registerId, departmentId, from, until };
}

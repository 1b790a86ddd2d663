import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { createStore, type Shop, type Store, storeLists, useShops, useStores } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { PencilIcon, PlusIcon } from '../../shared/icons.tsx';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { MappingHistory } from './mapping-history.tsx';
import { PasteMappings } from './paste-mappings.tsx';
import { ZoneInput } from './zone-input.tsx';
import { Unmapped } from './unmapped.tsx';

/** The company account: its retail stores, and the POS shops that none of them takes yet. */
export function Stores() {
  const { t } = useTranslation();
  const stores = useStores();
  const shops = useShops();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div>
          <Text size="xs" c="dimmed">
            {t('stores.company')}
          </Text>
          <ScreenTitle>{t('stores.title')}</ScreenTitle>
        </div>
        <Group gap="xs">
          <PasteMappings />
          <AddStore />
        </Group>
      </Group>
      {shops.data !== undefined && <Unmapped shops={shops.data.shops} stores={stores.data?.stores ?? []} />}
      <Stack gap="xs" component="section" aria-label={t('stores.retailStores')}>
        <Title order={2}>{t('stores.retailStores')}</Title>
        <StatePanel query={stores} isEmpty={(data) => data.stores.length === 0} empty={<NoStore />}>
          {(data) => <StoreTable stores={data.stores} shops={shops.data?.shops ?? []} />}
        </StatePanel>
      </Stack>
      <MappingHistory />
    </Stack>
  );
}

function NoStore() {
  const { t } = useTranslation();
  const mayConnect = useMay('connections:write');
  return (
    <Stack align="center" gap="sm">
      <Text>{t('stores.none')}</Text>
      {mayConnect && (
        <Button component={Link} to="/integrations">
          {t('stores.connect')}
        </Button>
      )}
    </Stack>
  );
}

function StoreTable({ stores, shops }: { readonly stores: readonly Store[]; readonly shops: readonly Shop[] }) {
  const { t } = useTranslation();
  const sourcesOf = (store: Store) =>
    shops
      .flatMap(({ mappings }) => mappings.filter(({ storeId, until }) => storeId === store.id && until === null))
      .map(({ shopName, registerName }) => (registerName === null ? shopName : `${shopName} › ${registerName}`));
  const columns: Column<Store>[] = [
    {
      id: 'name',
      header: t('stores.name'),
      value: ({ name }) => name,
      cell: ({ id, name }) => (
        <Link to="/stores/$storeId" params={{ storeId: id }} className="tw-link">
          {name}
        </Link>
      ),
    },
    {
      id: 'zone',
      header: t('stores.timeZone'),
      value: ({ timeZone }) => timeZone ?? '',
      cell: ({ timeZone }) =>
        timeZone ?? (
          <Text size="sm" c="dimmed">
            {t('stores.zoneOfShops')}
          </Text>
        ),
    },
    {
      id: 'departments',
      header: t('stores.departments'),
      cell: ({ departments }) => departments.map(({ name }) => name).join(', '),
    },
    {
      id: 'mapped',
      header: t('stores.mapped'),
      cell: (store) => {
        const sources = sourcesOf(store);
        return sources.length === 0 ? (
          <span className="tw-warning tw-pill">⚠ {t('stores.nothingMapped')}</span>
        ) : (
          sources.join(', ')
        );
      },
    },
    {
      id: 'edit',
      header: '',
      align: 'right',
      cell: ({ id, name }) => (
        <Link to="/stores/$storeId" params={{ storeId: id }} className="tw-link" aria-label={t('stores.editNamed', { name })}>
          <PencilIcon /> {t('stores.edit')}
        </Link>
      ),
    },
  ];
  return <DataTable caption={t('stores.retailStores')} columns={columns} rows={stores} rowKey={({ id }) => id} />;
}

/** A new store opens its own page, where its tills are mapped (M8). */
function AddStore() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure(false);
  const adding = useAction(createStore, storeLists);
  return (
    <>
      <GuardedButton permission="stores:write" leftSection={<PlusIcon />} onClick={open}>
        {t('stores.add')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('stores.addTitle')}
        text={t('stores.addText')}
        submit={t('stores.add')}
        pending={adding.isPending}
        error={adding.error}
        onClose={close}
        onConfirm={(form) => {
          const text = formText(form);
          adding.mutate(
            { name: text('name').trim(), timeZone: text('timeZone').trim() || null },
            {
              onSuccess: ({ id }) => {
                close();
                void navigate({ to: '/stores/$storeId', params: { storeId: id } });
              },
            },
          );
        }}
      >
        <TextInput name="name" label={t('stores.name')} required maxLength={200} data-autofocus autoComplete="off" />
        <ZoneInput label={t('stores.timeZone')} description={t('stores.timeZoneHint')} />
      </Confirm>
    </>
  );
}

import { Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Department, type Store, useDepartments, useMappings } from '../../api/stores.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { GuardedButton } from '../../shared/guarded.tsx';
import { PencilIcon, PlusIcon } from '../../shared/icons.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { useSeveralRegisters } from './several-registers.ts';
import { DepartmentDialog } from './department-dialog.tsx';

/** Departments with what feeds them; of one store, or of all. */
export function DepartmentTable({ store }: { readonly store?: Store }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  const mappings = useMappings();
  // `null` is a new one.
  const [editing, setEditing] = useState<{ readonly department: Department | null } | null>(null);
  const several = useSeveralRegisters();
  const sources = (id: string) =>
    (mappings.data?.mappings ?? [])
      .filter(({ departmentId, until }) => departmentId === id && until === null)
      .map(({ shopName, registerName }) => (registerName === null ? shopName : `${shopName} › ${registerName}`));
  const columns: Column<Department>[] = [
    { id: 'name', header: t('departments.name'), value: ({ name }) => name, cell: ({ name }) => name },
    ...(store === undefined
      ? [
          {
            id: 'store',
            header: t('departments.store'),
            value: ({ storeName }: Department) => storeName,
            cell: ({ storeName }: Department) => storeName,
          },
        ]
      : []),
    {
      id: 'client',
      header: t('departments.posClientNumber'),
      cell: ({ posClientNumber }) => posClientNumber ?? '–',
    },
    ...(several
      ? [
          {
            id: 'terminals',
            header: t('departments.posTerminalNumber'),
            cell: ({ posTerminalNumbers }: Department) => posTerminalNumbers.join(', ') || '–',
          },
        ]
      : []),
    {
      id: 'sources',
      header: t('departments.sources'),
      cell: ({ id }) => {
        const names = sources(id);
        return names.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('departments.noSources')}
          </Text>
        ) : (
          names.join(', ')
        );
      },
    },
    {
      id: 'edit',
      header: '',
      align: 'right',
      cell: (department) => (
        <GuardedButton
          size="compact-sm"
          variant="default"
          permission="stores:write"
          leftSection={<PencilIcon />}
          aria-label={t('departments.edit', { name: department.name })}
          onClick={() => setEditing({ department })}
        >
          {t('stores.edit')}
        </GuardedButton>
      ),
    },
  ];
  return (
    <Stack gap="xs" align="stretch">
      <StatePanel
        query={departments}
        isEmpty={(data) => data.departments.length === 0}
        empty={<Text>{t('departments.none')}</Text>}
      >
        {(data) => (
          <DataTable
            caption={t('departments.title')}
            columns={columns}
            rows={data.departments.filter(({ storeId }) => store === undefined || storeId === store.id)}
            rowKey={({ id }) => id}
          />
        )}
      </StatePanel>
      <Group>
        <GuardedButton
          permission="stores:write"
          variant="default"
          leftSection={<PlusIcon />}
          onClick={() => setEditing({ department: null })}
        >
          {t('departments.add')}
        </GuardedButton>
      </Group>
      <DepartmentDialog
        editing={editing}
        {...(store === undefined ? {} : { storeId: store.id })}
        onClose={() => setEditing(null)}
      />
    </Stack>
  );
}

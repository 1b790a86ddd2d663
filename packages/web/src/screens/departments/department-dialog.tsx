import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Department, saveDepartment, storeLists, useStores } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { formText } from '../../shared/form.ts';

interface DepartmentDialogProps {
  /** What is edited; a null department is a new one, null closes. */
  readonly editing: { readonly department: Department | null } | null;
  /** The store of a new one, where that is plain. */
  readonly storeId?: string;
  readonly onClose: () => void;
}

/** Makes or changes a department (W3). */
export function DepartmentDialog({ editing, storeId, onClose }: DepartmentDialogProps) {
  const { t } = useTranslation();
  const stores = useStores();
  const department = editing?.department ?? null;
  const saving = useAction((form: HTMLFormElement) => {
    const text = formText(form);
    return saveDepartment(department?.id ?? null, { name: text('name').trim(), storeId: text('store') });
  }, storeLists);
  return (
    <Confirm
      opened={editing !== null}
      title={department === null ? t('departments.addTitle') : t('departments.editTitle', { name: department.name })}
      text=""
      submit={t('departments.save')}
      pending={saving.isPending}
      error={saving.error}
      onClose={onClose}
      onConfirm={(form) => saving.mutate(form, { onSuccess: onClose })}
    >
      <TextInput
        name="name"
        label={t('departments.name')}
        defaultValue={department?.name ?? ''}
        required
        maxLength={200}
        data-autofocus
        autoComplete="off"
      />
      <NativeSelect
        name="store"
        label={t('departments.store')}
        defaultValue={department?.storeId ?? storeId ?? ''}
        data={(stores.data?.stores ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        required
      />
    </Confirm>
  );
}

import { NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Department, saveDepartment, savePosNumbers, storeLists, useStores } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { formText } from '../../shared/form.ts';
import { useSeveralRegisters } from './several-registers.ts';

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
  const several = useSeveralRegisters();
  const [terminals, setTerminals] = useState<readonly string[] | null>(null);
  const department = editing?.department ?? null;
  const saving = useAction(async (form: HTMLFormElement) => {
    const text = formText(form);
    const body = { name: text('name').trim(), storeId: text('store') };
    if (department === null || body.name !== department.name || body.storeId !== department.storeId)
      await saveDepartment(department?.id ?? null, body);
    if (department === null) return;
    const clientNumber = text('clientNumber').trim();
    const terminalNumbers = terminals ?? department.posTerminalNumbers;
    // Mappings that stay as they are, are not written again: what was dated keeps its dates.
    if (clientNumber !== (department.posClientNumber ?? '') || terminalNumbers !== department.posTerminalNumbers)
      await savePosNumbers(department.id, { clientNumber, terminalNumbers });
  }, storeLists);
  const leave = () => {
    setTerminals(null);
    onClose();
  };
  return (
    <Confirm
      opened={editing !== null}
      title={department === null ? t('departments.addTitle') : t('departments.editTitle', { name: department.name })}
      text=""
      submit={t('departments.save')}
      pending={saving.isPending}
      error={saving.error}
      onClose={leave}
      onConfirm={(form) => saving.mutate(form, { onSuccess: leave })}
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
      {department !== null && (
        <TextInput
          name="clientNumber"
          label={t('departments.posClientNumber')}
          description={t('departments.posClientHint')}
          defaultValue={department.posClientNumber ?? ''}
          maxLength={500}
          autoComplete="off"
        />
      )}
      {department !== null && several && (
        <TagsInput
          label={t('departments.posTerminalNumber')}
          description={t('departments.posTerminalHint')}
          value={[...(terminals ?? department.posTerminalNumbers)]}
          onChange={setTerminals}
        />
      )}
    </Confirm>
  );
}

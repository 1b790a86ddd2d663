import { Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type MappingPasteAnswer, pasteMappings, storeLists } from '../../api/stores.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { BEGINNING } from './mapping-rows.ts';

const TEXT_MAX = 100_000;

type Row = MappingPasteAnswer['rows'][number];

/** Many mappings at once, from a spreadsheet: checked line by line before anything changes. */
export function PasteMappings() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const checking = useAction((form: HTMLFormElement) => pasteMappings({ ...bodyOf(form), preview: true }), []);
  const applying = useAction((form: HTMLFormElement) => pasteMappings({ ...bodyOf(form), preview: false }), storeLists);
  const checked = checking.data;
  const well = checked !== undefined && checked.rows.length > 0 && checked.rows.every(({ ok }) => ok);
  const columns: Column<Row>[] = [
    { id: 'row', header: t('stores.pasteRow'), align: 'right', cell: ({ row }) => row },
    {
      id: 'source',
      header: t('store.source'),
      cell: ({ shop, register }) => (register === null ? shop : `${shop} › ${register}`),
    },
    { id: 'department', header: t('store.department'), cell: ({ department }) => department },
    {
      id: 'message',
      header: t('activity.message'),
      cell: ({ ok, message }) => (
        <span className={ok ? '' : 'tw-warning'}>{ok ? `✓ ${t('stores.pasteWell')}` : `⚠ ${message ?? ''}`}</span>
      ),
    },
  ];
  return (
    <>
      <GuardedButton
        permission="stores:write"
        variant="default"
        onClick={() => {
          checking.reset();
          open();
        }}
      >
        {t('stores.paste')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('stores.pasteTitle')}
        text={t('stores.pasteText')}
        submit={t(well ? 'stores.pasteApply' : 'stores.pastePreview')}
        pending={checking.isPending || applying.isPending}
        error={checking.error ?? applying.error}
        onClose={close}
        onConfirm={(form) => (well ? applying.mutate(form, { onSuccess: close }) : checking.mutate(form))}
      >
        {/* What was checked is what is applied: another text asks for another look. */}
        <div onChange={() => checking.reset()}>
          <Textarea
            name="text"
            label={t('stores.pasteLines')}
            required
            autosize
            minRows={4}
            maxRows={12}
            maxLength={TEXT_MAX}
            data-autofocus
          />
          <TextInput name="from" type="date" label={t('stores.pasteFrom')} mt="sm" />
        </div>
        {checked !== undefined && (
          <div role="status">
            {checked.rows.length === 0 ? (
              <Text size="sm">{t('search.none')}</Text>
            ) : (
              <DataTable
                caption={t('stores.pasteTitle')}
                columns={columns}
                rows={checked.rows}
                rowKey={({ row }) => String(row)}
              />
            )}
          </div>
        )}
      </Confirm>
    </>
  );
}

function bodyOf(form: HTMLFormElement) {
  const text = formText(form);
  return { text: text('text'), from: text('from') || BEGINNING };
}

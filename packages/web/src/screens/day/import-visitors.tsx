import { Checkbox, FileInput, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { importVisitors, type VisitorImportAnswer } from '../../api/days.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { GuardedButton } from '../../shared/guarded.tsx';

type Mistake = VisitorImportAnswer['errors'][number];

/** Visitors from a door counter's file: checked line by line before anything is taken. */
export function ImportVisitors() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [csv, setCsv] = useState('');
  const [skipErrors, setSkipErrors] = useState(false);
  const checking = useAction(() => importVisitors({ csv, skipErrors, dryRun: true }), []);
  const taking = useAction(() => importVisitors({ csv, skipErrors, dryRun: false }), ['visitors', 'turnover']);
  const checked = checking.data;
  const mistakes = checked?.errors ?? [];
  const ready = checked !== undefined && checked.rows > 0 && (mistakes.length === 0 || skipErrors);
  // What was checked is what is taken: another text asks for another look.
  const change = (next: string) => {
    setCsv(next);
    checking.reset();
    taking.reset();
  };
  const columns: Column<Mistake>[] = [
    { id: 'row', header: t('visitors.row'), align: 'right', cell: ({ row }) => row },
    { id: 'column', header: t('visitors.column'), cell: ({ column }) => column ?? '' },
    { id: 'message', header: t('visitors.message'), cell: ({ message }) => message },
  ];
  return (
    <>
      <GuardedButton
        permission="stores:write"
        variant="default"
        size="xs"
        onClick={() => {
          change('');
          open();
        }}
      >
        {t('visitors.import')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('visitors.importTitle')}
        text={t('visitors.importText')}
        submit={t(ready ? 'visitors.apply' : 'visitors.check')}
        pending={checking.isPending || taking.isPending}
        error={checking.error ?? taking.error}
        onClose={close}
        onConfirm={() => (ready ? taking.mutate() : checking.mutate())}
      >
        <Stack gap="sm">
          <FileInput
            label={t('visitors.file')}
            accept=".csv,text/csv,text/plain"
            clearable
            onChange={(file) => {
              if (file !== null) void file.text().then(change);
            }}
          />
          <Textarea
            label={t('visitors.lines')}
            rows={5}
            value={csv}
            onChange={(event) => change(event.currentTarget.value)}
            placeholder="day,hour,department,visitors"
            required
          />
          {mistakes.length > 0 && (
            <>
              <DataTable
                caption={t('visitors.errors')}
                columns={columns}
                rows={mistakes}
                rowKey={({ row, column }) => `${row}/${column ?? ''}`}
              />
              <Checkbox
                label={t('visitors.skip')}
                checked={skipErrors}
                onChange={(event) => setSkipErrors(event.currentTarget.checked)}
              />
            </>
          )}
          <Text size="sm" role="status">
            {taking.data !== undefined
              ? t('visitors.taken', { count: taking.data.taken })
              : checked !== undefined &&
                t('visitors.checked', { count: checked.rows - new Set(mistakes.map(({ row }) => row)).size })}
          </Text>
        </Stack>
      </Confirm>
    </>
  );
}

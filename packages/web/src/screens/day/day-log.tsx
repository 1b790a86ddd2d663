import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type DayLog, useDayLog } from '../../api/days.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatMoney, formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { AuthorName, ChangedReceipts } from './changed-receipts.tsx';
import type { DayOf } from './day.tsx';

type Item = DayLog['items'][number];

/** P5: the Log of a day, with the imported turnover after every step. */
export function DayLogTable({ day, department }: DayOf) {
  const { t } = useTranslation();
  const log = useDayLog(day, department);
  return (
    <StatePanel query={log} isEmpty={({ items }) => items.length === 0} empty={<Text>{t('log.none')}</Text>}>
      {(answer) => (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t('log.text')}
          </Text>
          <Text size="sm">
            {answer.turnover !== null && t('log.now', { amount: formatMoney(answer.turnover, answer, true) })}
            {answer.lastReadAt !== null && (
              <>
                {' · '}
                {t('log.lastRead')} <Moment iso={answer.lastReadAt} />
              </>
            )}
          </Text>
          <Log answer={answer} />
        </Stack>
      )}
    </StatePanel>
  );
}

function Log({ answer }: { readonly answer: DayLog }) {
  const { t } = useTranslation();
  const columns: Column<Item>[] = [
    { id: 'time', header: t('log.time'), value: ({ at }) => at, cell: ({ at }) => <Moment iso={at} /> },
    {
      id: 'source',
      header: t('log.source'),
      value: ({ source }) => source,
      cell: ({ source, running, author }) => (
        <>
          {t(`log.sources.${source}`)}
          {running && (
            <Text size="xs" c="dimmed">
              ◔ {t('log.runningThen')}
            </Text>
          )}
          {author !== null && (
            <Text size="xs" c="dimmed">
              <AuthorName author={author} />
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'turnover',
      header: t('log.turnover'),
      align: 'right',
      value: ({ turnover }) => turnover,
      cell: ({ turnover }) => formatMoney(turnover, answer),
    },
    {
      id: 'change',
      header: t('log.change'),
      align: 'right',
      value: ({ change }) => change ?? 0,
      cell: ({ change }) => (change === null ? '' : `${change > 0 ? '+' : ''}${formatMoney(change, answer)}`),
    },
    {
      id: 'transactions',
      header: t('log.transactions'),
      align: 'right',
      cell: ({ transactions }) => formatQuantity(transactions),
    },
    { id: 'cause', header: t('log.cause'), cell: ({ cause }) => (cause === null ? '' : t(`log.causes.${cause}`)) },
    {
      id: 'receipts',
      header: t('log.receipts'),
      cell: ({ receipts, receiptCount }) => <ChangedReceipts receipts={receipts} count={receiptCount} />,
    },
  ];
  return (
    <DataTable
      caption={t('log.title')}
      columns={columns}
      rows={answer.items}
      rowKey={({ at, source, runId }) => `${at}/${source}/${runId ?? ''}`}
    />
  );
}

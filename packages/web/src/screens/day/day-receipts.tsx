import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ReceiptList, useReceipts } from '../../api/turnover.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDecimal } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { ReceiptLink } from '../../shared/receipt-link.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import type { DayOf } from './day.tsx';

type Item = ReceiptList['items'][number];

/** The receipts of a day, each leading to its versions and the till's own document. */
export function DayReceipts({ day, department }: DayOf) {
  const { t } = useTranslation();
  const receipts = useReceipts({ from: day, to: day, hours: [], ...(department === undefined ? {} : { department }) });
  const columns: Column<Item>[] = [
    { id: 'number', header: t('receipt.number'), value: ({ number }) => number, cell: (item) => <ReceiptLink {...item} /> },
    {
      id: 'time',
      header: t('receipt.time'),
      value: ({ occurredAt }) => occurredAt,
      cell: ({ occurredAt, timeZone }) => <Moment iso={occurredAt} timeZone={timeZone} timeOnly />,
    },
    {
      id: 'total',
      header: t('receipt.amount'),
      align: 'right',
      value: ({ total }) => Number(total),
      cell: (item) => `${formatDecimal(item.total, item)} ${item.currency}`,
    },
    { id: 'shop', header: t('activity.shop'), value: ({ shopName }) => shopName, cell: ({ shopName }) => shopName },
    {
      id: 'register',
      header: t('receipt.register'),
      value: ({ registerName, registerId }) => registerName ?? registerId,
      cell: ({ registerName, registerId }) => registerName ?? registerId,
    },
    { id: 'state', header: t('activity.state'), value: ({ state }) => state, cell: ({ state }) => t(`receipt.states.${state}`) },
    {
      id: 'versions',
      header: t('receipt.versions'),
      align: 'right',
      value: ({ versions }) => versions,
      cell: ({ versions }) => versions,
    },
  ];
  return (
    <StatePanel
      query={receipts}
      isEmpty={({ pages }) => (pages[0]?.items.length ?? 0) === 0}
      empty={<Text>{t('day.noReceipts')}</Text>}
    >
      {({ pages }) => (
        <Stack gap="xs">
          <Text size="sm">{t('receipt.count', { count: pages[0]?.total?.count ?? 0 })}</Text>
          <DataTable
            caption={t('day.receipts')}
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ posAccountId, saleId }) => `${posAccountId}/${saleId}`}
          />
          {receipts.hasNextPage && (
            <Button variant="default" loading={receipts.isFetchingNextPage} onClick={() => void receipts.fetchNextPage()}>
              {t('receipt.more')}
            </Button>
          )}
        </Stack>
      )}
    </StatePanel>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiptList, useReceipts } from '../api/turnover.ts';
import { type Column, DataTable } from './data-table.tsx';
import { Moment } from './moment.tsx';
import { ReceiptLink } from './receipt-link.tsx';
import { StatePanel } from './state-panel.tsx';

type ReceiptItem = ReceiptList['items'][number];

interface ReceiptTableProps {
  readonly query: ReturnType<typeof useReceipts>;
  readonly caption: string;
  /** What is said where there are none. */
  readonly empty: string;
  /** Of receipts on several days the time alone says too little. */
  readonly timeOnly: boolean;
  /** What this list tells of each besides its number, time, register and versions. */
  readonly amount: Column<ReceiptItem>;
  readonly more?: readonly Column<ReceiptItem>[];
  /** What all of them together come to. */
  readonly sum?: (total: ReceiptList['total']) => ReactNode;
  /** What stands below the list. */
  readonly children?: ReactNode;
}

/** Receipts page by page, each leading to its versions and the till's own document. */
export function ReceiptTable({ query, caption, empty, timeOnly, amount, more = [], sum, children }: ReceiptTableProps) {
  const { t } = useTranslation();
  const columns: Column<ReceiptItem>[] = [
    { id: 'number', header: t('receipt.number'), value: ({ number }) => number, cell: (item) => <ReceiptLink {...item} /> },
    {
      id: 'time',
      header: t('receipt.time'),
      value: ({ occurredAt }) => occurredAt,
      cell: ({ occurredAt, timeZone }) => <Moment iso={occurredAt} timeZone={timeZone} timeOnly={timeOnly} />,
    },
    amount,
    {
      id: 'register',
      header: t('receipt.register'),
      value: ({ registerName, registerId }) => registerName ?? registerId,
      cell: ({ registerName, registerId }) => registerName ?? registerId,
    },
    ...more,
    {
      id: 'versions',
      header: t('receipt.versions'),
      align: 'right',
      value: ({ versions }) => versions,
      cell: ({ versions }) => versions,
    },
  ];
  return (
    <StatePanel query={query} isEmpty={({ pages }) => (pages[0]?.items.length ?? 0) === 0} empty={<Text>{empty}</Text>}>
      {({ pages }) => (
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="sm">{t('receipt.count', { count: pages[0]?.total?.count ?? 0 })}</Text>
            {sum?.(pages[0]?.total ?? null)}
          </Group>
          <DataTable
            caption={caption}
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ posAccountId, saleId }) => `${posAccountId}/${saleId}`}
          />
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('receipt.more')}
            </Button>
          )}
          {children}
        </Stack>
      )}
    </StatePanel>
  );
}

import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReceiptList, type ReceiptsOf, useReceipts } from '../../api/turnover.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatMeasure, type MeasureDefinition } from '../../shared/measure-value.ts';
import { Moment } from '../../shared/moment.tsx';
import type { MoneyFormat } from '../../shared/money.ts';
import { ReceiptLink } from '../../shared/receipt-link.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { measureLabel } from './measure-label.ts';

type ReceiptItem = ReceiptList['items'][number];

interface ReceiptDrawerProps {
  readonly title: string;
  /** Which receipts; null closes. */
  readonly of: ReceiptsOf | null;
  readonly measure: string;
  readonly definition: MeasureDefinition | undefined;
  readonly money: MoneyFormat;
  readonly onClose: () => void;
  /** What stands below the list. */
  readonly children?: ReactNode;
}

/** The receipts behind a figure, from the right; Escape closes it and gives the keyboard back to the figure. */
export function ReceiptDrawer({ title, of, onClose, ...rest }: ReceiptDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={of !== null}
      onClose={onClose}
      position="right"
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': t('turnover.close') }}
    >
      {of !== null && <Receipts of={of} {...rest} />}
    </Drawer>
  );
}

type ReceiptsProps = Omit<ReceiptDrawerProps, 'title' | 'onClose' | 'of'> & { readonly of: ReceiptsOf };

function Receipts({ of, measure, definition, money, children }: ReceiptsProps) {
  const { t } = useTranslation();
  const receipts = useReceipts({ ...of, measure });
  const columns: Column<ReceiptItem>[] = [
    {
      id: 'number',
      header: t('receipt.number'),
      value: ({ number }) => number,
      cell: (item) => <ReceiptLink {...item} />,
    },
    {
      id: 'time',
      header: t('receipt.time'),
      value: ({ occurredAt }) => occurredAt,
      cell: ({ occurredAt, timeZone }) => <Moment iso={occurredAt} timeZone={timeZone} timeOnly={of.from === of.to} />,
    },
    {
      id: 'figure',
      header: measureLabel(measure),
      align: 'right',
      value: ({ figure }) => Number(figure[measure] ?? 0),
      cell: ({ figure }) => formatMeasure(figure[measure] ?? 0, definition, money),
    },
    {
      id: 'register',
      header: t('receipt.register'),
      value: ({ registerName, registerId }) => registerName ?? registerId,
      cell: ({ registerName, registerId }) => registerName ?? registerId,
    },
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
      empty={<Text>{t('receipt.none')}</Text>}
    >
      {({ pages }) => (
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="sm">{t('receipt.count', { count: pages[0]?.total?.count ?? 0 })}</Text>
            <Text fw={600} className="tw-number">
              {t('turnover.sum')} {formatMeasure(pages[0]?.total?.figure[measure] ?? 0, definition, money)}
              {definition?.format === 'money' && ` ${money.currency}`}
            </Text>
          </Group>
          <DataTable
            caption={t('receipt.list')}
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ posAccountId, saleId }) => `${posAccountId}/${saleId}`}
          />
          {receipts.hasNextPage && (
            <Button variant="default" loading={receipts.isFetchingNextPage} onClick={() => void receipts.fetchNextPage()}>
              {t('receipt.more')}
            </Button>
          )}
          {children}
        </Stack>
      )}
    </StatePanel>
  );
}

import { Drawer, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReceiptsOf, useReceipts } from '../../api/turnover.ts';
import { formatMeasure, type MeasureDefinition } from '../../shared/measure-value.ts';
import type { MoneyFormat } from '../../shared/money.ts';
import { ReceiptTable } from '../../shared/receipt-table.tsx';
import { measureLabel } from './measure-label.ts';

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
  const shown = (value: string | number | undefined) => formatMeasure(value ?? 0, definition, money);
  return (
    <ReceiptTable
      query={useReceipts({ ...of, measure })}
      caption={t('receipt.list')}
      empty={t('receipt.none')}
      timeOnly={of.from === of.to}
      amount={{
        id: 'figure',
        header: measureLabel(measure),
        align: 'right',
        value: ({ figure }) => Number(figure[measure] ?? 0),
        cell: ({ figure }) => shown(figure[measure]),
      }}
      sum={(total) => (
        <Text fw={600} className="tw-number">
          {t('turnover.sum')} {shown(total?.figure[measure])}
          {definition?.format === 'money' && ` ${money.currency}`}
        </Text>
      )}
    >
      {children}
    </ReceiptTable>
  );
}

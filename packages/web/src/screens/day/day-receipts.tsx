import { useTranslation } from 'react-i18next';
import { useReceipts } from '../../api/turnover.ts';
import { formatDecimal } from '../../shared/money.ts';
import { ReceiptTable } from '../../shared/receipt-table.tsx';
import type { DayOf } from './day.tsx';

/** The receipts of a day, whether they count or not. */
export function DayReceipts({ day, department }: DayOf) {
  const { t } = useTranslation();
  return (
    <ReceiptTable
      query={useReceipts({ from: day, to: day, hours: [], ...(department === undefined ? {} : { department }) })}
      caption={t('day.receipts')}
      empty={t('day.noReceipts')}
      timeOnly
      amount={{
        id: 'total',
        header: t('receipt.amount'),
        align: 'right',
        value: ({ total }) => Number(total),
        cell: (item) => `${formatDecimal(item.total, item)} ${item.currency}`,
      }}
      more={[
        { id: 'shop', header: t('activity.shop'), value: ({ shopName }) => shopName, cell: ({ shopName }) => shopName },
        {
          id: 'state',
          header: t('activity.state'),
          value: ({ state }) => state,
          cell: ({ state }) => t(`receipt.states.${state}`),
        },
      ]}
    />
  );
}

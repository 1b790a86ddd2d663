import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Change } from '../../api/days.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDay } from '../../shared/days.ts';
import { formatMoney } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { AuthorName, ChangedReceipts } from '../day/changed-receipts.tsx';

/** Figures that had been shown and changed since: where, why, from what to what, and by which receipts. */
export function Corrections({ corrections }: { readonly corrections: readonly Change[] }) {
  const { t } = useTranslation();
  if (corrections.length === 0) return null;
  const columns: Column<Change>[] = [
    { id: 'seen', header: t('corrections.seen'), value: ({ at }) => at, cell: ({ at }) => <Moment iso={at} /> },
    {
      id: 'day',
      header: t('corrections.day'),
      value: ({ day }) => day,
      cell: ({ day, department }) => (
        <Link
          to="/days/$day"
          params={{ day }}
          search={{ tab: 'log', ...(department === null ? {} : { department: department.id }) }}
          className="tw-link"
          aria-label={t('corrections.openDay', { day: formatDay(day) })}
        >
          {formatDay(day)}
        </Link>
      ),
    },
    {
      id: 'place',
      header: t('corrections.place'),
      value: ({ department, shopName }) => department?.name ?? shopName,
      cell: ({ department, shopName, registerName }) =>
        [department?.name ?? shopName, registerName].filter((one) => one !== null).join(' · '),
    },
    {
      id: 'cause',
      header: t('corrections.cause'),
      value: ({ cause }) => cause,
      cell: ({ cause, author }) => (
        <>
          {t(`log.causes.${cause}`)} <AuthorName author={author} />
        </>
      ),
    },
    { id: 'from', header: t('corrections.from'), align: 'right', cell: (change) => netSales(change, 'old') },
    { id: 'to', header: t('corrections.to'), align: 'right', cell: (change) => netSales(change, 'new') },
    {
      id: 'receipts',
      header: t('corrections.receipts'),
      cell: ({ receipts, receiptCount }) => <ChangedReceipts receipts={receipts} count={receiptCount} />,
    },
  ];
  return (
    <section aria-label={t('corrections.title')}>
      <Title order={2} mb="xs">
        {t('corrections.title')}
      </Title>
      <DataTable caption={t('corrections.title')} columns={columns} rows={corrections} rowKey={({ id }) => id} />
    </section>
  );
}

/** Net sales before or after; a sign of nothing where the change was in other measures only. */
function netSales(change: Change, side: 'old' | 'new'): string {
  const value = change.changes.find(({ measure }) => measure === 'net_sales')?.[side];
  return value === undefined ? '–' : `${formatMoney(Number(value), change)} ${change.currency}`;
}

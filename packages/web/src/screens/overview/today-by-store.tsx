import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OverviewAnswer } from '../../api/overview.ts';
import { CoverageSign } from '../../shared/coverage.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDay } from '../../shared/days.ts';
import { formatMoney } from '../../shared/money.ts';
import { changeOf } from '../turnover/change.ts';

type StoreToday = OverviewAnswer['today']['stores'][number];

/** Each store's own business day beside the same weekday a week ago, up to the same time and whole. */
export function TodayByStore({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  const { stores } = answer.today;
  if (stores.length < 2) return null;
  const money = (cents: number) => formatMoney(cents, answer);
  const columns: Column<StoreToday>[] = [
    { id: 'store', header: t('overview.store'), value: ({ store }) => store.name, cell: ({ store }) => store.name },
    {
      id: 'day',
      header: t('overview.todayIs'),
      value: ({ day }) => day,
      cell: ({ day, coverage }) => (
        <>
          <CoverageSign coverage={coverage} />{' '}
          <Link to="/days/$day" params={{ day }} search={{ tab: 'hours' }} className="tw-link">
            {formatDay(day)}
          </Link>
        </>
      ),
    },
    {
      id: 'soFar',
      header: `${t('overview.soFar')} (${answer.currency})`,
      align: 'right',
      value: ({ netSales }) => netSales ?? 0,
      cell: ({ netSales }) => (netSales === null ? '–' : money(netSales)),
    },
    {
      id: 'change',
      header: t('overview.change'),
      align: 'right',
      value: ({ netSales, lastWeekByNow }) => changeOf(netSales, lastWeekByNow.netSales) ?? 0,
      cell: ({ netSales, lastWeekByNow }) => changeText(changeOf(netSales, lastWeekByNow.netSales)),
    },
    {
      id: 'weekAgo',
      header: t('overview.weekAgo'),
      align: 'right',
      value: ({ lastWeekByNow }) => lastWeekByNow.netSales,
      cell: ({ lastWeekByNow }) => money(lastWeekByNow.netSales),
    },
    {
      id: 'weekAgoWhole',
      header: t('overview.weekAgoWhole'),
      align: 'right',
      value: ({ lastWeek }) => lastWeek.netSales,
      cell: ({ lastWeek }) => money(lastWeek.netSales),
    },
  ];
  return (
    <section aria-label={t('overview.today')}>
      <Title order={2} mb="xs">
        {t('overview.today')}
      </Title>
      <DataTable caption={t('overview.today')} columns={columns} rows={stores} rowKey={({ store }) => store.id} />
    </section>
  );
}

function changeText(change: number | null): string {
  if (change === null) return '–';
  return `${change > 0 ? '▲' : change < 0 ? '▼' : '='} ${Math.abs(change)} %`;
}

import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Reconcile, useReconciles } from '../../api/reconciles.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatPeriod } from '../../shared/days.ts';
import { formatMoney } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { Pages } from '../../shared/pages.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { Section } from '../../shared/section.tsx';
import { NewReconcile } from './new-reconcile.tsx';

/** Our figures beside the till's own reports: a new comparison, and those made before. */
export function Reconciles() {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <ScreenTitle>{t('reconcile.title')}</ScreenTitle>
      <Text size="sm" c="dimmed">
        {t('reconcile.text')}
      </Text>
      <Section title={t('reconcile.form')}>
        <NewReconcile />
      </Section>
      <Section title={t('reconcile.before')}>
        <Before />
      </Section>
    </Stack>
  );
}

function Before() {
  const { t } = useTranslation();
  const reconciles = useReconciles();
  const columns: Column<Reconcile>[] = [
    { id: 'at', header: t('reconcile.at'), value: ({ at }) => at, cell: ({ at }) => <Moment iso={at} /> },
    {
      id: 'what',
      header: t('reconcile.what'),
      value: ({ preset }) => preset,
      cell: ({ preset }) => t(`reconcile.presets.${preset}`),
    },
    { id: 'place', header: t('reconcile.place'), cell: ({ shopName }) => shopName ?? t('reconcile.everyShop') },
    {
      id: 'period',
      header: t('reconcile.period'),
      value: ({ from }) => from,
      cell: ({ id, from, to }) => (
        <Link
          to="/reconcile/$id"
          params={{ id }}
          className="tw-link"
          aria-label={t('reconcile.openOf', { period: formatPeriod(from, to) })}
        >
          {formatPeriod(from, to)}
        </Link>
      ),
    },
    { id: 'pos', header: t('reconcile.pos'), align: 'right', cell: (one) => formatMoney(one.pos.amount, one) },
    { id: 'ours', header: t('reconcile.ours'), align: 'right', cell: (one) => formatMoney(one.ours.amount, one) },
    { id: 'difference', header: t('reconcile.difference'), align: 'right', cell: (one) => formatMoney(one.difference, one) },
    {
      id: 'unexplained',
      header: t('reconcile.unexplained'),
      align: 'right',
      value: ({ unexplained }) => unexplained,
      cell: (one) => (
        <span className={one.unexplained === 0 ? '' : 'tw-warning'}>
          {one.unexplained === 0 ? '✓ ' : '⚠ '}
          {formatMoney(one.unexplained, one)}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('reconcile.state'),
      cell: ({ signedOff }) => (signedOff === null ? t('reconcile.notSigned') : `✓ ${t('reconcile.signedOff')}`),
    },
  ];
  return (
    <Pages query={reconciles} empty={<Text>{t('reconcile.none')}</Text>}>
      {(items) => <DataTable caption={t('reconcile.before')} columns={columns} rows={items} rowKey={({ id }) => id} />}
    </Pages>
  );
}

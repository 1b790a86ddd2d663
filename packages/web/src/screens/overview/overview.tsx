import { Alert, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type OverviewAnswer, useOverview } from '../../api/overview.ts';
import { CoverageLegend } from '../../shared/coverage.tsx';
import { formatDay, formatInstant } from '../../shared/days.ts';
import { formatMoney, formatQuantity } from '../../shared/money.ts';
import { ReceiptLink } from '../../shared/receipt-link.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { changeOf } from '../turnover/change.ts';
import { Strip } from './strip.tsx';

/** The morning page: how fresh the figures are, how today goes, what needs a hand. */
export function Overview() {
  const { t } = useTranslation();
  const overview = useOverview();
  return (
    <Stack gap="md">
      <Title order={1}>{t('overview.title')}</Title>
      <StatePanel query={overview} isEmpty={({ accounts }) => accounts.length === 0} empty={<Text>{t('overview.empty')}</Text>}>
        {(answer) => (
          <>
            <Text size="sm" c="dimmed">
              {answer.freshAsOf === null
                ? t('overview.notYetRead')
                : t('overview.freshAsOf', { at: formatInstant(answer.freshAsOf) })}
              {answer.otherCurrencies.length > 0 &&
                ` · ${t('turnover.otherCurrencies', { currency: answer.currency, others: answer.otherCurrencies.join(', ') })}`}
            </Text>
            <Cards answer={answer} />
            <Strip answer={answer} />
            <CoverageLegend />
            <RecentChanges answer={answer} />
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

function Cards({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  const { today, unmapped, problems } = answer;
  const change = changeOf(today.netSales, today.lastWeekByNow.netSales);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <Metric label={t('overview.netSalesToday')} value={formatMoney(today.netSales, answer, true)}>
        {change === null
          ? t('overview.noComparison')
          : t('overview.againstLastWeek', { change: change > 0 ? `▲ ${change}` : change < 0 ? `▼ ${-change}` : '= 0' })}
      </Metric>
      <Metric label={t('overview.transactionsToday')} value={formatQuantity(today.transactions)}>
        {t('overview.lastWeekWas', { transactions: formatQuantity(today.lastWeekByNow.transactions) })}
      </Metric>
      <Metric label={t('overview.unmapped')} value={formatMoney(unmapped.netSales, answer, true)} warn={unmapped.netSales !== 0}>
        {unmapped.netSales === 0
          ? t('overview.allMapped')
          : t('overview.unmappedSince', { count: unmapped.shops.length, since: formatDay(unmapped.since) })}
      </Metric>
      <Metric label={t('overview.problems')} value={formatQuantity(problems.open)} warn={problems.open > 0}>
        {problems.open === 0
          ? t('overview.noProblems')
          : problems.byCode.map(({ code, resource, count }) => `${resource}: ${code} × ${count}`).join(' · ')}
      </Metric>
      {problems.connections.map(({ id, name, state, reason }) => (
        <Alert key={id} color="orange" variant="outline" title={t('overview.connection', { name, state })}>
          {reason}
        </Alert>
      ))}
    </SimpleGrid>
  );
}

function Metric({
  label,
  value,
  warn = false,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly warn?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Card withBorder padding="sm" component="section" aria-label={label}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={24} fw={600}>
        {warn && <span aria-hidden="true">⚠ </span>}
        {value}
      </Text>
      <Text size="xs">{children}</Text>
    </Card>
  );
}

function RecentChanges({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  if (answer.recentChanges.length === 0) return null;
  return (
    <section aria-label={t('overview.recentChanges')}>
      <Title order={2} mb="xs">
        {t('overview.recentChanges')}
      </Title>
      <Stack gap={4}>
        {answer.recentChanges.map((change) => (
          <Group key={`${change.posAccountId}/${change.saleId}/${change.version}`} gap="xs">
            <ReceiptLink {...change} />
            <Text size="sm">
              {t('overview.change', {
                shop: change.shopName,
                day: formatDay(change.businessDay),
                state: t(`receipt.states.${change.state}`),
                version: change.version,
                at: formatInstant(change.seenAt),
              })}
            </Text>
          </Group>
        ))}
      </Stack>
    </section>
  );
}

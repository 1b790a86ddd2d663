import { Alert, Anchor, Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type OverviewAnswer, useOverview } from '../../api/overview.ts';
import { CoverageLegend } from '../../shared/coverage.tsx';
import { formatDay } from '../../shared/days.ts';
import { formatMoney, formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { en } from '../../text/en.ts';
import { changeOf } from '../turnover/change.ts';
import { Corrections } from './corrections.tsx';
import { Strip } from './strip.tsx';
import { TodayByStore } from './today-by-store.tsx';

/** The morning page: how fresh the figures are, how today goes, what needs a hand. */
export function Overview() {
  const { t } = useTranslation();
  const overview = useOverview();
  return (
    <Stack gap="md">
      <ScreenTitle>{t('overview.title')}</ScreenTitle>
      <StatePanel query={overview} isEmpty={({ accounts }) => accounts.length === 0} empty={<NothingYet />}>
        {(answer) => (
          <>
            <Text size="sm" c="dimmed">
              <Freshness answer={answer} />
              {answer.otherCurrencies.length > 0 &&
                ` · ${t('turnover.otherCurrencies', { currency: answer.currency, others: answer.otherCurrencies.join(', ') })}`}
            </Text>
            <Cards answer={answer} />
            <Connections answer={answer} />
            <TodayByStore answer={answer} />
            <Strip answer={answer} />
            <CoverageLegend />
            <Corrections corrections={answer.corrections} />
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

/** How new the figures are: of all accounts together, and of each where they differ. */
function Freshness({ answer: { freshAsOf, accounts } }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  if (accounts.length === 1 || accounts.every((account) => account.freshAsOf === freshAsOf))
    return freshAsOf === null ? (
      t('overview.notYetRead')
    ) : (
      <>
        {t('overview.freshAsOf')} <Moment iso={freshAsOf} />
      </>
    );
  return (
    <>
      {t('overview.freshAsOf')}:{' '}
      {accounts.map((account, index) => (
        <span key={account.posAccountId}>
          {index > 0 && ' · '}
          {account.name} {account.freshAsOf === null ? t('overview.accountNotRead') : <Moment iso={account.freshAsOf} />}
        </span>
      ))}
    </>
  );
}

/** Before the first connection: what to do, for those who can. */
function NothingYet() {
  const { t } = useTranslation();
  const mayConnect = useMay('connections:write');
  return (
    <Stack align="center" gap="sm">
      <Text>{t(mayConnect ? 'overview.empty' : 'overview.emptyAsk')}</Text>
      {mayConnect && (
        <Button component={Link} to="/integrations">
          {t('overview.connect')}
        </Button>
      )}
    </Stack>
  );
}

function Cards({ answer }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  const { today, unmapped, problems } = answer;
  const mayReadRuns = useMay('runs:read');
  const mayMap = useMay('stores:read');
  const change = today.netSales === null ? null : changeOf(today.netSales, today.lastWeekByNow.netSales);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
      <Metric
        label={t('overview.netSalesToday')}
        value={today.netSales === null ? '–' : formatMoney(today.netSales, answer, true)}
      >
        {change === null
          ? t('overview.noComparison')
          : t('overview.againstLastWeek', { change: change > 0 ? `▲ ${change}` : change < 0 ? `▼ ${-change}` : '= 0' })}
      </Metric>
      <Metric
        label={t('overview.transactionsToday')}
        value={today.transactions === null ? '–' : formatQuantity(today.transactions)}
      >
        {t('overview.lastWeekWas', { transactions: formatQuantity(today.lastWeekByNow.transactions) })}
      </Metric>
      <Metric label={t('overview.unmapped')} value={formatMoney(unmapped.netSales, answer, true)} warn={unmapped.netSales !== 0}>
        {unmapped.netSales === 0
          ? t('overview.allMapped')
          : t('overview.unmappedSince', { count: unmapped.shops.length, since: formatDay(unmapped.since) })}{' '}
        {unmapped.netSales !== 0 && mayMap && (
          <Anchor component={Link} to="/stores" size="xs" className="tw-link">
            {t('overview.mapThem')}
          </Anchor>
        )}
      </Metric>
      <Metric label={t('overview.problems')} value={formatQuantity(problems.open)} warn={problems.open > 0}>
        {problems.open === 0
          ? t('overview.noProblems')
          : problems.byCode
              .map(({ code, resource, count }) => `${resource}: ${code.replaceAll('_', ' ')} × ${count}`)
              .join(' · ')}{' '}
        {problems.open > 0 && mayReadRuns && (
          <Anchor component={Link} to="/activity" size="xs" className="tw-link">
            {t('overview.showProblems')}
          </Anchor>
        )}
      </Metric>
    </SimpleGrid>
  );
}

/** Connections that need a hand, each with the way to it. */
function Connections({ answer: { problems } }: { readonly answer: OverviewAnswer }) {
  const { t } = useTranslation();
  const mayOpen = useMay('connections:read');
  return problems.connections.map(({ id, name, state, reason }) => (
    <Alert
      key={id}
      color="orange.9"
      variant="outline"
      p="xs"
      title={`⚠ ${t('overview.connection', { name, state: isState(state) ? t(`integrations.states.${state}`) : state })}`}
    >
      <Group gap="xs">
        <Text size="sm">{isState(state) ? t(`integrations.meanings.${state}`) : reason}</Text>
        {mayOpen && (
          <Link to="/integrations/$connectionId" params={{ connectionId: id }} className="tw-link">
            {t('overview.openConnection', { name })}
          </Link>
        )}
      </Group>
    </Alert>
  ));
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

const { states } = en.integrations;

function isState(state: string): state is keyof typeof states {
  return Object.hasOwn(states, state);
}

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTurnover } from '../../api/turnover.ts';
import { CoverageLegend } from '../../shared/coverage.tsx';
import { formatPeriod } from '../../shared/days.ts';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { CellReceipts } from './cell-receipts.tsx';
import { TurnoverFilters, ViewChoice } from './filters.tsx';
import { TurnoverGrid } from './grid.tsx';
import { HeatMapView } from './heat-map.tsx';

// Charts are heavy and come only when somebody looks at one.
const TurnoverChart = lazy(() => import('./chart.tsx'));
const route = getRouteApi('/shell/turnover');

/** Turnover per department and hour, day, week or month: as a grid or a chart, down to the receipts behind each figure. */
export function Turnover() {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Group align="baseline" gap="sm">
          <ScreenTitle>{t('turnover.title')}</ScreenTitle>
          <Text size="sm" c="dimmed">
            {formatPeriod(search.from, search.to)}
            {search.compare !== 'none' &&
              search.view !== 'heatmap' &&
              ` · ${t('turnover.comparedWith', { what: t(`turnover.comparisons.${search.compare}`) })}`}
          </Text>
        </Group>
        <Group gap="xs" className="tw-screen-only">
          <ViewChoice />
          <Button size="compact-sm" variant="default" onClick={() => window.print()}>
            {t('day.print')}
          </Button>
        </Group>
      </Group>
      <TurnoverFilters />
      {search.view === 'heatmap' ? <HeatMapView /> : <Figures />}
    </Stack>
  );
}

/** The grid, or its chart. */
function Figures() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const turnover = useTurnover(search);
  return (
    <StatePanel
      query={turnover}
      isEmpty={({ rows, unmapped }) => rows.length === 0 && unmapped === null}
      empty={<NoDepartments />}
    >
      {(answer) => (
        <>
          {answer.otherCurrencies.length > 0 && (
            <Text size="sm">
              {t('turnover.otherCurrencies', { currency: answer.currency, others: answer.otherCurrencies.join(', ') })}
            </Text>
          )}
          {search.view === 'grid' ? (
            <TurnoverGrid answer={answer} />
          ) : (
            <Suspense fallback={<Text>{t('state.loading')}</Text>}>
              <TurnoverChart answer={answer} />
            </Suspense>
          )}
          <CoverageLegend />
          <CellReceipts answer={answer} />
        </>
      )}
    </StatePanel>
  );
}

function NoDepartments() {
  const { t } = useTranslation();
  const mayConnect = useMay('connections:write');
  return (
    <Stack align="center" gap="sm">
      <Text>{t('turnover.empty')}</Text>
      {mayConnect && (
        <Anchor component={Link} to="/integrations">
          {t('overview.connect')}
        </Anchor>
      )}
    </Stack>
  );
}

import { Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTurnover } from '../../api/turnover.ts';
import { CoverageLegend } from '../../shared/coverage.tsx';
import { formatDay } from '../../shared/days.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { CellReceipts } from './cell-receipts.tsx';
import { TurnoverFilters } from './filters.tsx';
import { TurnoverGrid } from './grid.tsx';

// Charts are heavy and come only when somebody looks at one.
const TurnoverChart = lazy(() => import('./chart.tsx'));
const route = getRouteApi('/shell/turnover');

/** Turnover per department and hour, day, week or month: as a grid or a chart, down to the receipts behind each figure. */
export function Turnover() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const turnover = useTurnover(search);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <Title order={1}>{t('turnover.title')}</Title>
        <Text size="sm" c="dimmed">
          {formatDay(search.from)} – {formatDay(search.to)}
        </Text>
      </Group>
      <TurnoverFilters />
      <StatePanel
        query={turnover}
        isEmpty={({ rows, unmapped }) => rows.length === 0 && unmapped === null}
        empty={<Text>{t('turnover.empty')}</Text>}
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
    </Stack>
  );
}

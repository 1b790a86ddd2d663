import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Run, useRuns } from '../../api/activity.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { Pages } from '../../shared/pages.tsx';
import { useMay } from '../../shared/permission.ts';
import { RunProgress } from './run-progress.tsx';

const signs: Record<Run['state'], string> = { running: '◔', throttled: '…', complete: '✓', partial: '◐', failed: '⚠' };

/** Runs, newest first, those under way with their progress; of every connection, or of one. */
export function RunTable({ connectionId }: { readonly connectionId?: string }) {
  const { t } = useTranslation();
  const runs = useRuns(connectionId);
  const columns: Column<Run>[] = [
    {
      id: 'started',
      header: t('activity.started'),
      value: ({ startedAt }) => startedAt,
      cell: ({ startedAt }) => <Moment iso={startedAt} />,
    },
    { id: 'state', header: t('activity.state'), value: ({ state }) => state, cell: (run) => <State run={run} /> },
    {
      id: 'duration',
      header: t('activity.duration'),
      align: 'right',
      value: seconds,
      cell: (run) => `${formatQuantity(seconds(run))} s`,
    },
    ...(['requests', 'documents', 'changed', 'setAside', 'throttled'] as const).map((id): Column<Run> => ({
      id,
      header: t(`activity.${id}`),
      align: 'right',
      value: (run) => run[id],
      cell: (run) => formatQuantity(run[id]),
    })),
  ];
  return (
    <Pages query={runs} empty={<NoRuns />}>
      {(items) => <DataTable caption={t('activity.runs')} columns={columns} rows={items} rowKey={({ id }) => id} />}
    </Pages>
  );
}

function NoRuns() {
  const { t } = useTranslation();
  return useMay('connections:write') ? (
    <Link to="/integrations" className="tw-link">
      {t('activity.noRunsConnect')}
    </Link>
  ) : (
    <Text>{t('activity.noRuns')}</Text>
  );
}

/** Icon and word, with how far it is or why it failed. */
function State({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">{signs[run.state]}</span> {t(`activity.runStates.${run.state}`)}
      {run.error !== null && `: ${run.error.message}`}
      {run.finishedAt === null && <RunProgress runId={run.id} />}
    </>
  );
}

/** How long it took, or has taken so far, with one place. */
function seconds({ startedAt, finishedAt }: Run): number {
  const end = finishedAt === null ? Date.now() : Date.parse(finishedAt);
  return Math.round(Math.max(0, end - Date.parse(startedAt)) / 100) / 10;
}

import { Anchor, Badge, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Problems, type Run, useProblems, useRuns } from '../../api/activity.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDay } from '../../shared/days.ts';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

const signs: Record<Run['state'], string> = { running: '◔', throttled: '⧗', complete: '✓', partial: '◐', failed: '⚠' };

/** What was read and when, and what is wrong with it, by cause. */
export function Activity() {
  const { t } = useTranslation();
  const problems = useProblems();
  return (
    <Stack gap="md">
      <ScreenTitle>{t('activity.title')}</ScreenTitle>
      <Stack gap="xs" component="section" aria-label={t('activity.problems')}>
        <Title order={2}>{t('activity.problems')}</Title>
        <StatePanel
          query={problems}
          isEmpty={({ groups }) => groups.length === 0}
          empty={<Text>{t('activity.noProblems')}</Text>}
        >
          {({ groups }) => groups.map((group) => <Cause key={`${group.kind}/${group.code}/${group.resource}`} group={group} />)}
        </StatePanel>
      </Stack>
      <Runs />
    </Stack>
  );
}

type Group = Problems['groups'][number];

function Cause({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const { kind, code, resource, count, problems } = group;
  const title = t('activity.cause', { resource, code: code.replaceAll('_', ' ') });
  type Problem = Group['problems'][number];
  const columns: Column<Problem>[] = [
    {
      id: 'record',
      header: t('activity.record'),
      value: ({ resourceId }) => resourceId ?? '',
      cell: ({ resourceId, posAccountId }) =>
        kind === 'sale' && resourceId !== null ? (
          <Link to="/receipts/$posAccountId/$saleId" params={{ posAccountId, saleId: resourceId }} className="tw-link">
            {resourceId}
          </Link>
        ) : (
          (resourceId ?? '–')
        ),
    },
    { id: 'shop', header: t('activity.shop'), value: ({ shopId }) => shopId ?? '', cell: ({ shopId }) => shopId ?? '–' },
    {
      id: 'day',
      header: t('activity.day'),
      value: ({ day }) => day ?? '',
      cell: ({ day }) => (day === null ? t('activity.unknownDay') : formatDay(day)),
    },
    { id: 'where', header: t('activity.where'), cell: ({ path }) => (path === '' ? '–' : <code>{path}</code>) },
    { id: 'message', header: t('activity.message'), cell: ({ message }) => message },
  ];
  return (
    <details>
      <summary>
        {title} <Badge variant="default">{t('activity.times', { count })}</Badge>{' '}
        <Text size="sm" component="span" c="dimmed">
          {t(`activity.kinds.${kind}`)}
        </Text>
      </summary>
      {problems.length < count && <Text size="xs">{t('activity.newest', { shown: problems.length, count })}</Text>}
      <DataTable
        caption={title}
        columns={columns}
        rows={problems}
        rowKey={({ posAccountId, resourceId, path, message }) => `${posAccountId}/${resourceId ?? ''}/${path}/${message}`}
      />
    </details>
  );
}

function Runs() {
  const { t } = useTranslation();
  const runs = useRuns();
  const mayConnect = useMay('connections:write');
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
    <Stack gap="xs" component="section" aria-label={t('activity.runs')}>
      <Title order={2}>{t('activity.runs')}</Title>
      <StatePanel
        query={runs}
        isEmpty={({ pages }) => (pages[0]?.items.length ?? 0) === 0}
        empty={
          mayConnect ? (
            <Anchor component={Link} to="/integrations">
              {t('activity.noRunsConnect')}
            </Anchor>
          ) : (
            <Text>{t('activity.noRuns')}</Text>
          )
        }
      >
        {({ pages }) => (
          <>
            <DataTable
              caption={t('activity.runs')}
              columns={columns}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => id}
            />
            {runs.hasNextPage && (
              <Button variant="default" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
                {t('activity.more')}
              </Button>
            )}
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

/** Icon and word, with the reason of a failure. */
function State({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">{signs[run.state]}</span> {t(`activity.runStates.${run.state}`)}
      {run.error !== null && `: ${run.error.message}`}
    </>
  );
}

/** How long it took, or has taken so far, with one place. */
function seconds({ startedAt, finishedAt }: Run): number {
  const end = finishedAt === null ? Date.now() : Date.parse(finishedAt);
  return Math.round(Math.max(0, end - Date.parse(startedAt)) / 100) / 10;
}

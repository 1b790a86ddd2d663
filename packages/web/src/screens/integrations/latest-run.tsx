import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { useLatestRun } from '../../api/connections.ts';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';

type Run = NonNullable<ReturnType<typeof useLatestRun>['data']>;
const SECONDS = 60;
const percent = new Intl.NumberFormat(undefined, { style: 'percent' });

/** What the newest run did, or how far the one under way has come. */
export function LatestRun({ run }: { readonly run: Run | null }) {
  const { t } = useTranslation();
  if (run === null) return <Text size="sm">{t('integrations.noRun')}</Text>;
  if (run.finishedAt === null) return <RunningProgress run={run} />;
  return (
    <Text size="sm">
      {t('integrations.ranFor', {
        state: t(`activity.runStates.${run.state}`),
        documents: formatQuantity(run.documents),
        changed: formatQuantity(run.changed),
      })}{' '}
      (<Moment iso={run.finishedAt} />)
      {run.error !== null && (
        <Text size="sm" component="span" className="tw-warning">
          {' '}
          {run.error.message}
        </Text>
      )}
    </Text>
  );
}

/** The bar, the count and the time left of a run under way. */
export function RunningProgress({ run }: { readonly run: Run }) {
  const { t } = useTranslation();
  const { historyShare, secondsLeft } = run.progress;
  const share = historyShare ?? 0;
  return (
    <div>
      {historyShare !== null && (
        <Progress value={share * 100} mb={4} aria-label={t('integrations.progress')} className="tw-progress" />
      )}
      <Group gap="sm">
        {historyShare !== null && <Text size="sm">{t('integrations.progressOf', { percent: percent.format(share) })}</Text>}
        <Text size="sm">{t('integrations.documentsSoFar', { documents: formatQuantity(run.documents) })}</Text>
        {secondsLeft !== null && (
          <Text size="sm">
            {t('integrations.secondsLeft', {
              duration:
                secondsLeft < SECONDS
                  ? t('integrations.seconds', { count: secondsLeft })
                  : t('integrations.minutes', { count: Math.ceil(secondsLeft / SECONDS) }),
            })}
          </Text>
        )}
      </Group>
    </div>
  );
}

import { Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { test, useConnection } from '../../api/connections.ts';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Fact } from './fact.tsx';
import { stepName } from './connection-state.tsx';

/** What the new connection showed when it was tried, and what is left to do: the end of the wizard. */
export function ConnectedPanel({ connectionId }: { readonly connectionId: string }) {
  const { t } = useTranslation();
  const connection = useConnection(connectionId);
  const trial = useQuery({
    queryKey: ['trial', connectionId],
    queryFn: () => test(connectionId),
    staleTime: Infinity,
    enabled: useMay('connections:write'),
  });
  const open = connection.data?.setUp.steps.filter(({ done }) => !done) ?? [];
  return (
    <Stack gap="xs" mt="xs">
      {trial.isLoading && <Skeleton height={40} aria-label={t('connected.testing')} />}
      {trial.data !== undefined && (
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="xs" verticalSpacing={4}>
          <Fact label={t('connected.account')}>{trial.data.name}</Fact>
          <Fact label={t('connected.currency')}>{trial.data.currency ?? '–'}</Fact>
          <Fact label={t('connected.shops')}>{trial.data.shops}</Fact>
          <Fact label={t('connected.registers')}>{trial.data.registers}</Fact>
          <Fact label={t('connected.zone')}>{trial.data.timeZones.join(', ') || '–'}</Fact>
          <Fact label={t('connected.tax')}>
            {trial.data.taxMode === null ? '–' : t(`connected.taxModes.${trial.data.taxMode}`)}
          </Fact>
          {trial.data.rateBudget !== null && (
            <Fact label={t('connected.budget')}>
              {t('connected.budgetLeft', {
                left: formatQuantity(trial.data.rateBudget.size - trial.data.rateBudget.level),
                size: formatQuantity(trial.data.rateBudget.size),
              })}
            </Fact>
          )}
          {trial.data.firstReceipt !== null && (
            <Fact label={t('connected.firstReceipt')}>
              {trial.data.firstReceipt.number} (<Moment iso={trial.data.firstReceipt.at} />)
            </Fact>
          )}
        </SimpleGrid>
      )}
      <ProblemAlert error={trial.error} />
      {open.length > 0 && (
        <Text size="sm" className="tw-warning">
          ⚠ {t('connected.notComplete', { steps: open.map(({ step }) => stepName(step)).join(', ') })}
        </Text>
      )}
      <Group gap="md">
        {open.length > 0 && (
          <Link to="/integrations/$connectionId" params={{ connectionId }} className="tw-link">
            {t('connected.complete')}
          </Link>
        )}
        <Link to="/stores" className="tw-link">
          {t('connected.mapStores')}
        </Link>
      </Group>
    </Stack>
  );
}

import { Alert, Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';

interface StatePanelProps<T> {
  readonly query: UseQueryResult<T>;
  /** Whether an answer holds nothing to show. */
  readonly isEmpty?: (data: T) => boolean;
  /** Says what an empty screen means and names the next action. */
  readonly empty?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** Settles loading, empty and error for every screen: content shows only when there is some; an error says what to do and can be retried. */
export function StatePanel<T>({ query, isEmpty, empty, children }: StatePanelProps<T>) {
  const { t } = useTranslation();
  if (query.isPending) {
    return (
      <Stack gap="xs" aria-busy="true" aria-label={t('state.loading')} role="status">
        <Skeleton height={18} width="40%" />
        <Skeleton height={120} />
      </Stack>
    );
  }
  if (query.isError) {
    const problem = query.error instanceof ApiProblem ? query.error : null;
    return (
      <Alert color="red" title={t('state.failed')} role="alert" variant="outline">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{problem?.message ?? t('state.unreachable')}</Text>
          {problem !== null && (
            <Text size="xs" c="dimmed">
              {t('state.code', { code: problem.code, requestId: problem.requestId })}
            </Text>
          )}
          <Button size="xs" variant="default" onClick={() => void query.refetch()}>
            {t('state.retry')}
          </Button>
        </Stack>
      </Alert>
    );
  }
  if (isEmpty?.(query.data) === true) return <Center p="xl">{empty}</Center>;
  return children(query.data);
}

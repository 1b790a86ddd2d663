import { Alert, Anchor, Button, Center, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';
import { meQuery } from '../api/me.ts';

interface StatePanelProps<T> {
  readonly query: UseQueryResult<T>;
  /** Whether an answer holds nothing to show. */
  readonly isEmpty?: (data: T) => boolean;
  /** Says what an empty screen means and names the next action. */
  readonly empty?: ReactNode;
  /** What to say of something that is not there (any more): trying again would not bring it. */
  readonly gone?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

const UNAUTHENTICATED = 401;
const FORBIDDEN = 403;
const INVALID = 400;
const NOT_FOUND = 404;
const GONE = 410;

/** Settles loading, empty and error for every screen: content shows when there is some, older content, marked, while a newer answer fails; an error says what to do and can be retried. */
export function StatePanel<T>({ query, isEmpty, empty, gone, children }: StatePanelProps<T>) {
  const { t } = useTranslation();
  useSessionEnd(query.error);
  const { data } = query;
  if (query.isPending) {
    return (
      <Stack gap="xs" aria-busy="true" aria-label={t('state.loading')} role="status">
        <Skeleton height={18} width="40%" />
        <Skeleton height={120} />
      </Stack>
    );
  }
  if (data === undefined) {
    const problem = query.error instanceof ApiProblem ? query.error : null;
    if (problem?.status === FORBIDDEN) return <Forbidden />;
    if (problem?.status === NOT_FOUND || problem?.status === GONE) return gone ?? <Gone text={problem.message} />;
    if (problem?.status === INVALID && gone !== undefined) return gone;
    return (
      <Alert color="red.8" title={t('state.failed')} role="alert" variant="outline">
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{problem?.message ?? t('state.unreachable')}</Text>
          {problem !== null && (
            <Text size="xs" c="dimmed">
              {t('state.code', { code: problem.code, requestId: problem.requestId })}
            </Text>
          )}
          {problem?.status !== INVALID && (
            <Button size="xs" variant="default" onClick={() => void query.refetch()}>
              {t('state.retry')}
            </Button>
          )}
        </Stack>
      </Alert>
    );
  }
  if (isEmpty?.(data) === true) return <Center p="xl">{empty}</Center>;
  return (
    <>
      {query.isError && (
        <Alert color="orange.9" role="alert" variant="outline" p="xs">
          <Group gap="sm">
            <Text size="sm">{t('state.stale')}</Text>
            <Button size="compact-xs" variant="default" onClick={() => void query.refetch()}>
              {t('state.retry')}
            </Button>
          </Group>
        </Alert>
      )}
      {children(data)}
    </>
  );
}

/** Whose session has ended is asked who they are again, which leads to the sign-in and back. */
function useSessionEnd(error: Error | null): void {
  const queryClient = useQueryClient();
  const ended = error instanceof ApiProblem && error.status === UNAUTHENTICATED;
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [ended, queryClient]);
}

/** A screen that somebody's role does not open: no way around it, but a way back. */
function Forbidden() {
  const { t } = useTranslation();
  return (
    <Alert color="gray" title={t('state.forbidden')} role="alert" variant="outline">
      <Anchor component={Link} to="/" size="sm">
        {t('state.home')}
      </Anchor>
    </Alert>
  );
}

/** What the address names is not there: said as it is, with a way back. */
function Gone({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <Alert color="gray" title={t('state.gone')} role="alert" variant="outline">
      <Text size="sm">{text}</Text>
      <Anchor component={Link} to="/" size="sm">
        {t('state.home')}
      </Anchor>
    </Alert>
  );
}

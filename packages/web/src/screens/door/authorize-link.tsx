import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../api/client.ts';
import { beginByLink, type PublicAuthorization } from '../../api/door.ts';
import { formatInstant } from '../../shared/days.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { failureText } from '../integrations/failure-text.ts';
import { Entrance } from './entrance.tsx';

const route = getRouteApi('/authorize/$token');
const doneRoute = getRouteApi('/authorize/done');

/** The page behind a sent link: what is asked, by whom, and the way to the POS; nobody is signed in here (W5). */
export function AuthorizeLink() {
  const { t } = useTranslation();
  const { token } = route.useParams();
  const link = useQuery({
    queryKey: ['authorization-link', token],
    queryFn: ({ signal }) => get<PublicAuthorization>(`/authorizations/${encodeURIComponent(token)}`, {}, signal),
    retry: false,
  });
  return (
    <Entrance title={t('link.title')}>
      <StatePanel
        query={link}
        gone={
          <Text size="sm" role="alert">
            {t('link.unknown')}
          </Text>
        }
      >
        {(data) => <Ask token={token} link={data} />}
      </StatePanel>
    </Entrance>
  );
}

function Ask({ token, link }: { readonly token: string; readonly link: PublicAuthorization }) {
  const { t } = useTranslation();
  const beginning = useMutation({
    mutationFn: () => beginByLink(token),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const { organization, connection, requestedBy: who, scopes, expiresAt, state } = link;
  if (state !== 'open') return <Text size="sm">{t(state === 'used' ? 'link.used' : 'link.expired', { who })}</Text>;
  return (
    <Stack>
      <Text size="sm">{t('link.asks', { who, organization, connection })}</Text>
      {scopes.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {t('link.scopes')}
          </Text>
          <List size="sm">
            {scopes.map(({ scope, reason }) => (
              <List.Item key={scope}>{reason}</List.Item>
            ))}
          </List>
        </div>
      )}
      <Text size="xs" c="dimmed">
        {t('link.ends', { at: formatInstant(expiresAt) })}
      </Text>
      <ProblemAlert error={beginning.error} />
      <Button loading={beginning.isPending} onClick={() => beginning.mutate()}>
        {t('link.begin')}
      </Button>
    </Stack>
  );
}

/** Where the POS sends somebody with a link back to. */
export function AuthorizeDone() {
  const { t } = useTranslation();
  const { outcome, code } = doneRoute.useSearch();
  return (
    <Entrance title={t('link.title')}>
      {outcome === 'connected' ? (
        <Text size="sm" role="status">
          {t('link.done')}
        </Text>
      ) : (
        <Alert color="red.8" variant="outline" role="alert" title={t('link.failed')}>
          <Text size="sm">{failureText(code, t)}</Text>
          <Text size="sm">{t('link.again')}</Text>
        </Alert>
      )}
    </Entrance>
  );
}

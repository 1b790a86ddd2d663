import { Alert } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConnectedPanel } from './connected-panel.tsx';
import { failureText } from './failure-text.ts';

const route = getRouteApi('/shell/integrations');

/** What came of the sign-in at the POS, in words, until it is dismissed. */
export function Outcome() {
  const { t } = useTranslation();
  const { outcome, code, connection } = route.useSearch();
  const navigate = route.useNavigate();
  if (outcome === undefined) return null;
  const dismiss = {
    withCloseButton: true,
    closeButtonLabel: t('integrations.dismiss'),
    onClose: () => void navigate({ search: {}, replace: true }),
  };
  if (outcome === 'connected')
    return (
      <Alert color="weave.8" variant="outline" title={t('integrations.outcome.connected')} {...dismiss}>
        <div role="status">{t('integrations.outcome.connectedText')}</div>
        {connection !== undefined && <ConnectedPanel connectionId={connection} />}
      </Alert>
    );
  return (
    <Alert color="red.8" variant="outline" title={t('integrations.outcome.failed')} role="alert" {...dismiss}>
      {failureText(code, t)}
    </Alert>
  );
}

import { Alert } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { en } from '../../text/en.ts';

const route = getRouteApi('/shell/integrations');
const { failures } = en.integrations.outcome;

/** What came of the sign-in at the POS, in words, until it is dismissed. */
export function Outcome() {
  const { t } = useTranslation();
  const { outcome, code } = route.useSearch();
  const navigate = route.useNavigate();
  if (outcome === undefined) return null;
  const dismiss = {
    withCloseButton: true,
    closeButtonLabel: t('integrations.dismiss'),
    onClose: () => void navigate({ search: {}, replace: true }),
  };
  if (outcome === 'connected')
    return (
      <Alert color="weave.8" variant="outline" title={t('integrations.outcome.connected')} role="status" {...dismiss}>
        {t('integrations.outcome.connectedText')}
      </Alert>
    );
  return (
    <Alert color="red.8" variant="outline" title={t('integrations.outcome.failed')} role="alert" {...dismiss}>
      {isFailure(code) ? t(`integrations.outcome.failures.${code}`) : t('integrations.outcome.unknown', { code: code ?? '?' })}
    </Alert>
  );
}

function isFailure(code: string | undefined): code is keyof typeof failures {
  return code !== undefined && Object.hasOwn(failures, code);
}

import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/client.ts';

/** Why an action did not work, said where it was asked for; nothing without an error. */
export function ProblemAlert({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <Alert color="red.8" variant="outline" role="alert" p="xs">
      {error instanceof ApiProblem ? error.message : t('state.unreachable')}
    </Alert>
  );
}

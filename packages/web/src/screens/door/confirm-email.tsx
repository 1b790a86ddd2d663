import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { confirmEmail } from '../../api/door.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Entrance } from './entrance.tsx';
import { ToSignIn } from './invitation.tsx';
import { useLinkToken } from './link-token.ts';

/** Where the mail to a new address leads; a press of a button, so that no mail scanner confirms it. */
export function ConfirmEmail() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const confirming = useMutation({ mutationFn: () => confirmEmail(token) });
  return (
    <Entrance title={t('door.emailTitle')}>
      {confirming.isSuccess ? (
        <ToSignIn text={t('door.emailConfirmed')} />
      ) : (
        <Stack>
          <ProblemAlert error={confirming.error} />
          <Button loading={confirming.isPending} onClick={() => confirming.mutate()}>
            {t('door.confirmEmail')}
          </Button>
        </Stack>
      )}
    </Entrance>
  );
}

import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { verifyBackupCode, verifyTotp } from '../../api/people.ts';
import { formText } from '../../shared/form.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

/** The second step of a sign-in: a code of the authenticator, or one of the backup codes. */
export function SecondStep({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [backup, setBackup] = useState(false);
  const verifying = useMutation({
    mutationFn: (code: string) => (backup ? verifyBackupCode(code) : verifyTotp(code)),
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        verifying.mutate(formText(event.currentTarget)('code').trim());
      }}
    >
      <Stack>
        <Text size="sm">{t('door.codeText')}</Text>
        <ProblemAlert error={verifying.error} />
        <TextInput
          name="code"
          label={t(backup ? 'door.backupCode' : 'door.code')}
          required
          autoFocus
          autoComplete="one-time-code"
          maxLength={40}
          {...(backup ? {} : { inputMode: 'numeric' as const })}
        />
        <Button type="submit" loading={verifying.isPending}>
          {t('door.continue')}
        </Button>
        <Button variant="subtle" size="xs" onClick={() => setBackup(!backup)}>
          {t(backup ? 'door.useTotp' : 'door.useBackup')}
        </Button>
      </Stack>
    </form>
  );
}

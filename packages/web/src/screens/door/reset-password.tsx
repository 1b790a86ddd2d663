import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { askPasswordReset, setPassword } from '../../api/door.ts';
import { formText } from '../../shared/form.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Entrance } from './entrance.tsx';
import { ToSignIn } from './invitation.tsx';
import { useLinkToken } from './link-token.ts';

const PASSWORD_MIN = 10;

/** Without a token: asks for the mail. With one, from the mail's link: sets the new password. */
export function ResetPassword() {
  const { t } = useTranslation();
  const token = useLinkToken();
  return <Entrance title={t('door.forgotTitle')}>{token === '' ? <Ask /> : <Set token={token} />}</Entrance>;
}

function Ask() {
  const { t } = useTranslation();
  const asking = useMutation({ mutationFn: askPasswordReset });
  if (asking.isSuccess) return <ToSignIn text={t('door.sent')} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        asking.mutate(formText(event.currentTarget)('email').trim());
      }}
    >
      <Stack>
        <Text size="sm">{t('door.forgotText')}</Text>
        <TextInput name="email" type="email" label={t('signIn.email')} required autoFocus autoComplete="username" />
        <ProblemAlert error={asking.error} />
        <Button type="submit" loading={asking.isPending}>
          {t('door.sendLink')}
        </Button>
      </Stack>
    </form>
  );
}

function Set({ token }: { readonly token: string }) {
  const { t } = useTranslation();
  const setting = useMutation({ mutationFn: (password: string) => setPassword({ token, password }) });
  if (setting.isSuccess) return <ToSignIn text={t('door.passwordSet')} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setting.mutate(formText(event.currentTarget)('password'));
      }}
    >
      <Stack>
        <PasswordInput
          name="password"
          label={t('door.newPassword')}
          required
          autoFocus
          minLength={PASSWORD_MIN}
          autoComplete="new-password"
        />
        <ProblemAlert error={setting.error} />
        <Button type="submit" loading={setting.isPending}>
          {t('door.setPassword')}
        </Button>
      </Stack>
    </form>
  );
}

import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { acceptInvitation, lookUpInvitation, type OpenInvitation } from '../../api/door.ts';
import { formText } from '../../shared/form.ts';
import { roleName } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { Entrance } from './entrance.tsx';
import { useLinkToken } from './link-token.ts';

const PASSWORD_MIN = 10;

/** Where an invitation's link leads: to an account, or into one more organization. */
export function Invitation() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => lookUpInvitation(token), retry: false });
  return (
    <Entrance title={t('door.invitationTitle', { organization: invitation.data?.organization ?? t('product') })}>
      <StatePanel query={invitation} gone={<ToSignIn text={t('door.badLink')} isRefused />}>
        {(data) => <Join token={token} invitation={data} />}
      </StatePanel>
    </Entrance>
  );
}

function Join({ token, invitation }: { readonly token: string; readonly invitation: OpenInvitation }) {
  const { t } = useTranslation();
  const { email, role, known } = invitation;
  const joining = useMutation({ mutationFn: acceptInvitation });
  if (joining.isSuccess) return <ToSignIn text={t('door.joined')} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = formText(event.currentTarget);
        joining.mutate({ token, ...(known ? {} : { name: text('name').trim(), password: text('password') }) });
      }}
    >
      <Stack>
        <Text size="sm">{t('door.invitationText', { email, role: roleName(role) })}</Text>
        {known ? (
          <Text size="sm">{t('door.known')}</Text>
        ) : (
          <>
            <TextInput name="name" label={t('door.yourName')} required maxLength={100} autoComplete="name" />
            <PasswordInput
              name="password"
              label={t('door.password')}
              required
              minLength={PASSWORD_MIN}
              autoComplete="new-password"
            />
          </>
        )}
        <ProblemAlert error={joining.error} />
        <Button type="submit" loading={joining.isPending}>
          {t('door.join')}
        </Button>
      </Stack>
    </form>
  );
}

/** It is done, or it leads nowhere any more: whoever has an account goes on to the sign-in. */
export function ToSignIn({ text, isRefused = false }: { readonly text: string; readonly isRefused?: boolean }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text size="sm" role={isRefused ? 'alert' : 'status'}>
        {text}
      </Text>
      <Link to="/sign-in" search={{ next: '/' }} className="tw-link">
        {t('door.toSignIn')}
      </Link>
    </Stack>
  );
}

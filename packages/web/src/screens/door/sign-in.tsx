import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, get, send } from '../../api/client.ts';
import { formText } from '../../shared/form.ts';
import { Entrance } from './entrance.tsx';
import { SecondStep } from './second-step.tsx';

const route = getRouteApi('/sign-in');
const TOO_MANY = 429;

export function SignIn() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [second, setSecond] = useState(false);
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', {}, signal) });
  const enter = async () => {
    await queryClient.resetQueries();
    router.history.push(next);
  };
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      send<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', body),
    onSuccess: ({ twoFactorRedirect }) => (twoFactorRedirect === true ? setSecond(true) : enter()),
  });
  if (setup.data?.needed === true) return <Navigate to="/setup" search={{ token: '' }} />;
  if (second)
    return (
      <Entrance title={t('door.codeTitle')}>
        <SecondStep onDone={() => void enter()} />
      </Entrance>
    );

  return (
    <Entrance title={t('signIn.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = formText(event.currentTarget);
          signIn.mutate({ email: text('email'), password: text('password') });
        }}
      >
        <Stack>
          {signIn.isError && (
            <Alert color="red.8" variant="outline" role="alert">
              {errorText(signIn.error)}
            </Alert>
          )}
          <TextInput name="email" type="email" label={t('signIn.email')} autoComplete="username" required autoFocus />
          <PasswordInput name="password" label={t('signIn.password')} autoComplete="current-password" required />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          <Link to="/reset-password" className="tw-link">
            {t('door.forgot')}
          </Link>
        </Stack>
      </form>
    </Entrance>
  );

  function errorText(error: Error): string {
    if (!(error instanceof ApiProblem)) return t('state.unreachable');
    return error.status === TOO_MANY ? t('signIn.tooMany') : t('signIn.wrong');
  }
}

import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem, get, send } from '../api/client.ts';
import { formText } from '../shared/form.ts';
import { Entrance } from './entrance.tsx';

const route = getRouteApi('/sign-in');
const TOO_MANY = 429;

export function SignIn() {
  const { t } = useTranslation();
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const setup = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => get<{ needed: boolean }>('/setup', {}, signal) });
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => send('POST', '/api/auth/sign-in/email', body),
    onSuccess: async () => {
      await queryClient.resetQueries();
      router.history.push(next);
    },
  });
  if (setup.data?.needed === true) return <Navigate to="/setup" search={{ token: '' }} />;

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
        </Stack>
      </form>
    </Entrance>
  );

  function errorText(error: Error): string {
    if (!(error instanceof ApiProblem)) return t('state.unreachable');
    return error.status === TOO_MANY ? t('signIn.tooMany') : t('signIn.wrong');
  }
}

import { Alert, Autocomplete, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem, send } from '../../api/client.ts';
import type { components } from '../../api/schema.ts';
import { formText } from '../../shared/form.ts';
import { Entrance } from './entrance.tsx';

const route = getRouteApi('/setup');
const PASSWORD_MIN = 10;

export function Setup() {
  const { t } = useTranslation();
  const { token } = route.useSearch();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const setup = useMutation({
    mutationFn: async (body: components['schemas']['Setup']) => {
      await send('POST', '/setup', body);
      await send('POST', '/api/auth/sign-in/email', { email: body.email, password: body.password });
    },
    onSuccess: async () => {
      await queryClient.resetQueries();
      await navigate({ to: '/overview' });
    },
  });
  return (
    <Entrance title={t('setup.title')}>
      <Text size="sm">{t('setup.intro')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const text = formText(event.currentTarget);
          setup.mutate({
            token: text('token').trim(),
            name: text('name').trim(),
            email: text('email').trim(),
            password: text('password'),
            organizationName: text('organization').trim(),
            currency: text('currency').trim().toUpperCase(),
            timeZone: text('timeZone').trim(),
          });
        }}
      >
        <Stack>
          {setup.isError && (
            <Alert color="red.8" variant="outline" role="alert">
              {setup.error instanceof ApiProblem ? setup.error.message : t('state.unreachable')}
            </Alert>
          )}
          <TextInput name="token" label={t('setup.token')} defaultValue={token} required autoComplete="one-time-code" />
          <TextInput name="name" label={t('setup.name')} required autoComplete="name" />
          <TextInput name="email" type="email" label={t('signIn.email')} required autoComplete="username" />
          <PasswordInput
            name="password"
            label={t('signIn.password')}
            required
            minLength={PASSWORD_MIN}
            autoComplete="new-password"
          />
          <TextInput name="organization" label={t('setup.organization')} required autoComplete="organization" />
          <TextInput name="currency" label={t('setup.currency')} required minLength={3} maxLength={3} defaultValue="EUR" />
          <Autocomplete
            name="timeZone"
            label={t('setup.timeZone')}
            required
            data={Intl.supportedValuesOf('timeZone')}
            limit={20}
            defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
          />
          <Button type="submit" loading={setup.isPending}>
            {t('setup.submit')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}

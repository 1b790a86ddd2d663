import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { createWithToken, useConnectionAction } from '../../api/connections.ts';
import { formText } from '../../shared/form.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

/** What signing in with a personal token needs; done when the POS has taken it. */
export function PersonalTokenForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const create = useConnectionAction(createWithToken);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = formText(event.currentTarget);
        const ends = text('tokenExpiresAt');
        create.mutate(
          {
            provider: 'lightspeed-x',
            apiType: 'personal_token',
            name: text('name').trim(),
            domainPrefix: text('domainPrefix').trim(),
            token: text('token').trim(),
            tokenExpiresAt: ends === '' ? null : `${ends}T00:00:00Z`,
          },
          { onSuccess: onClose },
        );
      }}
    >
      <Stack gap="sm">
        <TextInput
          name="name"
          label={t('integrations.name')}
          description={t('integrations.nameHint')}
          required
          maxLength={80}
          autoComplete="off"
          data-autofocus
        />
        <TextInput
          name="domainPrefix"
          label={t('integrations.prefix')}
          description={t('integrations.prefixHint')}
          required
          maxLength={500}
          autoComplete="off"
        />
        <PasswordInput
          name="token"
          label={t('integrations.token')}
          description={t('integrations.tokenHint')}
          required
          maxLength={10_000}
          autoComplete="off"
        />
        <TextInput name="tokenExpiresAt" type="date" label={t('integrations.tokenEnds')} />
        <ProblemAlert error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('integrations.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('integrations.connect')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

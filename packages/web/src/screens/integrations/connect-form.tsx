import { Button, CopyButton, Group, List, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { createAndAuthorize, type Provider, useConnectionAction } from '../../api/connections.ts';
import { formText } from '../../shared/form.ts';
import { PersonalTokenForm } from './personal-token-form.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

interface ConnectFormProps {
  /** What to connect; null keeps the form closed. */
  readonly provider: Provider | null;
  readonly onClose: () => void;
}

/** Everything the POS's sign-in needs; ends by going there, or at once where a token suffices. */
export function ConnectForm({ provider, onClose }: ConnectFormProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={provider !== null}
      onClose={onClose}
      title={provider === null ? '' : t('integrations.connectTo', { name: provider.name })}
      closeButtonProps={{ 'aria-label': t('integrations.close') }}
      size="lg"
    >
      {provider !== null &&
        (provider.apiTypes[0]?.signIn === 'personal_token' ? (
          <PersonalTokenForm onClose={onClose} />
        ) : (
          <Form provider={provider} onClose={onClose} />
        ))}
    </Modal>
  );
}

function Form({ provider, onClose }: { readonly provider: Provider; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const create = useConnectionAction(createAndAuthorize);
  const redirects = redirectUris(provider);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const text = formText(event.currentTarget);
        const [clientId, clientSecret] = [text('clientId').trim(), text('clientSecret').trim()];
        create.mutate({
          provider: 'lightspeed-r',
          apiType: 'v3',
          name: text('name').trim(),
          oauthClient: clientId === '' ? null : { clientId, clientSecret: clientSecret === '' ? null : clientSecret },
        });
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
        {provider.apiTypes.length > 1 && (
          <Select
            label={t('integrations.apiType')}
            data={provider.apiTypes.map(({ id, name }) => ({ value: id, label: name }))}
            defaultValue={provider.apiTypes[0]?.id ?? null}
            allowDeselect={false}
          />
        )}
        {redirects.map((url) => (
          <Group key={url} align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              label={t('integrations.redirectUri')}
              description={t('integrations.redirectHint')}
              value={url}
              readOnly
              flex={1}
              onFocus={(event) => event.currentTarget.select()}
            />
            <CopyButton value={url}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy} aria-label={copied ? t('integrations.copied') : t('integrations.copy')}>
                  {copied ? '✓' : '⧉'}
                </Button>
              )}
            </CopyButton>
          </Group>
        ))}
        <Group grow align="flex-start">
          <TextInput name="clientId" label={t('integrations.clientId')} maxLength={500} autoComplete="off" />
          <PasswordInput name="clientSecret" label={t('integrations.clientSecret')} maxLength={2000} autoComplete="off" />
        </Group>
        <Text size="xs" c="dimmed">
          {t('integrations.clientHint')} {t('integrations.clientOptional')}
        </Text>
        <section aria-label={t('integrations.scopes')}>
          <Text size="sm" fw={500}>
            {t('integrations.scopes')}
          </Text>
          <Text size="xs" c="dimmed" mb={4}>
            {t('integrations.scopesHint')}
          </Text>
          <List size="xs" spacing={2}>
            {provider.scopes.map(({ scope, reason }) => (
              <List.Item key={scope}>
                <code>{scope}</code>: {reason}
              </List.Item>
            ))}
          </List>
        </section>
        <ProblemAlert error={create.error} />
        <Text size="xs">{t('integrations.leaving')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('integrations.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('integrations.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The addresses to register: the one for the host this page was opened at, if it is among the public ones, else all. */
function redirectUris({ redirectUris: all }: Provider): string[] {
  const own = all.filter(({ url }) => new URL(url).host === window.location.host);
  return (own.length > 0 ? own : all).map(({ url }) => url);
}

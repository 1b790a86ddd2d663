import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authorizeAnew, type Connection, type Provider, replaceCredential, useConnectionAction } from '../../api/connections.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { CredentialFields } from './connect/credential-fields.tsx';
import { credentialBody, emptyDraft } from './connect/draft.ts';
import { redirectHere } from './connect/redirect.ts';

interface ReplaceDialogProps {
  readonly connection: Connection;
  readonly provider: Provider;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A new credential for the same POS account, in place: nothing doubles, cursors stay; allowed while frozen (M6). */
export function ReplaceDialog({ connection, provider, opened, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('connection.replaceTitle', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('integrations.close') }}
      size="xl"
    >
      <Form connection={connection} provider={provider} onClose={onClose} />
    </Modal>
  );
}

function Form({ connection, provider, onClose }: Omit<ReplaceDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => ({
    ...emptyDraft(provider, connection.apiType),
    oauthClientId: connection.oauthClient?.id ?? null,
    domainPrefix: connection.domainPrefix ?? '',
    ...(connection.scopes.length === 0 ? {} : { scopes: connection.scopes }),
  }));
  const type = provider.apiTypes.find(({ id }) => id === draft.apiType) ?? provider.apiTypes[0];
  const replacing = useConnectionAction(async () => {
    if (type === undefined) return;
    const body = credentialBody(draft, type);
    if (type.signIn === 'oauth') {
      await authorizeAnew(connection.id, redirectHere(provider)?.name ?? null, body);
      return;
    }
    await replaceCredential(connection.id, body);
    onClose();
  });
  if (type === undefined) return null;
  return (
    // A form inside the settings' own page: in a portal, but React hands its events on to the form around it.
    <form
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        replacing.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('connection.credentialText')}</Text>
        <CredentialFields
          provider={provider}
          type={type}
          draft={draft}
          http
          onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
        />
        <ProblemAlert error={replacing.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('integrations.cancel')}
          </Button>
          <Button type="submit" loading={replacing.isPending}>
            {t(type.signIn === 'oauth' ? 'connect.submitAuthorize' : 'connection.replaceSubmit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

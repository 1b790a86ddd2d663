import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authorize, type Connection, createConnection, type Provider, useConnectionAction } from '../../../api/connections.ts';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { AuthorizeDialog } from '../authorize-dialog.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { credentialBody, emptyDraft, type FirstSettings } from './draft.ts';
import { Limits } from './limits.tsx';
import { needsPasting, redirectHere } from './redirect.ts';

interface ConnectDialogProps {
  /** What to connect; null keeps the panel closed. */
  readonly provider: Provider | null;
  /** The API type to begin with; its first one when left out. */
  readonly apiType?: string;
  readonly onClose: () => void;
}

/** The panel *Create connection* (C1); ends at the POS's sign-in, or at once where a token or key suffices. */
export function ConnectDialog({ provider, apiType, onClose }: ConnectDialogProps) {
  const { t } = useTranslation();
  const [toAuthorize, setToAuthorize] = useState<Connection | null>(null);
  return (
    <>
      <Modal
        opened={provider !== null}
        onClose={onClose}
        title={provider === null ? '' : t('connect.title', { name: provider.name })}
        closeButtonProps={{ 'aria-label': t('integrations.close') }}
        size="xl"
      >
        {provider !== null && (
          <Form
            provider={provider}
            apiType={apiType ?? provider.apiTypes[0]?.id ?? ''}
            onClose={onClose}
            onAuthorize={(connection) => {
              onClose();
              setToAuthorize(connection);
            }}
          />
        )}
      </Modal>
      <AuthorizeDialog connection={toAuthorize} onClose={() => setToAuthorize(null)} />
    </>
  );
}

interface FormProps {
  readonly provider: Provider;
  readonly apiType: string;
  readonly onClose: () => void;
  readonly onAuthorize: (connection: Connection) => void;
}

function Form({ provider, apiType, onClose, onAuthorize }: FormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [http, setHttp] = useState(false);
  const [draft, setDraft] = useState(() => emptyDraft(provider, apiType));
  const [settings, setSettings] = useState<FirstSettings>({});
  const type = provider.apiTypes.find(({ id }) => id === draft.apiType) ?? provider.apiTypes[0];
  const create = useConnectionAction(async (then: 'authorize' | 'paste') => {
    if (type === undefined) return;
    const body = {
      provider: provider.id,
      name: name.trim(),
      ...credentialBody(draft, type),
      ...(Object.keys(settings).length > 0 ? { settings } : {}),
    };
    const connection = await createConnection(body);
    if (type.signIn !== 'oauth') {
      onClose();
      await navigate({ to: '/integrations', search: { outcome: 'connected', connection: connection.id } });
    } else if (then === 'authorize') await authorize(connection.id, redirectHere(provider)?.name ?? null);
    else onAuthorize(connection);
  });
  if (type === undefined) return null;
  const isOAuth = type.signIn === 'oauth';
  const submit = isOAuth ? 'submitAuthorize' : type.signIn === 'api_key' ? 'submitKey' : 'addCredential';
  const pasting = isOAuth && needsPasting(provider);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { submitter } = event.nativeEvent;
        create.mutate(submitter?.getAttribute('value') === 'paste' ? 'paste' : 'authorize');
      }}
    >
      <Stack gap="sm">
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {t('connect.required')}
          </Text>
          <SegmentedControl
            size="xs"
            aria-label={t('connect.view')}
            value={http ? 'http' : 'simple'}
            onChange={(value) => setHttp(value === 'http')}
            data={[
              { value: 'simple', label: t('connect.simple') },
              { value: 'http', label: t('connect.http') },
            ]}
          />
        </Group>
        {http && (
          <Text size="xs" c="dimmed">
            {t('connect.viewHint')}
          </Text>
        )}
        <TextInput
          label={t('connect.name')}
          description={t('connect.nameHint')}
          required
          maxLength={80}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <CredentialFields
          provider={provider}
          type={type}
          draft={draft}
          http={http}
          onChange={(next) => setDraft((before) => ({ ...before, ...next }))}
        />
        {http && <Limits value={settings} onChange={(next) => setSettings((before) => ({ ...before, ...next }))} />}
        <ProblemAlert error={create.error} />
        {pasting && (
          <Alert color="gray" variant="outline" p="xs">
            {t('connect.httpOnly')}
          </Alert>
        )}
        {isOAuth && <Text size="xs">{t('connect.leaving')}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('integrations.cancel')}
          </Button>
          {pasting && (
            <Button type="submit" value="paste" variant="default" loading={create.isPending}>
              {t('connect.submitPaste')}
            </Button>
          )}
          <Button type="submit" value="authorize" color="leaf.9" loading={create.isPending}>
            {t(`connect.${submit}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  changeConnectionSettings,
  type Connection,
  type ConnectionSettings as Settings,
  type Provider,
  updateConnection,
  useConnectionAction,
  useConnectionSettings,
  useProviders,
} from '../../api/connections.ts';
import { formatInstant } from '../../shared/days.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { ProviderHelp } from './connect/credential-fields.tsx';
import { MoreSettings } from './more-settings.tsx';
import { RemoveDialog, RetireDialog } from './leave.tsx';
import { ReplaceDialog } from './replace-dialog.tsx';

/** The settings behind *Edit*: name, Loyalty, credential, additional settings, and the ways out. */
export function ConnectionSettings({ connection }: { readonly connection: Connection }) {
  const providers = useProviders();
  return (
    <StatePanel query={providers}>
      {({ items }) => {
        const provider = items.find(({ id }) => id === connection.provider);
        return provider === undefined ? null : <Form connection={connection} provider={provider} />;
      }}
    </StatePanel>
  );
}

interface FormProps {
  readonly connection: Connection;
  readonly provider: Provider;
}

function Form({ connection, provider }: FormProps) {
  const { t } = useTranslation();
  const disabled = !useMay('connections:write');
  const [name, setName] = useState(connection.name);
  const [attested, setAttested] = useState(connection.attestation !== null);
  const stored = useConnectionSettings(connection.id);
  const [edited, setEdited] = useState<Partial<Settings>>({});
  const update = useConnectionAction(async () => {
    await updateConnection(connection.id, {
      name: name.trim(),
      ...(attested === (connection.attestation !== null) ? {} : { attested }),
    });
    if (Object.keys(edited).length > 0) await changeConnectionSettings(connection.id, edited);
    setEdited({});
  });
  const dirty =
    name.trim() !== connection.name || attested !== (connection.attestation !== null) || Object.keys(edited).length > 0;
  const undo = () => {
    setName(connection.name);
    setAttested(connection.attestation !== null);
    setEdited({});
    update.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate();
      }}
    >
      <Stack gap="lg" maw={720}>
        <RefusalNote permission="connections:write" />
        <TextInput
          label={t('connect.name')}
          description={t('connect.nameHint')}
          required
          maxLength={80}
          disabled={disabled}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Section title={t('connection.loyalty')} text={t('connection.loyaltyText')}>
          <Checkbox
            label={
              <>
                {provider.attestation}{' '}
                <Text component="span" c="var(--mantine-color-error)" aria-hidden="true">
                  *
                </Text>
              </>
            }
            checked={attested}
            disabled={disabled}
            onChange={(event) => setAttested(event.currentTarget.checked)}
          />
          {connection.attestation !== null && (
            <Text size="xs" c="dimmed">
              {t('connection.attested', {
                by: connection.attestation.by ?? t('connection.system'),
                at: formatInstant(connection.attestation.at),
              })}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {t('connection.sources', { connector: provider.connector })}
          </Text>
        </Section>
        <Credential connection={connection} provider={provider} />
        <StatePanel query={stored}>
          {(data) => (
            <MoreSettings
              connection={connection}
              value={{ ...data, ...edited }}
              disabled={disabled}
              onChange={(next) => setEdited({ ...edited, ...next })}
            />
          )}
        </StatePanel>
        <ProblemAlert error={update.error} />
        <Group gap="sm">
          <GuardedButton type="submit" color="leaf.9" permission="connections:write" loading={update.isPending}>
            {t('connection.update')}
          </GuardedButton>
          {dirty && !disabled && (
            <Button variant="default" onClick={undo} disabled={update.isPending}>
              {t('connection.undo')}
            </Button>
          )}
          <Text size="sm" role="status">
            {dirty ? t('connection.unsaved') : update.isSuccess && t('connection.updated')}
          </Text>
        </Group>
        <Leaving connection={connection} />
      </Stack>
    </form>
  );
}

function Credential({ connection, provider }: FormProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const type = provider.apiTypes.find(({ id }) => id === connection.apiType);
  return (
    <Section title={t('connection.credential')} text={t('connection.credentialText')}>
      <Text size="sm">
        {type?.name ?? connection.apiType}
        {connection.oauthClient !== null && ` · ${connection.oauthClient.name ?? connection.oauthClient.clientId}`}
      </Text>
      <Group>
        <GuardedButton variant="default" permission="connections:write" onClick={open}>
          {t('connection.replace')}
        </GuardedButton>
      </Group>
      <ProviderHelp provider={provider} id="confirm" />
      <ReplaceDialog connection={connection} provider={provider} opened={opened} onClose={close} />
    </Section>
  );
}

function Leaving({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const [retiring, retireDialog] = useDisclosure(false);
  const [removing, removeDialog] = useDisclosure(false);
  const mayWrite = useMay('connections:write');
  return (
    <Section title={t('connection.leave')}>
      <Group gap="xs">
        {connection.state !== 'retired' && (
          <Button variant="default" disabled={!mayWrite} onClick={retireDialog.open}>
            {t('card.retire')}
          </Button>
        )}
        <Button variant="default" disabled={!mayWrite} onClick={removeDialog.open}>
          {t('integrations.remove')}
        </Button>
      </Group>
      <RetireDialog connection={connection} opened={retiring} onClose={retireDialog.close} />
      <RemoveDialog connection={connection} opened={removing} onClose={removeDialog.close} />
    </Section>
  );
}

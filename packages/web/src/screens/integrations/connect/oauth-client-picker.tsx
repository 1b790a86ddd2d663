import { ActionIcon, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OAuthClient, type Provider, useOAuthClients } from '../../../api/connections.ts';
import { HelpNote } from '../../../shared/help-note.tsx';
import { PencilIcon, PlusIcon } from '../../../shared/icons.tsx';
import { OAuthClientDialog } from './oauth-client-dialog.tsx';

interface OAuthClientPickerProps {
  readonly provider: Provider;
  readonly required: boolean;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

/** Chooses an OAuth client by name, makes one with +, edits it with ✎ (C4). */
export function OAuthClientPicker({ provider, required, value, onChange }: OAuthClientPickerProps) {
  const { t } = useTranslation();
  const clients = useOAuthClients();
  const [editing, setEditing] = useState<{ readonly client: OAuthClient | null } | null>(null);
  const own = (clients.data?.items ?? []).filter((client) => client.provider === provider.id);
  const chosen = own.find(({ id }) => id === value) ?? null;
  const how = provider.help.find(({ id }) => id === 'oauth_client');
  return (
    <Stack gap={4}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <NativeSelect
          label={t('oauthClient.label')}
          value={value ?? ''}
          required={required || !provider.instanceClient}
          onChange={(event) => onChange(event.currentTarget.value || null)}
          data={[
            provider.instanceClient && !required
              ? { value: '', label: t('oauthClient.instance') }
              : { value: '', label: t('oauthClient.choose') },
            ...own.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          flex={1}
        />
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={t('oauthClient.create')}
          title={t('oauthClient.create')}
          onClick={() => setEditing({ client: null })}
        >
          <PlusIcon />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={t('oauthClient.editChosen')}
          title={t('oauthClient.editChosen')}
          disabled={chosen === null}
          onClick={() => setEditing({ client: chosen })}
        >
          <PencilIcon />
        </ActionIcon>
      </Group>
      {how !== undefined && <HelpNote title={how.title} steps={how.steps} />}
      <OAuthClientDialog
        editing={editing}
        provider={provider.id}
        onClose={() => setEditing(null)}
        onSaved={({ id }) => onChange(id)}
      />
    </Stack>
  );
}

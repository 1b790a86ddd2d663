import { PasswordInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type OAuthClient, saveOAuthClient, useConnectionAction } from '../../../api/connections.ts';
import { Confirm } from '../../../shared/confirm.tsx';
import { formText } from '../../../shared/form.ts';

interface OAuthClientDialogProps {
  /** What is edited; a null client is a new one, null closes. */
  readonly editing: { readonly client: OAuthClient | null } | null;
  readonly provider: OAuthClient['provider'];
  readonly onClose: () => void;
  readonly onSaved?: (client: OAuthClient) => void;
}

/** Makes or changes an OAuth client; its secret goes in and never comes back (C4). */
export function OAuthClientDialog({ editing, provider, onClose, onSaved }: OAuthClientDialogProps) {
  const { t } = useTranslation();
  const client = editing?.client ?? null;
  const saving = useConnectionAction((form: HTMLFormElement) => {
    const text = formText(form);
    const clientSecret = text('clientSecret').trim();
    return saveOAuthClient(client?.id ?? null, {
      name: text('clientName').trim(),
      provider: client?.provider ?? provider,
      clientId: text('clientId').trim(),
      ...(clientSecret === '' ? {} : { clientSecret }),
    });
  });
  return (
    <Confirm
      opened={editing !== null}
      title={client === null ? t('oauthClient.create') : t('oauthClient.edit', { name: client.name })}
      text=""
      submit={t('oauthClient.save')}
      pending={saving.isPending}
      error={saving.error}
      onClose={onClose}
      onConfirm={(form) =>
        saving.mutate(form, {
          onSuccess: (saved) => {
            onSaved?.(saved);
            onClose();
          },
        })
      }
    >
      <TextInput
        name="clientName"
        label={t('oauthClient.name')}
        description={t('oauthClient.nameHint')}
        defaultValue={client?.name ?? ''}
        required
        maxLength={80}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        name="clientId"
        label={t('oauthClient.clientId')}
        defaultValue={client?.clientId ?? ''}
        required
        maxLength={500}
        autoComplete="off"
      />
      <PasswordInput
        name="clientSecret"
        label={t('oauthClient.clientSecret')}
        description={`${t('oauthClient.secretHint')} ${client?.hasSecret === true ? t('oauthClient.secretKept') : ''}`}
        maxLength={2000}
        autoComplete="off"
      />
    </Confirm>
  );
}

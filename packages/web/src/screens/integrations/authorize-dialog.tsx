import { Anchor, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  beginAuthorization,
  type Connection,
  inviteAuthorization,
  pasteAuthorization,
  useConnectionAction,
} from '../../api/connections.ts';
import { CopyField } from '../../shared/copy-field.tsx';
import { formatInstant } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

interface AuthorizeDialogProps {
  readonly connection: Connection | null;
  readonly onClose: () => void;
}

/** The ways to authorize without being sent there and back: a plain link and the pasted address (C5), or somebody else by a link (W5). */
export function AuthorizeDialog({ connection, onClose }: AuthorizeDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={connection !== null}
      onClose={onClose}
      title={connection === null ? '' : t('authorize.title', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('integrations.close') }}
      size="lg"
    >
      {connection !== null && (
        <Stack gap="lg">
          <Pasting connection={connection} onClose={onClose} />
          <SomeoneElse connection={connection} />
        </Stack>
      )}
    </Modal>
  );
}

function Pasting({ connection, onClose }: { readonly connection: Connection; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // A sign-in is begun once a dialog: asking again would end the one that is open at the POS.
  const begun = useQuery({
    queryKey: ['authorization', connection.id],
    queryFn: () => beginAuthorization(connection.id, null),
    staleTime: Infinity,
    gcTime: 0,
  });
  const finish = useConnectionAction((form: HTMLFormElement) => pasteAuthorization(connection.id, formText(form)('url').trim()));
  return (
    <Stack gap="sm">
      <StatePanel query={begun}>
        {({ url }) => (
          <div>
            <Anchor href={url} target="_blank" rel="noopener">
              {t('authorize.open')}
            </Anchor>
            <Text size="xs" c="dimmed">
              {t('authorize.openText')}
            </Text>
          </div>
        )}
      </StatePanel>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          finish.mutate(event.currentTarget, {
            onSuccess: ({ outcome, code }) => {
              onClose();
              void navigate({
                to: '/integrations',
                search: { outcome, connection: connection.id, ...(code === null ? {} : { code }) },
              });
            },
          });
        }}
      >
        <Stack gap="xs">
          <TextInput
            name="url"
            label={t('authorize.paste')}
            description={t('authorize.pasteHint')}
            required
            maxLength={8000}
            autoComplete="off"
          />
          <ProblemAlert error={finish.error} />
          <Group justify="flex-end">
            <Button type="submit" loading={finish.isPending}>
              {t('authorize.pasteSubmit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function SomeoneElse({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const invite = useConnectionAction((email: string) => inviteAuthorization(connection.id, email));
  const { pendingAuthorization: pending } = connection;
  return (
    <Stack gap="xs" component="section" aria-label={t('authorize.someoneElse')}>
      <Title order={3}>{t('authorize.someoneElse')}</Title>
      <Text size="sm">{t('authorize.someoneElseText')}</Text>
      {pending !== null && invite.data === undefined && (
        <Text size="sm">{t('authorize.pending', { email: pending.email, at: formatInstant(pending.expiresAt) })}</Text>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate(formText(event.currentTarget)('email').trim());
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput name="email" type="email" label={t('authorize.email')} required maxLength={254} flex={1} />
          <Button type="submit" variant="default" loading={invite.isPending}>
            {t('authorize.send')}
          </Button>
        </Group>
      </form>
      <ProblemAlert error={invite.error} />
      {invite.data !== undefined && (
        <Stack gap={4} role="status">
          <Text size="sm">
            {invite.data.mailed ? t('authorize.mailed', { email: invite.variables ?? '' }) : t('authorize.notMailed')}
          </Text>
          <CopyField
            label={t('authorize.link')}
            description={t('authorize.ends', { at: formatInstant(invite.data.expiresAt) })}
            value={invite.data.link}
          />
        </Stack>
      )}
    </Stack>
  );
}

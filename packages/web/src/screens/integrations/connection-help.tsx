import { Modal, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Connection, useConnectionHelp } from '../../api/connections.ts';
import { StatePanel } from '../../shared/state-panel.tsx';

/** The questions people ask about a connection, answered with its live state (M15). */
export function ConnectionHelp({ connection }: { readonly connection: Connection }) {
  const help = useConnectionHelp(connection.id);
  return (
    <StatePanel query={help}>
      {({ items }) => (
        <Stack gap="sm">
          {items.map(({ id, question, answer }) => (
            <div key={id}>
              <Title order={3}>{question}</Title>
              <Text size="sm">{answer}</Text>
            </div>
          ))}
        </Stack>
      )}
    </StatePanel>
  );
}

interface ConnectionHelpDialogProps {
  readonly connection: Connection;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ConnectionHelpDialog({ connection, opened, onClose }: ConnectionHelpDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('card.helpNamed', { name: connection.name })}
      closeButtonProps={{ 'aria-label': t('integrations.close') }}
      size="lg"
    >
      <ConnectionHelp connection={connection} />
    </Modal>
  );
}

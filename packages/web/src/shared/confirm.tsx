import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen; may be empty where the fields say it. */
  readonly text: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onConfirm: (form: HTMLFormElement) => void;
  /** Fields to fill in first. */
  readonly children?: ReactNode;
}

/** Asks before something that others notice: says what will happen, and can be left by Escape. */
export function Confirm({
  opened,
  title,
  text,
  submit,
  danger = false,
  pending,
  error,
  onClose,
  onConfirm,
  children,
}: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('integrations.close') }} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A dialog opened from within a form: React hands its events on to that form.
          event.stopPropagation();
          onConfirm(event.currentTarget);
        }}
      >
        <Stack gap="sm">
          {text !== '' && <Text size="sm">{text}</Text>}
          {children}
          <ProblemAlert error={error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('integrations.cancel')}
            </Button>
            <Button type="submit" color={danger ? 'red.9' : 'weave.8'} loading={pending}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

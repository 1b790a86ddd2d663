import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

interface SubmitRowProps {
  readonly action: { readonly isPending: boolean; readonly isSuccess: boolean; readonly error: Error | null };
  readonly label: string;
  /** What is said when it is done; *Saved* when left out. */
  readonly done?: string;
}

/** A form's end: why it failed, the button, and that it was done. */
export function SubmitRow({ action, label, done }: SubmitRowProps) {
  const { t } = useTranslation();
  return (
    <>
      <ProblemAlert error={action.error} />
      <Group gap="sm">
        <Button type="submit" variant="default" loading={action.isPending}>
          {label}
        </Button>
        {action.isSuccess && (
          <Text size="sm" role="status">
            {done ?? t('settings.saved')}
          </Text>
        )}
      </Group>
    </>
  );
}

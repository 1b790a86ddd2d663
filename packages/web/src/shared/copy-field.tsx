import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface CopyFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
}

/** A text to take elsewhere: selected on focus, copied by its button. */
export function CopyField({ label, description, value }: CopyFieldProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label={label}
        {...(description === undefined ? {} : { description })}
        value={value}
        readOnly
        flex={1}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            aria-label={copied ? t('connect.copied') : t('connect.copyNamed', { what: label })}
          >
            {copied ? '✓' : '⧉'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A screen that could not be drawn or loaded, as when the server is gone or was updated: loading it anew is the way out. */
export function Broken() {
  const { t } = useTranslation();
  return (
    <Alert color="red.8" title={t('state.failed')} role="alert" variant="outline" m="md">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('state.broken')}</Text>
        <Button size="xs" variant="default" onClick={() => window.location.reload()}>
          {t('state.retry')}
        </Button>
      </Stack>
    </Alert>
  );
}

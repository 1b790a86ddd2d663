import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../../shared/screen-title.tsx';

/** What can be set: for oneself, and for the organization by those who may. */
export function Settings() {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <ScreenTitle>{t('nav.settings')}</ScreenTitle>
    </Stack>
  );
}

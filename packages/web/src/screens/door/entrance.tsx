import { Center, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { Mark } from '../../shell/mark.tsx';

/** The frame of the screens in front of the door: sign-in and first set-up. */
export function Entrance({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w={400} maw="100%">
        <Stack gap="md">
          <Stack gap={2} align="center">
            <Mark />
            <ScreenTitle>{title}</ScreenTitle>
            <Text size="sm" c="dimmed">
              {t('claim')}
            </Text>
          </Stack>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}

import { ActionIcon, Affix, Drawer, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { SupportPanel } from './support-panel.tsx';
import { HelpIcon } from '../shared/icons.tsx';

const questions = [
  ['help.whenData', 'help.whenDataAnswer'],
  ['help.isActive', 'help.isActiveAnswer'],
  ['help.unmapped', 'help.unmappedAnswer'],
] as const;

/** The bubble bottom right that opens *Help & Support* (W9). */
export function HelpBubble() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Affix position={{ bottom: 16, right: 16 }} className="tw-screen-only">
        <ActionIcon size={44} radius="xl" aria-label={t('help.open')} title={t('help.open')} onClick={open}>
          <HelpIcon />
        </ActionIcon>
      </Affix>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        title={t('help.title')}
        closeButtonProps={{ 'aria-label': t('turnover.close') }}
      >
        <Stack gap="md">
          <Stack gap="xs" component="section" aria-label={t('help.questions')}>
            <Title order={2}>{t('help.questions')}</Title>
            {questions.map(([question, answer]) => (
              <details key={question}>
                <summary>{t(question)}</summary>
                <Text size="sm">{t(answer)}</Text>
              </details>
            ))}
          </Stack>
          <SupportPanel />
          <a className="tw-link" href="/api/docs">
            {t('help.docs')}
          </a>
        </Stack>
      </Drawer>
    </>
  );
}

import { ActionIcon, Button, Group, Indicator, Popover, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/action.ts';
import { markRead, type Notification, useNotifications } from '../api/notifications.ts';
import { BellIcon } from '../shared/icons.tsx';
import { Moment } from '../shared/moment.tsx';
import { StatePanel } from '../shared/state-panel.tsx';

/** The bell: what needs somebody's eye, newest first, each with the way to put it right (M9). */
export function Bell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const notifications = useNotifications();
  const reading = useAction(markRead, ['notifications']);
  const unread = notifications.data?.unread ?? 0;
  return (
    <Popover opened={opened} onChange={close} width={360} position="bottom-end" withinPortal trapFocus returnFocus>
      <Indicator label={unread} size={16} disabled={unread === 0} color="red.9">
        <Popover.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('bell.label', { count: unread })} onClick={toggle}>
            <BellIcon />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p="sm" mah="70vh" className="tw-scroll" role="dialog" aria-label={t('bell.title')}>
        <Stack gap="sm">
          <Group justify="space-between">
            <Title order={2} size="h3">
              {t('bell.title')}
            </Title>
            <Button
              size="compact-xs"
              variant="default"
              disabled={unread === 0}
              onClick={() => reading.mutate(null)}
              data-autofocus
            >
              {t('bell.markRead')}
            </Button>
          </Group>
          <StatePanel
            query={notifications}
            isEmpty={({ items }) => items.length === 0}
            empty={<Text size="sm">{t('bell.none')}</Text>}
          >
            {({ items }) =>
              items.map((item) => (
                <Item
                  key={item.id}
                  item={item}
                  onOpen={() => {
                    reading.mutate(item.id);
                    close();
                  }}
                />
              ))
            }
          </StatePanel>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const signs = { info: 'ℹ', warning: '⚠', error: '⚠' } as const;

function Item({ item, onOpen }: { readonly item: Notification; readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { severity, title, text, fix, raisedAt, read } = item;
  return (
    <div className={read ? 'tw-notice' : 'tw-notice tw-notice-new'}>
      <Text size="sm" fw={read ? 400 : 600}>
        <span role="img" aria-label={t(`bell.severities.${severity}`)} className={severity === 'info' ? '' : 'tw-warning'}>
          {signs[severity]}
        </span>{' '}
        {title}
      </Text>
      <Text size="xs">{text}</Text>
      <Group gap="xs" justify="space-between" mt={4}>
        <Text size="xs" c="dimmed">
          <Moment iso={raisedAt} />
        </Text>
        {fix !== null && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              onOpen();
              router.history.push(fix.href);
            }}
          >
            {fix.label}
          </Button>
        )}
      </Group>
    </div>
  );
}

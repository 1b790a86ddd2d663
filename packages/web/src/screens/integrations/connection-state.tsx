import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { CheckIcon, SnowflakeIcon, StopIcon, SyncIcon, WaitIcon, WarningIcon } from '../../shared/icons.tsx';

type Shown = Connection['state'] | 'syncing';

const icons: Record<Shown, () => ReactNode> = {
  set_up_incomplete: WarningIcon,
  active: CheckIcon,
  syncing: SyncIcon,
  throttled: WaitIcon,
  needs_reauthorisation: WarningIcon,
  frozen: SnowflakeIcon,
  retired: StopIcon,
  removed: StopIcon,
};

/** A connection's state as icon and words, with what it means; while a run is under way, an online one says *syncing*. */
export function ConnectionState({ connection, running }: { readonly connection: Connection; readonly running: boolean }) {
  const { t } = useTranslation();
  const shown: Shown = running && connection.state === 'active' ? 'syncing' : connection.state;
  const Icon = icons[shown];
  const tone = shown === 'needs_reauthorisation' || shown === 'set_up_incomplete' ? 'tw-warning' : 'tw-well';
  return (
    <div>
      <Group gap={6} className={tone} fw={600} fz="sm" role="status" aria-label={t('integrations.state')}>
        <Icon />
        {t(`integrations.states.${shown}`)}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`integrations.meanings.${shown}`)}
        {connection.state === 'frozen' && connection.stateReason !== null && (
          <> {t('integrations.frozenBecause', { reason: connection.stateReason })}</>
        )}
      </Text>
    </div>
  );
}

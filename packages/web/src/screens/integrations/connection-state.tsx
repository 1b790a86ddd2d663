import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { en } from '../../text/en.ts';
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

const steps = en.card.steps;

/** Why a set-up counts as incomplete (M4); nothing when it is complete. */
export function SetUp({ connection: { setUp } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  if (setUp.complete) return null;
  const open = setUp.steps.filter(({ done }) => !done);
  return (
    <Text size="sm" className="tw-warning">
      ⚠ {t('integrations.states.set_up_incomplete')}.{' '}
      {t('card.incompleteBecause', { steps: open.map(({ step }) => stepName(step)).join(', ') })}
    </Text>
  );
}

/** A step of the set-up in words. */
export function stepName(step: string): string {
  const names: Readonly<Record<string, string>> = steps;
  return names[step] ?? step;
}

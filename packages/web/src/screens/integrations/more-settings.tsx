import { Checkbox, Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection, ConnectionSettings } from '../../api/connections.ts';
import { Section } from '../../shared/section.tsx';
import { WhatCounts } from './what-counts.tsx';

interface MoreSettingsProps {
  readonly connection: Connection;
  readonly value: ConnectionSettings;
  readonly disabled: boolean;
  readonly onChange: (next: Partial<ConnectionSettings>) => void;
}

const PERCENT = 100;
const RESERVE_MAX = 90;
const POLL_MIN = 60;
const POLL_MAX = 86_400;
const NIGHT_DAYS_MAX = 60;

/** Which sales count, since when and how often the account is read, what is left of the budget, and who is told (M14, P4). */
export function MoreSettings({ connection, value, disabled, onChange }: MoreSettingsProps) {
  const { t } = useTranslation();
  return (
    <>
      {connection.posAccount === null ? (
        <Section title={t('counts.title')}>
          <Text size="sm">{t('connection.notYet')}</Text>
        </Section>
      ) : (
        <WhatCounts connectionId={connection.id} value={value} disabled={disabled} onChange={onChange} />
      )}
      <Section title={t('connection.more')}>
        <Checkbox
          label={t('connection.mirrorArchived')}
          description={t('connection.mirrorArchivedHint')}
          checked={value.mirrorArchived}
          disabled={disabled}
          onChange={(event) => onChange({ mirrorArchived: event.currentTarget.checked })}
        />
        <TextInput
          type="date"
          label={t('connection.historyFrom')}
          description={t('connection.historyHint')}
          disabled={disabled}
          value={value.historyFrom ?? ''}
          onChange={(event) => onChange({ historyFrom: event.currentTarget.value || null })}
        />
        <Group grow preventGrowOverflow={false} align="flex-end">
          <TextInput
            type="time"
            label={t('connection.nightlyTime')}
            description={t('connection.nightlyHint')}
            disabled={disabled}
            required
            miw={200}
            value={value.nightlyTime}
            onChange={(event) => onChange({ nightlyTime: event.currentTarget.value })}
          />
          <NumberInput
            label={t('connection.nightlyDays')}
            description={t('connection.nightlyDaysHint')}
            disabled={disabled}
            min={0}
            max={NIGHT_DAYS_MAX}
            allowDecimal={false}
            hideControls
            miw={200}
            value={value.nightlyDays}
            onChange={(next) => onChange({ nightlyDays: Number(next) })}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-end">
          <TextInput
            label={t('connection.nightlyZone')}
            disabled={disabled}
            maxLength={100}
            miw={200}
            value={value.nightlyZone ?? ''}
            onChange={(event) => onChange({ nightlyZone: event.currentTarget.value.trim() || null })}
          />
          <NumberInput
            label={t('connection.pollSeconds')}
            disabled={disabled}
            min={POLL_MIN}
            max={POLL_MAX}
            allowDecimal={false}
            hideControls
            miw={200}
            value={value.pollSeconds}
            onChange={(next) => onChange({ pollSeconds: Number(next) })}
          />
        </Group>
        <NumberInput
          label={t('connection.rateReserve')}
          description={t('connection.reserveHint')}
          disabled={disabled}
          min={0}
          max={RESERVE_MAX}
          allowDecimal={false}
          hideControls
          value={Math.round(value.rateReserve * PERCENT)}
          onChange={(next) => onChange({ rateReserve: Number(next) / PERCENT })}
        />
        <TextInput
          type="email"
          label={t('connection.notificationEmail')}
          description={t('connection.notificationEmailHint')}
          disabled={disabled}
          maxLength={254}
          autoComplete="off"
          value={value.notificationEmail ?? ''}
          onChange={(event) => onChange({ notificationEmail: event.currentTarget.value.trim() || null })}
        />
      </Section>
    </>
  );
}

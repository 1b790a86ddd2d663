import { Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConnectionSettings } from '../../api/connections.ts';
import { Section } from '../../shared/section.tsx';

interface MoreSettingsProps {
  /** Null before the account is known. */
  readonly value: ConnectionSettings | null;
  readonly disabled: boolean;
  readonly onChange: (next: Partial<ConnectionSettings>) => void;
}

const PERCENT = 100;
const RESERVE_MAX = 90;
const POLL_MIN = 60;
const POLL_MAX = 86_400;
const NIGHT_DAYS_MAX = 60;

/** How the account is read: since when, at night, how often, and what is left of the budget (M14, P4). */
export function MoreSettings({ value, disabled, onChange }: MoreSettingsProps) {
  const { t } = useTranslation();
  if (value === null)
    return (
      <Section title={t('connection.more')}>
        <Text size="sm">{t('connection.notYet')}</Text>
      </Section>
    );
  return (
    <Section title={t('connection.more')}>
      <Group grow align="flex-end">
        <TextInput
          type="date"
          label={t('connection.historyFrom')}
          disabled={disabled}
          value={value.historyFrom ?? ''}
          onChange={(event) => onChange({ historyFrom: event.currentTarget.value || null })}
        />
        <NumberInput
          label={t('connection.rateReserve')}
          disabled={disabled}
          min={0}
          max={RESERVE_MAX}
          allowDecimal={false}
          hideControls
          value={Math.round(value.rateReserve * PERCENT)}
          onChange={(next) => onChange({ rateReserve: Number(next) / PERCENT })}
        />
      </Group>
      <Group grow align="flex-end">
        <TextInput
          type="time"
          label={t('connection.nightlyTime')}
          disabled={disabled}
          required
          value={value.nightlyTime}
          onChange={(event) => onChange({ nightlyTime: event.currentTarget.value })}
        />
        <NumberInput
          label={t('connection.nightlyDays')}
          disabled={disabled}
          min={0}
          max={NIGHT_DAYS_MAX}
          allowDecimal={false}
          hideControls
          value={value.nightlyDays}
          onChange={(next) => onChange({ nightlyDays: Number(next) })}
        />
      </Group>
      <Group grow align="flex-end">
        <TextInput
          label={t('connection.nightlyZone')}
          disabled={disabled}
          maxLength={100}
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
          value={value.pollSeconds}
          onChange={(next) => onChange({ pollSeconds: Number(next) })}
        />
      </Group>
    </Section>
  );
}

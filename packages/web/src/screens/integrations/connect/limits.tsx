import { Group, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FirstSettings } from './draft.ts';

interface LimitsProps {
  readonly value: FirstSettings;
  readonly onChange: (next: FirstSettings) => void;
}

const PERCENT = 100;
const RESERVE_MAX = 90;
const POLL_MIN = 60;
const POLL_MAX = 86_400;

/** The HTTP view's limits: what is left of the request budget, how often changes are asked for, and since when (C7). */
export function Limits({ value, onChange }: LimitsProps) {
  const { t } = useTranslation();
  return (
    <div role="group" aria-label={t('connect.limits')}>
      <NumberInput
        label={t('connection.rateReserve')}
        description={t('connection.reserveHint')}
        min={0}
        max={RESERVE_MAX}
        allowDecimal={false}
        hideControls
        mb="sm"
        value={Math.round((value.rateReserve ?? 0) * PERCENT)}
        onChange={(next) => onChange({ rateReserve: Number(next) / PERCENT })}
      />
      <Group grow preventGrowOverflow={false} align="flex-end">
        <NumberInput
          label={t('connection.pollSeconds')}
          min={POLL_MIN}
          max={POLL_MAX}
          allowDecimal={false}
          hideControls
          miw={200}
          placeholder={t('connect.usual')}
          value={value.pollSeconds ?? ''}
          onChange={(next) => {
            if (typeof next === 'number') onChange({ pollSeconds: next });
          }}
        />
        <TextInput
          type="date"
          label={t('connection.historyFrom')}
          miw={200}
          value={value.historyFrom ?? ''}
          onChange={(event) => onChange({ historyFrom: event.currentTarget.value || null })}
        />
      </Group>
    </div>
  );
}

import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Budget } from '../../api/reading.ts';
import { WaitIcon } from '../../shared/icons.tsx';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { Section } from '../../shared/section.tsx';

/** How full the POS's request budget is, where we stop, and what waits for it. */
export function BudgetGauge({ budget }: { readonly budget: Budget | null }) {
  const { t } = useTranslation();
  if (budget === null)
    return (
      <Section title={t('reading.budget')}>
        <Text size="sm">{t('reading.noBudget')}</Text>
      </Section>
    );
  const { level, size, perMinute, reserve, waiting, blockedUntil, at } = budget;
  const limit = size === null ? null : Math.floor(size * (1 - reserve));
  const used = formatQuantity(Math.ceil(level));
  const text =
    size === null
      ? t('reading.budgetOpen', { level: used })
      : t('reading.budgetUsed', { level: used, size: formatQuantity(size) });
  return (
    <Section title={t('reading.budget')}>
      <Stack gap={4} maw={480}>
        {size !== null && (
          <meter
            className="tw-meter"
            min={0}
            max={size}
            value={level}
            {...(limit === null ? {} : { high: limit })}
            aria-label={t('reading.budget')}
          >
            {text}
          </meter>
        )}
        <Group gap="sm">
          <Text size="sm">{text}</Text>
          {perMinute !== null && <Text size="sm">{t('reading.perMinute', { rate: formatQuantity(perMinute) })}</Text>}
          {waiting > 0 && <Text size="sm">{t('reading.waiting', { count: waiting })}</Text>}
          <Text size="xs" c="dimmed">
            {t('reading.budgetAt')} <Moment iso={at} timeOnly />
          </Text>
        </Group>
        {limit !== null && reserve > 0 && (
          <Text size="xs" c="dimmed">
            {t('reading.budgetMarks', { limit: formatQuantity(limit) })}
          </Text>
        )}
        {blockedUntil !== null && (
          <Text size="sm" className="tw-warning" role="status">
            <WaitIcon /> {t('reading.blocked')} <Moment iso={blockedUntil} timeOnly />
          </Text>
        )}
      </Stack>
    </Section>
  );
}

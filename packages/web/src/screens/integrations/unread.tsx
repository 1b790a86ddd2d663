import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Connection, useConnectionAction } from '../../api/connections.ts';
import { catchUp, type Gap, useReading } from '../../api/reading.ts';
import { formatInstant } from '../../shared/days.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

/** After unfreezing "from today": what stays unread, and *Catch up* (M6); nothing when nothing does. */
export function Unread({ connection: { id, posAccount } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const reading = useReading(id, posAccount !== null);
  const catching = useConnectionAction(() => catchUp(id));
  const gaps = (reading.data?.gaps ?? []).filter(({ until }) => until !== null);
  const asked = gaps.some(({ closing }) => closing === 'asked');
  if (gaps.length === 0)
    return catching.isSuccess ? (
      <Text size="sm" role="status">
        {t('unread.none')}
      </Text>
    ) : null;
  return (
    <Alert color="orange.9" variant="outline" title={`⚠ ${t('unread.title')}`} p="sm">
      <Stack gap="xs" align="flex-start">
        {gaps.map((gap) => (
          <Stretch key={`${gap.shopId ?? ''}/${gap.from}`} gap={gap} />
        ))}
        <ProblemAlert error={catching.error} />
        <Group gap="sm">
          {asked && (
            <GuardedButton
              permission="connections:write"
              size="xs"
              loading={catching.isPending}
              onClick={() => catching.mutate()}
            >
              {t('unread.catchUp')}
            </GuardedButton>
          )}
          {catching.isSuccess && (
            <Text size="sm" role="status">
              {catching.data.gaps === 0 ? t('unread.none') : t('unread.asked', { count: catching.data.gaps })}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function Stretch({ gap: { shopName, from, until, closing } }: { readonly gap: Gap }) {
  const { t } = useTranslation();
  const when = { from: formatInstant(from), until: until === null ? '' : formatInstant(until) };
  return (
    <Text size="sm">
      {shopName === null ? t('unread.stretch', when) : t('unread.stretchOf', { ...when, shop: shopName })}{' '}
      {t(closing === 'asked' ? 'unread.days' : 'unread.closing')}
    </Text>
  );
}

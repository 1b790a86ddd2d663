import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { countDays, formatDate, today } from '../../shared/days.ts';
import { Moment } from '../../shared/moment.tsx';
import { Fact } from './fact.tsx';
import { WebhookFact } from './webhook-fact.tsx';

const SOON_DAYS = 14;

/** When data first came, last, and next, when the credential ends, and how to find us in the POS (M5, M12, T4). */
export function ConnectionFacts({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { data, lastSuccessAt, lastCallAt, appName, state } = connection;
  const reads = state === 'active' || state === 'throttled';
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
      <Fact label={t('card.firstData')}>{data.firstAt === null ? t('card.notYet') : <Moment iso={data.firstAt} />}</Fact>
      <Fact label={t('integrations.lastSuccess')}>
        {lastSuccessAt === null ? t('integrations.never') : <Moment iso={lastSuccessAt} />}
      </Fact>
      {reads && (
        <Fact label={t('card.nextRun')}>{data.nextAt === null ? t('card.soon') : <Moment iso={data.nextAt} timeOnly />}</Fact>
      )}
      {lastCallAt !== null && (
        <Fact label={t('card.lastCall')}>
          <Moment iso={lastCallAt} />
        </Fact>
      )}
      {appName !== null && (
        <Fact label={t('card.appName')} hint={t('card.appNameHint')}>
          {appName}
        </Fact>
      )}
      <Expiry connection={connection} />
      {reads && connection.posAccount !== null && <WebhookFact connection={connection} />}
    </SimpleGrid>
  );
}

function Expiry({ connection: { expiry } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { on, never, refused } = expiry;
  if (refused) return <Text className="tw-warning">⚠ {t('card.tokenRefused')}</Text>;
  if (never) return <Fact label={t('connect.expires')}>{t('card.neverExpires')}</Fact>;
  if (on === null) return null;
  const days = countDays(today(), on) - 1;
  const text = days < 0 ? t('card.expired', { day: formatDate(on) }) : t('card.expires', { count: days, day: formatDate(on) });
  return (
    <Fact label={t('connect.expires')}>
      <span className={days <= SOON_DAYS ? 'tw-warning' : ''}>
        {days <= SOON_DAYS && '⚠ '}
        {text}
      </span>
    </Fact>
  );
}

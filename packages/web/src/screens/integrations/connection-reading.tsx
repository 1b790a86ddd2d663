import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { type Stream, useReading } from '../../api/reading.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { BudgetGauge } from './budget-gauge.tsx';

/** How an account is being read: what is left of the budget, and each stream with its cursor and times. */
export function ConnectionReading({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const reading = useReading(connection.id, connection.posAccount !== null);
  if (connection.posAccount === null) return <Text size="sm">{t('connection.notYet')}</Text>;
  return (
    <StatePanel query={reading}>
      {({ budget, streams }) => (
        <Stack gap="lg">
          <BudgetGauge budget={budget} />
          <Section title={t('reading.streams')}>
            {streams.length === 0 ? <Text size="sm">{t('reading.noStreams')}</Text> : <Streams streams={streams} />}
          </Section>
        </Stack>
      )}
    </StatePanel>
  );
}

function Streams({ streams }: { readonly streams: readonly Stream[] }) {
  const { t } = useTranslation();
  const columns: Column<Stream>[] = [
    {
      id: 'stream',
      header: t('reading.stream'),
      value: ({ stream }) => stream,
      cell: ({ stream }) => t(`reading.streamNames.${stream}`),
    },
    { id: 'lane', header: t('reading.lane'), value: ({ lane }) => lane, cell: ({ lane }) => t(`reading.lanes.${lane}`) },
    { id: 'position', header: t('reading.position'), cell: ({ position }) => position },
    {
      id: 'updated',
      header: t('reading.updated'),
      value: ({ updatedAt }) => updatedAt,
      cell: ({ updatedAt }) => <Moment iso={updatedAt} />,
    },
    {
      id: 'caughtUp',
      header: t('reading.caughtUp'),
      value: ({ caughtUpAt }) => caughtUpAt ?? '',
      cell: ({ caughtUpAt }) =>
        caughtUpAt === null ? (
          `◔ ${t('reading.notCaughtUp')}`
        ) : (
          <>
            ✓ <Moment iso={caughtUpAt} />
          </>
        ),
    },
    {
      id: 'waiting',
      header: t('reading.waits'),
      align: 'right',
      value: ({ waiting }) => waiting ?? 0,
      cell: ({ waiting }) => (waiting === null ? '' : formatQuantity(waiting)),
    },
  ];
  return (
    <DataTable
      caption={t('reading.streams')}
      columns={columns}
      rows={streams}
      rowKey={({ stream, lane }) => `${stream}/${lane}`}
    />
  );
}

import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SentRequest, useSentRequests } from '../../api/reading.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatQuantity } from '../../shared/money.ts';
import { Moment } from '../../shared/moment.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

const FAILED = 400;

/** The newest requests to the POS, masked. */
export function ConnectionRequests({ connectionId }: { readonly connectionId: string }) {
  const { t } = useTranslation();
  const requests = useSentRequests(connectionId);
  const columns: Column<SentRequest>[] = [
    { id: 'at', header: t('reading.at'), value: ({ at }) => at, cell: ({ at }) => <Moment iso={at} timeOnly /> },
    {
      id: 'request',
      header: t('reading.request'),
      value: ({ path }) => path,
      cell: ({ method, path }) => (
        <code className="tw-long">
          {method} {readable(path)}
        </code>
      ),
    },
    {
      id: 'answer',
      header: t('reading.answer'),
      align: 'right',
      value: ({ status }) => status ?? 0,
      cell: ({ status }) => (
        <span className={status === null || status >= FAILED ? 'tw-warning' : ''}>
          {status === null ? `⚠ ${t('reading.noAnswer')}` : `${status >= FAILED ? '⚠ ' : ''}${status}`}
        </span>
      ),
    },
    {
      id: 'took',
      header: t('reading.took'),
      align: 'right',
      value: ({ ms }) => ms,
      cell: ({ ms }) => `${formatQuantity(ms)} ms`,
    },
    {
      id: 'level',
      header: t('reading.level'),
      align: 'right',
      cell: ({ level, size }) =>
        level === null ? '' : `${formatQuantity(Math.ceil(level))}${size === null ? '' : ` / ${formatQuantity(size)}`}`,
    },
  ];
  return (
    <StatePanel
      query={requests}
      isEmpty={({ items }) => items.length === 0}
      empty={<Text size="sm">{t('reading.noRequests')}</Text>}
    >
      {({ items }) => (
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t('reading.requestsText')}
          </Text>
          <DataTable
            caption={t('reading.requests')}
            columns={columns}
            rows={items}
            rowKey={({ at, method, path, ms }) => `${at}/${method}/${path}/${ms}`}
          />
        </Stack>
      )}
    </StatePanel>
  );
}

/** Its escapes undone, for the eye only. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

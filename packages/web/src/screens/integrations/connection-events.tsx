import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../api/connections.ts';
import { useCursorList } from '../../api/cursor-list.ts';
import type { components } from '../../api/schema.ts';
import { Actor, AuditTable } from '../../shared/audit-table.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { Moment } from '../../shared/moment.tsx';
import { Pages } from '../../shared/pages.tsx';
import { useMay } from '../../shared/permission.ts';
import { en } from '../../text/en.ts';

type Event = components['schemas']['ConnectionEvent'];

/** What happened to a connection and its shops, and who changed what about it. */
export function ConnectionEvents({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const events = useCursorList<Event>('connections', `/connections/${connection.id}/events`);
  const mayAudit = useMay('audit:read');
  const columns: Column<Event>[] = [
    { id: 'at', header: t('connection.when'), cell: ({ at }) => <Moment iso={at} /> },
    {
      id: 'what',
      header: t('connection.event'),
      cell: ({ shopId, from, to }) =>
        `${shopId === null ? '' : `${shopId}: `}${from === null ? '' : `${stateName(from)} → `}${stateName(to)}`,
    },
    { id: 'who', header: t('connection.who'), cell: ({ actor }) => <Actor actor={actor} /> },
    {
      id: 'why',
      header: t('connection.why'),
      cell: ({ reason, choice }) => [reason, choice].filter((one) => one !== null).join(' · '),
    },
  ];
  return (
    <Stack gap="md">
      <Pages query={events} empty={<Text size="sm">{t('connection.noEvents')}</Text>}>
        {(items) => <DataTable caption={t('connection.history')} columns={columns} rows={items} rowKey={({ id }) => id} />}
      </Pages>
      {mayAudit && (
        <Stack gap="xs" component="section" aria-label={t('audit.title')}>
          <Title order={2}>{t('audit.title')}</Title>
          <AuditTable of={{ subjectKind: 'connection', subjectId: connection.id }} />
        </Stack>
      )}
    </Stack>
  );
}

function stateName(state: string): string {
  const names: Readonly<Record<string, string>> = en.integrations.states;
  return names[state] ?? state.replaceAll('_', ' ');
}

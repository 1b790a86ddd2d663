import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { endSession, type Session, useSessions } from '../../api/people.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { Moment } from '../../shared/moment.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { browserName } from './browser-name.ts';

/** The name people know; all that it says of itself on hover. */
function Browser({ userAgent }: { readonly userAgent: string | null }) {
  if (userAgent === null) return '–';
  return (
    <span className="tw-long" title={userAgent}>
      {browserName(userAgent)}
    </span>
  );
}

/** Where one is signed in, and the way to end it. */
export function Sessions() {
  const { t } = useTranslation();
  const sessions = useSessions();
  const ending = useAction(endSession, ['sessions']);
  const columns: Column<Session>[] = [
    {
      id: 'address',
      header: t('profile.address'),
      cell: ({ address, current }) => `${address ?? '–'}${current ? ` (${t('profile.here')})` : ''}`,
    },
    { id: 'browser', header: t('profile.browser'), cell: ({ userAgent }) => <Browser userAgent={userAgent} /> },
    { id: 'seen', header: t('profile.lastSeen'), cell: ({ lastSeenAt }) => <Moment iso={lastSeenAt} /> },
    {
      id: 'end',
      header: '',
      align: 'right',
      cell: ({ id, address, current }) =>
        !current && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('profile.endNamed', { address: address ?? '–' })}
            onClick={() => ending.mutate(id)}
          >
            {t('profile.end')}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t('profile.sessions')}>
      <StatePanel query={sessions}>
        {({ items }) => (
          <>
            <DataTable caption={t('profile.sessions')} columns={columns} rows={items} rowKey={({ id }) => id} />
            <ProblemAlert error={ending.error} />
            {items.length > 1 && (
              <Group>
                <Button size="xs" variant="default" loading={ending.isPending} onClick={() => ending.mutate(null)}>
                  {t('profile.endOthers')}
                </Button>
              </Group>
            )}
          </>
        )}
      </StatePanel>
    </Section>
  );
}

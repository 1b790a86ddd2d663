import { Anchor, Group, Stack, Tabs } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConnection, useLatestRun } from '../../api/connections.ts';
import { useMay } from '../../shared/permission.ts';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { RunTable } from '../activity/run-table.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { ConnectionReading } from './connection-reading.tsx';
import { ConnectionRequests } from './connection-requests.tsx';
import { ConnectionHelp } from './connection-help.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { ConnectionState, SetUp } from './connection-state.tsx';
import { ConnectionEvents } from './connection-events.tsx';
import { ConnectionFreezer } from './freezer.tsx';
import { ShopList } from './shop-list.tsx';
import { Unread } from './unread.tsx';
import { UsedBy } from './used-by.tsx';

const route = getRouteApi('/shell/integrations/$connectionId');

/** One connection: how it is, its settings, what it did, what uses it. */
export function ConnectionPage() {
  const { t } = useTranslation();
  const { connectionId } = route.useParams();
  const connection = useConnection(connectionId);
  const mayRuns = useMay('runs:read');
  const run = useLatestRun(connectionId, mayRuns && connection.data?.posAccount != null);
  return (
    <Stack gap="md">
      <Anchor component={Link} to="/integrations" size="sm" className="tw-screen-only">
        ‹ {t('connection.back')}
      </Anchor>
      <StatePanel query={connection}>
        {(data) => (
          <>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
              <Group gap="xs">
                <ProviderSymbol provider={data.provider} />
                <ScreenTitle>{data.name}</ScreenTitle>
              </Group>
              {data.state !== 'retired' && <ConnectionFreezer connection={data} />}
            </Group>
            <ConnectionState connection={data} running={run.data != null && run.data.finishedAt === null} />
            <SetUp connection={data} />
            <Unread connection={data} />
            <Group maw={640}>
              <ConnectionFacts connection={data} />
            </Group>
            <Tabs defaultValue="settings" keepMounted={false}>
              <Tabs.List aria-label={t('connection.tabs')}>
                <Tabs.Tab value="settings">{t('connection.settings')}</Tabs.Tab>
                <Tabs.Tab value="reading">{t('reading.tab')}</Tabs.Tab>
                {mayRuns && <Tabs.Tab value="runs">{t('connection.runs')}</Tabs.Tab>}
                {mayRuns && <Tabs.Tab value="requests">{t('reading.requests')}</Tabs.Tab>}
                <Tabs.Tab value="usedBy">{t('connection.usedBy')}</Tabs.Tab>
                <Tabs.Tab value="history">{t('connection.history')}</Tabs.Tab>
                <Tabs.Tab value="help">{t('connection.help')}</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="settings" pt="md">
                <ConnectionSettings key={data.id} connection={data} />
              </Tabs.Panel>
              <Tabs.Panel value="reading" pt="md">
                <ConnectionReading connection={data} />
              </Tabs.Panel>
              <Tabs.Panel value="requests" pt="md">
                <ConnectionRequests connectionId={data.id} />
              </Tabs.Panel>
              <Tabs.Panel value="runs" pt="md">
                <RunTable connectionId={data.id} />
              </Tabs.Panel>
              <Tabs.Panel value="usedBy" pt="md">
                <Stack gap="md">
                  <UsedBy connection={data} />
                  <ShopList connection={data} />
                </Stack>
              </Tabs.Panel>
              <Tabs.Panel value="history" pt="md">
                <ConnectionEvents connection={data} />
              </Tabs.Panel>
              <Tabs.Panel value="help" pt="md">
                <ConnectionHelp connection={data} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
      </StatePanel>
    </Stack>
  );
}

import { Button, Card, Group, Menu, Stack, Text, Title } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authorize, type Connection, syncNow, test, useConnectionAction, useLatestRun } from '../../api/connections.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { ProviderSymbol } from '../../shared/provider-symbol.tsx';
import { AuthorizeDialog } from './authorize-dialog.tsx';
import { ConnectionFacts } from './connection-facts.tsx';
import { ConnectionHelpDialog } from './connection-help.tsx';
import { ConnectionState, SetUp } from './connection-state.tsx';
import { ConnectionFreezer } from './freezer.tsx';
import { Fact } from './fact.tsx';
import { LatestRun } from './latest-run.tsx';
import { RemoveDialog, RetireDialog } from './leave.tsx';
import { ShopList } from './shop-list.tsx';

type Open = 'authorize' | 'retire' | 'remove' | 'help' | null;

/** One connection: how it is, what came last, and what can be done. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { id, name, posAccount, state, provider } = connection;
  const [open, setOpen] = useState<Open>(null);
  const run = useLatestRun(id, useMay('runs:read') && posAccount !== null);
  const running = run.data != null && run.data.finishedAt === null;
  const close = () => setOpen(null);

  return (
    <Card withBorder padding="sm" component="article" aria-label={name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <ProviderSymbol provider={provider} />
            <div>
              <Title order={3}>
                <Link to="/integrations/$connectionId" params={{ connectionId: id }} className="tw-title-link">
                  {name}
                </Link>
              </Title>
              <Text size="xs" c="dimmed" className="tw-long">
                {posAccount === null
                  ? t('integrations.noAccount')
                  : t('integrations.account', {
                      name: posAccount.name,
                      id: posAccount.externalId,
                      currency: posAccount.currency,
                    })}
              </Text>
            </div>
          </Group>
          {state !== 'retired' && <ConnectionFreezer connection={connection} />}
        </Group>
        <ConnectionState connection={connection} running={running} />
        <SetUp connection={connection} />
        <ConnectionFacts connection={connection} />
        {run.data !== undefined && (
          <Fact label={t('integrations.lastRun')}>
            <LatestRun run={run.data} />
          </Fact>
        )}
        <ShopList connection={connection} />
        <Actions connection={connection} running={running} onOpen={setOpen} />
      </Stack>
      <AuthorizeDialog connection={open === 'authorize' ? connection : null} onClose={close} />
      <RetireDialog connection={connection} opened={open === 'retire'} onClose={close} />
      <RemoveDialog connection={connection} opened={open === 'remove'} onClose={close} />
      <ConnectionHelpDialog connection={connection} opened={open === 'help'} onClose={close} />
    </Card>
  );
}

interface ActionsProps {
  readonly connection: Connection;
  readonly running: boolean;
  readonly onOpen: (what: Open) => void;
}

function Actions({ connection, running, onOpen }: ActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, name, state } = connection;
  const mayWrite = useMay('connections:write');
  const working = state === 'active' || state === 'throttled';
  const unfinished = state === 'set_up_incomplete' || state === 'needs_reauthorisation';
  // A token or key is either taken or not: there are no pages to go through at the POS.
  const byPages = connection.apiType !== 'personal_token' && connection.apiType !== 'key';
  const signIn = useConnectionAction(() => authorize(id));
  const sync = useConnectionAction(() => syncNow(id));
  const trial = useConnectionAction(() => test(id));
  return (
    <>
      <Group gap="xs">
        {unfinished && byPages && (
          <GuardedButton size="xs" permission="connections:write" loading={signIn.isPending} onClick={() => signIn.mutate()}>
            {t(state === 'set_up_incomplete' ? 'integrations.authorize' : 'integrations.authorizeAgain')}
          </GuardedButton>
        )}
        <Button
          size="xs"
          variant="default"
          aria-label={t('card.editNamed', { name })}
          onClick={() => void navigate({ to: '/integrations/$connectionId', params: { connectionId: id } })}
        >
          {t('card.edit')}
        </Button>
        {(working || (unfinished && !byPages)) && (
          <GuardedButton
            size="xs"
            variant="default"
            permission="connections:write"
            loading={trial.isPending}
            onClick={() => trial.mutate()}
          >
            {t('integrations.test')}
          </GuardedButton>
        )}
        {working && (
          <GuardedButton size="xs" variant="default" permission="sync:run" loading={sync.isPending} onClick={() => sync.mutate()}>
            {t('integrations.syncNow')}
          </GuardedButton>
        )}
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button
              size="xs"
              variant="default"
              aria-label={t('card.moreNamed', { name })}
              rightSection={<span aria-hidden="true">▾</span>}
            >
              {t('card.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onOpen('help')}>{t('card.help')}</Menu.Item>
            {byPages && state !== 'retired' && (
              <Menu.Item disabled={!mayWrite} onClick={() => onOpen('authorize')}>
                {t('authorize.otherWays')}
              </Menu.Item>
            )}
            {state !== 'retired' && (
              <Menu.Item disabled={!mayWrite} onClick={() => onOpen('retire')}>
                {t('card.retire')}
              </Menu.Item>
            )}
            <Menu.Item disabled={!mayWrite} onClick={() => onOpen('remove')}>
              {t('integrations.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <div aria-live="polite">
        {sync.isSuccess && !running && <Text size="sm">{t('integrations.syncRequested')}</Text>}
        {trial.isSuccess && (
          <Text size="sm">
            {t('integrations.tested', {
              name: trial.data.name,
              id: trial.data.externalId,
              shops: trial.data.shops,
              registers: trial.data.registers,
            })}
          </Text>
        )}
      </div>
      <ProblemAlert error={signIn.error ?? sync.error ?? trial.error} />
    </>
  );
}

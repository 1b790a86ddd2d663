import { ActionIcon, Button, Card, Group, Stack, Text, Textarea, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import {
  authorize,
  type Connection,
  freeze,
  remove,
  syncNow,
  test,
  thaw,
  useConnectionAction,
  useLatestRun,
} from '../../api/connections.ts';
import { formText } from '../../shared/form.ts';
import { MeltingSnowflakeIcon, SnowflakeIcon } from '../../shared/icons.tsx';
import { Moment } from '../../shared/moment.tsx';
import { useMay } from '../../shared/permission.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { ConnectionState } from './connection-state.tsx';
import { LatestRun } from './latest-run.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';

/** One connection: how it is, what came last, and what can be done. */
export function ConnectionCard({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { id, name, posAccount, state } = connection;
  const mayWrite = useMay('connections:write');
  const maySync = useMay('sync:run');
  const run = useLatestRun(id, useMay('runs:read') && posAccount !== null);
  const running = run.data != null && run.data.finishedAt === null;
  const working = state === 'active' || state === 'throttled';
  const unfinished = state === 'set_up_incomplete' || state === 'needs_reauthorisation';
  // A token is either taken or not: there are no pages to go through at the POS.
  const byToken = connection.apiType === 'personal_token';
  const signIn = useConnectionAction(() => authorize(id));
  const sync = useConnectionAction(() => syncNow(id));
  const trial = useConnectionAction(() => test(id));

  return (
    <Card withBorder padding="sm" component="article" aria-label={name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Title order={3}>{name}</Title>
            <Text size="xs" c="dimmed">
              {posAccount === null
                ? t('integrations.noAccount')
                : t('integrations.account', {
                    name: posAccount.name,
                    id: posAccount.externalId,
                    currency: posAccount.currency,
                  })}
            </Text>
          </div>
          {mayWrite && state !== 'retired' && <Freezer connection={connection} />}
        </Group>
        <ConnectionState connection={connection} running={running} />
        <Fact label={t('integrations.lastSuccess')}>
          <Text size="sm">
            {connection.lastSuccessAt === null ? t('integrations.never') : <Moment iso={connection.lastSuccessAt} />}
          </Text>
        </Fact>
        {run.data !== undefined && (
          <Fact label={t('integrations.lastRun')}>
            <LatestRun run={run.data} />
          </Fact>
        )}
        <Group gap="xs">
          {mayWrite && unfinished && !byToken && (
            <Button size="xs" loading={signIn.isPending} onClick={() => signIn.mutate()}>
              {t(state === 'set_up_incomplete' ? 'integrations.authorize' : 'integrations.authorizeAgain')}
            </Button>
          )}
          {maySync && working && (
            <Button size="xs" variant="default" loading={sync.isPending} onClick={() => sync.mutate()}>
              {t('integrations.syncNow')}
            </Button>
          )}
          {mayWrite && (working || (unfinished && byToken)) && (
            <Button size="xs" variant="default" loading={trial.isPending} onClick={() => trial.mutate()}>
              {t('integrations.test')}
            </Button>
          )}
          {mayWrite && <Remover connection={connection} />}
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
      </Stack>
    </Card>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {children}
    </div>
  );
}

/** The snowflake freezes, the melting one unfreezes: the icon shows the action it will take. */
function Freezer({ connection: { id, name, state } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const frozen = state === 'frozen';
  const change = useConnectionAction((reason: string) => (frozen ? thaw(id) : freeze(id, reason)));
  const action = t(frozen ? 'integrations.thaw' : 'integrations.freeze', { name });
  return (
    <>
      <Tooltip label={action}>
        <ActionIcon variant="default" size="lg" aria-label={action} onClick={open}>
          {frozen ? <MeltingSnowflakeIcon /> : <SnowflakeIcon />}
        </ActionIcon>
      </Tooltip>
      <Confirm
        opened={opened}
        title={t(frozen ? 'integrations.thawTitle' : 'integrations.freezeTitle')}
        text={t(frozen ? 'integrations.thawText' : 'integrations.freezeText')}
        submit={t(frozen ? 'integrations.thawSubmit' : 'integrations.freezeSubmit')}
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={(form) => change.mutate(formText(form)('reason').trim(), { onSuccess: close })}
      >
        {!frozen && (
          <Textarea
            name="reason"
            label={t('integrations.reason')}
            description={t('integrations.reasonHint')}
            maxLength={500}
            data-autofocus
          />
        )}
      </Confirm>
    </>
  );
}

function Remover({ connection: { id, name } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const removal = useConnectionAction(() => remove(id));
  return (
    <>
      <Button size="xs" variant="default" aria-label={t('integrations.removeNamed', { name })} onClick={open}>
        {t('integrations.remove')}
      </Button>
      <Confirm
        opened={opened}
        title={t('integrations.removeTitle')}
        text={t('integrations.removeText')}
        submit={t('integrations.removeSubmit')}
        danger
        pending={removal.isPending}
        error={removal.error}
        onClose={close}
        onConfirm={() => removal.mutate()}
      />
    </>
  );
}

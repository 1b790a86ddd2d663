import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type Connection, mayPass, repairWebhooks, useWebhooks } from '../../api/connections.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { Moment } from '../../shared/moment.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Fact } from './fact.tsx';

/** Whether the POS tells of changes or is asked for them, why, and a repair where one can help. */
export function WebhookFact({ connection: { id, posAccount } }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const state = useWebhooks(id, posAccount !== null).data;
  const repairing = useAction(() => repairWebhooks(id), ['connections']);
  if (state === undefined) return null;
  const { mode, problem, lastDeliveryAt } = state;
  return (
    <Fact label={t('webhooks.label')}>
      {t(`webhooks.${mode}`)}
      {problem !== null && ` (${t(`webhooks.problems.${problem}`)})`}
      {lastDeliveryAt !== null && (
        <Text size="xs" c="dimmed">
          {t('webhooks.lastDelivery')} <Moment iso={lastDeliveryAt} />
        </Text>
      )}
      {mayPass(problem) && (
        <Group gap="xs">
          <GuardedButton
            size="compact-xs"
            variant="default"
            permission="connections:write"
            loading={repairing.isPending}
            onClick={() => repairing.mutate()}
          >
            {t('webhooks.repair')}
          </GuardedButton>
          <Text size="xs" role="status">
            {repairing.isSuccess && t('webhooks.repaired')}
          </Text>
        </Group>
      )}
      <ProblemAlert error={repairing.error} />
    </Fact>
  );
}

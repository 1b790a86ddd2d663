import { Alert, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { type NotificationRules, saveNotificationRules, useNotificationRules } from '../../api/people.ts';
import { GuardedButton, RefusalNote } from '../../shared/guarded.tsx';
import { roleName, useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { Section } from '../../shared/section.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

/** Who is told what, in the bell and by mail. */
export function NotificationRulesForm() {
  const { t } = useTranslation();
  const rules = useNotificationRules();
  return (
    <Section title={t('settings.notifications')} text={t('rules.text')}>
      <RefusalNote permission="settings:write" />
      <StatePanel query={rules}>{(data) => <Grid rules={data} />}</StatePanel>
    </Section>
  );
}

type Rule = NotificationRules['items'][number]['rules'][number];

function Grid({ rules: { mail, items } }: { readonly rules: NotificationRules }) {
  const { t } = useTranslation();
  const disabled = !useMay('settings:write');
  const [edited, setEdited] = useState<ReadonlyMap<string, Rule>>(new Map());
  const saving = useAction(saveNotificationRules, ['notification-rules', 'notifications']);
  const roles = [...new Set(items.flatMap(({ rules }) => rules.map(({ role }) => role)))];
  const keyOf = (kind: string, role: string | null) => `${kind} ${role}`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const changed = items.flatMap(({ kind, rules }) =>
          rules.flatMap(({ role }) => {
            const rule = edited.get(keyOf(kind, role));
            return rule === undefined ? [] : [{ kind, ...rule }];
          }),
        );
        saving.mutate(changed, { onSuccess: () => setEdited(new Map()) });
      }}
    >
      <Stack gap="sm">
        {!mail.available && (
          <Alert color="gray" variant="outline" p="xs">
            {t('rules.noMail')}
          </Alert>
        )}
        <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} role="group" aria-label={t('settings.notifications')}>
          <Table fz="sm" verticalSpacing={4} aria-label={t('settings.notifications')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('rules.kind')}</Table.Th>
                {roles.map((role) => (
                  <Table.Th key={role}>{roleName(role)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ kind, title, rules }) => (
                <Table.Tr key={kind}>
                  <Table.Th fw={400}>{title}</Table.Th>
                  {roles.map((role) => {
                    const stored = rules.find((rule) => rule.role === role);
                    if (stored === undefined) return <Table.Td key={role}>–</Table.Td>;
                    const rule = edited.get(keyOf(kind, role)) ?? stored;
                    const change = (next: Partial<Rule>) =>
                      setEdited(new Map(edited).set(keyOf(kind, role), { ...rule, ...next }));
                    return (
                      <Table.Td key={role}>
                        {(['bell', 'mail'] as const).map((channel) => (
                          <Checkbox
                            key={channel}
                            size="xs"
                            mb={4}
                            label={t(`rules.${channel}`)}
                            aria-label={t('rules.cell', { what: title, channel: t(`rules.${channel}`), role: roleName(role) })}
                            checked={rule[channel]}
                            disabled={disabled}
                            onChange={(event) => change({ [channel]: event.currentTarget.checked })}
                          />
                        ))}
                      </Table.Td>
                    );
                  })}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <ProblemAlert error={saving.error} />
        <Group gap="sm">
          <GuardedButton type="submit" permission="settings:write" loading={saving.isPending}>
            {t('settings.save')}
          </GuardedButton>
          {saving.isSuccess && edited.size === 0 && (
            <Text size="sm" role="status">
              {t('settings.saved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

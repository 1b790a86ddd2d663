import { Badge, Group as Row, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDisclosure } from '@mantine/hooks';
import { figureLists, useAction } from '../../api/action.ts';
import { dismissCause, type Problems, replayCause, useProblems } from '../../api/activity.ts';
import { Confirm } from '../../shared/confirm.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatDay } from '../../shared/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';

/** What is wrong with the data, grouped by cause, with what to do about it. */
export function ProblemList() {
  const { t } = useTranslation();
  const problems = useProblems();
  return (
    <StatePanel query={problems} isEmpty={({ groups }) => groups.length === 0} empty={<Text>{t('activity.noProblems')}</Text>}>
      {({ groups }) => groups.map((group) => <Cause key={`${group.kind}/${group.code}/${group.resource}`} group={group} />)}
    </StatePanel>
  );
}

type Group = Problems['groups'][number];
type Problem = Group['problems'][number];

function Cause({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const { kind, code, resource, count, problems } = group;
  const title = t('activity.cause', { resource, code: code.replaceAll('_', ' ') });
  const columns: Column<Problem>[] = [
    {
      id: 'record',
      header: t('activity.record'),
      value: ({ resourceId }) => resourceId ?? '',
      cell: ({ resourceId, posAccountId }) =>
        kind === 'sale' && resourceId !== null ? (
          <Link to="/receipts/$posAccountId/$saleId" params={{ posAccountId, saleId: resourceId }} className="tw-link">
            {resourceId}
          </Link>
        ) : (
          (resourceId ?? '–')
        ),
    },
    { id: 'shop', header: t('activity.shop'), value: ({ shopId }) => shopId ?? '', cell: ({ shopId }) => shopId ?? '–' },
    {
      id: 'day',
      header: t('activity.day'),
      value: ({ day }) => day ?? '',
      cell: ({ day }) => (day === null ? t('activity.unknownDay') : formatDay(day)),
    },
    { id: 'where', header: t('activity.where'), cell: ({ path }) => (path === '' ? '–' : <code>{path}</code>) },
    { id: 'message', header: t('activity.message'), cell: ({ message }) => message },
  ];
  return (
    <details>
      <summary>
        {title} <Badge variant="default">{t('activity.times', { count })}</Badge>{' '}
        <Text size="sm" component="span" c="dimmed">
          {t(`activity.kinds.${kind}`)}
        </Text>
      </summary>
      <Text size="sm">{group.remedy}</Text>
      {(group.canReplay || group.canDismiss) && (
        <Row gap="sm" my="xs" align="flex-start">
          {group.canReplay && <Replay group={group} />}
          {group.canDismiss && <Dismissal group={group} />}
        </Row>
      )}
      {group.shopDays > 0 && <Text size="xs">{t('dismissal.touches', { days: group.shopDays })}</Text>}
      {problems.length < count && <Text size="xs">{t('activity.newest', { shown: problems.length, count })}</Text>}
      <DataTable
        caption={title}
        columns={columns}
        rows={problems}
        rowKey={({ posAccountId, resourceId, path, message }) => `${posAccountId}/${resourceId ?? ''}/${path}/${message}`}
      />
    </details>
  );
}

/** *Fix and replay*: the documents of a cause are read again by today's rules. */
function Replay({ group: { cause } }: { readonly group: Group }) {
  const { t } = useTranslation();
  const replay = useAction(() => replayCause(cause), ['problems', ...figureLists, 'audit']);
  return (
    <>
      <Row gap="sm" my="xs">
        <GuardedButton size="xs" permission="sync:run" loading={replay.isPending} onClick={() => replay.mutate()}>
          {t('activity.replay')}
        </GuardedButton>
        <Text size="sm" role="status">
          {replay.data === undefined
            ? t('activity.replayHint')
            : t('activity.replayed', { count: replay.data.asked, asked: replay.data.asked })}
        </Text>
      </Row>
      <ProblemAlert error={replay.error} />
    </>
  );
}

/** For documents that nobody will be able to read: given up, with a reason. */
function Dismissal({ group: { cause } }: { readonly group: Group }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const dismissing = useAction((reason: string) => dismissCause(cause, reason), ['problems', ...figureLists, 'audit']);
  return (
    <>
      <GuardedButton size="xs" variant="default" permission="connections:write" onClick={open}>
        {t('dismissal.button')}
      </GuardedButton>
      <Confirm
        opened={opened}
        title={t('dismissal.title')}
        text={t('dismissal.text')}
        submit={t('dismissal.button')}
        danger
        pending={dismissing.isPending}
        error={dismissing.error}
        onClose={close}
        onConfirm={(form) => dismissing.mutate(formText(form)('reason').trim(), { onSuccess: close })}
      >
        <Textarea name="reason" label={t('dismissal.reason')} required maxLength={500} data-autofocus />
      </Confirm>
    </>
  );
}

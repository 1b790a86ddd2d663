import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type AuditEntry, type AuditOf, useAudit } from '../api/audit.ts';
import { en } from '../text/en.ts';
import { type Column, DataTable } from './data-table.tsx';
import { Moment } from './moment.tsx';
import { Pages } from './pages.tsx';

/** Who did what, when and why, with before and after; of everything, or of one thing. */
export function AuditTable({ of = {} }: { readonly of?: AuditOf }) {
  const { t } = useTranslation();
  const audit = useAudit(of);
  const columns: Column<AuditEntry>[] = [
    { id: 'at', header: t('audit.at'), cell: ({ at }) => <Moment iso={at} /> },
    { id: 'actor', header: t('audit.actor'), cell: (entry) => <Actor actor={entry.actor} /> },
    { id: 'action', header: t('audit.action'), cell: ({ action }) => actionText(action) },
    ...(of.subjectId === undefined
      ? [{ id: 'subject', header: t('audit.subject'), cell: ({ subject }: AuditEntry) => subject.name ?? subject.id ?? '–' }]
      : []),
    { id: 'changes', header: t('audit.changes'), cell: (entry) => <Changes entry={entry} /> },
    { id: 'reason', header: t('audit.reason'), cell: ({ reason }) => reason ?? '' },
  ];
  return (
    <Pages query={audit} empty={<Text>{t('audit.none')}</Text>}>
      {(items) => <DataTable caption={t('audit.title')} columns={columns} rows={items} rowKey={({ id }) => id} />}
    </Pages>
  );
}

/** Who did it; machines and ourselves are told apart from people. */
export function Actor({ actor }: { readonly actor: { readonly kind: string; readonly name: string | null } }) {
  const { t } = useTranslation();
  if (actor.name !== null && actor.kind === 'person') return actor.name;
  const kinds: Readonly<Record<string, string>> = en.audit.actors;
  const kind = kinds[actor.kind] ?? actor.kind;
  return actor.name === null || actor.kind === 'system' ? kind : t('audit.actorNamed', { kind, name: actor.name });
}

/** `connection.frozen` → "connection frozen" */
function actionText(action: string): string {
  return action.replaceAll(/[._]/g, ' ');
}

function Changes({ entry: { before, after } }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation();
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  return (
    <Stack gap={2}>
      {fields.map((field) => (
        <Text key={field} size="xs" component="div">
          {field}: {before !== null && <Value value={before[field]} />}
          {before !== null && after !== null && <span aria-label={t('audit.becomes')}> → </span>}
          {after !== null && <Value value={after[field]} />}
        </Text>
      ))}
    </Stack>
  );
}

function Value({ value }: { readonly value: unknown }) {
  return <Code>{value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)}</Code>;
}

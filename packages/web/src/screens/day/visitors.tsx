import { Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/action.ts';
import { saveVisitors, useVisitors, type VisitorCount } from '../../api/days.ts';
import { formText } from '../../shared/form.ts';
import { GuardedButton } from '../../shared/guarded.tsx';
import { formatInstant } from '../../shared/days.ts';
import { useMay } from '../../shared/permission.ts';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import type { DayOf } from './day.tsx';
import { ImportVisitors } from './import-visitors.tsx';

const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
const WHOLE_DAY = 'day';

/** Visitors counted by hand: for the whole day or by hour; an emptied field takes its count away. */
export function DayVisitors({ day, department }: DayOf) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('visitors.text')}
        </Text>
        <ImportVisitors />
      </Group>
      {department === undefined ? (
        <Text size="sm">{t('visitors.chooseDepartment')}</Text>
      ) : (
        <OfDepartment day={day} department={department} />
      )}
    </Stack>
  );
}

function OfDepartment({ day, department }: { readonly day: string; readonly department: string }) {
  const visitors = useVisitors(day, department);
  return (
    <StatePanel query={visitors}>
      {({ items }) => <Counts key={items.map(({ at }) => at).join()} day={day} department={department} items={items} />}
    </StatePanel>
  );
}

interface CountsProps {
  readonly day: string;
  readonly department: string;
  readonly items: readonly VisitorCount[];
}

function Counts({ day, department, items }: CountsProps) {
  const { t } = useTranslation();
  const mayWrite = useMay('departments:write');
  const saving = useAction(
    (form: HTMLFormElement) => {
      const text = formText(form);
      const changed = [WHOLE_DAY, ...HOURS].filter((field) => text(field).trim() !== shownOf(items, field));
      return saveVisitors({
        items: changed.map((field) => ({
          departmentId: department,
          day,
          hour: field === WHOLE_DAY ? null : field,
          visitors: text(field).trim() === '' ? null : Number(text(field)),
        })),
      });
    },
    ['visitors', 'turnover'],
  );
  const newest = items.toSorted((a, b) => b.at.localeCompare(a.at))[0];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(event.currentTarget);
      }}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 3, sm: 5, md: 9 }} spacing="xs" verticalSpacing="xs">
          {[WHOLE_DAY, ...HOURS].map((field) => (
            <TextInput
              key={field}
              name={field}
              label={field === WHOLE_DAY ? t('visitors.wholeDay') : field}
              defaultValue={shownOf(items, field)}
              type="number"
              min={0}
              step={1}
              disabled={!mayWrite}
            />
          ))}
        </SimpleGrid>
        <ProblemAlert error={saving.error} />
        <Group gap="sm">
          <GuardedButton permission="stores:write" type="submit" loading={saving.isPending}>
            {t('visitors.save')}
          </GuardedButton>
          <Text size="sm" role="status">
            {newest !== undefined &&
              t('visitors.lastBy', {
                source: newest.author?.name ?? t(`visitors.sources.${newest.source}`),
                at: formatInstant(newest.at),
              })}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function shownOf(items: readonly VisitorCount[], field: string): string {
  const found = items.find(({ hour }) => (hour ?? WHOLE_DAY) === field);
  return found === undefined ? '' : String(found.visitors);
}

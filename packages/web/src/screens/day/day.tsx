import { ActionIcon, Alert, Button, Group, NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCoverage } from '../../api/days.ts';
import { useDepartments } from '../../api/stores.ts';
import { CoverageSign } from '../../shared/coverage.tsx';
import { addDays, formatDayLong, isDay } from '../../shared/days.ts';
import { useMay } from '../../shared/permission.ts';
import { ScreenTitle } from '../../shared/screen-title.tsx';
import { NotFound } from '../not-found.tsx';
import { DayLogTable } from './day-log.tsx';
import { DayReceipts } from './day-receipts.tsx';
import { DayHours, DayValues } from './day-values.tsx';
import { type DaySearch, tabs } from './search.ts';
import { DayVisitors } from './visitors.tsx';

const route = getRouteApi('/shell/days/$day');

/** One business day: its values, its hours, how they came about (the Log, P5), its receipts and its visitors. */
export function Day() {
  const { day } = route.useParams();
  return isDay(day) ? <DayPage day={day} /> : <NotFound />;
}

function DayPage({ day }: { readonly day: string }) {
  const { t } = useTranslation();
  const { department, tab = 'values' } = route.useSearch();
  const navigate = route.useNavigate();
  const departments = useDepartments();
  const mayReadReceipts = useMay('receipts:read');
  const go = (to: string, next: DaySearch) =>
    void navigate({ to: '/days/$day', params: { day: to }, search: next, replace: true });
  const kept = department === undefined ? {} : { department };
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <ScreenTitle>{formatDayLong(day)}</ScreenTitle>
        <Group gap="xs" className="tw-screen-only" align="flex-end">
          <Button component={Link} to="/turnover" size="sm" variant="default">
            ‹ {t('turnover.title')}
          </Button>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={t('day.earlier')}
            onClick={() => go(addDays(day, -1), { ...kept, tab })}
          >
            ‹
          </ActionIcon>
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={t('day.later')}
            onClick={() => go(addDays(day, 1), { ...kept, tab })}
          >
            ›
          </ActionIcon>
          <Button size="sm" variant="default" onClick={() => window.print()}>
            {t('day.print')}
          </Button>
        </Group>
      </Group>
      <NativeSelect
        label={t('day.department')}
        value={department ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          go(day, { ...(value === '' ? {} : { department: value }), tab });
        }}
        data={[
          { value: '', label: t('day.all') },
          ...(departments.data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        maw={300}
      />
      <Reasons day={day} department={department} />
      <Tabs
        value={tab}
        onChange={(value) => go(day, { ...kept, tab: tabs.find((one) => one === value) ?? 'values' })}
        keepMounted={false}
      >
        <Tabs.List className="tw-screen-only">
          {tabs
            .filter((one) => one !== 'receipts' || mayReadReceipts)
            .map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`day.tabs.${one}`)}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <Tabs.Panel value="values" pt="md">
          <DayValues day={day} department={department} />
        </Tabs.Panel>
        <Tabs.Panel value="hours" pt="md">
          <DayHours day={day} department={department} />
        </Tabs.Panel>
        <Tabs.Panel value="log" pt="md">
          <DayLogTable day={day} department={department} />
        </Tabs.Panel>
        {mayReadReceipts && (
          <Tabs.Panel value="receipts" pt="md">
            <DayReceipts day={day} department={department} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="visitors" pt="md">
          <DayVisitors key={`${day}/${department ?? ''}`} day={day} department={department} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** Of which day and department a part of the page is. */
export interface DayOf {
  readonly day: string;
  readonly department: string | undefined;
}

/** Why a day is not complete, place by place; nothing when it is. */
function Reasons({ day, department }: DayOf) {
  const { t } = useTranslation();
  const coverage = useCoverage(day);
  const open = (coverage.data?.departments ?? [])
    .filter((one) => department === undefined || one.department.id === department)
    .flatMap((one) => one.days.map((of) => ({ name: one.department.name, id: one.department.id, ...of })))
    .filter(({ reasons }) => reasons.length > 0);
  if (open.length === 0) return null;
  return (
    <Alert color="orange.9" variant="outline" title={t('reasons.title')} p="xs">
      {open.map(({ id, name, coverage: state, reasons }) => (
        <Text key={id} size="sm">
          <CoverageSign coverage={state} /> {name}: {reasons.map((reason) => t(`reasons.${reason}`)).join('; ')}
        </Text>
      ))}
    </Alert>
  );
}

import { ActionIcon, Button, Group, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeasures } from '../../api/turnover.ts';
import { addDays, countDays, formatPeriod, monday, today } from '../../shared/days.ts';
import { measureLabel } from './measure-label.ts';
import { bys, comparisons, groups, type TurnoverSearch, views } from './search.ts';

const route = getRouteApi('/shell/turnover');
const WEEK = 7;
const HOURLY_DAYS_MAX = 31;

/** Which days, in which steps, which measure, beside what: all kept in the address. */
export function TurnoverFilters() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const measures = useMeasures();
  const change = (next: Partial<TurnoverSearch>) =>
    void navigate({ search: ({ cell: _closed, ...before }) => ({ ...before, ...next }), replace: true });
  const period = (from: string, to: string) => change({ from, to });
  const length = countDays(search.from, search.to);

  return (
    <Group gap="xs" align="flex-end" className="tw-screen-only" role="group" aria-label={t('turnover.filters')}>
      <Group gap={4} align="flex-end" wrap="nowrap">
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={t('turnover.earlier')}
          onClick={() => period(addDays(search.from, -length), addDays(search.to, -length))}
        >
          ‹
        </ActionIcon>
        <DatePickerInput
          type="range"
          label={t('turnover.period')}
          size="sm"
          value={[search.from, search.to]}
          allowSingleDateInRange
          firstDayOfWeek={1}
          valueFormatter={() => formatPeriod(search.from, search.to)}
          onChange={([from, to]) => {
            if (from !== null && to !== null) period(from, to);
          }}
          w={185}
        />
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={t('turnover.later')}
          onClick={() => period(addDays(search.from, length), addDays(search.to, length))}
        >
          ›
        </ActionIcon>
      </Group>
      <Button variant="default" size="sm" onClick={() => period(monday(today()), addDays(monday(today()), WEEK - 1))}>
        {t('turnover.thisWeek')}
      </Button>
      <NativeSelect
        label={t('turnover.measure')}
        size="sm"
        w={180}
        value={search.measure}
        onChange={(event) => change({ measure: event.currentTarget.value })}
        data={(measures.data?.measures ?? []).map(({ name, label }) => ({ value: name, label: label ?? measureLabel(name) }))}
      />
      {search.view !== 'heatmap' && (
        <>
          <Choice
            label={t('turnover.by')}
            value={search.by}
            onChange={(value) =>
              change({
                by: bys.find((by) => by === value) ?? 'day',
                ...(value === 'hour' && length > HOURLY_DAYS_MAX ? { to: addDays(search.from, HOURLY_DAYS_MAX - 1) } : {}),
              })
            }
            choices={bys.map((value) => ({ value, label: t(`turnover.bys.${value}`) }))}
          />
          <Choice
            label={t('turnover.group')}
            value={search.group ?? 'department'}
            onChange={(value) => {
              const group = groups.find((one) => one === value);
              void navigate({
                search: ({ cell: _closed, group: _before, ...rest }) => (group === 'store' ? { ...rest, group } : rest),
                replace: true,
              });
            }}
            choices={groups.map((value) => ({ value, label: t(`turnover.groups.${value}`) }))}
          />
          <NativeSelect
            label={t('turnover.compare')}
            size="sm"
            w={185}
            value={search.compare}
            onChange={(event) => change({ compare: comparisons.find((one) => one === event.currentTarget.value) ?? 'none' })}
            data={comparisons.map((value) => ({ value, label: t(`turnover.comparisons.${value}`) }))}
          />
        </>
      )}
    </Group>
  );
}

/** Grid, chart or heat map. */
export function ViewChoice() {
  const { t } = useTranslation();
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <SegmentedControl
      size="xs"
      className="tw-screen-only"
      aria-label={t('turnover.view')}
      value={view}
      onChange={(value) =>
        void navigate({
          search: ({ cell: _closed, ...before }) => ({ ...before, view: views.find((one) => one === value) ?? 'grid' }),
          replace: true,
        })
      }
      data={views.map((value) => ({ value, label: t(`turnover.views.${value}`) }))}
    />
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** One of a few, all in sight. */
function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <div>
      <Text size="sm" fw={600} aria-hidden="true">
        {label}
      </Text>
      <SegmentedControl size="sm" aria-label={label} value={value} onChange={onChange} data={[...choices]} />
    </div>
  );
}

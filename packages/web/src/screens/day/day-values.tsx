import { Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDay } from '../../api/days.ts';
import { type TurnoverAnswer, useMeasures } from '../../api/turnover.ts';
import { CoverageSign } from '../../shared/coverage.tsx';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatMeasure, type MeasureDefinition } from '../../shared/measure-value.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { columnLabel } from '../turnover/column-label.ts';
import { measureLabel } from '../turnover/measure-label.ts';
import type { DayOf } from './day.tsx';

/** What the hours are shown in. */
const HOURLY = ['net_sales', 'net_sales_incl', 'transactions', 'goods_sold', 'average_basket', 'visitors', 'conversion'];

/** Every measure of the day that says something, with how it is reckoned. */
export function DayValues({ day, department }: DayOf) {
  const { t } = useTranslation();
  const measures = useMeasures();
  const values = useDay(
    day,
    'day',
    department,
    (measures.data?.measures ?? []).map(({ name }) => name),
  );
  const columns = (answer: TurnoverAnswer): Column<MeasureDefinition>[] => [
    { id: 'measure', header: t('day.measure'), value: nameOf, cell: nameOf },
    {
      id: 'value',
      header: t('day.value'),
      align: 'right',
      cell: (measure) => (
        <>
          {formatMeasure(answer.total.values[measure.name], measure, answer) || '–'}
          {measure.format === 'money' && ` ${answer.currency}`}
        </>
      ),
    },
    {
      id: 'definition',
      header: t('day.definition'),
      cell: ({ definition }) => (
        <Text size="xs" c="dimmed">
          {definition}
        </Text>
      ),
    },
  ];
  return (
    <StatePanel query={measures}>
      {() => (
        <StatePanel query={values} isEmpty={nothingKnown} empty={<Text>{t('day.nothing')}</Text>}>
          {(answer) => (
            <Stack gap="xs">
              <State answer={answer} />
              <DataTable caption={t('day.values')} columns={columns(answer)} rows={answer.measures} rowKey={({ name }) => name} />
            </Stack>
          )}
        </StatePanel>
      )}
    </StatePanel>
  );
}

/** The day hour by hour, on the clock of the wall. */
export function DayHours({ day, department }: DayOf) {
  const { t } = useTranslation();
  const hours = useDay(day, 'hour', department, HOURLY);
  return (
    <StatePanel query={hours} isEmpty={({ columns }) => columns.length === 0} empty={<Text>{t('day.noHours')}</Text>}>
      {(answer) => (
        <Stack gap="xs">
          <State answer={answer} />
          <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={t('day.hours')}>
            <Table fz="sm" verticalSpacing={3} className="tw-grid" aria-label={t('day.hours')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col" className="tw-sticky">
                    {t('day.hour')}
                  </Table.Th>
                  {answer.measures.map((measure) => (
                    <Table.Th key={measure.name} scope="col" className="tw-number">
                      {nameOf(measure)}
                      {measure.format === 'money' && ` (${answer.currency})`}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {answer.totals.map((cell, index) => (
                  <Table.Tr key={cell.column}>
                    <Table.Th scope="row" className="tw-sticky">
                      {labelAt(answer, index)}
                    </Table.Th>
                    {answer.measures.map((measure) => (
                      <Table.Td key={measure.name} className="tw-number">
                        {formatMeasure(cell.values[measure.name], measure, answer)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
              <Table.Tfoot>
                <Table.Tr>
                  <Table.Th scope="row" className="tw-sticky">
                    {t('turnover.total')}
                  </Table.Th>
                  {answer.measures.map((measure) => (
                    <Table.Td key={measure.name} className="tw-number">
                      <strong>{formatMeasure(answer.total.values[measure.name], measure, answer)}</strong>
                    </Table.Td>
                  ))}
                </Table.Tr>
              </Table.Tfoot>
            </Table>
          </Table.ScrollContainer>
        </Stack>
      )}
    </StatePanel>
  );
}

/** How far the day can be trusted, in words. */
function State({ answer }: { readonly answer: TurnoverAnswer }) {
  const { t } = useTranslation();
  const { coverage } = answer.total;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <CoverageSign coverage={coverage} />
      <Text size="sm">
        {t(`coverage.${coverage}.name`)}: {t(`coverage.${coverage}.meaning`)}
      </Text>
    </Group>
  );
}

function nameOf({ name, label }: MeasureDefinition): string {
  return label ?? measureLabel(name);
}

function labelAt(answer: TurnoverAnswer, index: number): string {
  const column = answer.columns[index];
  return column === undefined ? '' : columnLabel(column, answer.by, false);
}

function nothingKnown({ total }: TurnoverAnswer): boolean {
  return (
    total.coverage === 'missing' ||
    (total.coverage === 'not_applicable' && Object.values(total.values).every((one) => one === null))
  );
}

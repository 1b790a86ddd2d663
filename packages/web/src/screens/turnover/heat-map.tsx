import { Stack, Table, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type HeatMap, useHeatMap } from '../../api/days.ts';
import { formatPeriod, weekdayName } from '../../shared/days.ts';
import { formatMeasure } from '../../shared/measure-value.ts';
import { formatWholeMoney } from '../../shared/money.ts';
import { useMay } from '../../shared/permission.ts';
import { StatePanel } from '../../shared/state-panel.tsx';
import { moveByArrows } from './arrow-keys.ts';
import { measureLabel } from './measure-label.ts';
import { ReceiptDrawer } from './receipt-drawer.tsx';

const route = getRouteApi('/shell/turnover');
const LEVELS = 5;

/** When it is busy: weekdays down, hours across; the darker, the more. The figures stand in the cells, so the colour only helps. */
export function HeatMapView() {
  const { t } = useTranslation();
  const { from, to, measure } = route.useSearch();
  const heatMap = useHeatMap(from, to, measure);
  return (
    <StatePanel query={heatMap} isEmpty={({ hours }) => hours.length === 0} empty={<Text>{t('heatMap.empty')}</Text>}>
      {(answer) => <HeatTable answer={answer} />}
    </StatePanel>
  );
}

function HeatTable({ answer }: { readonly answer: HeatMap }) {
  const { t } = useTranslation();
  const { cell: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const { measure, weekdays, hours } = answer;
  // Visitors come from no receipt.
  const mayOpen = useMay('receipts:read') && measure.name !== 'visitors' && measure.name !== 'conversion';
  const label = t('heatMap.label', { measure: measure.label ?? measureLabel(measure.name) });
  const cells = new Map(answer.cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const most = Math.max(0, ...answer.cells.map(({ average }) => Number(average ?? 0)));
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('heatMap.text')}
      </Text>
      <Table.ScrollContainer minWidth={600} type="native" tabIndex={0} role="group" aria-label={label}>
        <Table fz="xs" verticalSpacing={6} horizontalSpacing={6} aria-label={label} className="tw-heat" onKeyDown={moveByArrows}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className="tw-sticky">
                {measure.label ?? measureLabel(measure.name)}
                {measure.format === 'money' && ` (${answer.currency})`}
              </Table.Th>
              {hours.map((hour) => (
                <Table.Th key={hour} scope="col" className="tw-number">
                  {hour}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {weekdays.map(({ weekday, days, completeDays }) => (
              <Table.Tr key={weekday}>
                <Table.Th scope="row" className="tw-sticky">
                  {weekdayName(weekday)}
                  <Text size="xs" c="dimmed" component="div" className="tw-nowrap">
                    {t('heatMap.days', { complete: completeDays, days })}
                  </Text>
                </Table.Th>
                {hours.map((hour) => {
                  const cell = cells.get(`${weekday} ${hour}`);
                  if (cell === undefined) return <Table.Td key={hour} />;
                  const exact = formatMeasure(cell.average, measure, answer);
                  // Whole amounts leave room for the hours; the exact ones stand in the title.
                  const text =
                    measure.format === 'money' && cell.average !== null ? formatWholeMoney(Number(cell.average), answer) : exact;
                  const words = exact === '' ? t('heatMap.noAverage') : exact;
                  const key = `${weekday} ${hour}`;
                  const sum = formatMeasure(cell.sum, measure, answer);
                  const about = t('heatMap.cell', { weekday: weekdayName(weekday), hour, value: words, sum });
                  return (
                    <Table.Td
                      key={hour}
                      className={`tw-number tw-heat-${level(Number(cell.average ?? 0), most)}`}
                      title={about}
                      data-opened={opened === key || undefined}
                    >
                      {mayOpen ? (
                        <button
                          type="button"
                          className="tw-figure"
                          aria-label={t('heatMap.open', {
                            weekday: weekdayName(weekday),
                            hour,
                            // What is seen is part of the name, rounded as it is.
                            value: text === '' ? `– (${words})` : text,
                            sum,
                          })}
                          onClick={() => void navigate({ search: (before) => ({ ...before, cell: key }) })}
                        >
                          {text === '' ? '–' : text}
                        </button>
                      ) : text === '' ? (
                        <span aria-label={words}>–</span>
                      ) : (
                        text
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <HeatReceipts answer={answer} />
    </Stack>
  );
}

/** The receipts behind the opened cell, of all its days; they sum to it. */
function HeatReceipts({ answer }: { readonly answer: HeatMap }) {
  const { t } = useTranslation();
  const { cell: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const cell = answer.cells.find(({ weekday, hour }) => `${weekday} ${hour}` === opened);
  const { measure } = answer;
  const days = answer.weekdays.find(({ weekday }) => weekday === cell?.weekday);
  return (
    <ReceiptDrawer
      title={cell === undefined ? '' : `${weekdayName(cell.weekday)} ${cell.hour} · ${formatPeriod(answer.from, answer.to)}`}
      of={
        cell === undefined ? null : { from: answer.from, to: answer.to, hours: [], weekday: cell.weekday, localHour: cell.hour }
      }
      measure={measure.name}
      definition={measure}
      money={answer}
      onClose={() => void navigate({ search: ({ cell: _closed, ...before }) => before })}
    >
      {cell !== undefined && days !== undefined && (
        <Text size="xs" c="dimmed">
          {t('heatMap.averageOf', {
            average: formatMeasure(cell.average, measure, answer) || '–',
            sum: formatMeasure(cell.averageOf, measure, answer) || '–',
            count: days.completeDays,
          })}
        </Text>
      )}
    </ReceiptDrawer>
  );
}

/** Which of the shades, 0 for nothing. */
function level(value: number, most: number): number {
  return value <= 0 || most === 0 ? 0 : Math.ceil((value / most) * LEVELS);
}

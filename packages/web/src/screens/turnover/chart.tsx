import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TurnoverAnswer } from '../../api/turnover.ts';
import { formatMeasure } from '../../shared/measure-value.ts';
import { columnLabel } from './column-label.ts';
import { measureLabel } from './measure-label.ts';

const route = getRouteApi('/shell/turnover');
const HEIGHT = 360;
const compact = new Intl.NumberFormat(undefined, { notation: 'compact' });
const COLORS = ['weave.8', 'orange.7', 'indigo.6', 'pink.7', 'lime.8', 'grape.7', 'cyan.8', 'yellow.8'];

/** The grid's figures as stacked bars, one colour a department; the exact figures stay in the grid. */
export default function TurnoverChart({ answer }: { readonly answer: TurnoverAnswer }) {
  const { t } = useTranslation();
  const { measure } = route.useSearch();
  const definition = answer.measures.find(({ name }) => name === measure);
  const scale = definition?.format === 'money' ? 10 ** answer.minorDigits : 1;
  const rows = answer.rows.map((row) => ({ name: row.department?.name ?? row.store.name, cells: row.cells }));
  if (answer.unmapped !== null) rows.push({ name: t('turnover.unmapped'), cells: answer.unmapped.cells });
  const stacked = definition?.kind !== 'ratio';
  const data = answer.columns.map((column, index) => ({
    column: columnLabel(column, answer.by, true),
    ...Object.fromEntries(rows.map(({ name, cells }) => [name, Number(cells[index]?.values[measure] ?? 0) / scale])),
  }));
  return (
    <figure style={{ margin: 0 }} aria-label={t('turnover.chartLabel', { measure: measureLabel(measure) })}>
      <BarChart
        h={HEIGHT}
        data={data}
        dataKey="column"
        type={stacked ? 'stacked' : 'default'}
        withLegend
        series={rows.map(({ name }, index) => ({ name, color: COLORS[index % COLORS.length] ?? 'gray.6' }))}
        yAxisProps={{ width: 70, tickFormatter: (value: number) => compact.format(value) }}
        valueFormatter={(value) => formatMeasure(Math.round(value * scale), definition, answer)}
      />
    </figure>
  );
}

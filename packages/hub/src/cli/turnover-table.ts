import { message } from '../messages/message.ts';
import type {
  Coverage,
  MeasureDefinition,
  MeasureValue,
  TurnoverAnswer,
  TurnoverCell,
  TurnoverColumn,
} from '../modules/turnover/schemas.ts';
import { decimalText } from '../modules/turnover/values.ts';
import { type Column, table } from './output.ts';

/** States of a figure that is not final, worst last. */
const UNFINISHED = ['running', 'partial', 'missing'] as const;
const MARKS: Readonly<Partial<Record<Coverage, string>>> = { running: '…', partial: '◐', missing: '–' };

interface Line {
  readonly time: string;
  /** One a department, then the total. */
  readonly cells: readonly { readonly coverage: Coverage; readonly values: Readonly<Record<string, MeasureValue>> }[];
}

/** One table a measure: time down, departments (or stores) across, totals last on both sides. */
export function turnoverTables(answer: TurnoverAnswer): string {
  const titles = titlesOf(answer);
  const lines: Line[] = answer.columns.map((column, index) => ({
    time: timeOf(column),
    cells: [...rowsOf(answer).map((row) => row.cells[index]), answer.totals[index]].filter((cell) => cell !== undefined),
  }));
  lines.push({
    time: message('turnover.total'),
    cells: [...rowsOf(answer).map((row) => row.total), answer.total],
  });
  return answer.measures
    .map((measure) => {
      const show = (cell: Line['cells'][number] | undefined) => (cell === undefined ? '' : cellText(cell, measure, answer));
      const columns: Column<Line>[] = [
        { title: answer.by, value: (line) => line.time },
        ...titles.map((title, index): Column<Line> => ({
          // Marks stand in a column of their own: figures stay under each other.
          title: `${title}  `,
          value: (line) => show(line.cells[index]),
          align: 'right',
        })),
      ];
      return `${headingOf(measure, answer.currency)}\n\n${table(columns, lines)}`;
    })
    .join('\n\n');
}

/** The states that keep the answer from being final, each once. */
export function unfinishedStates(answer: TurnoverAnswer): readonly (typeof UNFINISHED)[number][] {
  const found = new Set<Coverage>([...rowsOf(answer)].flatMap((row) => row.cells.map((cell: TurnoverCell) => cell.coverage)));
  return UNFINISHED.filter((state) => found.has(state));
}

function rowsOf(answer: TurnoverAnswer) {
  return answer.unmapped === null ? answer.rows : [...answer.rows, answer.unmapped];
}

function titlesOf(answer: TurnoverAnswer): string[] {
  const shown = answer.rows.map(({ department, store }) => department?.name ?? store.name);
  const titles = answer.rows.map(({ department, store }, index) => {
    const title = shown[index] ?? '';
    const isAlone = shown.indexOf(title) === shown.lastIndexOf(title);
    return isAlone || department === null ? title : `${store.name}/${department.name}`;
  });
  return [...titles, ...(answer.unmapped === null ? [] : [message('turnover.unmapped')]), message('turnover.total')];
}

function timeOf(column: TurnoverColumn): string {
  if (column.localHour === undefined) return column.whole ? column.key : `${column.key} (${column.from} – ${column.to})`;
  return `${column.from} ${column.localHour}${column.repeat === 2 ? ' (again)' : ''}`;
}

function headingOf(measure: MeasureDefinition, currency: string): string {
  return message('turnover.heading', {
    measure: measure.label ?? measure.name,
    basis: message(`turnover.basis.${measure.basis}`),
    unit: measure.format === 'money' ? ` (${currency})` : '',
    definition: measure.definition,
  });
}

function cellText(cell: Line['cells'][number], measure: MeasureDefinition, { minorDigits }: TurnoverAnswer): string {
  const value = cell.values[measure.name] ?? null;
  if (cell.coverage === 'closed') return `${message('turnover.closed')}  `;
  return `${valueText(value, measure, minorDigits)} ${MARKS[cell.coverage] ?? ' '}`;
}

function valueText(value: MeasureValue, { format }: MeasureDefinition, minorDigits: number): string {
  if (value === null) return '';
  if (format === 'money' && typeof value === 'number') return fixed(value, minorDigits);
  if (format === 'share') return `${(Number(value) * 100).toFixed(1)} %`;
  return String(value);
}

/** Minor units with their decimals and thousands apart: 1234567 → `12,345.67`. */
function fixed(minor: number, digits: number): string {
  const [whole = '0', fraction = ''] = decimalText(minor, digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return digits === 0 ? grouped : `${grouped}.${fraction.padEnd(digits, '0')}`;
}

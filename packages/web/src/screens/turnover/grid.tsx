import { Table, Text, Tooltip } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TurnoverAnswer, TurnoverCell } from '../../api/turnover.ts';
import { CoverageSign } from '../../shared/coverage.tsx';
import { formatDayLong } from '../../shared/days.ts';
import { formatMeasure } from '../../shared/measure-value.ts';
import { useMay } from '../../shared/permission.ts';
import { moveByArrows } from './arrow-keys.ts';
import { changeOf } from './change.ts';
import { columnLabel } from './column-label.ts';
import { measureLabel } from './measure-label.ts';

const route = getRouteApi('/shell/turnover');

interface Line {
  readonly key: string;
  readonly name: string;
  readonly place: string;
  readonly cells: readonly TurnoverCell[];
  readonly before: readonly TurnoverCell[] | undefined;
  readonly total: { readonly coverage: TurnoverCell['coverage']; readonly values: TurnoverCell['values'] };
}

/** Departments down, time across. Every figure is a button that opens the receipts behind it; a figure that is not final carries a sign. */
export function TurnoverGrid({ answer }: { readonly answer: TurnoverAnswer }) {
  const { t } = useTranslation();
  const { measure, cell: opened, group = 'department' } = route.useSearch();
  const navigate = route.useNavigate();
  const definition = answer.measures.find(({ name }) => name === measure);
  const open = (line: string, column: string) =>
    void navigate({ search: (before) => ({ ...before, cell: `${line}/${column}` }) });
  const lines = linesOf(answer, t('turnover.unmapped'));
  // Visitors come from no receipt.
  const mayOpen = useMay('receipts:read') && measure !== 'visitors' && measure !== 'conversion';
  const label = t(group === 'store' ? 'turnover.gridByStore' : 'turnover.gridLabel', { measure: measureLabel(measure) });
  const dayHeaders = answer.by === 'hour' && new Set(answer.columns.map(({ day }) => day)).size > 1;

  return (
    <Table.ScrollContainer minWidth={600} type="native" tabIndex={0} role="group" aria-label={label}>
      <Table
        className="tw-grid"
        fz="sm"
        verticalSpacing={3}
        horizontalSpacing={8}
        withRowBorders
        aria-label={label}
        onKeyDown={moveByArrows}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" className="tw-sticky">
              <Tooltip label={definition?.definition ?? ''} multiline w={280} disabled={definition === undefined}>
                <span>
                  {measureLabel(measure)}
                  {definition?.format === 'money' && ` (${answer.currency})`}
                </span>
              </Tooltip>
            </Table.Th>
            {answer.columns.map((column) => (
              <Table.Th key={column.key} scope="col" className="tw-number">
                {answer.by === 'day' ? (
                  <Link
                    to="/days/$day"
                    params={{ day: column.from }}
                    search={{}}
                    className="tw-title-link"
                    title={t('day.open', { day: formatDayLong(column.from) })}
                  >
                    {columnLabel(column, answer.by, dayHeaders)}
                  </Link>
                ) : (
                  columnLabel(column, answer.by, dayHeaders)
                )}
                {!column.whole && <span title={t('turnover.notWhole')}>*</span>}
              </Table.Th>
            ))}
            <Table.Th scope="col" className="tw-number">
              {t('turnover.total')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.key}>
              <Table.Th scope="row" className="tw-sticky">
                {line.name}
                <Text size="xs" c="dimmed" component="div">
                  {line.place}
                </Text>
              </Table.Th>
              {line.cells.map((cell, index) => {
                const text = formatMeasure(cell.values[measure], definition, answer);
                const change = changeOf(cell.values[measure], line.before?.[index]?.values[measure]);
                const column = answer.columns[index];
                return (
                  <Table.Td
                    key={cell.column}
                    className="tw-number"
                    data-opened={opened === `${line.key}/${cell.column}` || undefined}
                  >
                    {cell.coverage === 'missing' || cell.coverage === 'not_applicable' || text === '' ? (
                      <CoverageSign coverage={cell.coverage} />
                    ) : (
                      <>
                        {cell.coverage !== 'complete' && <CoverageSign coverage={cell.coverage} />}{' '}
                        <Figure
                          text={text}
                          zero={Number(cell.values[measure] ?? 0) === 0}
                          label={t('turnover.openCell', {
                            name: line.name,
                            column: column === undefined ? cell.column : columnLabel(column, answer.by, true),
                            value: text,
                          })}
                          onOpen={mayOpen ? () => open(line.key, cell.column) : null}
                        />
                        {change !== null && <Change value={change} />}
                      </>
                    )}
                  </Table.Td>
                );
              })}
              <Table.Td className="tw-number">
                {line.total.coverage !== 'complete' && line.total.coverage !== 'not_applicable' && (
                  <CoverageSign coverage={line.total.coverage} />
                )}{' '}
                <strong>{formatMeasure(line.total.values[measure], definition, answer)}</strong>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row" className="tw-sticky">
              {t('turnover.total')}
            </Table.Th>
            {answer.totals.map((cell, index) => (
              <Table.Td key={cell.column} className="tw-number">
                <strong>{formatMeasure(cell.values[measure], definition, answer)}</strong>
                {answer.comparison !== null && (
                  <Change value={changeOf(cell.values[measure], answer.comparison.totals[index]?.values[measure])} />
                )}
              </Table.Td>
            ))}
            <Table.Td className="tw-number">
              {answer.total.coverage !== 'complete' && answer.total.coverage !== 'not_applicable' && (
                <CoverageSign coverage={answer.total.coverage} />
              )}{' '}
              <strong>{formatMeasure(answer.total.values[measure], definition, answer)}</strong>
              {answer.comparison !== null && (
                <Change value={changeOf(answer.total.values[measure], answer.comparison.total.values[measure])} />
              )}
            </Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}

interface FigureProps {
  readonly text: string;
  readonly zero: boolean;
  readonly label: string;
  /** Opens the receipts behind it; null for those who may not read receipts. */
  readonly onOpen: (() => void) | null;
}

function Figure({ text, zero, label, onOpen }: FigureProps) {
  const className = zero ? 'tw-figure tw-zero' : 'tw-figure';
  if (onOpen === null) return <span className={zero ? 'tw-zero' : undefined}>{text}</span>;
  return (
    <button type="button" className={className} aria-label={label} onClick={onOpen}>
      {text}
    </button>
  );
}

/** The change against the compared period, with its direction as a sign. */
function Change({ value }: { readonly value: number | null }) {
  if (value === null) return null;
  const text = `${value > 0 ? '▲' : value < 0 ? '▼' : '='} ${Math.abs(value)} %`;
  return (
    <Text size="xs" c="dimmed" component="div">
      {text}
    </Text>
  );
}

function linesOf(answer: TurnoverAnswer, unmappedName: string): Line[] {
  const rowKey = (row: TurnoverAnswer['rows'][number]) => row.department?.id ?? row.store.id;
  const before = new Map(answer.comparison?.rows.map((row) => [rowKey(row), row.cells]));
  const lines = answer.rows.map((row) => ({
    key: rowKey(row),
    name: row.department?.name ?? row.store.name,
    place: row.department === null || row.department.name === row.store.name ? '' : row.store.name,
    cells: row.cells,
    before: before.get(rowKey(row)),
    total: row.total,
  }));
  if (answer.unmapped === null) return lines;
  return [...lines, { key: 'unmapped', name: unmappedName, place: '', before: undefined, ...answer.unmapped }];
}

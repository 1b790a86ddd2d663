import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TurnoverAnswer, TurnoverCell, TurnoverColumn } from '../../api/turnover.ts';
import { columnLabel } from './column-label.ts';
import { ReceiptDrawer } from './receipt-drawer.tsx';

const route = getRouteApi('/shell/turnover');

interface OpenedCell {
  readonly line: string;
  readonly name: string;
  /** Not a store, nor what no department takes. */
  readonly isDepartment: boolean;
  readonly isStore: boolean;
  readonly column: TurnoverColumn;
  readonly cell: TurnoverCell;
}

/** The receipts behind the opened cell; they sum to it. */
export function CellReceipts({ answer }: { readonly answer: TurnoverAnswer }) {
  const { cell, measure } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const opened = cell === undefined ? null : findCell(answer, cell, t('turnover.unmapped'));
  const close = () => void navigate({ search: ({ cell: _closed, ...before }) => before });
  const sameDay = opened !== null && opened.column.from === opened.column.to;
  return (
    <ReceiptDrawer
      title={opened === null ? '' : `${opened.name} · ${columnLabel(opened.column, answer.by, true)}`}
      of={
        opened === null
          ? null
          : {
              from: opened.column.from,
              to: opened.column.to,
              hours: opened.cell.hours ?? [],
              ...(opened.isStore ? { store: opened.line } : { department: opened.line }),
            }
      }
      measure={measure}
      definition={answer.measures.find(({ name }) => name === measure)}
      money={answer}
      onClose={close}
    >
      {opened !== null && sameDay && (
        <Link
          to="/days/$day"
          params={{ day: opened.column.day ?? opened.column.from }}
          search={{ tab: 'log', ...(opened.isDepartment ? { department: opened.line } : {}) }}
          className="tw-link"
        >
          {t('day.openOf', { name: opened.isDepartment ? opened.name : t('day.all') })}
        </Link>
      )}
    </ReceiptDrawer>
  );
}

function findCell(answer: TurnoverAnswer, opened: string, unmappedName: string): OpenedCell | null {
  const slash = opened.indexOf('/');
  const [line, key] = [opened.slice(0, slash), opened.slice(slash + 1)];
  const row = answer.rows.find(({ department, store }) => (department?.id ?? store.id) === line);
  const cells = line === 'unmapped' ? answer.unmapped?.cells : row?.cells;
  const cell = cells?.find(({ column }) => column === key);
  const column = answer.columns.find((one) => one.key === key);
  if (cell === undefined || column === undefined) return null;
  const isDepartment = row?.department != null;
  const isStore = row !== undefined && !isDepartment;
  return { line, name: row?.department?.name ?? row?.store.name ?? unmappedName, isDepartment, isStore, column, cell };
}

import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  type ReceiptList,
  type TurnoverAnswer,
  type TurnoverCell,
  type TurnoverColumn,
  useReceipts,
} from '../../api/turnover.ts';
import { type Column, DataTable } from '../../shared/data-table.tsx';
import { formatMeasure } from '../../shared/measure-value.ts';
import { Moment } from '../../shared/moment.tsx';
import { ReceiptLink } from '../../shared/receipt-link.tsx';
import { StatePanel } from '../../shared/state-panel.tsx';
import { columnLabel } from './column-label.ts';
import { measureLabel } from './measure-label.ts';

const route = getRouteApi('/shell/turnover');
type ReceiptItem = ReceiptList['items'][number];

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
  const { cell } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const opened = cell === undefined ? null : findCell(answer, cell, t('turnover.unmapped'));
  const close = () => void navigate({ search: ({ cell: _closed, ...before }) => before });
  return (
    <Drawer
      opened={opened !== null}
      onClose={close}
      position="right"
      size="xl"
      title={opened === null ? '' : `${opened.name} · ${columnLabel(opened.column, answer.by, true)}`}
      closeButtonProps={{ 'aria-label': t('turnover.close') }}
    >
      {opened !== null && <Receipts answer={answer} opened={opened} />}
    </Drawer>
  );
}

function Receipts({ answer, opened }: { readonly answer: TurnoverAnswer; readonly opened: OpenedCell }) {
  const { t } = useTranslation();
  const { measure } = route.useSearch();
  const definition = answer.measures.find(({ name }) => name === measure);
  const receipts = useReceipts({
    from: opened.column.from,
    to: opened.column.to,
    hours: opened.cell.hours ?? [],
    ...(opened.isStore ? { store: opened.line } : { department: opened.line }),
    measure,
  });
  const sameDay = opened.column.from === opened.column.to;
  const columns: Column<ReceiptItem>[] = [
    {
      id: 'number',
      header: t('receipt.number'),
      value: ({ number }) => number,
      cell: (item) => <ReceiptLink {...item} />,
    },
    {
      id: 'time',
      header: t('receipt.time'),
      value: ({ occurredAt }) => occurredAt,
      cell: ({ occurredAt, timeZone }) => <Moment iso={occurredAt} timeZone={timeZone} timeOnly={sameDay} />,
    },
    {
      id: 'figure',
      header: measureLabel(measure),
      align: 'right',
      value: ({ figure }) => Number(figure[measure] ?? 0),
      cell: ({ figure }) => formatMeasure(figure[measure] ?? 0, definition, answer),
    },
    {
      id: 'register',
      header: t('receipt.register'),
      value: ({ registerName, registerId }) => registerName ?? registerId,
      cell: ({ registerName, registerId }) => registerName ?? registerId,
    },
    {
      id: 'versions',
      header: t('receipt.versions'),
      align: 'right',
      value: ({ versions }) => versions,
      cell: ({ versions }) => versions,
    },
  ];
  return (
    <StatePanel
      query={receipts}
      isEmpty={({ pages }) => (pages[0]?.items.length ?? 0) === 0}
      empty={<Text>{t('receipt.none')}</Text>}
    >
      {({ pages }) => (
        <Stack gap="xs">
          <Group justify="space-between">
            <Text size="sm">{t('receipt.count', { count: pages[0]?.total?.count ?? 0 })}</Text>
            <Text fw={600} className="tw-number">
              {t('turnover.sum')} {formatMeasure(pages[0]?.total?.figure[measure] ?? 0, definition, answer)}
              {definition?.format === 'money' && ` ${answer.currency}`}
            </Text>
          </Group>
          <DataTable
            caption={t('receipt.list')}
            columns={columns}
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ posAccountId, saleId }) => `${posAccountId}/${saleId}`}
          />
          {receipts.hasNextPage && (
            <Button variant="default" loading={receipts.isFetchingNextPage} onClick={() => void receipts.fetchNextPage()}>
              {t('receipt.more')}
            </Button>
          )}
          {sameDay && (
            <Link
              to="/days/$day"
              params={{ day: opened.column.day ?? opened.column.from }}
              search={{ tab: 'log', ...(opened.isDepartment ? { department: opened.line } : {}) }}
              className="tw-link"
            >
              {t('day.openOf', { name: opened.isDepartment ? opened.name : t('day.all') })}
            </Link>
          )}
        </Stack>
      )}
    </StatePanel>
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

import { Table } from '@mantine/core';
import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns });

/** A column of a DataTable. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** What is sorted by; without it the column cannot be sorted. */
  readonly value?: (row: T) => string | number;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right';
}

interface DataTableProps<T extends RowData> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
}

/** A plain list of records with sortable headings (buttons, so that the keyboard reaches them). */
export function DataTable<T extends RowData>({ caption, columns, rows, rowKey }: DataTableProps<T>) {
  const table = useTable({
    features,
    data: rows,
    columns: columns.map(({ id, header, value, cell }): ColumnDef<typeof features, T> => ({
      id,
      header,
      accessorFn: value ?? (() => ''),
      enableSorting: value !== undefined,
      cell: ({ row }) => cell(row.original),
    })),
    getRowId: rowKey,
  });
  const alignOf = (id: string) => (columns.find((column) => column.id === id)?.align === 'right' ? 'tw-number' : undefined);
  return (
    <Table.ScrollContainer minWidth={480} type="native" tabIndex={0} role="group" aria-label={caption}>
      <Table verticalSpacing={4} fz="sm" highlightOnHover aria-label={caption}>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              {group.headers.map(({ id, column }) => {
                const sorted = column.getIsSorted();
                const label = String(column.columnDef.header);
                // A column of buttons has no heading; an empty heading would be announced as one.
                if (label === '') return <Table.Td key={id} />;
                return (
                  <Table.Th
                    key={id}
                    className={alignOf(column.id)}
                    aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
                  >
                    {column.getCanSort() ? (
                      <button type="button" className="tw-sort" onClick={column.getToggleSortingHandler()}>
                        {label} {sorted === false ? '' : sorted === 'asc' ? '▲' : '▼'}
                      </button>
                    ) : (
                      label
                    )}
                  </Table.Th>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {table.getRowModel().rows.map((row) => (
            <Table.Tr key={row.id}>
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} className={alignOf(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

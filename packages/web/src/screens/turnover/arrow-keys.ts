import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** In a table of figures the arrow keys go from one to the next in that direction, Home and End to the ends of the line. */
export function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const step = steps[event.key];
  const { target } = event;
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return;
  const here = target.closest('td, th');
  const row = here?.closest('tr');
  if (!(here instanceof HTMLTableCellElement) || row == null) return;
  const rows = [...event.currentTarget.rows].map((one) => one.cells);
  const next = nextFigure(rows, { row: rowOf(event.currentTarget, row), column: here.cellIndex }, step);
  if (next === null) return;
  event.preventDefault();
  next.focus();
}

function rowOf(table: HTMLTableElement, row: Element): number {
  return [...table.rows].findIndex((one) => one === row);
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** The figure to go to, past cells without one; null when there is none in that direction. */
function nextFigure(
  rows: readonly HTMLCollectionOf<HTMLTableCellElement>[],
  { row, column }: Place,
  [down, right]: readonly [number, number],
): HTMLElement | null {
  const figureAt = (at: Place) => rows[at.row]?.[at.column]?.querySelector<HTMLElement>('button, a') ?? null;
  const line = rows[row]?.length ?? 0;
  if (right === Infinity || right === -Infinity) {
    const columns = Array.from({ length: line }, (_, index) => (right > 0 ? line - 1 - index : index));
    return columns.map((one) => figureAt({ row, column: one })).find((one) => one !== null) ?? null;
  }
  for (let at = { row: row + down, column: column + right }; isInside(at, rows, line);) {
    const figure = figureAt(at);
    if (figure !== null) return figure;
    at = { row: at.row + down, column: at.column + right };
  }
  return null;
}

function isInside({ row, column }: Place, rows: readonly unknown[], line: number): boolean {
  return row >= 0 && row < rows.length && column >= 0 && column < line;
}

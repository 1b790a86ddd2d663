/** Adds figures up to golden cells: what the hub's facts do in SQL, in memory. */
import type { Sale } from '../packages/lightspeed/src/index.ts';
import { figureOf, type Figure } from '../packages/hub/src/modules/ledger/figure/figure.ts';
import { isQuantity, PAYMENT_MEASURES, SALE_MEASURES } from '../packages/hub/src/modules/ledger/figure/measures.ts';
import { cellKey, inOrder, placeOfShop, type GoldenCell, type GoldenSettings } from './load.ts';

/** Cells of sales, in order, zeros left out. */
export function cellsOf(sales: readonly Sale[], settings: GoldenSettings): readonly GoldenCell[] {
  const cells = new Map<string, OpenCell>();
  for (const sale of sales) addFigure(cells, sale, figureInCase(sale, settings));
  const filled = [...cells.values()].map(withoutZeros).filter((cell) => Object.keys(cell.measures).length > 0);
  return inOrder(filled);
}

/** A sale's figure under a case's settings. */
export function figureInCase(sale: Sale, settings: GoldenSettings): Figure {
  const calendar = [{ validFrom: '0001-01-01', ...placeOfShop(settings, sale.shopId) }];
  return figureOf(sale, { minorDigits: settings.minorDigits, calendar });
}

interface OpenCell {
  readonly shopID: string;
  readonly registerID: string;
  readonly day: string;
  readonly hour: string;
  /** Quantities in millionths. */
  readonly sums: Map<string, number>;
}

function addFigure(cells: Map<string, OpenCell>, sale: Sale, figure: Figure): void {
  if (figure.measures !== null) {
    const cell = cellAt(cells, sale.shopId, sale.registerId ?? '', figure);
    for (const name of SALE_MEASURES) {
      const value = figure.measures[name];
      add(cell, name, typeof value === 'number' ? value : Math.round(Number(value) * 1e6));
    }
  }
  for (const row of figure.payments) {
    const cell = cellAt(cells, sale.shopId, row.registerId, row);
    for (const name of PAYMENT_MEASURES) add(cell, name, row[name]);
    add(cell, `payments:${row.paymentTypeId}`, row.payments);
  }
}

function cellAt(
  cells: Map<string, OpenCell>,
  shopID: string,
  registerID: string,
  { businessDay: day, hour }: { readonly businessDay: string; readonly hour: number },
): OpenCell {
  const place = { shopID, registerID, day, hour: `${new Date(hour).toISOString().slice(0, 19)}Z` };
  const key = cellKey(place);
  let cell = cells.get(key);
  if (cell === undefined) {
    cell = { ...place, sums: new Map() };
    cells.set(key, cell);
  }
  return cell;
}

function add(cell: OpenCell, name: string, value: number): void {
  cell.sums.set(name, (cell.sums.get(name) ?? 0) + value);
}

function withoutZeros({ sums, ...place }: OpenCell): GoldenCell {
  const measures = Object.fromEntries(
    [...sums].filter(([, value]) => value !== 0).map(([name, value]) => [name, isQuantity(name) ? String(value / 1e6) : value]),
  );
  return { ...place, measures };
}

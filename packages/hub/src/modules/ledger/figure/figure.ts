import type { Sale, SaleLine } from '@tillweave/lightspeed';
import { allocate } from './allocate.ts';
import { placeOf } from './business-day.ts';
import { lineDiscount, priceRuleDiscount, type LineDiscount, type LineParts } from './discount.ts';
import { AmountOutOfRange, difference, parseExact, round, ZERO } from './exact.ts';
import { paymentFigures, paymentsWithTips } from './payments.ts';
import { SaleTally } from './sale-measures.ts';
import type { Figure, FigureProblem, FigureSettings, LineFigure, PaymentFigure, SaleMeasures } from './types.ts';

export type * from './types.ts';

/**
 * What a sale adds to the books: its business day and hour, its cents by measure, by line and by payment. Pure (D1): the same document and
 * settings give the same figure whenever and however they were seen, and the order of lines and payments does not matter.
 * @throws RangeError for a calendar without rows or with a zone that is none; both are the shop's problem, settled before any sale is read.
 */
export function figureOf(sale: Sale, settings: FigureSettings): Figure {
  const { businessDay, hour } = placeOf(sale.occurredAt, settings.calendar);
  const cell = { counted: sale.state === 'completed', businessDay, hour };
  try {
    return { ...cell, ...amountsOf(sale, settings, cell.counted) };
  } catch (error) {
    if (!(error instanceof AmountOutOfRange)) throw error;
    const problem = { code: 'amount_out_of_range', message: error.message } as const;
    return { ...cell, counted: false, measures: null, lines: sale.lines.map(withoutCents), payments: [], problem };
  }
}

interface Amounts {
  readonly measures: SaleMeasures | null;
  readonly lines: readonly LineFigure[];
  readonly payments: readonly PaymentFigure[];
  readonly problem: FigureProblem | null;
}

function amountsOf(sale: Sale, settings: FigureSettings, counted: boolean): Amounts {
  const { minorDigits } = settings;
  const parts = sale.lines.map((line) => partsOf(line, minorDigits));
  const shares = shareOut(sale, parts, minorDigits);
  const tally = new SaleTally(minorDigits);
  const lines = sale.lines.map((line, index) => {
    const linePart = parts[index] ?? NO_PARTS;
    const isGoods = line.kind === 'goods';
    const discount = isGoods ? lineDiscount(sale, line, linePart, minorDigits) : NO_DISCOUNT;
    const figure = {
      lineId: line.id,
      netCents: shares.net[index] ?? 0,
      taxCents: shares.tax[index] ?? 0,
      discountCents: discount.excl,
      discountInclCents: discount.incl,
    };
    if (counted)
      tally.addLine(sale, line, figure, isGoods ? priceRuleDiscount(line, linePart, sale.taxInclusive, minorDigits) : 0);
    return figure;
  });
  const payments = paymentFigures({ state: sale.state, payments: paymentsWithTips(sale) }, settings);
  if (!counted) return { measures: null, lines, payments, problem: null };
  sale.adjustments.forEach((adjustment, index) => {
    const at = sale.lines.length + index;
    tally.addAdjustment(sale, adjustment, { net: shares.net[at] ?? 0, tax: shares.tax[at] ?? 0 });
  });
  const { unexplained } = shares;
  return { measures: tally.finish(sale, unexplained), lines, payments, problem: problemOf(unexplained) };
}

interface Shares {
  /** Allocated E and X in the order of lines, then adjustments; 0 for ignored lines. */
  readonly net: readonly number[];
  readonly tax: readonly number[];
  readonly unexplained: { readonly net: number; readonly tax: number };
}

/** D2, D3: E = T − X and X, spread over every line that is not ignored and every adjustment. */
function shareOut(sale: Sale, lineParts: readonly LineParts[], minorDigits: number): Shares {
  const slots: Slot[] = [];
  sale.lines.forEach((line, index) => {
    if (line.kind !== 'ignored') slots.push({ index, position: line.position, id: line.id, parts: lineParts[index] ?? NO_PARTS });
  });
  sale.adjustments.forEach((adjustment, index) => {
    const parts = { exclusive: parseExact(adjustment.exclusive, minorDigits), tax: parseExact(adjustment.tax, minorDigits) };
    slots.push({ index: sale.lines.length + index, position: Number.POSITIVE_INFINITY, id: adjustment.id, parts });
  });
  if (slots.length > 1) slots.sort(inTieOrder);
  const { net, tax } = posCents(sale, minorDigits);
  const byNet = allocate(
    net,
    slots.map((slot) => slot.parts.exclusive),
  );
  const byTax = allocate(
    tax,
    slots.map((slot) => slot.parts.tax),
  );
  const size = sale.lines.length + sale.adjustments.length;
  return {
    net: inPlace(slots, byNet.shares, size),
    tax: inPlace(slots, byTax.shares, size),
    unexplained: { net: byNet.unexplained, tax: byTax.unexplained },
  };
}

/** D2: what the POS states is rounded, the other amount follows: the R-Series states its tax, the X-Series its total excl. tax. */
function posCents(sale: Sale, minorDigits: number): { readonly net: number; readonly tax: number } {
  const [total, tax] = [parseExact(sale.total, minorDigits), parseExact(sale.tax, minorDigits)];
  if (sale.provider === 'lightspeed-x') {
    const net = round(difference(total, tax));
    return { net, tax: round(total) - net };
  }
  return { net: round(total) - round(tax), tax: round(tax) };
}

/** A part of the allocation and where it came from. */
interface Slot {
  readonly index: number;
  readonly position: number;
  readonly id: string;
  readonly parts: LineParts;
}

/** Lines by their position, then adjustments; equal positions by id. */
function inTieOrder(a: Slot, b: Slot): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function inPlace(slots: readonly Slot[], shares: readonly number[], size: number): readonly number[] {
  const placed = Array.from({ length: size }, () => 0);
  slots.forEach((slot, at) => {
    placed[slot.index] = shares[at] ?? 0;
  });
  return placed;
}

const NO_DISCOUNT: LineDiscount = { excl: 0, incl: 0 };
const NO_PARTS: LineParts = { exclusive: ZERO, tax: ZERO };

function partsOf(line: SaleLine, minorDigits: number): LineParts {
  return { exclusive: parseExact(line.exclusive, minorDigits), tax: parseExact(line.tax, minorDigits) };
}

function withoutCents(line: SaleLine): LineFigure {
  return { lineId: line.id, netCents: 0, taxCents: 0, discountCents: 0, discountInclCents: 0 };
}

function problemOf(unexplained: Shares['unexplained']): FigureProblem | null {
  if (unexplained.net === 0 && unexplained.tax === 0) return null;
  return { code: 'unexplained', unexplained: unexplained.net, unexplainedIncl: unexplained.net + unexplained.tax };
}

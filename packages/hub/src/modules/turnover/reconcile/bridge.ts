import {
  absoluteAmount,
  addAmounts,
  type Amount,
  amountFromUnits,
  compareAmounts,
  formatAmount,
  parseAmount,
  roundAmount,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '@tillweave/lightspeed';
import type { PaymentSide, SaleSide } from './our-side.ts';
import type { Preset } from './presets.ts';
import type { BridgeCause, Reconcile } from './schemas.ts';

/** One receipt's part of the way from our figure to the POS's. */
export interface Step {
  readonly cause: BridgeCause;
  readonly saleId: string;
  readonly number: string | null;
  readonly shopId: string;
  /** The calendar day on which the POS counts it, else its business day. */
  readonly day: string;
  readonly amount: Amount;
}

/** Our figure, each receipt's steps, and what by our own data the POS must have counted, by `day/shop`. */
export interface Side {
  readonly ours: Amount;
  readonly steps: readonly Step[];
  readonly expected: ReadonlyMap<string, Amount>;
}

interface Period {
  readonly from: string;
  readonly to: string;
}

const RECEIPTS_MOST = 50;

/** Sales: which days the POS counts by, and what of a receipt it counts that our measure does not. Pure. */
export function salesSide(
  sales: readonly SaleSide[],
  { counts, provider }: Pick<Preset, 'counts' | 'provider'>,
  { from, to }: Period,
  minorDigits: number,
): Side {
  const isIn = (day: string) => from <= day && day <= to;
  const steps: Step[] = [];
  const expected = new Map<string, Amount>();
  let ours: Amount = ZERO;
  for (const sale of sales) {
    const isTheirs = sale.state === 'completed' && isIn(sale.calendar_day);
    const isMine = sale.gross_sales !== null && isIn(sale.business_day);
    const part = salePart(sale, { counts, provider }, minorDigits, { isTheirs, isMine });
    ours = addAmounts(ours, part.ours);
    const day = isTheirs ? sale.calendar_day : sale.business_day;
    if (isTheirs) addTo(expected, `${day}/${sale.shop_id}`, part.theirs);
    const about = { saleId: sale.sale_id, number: sale.number, shopId: sale.shop_id, day };
    const outside = causeOfSalePart(sale, 'day_start');
    for (const { cause, amount } of part.steps) steps.push({ ...about, cause: cause ?? outside, amount });
  }
  return { ours, steps, expected };
}

/** A completed sale without a figure is one of what was chosen not to count. */
export function causeOfSalePart({ gross_sales, state }: SaleSide, otherwise: BridgeCause): BridgeCause {
  return gross_sales === null && state === 'completed' ? 'left_out' : otherwise;
}

/** One sale's part of both sides, and the steps between them; a cause of null: only one of the two counts it. Pure. */
export function salePart(
  sale: SaleSide,
  { counts, provider }: Pick<Preset, 'counts' | 'provider'>,
  minorDigits: number,
  { isTheirs, isMine }: { readonly isTheirs: boolean; readonly isMine: boolean },
): { readonly ours: Amount; readonly theirs: Amount; readonly steps: { cause: BridgeCause | null; amount: Amount }[] } {
  const cents = (units: number) => amountFromUnits(units, minorDigits);
  const text = provider === 'lightspeed-x' ? sale.stated_total : counts === 'sale_totals' ? sale.totals : sale.subtotals;
  const theirs = isTheirs ? read(text) : ZERO;
  const units = counts === 'sale_subtotals' ? (sale.gross_sales ?? 0) - (sale.returns ?? 0) : (sale.net_sales_incl ?? 0);
  const ours = isMine ? cents(units) : ZERO;
  const all: { cause: BridgeCause | null; amount: Amount }[] = [];
  const step = (cause: BridgeCause | null, amount: Amount) => {
    if (signOf(amount) !== 0) all.push({ cause, amount });
  };
  if (!isTheirs || !isMine) {
    step(null, subtractAmounts(theirs, ours));
    return { ours, theirs, steps: all };
  }
  const known: [BridgeCause, Amount][] =
    counts === 'sale_subtotals'
      ? [
          ['lines_outside_turnover', addAmounts(read(sale.other_subtotals), read(sale.rebate_subtotals))],
          ['discounts_on_returns', read(sale.return_discounts)],
          ['tax_in_discounts', cents(sale.tax_in_discounts)],
        ]
      : [['lines_outside_turnover', cents(sale.other_cents)]];
  for (const [cause, amount] of known) step(cause, amount);
  const rest = subtractAmounts(subtractAmounts(theirs, ours), sumAmounts(known.map(([, amount]) => amount)));
  // Each as the receipt itself shows it; what of the rest none does stays unexplained.
  const ofLines = centsOfLines(sale, { counts, provider }, minorDigits);
  step('cents_of_lines', ofLines);
  if (hasAdjustments(sale, provider, minorDigits)) {
    step('lines_outside_turnover', subtractAmounts(rest, sumAmounts([ofLines, cents(sale.unexplained_incl ?? 0)])));
  }
  return { ours, theirs, steps: all };
}

/** What the POS's amount of a receipt has beyond our cents of the same lines: it adds lines up unrounded. */
function centsOfLines(sale: SaleSide, { counts, provider }: Pick<Preset, 'counts' | 'provider'>, minorDigits: number): Amount {
  if (provider === 'lightspeed-x') return subtractAmounts(read(sale.stated_total), cents(read(sale.stated_total), minorDigits));
  return counts !== 'sale_subtotals'
    ? subtractAmounts(read(sale.totals), amountFromUnits(sale.line_cents, minorDigits))
    : subtractAmounts(read(sale.goods_subtotals), amountFromUnits(sale.goods_cents, minorDigits));
}

/** Whether an X-Series sale has adjustments (tips, surcharges, shipping): its total is that of lines, adjustments and what is unexplained (D3). */
function hasAdjustments(sale: SaleSide, provider: Preset['provider'], minorDigits: number): boolean {
  const beyond = roundAmount(read(sale.stated_total), minorDigits) - sale.line_cents - (sale.unexplained_incl ?? 0);
  return provider === 'lightspeed-x' && beyond !== 0;
}

/** Payments of the R-Series' report: of completed sales, by the calendar day of completion, all kinds with their sign. Pure. */
export function paymentsSide(payments: readonly PaymentSide[], { from, to }: Period, minorDigits: number): Side {
  const isIn = (day: string | null) => day !== null && from <= day && day <= to;
  const steps: Step[] = [];
  const expected = new Map<string, Amount>();
  let ours: Amount = ZERO;
  for (const payment of payments) {
    const amount = read(payment.amount);
    const isCounted = payment.state === 'completed' && isIn(payment.sale_calendar_day);
    const isMove = isLiabilityMove(payment, amount);
    const isOurs = !isMove && isIn(payment.paid_business_day);
    const theirs = isCounted ? amount : ZERO;
    const mine = isOurs ? cents(amount, minorDigits) : ZERO;
    ours = addAmounts(ours, mine);
    if (isCounted) addTo(expected, `${payment.sale_calendar_day}/${payment.shop_id}`, amount);
    const step = subtractAmounts(theirs, mine);
    if (signOf(step) === 0) continue;
    steps.push({
      cause: causeOfPayment(payment, isMove, isCounted && isOurs),
      saleId: payment.sale_id,
      number: payment.number,
      shopId: payment.shop_id,
      day: payment.sale_calendar_day,
      amount: step,
    });
  }
  return { ours, steps, expected };
}

/** The bridge's lines: one a cause, each with the receipts that sum to it, the largest first. */
export function linesOf(steps: readonly Step[], minorDigits: number): Reconcile['bridge'] {
  return [...Map.groupBy(steps, ({ cause }) => cause)].flatMap(([cause, ofCause]) => {
    const receipts = [...Map.groupBy(ofCause, ({ saleId }) => saleId).values()].flatMap((ofSale) => {
      const [first] = ofSale;
      const amount = sumAmounts(ofSale.map((step) => step.amount));
      return first === undefined || signOf(amount) === 0 ? [] : [{ ...first, amount }];
    });
    if (receipts.length === 0) return [];
    const total = sumAmounts(receipts.map(({ amount }) => amount));
    const sorted = receipts.toSorted((a, b) => compareAmounts(absoluteAmount(b.amount), absoluteAmount(a.amount)));
    return [
      {
        cause,
        amount: roundAmount(total, minorDigits),
        exact: formatAmount(total),
        receiptCount: receipts.length,
        receipts: sorted
          .slice(0, RECEIPTS_MOST)
          .map(({ saleId, number, day, amount }) => ({ saleId, number, day, amount: formatAmount(amount) })),
      },
    ];
  });
}

/** Days and shops where the POS's rows say something else than our data make of them, beyond their own rounding. */
export function strayDays(
  theirs: ReadonlyMap<string, { readonly amount: Amount; readonly rows: number }>,
  expected: ReadonlyMap<string, Amount>,
  minorDigits: number,
): { readonly day: string; readonly shopId: string; readonly amount: Amount; readonly within: Amount }[] {
  return [...new Set([...theirs.keys(), ...expected.keys()])].toSorted().flatMap((key) => {
    const known = theirs.get(key);
    const amount = subtractAmounts(known?.amount ?? ZERO, expected.get(key) ?? ZERO);
    const within = halfUnits(known?.rows ?? 0, minorDigits);
    if (compareAmounts(absoluteAmount(amount), within) <= 0) return [];
    const [day = '', shopId = ''] = key.split('/');
    return [{ day, shopId, amount, within }];
  });
}

/** Half a minor unit a row: what a report that rounds each row can differ by. */
export function halfUnits(rows: number, minorDigits: number): Amount {
  return amountFromUnits(rows * 5, minorDigits + 1);
}

/** Gift cards loaded and credit given: no takings (D16). */
export function isLiabilityMove({ kind }: PaymentSide, amount: Amount): boolean {
  return (kind === 'gift_card' || kind === 'credit_account') && signOf(amount) < 0;
}

function causeOfPayment(payment: PaymentSide, isMove: boolean, isInBoth: boolean): BridgeCause {
  if (isMove) return 'liability_moves';
  if (payment.paid_business_day === null) return 'left_out';
  if (isInBoth) return 'cents_of_lines';
  if (payment.state !== 'completed') return 'open_sales';
  return payment.paid_calendar_day === payment.sale_calendar_day ? 'day_start' : 'other_day';
}

function cents(amount: Amount, minorDigits: number): Amount {
  return amountFromUnits(roundAmount(amount, minorDigits), minorDigits);
}

function addTo(sums: Map<string, Amount>, key: string, amount: Amount): void {
  sums.set(key, addAmounts(sums.get(key) ?? ZERO, amount));
}

/** @throws RangeError for what the database never gives. */
export function read(text: string): Amount {
  const amount = parseAmount(text);
  if (amount === null) throw new RangeError(`Not a number: ${text}`);
  return amount;
}

/** For a preset's kind of report: sales rather than payments. */
export function isSales(counts: Preset['counts']): counts is 'sale_totals' | 'sale_subtotals' | 'session_sales' {
  return counts === 'sale_totals' || counts === 'sale_subtotals' || counts === 'session_sales';
}

/** By register and session rather than by day. */
export function isOfSessions(counts: Preset['counts']): counts is 'session_sales' | 'session_payments' {
  return counts === 'session_sales' || counts === 'session_payments';
}

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
  const cents = (units: number) => amountFromUnits(units, minorDigits);
  const steps: Step[] = [];
  const expected = new Map<string, Amount>();
  let ours: Amount = ZERO;
  for (const sale of sales) {
    const text = provider === 'lightspeed-x' ? sale.stated_total : counts === 'sale_totals' ? sale.totals : sale.subtotals;
    const theirs = sale.state === 'completed' && isIn(sale.calendar_day) ? read(text) : null;
    const counted = sale.gross_sales !== null && isIn(sale.business_day);
    const units = counts === 'sale_totals' ? (sale.net_sales_incl ?? 0) : (sale.gross_sales ?? 0) - (sale.returns ?? 0);
    const mine = counted ? cents(units) : ZERO;
    ours = addAmounts(ours, mine);
    const day = theirs === null ? sale.business_day : sale.calendar_day;
    if (theirs !== null) addTo(expected, `${day}/${sale.shop_id}`, theirs);
    const about = { saleId: sale.sale_id, number: sale.number, shopId: sale.shop_id, day };
    const step = (cause: BridgeCause, amount: Amount) => {
      if (signOf(amount) !== 0) steps.push({ cause, ...about, amount });
    };
    if (theirs === null || !counted) {
      step('day_start', subtractAmounts(theirs ?? ZERO, mine));
      continue;
    }
    const known: [BridgeCause, Amount][] =
      counts === 'sale_totals'
        ? [['lines_outside_turnover', cents(sale.other_cents)]]
        : [
            ['lines_outside_turnover', addAmounts(read(sale.other_subtotals), read(sale.rebate_subtotals))],
            ['discounts_on_returns', read(sale.return_discounts)],
            ['tax_in_discounts', cents(sale.tax_in_discounts)],
          ];
    for (const [cause, amount] of known) step(cause, amount);
    const rest = subtractAmounts(subtractAmounts(theirs, mine), sumAmounts(known.map(([, amount]) => amount)));
    // Each as the receipt itself shows it; what of the rest none does stays unexplained.
    step('cents_of_lines', centsOfLines(sale, { counts, provider }, minorDigits));
    if (hasAdjustments(sale, provider, minorDigits)) {
      step(
        'lines_outside_turnover',
        subtractAmounts(
          rest,
          sumAmounts([centsOfLines(sale, { counts, provider }, minorDigits), cents(sale.unexplained_incl ?? 0)]),
        ),
      );
    }
  }
  return { ours, steps, expected };
}

/** What the POS's amount of a receipt has beyond our cents of the same lines: it adds lines up unrounded. */
function centsOfLines(sale: SaleSide, { counts, provider }: Pick<Preset, 'counts' | 'provider'>, minorDigits: number): Amount {
  if (provider === 'lightspeed-x') return subtractAmounts(read(sale.stated_total), cents(read(sale.stated_total), minorDigits));
  return counts === 'sale_totals'
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

/** Payments of the X-Series' register sessions: everything at the register since it was opened, liability moves too. Pure. */
export function sessionsSide(
  payments: readonly PaymentSide[],
  rounding: readonly {
    readonly sale_id: string;
    readonly number: string;
    readonly business_day: string;
    readonly rounding: number;
  }[],
  sessions: ReadonlyMap<string, number>,
  minorDigits: number,
): Side {
  const steps: Step[] = [];
  let ours: Amount = ZERO;
  for (const payment of payments) {
    const since = sessions.get(payment.register_id);
    if (since === undefined || payment.paid_at.getTime() < since) continue;
    const amount = read(payment.amount);
    const isMove = isLiabilityMove(payment, amount);
    const mine = isMove ? ZERO : cents(amount, minorDigits);
    ours = addAmounts(ours, mine);
    const step = subtractAmounts(amount, mine);
    if (signOf(step) === 0) continue;
    const cause = isMove ? 'liability_moves' : 'cents_of_lines';
    const { sale_id: saleId, number, shop_id: shopId, paid_calendar_day: day } = payment;
    steps.push({ cause, saleId, number, shopId, day, amount: step });
  }
  for (const { sale_id: saleId, number, business_day: day, rounding: units } of rounding) {
    steps.push({ cause: 'cash_rounding', saleId, number, shopId: '', day, amount: amountFromUnits(-units, minorDigits) });
  }
  return { ours, steps, expected: new Map() };
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
): { readonly day: string; readonly shopId: string; readonly amount: Amount }[] {
  return [...new Set([...theirs.keys(), ...expected.keys()])].toSorted().flatMap((key) => {
    const known = theirs.get(key);
    const amount = subtractAmounts(known?.amount ?? ZERO, expected.get(key) ?? ZERO);
    if (compareAmounts(absoluteAmount(amount), halfUnits(known?.rows ?? 0, minorDigits)) <= 0) return [];
    const [day = '', shopId = ''] = key.split('/');
    return [{ day, shopId, amount }];
  });
}

/** Half a minor unit a row: what a report that rounds each row can differ by. */
export function halfUnits(rows: number, minorDigits: number): Amount {
  return amountFromUnits(rows * 5, minorDigits + 1);
}

function isLiabilityMove({ kind }: PaymentSide, amount: Amount): boolean {
  return (kind === 'gift_card' || kind === 'credit_account') && signOf(amount) < 0;
}

function causeOfPayment(payment: PaymentSide, isMove: boolean, isInBoth: boolean): BridgeCause {
  if (isMove) return 'liability_moves';
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

/** For a preset's kind of report. */
export function isSales(counts: Preset['counts']): counts is 'sale_totals' | 'sale_subtotals' {
  return counts === 'sale_totals' || counts === 'sale_subtotals';
}

import type { SaleLineRecord, SaleRecord } from '../world/types.ts';
import { add, decimal, divide, format, isNegative, isZero, multiply, one, round, subtract, zero } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** Computed columns of a line, exact (R §8.2): line taxes are not rounded. */
export interface LineMoney {
  readonly subtotal: Decimal;
  readonly lineDiscount: Decimal;
  readonly transactionDiscount: Decimal;
  readonly tax1: Decimal;
  readonly tax2: Decimal;
  readonly total: Decimal;
  /** After both discounts, in the sale's basis. */
  readonly amount: Decimal;
}

/** Computed columns of a sale. */
export interface SaleMoney {
  readonly lines: readonly LineMoney[];
  readonly subtotal: Decimal;
  readonly discount: Decimal;
  readonly taxable: Decimal;
  readonly nonTaxable: Decimal;
  readonly cost: Decimal;
  readonly tax1: Decimal;
  readonly tax2: Decimal;
  readonly total: Decimal;
  readonly payments: Decimal;
  readonly tips: Decimal;
  readonly itemFees: Decimal;
  readonly totalDue: Decimal;
  readonly displayableTotal: Decimal;
  readonly balance: Decimal;
}

const noRates: readonly [string, string] = ['0', '0'];

/** The money algebra of R §8.2 over what the till was told. */
export function saleMoney(sale: SaleRecord): SaleMoney {
  const ticketPercent = decimal(sale.ticketDiscountPercent);
  const lines = sale.lines.map((line) => lineMoney(line, ticketPercent, sale.taxInclusive));
  let subtotal = zero;
  let discount = zero;
  let taxable = zero;
  let cost = zero;
  let tax1 = zero;
  let tax2 = zero;
  let itemFees = zero;
  for (const [index, line] of lines.entries()) {
    const record = sale.lines[index];
    subtotal = add(subtotal, line.subtotal);
    discount = add(discount, add(line.lineDiscount, line.transactionDiscount));
    tax1 = add(tax1, line.tax1);
    tax2 = add(tax2, line.tax2);
    if (record === undefined) continue;
    if (record.taxed) taxable = add(taxable, line.amount);
    if (record.kind === 'fee') itemFees = add(itemFees, line.amount);
    cost = add(cost, multiply(decimal(record.cost), decimal(record.quantity)));
  }
  subtotal = round(subtotal, 2);
  discount = round(discount, 2);
  taxable = round(taxable, 2);
  tax1 = round(tax1, 2);
  tax2 = round(tax2, 2);
  const net = subtract(subtotal, discount);
  const total = sale.taxInclusive ? net : add(net, add(tax1, tax2));
  return {
    lines,
    subtotal,
    discount,
    taxable,
    nonTaxable: subtract(net, taxable),
    cost,
    tax1,
    tax2,
    total,
    itemFees,
    ...tenders(sale, total),
  };
}

/** What the payments add: liabilities move `totalDue` and `displayableTotal` away from the total (R §8.5). */
function tenders(
  sale: SaleRecord,
  total: Decimal,
): Pick<SaleMoney, 'payments' | 'tips' | 'totalDue' | 'displayableTotal' | 'balance'> {
  let payments = zero;
  let tips = zero;
  let totalDue = total;
  let displayableTotal = total;
  for (const payment of sale.payments) {
    if (payment.archived) continue;
    const amount = decimal(payment.amount);
    payments = add(payments, amount);
    tips = add(tips, decimal(payment.tip));
    if (payment.kind === 'gift_card' || payment.kind === 'credit_account') totalDue = subtract(totalDue, amount);
    else if (payment.kind === 'card' && isNegative(amount) && isNegative(total)) totalDue = subtract(totalDue, amount);
    if (payment.kind === 'gift_card' && isNegative(amount)) displayableTotal = subtract(displayableTotal, amount);
  }
  const owed = add(total, add(tips, decimal(sale.cashRounding)));
  return { payments, tips, totalDue, displayableTotal, balance: subtract(owed, payments) };
}

function lineMoney(line: SaleLineRecord, ticketPercent: Decimal, inclusive: boolean): LineMoney {
  const subtotal = multiply(decimal(line.quantity), decimal(line.price));
  const lineDiscount =
    line.discountPercent === '0' ? decimal(line.discountAmount) : round(multiply(subtotal, decimal(line.discountPercent)), 2);
  const afterLine = subtract(subtotal, lineDiscount);
  const transactionDiscount = isZero(ticketPercent) ? zero : multiply(afterLine, ticketPercent);
  const amount = subtract(afterLine, transactionDiscount);
  const [rate1, rate2] = line.taxed ? line.taxRates : noRates;
  const tax1 = taxOf(amount, decimal(rate1), decimal(rate2), inclusive);
  const tax2 = taxOf(amount, decimal(rate2), decimal(rate1), inclusive);
  const total = inclusive ? amount : add(amount, add(tax1, tax2));
  return { subtotal, lineDiscount, transactionDiscount, tax1, tax2, total, amount };
}

function taxOf(amount: Decimal, rate: Decimal, otherRate: Decimal, inclusive: boolean): Decimal {
  if (isZero(rate)) return zero;
  return inclusive ? divide(multiply(amount, rate), add(one, add(rate, otherRate)), 8) : multiply(amount, rate);
}

export { format as writeAmount };

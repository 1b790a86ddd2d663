import type { Decimal, Sale, SaleAdjustment, SaleLine } from '@tillweave/lightspeed';
import { AmountOutOfRange, parseExact, round } from './exact.ts';
import { liabilityMade } from './payments.ts';
import type { LineFigure, SaleMeasures } from './types.ts';

/** A line or adjustment with its allocated cents. */
interface Placed {
  readonly net: number;
  readonly tax: number;
}

/** Quantities are summed in millionths. */
const QUANTITY_DIGITS = 6;

type Tally = { -readonly [Key in keyof SaleMeasures]: SaleMeasures[Key] extends number ? number : SaleMeasures[Key] };

/** What is summed while walking a counted sale's lines; the rest of the measures follows from it. */
export class SaleTally {
  readonly #measures: Tally = emptyMeasures();
  readonly #minorDigits: number;
  #soldMillionths = 0;
  #returnedMillionths = 0;
  #goodsLines = 0;
  #returnLines = 0;
  #giftCardLines = 0;
  #lines = 0;

  constructor(minorDigits: number) {
    this.#minorDigits = minorDigits;
  }

  addLine(sale: Sale, line: SaleLine, figure: LineFigure, priceRuleDiscount: number): void {
    if (line.kind === 'ignored') return;
    const measures = this.#measures;
    const placed = { net: figure.netCents, tax: figure.taxCents };
    this.#lines += 1;
    measures.tax += placed.tax;
    if (line.kind === 'goods') {
      this.#goodsLines += 1;
      this.#soldMillionths += millionths(line);
      measures.gross_sales += placed.net + figure.discountCents;
      measures.gross_sales_incl += placed.net + placed.tax + figure.discountInclCents;
      measures.discounts += figure.discountCents;
      measures.discounts_incl += figure.discountInclCents;
      measures.price_rule_discount += priceRuleDiscount;
    } else if (line.kind === 'return') {
      this.#returnLines += 1;
      this.#returnedMillionths -= millionths(line);
      this.#takeBack(placed);
    } else if (line.kind === 'discount') this.#discount(sale, placed);
    else if (line.kind === 'fee') this.#charge(placed);
    else if (line.kind === 'gift_card') this.#sellGiftCard(sale, placed);
  }

  addAdjustment(sale: Sale, adjustment: SaleAdjustment, placed: Placed): void {
    const measures = this.#measures;
    measures.tax += placed.tax;
    if (adjustment.kind === 'discount') this.#discount(sale, placed);
    else if (adjustment.kind === 'surcharge') this.#charge(placed);
    else if (adjustment.kind === 'shipping') measures.shipping += placed.net;
    else if (adjustment.kind === 'rounding') measures.rounding += placed.net + placed.tax;
    // A tip stands with the payment that brought it.
  }

  finish(sale: Sale, unexplained: { readonly net: number; readonly tax: number }): SaleMeasures {
    const measures = this.#measures;
    measures.net_sales = measures.gross_sales - measures.discounts - measures.returns;
    measures.net_sales_incl = measures.gross_sales_incl - measures.discounts_incl - measures.returns_incl;
    measures.turnover = measures.net_sales;
    measures.turnover_incl = measures.net_sales_incl;
    measures.unexplained = unexplained.net;
    measures.unexplained_incl = unexplained.net + unexplained.tax;
    measures.rounding += round(parseExact(sale.cashRounding, this.#minorDigits));
    measures.goods_sold = quantityText(this.#soldMillionths);
    measures.goods_returned = quantityText(this.#returnedMillionths);
    this.#countTransaction(sale);
    this.#addLiabilities(sale);
    refuseUnsafe(measures);
    return measures;
  }

  /** D15. */
  #countTransaction(sale: Sale): void {
    const measures = this.#measures;
    if (this.#goodsLines > 0) {
      measures.transactions = 1;
      if (sale.customerId !== null) measures.identified_transactions = 1;
    } else if (this.#returnLines > 0) measures.return_transactions = 1;
    else measures.other_transactions = 1;
  }

  #addLiabilities(sale: Sale): void {
    if (sale.payments.length === 0) return;
    const measures = this.#measures;
    if (this.#giftCardLines > 0 || sale.provider === 'lightspeed-x')
      measures.gift_cards_sold += liabilityMade(sale, 'gift_card', this.#minorDigits);
    const credit = liabilityMade(sale, 'credit_account', this.#minorDigits);
    const isDeposit = this.#lines === 0 && round(parseExact(sale.total, this.#minorDigits)) === 0;
    if (isDeposit) measures.deposits = credit;
    else measures.store_credit = credit;
  }

  /** The R-Series leaves the line at 0 and loads the card with a negative payment; the X-Series prices the line. */
  #sellGiftCard(sale: Sale, placed: Placed): void {
    this.#giftCardLines += 1;
    if (sale.provider === 'lightspeed-x') this.#measures.gift_cards_sold += placed.net + placed.tax;
  }

  /** D10: a discount; on X-Series a positive one is a discount given back on a return. */
  #discount(sale: Sale, placed: Placed): void {
    const isGivenBack = placed.net > 0 || (placed.net === 0 && placed.tax > 0);
    if (sale.provider === 'lightspeed-x' && isGivenBack) {
      this.#takeBack(placed);
      return;
    }
    this.#measures.discounts -= placed.net;
    this.#measures.discounts_incl -= placed.net + placed.tax;
  }

  /** D11. */
  #takeBack(placed: Placed): void {
    this.#measures.returns -= placed.net;
    this.#measures.returns_incl -= placed.net + placed.tax;
  }

  #charge(placed: Placed): void {
    this.#measures.fees += placed.net;
    this.#measures.fees_incl += placed.net + placed.tax;
  }
}

function millionths(line: SaleLine): number {
  return round(parseExact(line.quantity, QUANTITY_DIGITS));
}

/** Plain decimal without trailing zeros: `"0.375"`, `"2"`. */
function quantityText(sumOfMillionths: number): Decimal {
  if (!Number.isSafeInteger(sumOfMillionths)) throw new AmountOutOfRange('quantity out of range');
  if (sumOfMillionths % 1_000_000 === 0) return String(sumOfMillionths / 1_000_000) as Decimal;
  const sign = sumOfMillionths < 0 ? '-' : '';
  const digits = String(Math.abs(sumOfMillionths)).padStart(QUANTITY_DIGITS + 1, '0');
  return `${sign}${digits.slice(0, -QUANTITY_DIGITS)}.${digits.slice(-QUANTITY_DIGITS).replace(/0+$/u, '')}` as Decimal;
}

function refuseUnsafe(measures: Tally): void {
  for (const value of [measures.gross_sales_incl, measures.discounts_incl, measures.returns_incl, measures.net_sales_incl]) {
    if (!Number.isSafeInteger(value)) throw new AmountOutOfRange('amount out of range');
  }
}

function emptyMeasures(): Tally {
  return {
    gross_sales: 0,
    gross_sales_incl: 0,
    discounts: 0,
    discounts_incl: 0,
    returns: 0,
    returns_incl: 0,
    net_sales: 0,
    net_sales_incl: 0,
    turnover: 0,
    turnover_incl: 0,
    tax: 0,
    transactions: 0,
    return_transactions: 0,
    other_transactions: 0,
    identified_transactions: 0,
    goods_sold: '0' as Decimal,
    goods_returned: '0' as Decimal,
    fees: 0,
    fees_incl: 0,
    price_rule_discount: 0,
    gift_cards_sold: 0,
    deposits: 0,
    store_credit: 0,
    rounding: 0,
    shipping: 0,
    unexplained: 0,
    unexplained_incl: 0,
  };
}

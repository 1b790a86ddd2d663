import {
  absoluteAmount,
  addAmounts,
  amountFromUnits,
  compareAmounts,
  formatAmount,
  multiplyAmounts,
  signOf,
  subtractAmounts,
  ZERO,
} from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { Instant, LineKind, Normalized, Payment, PaymentKind, Sale, SaleAdjustment, SaleLine } from '../model.ts';
import { lineKinds } from './line-kinds.ts';
import type { LineFacts, PaymentFacts } from './line-kinds.ts';
import { paymentKindOf } from './payment-kind.ts';
import {
  FieldProblem,
  isEmpty,
  isFields,
  readAmount,
  readBoolean,
  readChildren,
  readId,
  readInstant,
  readOptionalAmount,
  readOptionalBoolean,
  readOptionalId,
  readOptionalInstant,
  readRecord,
  readText,
} from './read.ts';
import type { Fields } from './read.ts';
import { settingAside } from './set-aside.ts';
import type { Trail } from './set-aside.ts';
import { resolveSwitches } from './switches.ts';
import type { RSeriesSwitches } from './switches.ts';

/** Payment kinds by payment type id, for documents whose payments do not carry their PaymentType. */
export type PaymentKinds = ReadonlyMap<string, PaymentKind>;

/**
 * One Sale document (R §7.4) in the neutral model, or set aside. Pure: the same document gives the same sale. Fields it does not know are
 * ignored; fields it needs are read strictly. Absent are tolerated: what old documents lack (`completeTime`, `updateTime`, `tipAmount`,
 * `lineType`, `itemFeeID`) and what is only a hint.
 */
export function normalizeSale(
  document: unknown,
  switches?: Partial<RSeriesSwitches>,
  paymentKinds: PaymentKinds = NO_KINDS,
): Normalized<Sale> {
  const chosen = resolveSwitches(switches);
  return settingAside(document, CLUES, (fields, trail) => readSale(fields, trail, chosen, paymentKinds));
}

/**
 * Whether a Sale document lacks the lines behind what it states. An even exchange states nothing but zeros: a completed sale with neither
 * lines nor payments is worth another look. A deposit has no lines either, but payments.
 */
export function lacksLines(document: unknown): boolean {
  if (!isFields(document) || !isEmptyCollection(document['SaleLines'], 'SaleLine')) return false;
  if (isNonZero(document['calcSubtotal']) || loadsGiftCard(document)) return true;
  return document['completed'] === 'true' && isEmptyCollection(document['SalePayments'], 'SalePayment');
}

/** Whether it lacks payments it must have, or their types. A free sale has none; a gift-card load shows in `displayableTotal`. */
export function lacksPayments(document: unknown): boolean {
  if (!isFields(document)) return false;
  const wrapper = document['SalePayments'];
  if (isEmptyCollection(wrapper, 'SalePayment')) return isNonZero(document['calcPayments']) || loadsGiftCard(document);
  const payments = isFields(wrapper) ? wrapper['SalePayment'] : undefined;
  const list: readonly unknown[] = Array.isArray(payments) ? payments : [payments];
  return list.some((item) => isFields(item) && lacksType(item['PaymentType']) && isNonZero(item['paymentTypeID']));
}

/** However the POS writes that there is nothing (R §10.2): it may be a relation that was left out. */
function isEmptyCollection(wrapper: unknown, child: string): boolean {
  return isEmpty(wrapper) || (isFields(wrapper) && child in wrapper && isEmpty(wrapper[child]));
}

function lacksType(paymentType: unknown): boolean {
  return isEmpty(paymentType) || (isFields(paymentType) && isEmpty(paymentType['type']));
}

/** R §8.5: the load is in `displayableTotal` and nowhere else. */
function loadsGiftCard(document: Fields): boolean {
  return (document['displayableTotal'] ?? document['total']) !== document['total'];
}

function readSale(sale: Fields, trail: Trail, switches: RSeriesSwitches, paymentKinds: PaymentKinds): Sale {
  const id = readId(sale, 'saleID');
  const shopId = readId(sale, 'shopID');
  const timeStamp = readInstant(sale, 'timeStamp');
  const completeTime = readOptionalInstant(sale, 'completeTime');
  const completed = readBoolean(sale, 'completed');
  const voided = readBoolean(sale, 'voided');
  const tax = addAmounts(readAmount(sale, 'calcTax1'), readAmount(sale, 'calcTax2'));
  // Equal to calcTotal in every recording (R §7.4).
  const total = readAmount(sale, sale['calcTotal'] === undefined ? 'total' : 'calcTotal');
  const subtotal = readAmount(sale, 'calcSubtotal');
  const discount = readAmount(sale, 'calcDiscount');
  const rates: Rates = { first: readOptionalAmount(sale, 'tax1Rate'), second: readOptionalAmount(sale, 'tax2Rate') };
  const flaggedInclusive = readOptionalBoolean(sale, 'isTaxInclusive');
  const cashRounding = readCashRounding(sale, switches);

  const payments = readPayments(sale, trail, paymentKinds);
  const lineFields = readChildren(sale, 'SaleLines', 'SaleLine');
  if (lineFields.length === 0 && signOf(subtotal) !== 0) throw new FieldProblem('bad_shape', 'SaleLines', sale['SaleLines']);
  const taxInclusive = isTaxInclusive(
    switches,
    flaggedInclusive,
    { total, net: subtractAmounts(subtotal, discount), tax },
    lineFields.length,
  );
  const lines = readLines(lineFields, trail, payments.facts, rates, taxInclusive);

  return {
    provider: 'lightspeed-r',
    id,
    number: readText(sale, 'ticketNumber') || id,
    shopId,
    registerId: readOptionalId(sale, 'registerID'),
    employeeId: readOptionalId(sale, 'employeeID'),
    customerId: readOptionalId(sale, 'customerID'),
    state: saleState(completed, voided),
    archived: readBoolean(sale, 'archived'),
    createdAt: readOptionalInstant(sale, 'createTime'),
    occurredAt: completeTime ?? timeStamp,
    changedAt: readChangeStamp(sale) ?? timeStamp,
    taxInclusive,
    total: formatAmount(total),
    tax: formatAmount(tax),
    cashRounding: formatAmount(cashRounding),
    lines,
    adjustments: NO_ADJUSTMENTS,
    payments: payments.payments,
  };
}

/** D12: voided beats completed. */
function saleState(completed: boolean, voided: boolean): Sale['state'] {
  if (voided) return 'voided';
  return completed ? 'completed' : 'open';
}

/** Either spelling (R §6, casing traps); null in documents from before 2017. */
function readChangeStamp(sale: Fields): Instant | null {
  return readOptionalInstant(sale, sale['updateTime'] === undefined ? 'updatetime' : 'updateTime');
}

function readCashRounding(sale: Fields, switches: RSeriesSwitches): Amount {
  for (const key of switches.cashRoundingKeys) if (sale[key] !== undefined) return readAmount(sale, key);
  return ZERO;
}

interface SaleTotals {
  readonly total: Amount;
  /** Subtotal less discount, in the sale's price basis. */
  readonly net: Amount;
  readonly tax: Amount;
}

/** D6: whether the prices include tax, by what adds up; a tolerance as in D3, because the POS rounds each of the totals by itself. */
function isTaxInclusive(switches: RSeriesSwitches, flag: boolean, totals: SaleTotals, lineCount: number): boolean {
  if (switches.taxInclusive === 'inclusive') return true;
  if (switches.taxInclusive === 'exclusive') return false;
  if (switches.taxInclusive === 'flag' || signOf(totals.tax) === 0) return flag;
  const offInclusive = absoluteAmount(subtractAmounts(totals.total, totals.net));
  const offExclusive = absoluteAmount(subtractAmounts(totals.total, addAmounts(totals.net, totals.tax)));
  const closer = compareAmounts(offInclusive, offExclusive);
  if (closer === 0) return flag;
  const tolerance = lineCount < 2 ? ONE_CENT : multiplyAmounts(amountFromUnits(lineCount, 0), HALF_A_CENT);
  // Neither adds up: the figure will say so (`unexplained`); until then the document's own word stands.
  if (compareAmounts(closer < 0 ? offInclusive : offExclusive, tolerance) > 0) return flag;
  return closer < 0;
}

interface Rates {
  readonly first: Amount;
  readonly second: Amount;
}

function readLines(
  list: readonly Fields[],
  trail: Trail,
  payments: readonly PaymentFacts[],
  saleRates: Rates,
  taxInclusive: boolean,
): SaleLine[] {
  trail.list = 'SaleLines.SaleLine';
  const lines: UnsortedLine[] = [];
  const facts: LineFacts[] = [];
  for (const [index, line] of list.entries()) {
    trail.index = index;
    const id = readId(line, 'saleLineID');
    const quantity = readAmount(line, 'unitQuantity');
    const price = readAmount(line, 'unitPrice');
    const itemId = readOptionalId(line, 'itemID');
    const subtotal = readAmount(line, 'calcSubtotal');
    const tax = addAmounts(readAmount(line, 'calcTax1'), readAmount(line, 'calcTax2'));
    const discount = addAmounts(readAmount(line, 'calcLineDiscount'), readAmount(line, 'calcTransactionDiscount'));
    const amount = subtractAmounts(subtotal, discount);
    const normalPrice = readOptionalAmount(line, 'normalUnitPrice');
    const taxed = readBoolean(line, 'tax');
    const rate1 = readOptionalAmount(line, 'tax1Rate', saleRates.first);
    const rate2 = readOptionalAmount(line, 'tax2Rate', saleRates.second);
    facts.push({
      id,
      attached: line['saleID'] === undefined || readOptionalId(line, 'saleID') !== null,
      isFee: readText(line, 'lineType').startsWith('item_fee') || readOptionalId(line, 'itemFeeID') !== null,
      hasBridge: hasSaleAccount(line),
      isMiscellaneous: itemId === null,
      quantitySign: signOf(quantity),
      priceSign: signOf(price),
      subtotal,
    });
    lines.push({
      id,
      position: Number(id),
      kind: 'goods',
      itemId,
      quantity: formatAmount(quantity),
      unitPrice: formatAmount(price),
      normalUnitPrice: signOf(normalPrice) === 0 ? null : formatAmount(normalPrice),
      exclusive: formatAmount(taxInclusive ? subtractAmounts(amount, tax) : amount),
      tax: formatAmount(tax),
      discount: formatAmount(discount),
      fallbackRate: formatAmount(taxed ? addAmounts(rate1, rate2) : ZERO),
      parentLineId: readOptionalId(line, 'parentSaleLineID'),
    });
  }
  trail.list = '';
  const kinds = lineKinds(facts, payments);
  for (const [index, line] of lines.entries()) line.kind = kinds[index] ?? 'goods';
  return lines;
}

/** A line whose kind is settled when all lines and payments are known. */
type UnsortedLine = Omit<SaleLine, 'kind'> & { kind: LineKind };

function readPayments(sale: Fields, trail: Trail, kinds: PaymentKinds): { payments: Payment[]; facts: PaymentFacts[] } {
  const list = readChildren(sale, 'SalePayments', 'SalePayment');
  const payments: Payment[] = [];
  const facts: PaymentFacts[] = [];
  trail.list = 'SalePayments.SalePayment';
  for (const [index, payment] of list.entries()) {
    trail.index = index;
    const typeId = readOptionalId(payment, 'paymentTypeID') ?? '0';
    const kind = paymentKindOf(readRecord(payment, 'PaymentType')) ?? kinds.get(typeId) ?? 'other';
    const amount = readAmount(payment, 'amount');
    const archived = readBoolean(payment, 'archived');
    payments.push({
      id: readId(payment, 'salePaymentID'),
      typeId,
      kind,
      amount: formatAmount(amount),
      tip: formatAmount(readOptionalAmount(payment, 'tipAmount')),
      paidAt: readInstant(payment, 'createTime'),
      registerId: readOptionalId(payment, 'registerID'),
      archived,
    });
    facts.push({ kind, amount, archived, bridgedLineIds: bridgedLines(payment) });
  }
  trail.list = '';
  return { payments, facts };
}

function hasSaleAccount(line: Fields): boolean {
  return saleAccounts(line).length > 0;
}

/** Lines a payment's SaleAccounts tie it to: the gift-card load bridge (R §7.6). */
function bridgedLines(payment: Fields): readonly string[] {
  const accounts = saleAccounts(payment);
  if (accounts.length === 0) return NO_LINES;
  return accounts.map((account) => readOptionalId(account, 'saleLineID')).filter((id) => id !== null);
}

/** Spelled `SaleAccounts` live, `SalesAccounts` in one page's samples (R §6). */
function saleAccounts(fields: Fields): readonly Fields[] {
  if (fields['SaleAccounts'] !== undefined) return readChildren(fields, 'SaleAccounts', 'SaleAccount');
  return fields['SalesAccounts'] === undefined ? NO_ACCOUNTS : readChildren(fields, 'SalesAccounts', 'SaleAccount');
}

function isNonZero(value: unknown): boolean {
  return typeof value === 'string' && /[1-9]/.test(value);
}

const CLUES = { idKey: 'saleID', timeKeys: ['completeTime', 'updateTime', 'updatetime', 'timeStamp', 'createTime'] };
const NO_KINDS: PaymentKinds = new Map();
const NO_ADJUSTMENTS: readonly SaleAdjustment[] = [];
const NO_LINES: readonly string[] = [];
const NO_ACCOUNTS: readonly Fields[] = [];
const ONE_CENT = amountFromUnits(1, 2);
const HALF_A_CENT = amountFromUnits(5, 3);

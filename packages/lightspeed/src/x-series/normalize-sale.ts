import {
  absoluteAmount,
  addAmounts,
  amountFromUnits,
  compareAmounts,
  formatAmount,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { Instant, Normalized, Sale } from '../model.ts';
import type { XSaleLookUps } from './look-ups.ts';
import {
  isAbsent,
  isFields,
  problem,
  readList,
  readOptionalXAmount,
  readOptionalXId,
  readOptionalXInstant,
  readSection,
  readVersion,
  readXAmount,
  readXId,
  readXInstant,
  readXText,
  spelled,
  XFieldProblem,
} from './read.ts';
import type { Section } from './read.ts';
import { formatAdjustment, readAdjustments } from './sale-adjustments.ts';
import type { XAdjustment } from './sale-adjustments.ts';
import { readSaleLine } from './sale-lines.ts';
import type { XLine } from './sale-lines.ts';
import { readPayments } from './sale-payments.ts';
import type { XPayments } from './sale-payments.ts';
import { readSaleState } from './sale-state.ts';
import type { XSaleState } from './sale-state.ts';
import { readSessionId } from './session-id.ts';
import { settingXAside } from './set-aside.ts';
import { resolveXSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';

/**
 * One sale document of the X-Series in the neutral model, or set aside. Reads every shape there is: flat (2.0, X §6), nested (dated versions,
 * X §7), 0.9 `register_sales` and the webhook's (X §11.4), and mixtures of them; the same sale gives the same figures in each. Pure: the same
 * document and look-ups give the same sale. Fields it does not know are ignored; what it needs is read strictly.
 */
export function normalizeXSale(document: unknown, lookUps: XSaleLookUps, switches?: Partial<XSeriesSwitches>): Normalized<Sale> {
  const chosen = resolveXSwitches(switches);
  return settingXAside(document, SALE_TIMES, (sale) => readSale(sale, lookUps, chosen));
}

function readSale(sale: Section, lookUps: XSaleLookUps, switches: XSeriesSwitches): Sale {
  const id = readXId(sale, 'id');
  const source = isFields(sale.fields['source']) ? readSection(sale, 'source') : sale;
  const deletedAt = readOptionalXInstant(sale, 'deleted_at');
  const saleDate = readXInstant(sale, spelled(sale, DATE));
  const createdAt = readOptionalXInstant(sale, 'created_at');
  const changedAt = readOptionalXInstant(sale, 'updated_at') ?? createdAt ?? saleDate;
  const state = readSaleState(sale, deletedAt !== null, switches);
  const registerId = readOptionalXId(source, 'register_id');
  const totals = readTotals(sale);

  const lineKey = keyOf(sale, 'line_items', 'register_sale_products');
  const lines = readList(sale, lineKey).map((line, index) => readSaleLine(line, index, lookUps, switches));
  refuseTwins(lines, `${lineKey}[].id`);
  const payments = readPaymentsOf(sale, registerId, state, totals.total, lookUps, switches);
  const adjustments = readAdjustments(sale, totals.section, remainderOf(totals, lines), switches);
  if (state.state === 'completed' && lines.length === 0 && lacksLines(sale, lineKey, totals, adjustments))
    throw problem(sale, lineKey, 'bad_shape');
  const whole = withBesides(totals, adjustments, switches);

  return {
    provider: 'lightspeed-x',
    id,
    number: readXText(sale, 'invoice_number') || readXText(sale, 'receipt_number') || id,
    shopId: readShopId(source, registerId, lookUps),
    registerId,
    employeeId: source === sale ? readOptionalXId(sale, 'user_id') : readOptionalXId(readSection(source, 'author'), 'id'),
    customerId: readCustomerId(sale, lookUps, switches),
    state: state.state,
    archived: false,
    createdAt,
    occurredAt: dayOf(saleDate, state, payments, switches),
    changedAt,
    version: readSaleVersion(sale),
    deletedAt,
    originalSaleId: readOriginalSaleId(sale),
    ...readSessionId(sale, 'complete_open_sequence_id'),
    terms: state.terms,
    taxInclusive: false,
    total: formatAmount(whole.total),
    tax: formatAmount(whole.tax),
    cashRounding: formatAmount(payments.cashRounding),
    lines: lines.map(({ line }) => line),
    adjustments: adjustments.map(formatAdjustment),
    payments: payments.payments,
  };
}

/** D13: a layby's goods are handed over with the last payment. */
function dayOf(saleDate: Instant, state: XSaleState, { lastPaidAt }: XPayments, switches: XSeriesSwitches): Instant {
  if (!state.isClosedLayby || switches.laybyDay === 'original' || lastPaidAt === null) return saleDate;
  return lastPaidAt > saleDate ? lastPaidAt : saleDate;
}

interface Totals {
  /** Where they stand. */
  readonly section: Section;
  readonly total: Amount;
  readonly exclusive: Amount;
  readonly tax: Amount;
}

/** D2: E = `total_price`; T = `total_price_incl` where given, else E + `total_tax`; X = T − E. */
function readTotals(sale: Section): Totals {
  const nested = isFields(sale.fields['totals']) ? readSection(sale, 'totals') : sale;
  const section = isAbsent(nested.fields[spelled(nested, EXCLUSIVE)]) ? sale : nested;
  const exclusive = readXAmount(section, spelled(section, EXCLUSIVE));
  const inclusive = readOptionalXAmount(section, spelled(section, INCLUSIVE));
  const taxKey = spelled(section, TAX);
  const stated = inclusive === null ? readXAmount(section, taxKey) : readOptionalXAmount(section, taxKey);
  const total = inclusive ?? addAmounts(exclusive, stated ?? ZERO);
  return { section, total, exclusive, tax: subtractAmounts(total, exclusive) };
}

function remainderOf({ exclusive, tax }: Totals, lines: readonly XLine[]): { exclusive: Amount; tax: Amount; parts: number } {
  const rest = { exclusive, tax, parts: 0 };
  for (const { line, exclusive: lineExclusive, tax: lineTax } of lines) {
    if (line.kind === 'ignored') continue;
    rest.exclusive = subtractAmounts(rest.exclusive, lineExclusive);
    rest.tax = subtractAmounts(rest.tax, lineTax);
    rest.parts += 1;
  }
  return rest;
}

/** What the customer owed, where the POS's totals leave out what stands beside the lines. */
function withBesides(
  totals: Totals,
  adjustments: readonly XAdjustment[],
  switches: XSeriesSwitches,
): { readonly total: Amount; readonly tax: Amount } {
  let { total, tax } = totals;
  if (switches.adjustmentsInTotal && switches.ecomChargesInTotal) return { total, tax };
  for (const adjustment of adjustments) {
    const isIncluded = adjustment.kind === 'shipping' ? switches.ecomChargesInTotal : switches.adjustmentsInTotal;
    if (isIncluded) continue;
    total = addAmounts(total, addAmounts(adjustment.exclusive, adjustment.tax));
    tax = addAmounts(tax, adjustment.tax);
  }
  return { total, tax };
}

function readPaymentsOf(
  sale: Section,
  registerId: string | null,
  state: XSaleState,
  total: Amount,
  lookUps: XSaleLookUps,
  switches: XSeriesSwitches,
): XPayments {
  const key = keyOf(sale, 'payments', 'register_sale_payments');
  // An empty list happens (purged data); a list that is not there at all would be takings lost without a word.
  const isOwed = state.state === 'completed' && !state.terms.includes('on_account') && signOf(total) !== 0;
  if (isOwed && isAbsent(sale.fields[key])) throw problem(sale, key, 'bad_shape');
  const isLegacy = key === 'register_sale_payments';
  const fallbackRegisterId = isLegacy && switches.legacyPaymentRegister === 'sale' ? registerId : null;
  const list = readList(sale, key);
  const payments = readPayments(list, fallbackRegisterId, lookUps, switches);
  if (new Set(payments.payments.map((payment) => payment.id)).size < payments.payments.length)
    throw new XFieldProblem('bad_shape', `${key}[].id`, 'the same id twice');
  return payments;
}

/** A counted sale without lines needs charges that make up its total; one whose list is missing altogether is never whole. */
function lacksLines(sale: Section, key: string, totals: Totals, adjustments: readonly XAdjustment[]): boolean {
  if (isAbsent(sale.fields[key])) return true;
  const besides = sumAmounts(adjustments.map(({ exclusive }) => exclusive));
  return compareAmounts(absoluteAmount(subtractAmounts(totals.exclusive, besides)), ONE_CENT) > 0;
}

function refuseTwins(lines: readonly XLine[], path: string): void {
  if (lines.length > 1 && new Set(lines.map(({ line }) => line.id)).size < lines.length)
    throw new XFieldProblem('bad_shape', path, 'the same id twice');
}

function readShopId(source: Section, registerId: string | null, lookUps: XSaleLookUps): string {
  const outletId = readOptionalXId(source, 'outlet_id');
  if (outletId !== null) return outletId;
  if (registerId === null) throw problem(source, 'outlet_id', 'missing_id');
  const found = lookUps.registerOutlets?.get(registerId);
  if (found === undefined) throw problem(source, 'register_id', 'unknown_register');
  return found;
}

function readCustomerId(sale: Section, lookUps: XSaleLookUps, switches: XSeriesSwitches): string | null {
  const id = readOptionalXId(sale, 'customer_id');
  if (id === null || lookUps.walkInCustomerIds?.has(id) === true) return null;
  const embedded = sale.fields['customer'];
  return isFields(embedded) && embedded['customer_code'] === switches.walkInCustomerCode ? null : id;
}

/** In `_metadata` by the schema of the dated versions, on the sale itself in 2.0 and in what some dated answers really are. */
function readSaleVersion(sale: Section): string | null {
  const metadata = readSection(sale, '_metadata');
  return readVersion(metadata, 'version') ?? readVersion(sale, 'version');
}

function readOriginalSaleId(sale: Section): string | null {
  const flat = readOptionalXId(sale, 'return_for');
  return flat ?? (isFields(sale.fields['return']) ? readOptionalXId(readSection(sale, 'return'), 'original_sale_id') : null);
}

/** The list a shape has: the newer name unless only the older one is there. */
function keyOf(sale: Section, key: string, legacyKey: string): string {
  return isAbsent(sale.fields[key]) && !isAbsent(sale.fields[legacyKey]) ? legacyKey : key;
}

const SALE_TIMES = ['sale_date', 'date', 'updated_at', 'created_at'];
const DATE = ['sale_date', 'date'] as const;
const EXCLUSIVE = ['total_price', 'price'] as const;
const INCLUSIVE = ['total_price_incl', 'price_incl_tax'] as const;
const TAX = ['total_tax', 'tax'] as const;
const ONE_CENT = amountFromUnits(1, 2);

import {
  absoluteAmount,
  addAmounts,
  amountFromUnits,
  compareAmounts,
  formatAmount,
  multiplyAmounts,
  negateAmount,
  signOf,
  subtractAmounts,
  sumAmounts,
  ZERO,
} from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { SaleAdjustment } from '../model.ts';
import { isFields, problem, readList, readOptionalXAmount, readSection, readXAmount, readXText, spelled } from './read.ts';
import type { Section } from './read.ts';
import type { XSeriesSwitches } from './switches.ts';

/** An adjustment with exact amounts. */
export interface XAdjustment {
  readonly id: string;
  readonly kind: SaleAdjustment['kind'];
  readonly exclusive: Amount;
  readonly tax: Amount;
}

/** What the sale's totals leave to be explained by what stands beside the lines. */
export interface Remainder {
  /** E less the lines. */
  readonly exclusive: Amount;
  /** X less the lines. */
  readonly tax: Amount;
  readonly parts: number;
}

/** D9: `adjustments` and `ecom_custom_charges` as tips, surcharges, shipping and discounts by their type. */
export function readAdjustments(sale: Section, totals: Section, remainder: Remainder, switches: XSeriesSwitches): XAdjustment[] {
  const charges = readCharges(sale);
  const stated: XAdjustment[] = [];
  for (const [index, section] of readList(sale, 'adjustments').entries()) {
    const adjustment = readAdjustment(section, index);
    // The same charge stands in `ecom_custom_charges` as well.
    if (adjustment.kind !== 'shipping' || charges.length === 0) stated.push(adjustment);
  }
  const turned = turnDiscounts([...stated, ...charges], remainder, switches);
  const surcharge = missingSurcharge(totals, turned, remainder, switches);
  return surcharge === null ? turned : [...turned, surcharge];
}

export function formatAdjustment({ id, kind, exclusive, tax }: XAdjustment): SaleAdjustment {
  return { id, kind, exclusive: formatAmount(exclusive), tax: formatAmount(tax) };
}

function readAdjustment(section: Section, index: number): XAdjustment {
  const typeKey = spelled(section, TYPE);
  const kind = KINDS.get(readXText(section, typeKey).toUpperCase());
  if (kind === undefined) throw problem(section, typeKey, 'unknown_adjustment');
  return {
    id: numbered('adjustment', index),
    kind,
    exclusive: readXAmount(section, spelled(section, VALUE)),
    tax: componentTax(section),
  };
}

/** A list in dated versions, in 2.0 a wrapper that also states its sums (X §6.1, §7.1). */
function readCharges(sale: Section): XAdjustment[] {
  const value = sale.fields['ecom_custom_charges'];
  if (!isFields(value)) return readList(sale, 'ecom_custom_charges').map(readCharge);
  const wrapper = readSection(sale, 'ecom_custom_charges');
  const charges = readList(wrapper, 'charges').map(readCharge);
  if (charges.length > 0) return charges;
  const total = readOptionalXAmount(wrapper, 'total');
  return total === null || signOf(total) === 0 ? [] : [readCharge(wrapper, 0)];
}

function readCharge(section: Section, index: number): XAdjustment {
  const exclusive = readXAmount(section, 'total');
  const incl = readOptionalXAmount(section, 'total_incl');
  const tax =
    readOptionalXAmount(section, 'total_tax') ?? (incl === null ? componentTax(section) : subtractAmounts(incl, exclusive));
  return { id: numbered('charge', index), kind: 'shipping', exclusive, tax };
}

/** Ids of ours that sort in the document's order (D3). */
function numbered(what: string, index: number): string {
  return `${what}-${String(index).padStart(2, '0')}`;
}

function componentTax(section: Section): Amount {
  return sumAmounts(readList(section, 'tax_components').map((component) => readXAmount(component, 'total_tax')));
}

/** Nobody verified whether a DISCOUNT is stated as what comes off (5) or as what it adds (−5): the sign that adds up is taken. */
function turnDiscounts(adjustments: XAdjustment[], remainder: Remainder, switches: XSeriesSwitches): XAdjustment[] {
  if (switches.discountAdjustmentSign === 'signed') return adjustments;
  const discounts = sumOf(adjustments.filter(({ kind }) => kind === 'discount'));
  if (signOf(discounts) <= 0) return adjustments;
  const left = subtractAmounts(remainder.exclusive, sumOf(adjustments.filter(({ kind }) => kind !== 'discount')));
  const asStated = absoluteAmount(subtractAmounts(left, discounts));
  const turnedRound = absoluteAmount(addAmounts(left, discounts));
  if (compareAmounts(asStated, turnedRound) <= 0) return adjustments;
  return adjustments.map((adjustment) =>
    adjustment.kind === 'discount'
      ? { ...adjustment, exclusive: negateAmount(adjustment.exclusive), tax: negateAmount(adjustment.tax) }
      : adjustment,
  );
}

/** A `total_surcharge` that no adjustment explains although the totals hold it. */
function missingSurcharge(
  totals: Section,
  adjustments: readonly XAdjustment[],
  remainder: Remainder,
  switches: XSeriesSwitches,
): XAdjustment | null {
  const stated = readOptionalXAmount(totals, spelled(totals, SURCHARGE)) ?? ZERO;
  if (switches.surchargeWithoutAdjustment === 'ignore' || signOf(stated) === 0) return null;
  if (adjustments.some(({ kind }) => kind === 'surcharge')) return null;
  const left = subtractAmounts(remainder.exclusive, sumOf(adjustments));
  const tolerance = multiplyAmounts(amountFromUnits(Math.max(2, remainder.parts + adjustments.length + 1), 0), HALF_A_CENT);
  if (compareAmounts(absoluteAmount(subtractAmounts(left, stated)), tolerance) > 0) return null;
  const tax = subtractAmounts(remainder.tax, sumAmounts(adjustments.map((adjustment) => adjustment.tax)));
  return { id: 'surcharge', kind: 'surcharge', exclusive: stated, tax: signOf(tax) === signOf(stated) ? tax : ZERO };
}

function sumOf(adjustments: readonly XAdjustment[]): Amount {
  return sumAmounts(adjustments.map(({ exclusive }) => exclusive));
}

const KINDS: ReadonlyMap<string, SaleAdjustment['kind']> = new Map([
  ['NON_CASH_FEE', 'surcharge'],
  ['SURCHARGE', 'surcharge'],
  ['TIP', 'tip'],
  ['DISCOUNT', 'discount'],
  ['ECOM_CUSTOM_CHARGE', 'shipping'],
  ['CASH_ROUNDING', 'rounding'],
  ['ROUNDING', 'rounding'],
]);
const TYPE = ['adjustment_type', 'type'] as const;
const VALUE = ['value', 'total'] as const;
const SURCHARGE = ['total_surcharge', 'surcharge'] as const;
const HALF_A_CENT = amountFromUnits(5, 3);

import { addAmounts, amountFromUnits, formatAmount, multiplyAmounts, roundAmount, signOf, sumAmounts, ZERO } from '../amount.ts';
import type { Amount } from '../amount.ts';
import type { Decimal, LineKind, SaleLine } from '../model.ts';
import type { XSaleLookUps } from './look-ups.ts';
import {
  isFields,
  problem,
  readList,
  readOptionalXAmount,
  readOptionalXId,
  readSection,
  readXAmount,
  readXId,
  readXText,
  spelled,
} from './read.ts';
import type { Section } from './read.ts';
import type { XSeriesSwitches } from './switches.ts';

/** A line with its E part still exact, for what has to add up. */
export interface XLine {
  readonly line: SaleLine;
  readonly exclusive: Amount;
  readonly tax: Amount;
}

/** One line of any shape: flat (2.0, 0.9, webhook) or nested (dated versions). */
export function readSaleLine(section: Section, index: number, lookUps: XSaleLookUps, switches: XSeriesSwitches): XLine {
  const parts = isFields(section.fields['pricing']) ? nestedParts(section) : flatParts(section);
  const { pricing, taxing } = parts;
  const price = readXAmount(pricing, parts.priceKey);
  const quantity = readXAmount(section, 'quantity');
  const exclusive = readOptionalXAmount(pricing, parts.totalKey) ?? lineTotal(price, quantity);
  const tax = readOptionalXAmount(taxing, parts.taxTotalKey) ?? lineTotal(readXAmount(taxing, parts.taxKey), quantity);
  const unitDiscount = readOptionalXAmount(pricing, parts.discountKey);
  const discount = statedDiscount(unitDiscount, readOptionalXAmount(pricing, parts.discountTotalKey), quantity);
  const itemId = readOptionalXId(parts.product, parts.productKey);
  const taxId = readOptionalXId(taxing, parts.taxIdKey);
  // D7: the price is net of the discount; a negative discount is a mark-up that the charged price holds already.
  const unitPrice = unitDiscount === null || signOf(unitDiscount) < 0 ? price : addAmounts(price, unitDiscount);
  const promoted = readPromotions(section);
  const line: SaleLine = {
    id: readXId(section, 'id'),
    position: readSequence(parts.sequence, index),
    kind: lineKind(section, parts, itemId, signOf(quantity), lookUps, switches),
    itemId,
    quantity: formatAmount(quantity),
    unitPrice: formatAmount(unitPrice),
    normalUnitPrice: promoted === null ? null : formatAmount(addAmounts(unitPrice, promoted)),
    exclusive: formatAmount(exclusive),
    tax: formatAmount(tax),
    discount: formatAmount(discount),
    fallbackRate: (taxId === null ? undefined : lookUps.taxRates?.get(taxId)) ?? NO_RATE,
    parentLineId: null,
  };
  return { line, exclusive, tax };
}

/** D9: the first that matches. */
function lineKind(
  section: Section,
  parts: LineParts,
  itemId: string | null,
  quantitySign: -1 | 0 | 1,
  lookUps: XSaleLookUps,
  switches: XSeriesSwitches,
): LineKind {
  if (readXText(section, 'status').toUpperCase() === 'VOIDED') return 'ignored';
  if (readXText(section, 'gift_card_number') !== '') return 'gift_card';
  if (lookUps.discountProductId === undefined) throw problem(parts.product, parts.productKey, 'discount_product_unknown');
  if (itemId !== null) {
    if (itemId === lookUps.discountProductId) return 'discount';
    if (lookUps.internalProductIds?.has(itemId) === true || switches.internalProductIds.includes(itemId)) return 'internal';
  }
  return quantitySign < 0 ? 'return' : 'goods';
}

/** D7: what was taken off; a mark-up is none. On returned goods it is negative, as the till states it. */
function statedDiscount(perUnit: Amount | null, total: Amount | null, quantity: Amount): Amount {
  if (perUnit !== null) return signOf(perUnit) <= 0 ? ZERO : (total ?? lineTotal(perUnit, quantity));
  return total !== null && signOf(total) === signOf(quantity) ? total : ZERO;
}

/** What the POS makes of a value per unit where it states no total itself: line values have five places (X §12). */
function lineTotal(perUnit: Amount, quantity: Amount): Amount {
  return amountFromUnits(roundAmount(multiplyAmounts(perUnit, quantity), LINE_PLACES), LINE_PLACES);
}

/** Promotions are the X-Series' price rules: what they took off one unit beside the stated discount. Null without any. */
function readPromotions(section: Section): Amount | null {
  const promotions = readList(section, 'promotions');
  if (promotions.length === 0) return null;
  return sumAmounts(promotions.map((promotion) => readOptionalXAmount(promotion, 'amount') ?? ZERO));
}

/** The order of the lines where the till says it; their order in the list is not guaranteed to match. */
function readSequence(section: Section, index: number): number {
  const value = section.fields['sequence'];
  const sequence = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (sequence === undefined || sequence === null) return index;
  if (typeof sequence === 'number' && Number.isFinite(sequence)) return sequence;
  throw problem(section, 'sequence', 'bad_number');
}

/** Where a shape keeps what. */
interface LineParts {
  readonly pricing: Section;
  readonly taxing: Section;
  readonly product: Section;
  readonly sequence: Section;
  readonly priceKey: string;
  readonly totalKey: string;
  readonly discountKey: string;
  readonly discountTotalKey: string;
  readonly taxKey: string;
  readonly taxTotalKey: string;
  readonly taxIdKey: string;
  readonly productKey: string;
}

/** X §6.2: 2.0 says everything twice; an answer may leave out either. */
function flatParts(line: Section): LineParts {
  return {
    pricing: line,
    taxing: line,
    product: line,
    sequence: line,
    priceKey: spelled(line, PRICE),
    totalKey: spelled(line, TOTAL),
    discountKey: spelled(line, DISCOUNT),
    discountTotalKey: spelled(line, DISCOUNT_TOTAL),
    taxKey: spelled(line, TAX),
    taxTotalKey: spelled(line, TAX_TOTAL),
    taxIdKey: 'tax_id',
    productKey: 'product_id',
  };
}

/** X §7.1. */
function nestedParts(line: Section): LineParts {
  return {
    pricing: readSection(line, 'pricing'),
    taxing: readSection(line, 'tax'),
    product: readSection(line, 'product'),
    sequence: readSection(line, '_metadata'),
    priceKey: 'price',
    totalKey: 'total',
    discountKey: 'discount',
    discountTotalKey: 'discount_total',
    taxKey: 'amount',
    taxTotalKey: 'total',
    taxIdKey: 'id',
    productKey: 'id',
  };
}

const PRICE = ['price', 'unit_price'] as const;
const TOTAL = ['price_total', 'total_price'] as const;
const DISCOUNT = ['discount', 'unit_discount'] as const;
const DISCOUNT_TOTAL = ['discount_total', 'total_discount'] as const;
const TAX = ['tax', 'unit_tax'] as const;
const TAX_TOTAL = ['tax_total', 'total_tax'] as const;
const LINE_PLACES = 5;
const NO_RATE = '0' as Decimal;

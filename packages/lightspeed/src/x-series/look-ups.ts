import { addAmounts, formatAmount, ZERO } from '../amount.ts';
import type { Decimal } from '../model.ts';
import { isFields, readList, readOptionalXId, readXAmount, readXText, XFieldProblem } from './read.ts';
import type { Section } from './read.ts';
import { resolveXSwitches } from './switches.ts';
import type { XPaymentKind, XSeriesSwitches } from './switches.ts';

/** What reading a sale needs to know besides the sale. Everything is optional but the discount product, without which no line can be told. */
export interface XSaleLookUps {
  /**
   * The product that carries sale-level discounts. Null: the retailer has none. Absent: it could not be read, and sales are set aside with
   * `discount_product_unknown` (D9).
   */
  readonly discountProductId?: string | null;
  /** Products whose lines move no goods (account payments …). */
  readonly internalProductIds?: ReadonlySet<string>;
  /** Tax id → the sum of its rates as a fraction; used where a line has no base of its own (D5). */
  readonly taxRates?: ReadonlyMap<string, Decimal>;
  /** The retailer's payment type id → kind. */
  readonly paymentKinds?: ReadonlyMap<string, XPaymentKind>;
  /** Register id → outlet id, for documents that do not name the outlet (webhooks, 0.9). */
  readonly registerOutlets?: ReadonlyMap<string, string>;
  /** The shared walk-in customer, who is nobody. */
  readonly walkInCustomerIds?: ReadonlySet<string>;
}

/** Documents of the POS the look-ups are made of, as received; what is left out is unknown. */
export interface XLookUpDocuments {
  readonly retailer?: unknown;
  readonly taxes?: readonly unknown[];
  readonly paymentTypes?: readonly unknown[];
  readonly registers?: readonly unknown[];
  readonly products?: readonly unknown[];
  readonly customers?: readonly unknown[];
}

/** Look-ups from documents. A record that cannot be read is left out: what hangs on it then falls back, as without it. */
export function xSaleLookUps(documents: XLookUpDocuments, switches?: Partial<XSeriesSwitches>): XSaleLookUps {
  const chosen = resolveXSwitches(switches);
  const retailer = isFields(documents.retailer) ? documents.retailer : null;
  // Without the key we do not know whether there is one.
  const discountProduct =
    retailer === null || !('discount_product_id' in retailer)
      ? {}
      : tolerating(() => ({ discountProductId: readOptionalXId({ fields: retailer, at: '' }, 'discount_product_id') }));
  return {
    ...discountProduct,
    internalProductIds: new Set(entries(documents.products, (product) => internalProduct(product, chosen))),
    taxRates: new Map(entries(documents.taxes, taxRate)),
    paymentKinds: new Map(entries(documents.paymentTypes, (type) => paymentKind(type, chosen))),
    registerOutlets: new Map(entries(documents.registers, registerOutlet)),
    walkInCustomerIds: new Set(entries(documents.customers, (customer) => walkIn(customer, chosen))),
  };
}

/** The kind of a payment type document, by its global kind; null where nothing is known of it. */
export function xPaymentKindOf(type: Section, switches: XSeriesSwitches): XPaymentKind | null {
  const globalId = readOptionalXId(type, 'type_id') ?? nestedTypeId(type);
  const byType = globalId === null ? undefined : switches.paymentKindByTypeId.get(globalId);
  return byType ?? switches.paymentKindByName.get(readXText(type, 'name').trim().toLowerCase()) ?? null;
}

function nestedTypeId(type: Section): string | null {
  const nested = type.fields['payment_type'];
  return isFields(nested) ? readOptionalXId({ fields: nested, at: `${type.at}payment_type.` }, 'id') : null;
}

function internalProduct(product: Section, switches: XSeriesSwitches): string | null {
  const id = readOptionalXId(product, 'id');
  const names = [readXText(product, 'sku').toLowerCase(), readXText(product, 'handle').toLowerCase()];
  const isInternal = switches.internalProductSkus.some((sku) => names.includes(sku.toLowerCase()));
  return isInternal || (id !== null && switches.internalProductIds.includes(id)) ? id : null;
}

function taxRate(tax: Section): readonly [string, Decimal] | null {
  const id = readOptionalXId(tax, 'id');
  if (id === null) return null;
  let sum = ZERO;
  for (const rate of readList(tax, 'rates')) sum = addAmounts(sum, readXAmount(rate, 'rate'));
  return [id, formatAmount(sum)];
}

function paymentKind(type: Section, switches: XSeriesSwitches): readonly [string, XPaymentKind] | null {
  const id = readOptionalXId(type, 'id');
  const kind = xPaymentKindOf(type, switches);
  return id === null || kind === null ? null : [id, kind];
}

function registerOutlet(register: Section): readonly [string, string] | null {
  const id = readOptionalXId(register, 'id');
  const outletId = readOptionalXId(register, 'outlet_id');
  return id === null || outletId === null ? null : [id, outletId];
}

function walkIn(customer: Section, switches: XSeriesSwitches): string | null {
  return readXText(customer, 'customer_code') === switches.walkInCustomerCode ? readOptionalXId(customer, 'id') : null;
}

function entries<T>(documents: readonly unknown[] = [], read: (section: Section) => T | null): T[] {
  const found: T[] = [];
  for (const document of documents) {
    if (!isFields(document)) continue;
    const entry = tolerating(() => ({ entry: read({ fields: document, at: '' }) })).entry;
    if (entry !== undefined && entry !== null) found.push(entry);
  }
  return found;
}

function tolerating<T extends object>(read: () => T): T | { readonly [Key in keyof T]?: never } {
  try {
    return read();
  } catch (error) {
    if (error instanceof XFieldProblem) return {};
    throw error;
  }
}

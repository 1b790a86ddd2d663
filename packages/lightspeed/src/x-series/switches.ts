/**
 * Everything the X-Series reference marks as unverified and this client has to decide, in one place, with the default. Each is a promise
 * to be checked against a live retailer first; change them per client (`createXSeriesClient({ switches })`) or per document.
 */
import type { PaymentKind } from '../model.ts';

/** `rounding` payments are coins rounded away, not takings: they become `Sale.cashRounding`. */
export type XPaymentKind = PaymentKind | 'rounding';

export interface XSeriesSwitches {
  /**
   * The day of a closed layby (D13): `completion` is the later of `sale_date` and the last undeleted payment, because nobody verified that
   * completion moves `sale_date`; `original` is `sale_date`.
   */
  readonly laybyDay: 'completion' | 'original';
  /** A state or status in no list we have: set aside (a guess may hide revenue), or taken for an open sale. */
  readonly unknownState: 'set_aside' | 'open';
  /** Products whose lines move no goods, by product id, besides those `internalProductSkus` finds: on-account payments and the like. */
  readonly internalProductIds: readonly string[];
  /** SKUs or handles by which the client recognises such products in the product list. */
  readonly internalProductSkus: readonly string[];
  /** Whether `adjustments` and `ecom_custom_charges` are part of `total_price`; the vendor's example says so for adjustments. */
  readonly adjustmentsInTotal: boolean;
  readonly ecomChargesInTotal: boolean;
  /** The sign of a DISCOUNT adjustment: `auto` takes the one that adds up per sale, `signed` the number as it stands. */
  readonly discountAdjustmentSign: 'auto' | 'signed';
  /** A `total_surcharge` without an adjustment of its own: `auto` makes it one where the totals need it to add up, `ignore` never. */
  readonly surchargeWithoutAdjustment: 'auto' | 'ignore';
  /** The register of a payment in 0.9 and webhook documents, which do not name it: the sale's, or none. */
  readonly legacyPaymentRegister: 'sale' | 'none';
  /** What the POS's global payment kinds are (`payment_type_id` of a payment, `type_id` of a payment type). Only part of the list is published. */
  readonly paymentKindByTypeId: ReadonlyMap<string, XPaymentKind>;
  /**
   * Last resort for payments of internal types, which `payment_types:read` hides: kinds by the payment's name in lower case. Asked only
   * where neither the look-ups nor the global kind say anything.
   */
  readonly paymentKindByName: ReadonlyMap<string, XPaymentKind>;
  /** The code of the shared walk-in customer, who is nobody (D27). */
  readonly walkInCustomerCode: string;
  /** Largest page asked for. The server clamps silently; 500 or 1000 sales and 10,000 of the others were seen. */
  readonly salesPageSize: number;
  readonly pageSize: number;
  /** How a webhook's digest may be written, and over what it may be computed; the vendor documents neither. */
  readonly webhookDigest: 'hex_or_base64' | 'hex' | 'base64';
  readonly webhookSigned: 'body' | 'body_or_payload';
  /**
   * Versions re-read behind the cursor when an incremental walk is resumed, against changes that become visible out of order. Nobody saw
   * that happen: 0.
   */
  readonly versionMargin: number;
}

export const defaultXSeriesSwitches: XSeriesSwitches = {
  laybyDay: 'completion',
  unknownState: 'set_aside',
  internalProductIds: [],
  internalProductSkus: ['vend-internal-account-payment', 'vend-account-payment'],
  adjustmentsInTotal: true,
  ecomChargesInTotal: true,
  discountAdjustmentSign: 'auto',
  surchargeWithoutAdjustment: 'auto',
  legacyPaymentRegister: 'sale',
  paymentKindByTypeId: new Map<string, XPaymentKind>([
    ['1', 'cash'],
    ['3', 'card'],
    ['106', 'other'],
    ['107', 'credit_account'],
    ['114', 'card'],
    ['118', 'gift_card'],
    ['119', 'card'],
    ['121', 'credit_account'],
    ['122', 'rounding'],
  ]),
  paymentKindByName: new Map<string, XPaymentKind>([
    ['cash', 'cash'],
    ['gift card', 'gift_card'],
    ['store credit', 'credit_account'],
    ['cash rounding', 'rounding'],
    ['rounding', 'rounding'],
  ]),
  walkInCustomerCode: 'WALKIN',
  salesPageSize: 1000,
  pageSize: 10_000,
  webhookDigest: 'hex_or_base64',
  webhookSigned: 'body_or_payload',
  versionMargin: 0,
};

/** The defaults with some of them changed. */
export function resolveXSwitches(changes?: Partial<XSeriesSwitches>): XSeriesSwitches {
  return changes === undefined ? defaultXSeriesSwitches : { ...defaultXSeriesSwitches, ...changes };
}

/**
 * The series-neutral model: what a till says, once its own spelling is gone.
 * Both POS clients normalise into these shapes; everything after them knows no series.
 * Amounts stay exact decimals as the POS stated them; cents are made by the hub's figure kernel.
 */

declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** A plain decimal number as text, e.g. `"-12.30"`, `"11.4860025"`: optional sign, digits, optional fraction, no exponent. */
export type Decimal = Branded<string, 'Decimal'>;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Branded<number, 'Instant'>;

export type Provider = 'lightspeed-r' | 'lightspeed-x';

export interface PosAccount {
  readonly id: string;
  readonly name: string;
  /** ISO 4217 code; null where the POS did not say. */
  readonly currency: string | null;
}

export interface Shop {
  readonly id: string;
  readonly name: string;
  /** As the POS states it, often a legacy link name (`US/Pacific`); null when absent or empty. Validity is the hub's question. */
  readonly timeZone: string | null;
  readonly archived: boolean;
  /** ISO 4217 code of its own; absent or null where the account's is meant. Outlets of one X-Series retailer can differ. */
  readonly currency?: string | null;
}

export interface Register {
  readonly id: string;
  readonly shopId: string | null;
  readonly name: string;
  readonly archived: boolean;
}

export interface Employee {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly changedAt: Instant | null;
}

export type PaymentKind = 'cash' | 'card' | 'credit_account' | 'gift_card' | 'ecom' | 'adjustment' | 'other';

export interface PaymentType {
  readonly id: string;
  readonly name: string;
  readonly kind: PaymentKind;
  readonly archived: boolean;
}

export interface Customer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly archived: boolean;
  readonly createdAt: Instant | null;
  readonly changedAt: Instant | null;
}

/** What a line is, by D8 (R-Series) or D9 (X-Series). `ignored` never counts and takes no part in allocation. */
export type LineKind = 'goods' | 'return' | 'discount' | 'fee' | 'gift_card' | 'store_credit' | 'internal' | 'ignored';

export interface SaleLine {
  readonly id: string;
  /** Order used to break ties in allocation (D3): numeric line id on R, `sequence` on X. */
  readonly position: number;
  readonly kind: LineKind;
  readonly itemId: string | null;
  /** Signed; 0.375 for weighed goods. */
  readonly quantity: Decimal;
  /** Charged unit price before discounts, after price rules (D7). */
  readonly unitPrice: Decimal;
  /** List price before a price rule; null when no rule applied. */
  readonly normalUnitPrice: Decimal | null;
  /** The line's E part (D3): amount excl. tax after discounts, signed, unrounded. */
  readonly exclusive: Decimal;
  /** The line's X part (D3): its tax, signed, unrounded. */
  readonly tax: Decimal;
  /** Stated line + ticket discount, in the POS's price basis (incl. tax on a tax-inclusive sale). */
  readonly discount: Decimal;
  /** The tax rate to use where `exclusive` is 0 (D5): a fraction such as 0.25. */
  readonly fallbackRate: Decimal;
  readonly parentLineId: string | null;
}

export interface SaleAdjustment {
  readonly id: string;
  readonly kind: 'tip' | 'surcharge' | 'shipping' | 'discount' | 'rounding';
  readonly exclusive: Decimal;
  readonly tax: Decimal;
}

export interface Payment {
  readonly id: string;
  readonly typeId: string;
  readonly kind: PaymentKind;
  /** Includes the tip; negative is money given back or a liability created. */
  readonly amount: Decimal;
  readonly tip: Decimal;
  readonly paidAt: Instant;
  /** Null when the POS names no register. */
  readonly registerId: string | null;
  /** Archived or deleted at the POS: ignored everywhere (D16). */
  readonly archived: boolean;
  /** The register session it was taken in, where the POS says so (X-Series); absent or null elsewhere. */
  readonly sessionId?: string | null;
}

export type SaleTerm = 'on_account' | 'layby' | 'pickup' | 'delivery' | 'service';

export interface Sale {
  readonly provider: Provider;
  readonly id: string;
  /** The receipt number people see. */
  readonly number: string;
  readonly shopId: string;
  readonly registerId: string | null;
  readonly employeeId: string | null;
  /** Null for a walk-in. */
  readonly customerId: string | null;
  /** `completed` counts as revenue, `open` and `voided` do not (D12, D13). */
  readonly state: 'open' | 'completed' | 'voided';
  readonly archived: boolean;
  readonly createdAt: Instant | null;
  /** The instant that decides business day and hour (D12, D13): completion, else the document's own stamp. */
  readonly occurredAt: Instant;
  /** The change stamp that orders versions of one sale (D12). */
  readonly changedAt: Instant;
  /**
   * The POS's own counter of changes as digits (X-Series); of two versions of one sale the greater number is the newer one and beats
   * `changedAt`. Absent or null where the POS counts nothing.
   */
  readonly version?: string | null;
  /** When the POS withdrew the document (a tombstone); such a sale is `voided`. Absent or null: it did not, or the series has no such stamp. */
  readonly deletedAt?: Instant | null;
  /** The sale this one takes goods back from; absent or null where the POS names none. */
  readonly originalSaleId?: string | null;
  /** The register session it was completed in, where the POS says so (X-Series); absent or null elsewhere, and while it is open there. */
  readonly sessionId?: string | null;
  /** On what terms the goods leave, where the POS says so (D13). */
  readonly terms?: readonly SaleTerm[];
  readonly taxInclusive: boolean;
  /** T of D2: the POS's total incl. tax. */
  readonly total: Decimal;
  /** X of D2: the POS's tax. */
  readonly tax: Decimal;
  /** Coins rounded away from or onto a cash payment; never part of `total` on R (unverified). */
  readonly cashRounding: Decimal;
  readonly lines: readonly SaleLine[];
  readonly adjustments: readonly SaleAdjustment[];
  readonly payments: readonly Payment[];
}

/** Who took a completed sale back, when and why (D14). */
export interface SaleVoid {
  readonly id: string;
  readonly saleId: string;
  /** Null when the POS names no shop. */
  readonly shopId: string | null;
  readonly employeeId: string | null;
  readonly voidedAt: Instant;
  readonly reason: string;
}

/** Why a document could not be read; the rest of its page goes on. */
export interface SetAside {
  readonly ok: false;
  /**
   * Stable: `missing_id`, `bad_number`, `bad_time`, `bad_boolean`, `bad_text`, `bad_shape`; on the X-Series also `unknown_state`,
   * `unknown_adjustment`, `unknown_register`, `discount_product_unknown` (D9).
   */
  readonly code: string;
  /** Where in the document, e.g. `SaleLines.SaleLine[2].calcTax1`. */
  readonly path: string;
  /** One sentence with the offending value shortened; no personal data beyond it. */
  readonly message: string;
  readonly id: string | null;
  readonly shopId: string | null;
  /** First readable of completion, change, creation (D22); null when none is. */
  readonly readableTime: Instant | null;
}

export type Normalized<T> = { readonly ok: true; readonly value: T } | SetAside;

/**
 * What the X-Series retailer of the world looks like to those who serve it as a POS: plain records, as of a moment of the world's clock.
 * The retailer is a business of its own beside the R-Series account, with the same kinds of shops (here outlets), seeded the same way.
 *
 * - **Ids** are lowercase UUIDs derived from the seed; sale ids have the odd third and fourth group that tills make (X §6). Events name
 *   outlets, registers, users, products and customers by number (`"1"`), as for the R-Series; their UUIDs are understood as well.
 * - **Amounts and quantities** are numbers that print as the exact decimal they stand for (whole hundred-thousandths ÷ 10^5): put them
 *   into JSON as they are, never add them up. Instants are milliseconds since 1970 on whole seconds.
 * - **Versions** are one ascending counter over everything the retailer has. Whatever becomes visible later has a higher version than
 *   all that was visible before. One commit at the till raises the sale, its original (when lines of it are given back), the
 *   customer and the stock of each product together; the walk-in customer is not raised. Gaps are normal.
 *
 * Readings of ours where the reference leaves it open (the truth uses them as well); all rounding is half away from zero:
 * - Line, per unit: `price` = price excl. tax after discount, `discount` = what the discount took off it excl. tax, each rounded once to 5
 *   places. `tax`: exclusive prices round5(net unit × rate); inclusive prices round5(net unit incl.) − `price`, so that price + tax is the
 *   ticket's price. `priceTotal`, `discountTotal`, `taxTotal`, `costTotal` = the unit value × quantity, rounded to 5 places.
 *   `taxComponents` = round5(exact net × quantity × each rate), by themselves: they may differ from `taxTotal` in the last places.
 * - Sale: `totalPrice` = round2(Σ priceTotal + adjustment values + custom charges), `totalPriceIncl` = round2(the same + Σ of their
 *   taxes), `totalTax` = `totalPriceIncl` − `totalPrice`: the three always add up. Voided lines are in none of them, nor in `taxes`.
 *   Totals of parked, pending, voided and deleted sales are filled all the same.
 * - A fraction off the whole ticket is one line of the discount product, last in sequence: quantity −1, `price` = Σ priceTotal × fraction,
 *   `tax` = Σ taxTotal × fraction over all lines but voided ones, gift cards and account payments, with the sale's own tax. A `rebate` of the events is such
 *   a line with a fixed amount; given back on a return (positive `price` in the event) its quantity is +1.
 * - A gift card sold is a line of the gift-card product with `giftCardNumber`, its price is the amount on the card, taxed at no tax.
 * - Paying off an account is a line of an internal product (`kind: 'account_payment'` in the events), no tax.
 * - Tips, surcharges, non-cash fees and adjustments of type DISCOUNT (negative value) are `adjustments`: excl. tax in `value`, their tax only in
 *   `taxComponents`. Shipping stands in `customCharges` only, never as ECOM_CUSTOM_CHARGE among the adjustments too. All are in the totals.
 * - Change given is a payment of its own, negative, of the same type; coins rounded are a payment of the cash-rounding type (kind 122) with
 *   amount = total − what was taken (so + when less was taken). Undeleted payments of a closed sale add up to `totalPriceIncl`.
 * - Store credit (kind 121) is what the events call `credit_account`: negative when issued. The X-Series has no payment for "on account".
 * - `saleDate` is when the sale was first rung up (or back-dated to) and stays when a layby, account, pickup, delivery or service sale
 *   completes; a parked sale takes the time of its completion. `createdAt` is when the POS first had it.
 * - A void keeps lines and totals; payments get `deletedAt`. Deleting sets `deletedAt` on the sale and nothing else.
 * - Starting a return, parked or not, puts its id into the original's `returnIds` and raises the original.
 * - A promotion (the events' `listPrice`) lowers `price`, is no part of `discount`, and stands in `promotions` with the amount it took off
 *   one unit, excl. tax.
 * - Deleted and merged customers have `deletedAt`; sales keep the id they had. An erased one loses names and contacts as well.
 * - `balance` of a customer is negative when money is owed (as in the vendor's sample).
 * - A register is open unless it was closed by hand; its session is its outlet's business day, or what began when it was opened by hand.
 */
import type { TillEvent } from './events.ts';
import type { EpochMs, Truth, TruthRange } from './types.ts';

/** A number to print, never to add up. */
export type XAmount = number;

/** What every listed row has. */
export interface XRow {
  readonly id: string;
  readonly version: number;
  readonly deletedAt: EpochMs | null;
}

export interface XRetailer {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly domainPrefix: string;
  readonly country: string;
  readonly currency: string;
  readonly currencySymbol: string;
  readonly timeZone: string;
  readonly taxExclusive: boolean;
  /** Currency units earned for each unit spent. */
  readonly loyaltyRatio: XAmount;
  readonly discountProductId: string;
  readonly giftCardProductId: string;
  readonly accountPaymentProductId: string;
  readonly noTaxId: string;
  readonly walkInCustomerId: string;
  readonly createdAt: EpochMs;
}

export interface XOutlet extends XRow {
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The hour its business day starts: known to the truth and to the one who reads, not to the POS. */
  readonly dayStartHour: number;
  readonly currency: string;
  readonly currencySymbol: string;
  readonly displayPrices: 'inclusive' | 'exclusive';
  readonly defaultTaxId: string;
  readonly address: string;
  readonly city: string;
  readonly postcode: string;
  readonly countryCode: string;
  readonly email: string;
  readonly phone: string;
}

export interface XRegister extends XRow {
  readonly name: string;
  readonly outletId: string;
  readonly isOpen: boolean;
  readonly openedAt: EpochMs;
  /** Null while it is open. */
  readonly closedAt: EpochMs | null;
  /** What was counted when it was closed, as text by payment type. */
  readonly counted: Readonly<Record<string, string>>;
  /** The current session, or the last one: `register_open_sequence_id`. */
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly invoicePrefix: string;
  readonly invoiceSuffix: string;
  /** The last number given. */
  readonly invoiceSequence: number;
  readonly cashPaymentTypeId: string;
}

/** What the drawer should hold: every payment type, zeros too. */
export interface XPaymentsSummary {
  readonly sessionId: string;
  readonly sessionNumber: number;
  readonly openedAt: EpochMs;
  readonly payments: readonly { readonly paymentTypeId: string; readonly name: string; readonly total: XAmount }[];
}

export interface XUser extends XRow {
  readonly username: string;
  readonly displayName: string;
  readonly email: string;
  readonly accountType: 'cashier' | 'manager' | 'admin';
  readonly isPrimary: boolean;
  readonly restrictedOutletIds: readonly string[];
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export interface XPaymentType extends XRow {
  /** As of now; payments keep the name they were made with. */
  readonly name: string;
  /** Global kind: 1 cash, 3 card, 106 loyalty, 118 gift card, 121 store credit, 122 cash rounding … */
  readonly typeId: number;
  /** Hidden from `payment_types:read`. */
  readonly internal: boolean;
  readonly nameChangedByUser: boolean;
}

export interface XTaxRate {
  readonly id: string;
  readonly name: string;
  /** 0.25 is 25 %. */
  readonly rate: XAmount;
}

/** A tax is a group of rates; lines name the tax, components the rate. */
export interface XTax extends XRow {
  readonly name: string;
  readonly isDefault: boolean;
  readonly rates: readonly XTaxRate[];
}

export interface XOutletTax extends XRow {
  readonly outletId: string;
  readonly productId: string;
  readonly taxId: string;
}

export interface XAddress {
  readonly address1: string | null;
  readonly address2: string | null;
  readonly suburb: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  readonly state: string | null;
  readonly countryCode: string | null;
}

export interface XCustomer extends XRow {
  /** `WALKIN` for the one nobody is. */
  readonly customerCode: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly customerGroupId: string;
  readonly dateOfBirth: string | null;
  readonly gender: 'M' | 'F' | null;
  readonly enableLoyalty: boolean;
  readonly loyaltyBalance: XAmount;
  readonly balance: XAmount;
  readonly onAccountLimit: XAmount | null;
  readonly yearToDate: XAmount;
  readonly doNotEmail: boolean;
  readonly enablePromotionalSms: boolean;
  readonly note: string | null;
  readonly physical: XAddress;
  /** The survivor, when this one was merged into it. The API does not tell. */
  readonly mergedInto: string | null;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export interface XCustomerGroup extends XRow {
  readonly name: string;
  readonly groupCode: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

export interface XProduct extends XRow {
  readonly name: string;
  readonly variantName: string;
  /** Variants of one family share it. */
  readonly handle: string;
  readonly familyId: string;
  readonly sku: string;
  readonly description: string;
  readonly active: boolean;
  /** Stock is counted. */
  readonly hasInventory: boolean;
  readonly isComposite: boolean;
  readonly hasVariants: boolean;
  readonly variantParentId: string | null;
  readonly variantOptions: readonly { readonly id: string; readonly name: string; readonly value: string }[];
  readonly priceIncludingTax: XAmount;
  readonly priceExcludingTax: XAmount;
  readonly supplyPrice: XAmount;
  readonly loyaltyAmount: XAmount | null;
  readonly supplierId: string | null;
  readonly supplierCode: string | null;
  readonly productTypeId: string | null;
  readonly categoryId: string | null;
  readonly brandId: string | null;
  readonly tagIds: readonly string[];
  readonly ean: string | null;
  readonly weighed: boolean;
  /** Made by the POS itself: discount, gift card, account payment. */
  readonly internal: boolean;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** Product types, brands and tags. */
export interface XNamed extends XRow {
  readonly name: string;
}

/** A node of the category tree. */
export interface XCategory extends XRow {
  readonly name: string;
  readonly parentId: string | null;
  readonly leaf: boolean;
  /** Names from the root to this node. */
  readonly path: readonly string[];
}

export interface XSupplier extends XRow {
  readonly name: string;
  readonly description: string;
  readonly email: string;
  readonly city: string;
  readonly countryCode: string;
}

/** Stock of a product in an outlet. */
export interface XInventory extends XRow {
  readonly productId: string;
  readonly outletId: string;
  readonly level: XAmount;
  readonly averageCost: XAmount;
  readonly reorderPoint: XAmount;
  readonly reorderAmount: XAmount;
}

export interface XPriceBook extends XRow {
  readonly name: string;
  /** Null for all outlets. */
  readonly outletId: string | null;
  readonly customerGroupId: string;
  readonly validFrom: EpochMs | null;
  readonly validTo: EpochMs | null;
  readonly isDefault: boolean;
}

export interface XPriceBookProduct extends XRow {
  readonly priceBookId: string;
  readonly productId: string;
  readonly priceIncludingTax: XAmount;
  readonly priceExcludingTax: XAmount;
  readonly minUnits: number | null;
  readonly maxUnits: number | null;
}

export interface XGiftCardTransaction {
  readonly id: string;
  readonly type: 'IMPORTING' | 'ACTIVATION' | 'REDEEMING' | 'RELOADING' | 'VOIDING';
  /** Negative when redeemed. */
  readonly amount: XAmount;
  readonly userId: string | null;
  readonly saleId: string | null;
  readonly createdAt: EpochMs;
}

export interface XGiftCard extends XRow {
  readonly number: string;
  readonly status: 'ACTIVE' | 'REDEEMED' | 'VOIDED';
  readonly saleId: string | null;
  readonly balance: XAmount;
  readonly totalSold: XAmount;
  readonly totalRedeemed: XAmount;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs | null;
  readonly transactions: readonly XGiftCardTransaction[];
}

export interface XStoreCreditTransaction {
  readonly id: string;
  readonly type: 'ISSUE' | 'REDEMPTION';
  /** Negative when redeemed. */
  readonly amount: XAmount;
  readonly notes: string;
  readonly userId: string | null;
  readonly saleId: string | null;
  readonly createdAt: EpochMs;
}

/** One account a customer. */
export interface XStoreCredit extends XRow {
  readonly customerId: string;
  readonly balance: XAmount;
  readonly totalIssued: XAmount;
  readonly totalRedeemed: XAmount;
  readonly createdAt: EpochMs;
  readonly transactions: readonly XStoreCreditTransaction[];
}

export interface XPromotion extends XRow {
  readonly name: string;
  readonly description: string;
  readonly startTime: EpochMs;
  readonly endTime: EpochMs | null;
  readonly status: 'active' | 'expired';
  /** Fraction off. */
  readonly discount: XAmount;
  readonly promoCode: string | null;
  readonly outletIds: readonly string[];
  readonly customerGroupIds: readonly string[];
  readonly channels: readonly ('Register' | 'Ecommerce')[];
  readonly productIds: readonly string[];
}

export interface XConsignment extends XRow {
  readonly name: string;
  readonly type: 'SUPPLIER' | 'OUTLET' | 'STOCKTAKE' | 'RETURN';
  readonly status: 'OPEN' | 'SENT' | 'RECEIVED' | 'CANCELLED' | 'STOCKTAKE_COMPLETE';
  readonly outletId: string;
  readonly sourceOutletId: string | null;
  readonly supplierId: string | null;
  readonly reference: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly receivedAt: EpochMs | null;
  readonly products: readonly XConsignmentProduct[];
}

export interface XConsignmentProduct {
  readonly id: string;
  readonly productId: string;
  readonly sequence: number;
  readonly count: XAmount;
  readonly received: XAmount | null;
  readonly cost: XAmount;
}

export type XSaleState = 'parked' | 'pending' | 'voided' | 'closed';
export type XSaleAttribute = 'onaccount' | 'layby' | 'delivery' | 'pickup' | 'service';

/** The columns by which sales are found, without building the whole record. */
export interface XSaleStamps {
  readonly id: string;
  readonly version: number;
  readonly outletId: string;
  readonly createdAt: EpochMs;
  /** When its newest version appeared. */
  readonly updatedAt: EpochMs;
}

/** A sale, as of the clock, with everything the POS computes. */
export interface XSaleRecord extends XSaleStamps {
  /** The event's name for it. */
  readonly name: string;
  readonly registerId: string;
  readonly userId: string;
  /** Never null: the walk-in customer is a customer. */
  readonly customerId: string;
  readonly invoiceNumber: string;
  readonly invoiceSequence: number;
  /** `USER`, `ECOMMERCE`, `SHOPIFY`, `QUOTE` or an integrator's tag. */
  readonly source: string;
  readonly sourceId: string | null;
  /** Legacy: SAVED, OPEN, VOIDED, CLOSED, ONACCOUNT, LAYBY_CLOSED … */
  readonly status: string;
  readonly state: XSaleState;
  readonly attributes: readonly XSaleAttribute[];
  readonly note: string;
  /** Six alphanumerics. */
  readonly shortCode: string;
  /** The sale whose lines are given back. */
  readonly returnFor: string | null;
  readonly returnIds: readonly string[];
  readonly totalPrice: XAmount;
  readonly totalPriceIncl: XAmount;
  readonly totalTax: XAmount;
  readonly totalLoyalty: XAmount;
  readonly totalSurcharge: XAmount;
  readonly saleDate: EpochMs;
  readonly deletedAt: EpochMs | null;
  /** Session in which it closed. */
  readonly completeSessionId: string | null;
  /** In sequence. */
  readonly lines: readonly XSaleLine[];
  readonly payments: readonly XSalePayment[];
  /** By rate: the sum of the lines', adjustments' and charges' components. */
  readonly taxes: readonly { readonly rateId: string; readonly amount: XAmount }[];
  readonly adjustments: readonly XAdjustment[];
  readonly customCharges: readonly XCustomCharge[];
}

export interface XTaxComponent {
  readonly rateId: string;
  readonly totalTax: XAmount;
}

export interface XSaleLine {
  readonly id: string;
  readonly productId: string;
  readonly taxId: string;
  readonly quantity: XAmount;
  readonly price: XAmount;
  readonly priceTotal: XAmount;
  readonly discount: XAmount;
  readonly discountTotal: XAmount;
  readonly cost: XAmount;
  readonly costTotal: XAmount;
  readonly tax: XAmount;
  readonly taxTotal: XAmount;
  readonly taxComponents: readonly XTaxComponent[];
  readonly loyaltyValue: XAmount;
  readonly loyaltyTotal: XAmount;
  readonly isReturn: boolean;
  readonly returnReason: string | null;
  readonly priceSet: boolean;
  /** From 0. */
  readonly sequence: number;
  readonly status: 'SAVED' | 'CONFIRMED' | 'VOIDED';
  readonly note: string | null;
  readonly salespersonId: string | null;
  readonly giftCardNumber: string | null;
  readonly promotions: readonly {
    readonly id: string;
    readonly name: string;
    readonly amount: XAmount;
    readonly promoCode: string | null;
  }[];
}

export interface XSalePayment {
  readonly id: string;
  readonly registerId: string;
  readonly outletId: string;
  readonly sessionId: string;
  /** `retailer_payment_type_id`, `type.config_id`. */
  readonly paymentTypeId: string;
  /** Global kind, `payment_type_id`. */
  readonly typeId: number;
  /** The type's name when the payment was made. */
  readonly name: string;
  readonly amount: XAmount;
  readonly date: EpochMs;
  readonly deletedAt: EpochMs | null;
  /** The gift card's number, for gift cards. */
  readonly sourceId: string | null;
}

export interface XAdjustment {
  readonly name: string;
  readonly type: 'TIP' | 'SURCHARGE' | 'NON_CASH_FEE' | 'DISCOUNT';
  /** Excl. tax, signed. */
  readonly value: XAmount;
  readonly taxComponents: readonly XTaxComponent[];
}

export interface XCustomCharge {
  readonly name: string;
  readonly sourceId: string;
  readonly total: XAmount;
  readonly totalTax: XAmount;
  readonly totalIncl: XAmount;
  readonly taxComponents: readonly XTaxComponent[];
}

/** Where a walk through the sales starts; both bounds are versions. */
export interface XSaleWalk {
  /** Exclusive; default 0. */
  readonly after?: number;
  /** Exclusive; default none. */
  readonly before?: number;
}

/**
 * The retailer at a moment of the clock: a cheap view, made for each request and thrown away. Lists are ascending by version and hold
 * deleted rows too. Sales are walked lazily: taking k of them costs about k, wherever the walk starts.
 */
export interface XState {
  readonly now: EpochMs;
  retailer(): XRetailer;
  outlets(): readonly XOutlet[];
  registers(): readonly XRegister[];
  users(): readonly XUser[];
  paymentTypes(): readonly XPaymentType[];
  taxes(): readonly XTax[];
  outletTaxes(): readonly XOutletTax[];
  customers(): readonly XCustomer[];
  customerGroups(): readonly XCustomerGroup[];
  products(): readonly XProduct[];
  productTypes(): readonly XNamed[];
  productCategories(): readonly XCategory[];
  brands(): readonly XNamed[];
  tags(): readonly XNamed[];
  suppliers(): readonly XSupplier[];
  inventory(): readonly XInventory[];
  priceBooks(): readonly XPriceBook[];
  priceBookProducts(): readonly XPriceBookProduct[];
  giftCards(): readonly XGiftCard[];
  storeCredits(): readonly XStoreCredit[];
  promotions(): readonly XPromotion[];
  consignments(): readonly XConsignment[];
  /** Of a register's current session, or its last one; undefined for an unknown register. */
  paymentsSummary(registerId: string): XPaymentsSummary | undefined;
  /** Deleted ones are counted. */
  saleCount(): number;
  /** Ascending by version, deleted ones included. */
  sales(walk?: XSaleWalk): Iterable<XSaleStamps>;
  /** Sales whose `saleDate` lies in [from, until), in order of `saleDate`. */
  salesDated(from: EpochMs, until: EpochMs): Iterable<XSaleStamps>;
  /** One sale, or undefined when no such id is visible yet. */
  sale(id: string): XSaleRecord | undefined;
  /** The highest version that was visible at a moment: what changed since then has a higher one. */
  versionAt(moment: EpochMs): number;
}

/** A seeded X-Series retailer. */
export interface XWorld {
  readonly seed: number;
  readonly currency: string;
  readonly minorDigits: number;
  readonly homeZone: string;
  /** First instant of trade and the moment by which everything, late edits too, has happened. */
  readonly window: { readonly from: EpochMs; readonly until: EpochMs; readonly firstDay: string; readonly lastDay: string };
  /** After all ordinary trade and before the late edits. */
  readonly lateEditsFrom: EpochMs;
  at(now: EpochMs): XState;
  /**
   * More events, in the order given; they may name sales of the world. Give the clock's time as `now`: a change appears at its own time or
   * now, whichever is later, above all versions there were. Throws `RangeError` when an event makes no sense, and plays none then.
   */
  play(events: readonly TillEvent[], now?: EpochMs): void;
  /** The id of a sale that events name: undefined when unknown. */
  saleId(name: string): string | undefined;
  /** Truth as of a moment; `shopID`, `registerID` and payment types are the X-Series' ids. */
  truth(now: EpochMs, range?: TruthRange): Truth;
  /** Golden names played up to a moment (default: ever), each with how many events played it. */
  golden(now?: EpochMs): Readonly<Record<string, number>>;
  /** Back to how it was created. */
  reset(): void;
}

/**
 * What the world looks like to those who serve it as a POS: plain records, as of a moment of the world's clock. Amounts, quantities and
 * rates are exact decimals as text, as in the events; instants are milliseconds since 1970 on whole seconds; ids are numbers as text,
 * `null` is none (the R-Series writes `"0"`).
 *
 * The records hold what the till was told. The computed columns (R §8.2) are made by the one who serialises, and these readings are ours
 * where R says nothing (the truth uses them as well):
 * - `line.calcSubtotal = quantity × price`, exact, never rounded (weighed goods have more than two places).
 * - `line.calcLineDiscount = round2(calcSubtotal × discountPercent)`, or `discountAmount` as it stands.
 * - `line.calcTransactionDiscount = (calcSubtotal − calcLineDiscount) × ticketDiscountPercent`, exact, never rounded, on every line.
 * - amount = calcSubtotal − calcLineDiscount − calcTransactionDiscount. Exclusive: `calcTaxN = amount × rateN`, exact. Inclusive:
 *   `calcTaxN = amount × rateN ÷ (1 + rate1 + rate2)`, rounded to eight places. Both are 0 when the line is not `taxed`.
 *   `line.calcTotal` = amount + taxes (exclusive), = amount (inclusive).
 * - Of the sale: `calcSubtotal = round2(Σ)`, `calcDiscount = round2(Σ of both discounts)`, `calcTaxN = round2(Σ calcTaxN)`; then
 *   `calcTotal = total = calcSubtotal − calcDiscount (+ calcTax1 + calcTax2 when exclusive)`, in cents by construction.
 * - Tips are inside a payment's amount and not in the total; cash rounding is not in the total either: the payments of a completed sale
 *   add up to total + tips + cashRounding. `balance` is 0 then.
 * All rounding is half away from zero.
 */
import type { TenderKind, TicketLine, TillEvent } from './events.ts';
import type { XWorld } from './x-types.ts';

/** Milliseconds since 1970, always a whole second. */
export type EpochMs = number;

/** What a world is made from. Everything follows from it. */
export interface WorldOptions {
  /** Same seed, same world. Default 1. */
  readonly seed?: number;
  /** Days of trade, the last of them 2026-11-23. Default 90. */
  readonly days?: number;
  /** Sales, open and voided ones included. 0 is an empty world: shops, catalogue, people, nothing sold. Default 20,000. */
  readonly sales?: number;
  /** Customers. Default 5,000. */
  readonly customers?: number;
  /** Shops that trade to the end; a long world has one more that closed and is archived. Default 3. */
  readonly shops?: number;
  /** Does a voided sale keep `completed: true`? R does not say. Default false. */
  readonly voidedStaysCompleted?: boolean;
}

/** A shop, as of the clock. */
export interface ShopRecord {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The hour its business day starts. The POS does not know it: it is a setting of whoever reads, and of the truth. */
  readonly dayStartHour: number;
  readonly archived: boolean;
  readonly timeStamp: EpochMs;
  readonly taxCategoryId: string;
  readonly city: string;
  readonly countryCode: string;
}

/** A till, as of the clock. */
export interface RegisterRecord {
  readonly id: string;
  readonly name: string;
  readonly shopId: string;
  readonly archived: boolean;
  readonly tipEnabled: boolean;
}

/** Somebody who sells. */
export interface EmployeeRecord {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly archived: boolean;
  readonly limitToShopId: string | null;
  readonly timeStamp: EpochMs;
}

/** A way of paying; there is one of each kind. */
export interface PaymentTypeRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: TenderKind;
  /** R's `type` column. */
  readonly type: 'cash' | 'credit card' | 'credit account' | 'gift card' | 'ecom' | 'user defined';
  readonly archived: boolean;
}

/** Default rates of a shop; classes override them. */
export interface TaxCategoryRecord {
  readonly id: string;
  readonly taxInclusive: boolean;
  readonly tax1Name: string;
  readonly tax2Name: string;
  readonly rates: readonly [string, string];
  readonly classes: readonly { readonly id: string; readonly taxClassId: string; readonly rates: readonly [string, string] }[];
  readonly timeStamp: EpochMs;
}

/** `1` Item, `2` Labor, and the reduced class. */
export interface TaxClassRecord {
  readonly id: string;
  readonly name: string;
}

/** A node of the catalogue's tree. */
export interface CategoryRecord {
  readonly id: string;
  readonly name: string;
  readonly fullPathName: string;
  readonly parentId: string | null;
  readonly leftNode: number;
  readonly rightNode: number;
  readonly nodeDepth: number;
  readonly timeStamp: EpochMs;
}

/** Something to sell. */
export interface ItemRecord {
  readonly id: string;
  readonly description: string;
  readonly price: string;
  readonly cost: string;
  readonly categoryId: string;
  readonly taxClassId: string;
  readonly weighed: boolean;
  readonly itemType: 'default' | 'non_inventory' | 'assembly';
  readonly archived: boolean;
  readonly timeStamp: EpochMs;
}

/** A customer, as of the clock. A merged one is archived and names the survivor; an erased one is `Customer <id>` without contacts. */
export interface CustomerRecord {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly archived: boolean;
  readonly erased: boolean;
  readonly mergedInto: string | null;
  readonly createTime: EpochMs;
  readonly timeStamp: EpochMs;
  readonly creditAccountId: string | null;
  readonly contact: ContactRecord;
}

export interface ContactRecord {
  readonly email: string | null;
  readonly mobile: string | null;
  readonly homePhone: string | null;
  readonly address1: string | null;
  readonly city: string | null;
  readonly zip: string | null;
  readonly countryCode: string | null;
  readonly noEmail: boolean;
  readonly noPhone: boolean;
  readonly noMail: boolean;
}

/** The columns by which sales are found, without building the whole record. */
export interface SaleStamps {
  readonly id: number;
  /** 1 for the first state, one more with each event that touched the sale. */
  readonly version: number;
  readonly createTime: EpochMs;
  /** Completion time of a completed sale, back-dated or not; last change of an open one. */
  readonly timeStamp: EpochMs;
  /** The last event's time. After completion only this one moves. */
  readonly updateTime: EpochMs;
  /** Null while open, and in documents that never carry it. */
  readonly completeTime: EpochMs | null;
}

/** A sale, as of the clock. */
export interface SaleRecord extends SaleStamps {
  /** The event's name for it. */
  readonly name: string;
  readonly completed: boolean;
  readonly voided: boolean;
  readonly archived: boolean;
  readonly shopId: string;
  readonly registerId: string | null;
  readonly employeeId: string | null;
  readonly customerId: string | null;
  readonly taxCategoryId: string;
  readonly taxInclusive: boolean;
  readonly taxRates: readonly [string, string];
  /** `"0"` when there is none. */
  readonly ticketDiscountPercent: string;
  readonly cashRounding: string;
  /** Cash handed back. */
  readonly change: string;
  readonly lines: readonly SaleLineRecord[];
  readonly payments: readonly SalePaymentRecord[];
}

/** A line of a sale; ids are unique in the world and ascend within the sale in order of first appearance. */
export interface SaleLineRecord {
  readonly id: number;
  /** The line's name in the sale's events: `"<sale>/<ref>"` is what a return names. */
  readonly ref: string;
  readonly kind: NonNullable<TicketLine['kind']>;
  readonly createTime: EpochMs;
  readonly timeStamp: EpochMs;
  readonly itemId: string | null;
  /** Text of the note on lines without an item, else null. */
  readonly note: string | null;
  readonly quantity: string;
  readonly price: string;
  /** Before a price rule; null when none applied (`normalUnitPrice` is `"0"` then). */
  readonly listPrice: string | null;
  /** `"0"` when there is none; a free line may say `"0.999999999"`. */
  readonly discountPercent: string;
  readonly discountAmount: string;
  readonly taxed: boolean;
  readonly taxRates: readonly [string, string];
  readonly taxClassId: string;
  /** Per unit. */
  readonly cost: string;
  /** Original line of a return, item's line of a fee, bundle's line of a component. */
  readonly parentLineId: number | null;
  /** `null` unless a fee: a non-null value is R's `itemFeeID`. */
  readonly itemFeeId: string | null;
  /** Set on layaway and special-order lines only. */
  readonly customerId: string | null;
  readonly isLayaway: boolean;
  readonly isSpecialOrder: boolean;
  /** May differ from the sale's. */
  readonly shopId: string;
}

/** A payment of a sale; ids are unique in the world. */
export interface SalePaymentRecord {
  readonly id: number;
  readonly kind: TenderKind;
  readonly paymentTypeId: string;
  /** Includes the tip. */
  readonly amount: string;
  readonly tip: string;
  readonly createTime: EpochMs;
  readonly archived: boolean;
  readonly registerId: string | null;
  readonly employeeId: string | null;
  /** Of gift cards and credit accounts. */
  readonly creditAccountId: string | null;
}

/** One row a voided sale. */
export interface SaleVoidRecord {
  readonly id: number;
  readonly createTime: EpochMs;
  readonly reason: string;
  readonly saleId: number;
  readonly employeeId: string | null;
  readonly shopId: string;
}

/** Orders in which sales can be walked. Sales without a completion time are left out of that order. */
export type SaleOrder = 'id' | 'createTime' | 'timeStamp' | 'updateTime' | 'completeTime';

/** Where a walk starts. */
export interface SaleWalk {
  readonly order: SaleOrder;
  readonly descending?: boolean;
  /** Only sales whose column is at least (descending: at most) this value; an id when the order is `id`. */
  readonly from?: number;
  /**
   * Skip ids up to and including (descending: down to) this one: with `from` only where the column equals it, without everywhere. Ties
   * are by id.
   */
  readonly afterId?: number;
}

/** The world at a moment of its clock: a cheap view, made for each request and thrown away. */
export interface WorldState {
  readonly now: EpochMs;
  shops(): readonly ShopRecord[];
  registers(): readonly RegisterRecord[];
  employees(): readonly EmployeeRecord[];
  paymentTypes(): readonly PaymentTypeRecord[];
  taxCategories(): readonly TaxCategoryRecord[];
  taxClasses(): readonly TaxClassRecord[];
  categories(): readonly CategoryRecord[];
  items(): readonly ItemRecord[];
  /** By id. Merged and erased ones stay, archived. */
  customers(): readonly CustomerRecord[];
  /** By id. */
  saleVoids(): readonly SaleVoidRecord[];
  /** How many sales are there. */
  saleCount(): number;
  /** One sale, or undefined when no such id is visible yet. */
  sale(id: number): SaleRecord | undefined;
  /** Stamps in the wanted order, lazily: taking k of them costs about k, wherever the walk starts. */
  walk(walk: SaleWalk): Iterable<SaleStamps>;
}

/** Control totals from the events: the same numbers a correct reader finds. */
export interface Truth {
  readonly currency: string;
  readonly minorDigits: number;
  readonly cells: readonly TruthCell[];
  /** Sums over the cells. */
  readonly totals: Readonly<Record<string, number | string>>;
}

/** Shop × register × business day × hour. */
export interface TruthCell {
  readonly shopID: string;
  /** Empty when there is none. */
  readonly registerID: string;
  /** Business day, `YYYY-MM-DD`. */
  readonly day: string;
  /** UTC start of the local hour, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly hour: string;
  /** By the names of docs/measures.md: cents and counts as numbers, quantities as decimal text; zeros are left out. */
  readonly measures: Readonly<Record<string, number | string>>;
}

/** Which business days the truth is wanted for, both included; everything when left out. */
export interface TruthRange {
  readonly from?: string;
  readonly to?: string;
}

/** A seeded business. */
export interface World {
  /** The X-Series retailer of the same options: a business of its own, made when it is first looked at. */
  readonly x: XWorld;
  readonly seed: number;
  readonly currency: string;
  readonly minorDigits: number;
  /** Zone of the account itself, for dates without a shop. */
  readonly homeZone: string;
  /** First instant of trade and the moment by which everything, late edits too, has happened. */
  readonly window: { readonly from: EpochMs; readonly until: EpochMs; readonly firstDay: string; readonly lastDay: string };
  /** After all ordinary trade and before the late edits. */
  readonly lateEditsFrom: EpochMs;
  /** What is there at a moment. */
  at(now: EpochMs): WorldState;
  /**
   * More events, in the order given; they may name sales of the world. Their `at` is taken as it is: one after `now` shows when the clock
   * gets there, one before it carries an old change stamp. Throws `RangeError` when an event makes no sense (unknown sale, shop, payment),
   * and plays none of them then.
   */
  play(events: readonly TillEvent[]): void;
  /** The POS's ids of the sales that events name, for tests: undefined when unknown. */
  saleId(name: string): number | undefined;
  /** Truth as of a moment of the clock. */
  truth(now: EpochMs, range?: TruthRange): Truth;
  /** Golden names played up to a moment (default: ever), each with how many events played it. */
  golden(now?: EpochMs): Readonly<Record<string, number>>;
  /** Back to how it was created. */
  reset(): void;
}

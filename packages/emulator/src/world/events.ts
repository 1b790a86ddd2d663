/**
 * What people do at a till, as data: the world is nothing but a list of these, in the order they happened. Documents and the truth are
 * both derived from them, by code that shares nothing. The same shapes are taken by `/_control/sales` and by the golden documents.
 * Amounts, quantities and rates are exact decimals as text (`"19.99"`, `"-1"`, `"0.375"`, `"0.25"`); times are ISO 8601 with offset or `Z`.
 */
export type TillEvent = SaleEvent | OfficeEvent;

/** What happens to sales. */
export type SaleEvent = RingUp | EditSale | VoidSale;

/** What happens in the back office: it changes look-ups, never an amount of a sale. The last four only where an X-Series trades. */
export type OfficeEvent =
  | MoveRegister
  | ArchiveShop
  | SaveCustomer
  | MergeCustomers
  | EraseCustomer
  | DeleteProduct
  | RenamePaymentType
  | OpenRegister
  | CloseRegister;

/** Tender kinds; the account has one payment type of each. On the X-Series `credit_account` is store credit. */
export type TenderKind = 'cash' | 'card' | 'check' | 'credit_account' | 'gift_card' | 'ecom' | XTenderKind;

/** Ways of paying that only the X-Series has. */
export type XTenderKind = 'loyalty';

/** What an X-Series sale is besides a sale; `onaccount` excludes `layby`, and `pickup` excludes `delivery`. */
export type SaleAttribute = 'onaccount' | 'layby' | 'delivery' | 'pickup' | 'service';

/** What an X-Series sale charges or gives besides its lines. */
export interface SaleAdjustment {
  readonly kind: 'tip' | 'surcharge' | 'non_cash_fee' | 'discount' | 'shipping';
  readonly name?: string;
  /** Excl. tax, signed: a discount is negative. */
  readonly amount: string;
  /** Rates of its tax as fractions; none when left out. */
  readonly taxRates?: readonly [string, string];
}

/** What an X-Series event may say beyond what both series know; the R-Series ignores it. */
export interface XSaleFacts {
  /**
   * An open sale (`completed: false`) with attributes is pending, one without is parked. They stay when the sale is completed, unless an
   * edit says otherwise.
   */
  readonly attributes?: readonly SaleAttribute[];
  /** An open sale without attributes that is pending, not parked. */
  readonly pending?: boolean;
  readonly adjustments?: readonly SaleAdjustment[];
  readonly note?: string;
  /** `USER` (default), `ECOMMERCE`, `SHOPIFY`, `QUOTE` or an integrator's tag. */
  readonly source?: string;
  /** The sale is deleted (`deleted_at` is the event's time): it is in the feed and counts nowhere. */
  readonly deleted?: boolean;
}

/** A sale is rung up: opened, filled, paid and (unless `completed` is false) completed. */
export interface RingUp extends XSaleFacts {
  readonly event: 'ring_up';
  /**
   * Our name for the sale, unique in the world; the POS id follows from the order of opening. On the X-Series a name that is a UUID is the
   * sale's id, and whatever names a sale (`sale`, `returns`) may name it by its id.
   */
  readonly sale: string;
  /** When the sale was completed, or last touched when it stays open. */
  readonly at: string;
  /** When it was opened; `at` when left out. */
  readonly openedAt?: string;
  /** A completion time the cashier typed (back-dating): must be before `at`. The sale belongs to this time. */
  readonly backdatedTo?: string;
  /** False: an open ticket, whose payments (if any) count as takings but nothing else does. Default true. */
  readonly completed?: boolean;
  /** The document carries no `completeTime` at all, as old accounts' do; `timeStamp` then says when. Default false. */
  readonly withoutCompleteTime?: boolean;
  readonly shop: string;
  readonly register: string;
  readonly employee?: string;
  /** Customer id; a walk-in when left out. */
  readonly customer?: string;
  /** Prices include tax. Default false. */
  readonly taxInclusive?: boolean;
  /** The sale's two tax rates as fractions; lines may have their own. Default: the shop's. */
  readonly taxRates?: readonly [string, string];
  /** A discount on the whole ticket, as a fraction of each line after its own discount. */
  readonly ticketDiscountPercent?: string;
  readonly lines: readonly TicketLine[];
  readonly payments: readonly TicketPayment[];
  /** Coins rounded on a cash payment: + when more was taken than the total. Default none. */
  readonly cashRounding?: string;
  /** The golden name (3-domain) this event plays, if any. */
  readonly golden?: string;
}

export interface TicketLine {
  /** Name of the line within its sale, for `returns`; default its position from 1. */
  readonly ref?: string;
  /**
   * `item` (default): goods, or a return when the quantity is negative. `fee`: an item fee. `gift_card`: the zero-price line of a gift card
   * load, its amount is the negative gift-card payment. `store_credit`: a negative-price line matched by a negative credit-account payment.
   * `rebate`: a negative-price line that reduces what is paid.
   * On the X-Series a `gift_card` line's price is the amount on the card and no payment matches it; a `rebate` is a line of the discount
   * product, with a positive price the discount given back on a return; `account_payment` (X-Series only) pays off an account; there
   * are no `fee` and `store_credit` lines.
   */
  readonly kind?: 'item' | 'fee' | 'gift_card' | 'store_credit' | 'rebate' | XLineKind;
  /** Catalogue id; a miscellaneous line when left out. */
  readonly item?: string;
  readonly quantity: string;
  /** Charged unit price after price rules and before discounts, in the sale's basis (incl. tax on a tax-inclusive sale). */
  readonly price: string;
  /** Unit price before a price rule, when one applied. */
  readonly listPrice?: string;
  /** Fraction off the line; `"1"` is free. At most one of the two discounts. */
  readonly discountPercent?: string;
  /** Money off the whole line (positive on a sale line, negative on a return). */
  readonly discountAmount?: string;
  /** Store a 100 % discount as the POS sometimes does: 0.999999999. */
  readonly almostFree?: boolean;
  /** Default true. */
  readonly taxed?: boolean;
  readonly taxRates?: readonly [string, string];
  /** `"<sale>/<line>"` of the line this one gives back. */
  readonly returns?: string;
  readonly layaway?: boolean;
  readonly specialOrder?: boolean;
  /** A `shopID` on the line that differs from the sale's, and must be ignored. */
  readonly shop?: string;
  /** When the line was first made (layaways: long before the sale). */
  readonly createdAt?: string;
  /** The line is a component of the bundle line with this ref. */
  readonly bundle?: string;
  /** X-Series: the line was voided and counts nowhere. */
  readonly voided?: boolean;
  /** X-Series: the number of the gift card sold; one is made up when left out. */
  readonly giftCard?: string;
  readonly note?: string;
}

/** Lines that only the X-Series has. */
export type XLineKind = 'account_payment';

export interface TicketPayment {
  readonly tender: TenderKind;
  /** Includes the tip; negative is money given back or a liability created. */
  readonly amount: string;
  readonly tip?: string;
  /**
   * When the money moved; the event's `at` when left out. In an edit: when left out, the time of the payment that stood at this position
   * with the same tender before, else the edit's `at`.
   */
  readonly at?: string;
  /** The sale's register when left out. */
  readonly register?: string;
  /** A failed or voided tender that stays in the document and must be ignored. */
  readonly archived?: boolean;
  /** Cash handed back, for the document's `change`. */
  readonly change?: string;
  /** X-Series: the number of the gift card used. */
  readonly giftCard?: string;
}

/** A sale is changed after it was completed (or while open): whole lists are replaced; `completed: true` completes an open ticket at `at`. */
export interface EditSale extends XSaleFacts {
  readonly event: 'edit';
  readonly sale: string;
  readonly at: string;
  readonly lines?: readonly TicketLine[];
  readonly payments?: readonly TicketPayment[];
  readonly customer?: string;
  readonly completed?: boolean;
  readonly backdatedTo?: string;
  /** Puts the sale away; a completed one counts all the same. */
  readonly archived?: boolean;
  readonly ticketDiscountPercent?: string;
  readonly cashRounding?: string;
  readonly golden?: string;
}

/** A completed sale is voided: it leaves its original day, and a SaleVoid says who, when and why. */
export interface VoidSale {
  readonly event: 'void';
  readonly sale: string;
  readonly at: string;
  readonly employee?: string;
  readonly reason?: string;
  readonly golden?: string;
}

/** A till is carried to another shop: sales rung up on it later belong there. */
export interface MoveRegister {
  readonly event: 'move_register';
  readonly register: string;
  readonly shop: string;
  readonly at: string;
  readonly golden?: string;
}

/** A shop is closed for good; its sales stay. */
export interface ArchiveShop {
  readonly event: 'archive_shop';
  readonly shop: string;
  readonly at: string;
  readonly golden?: string;
}

/** A customer is written down, or (with an id that exists) changed: fields left out stay. */
export interface SaveCustomer {
  readonly event: 'save_customer';
  /** Digits; the next free id when left out. */
  readonly customer?: string;
  readonly at: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string | null;
  readonly mobile?: string | null;
  readonly noEmail?: boolean;
  readonly noPhone?: boolean;
  readonly company?: string;
  /** Puts the customer away, or takes them out again. */
  readonly archived?: boolean;
  readonly golden?: string;
}

/** Two customers turn out to be one: `customer` is archived, sales keep the id they have. */
export interface MergeCustomers {
  readonly event: 'merge_customers';
  readonly customer: string;
  readonly into: string;
  readonly at: string;
  readonly golden?: string;
}

/** A customer is anonymised: names and contacts go, sales and amounts stay. */
export interface EraseCustomer {
  readonly event: 'erase_customer';
  readonly customer: string;
  readonly at: string;
  readonly golden?: string;
}

/** X-Series: a product is taken out of the catalogue; lines keep naming it. */
export interface DeleteProduct {
  readonly event: 'delete_product';
  readonly item: string;
  readonly at: string;
  readonly golden?: string;
}

/** X-Series: a way of paying gets another name; payments keep the one they were made with. */
export interface RenamePaymentType {
  readonly event: 'rename_payment_type';
  readonly tender: TenderKind;
  readonly name: string;
  readonly at: string;
  readonly golden?: string;
}

/**
 * X-Series: a till is opened by hand, with a session of its own; nothing happens when it is open. Tills that nobody touches are open always,
 * with a session a business day.
 */
export interface OpenRegister {
  readonly event: 'open_register';
  readonly register: string;
  readonly at: string;
  readonly golden?: string;
}

/** X-Series: a till is closed by hand, until it is opened again or its next business day begins; nothing happens when it is closed. */
export interface CloseRegister {
  readonly event: 'close_register';
  readonly register: string;
  readonly at: string;
  /** What was counted, by id of the payment type; what is left out was as expected. */
  readonly counted?: Readonly<Record<string, string>>;
  readonly golden?: string;
}

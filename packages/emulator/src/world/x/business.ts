/** The retailer's outlets, tills, people, ways of paying and taxes: the same kinds of shops as the R-Series account's, a business of its own. */
import type { TenderKind } from '../events.ts';
import { exact } from '../exact.ts';
import type { Shop } from '../shops.ts';
import { FOUNDED, HOME_ZONE, makeEmployees, makePopUp, makeShops } from '../shops.ts';
import type { XRetailer, XUser } from '../x-types.ts';
import type { XIds } from './ids.ts';
import { setupVersion } from './versions.ts';

/** What the outlets are called, by place. */
const OUTLET_NAMES = ['Nyhavn', 'Hudson', 'Glenelg'];

/** Outlets that trade to the end. */
export function makeOutlets(count: number): Shop[] {
  return makeShops(count).map((shop, index) => {
    const name = OUTLET_NAMES[index % OUTLET_NAMES.length] ?? shop.name;
    const round = Math.floor(index / OUTLET_NAMES.length);
    return { ...shop, name: round === 0 ? name : `${name} ${round + 1}` };
  });
}

/** The outlet that closed early. */
export function makeMarketStall(outlets: readonly Shop[], registerId: string): Shop | null {
  const stall = makePopUp(outlets, registerId);
  return stall === null ? null : { ...stall, name: 'Market stall' };
}

/** A till, before anything happened to it. */
export interface Till {
  readonly id: string;
  readonly name: string;
  readonly shopId: string;
}

/** A way of paying. */
export interface PaymentTypePlan {
  readonly number: number;
  readonly name: string;
  readonly typeId: number;
  readonly tender: TenderKind | 'rounding';
  readonly internal: boolean;
}

/** One of each kind; the last is made by the POS itself. */
export const X_PAYMENT_TYPES: readonly PaymentTypePlan[] = [
  { number: 1, name: 'Cash', typeId: 1, tender: 'cash', internal: false },
  { number: 2, name: 'Card terminal', typeId: 3, tender: 'card', internal: false },
  { number: 3, name: 'Cheque', typeId: 2, tender: 'check', internal: false },
  { number: 4, name: 'Store Credit', typeId: 121, tender: 'credit_account', internal: false },
  { number: 5, name: 'Gift Card', typeId: 118, tender: 'gift_card', internal: false },
  { number: 6, name: 'Web shop', typeId: 105, tender: 'ecom', internal: false },
  { number: 7, name: 'Loyalty', typeId: 106, tender: 'loyalty', internal: false },
  { number: 8, name: 'Cash Rounding', typeId: 122, tender: 'rounding', internal: true },
];

const BY_TENDER = new Map(X_PAYMENT_TYPES.map((type) => [type.tender, type]));

/** The type of a tender; throws `RangeError` for one that is none. */
export function paymentTypeOf(tender: PaymentTypePlan['tender']): PaymentTypePlan {
  const type = BY_TENDER.get(tender);
  if (type === undefined) throw new RangeError(`no payment type ${JSON.stringify(tender)}`);
  return type;
}

/** A group of rates, as lines name it. */
export interface TaxPlan {
  readonly number: number;
  readonly name: string;
  readonly rates: readonly { readonly number: number; readonly name: string; readonly rate: string }[];
}

/** The tax of what is not taxed. */
export const NO_TAX: TaxPlan = { number: 1, name: 'No Tax', rates: [{ number: 1, name: 'No Tax', rate: '0' }] };

const TAXES: readonly TaxPlan[] = [
  NO_TAX,
  { number: 2, name: 'Moms', rates: [{ number: 2, name: 'Moms', rate: '0.25' }] },
  {
    number: 3,
    name: 'New York',
    rates: [
      { number: 3, name: 'State', rate: '0.04' },
      { number: 4, name: 'City', rate: '0.04875' },
    ],
  },
  { number: 4, name: 'City only', rates: [{ number: 5, name: 'City', rate: '0.04875' }] },
  { number: 5, name: 'GST', rates: [{ number: 6, name: 'GST', rate: '0.1' }] },
];

/** The retailer's taxes, by the rates events state. Rates nobody charged before make a tax of their own. */
export class Taxes {
  #all: TaxPlan[] = [...TAXES];
  readonly #byRates = new Map<string, TaxPlan>();
  /** By the very list of rates, which is mostly one of a few. */
  #byList = new WeakMap<readonly string[], TaxPlan>();

  constructor() {
    for (const tax of TAXES) this.#byRates.set(keyOf(tax.rates.map((rate) => rate.rate)), tax);
  }

  /** All of them; the first `known` were there from the start. */
  get all(): readonly TaxPlan[] {
    return this.#all;
  }

  /** How many were there from the start. */
  get known(): number {
    return TAXES.length;
  }

  /** The tax with these rates. */
  of(rates: readonly string[]): TaxPlan {
    const listed = this.#byList.get(rates);
    if (listed !== undefined) return listed;
    const tax = this.#find(rates);
    this.#byList.set(rates, tax);
    return tax;
  }

  /** Forgets the taxes that were made later. */
  reset(): void {
    this.#all = [...TAXES];
    this.#byList = new WeakMap();
    this.#byRates.clear();
    for (const tax of TAXES) this.#byRates.set(keyOf(tax.rates.map((rate) => rate.rate)), tax);
  }

  #find(rates: readonly string[]): TaxPlan {
    const key = keyOf(rates);
    const found = this.#byRates.get(key);
    if (found !== undefined) return found;
    const kept = rates.filter((rate) => exact(rate) !== 0n);
    const number = this.#all.length + 1;
    const made = {
      number,
      name: `Tax ${kept.join(' + ')}`,
      rates: kept.map((rate, index) => ({ number: number * 10 + index, name: `Tax ${rate}`, rate })),
    };
    this.#all.push(made);
    this.#byRates.set(key, made);
    return made;
  }
}

/** Rates that are not 0, in their order; `""` is no tax. */
function keyOf(rates: readonly string[]): string {
  return rates.filter((rate) => exact(rate) !== 0n).join('|');
}

/** The retailer itself. */
export function makeRetailer(ids: XIds): XRetailer {
  return {
    id: ids.of('retailer', 1),
    version: setupVersion('retailer', 0),
    name: 'Tide & Thread',
    domainPrefix: 'tidethread',
    country: 'DK',
    currency: 'DKK',
    currencySymbol: 'kr.',
    timeZone: HOME_ZONE,
    taxExclusive: true,
    loyaltyRatio: 0.02,
    discountProductId: ids.of('product', DISCOUNT_PRODUCT),
    giftCardProductId: ids.of('product', GIFT_CARD_PRODUCT),
    accountPaymentProductId: ids.of('product', ACCOUNT_PAYMENT_PRODUCT),
    noTaxId: ids.of('tax', NO_TAX.number),
    walkInCustomerId: ids.of('customer', WALK_IN),
    createdAt: FOUNDED,
  };
}

/** Numbers of what the POS made itself, beyond all numbers of the catalogue. */
export const DISCOUNT_PRODUCT = 1001;
export const GIFT_CARD_PRODUCT = 1002;
export const ACCOUNT_PAYMENT_PRODUCT = 1003;
/** What lines without an item sell. */
export const MISC_PRODUCT = 1004;
/** The customer nobody is. */
export const WALK_IN = 0;

/** People who sell: four an outlet, the last of each has left; the first of all is the primary user. */
export function makeUsers(ids: XIds, outlets: readonly Shop[]): XUser[] {
  return makeEmployees(outlets.filter((outlet) => outlet.weight > 0)).map((person, index) => {
    const username = `${person.firstName}.${person.id}`.toLowerCase();
    return {
      id: ids.of('user', Number(person.id)),
      version: setupVersion('user', index),
      deletedAt: person.archived ? FOUNDED + 86_400_000 * 200 : null,
      username,
      displayName: `${person.firstName} ${person.lastName}`,
      email: `${username}@tidethread.example.test`,
      accountType: index === 0 ? 'admin' : index % 4 === 0 ? 'manager' : 'cashier',
      isPrimary: index === 0,
      restrictedOutletIds: person.limitToShopId === null ? [] : [ids.of('outlet', Number(person.limitToShopId))],
      createdAt: FOUNDED,
      updatedAt: FOUNDED,
    };
  });
}

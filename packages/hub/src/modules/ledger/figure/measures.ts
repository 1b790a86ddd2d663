/**
 * The one list of measures (docs/measures.md, version 1): what the ledger stores, what the API offers, what the screens name.
 * Everything that walks "all measures" walks this list.
 */

export const MEASURES_VERSION = 1;

/** `cents`: integer minor units. `count`: an integer. `quantity`: an exact decimal, six places at most. `ratio`: of two others, made when read. */
export type MeasureKind = 'cents' | 'count' | 'quantity' | 'ratio';

/** Whether tax is inside the amount; `none` where the question has no meaning (counts, payments). */
export type TaxBasis = 'excl' | 'incl' | 'none';

/** Where it comes from: a counted sale's lines, payments (each at its own time and register, D16), or people counted at the door, a division when read. */
export type MeasureSource = 'sale' | 'payment' | 'visitor' | 'derived';

interface MeasureDefinition {
  readonly name: string;
  readonly kind: MeasureKind;
  readonly basis: TaxBasis;
  readonly source: MeasureSource;
  /** Shown positive, or with its sign. */
  readonly shown: 'positive' | 'signed';
  /** Null: both series have it. */
  readonly provider: 'lightspeed-r' | 'lightspeed-x' | null;
  /** For `derived`: the two measures divided, whose sums are divided whatever the period; blank when the divisor is 0. */
  readonly ratioOf?: readonly [dividend: string, divisor: string];
  /** One sentence in English. */
  readonly definition: string;
}

const positiveCents = { kind: 'cents', source: 'sale', shown: 'positive', provider: null } as const;
const signedCents = { kind: 'cents', source: 'sale', shown: 'signed', provider: null } as const;
const count = { kind: 'count', basis: 'none', source: 'sale', shown: 'positive', provider: null } as const;
const quantity = { kind: 'quantity', basis: 'none', source: 'sale', shown: 'positive', provider: null } as const;
const paymentCents = { kind: 'cents', basis: 'none', source: 'payment', provider: null } as const;
const ratio = { kind: 'ratio', source: 'derived', shown: 'positive', provider: null } as const;

export const MEASURES = [
  { ...positiveCents, name: 'gross_sales', basis: 'excl', definition: 'Goods before discounts, excl. tax' },
  { ...positiveCents, name: 'gross_sales_incl', basis: 'incl', definition: 'Goods before discounts, incl. tax' },
  { ...positiveCents, name: 'discounts', basis: 'excl', definition: 'Line, ticket and rebate discounts on goods, excl. tax' },
  {
    ...positiveCents,
    name: 'discounts_incl',
    basis: 'incl',
    definition: 'Line, ticket and rebate discounts on goods, incl. tax',
  },
  { ...positiveCents, name: 'returns', basis: 'excl', definition: 'Goods taken back at what was paid for them, excl. tax' },
  { ...positiveCents, name: 'returns_incl', basis: 'incl', definition: 'Goods taken back at what was paid for them, incl. tax' },
  { ...signedCents, name: 'net_sales', basis: 'excl', definition: 'Gross sales − discounts − returns, excl. tax' },
  { ...signedCents, name: 'net_sales_incl', basis: 'incl', definition: 'Gross sales − discounts − returns, incl. tax' },
  { ...signedCents, name: 'turnover', basis: 'excl', definition: 'Net sales excl. tax, under the planner’s name' },
  { ...signedCents, name: 'turnover_incl', basis: 'incl', definition: 'Net sales incl. tax, under the planner’s name' },
  { ...signedCents, name: 'tax', basis: 'none', definition: 'Tax of everything on the receipts' },
  { ...count, name: 'transactions', definition: 'Receipts that sell at least one good; an exchange is one' },
  { ...count, name: 'return_transactions', definition: 'Receipts that take goods back and sell none' },
  { ...count, name: 'other_transactions', definition: 'Receipts with neither: gift cards, fees, deposits' },
  { ...count, name: 'identified_transactions', definition: 'Transactions whose receipt names a customer' },
  { ...quantity, name: 'goods_sold', definition: 'Units of goods sold; 0.375 kg is 0.375' },
  { ...quantity, name: 'goods_returned', definition: 'Units of goods taken back' },
  { ...signedCents, name: 'fees', basis: 'excl', definition: 'Fees and surcharges, excl. tax' },
  { ...signedCents, name: 'fees_incl', basis: 'incl', definition: 'Fees and surcharges, incl. tax' },
  { ...signedCents, name: 'price_rule_discount', basis: 'excl', definition: 'What price rules took off list prices, excl. tax' },
  { ...signedCents, name: 'gift_cards_sold', basis: 'none', definition: 'Money loaded onto gift cards' },
  {
    ...signedCents,
    name: 'deposits',
    basis: 'none',
    definition: 'Money paid onto credit accounts by receipts that sell nothing',
  },
  { ...signedCents, name: 'store_credit', basis: 'none', definition: 'Store credit given on other receipts' },
  { ...signedCents, name: 'rounding', basis: 'none', definition: 'Coins rounded on cash payments; + when more was taken' },
  { ...signedCents, name: 'shipping', basis: 'excl', provider: 'lightspeed-x', definition: 'Shipping charged, excl. tax' },
  { ...signedCents, name: 'unexplained', basis: 'excl', definition: 'What the POS total has beyond its lines, excl. tax' },
  { ...signedCents, name: 'unexplained_incl', basis: 'incl', definition: 'What the POS total has beyond its lines, incl. tax' },
  { ...paymentCents, name: 'payments', shown: 'signed', definition: 'Money taken less money given back, incl. tips' },
  { ...paymentCents, name: 'tips', shown: 'signed', definition: 'Tips inside the payments' },
  { ...paymentCents, name: 'gift_cards_redeemed', shown: 'signed', definition: 'Paid with gift cards' },
  { ...paymentCents, name: 'on_account', shown: 'signed', definition: 'Paid on, or from, customers’ credit accounts' },
  {
    kind: 'count',
    basis: 'none',
    source: 'visitor',
    shown: 'positive',
    provider: null,
    name: 'visitors',
    definition: 'People counted at the door; unknown where nobody counted',
  },
  {
    ...ratio,
    name: 'average_basket',
    basis: 'excl',
    ratioOf: ['net_sales', 'transactions'],
    definition: 'Net sales per transaction, excl. tax',
  },
  {
    ...ratio,
    name: 'average_basket_incl',
    basis: 'incl',
    ratioOf: ['net_sales_incl', 'transactions'],
    definition: 'Net sales per transaction, incl. tax',
  },
  {
    ...ratio,
    name: 'units_per_transaction',
    basis: 'none',
    ratioOf: ['goods_sold', 'transactions'],
    definition: 'Units of goods sold per transaction',
  },
  {
    ...ratio,
    name: 'identified_share',
    basis: 'none',
    ratioOf: ['identified_transactions', 'transactions'],
    definition: 'Share of transactions whose receipt names a customer',
  },
  {
    ...ratio,
    name: 'conversion',
    basis: 'none',
    ratioOf: ['transactions', 'visitors'],
    definition: 'Transactions per visitor, where visitors were counted; above 100 % something was not',
  },
] as const satisfies readonly MeasureDefinition[];

export type Measure = (typeof MEASURES)[number];

/** Stored with the sale's own cell. */
export type SaleMeasure = Extract<Measure, { source: 'sale' }>['name'];
/** Stored with each payment's cell; `payments` is kept per payment type as well. */
export type PaymentMeasure = Extract<Measure, { source: 'payment' }>['name'];
export type QuantityMeasure = Extract<Measure, { kind: 'quantity' }>['name'];

export const SALE_MEASURES: readonly SaleMeasure[] = MEASURES.filter((measure) => measure.source === 'sale').map(
  ({ name }) => name,
);
export const PAYMENT_MEASURES: readonly PaymentMeasure[] = MEASURES.filter((measure) => measure.source === 'payment').map(
  ({ name }) => name,
);

const byName: ReadonlyMap<string, Measure> = new Map(MEASURES.map((measure) => [measure.name, measure]));

/** The measure of that name; undefined for any other text, and for the open family `payments:<payment type id>`. */
export function measureNamed(name: string): Measure | undefined {
  return byName.get(name);
}

export function isQuantity(name: string): name is QuantityMeasure {
  return name === 'goods_sold' || name === 'goods_returned';
}

/** Made-up X-Series documents for tests: one description of a sale, written in each of the four shapes the POS has (X §6, §7, §11.4). */
export type Document = Record<string, unknown>;

export const OUTLET = '0a1b2c3d-00aa-11f1-a001-0242ac120001';
export const REGISTER = '0a1b2c3d-00bb-11f1-a001-0242ac120001';
export const USER = '0a1b2c3d-00cc-11f1-a001-0242ac120001';
export const CUSTOMER = '0a1b2c3d-00dd-11f1-a001-0242ac120001';
export const WALK_IN = '0a1b2c3d-00de-11f1-a001-0242ac120001';
export const PRODUCT = '0a1b2c3d-00ee-bcc7-11e4-0242ac120001';
export const DISCOUNT_PRODUCT = '0a1b2c3d-00ff-11f1-a001-0242ac120001';
export const CASH = '0a1b2c3d-0c01-11f1-a001-0242ac120001';
export const TAX_ID = '0a1b2c3d-0d01-11f1-a001-0242ac120001';
export const SALE = '0a1b2c3d-0001-11f1-a001-0242ac120001';

export const LOOK_UPS = {
  discountProductId: DISCOUNT_PRODUCT,
  taxRates: new Map([[TAX_ID, '0.15']]),
  registerOutlets: new Map([[REGISTER, OUTLET]]),
  walkInCustomerIds: new Set([WALK_IN]),
} as const;

export interface LineSpec {
  readonly id?: string;
  readonly product?: string;
  readonly quantity?: number;
  readonly price?: number;
  readonly discount?: number;
  readonly tax?: number;
  readonly status?: string;
  readonly isReturn?: boolean;
  readonly giftCard?: string;
  readonly sequence?: number;
}

export interface PaymentSpec {
  readonly id?: string;
  readonly type?: string;
  readonly globalType?: string;
  readonly name?: string;
  readonly amount: number;
  readonly date?: string;
  readonly deletedAt?: string;
  readonly register?: string;
}

export interface SaleSpec {
  readonly id?: string;
  readonly state?: string;
  readonly status?: string;
  readonly attributes?: readonly string[];
  readonly customer?: string | null;
  readonly date?: string;
  readonly deletedAt?: string | null;
  readonly returnFor?: string | null;
  readonly totalPrice: number;
  readonly totalTax: number;
  readonly lines: readonly LineSpec[];
  readonly payments: readonly PaymentSpec[];
  readonly adjustments?: readonly { type: string; value: number; tax?: number }[];
  readonly charges?: readonly { name: string; total: number; tax: number }[];
  readonly surcharge?: number;
  readonly version?: number | string;
}

/** 2 × 30 less 15 % for each, at 15 % tax: the example every shape below is checked with. */
export const PLAIN: SaleSpec = {
  totalPrice: 52.17,
  totalTax: 7.83,
  lines: [{ quantity: 2, price: 26.08696, discount: 4.34783, tax: 3.91304 }],
  payments: [{ amount: 60 }],
};

const DATE = '2026-07-14T02:11:09+00:00';
const round5 = (value: number): number => Math.round(value * 1e5) / 1e5;

function lineId(index: number): string {
  return `0a1b2c3d-1${String(index).padStart(3, '0')}-11f1-a001-0242ac120001`;
}

function paymentId(index: number): string {
  return `0a1b2c3d-2${String(index).padStart(3, '0')}-11f1-a001-0242ac120001`;
}

/** X §6: 2.0. */
export function flatSale(spec: SaleSpec, changes: Document = {}): Document {
  return {
    id: spec.id ?? SALE,
    outlet_id: OUTLET,
    register_id: REGISTER,
    user_id: USER,
    customer_id: spec.customer === undefined ? CUSTOMER : spec.customer,
    invoice_number: 'QS-2041',
    receipt_number: 'QS-2041',
    source: 'USER',
    source_id: null,
    status: spec.status ?? 'CLOSED',
    state: spec.state ?? 'closed',
    attributes: spec.attributes ?? [],
    note: '',
    short_code: 'k3pz7w',
    return_for: spec.returnFor ?? null,
    return_ids: [],
    total_price: spec.totalPrice,
    total_price_incl: round5(spec.totalPrice + spec.totalTax),
    total_tax: spec.totalTax,
    total_loyalty: 0,
    total_surcharge: spec.surcharge ?? 0,
    sale_date: spec.date ?? DATE,
    created_at: '2026-07-14T02:11:12+00:00',
    updated_at: '2026-07-14T02:11:12+00:00',
    deleted_at: spec.deletedAt ?? null,
    version: spec.version ?? 31_544_120_987,
    line_items: spec.lines.map((line, index) => {
      const { quantity = 1, price = 0, discount = 0, tax = 0 } = line;
      return {
        id: line.id ?? lineId(index),
        product_id: line.product ?? PRODUCT,
        tax_id: TAX_ID,
        quantity,
        price,
        unit_price: price,
        price_total: round5(price * quantity),
        total_price: round5(price * quantity),
        discount,
        unit_discount: discount,
        discount_total: round5(discount * quantity),
        total_discount: round5(discount * quantity),
        tax,
        unit_tax: tax,
        tax_total: round5(tax * quantity),
        total_tax: round5(tax * quantity),
        tax_components: [],
        sequence: line.sequence ?? index,
        status: line.status ?? 'CONFIRMED',
        is_return: line.isReturn ?? false,
        gift_card_number: line.giftCard ?? null,
        promotions: [],
        surcharges: [],
      };
    }),
    payments: spec.payments.map((payment, index) => ({
      id: payment.id ?? paymentId(index),
      register_id: payment.register ?? REGISTER,
      outlet_id: OUTLET,
      retailer_payment_type_id: payment.type ?? CASH,
      payment_type_id: payment.globalType ?? '1',
      name: payment.name ?? 'Cash',
      amount: payment.amount,
      payment_date: payment.date ?? DATE,
      deleted_at: payment.deletedAt ?? null,
    })),
    taxes: [],
    adjustments: (spec.adjustments ?? []).map(({ type, value, tax }) => ({
      name: type.toLowerCase(),
      adjustment_type: type,
      value,
      tax_components: tax === undefined ? [] : [{ rate_id: TAX_ID, total_tax: tax }],
    })),
    external_applications: [],
    ecom_custom_charges: {
      charges: (spec.charges ?? []).map(({ name, total, tax }) => ({
        name,
        total,
        total_tax: tax,
        total_incl: round5(total + tax),
        tax_components: [],
      })),
      total: 0,
      total_tax: 0,
      total_incl: 0,
    },
    ...changes,
  };
}

/** X §7.1: 2026-01 and later. Empty keys vanish. */
export function nestedSale(spec: SaleSpec, changes: Document = {}): Document {
  return {
    id: spec.id ?? SALE,
    state: spec.state ?? 'closed',
    attributes: spec.attributes ?? [],
    ...(spec.customer === null ? {} : { customer_id: spec.customer ?? CUSTOMER }),
    date: (spec.date ?? DATE).replace('+00:00', 'Z'),
    invoice_number: 'QS-2041',
    receipt_number: 'QS-2041',
    created_at: '2026-07-14T02:11:12Z',
    updated_at: '2026-07-14T02:11:12Z',
    ...(spec.deletedAt === undefined ? {} : { deleted_at: spec.deletedAt }),
    source: { outlet_id: OUTLET, register_id: REGISTER, author: { id: USER }, type: 'USER' },
    line_items: spec.lines.map((line, index) => {
      const { quantity = 1, price = 0, discount = 0, tax = 0 } = line;
      return {
        id: line.id ?? lineId(index),
        product: { id: line.product ?? PRODUCT },
        quantity,
        status: line.status ?? 'CONFIRMED',
        pricing: {
          price,
          total: round5(price * quantity),
          discount,
          discount_total: round5(discount * quantity),
        },
        tax: { id: TAX_ID, amount: tax, total: round5(tax * quantity) },
        return: { is_return: line.isReturn ?? false },
        ...(line.giftCard === undefined ? {} : { gift_card_number: line.giftCard }),
        _metadata: { sequence: line.sequence ?? index, is_price_override: false },
      };
    }),
    payments: spec.payments.map((payment, index) => ({
      id: payment.id ?? paymentId(index),
      amount: payment.amount,
      date: (payment.date ?? DATE).replace('+00:00', 'Z'),
      type: { config_id: payment.type ?? CASH, name: payment.name ?? 'Cash', id: payment.globalType ?? '1' },
      source: { register_id: payment.register ?? REGISTER },
      ...(payment.deletedAt === undefined ? {} : { deleted_at: payment.deletedAt }),
    })),
    totals: {
      price: spec.totalPrice,
      price_incl_tax: round5(spec.totalPrice + spec.totalTax),
      tax: spec.totalTax,
      loyalty: 0,
      surcharge: spec.surcharge ?? 0,
    },
    return: {
      is_return: spec.returnFor !== undefined,
      ...(spec.returnFor === undefined ? {} : { original_sale_id: spec.returnFor }),
      return_sale_ids: [],
    },
    ...(spec.adjustments === undefined
      ? {}
      : {
          adjustments: spec.adjustments.map(({ type, value, tax }) => ({
            name: type.toLowerCase(),
            adjustment_type: type,
            total: value,
            ...(tax === undefined ? {} : { tax_components: [{ rate_id: TAX_ID, total_tax: tax }] }),
          })),
        }),
    ...(spec.charges === undefined
      ? {}
      : { ecom_custom_charges: spec.charges.map(({ name, total, tax }) => ({ name, total, total_tax: tax })) }),
    _metadata: { version: spec.version ?? 31_544_120_987 },
    ...changes,
  };
}

/** X §11.4 and §4.3: the webhook's and 0.9's shape: text for money, the old names, three forms of time, no outlet. */
export function legacySale(spec: SaleSpec, changes: Document = {}): Document {
  const text = (value: number): string => value.toFixed(5);
  return {
    id: spec.id ?? SALE,
    invoice_number: 'QS-2041',
    status: spec.status ?? 'CLOSED',
    state: spec.state ?? 'closed',
    attributes: spec.attributes ?? [],
    source: 'USER',
    source_id: null,
    register_id: REGISTER,
    user_id: USER,
    customer_id: spec.customer === undefined ? CUSTOMER : spec.customer,
    note: '',
    short_code: '9abcde',
    ...(spec.returnFor === undefined ? {} : { return_for: spec.returnFor }),
    sale_date: (spec.date ?? DATE).replace('+00:00', 'Z'),
    created_at: '2026-07-14 02:11:12',
    updated_at: '2026-07-14T02:11:12+00:00',
    deleted_at: spec.deletedAt ?? null,
    totals: {
      total_price: text(spec.totalPrice),
      total_tax: text(spec.totalTax),
      total_payment: text(spec.totalPrice + spec.totalTax),
      total_to_pay: '0.00000',
      total_loyalty: '0.00000',
      total_surcharge: text(spec.surcharge ?? 0),
    },
    taxes: [],
    register_sale_products: spec.lines.map((line, index) => {
      const { quantity = 1, price = 0, discount = 0, tax = 0 } = line;
      return {
        id: line.id ?? lineId(index),
        product_id: line.product ?? PRODUCT,
        quantity,
        price: text(price),
        price_total: text(price * quantity),
        discount: text(discount),
        loyalty_value: '0.00000',
        price_set: false,
        tax: text(tax),
        tax_total: text(tax * quantity),
        tax_id: TAX_ID,
        sequence: String(line.sequence ?? index),
        status: line.status ?? 'CONFIRMED',
        ...(line.giftCard === undefined ? {} : { gift_card_number: line.giftCard }),
      };
    }),
    register_sale_payments: spec.payments.map((payment, index) => ({
      id: payment.id ?? paymentId(index),
      amount: payment.amount,
      payment_date: (payment.date ?? DATE).replace('+00:00', 'Z'),
      payment_type_id: Number(payment.globalType ?? '1'),
      payment_type: { id: payment.globalType ?? '1', name: payment.name ?? 'Cash', has_native_support: false },
      retailer_payment_type_id: payment.type ?? CASH,
      retailer_payment_type: {
        id: payment.type ?? CASH,
        name: payment.name ?? 'Cash',
        payment_type_id: payment.globalType ?? '1',
        config: null,
      },
      ...(payment.deletedAt === undefined ? {} : { deleted_at: payment.deletedAt }),
      ...(payment.register === undefined ? {} : { register_id: payment.register }),
    })),
    ...(spec.adjustments === undefined
      ? {}
      : {
          adjustments: spec.adjustments.map(({ type, value, tax }) => ({
            name: type.toLowerCase(),
            type,
            value: text(value),
            ...(tax === undefined ? {} : { tax_components: [{ rate_id: TAX_ID, total_tax: text(tax) }] }),
          })),
        }),
    ...(spec.charges === undefined
      ? {}
      : { ecom_custom_charges: { charges: spec.charges.map(({ name, total, tax }) => ({ name, total, total_tax: tax })) } }),
    customer: spec.customer === null ? null : { id: spec.customer ?? CUSTOMER, customer_code: 'Jane-7XQ2', balance: '0.00000' },
    user: { id: USER, name: 'till@example.test', display_name: 'Till One' },
    version: spec.version ?? 31_544_120_987,
    ...changes,
  };
}

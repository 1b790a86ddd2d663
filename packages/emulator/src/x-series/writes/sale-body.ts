import { unitsOf } from '../amounts.ts';
import { badRequest } from '../errors.ts';

/** A sale as somebody wants it written, whichever version's names it came in. Amounts are whole hundred-thousandths. */
export interface SaleWrite {
  readonly id: string | undefined;
  readonly registerId: string | undefined;
  readonly userId: string | undefined;
  readonly customerId: string | undefined;
  readonly state: string | undefined;
  readonly attributes: readonly string[];
  readonly date: string | undefined;
  readonly note: string | undefined;
  readonly source: string | undefined;
  readonly lines: readonly LineWrite[];
  readonly payments: readonly PaymentWrite[];
}

export interface LineWrite {
  readonly productId: string;
  /** Exact text. */
  readonly quantity: string;
  /** Per unit, excl. tax, after discount. */
  readonly price: number;
  /** Per unit. */
  readonly discount: number;
  readonly taxId: string | undefined;
  readonly isVoided: boolean;
  readonly note: string | undefined;
  readonly giftCardNumber: string | undefined;
}

export interface PaymentWrite {
  readonly paymentTypeId: string;
  readonly amount: number;
  readonly date: string | undefined;
  readonly registerId: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** `POST /api/register_sales` (X §7.2). Throws 400. */
export function readLegacyBody(body: unknown): SaleWrite {
  const fields = object(body, 'the body');
  return {
    id: optional(fields, 'id'),
    registerId: optional(fields, 'register_id'),
    userId: optional(fields, 'user_id'),
    customerId: optional(fields, 'customer_id'),
    state: optional(fields, 'state') ?? stateOfStatus(optional(fields, 'status')),
    attributes: texts(fields['register_sale_attributes']) ?? attributesOfStatus(optional(fields, 'status')),
    date: optional(fields, 'sale_date'),
    note: optional(fields, 'note'),
    source: optional(fields, 'source'),
    lines: objects(fields, 'register_sale_products').map((line) => ({
      productId: needed(line, 'product_id'),
      quantity: decimal(line['quantity'], 'quantity'),
      price: units(line['price'], 'price'),
      discount: line['discount'] === undefined ? 0 : units(line['discount'], 'discount'),
      taxId: optional(line, 'tax_id'),
      isVoided: line['status'] === 'VOIDED',
      note: optional(line, 'note'),
      giftCardNumber: optional(line, 'gift_card_number'),
    })),
    payments: objects(fields, 'register_sale_payments').map((payment) => ({
      paymentTypeId: needed(payment, 'retailer_payment_type_id'),
      amount: units(payment['amount'], 'amount'),
      date: optional(payment, 'payment_date'),
      registerId: optional(payment, 'register_id'),
    })),
  };
}

/** `POST /sales`, `PUT /sales/{id}` of the dated versions. Throws 400. */
export function readDatedBody(body: unknown): SaleWrite {
  const fields = object(body, 'the body');
  const source = object(fields['source'] ?? {}, 'source');
  const authorId = optional(source, 'author_id') ?? optional(object(source['author'] ?? {}, 'source.author'), 'id');
  if (authorId === undefined) throw badRequest('source.author_id is required');
  return {
    id: optional(fields, 'id'),
    registerId: optional(source, 'register_id'),
    userId: authorId,
    customerId: optional(fields, 'customer_id'),
    state: needed(fields, 'state'),
    attributes: texts(fields['attributes']) ?? [],
    date: optional(fields, 'date'),
    note: optional(fields, 'note'),
    source: optional(source, 'type'),
    lines: objects(fields, 'line_items').map((line) => {
      const pricing = object(line['pricing'] ?? {}, 'pricing');
      return {
        productId: needed(object(line['product'] ?? {}, 'product'), 'id'),
        quantity: decimal(line['quantity'], 'quantity'),
        price: units(pricing['price'], 'pricing.price'),
        discount: pricing['discount'] === undefined ? 0 : units(pricing['discount'], 'pricing.discount'),
        taxId: needed(object(line['tax'] ?? {}, 'tax'), 'id'),
        isVoided: line['status'] === 'VOIDED',
        note: optional(line, 'note'),
        giftCardNumber: optional(line, 'gift_card_number'),
      };
    }),
    payments: objects(fields, 'payments').map((payment) => ({
      paymentTypeId: needed(object(payment['type'] ?? {}, 'type'), 'config_id'),
      amount: units(payment['amount'], 'amount'),
      date: optional(payment, 'date'),
      registerId: optional(object(payment['source'] ?? {}, 'source'), 'register_id'),
    })),
  };
}

const statuses: Readonly<Record<string, readonly [state: string, ...attributes: string[]]>> = {
  SAVED: ['parked'],
  OPEN: ['pending'],
  VOIDED: ['voided'],
  CLOSED: ['closed'],
  ONACCOUNT: ['pending', 'onaccount'],
  ONACCOUNT_CLOSED: ['closed', 'onaccount'],
  LAYBY: ['pending', 'layby'],
  LAYBY_CLOSED: ['closed', 'layby'],
  AWAITING_DISPATCH: ['pending', 'delivery'],
  DISPATCHED_CLOSED: ['closed', 'delivery'],
  AWAITING_PICKUP: ['pending', 'pickup'],
  PICKED_UP_CLOSED: ['closed', 'pickup'],
  SERVICE: ['pending', 'service'],
  SERVICE_CLOSED: ['closed', 'service'],
};

function stateOfStatus(status: string | undefined): string | undefined {
  return status === undefined ? undefined : statuses[status]?.[0];
}

function attributesOfStatus(status: string | undefined): readonly string[] {
  return status === undefined ? [] : (statuses[status]?.slice(1) ?? []);
}

export function object(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest(`${name} must be an object`);
  return { ...value };
}

export function objects(fields: Fields, name: string): Fields[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw badRequest(`${name} must be a list`);
  return value.map((entry, index) => object(entry, `${name}[${index}]`));
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : undefined;
}

export function optional(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function needed(fields: Fields, name: string): string {
  const value = optional(fields, name);
  if (value === undefined) throw badRequest(`${name} is required`);
  return value;
}

/** Numbers and numeric text alike: the vendor's own tutorial sends text. */
export function decimal(value: unknown, name: string): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d+(?:\.\d+)?$/.test(text)) throw badRequest(`${name} must be a number`);
  return text;
}

function units(value: unknown, name: string): number {
  return unitsOf(Number(decimal(value, name)));
}

/** Whole hundred-thousandths as exact text. */
export function unitsText(amount: number): string {
  const text = String(Math.abs(amount)).padStart(6, '0');
  const trimmed = `${text.slice(0, -5)}.${text.slice(-5)}`.replace(/\.?0+$/, '');
  return amount < 0 && trimmed !== '0' ? `-${trimmed}` : trimmed;
}

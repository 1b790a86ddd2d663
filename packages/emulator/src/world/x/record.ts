/** A sale's record as of a moment: what the POS shows of it, with every amount computed. The truth does not come this way. */
import type { TicketLine } from '../events.ts';
import { dice } from '../random.ts';
import { lineName } from '../record.ts';
import type { EpochMs, ItemRecord } from '../types.ts';
import type { XAdjustment, XAmount, XCustomCharge, XSaleLine, XSalePayment, XSaleRecord, XTaxComponent } from '../x-types.ts';
import type { TaxPlan } from './business.ts';
import {
  ACCOUNT_PAYMENT_PRODUCT,
  DISCOUNT_PRODUCT,
  GIFT_CARD_PRODUCT,
  MISC_PRODUCT,
  paymentTypeOf,
  WALK_IN,
} from './business.ts';
import { LINE_PROMOTION } from './catalogue.ts';
import type { XIds } from './ids.ts';
import type { SalePlace } from './log.ts';
import type { XComponent, XPriced, XPricedAdjustment, XPricedLine } from './price.ts';
import type { XTicket } from './ticket.ts';
import { paymentsOf, priceOf, X_PARTS } from './ticket.ts';
import type { Units } from './units.ts';
import { scaled, UNIT, unitsOf } from './units.ts';

/** What a record needs to know besides its ticket. */
export interface XRecordContext {
  readonly ids: XIds;
  readonly seed: number;
  readonly place: SalePlace;
  /** Numbers of the sales that give this one back. */
  readonly returns: readonly number[];
  /** The outlet's own rates. */
  readonly rates: readonly [string, string];
  taxOf(rates: readonly string[]): TaxPlan;
  item(id: string): ItemRecord | undefined;
  /** Number of a till: the event's own, or the outlet's first where it names none. */
  register(name: string, shop: string): number;
  saleNumber(name: string): number | undefined;
  /** Id of the session a till was in. */
  sessionId(register: number, shop: string, at: EpochMs): string;
  /** What a way of paying was called when the payment was made. */
  paymentName(number: number, at: EpochMs): string;
}

/** A number to print of units. */
export const amountOf = (units: Units): XAmount => units / UNIT;

/** A number to print of cents. */
export const amountOfCents = (cents: number): XAmount => cents / 100;

/** Builds the record of a ticket. */
export function xRecordOf(ticket: XTicket, context: XRecordContext): XSaleRecord {
  const { ids, place } = context;
  const { ring } = ticket;
  const priced = priceOf(ticket, context.rates);
  const register = context.register(ring.register, ring.shop);
  const customer = ticket.customer === undefined ? WALK_IN : Number(ticket.customer);
  const isSaved = ticket.state === 'parked';
  const lines = priced.lines.map((line, index) => lineRecord(line, index, ticket, context, isSaved));
  const adjustments = priced.adjustments;
  const origin = ticket.lines.find((line) => line.returns !== undefined)?.returns;
  const returnFor = origin === undefined ? undefined : context.saleNumber(origin.slice(0, origin.lastIndexOf('/')));
  const invoiceSequence = 1000 + place.number;
  return {
    id: ids.of('sale', place.number),
    version: place.version,
    name: ring.sale,
    outletId: ids.of('outlet', Number(ring.shop)),
    registerId: ids.of('register', register),
    userId: ids.of('user', Number(ring.employee ?? 1)),
    customerId: ids.of('customer', customer),
    invoiceNumber: `${invoicePrefix(register)}${invoiceSequence}`,
    invoiceSequence,
    source: ticket.source,
    sourceId: ticket.source === 'USER' ? null : `web-${place.number}`,
    status: statusOf(ticket),
    state: ticket.state,
    attributes: ticket.attributes,
    note: ticket.note,
    shortCode: shortCode(context.seed, place.number),
    returnFor: returnFor === undefined ? null : ids.of('sale', returnFor),
    returnIds: context.returns.map((number) => ids.of('sale', number)),
    totalPrice: amountOfCents(priced.net),
    totalPriceIncl: amountOfCents(priced.total),
    totalTax: amountOfCents(priced.total - priced.net),
    totalLoyalty: amountOf(lines.reduce((sum, line) => sum + Math.round(line.loyaltyTotal * UNIT), 0)),
    totalSurcharge: surchargeOf(adjustments),
    saleDate: ticket.saleDate,
    createdAt: ticket.createdAt,
    updatedAt: place.updatedAt,
    deletedAt: ticket.deletedAt,
    completeSessionId: ticket.closedAt === null ? null : context.sessionId(register, ring.shop, ticket.closedAt),
    lines,
    payments: paymentRecords(ticket, context),
    taxes: taxesOf(priced, context),
    adjustments: adjustments
      .filter((one) => one.kind !== 'shipping')
      .map((one) => adjustmentRecord(one, ticket, adjustments, context)),
    customCharges: adjustments.flatMap((one, index) =>
      one.kind === 'shipping' ? [chargeRecord(one, ticket.adjustments[index]?.name ?? 'Shipping', index, context)] : [],
    ),
  };
}

/** What stands before a till's invoice numbers. */
export const invoicePrefix = (register: number): string => `T${register}-`;

/** Number of the card a line sells. */
export const giftCardOf = (line: TicketLine, sale: number, index: number): string =>
  line.giftCard ?? `GS${sale * X_PARTS + index}`;

function statusOf({ state, attributes }: XTicket): string {
  if (state === 'parked') return 'SAVED';
  if (state === 'voided') return 'VOIDED';
  const isClosed = state === 'closed';
  // Where attributes combine, what is still to be done comes first.
  if (attributes.includes('delivery')) return isClosed ? 'DISPATCHED_CLOSED' : 'AWAITING_DISPATCH';
  if (attributes.includes('pickup')) return isClosed ? 'PICKED_UP_CLOSED' : 'AWAITING_PICKUP';
  if (attributes.includes('service')) return isClosed ? 'SERVICE_CLOSED' : 'SERVICE';
  if (attributes.includes('layby')) return isClosed ? 'LAYBY_CLOSED' : 'LAYBY';
  if (attributes.includes('onaccount')) return isClosed ? 'ONACCOUNT_CLOSED' : 'ONACCOUNT';
  return isClosed ? 'CLOSED' : 'OPEN';
}

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

function shortCode(seed: number, number: number): string {
  const roll = dice(seed, 21, number);
  let code = '';
  for (let place = 0; place < 6; place += 1) code += SIGNS[roll.int(SIGNS.length)] ?? 'x';
  return code;
}

function lineRecord(line: XPricedLine, index: number, ticket: XTicket, context: XRecordContext, isSaved: boolean): XSaleLine {
  const { ids, place } = context;
  const told = ticket.lines[index];
  // The line of a ticket discount is nobody's: it has the number after all others.
  const number = told === undefined ? X_PARTS - 1 : (ticket.numbers.of(lineName(told, index)) ?? 0);
  const item = told?.item === undefined ? undefined : context.item(told.item);
  const isGoods = line.kind === 'goods';
  const cost = isGoods && item !== undefined ? unitsOf(item.cost) : 0;
  const earns = isGoods && ticket.customer !== undefined && !line.voided;
  const loyalty = earns ? scaled(line.price + line.tax, 2, 100) : 0;
  const rates = line.components[0]?.rates ?? ['0'];
  const tax = told === undefined ? context.taxOf(ticket.ring.taxRates ?? context.rates) : context.taxOf(rates);
  return {
    id: ids.of('line', place.number * X_PARTS + number),
    productId: ids.of('product', productNumber(line, told)),
    taxId: ids.of('tax', tax.number),
    quantity: amountOf(line.quantity),
    price: amountOf(line.price),
    priceTotal: amountOf(line.priceTotal),
    discount: amountOf(line.discount),
    discountTotal: amountOf(line.discountTotal),
    cost: amountOf(cost),
    costTotal: amountOf(scaled(cost, line.quantity, UNIT)),
    tax: amountOf(line.tax),
    taxTotal: amountOf(line.taxTotal),
    taxComponents: componentsOf(line.components, context),
    loyaltyValue: amountOf(loyalty),
    loyaltyTotal: amountOf(scaled(loyalty, line.quantity, UNIT)),
    isReturn: told?.returns !== undefined,
    returnReason: told?.returns === undefined ? null : 'Changed mind',
    priceSet: told?.item === undefined && isGoods,
    sequence: index,
    status: line.voided ? 'VOIDED' : isSaved ? 'SAVED' : 'CONFIRMED',
    note: told?.note ?? null,
    salespersonId: null,
    giftCardNumber: line.kind === 'gift_card' && told !== undefined ? giftCardOf(told, place.number, index) : null,
    promotions:
      line.promotion === 0
        ? []
        : [{ id: ids.of('promotion', LINE_PROMOTION), name: 'Twenty off', amount: amountOf(line.promotion), promoCode: null }],
  };
}

function productNumber(line: XPricedLine, told: TicketLine | undefined): number {
  if (line.kind === 'discount') return DISCOUNT_PRODUCT;
  if (line.kind === 'gift_card') return GIFT_CARD_PRODUCT;
  if (line.kind === 'account_payment') return ACCOUNT_PAYMENT_PRODUCT;
  return told?.item === undefined ? MISC_PRODUCT : Number(told.item);
}

function componentsOf(components: readonly XComponent[], context: XRecordContext): XTaxComponent[] {
  return components.map(({ rates, place, total }) => ({ rateId: rateId(rates, place, context), totalTax: amountOf(total) }));
}

function rateId(rates: readonly string[], place: number, context: XRecordContext): string {
  return context.ids.of('tax_rate', context.taxOf(rates).rates[place]?.number ?? 1);
}

function paymentRecords(ticket: XTicket, context: XRecordContext): XSalePayment[] {
  const { ids, place } = context;
  const { shop } = ticket.ring;
  const outletId = ids.of('outlet', Number(shop));
  return paymentsOf(ticket).map((paid) => {
    const type = paymentTypeOf(paid.tender);
    const register = context.register(paid.register, shop);
    return {
      id: ids.of('payment', place.number * X_PARTS + paid.number),
      registerId: ids.of('register', register),
      outletId,
      sessionId: context.sessionId(register, shop, paid.at),
      paymentTypeId: ids.of('payment_type', type.number),
      typeId: type.typeId,
      name: context.paymentName(type.number, paid.at),
      amount: amountOf(paid.amount),
      date: paid.at,
      deletedAt: ticket.voidedAt ?? (paid.deleted ? paid.at : null),
      sourceId: paid.giftCard,
    };
  });
}

function taxesOf(priced: XPriced, context: XRecordContext): XSaleRecord['taxes'] {
  const sums = new Map<string, Units>();
  const add = (components: readonly XComponent[]): void => {
    for (const { rates, place, total } of components) {
      const id = rateId(rates, place, context);
      sums.set(id, (sums.get(id) ?? 0) + total);
    }
  };
  for (const line of priced.lines) if (!line.voided) add(line.components);
  for (const one of priced.adjustments) add(one.components);
  return [...sums].map(([rateIdOf, total]) => ({ rateId: rateIdOf, amount: amountOf(total) }));
}

const ADJUSTMENT_TYPES = {
  tip: 'TIP',
  surcharge: 'SURCHARGE',
  non_cash_fee: 'NON_CASH_FEE',
  discount: 'DISCOUNT',
} as const;

const ADJUSTMENT_NAMES = { TIP: 'Tip', SURCHARGE: 'Surcharge', NON_CASH_FEE: 'Fee', DISCOUNT: 'Discount' } as const;

function adjustmentRecord(
  one: XPricedAdjustment,
  ticket: XTicket,
  all: readonly XPricedAdjustment[],
  context: XRecordContext,
): XAdjustment {
  const type = one.kind === 'shipping' ? 'SURCHARGE' : ADJUSTMENT_TYPES[one.kind];
  const name = ticket.adjustments[all.indexOf(one)]?.name ?? ADJUSTMENT_NAMES[type];
  return { name, type, value: amountOf(one.value), taxComponents: componentsOf(one.components, context) };
}

function chargeRecord(one: XPricedAdjustment, name: string, index: number, context: XRecordContext): XCustomCharge {
  return {
    name,
    sourceId: context.ids.of('charge', context.place.number * X_PARTS + index),
    total: amountOf(one.value),
    totalTax: amountOf(one.tax),
    totalIncl: amountOf(one.value + one.tax),
    taxComponents: componentsOf(one.components, context),
  };
}

function surchargeOf(adjustments: readonly XPricedAdjustment[]): XAmount {
  const fees = adjustments.filter((one) => one.kind === 'surcharge' || one.kind === 'non_cash_fee');
  return amountOf(fees.reduce((sum, one) => sum + one.value, 0));
}

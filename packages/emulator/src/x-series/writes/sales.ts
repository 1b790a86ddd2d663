import { randomUUID } from 'node:crypto';
import type { SaleAttribute, TenderKind, TicketLine, TicketPayment, TillEvent } from '../../world/events.ts';
import type { XSaleLine, XSaleRecord, XState } from '../../world/x-types.ts';
import { isUuid } from '../../world/x/ids.ts';
import { unitsOf } from '../amounts.ts';
import { badRequest, notFound, refused } from '../errors.ts';
import { rowOf } from '../view.ts';
import type { LineWrite, PaymentWrite, SaleWrite } from './sale-body.ts';
import { unitsText } from './sale-body.ts';

/** What a write turns into: events for the world, and the name of the sale they make or change. */
export interface SaleChange {
  readonly events: readonly TillEvent[];
  /** The event's name, for `world.saleId`. */
  readonly name: string;
}

const attributes: readonly SaleAttribute[] = ['onaccount', 'layby', 'delivery', 'pickup', 'service'];
const states = ['parked', 'pending', 'closed', 'voided'];

/**
 * Rings up a sale, or changes the one with this id: lines and payments left out are gone (X §7.2). With `checksReturns`, as since 2026-07, a
 * return that is completed may only hold goods of its original (X §7.3). Throws `XError`.
 */
export function changeOf(write: SaleWrite, state: XState, checksReturns: boolean): SaleChange {
  const at = new Date(state.now).toISOString();
  if (write.state === undefined || !states.includes(write.state))
    throw badRequest('state must be parked, pending, closed or voided');
  if (write.id !== undefined && !isUuid(write.id)) throw badRequest('id must be a UUID');
  // An id of the caller's own choosing stays the sale's: sending it again changes that sale instead of making another.
  const known = write.id === undefined ? undefined : state.sale(write.id);
  if (write.state === 'voided') {
    if (known === undefined) throw notFound('sale');
    if (known.state === 'voided') return { events: [], name: known.name };
    return { events: [{ event: 'void', sale: known.name, at }], name: known.name };
  }
  const original = state.sale(known?.returnFor ?? '');
  const stranger = write.lines.find(
    (line) => isGivenBack(line) && original !== undefined && soldLine(line, original) === undefined,
  );
  if (checksReturns && write.state === 'closed' && stranger !== undefined) {
    throw refused(`product ${stranger.productId} was not sold in the original sale`);
  }
  const facts = {
    lines: write.lines.map((line) => ({ ...ticketLine(line, state), ...givenBack(line, original) })),
    payments: write.payments.map((payment) => ticketPayment(payment, state)),
    attributes: attributes.filter((attribute) => write.attributes.includes(attribute)),
    completed: write.state === 'closed',
    pending: write.state === 'pending',
    ...(write.customerId === undefined ? {} : { customer: write.customerId }),
    ...(write.note === undefined ? {} : { note: write.note }),
    ...(write.source === undefined ? {} : { source: write.source }),
  };
  if (known !== undefined) return { events: [{ event: 'edit', sale: known.name, at, ...facts }], name: known.name };
  const register = rowOf(state.registers(), write.registerId ?? null) ?? state.registers().find((row) => row.deletedAt === null);
  if (register === undefined || (write.registerId !== undefined && register.id !== write.registerId)) {
    throw badRequest('register_id is not a register');
  }
  const name = write.id ?? newName();
  const backdatedTo = dateBefore(write.date, state.now);
  return {
    name,
    events: [
      {
        event: 'ring_up',
        sale: name,
        at,
        shop: register.outletId,
        register: register.id,
        ...(write.userId === undefined ? {} : { employee: write.userId }),
        ...(backdatedTo === undefined ? {} : { backdatedTo }),
        ...facts,
      },
    ],
  };
}

/** Starts a return of a closed sale: a parked sale with all its lines turned round and no payments (X §7.3). Throws `XError`. */
export function returnOf(original: XSaleRecord, state: XState, voidsOthers: boolean): SaleChange {
  if (original.state !== 'closed') throw refused('Only a closed sale can be returned');
  const at = new Date(state.now).toISOString();
  const name = newName();
  const lines = original.lines.flatMap((line): TicketLine[] => {
    if (line.status === 'VOIDED' || line.quantity <= 0 || line.giftCardNumber !== null) return [];
    const discount = unitsOf(line.discount);
    return [
      {
        item: line.productId,
        quantity: `-${String(line.quantity)}`,
        price: unitsText(unitsOf(line.price) + discount),
        ...(discount === 0 ? {} : { discountAmount: unitsText(-unitsOf(line.discountTotal)) }),
        taxRates: ratesOf(line.taxId, state),
        returns: `${original.name}/${line.id}`,
      },
    ];
  });
  const others = voidsOthers
    ? original.returnIds.flatMap((id): TillEvent[] => {
        const other = state.sale(id);
        return other?.state === 'parked' ? [{ event: 'void', sale: other.name, at }] : [];
      })
    : [];
  return {
    name,
    events: [
      ...others,
      {
        event: 'ring_up',
        sale: name,
        at,
        completed: false,
        shop: original.outletId,
        register: original.registerId,
        employee: original.userId,
        customer: original.customerId,
        lines,
        payments: [],
      },
    ],
  };
}

/** No UUID, which would be the sale's id. */
function newName(): string {
  return `api ${randomUUID()}`;
}

/** A line of a return keeps naming the line it gives back. */
function givenBack(line: LineWrite, original: XSaleRecord | undefined): { readonly returns?: string } {
  const sold = original === undefined || !isGivenBack(line) ? undefined : soldLine(line, original);
  return sold === undefined || original === undefined ? {} : { returns: `${original.name}/${sold.id}` };
}

function isGivenBack(line: LineWrite): boolean {
  return line.quantity.startsWith('-');
}

function soldLine(line: LineWrite, original: XSaleRecord): XSaleLine | undefined {
  return original.lines.find((sold) => sold.productId === line.productId && sold.quantity > 0);
}

function ticketLine(line: LineWrite, state: XState): TicketLine {
  const retailer = state.retailer();
  const more = {
    ...(line.note === undefined ? {} : { note: line.note }),
    ...(line.isVoided ? { voided: true } : {}),
  };
  if (line.productId === retailer.discountProductId) {
    // The whole line's amount, negative when it lowers the ticket.
    const total = Math.round(line.price * Number(line.quantity));
    return { kind: 'rebate', quantity: '1', price: unitsText(total), ...more };
  }
  if (line.productId === retailer.giftCardProductId || line.giftCardNumber !== undefined) {
    const giftCard = line.giftCardNumber === undefined ? {} : { giftCard: line.giftCardNumber };
    return { kind: 'gift_card', quantity: line.quantity, price: unitsText(line.price), ...giftCard, ...more };
  }
  if (line.productId === retailer.accountPaymentProductId) {
    return { kind: 'account_payment', quantity: line.quantity, price: unitsText(line.price), ...more };
  }
  if (rowOf(state.products(), line.productId) === undefined) throw badRequest(`product_id ${line.productId} is not a product`);
  const discountTotal = Math.round(line.discount * Number(line.quantity));
  return {
    item: line.productId,
    quantity: line.quantity,
    price: unitsText(line.price + line.discount),
    ...(discountTotal === 0 ? {} : { discountAmount: unitsText(discountTotal) }),
    taxRates: ratesOf(line.taxId ?? retailer.noTaxId, state),
    ...more,
  };
}

function ratesOf(taxId: string, state: XState): readonly [string, string] {
  const tax = rowOf(state.taxes(), taxId);
  if (tax === undefined) throw badRequest(`tax_id ${taxId} is not a tax`);
  const [first, second] = tax.rates;
  return [String(first?.rate ?? 0), String(second?.rate ?? 0)];
}

const tenders: Readonly<Record<number, TenderKind>> = {
  1: 'cash',
  3: 'card',
  106: 'loyalty',
  118: 'gift_card',
  121: 'credit_account',
};

function ticketPayment(payment: PaymentWrite, state: XState): TicketPayment {
  const type = rowOf(state.paymentTypes(), payment.paymentTypeId);
  if (type === undefined) throw badRequest(`retailer_payment_type_id ${payment.paymentTypeId} is not a payment type`);
  const at = dateBefore(payment.date, state.now);
  return {
    tender: tenders[type.typeId] ?? 'ecom',
    amount: unitsText(payment.amount),
    ...(at === undefined ? {} : { at }),
    ...(payment.registerId === undefined ? {} : { register: payment.registerId }),
  };
}

/** A time in the past is kept; one to come is now. */
function dateBefore(text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined;
  const iso = text.replace(' ', 'T');
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  if (Number.isNaN(moment)) throw badRequest(`"${text}" is not a time`);
  const second = Math.floor(moment / 1000) * 1000;
  return second < Math.floor(now / 1000) * 1000 ? new Date(second).toISOString() : undefined;
}

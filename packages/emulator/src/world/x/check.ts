/** Refuses events that no X-Series till could have seen, before any of them is taken. */
import type { RingUp, SaleAdjustment, SaleAttribute, SaleEvent, TicketLine, TicketPayment } from '../events.ts';
import { exact } from '../exact.ts';
import { PARTS_MAX } from '../record.ts';
import { readInstant } from '../zone.ts';
import { paymentTypeOf } from './business.ts';
import { priceX } from './price.ts';
import { X_PAYMENTS_MAX } from './ticket.ts';

/** What a check may ask about the retailer. */
export interface XSurroundings {
  knowsSale(name: string): boolean;
  hasShop(id: string): boolean;
  hasRegister(id: string): boolean;
}

const ATTRIBUTES: ReadonlySet<string> = new Set(['onaccount', 'layby', 'delivery', 'pickup', 'service']);

/** Throws `RangeError` when a sale's events, its ring-up first and the rest as they arrive, make no sense. */
export function checkXSale(events: readonly SaleEvent[], around: XSurroundings): void {
  const [ring, ...later] = events;
  const name = JSON.stringify(events[0]?.sale);
  const refuse = (why: string): never => {
    throw new RangeError(`sale ${name} ${why}`);
  };
  if (ring?.event !== 'ring_up') return refuse('was never rung up');
  if (ring.sale === '') refuse('needs a name');
  if (!around.hasShop(ring.shop)) refuse(`is of no shop: ${JSON.stringify(ring.shop)}`);
  if (!isRegister(ring.register, around)) refuse(`is of no register: ${JSON.stringify(ring.register)}`);
  const rungAt = readInstant(ring.at);
  if (ring.backdatedTo !== undefined && readInstant(ring.backdatedTo) > rungAt) refuse('cannot be dated into the future');
  checkPeople(ring.customer, ring.employee, refuse);
  checkParts(ring, ring, around, refuse);
  let completed = ring.completed !== false;
  let voided = false;
  for (const event of later) {
    if (event.event === 'ring_up') return refuse('is rung up twice');
    if (readInstant(event.at) < rungAt) refuse('is changed before it was rung up');
    if (voided) refuse('is voided: nothing more can happen to it');
    if (event.event === 'void') {
      voided = true;
      continue;
    }
    if (event.completed === false && completed) refuse('is completed and cannot be opened again');
    completed ||= event.completed === true;
    if (event.backdatedTo !== undefined && readInstant(event.backdatedTo) > readInstant(event.at)) {
      refuse('cannot be dated into the future');
    }
    checkPeople(event.customer, undefined, refuse);
    checkParts(ring, event, around, refuse);
  }
}

type Refuse = (why: string) => never;

interface Parts {
  readonly lines?: readonly TicketLine[];
  readonly payments?: readonly TicketPayment[];
  readonly adjustments?: readonly SaleAdjustment[];
  readonly attributes?: readonly SaleAttribute[];
  readonly cashRounding?: string;
  readonly ticketDiscountPercent?: string;
}

function checkPeople(customer: string | undefined, employee: string | undefined, refuse: Refuse): void {
  if (customer !== undefined && !/^\d*$/.test(customer)) refuse(`is of no customer: ${JSON.stringify(customer)}`);
  if (employee !== undefined && !/^\d*$/.test(employee)) refuse(`is of no user: ${JSON.stringify(employee)}`);
}

function checkParts(ring: RingUp, parts: Parts, around: XSurroundings, refuse: Refuse): void {
  const { lines = [], payments = [], adjustments = [], attributes = [] } = parts;
  if (lines.length > PARTS_MAX || payments.length > X_PAYMENTS_MAX || adjustments.length > PARTS_MAX)
    refuse('has too many parts');
  for (const attribute of attributes) if (!ATTRIBUTES.has(attribute)) refuse(`cannot be ${JSON.stringify(attribute)}`);
  for (const [one, other] of [
    ['onaccount', 'layby'],
    ['pickup', 'delivery'],
  ] as const) {
    if (attributes.includes(one) && attributes.includes(other)) refuse(`cannot be ${one} and ${other}`);
  }
  const refs = lines.map((line, index) => line.ref ?? String(index + 1));
  if (new Set(refs).size !== refs.length) refuse('names a line twice');
  for (const line of lines) {
    if (line.kind === 'fee' || line.kind === 'store_credit') refuse(`has a ${line.kind} line, which the X-Series does not know`);
    if (line.discountPercent !== undefined && line.discountAmount !== undefined) refuse('has two discounts on one line');
    if (line.listPrice !== undefined) exact(line.listPrice);
    if (line.item !== undefined && !/^[1-9]\d*$/.test(line.item))
      refuse(`has a line of no product: ${JSON.stringify(line.item)}`);
    const sold = line.returns?.slice(0, line.returns.lastIndexOf('/'));
    if (sold !== undefined && !around.knowsSale(sold)) refuse(`gives back what was never sold: ${line.returns ?? ''}`);
  }
  for (const payment of payments) {
    paymentTypeOf(payment.tender);
    exact(payment.amount);
    if (payment.tip !== undefined) refuse('has a tip in a payment: on the X-Series tips are adjustments');
    if (payment.change !== undefined) exact(payment.change);
    if (payment.at !== undefined) readInstant(payment.at);
    if (payment.register !== undefined && !isRegister(payment.register, around)) refuse('is paid at no register');
  }
  if (parts.cashRounding !== undefined) exact(parts.cashRounding);
  // Reads all that is left: quantities, prices, rates, discounts.
  const { ticketDiscountPercent = '0' } = parts;
  priceX({
    taxInclusive: ring.taxInclusive === true,
    taxRates: ring.taxRates ?? ['0', '0'],
    ticketDiscountPercent,
    lines,
    adjustments,
  });
}

const isRegister = (id: string, around: XSurroundings): boolean => id === '' || around.hasRegister(id);

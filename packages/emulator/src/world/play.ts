/** Refuses events that no till could have seen, before any of them is taken. */
import { price } from './algebra.ts';
import type { RingUp, SaleEvent, TicketLine, TicketPayment } from './events.ts';
import { exact } from './exact.ts';
import { PARTS_MAX } from './record.ts';
import { paymentTypeId } from './shops.ts';
import { readInstant } from './zone.ts';

/** What a check may ask about the world. */
export interface Surroundings {
  knowsSale(name: string): boolean;
  hasShop(id: string): boolean;
}

/** Throws `RangeError` when a sale's events, its ring-up first and the rest by time, make no sense. */
export function checkSale(events: readonly SaleEvent[], around: Surroundings): void {
  const [ring, ...later] = events;
  const name = JSON.stringify(events[0]?.sale);
  if (ring?.event !== 'ring_up') throw new RangeError(`sale ${name} was never rung up`);
  checkRingUp(ring, around);
  const rungAt = readInstant(ring.at);
  let completed = ring.completed !== false;
  let voided = false;
  for (const event of later) {
    if (event.event === 'ring_up') throw new RangeError(`sale ${name} is rung up twice`);
    if (readInstant(event.at) < rungAt) throw new RangeError(`sale ${name} is changed before it was rung up`);
    if (voided) throw new RangeError(`sale ${name} is voided: nothing more can happen to it`);
    if (event.event === 'void') {
      voided = true;
      continue;
    }
    if (event.completed === false && completed) throw new RangeError(`sale ${name} is completed and cannot be opened again`);
    completed ||= event.completed === true;
    if (event.backdatedTo !== undefined && readInstant(event.backdatedTo) > readInstant(event.at)) {
      throw new RangeError(`sale ${name} cannot be dated into the future`);
    }
    checkParts(ring, event.lines ?? [], event.payments ?? [], around);
    if (event.cashRounding !== undefined) exact(event.cashRounding);
    if (event.ticketDiscountPercent !== undefined) exact(event.ticketDiscountPercent);
  }
}

function checkRingUp(ring: RingUp, around: Surroundings): void {
  const name = JSON.stringify(ring.sale);
  if (ring.sale === '') throw new RangeError('a sale needs a name');
  if (!around.hasShop(ring.shop)) throw new RangeError(`sale ${name}: no shop ${JSON.stringify(ring.shop)}`);
  const at = readInstant(ring.at);
  if (ring.openedAt !== undefined && readInstant(ring.openedAt) > at)
    throw new RangeError(`sale ${name} is opened after it was rung up`);
  if (ring.backdatedTo !== undefined && readInstant(ring.backdatedTo) > at)
    throw new RangeError(`sale ${name} cannot be dated into the future`);
  if (ring.cashRounding !== undefined) exact(ring.cashRounding);
  checkParts(ring, ring.lines, ring.payments, around);
}

function checkParts(ring: RingUp, lines: readonly TicketLine[], payments: readonly TicketPayment[], around: Surroundings): void {
  const name = JSON.stringify(ring.sale);
  if (lines.length > PARTS_MAX || payments.length > PARTS_MAX)
    throw new RangeError(`sale ${name} has more than ${PARTS_MAX} lines or payments`);
  const refs = lines.map((line, index) => line.ref ?? String(index + 1));
  if (new Set(refs).size !== refs.length) throw new RangeError(`sale ${name} names a line twice`);
  for (const line of lines) {
    if (line.kind === 'account_payment') throw new RangeError(`sale ${name}: the R-Series knows no account payments`);
    if (line.discountPercent !== undefined && line.discountAmount !== undefined)
      throw new RangeError(`sale ${name}: two discounts on one line`);
    if (line.listPrice !== undefined) exact(line.listPrice);
    if (line.createdAt !== undefined) readInstant(line.createdAt);
    const sold = line.returns?.slice(0, line.returns.lastIndexOf('/'));
    if (sold !== undefined && !around.knowsSale(sold))
      throw new RangeError(`sale ${name} gives back what was never sold: ${line.returns ?? ''}`);
  }
  for (const payment of payments) {
    paymentTypeId(payment.tender);
    exact(payment.amount);
    if (payment.tip !== undefined) exact(payment.tip);
    if (payment.at !== undefined) readInstant(payment.at);
  }
  // Reads all that is left: quantities, prices, rates, discounts.
  price({
    taxInclusive: ring.taxInclusive === true,
    taxRates: ring.taxRates ?? ['0', '0'],
    ticketDiscountPercent: ring.ticketDiscountPercent ?? '0',
    lines,
  });
}

/** What people put on the counter and how they pay: the parts ordinary sales are put together from. */
import type { PricedTicket } from './algebra.ts';
import { totalCents } from './algebra.ts';
import type { TicketLine, TicketPayment } from './events.ts';
import { centsText } from './exact.ts';
import type { Dice } from './random.ts';
import type { Shop } from './shops.ts';
import type { ItemRecord } from './types.ts';

const PERCENTS = ['0.05', '0.1', '0.15', '0.2', '0.25', '0.3', '0.5'];

/** Cents of a catalogue price. */
export const cents = (text: string): number => Math.round(Number(text) * 100);

/** What a ticket comes to, in cents. */
export function due(shop: Shop, lines: readonly TicketLine[], ticketDiscountPercent = '0'): number {
  const ticket: PricedTicket = { taxInclusive: shop.taxInclusive, taxRates: shop.rates, ticketDiscountPercent, lines };
  return totalCents(ticket);
}

/** A line of goods as the catalogue has it. */
export function itemLine(item: ItemRecord, quantity: string, shop: Shop): TicketLine {
  return {
    item: item.id,
    quantity,
    price: item.price,
    ...(item.taxClassId === '3' ? { taxRates: shop.reducedRates } : {}),
  };
}

/** One to six lines of goods, some of them cheaper, weighed or unknown to the catalogue, now and then a fee. */
export function basket(roll: Dice, shop: Shop, items: readonly ItemRecord[]): TicketLine[] {
  const lines: TicketLine[] = [];
  do lines.push(goods(roll, shop, items));
  while (lines.length < 6 && roll.chance(0.45));
  if (roll.chance(0.03)) lines.push({ kind: 'fee', quantity: '1', price: '4' });
  return lines;
}

function goods(roll: Dice, shop: Shop, items: readonly ItemRecord[]): TicketLine {
  // The square makes the first items the popular ones.
  const item = items[Math.floor(items.length * roll.next() ** 2)];
  if (item === undefined || item.archived || roll.chance(0.02)) {
    return { quantity: '1', price: centsText(500 + 5 * roll.int(4000)), ...(roll.chance(0.1) ? { taxed: false } : {}) };
  }
  const quantity = item.weighed ? String((50 + roll.int(1450)) / 1000) : String(roll.chance(0.15) ? 2 + roll.int(3) : 1);
  const line = itemLine(item, quantity, shop);
  const fate = roll.next();
  if (fate < 0.12) return { ...line, discountPercent: roll.pick(PERCENTS) };
  if (fate < 0.14 && !item.weighed) return { ...line, discountAmount: centsText(100 + Math.floor(cents(item.price) * 0.1)) };
  if (fate < 0.21) return { ...line, listPrice: item.price, price: centsText(Math.round(cents(item.price) * 0.8)) };
  return line;
}

/** Payments and the coins rounded on them. */
export interface Settlement {
  readonly payments: TicketPayment[];
  readonly cashRounding?: string;
}

/** Pays an amount in cents: by card or cash, sometimes both; with a tip where one tips, and coins rounded where they are. */
export function settle(roll: Dice, shop: Shop, amount: number): Settlement {
  if (amount === 0) return { payments: [] };
  const way = roll.next();
  if (amount > 20_000 && way < 0.05) {
    const card = 100 * Math.floor(amount / 200);
    const rest = cash(roll, shop, amount - card);
    return { ...rest, payments: [{ tender: 'card', amount: centsText(card) }, ...rest.payments] };
  }
  if (way < 0.3) return cash(roll, shop, amount);
  if (way < 0.32) return { payments: [{ tender: 'check', amount: centsText(amount) }] };
  const tip = shop.tips && amount > 0 && roll.chance(0.3) ? Math.round((amount * roll.pick([10, 15, 18, 20])) / 100) : 0;
  return { payments: [{ tender: 'card', amount: centsText(amount + tip), ...(tip > 0 ? { tip: centsText(tip) } : {}) }] };
}

/** Pays in cash: rounded to the shop's coins, the change handed back. */
export function cash(roll: Dice, shop: Shop, amount: number): Settlement {
  const paid = Math.sign(amount) * Math.round(Math.abs(amount) / shop.cashStep) * shop.cashStep;
  // The next whole note: what people hand over.
  const change = amount > 0 && roll.chance(0.6) ? (10_000 - (paid % 10_000)) % 10_000 : 0;
  return {
    payments: [{ tender: 'cash', amount: centsText(paid), ...(change > 0 ? { change: centsText(change) } : {}) }],
    ...(paid === amount ? {} : { cashRounding: centsText(paid - amount) }),
  };
}

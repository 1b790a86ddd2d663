/** Ordinary X-Series trade: what happens in sale `i`, rolled from the seed and the number alone. */
import { basket, itemLine, settle } from '../basket.ts';
import type { RingUp, SaleAdjustment, SaleAttribute, SaleEvent, TicketLine, TicketPayment } from '../events.ts';
import { centsText } from '../exact.ts';
import type { Dice } from '../random.ts';
import { dice } from '../random.ts';
import type { Shop } from '../shops.ts';
import { LATE_EDITS_FROM } from '../shops.ts';
import type { Openings } from '../trade.ts';
import type { EpochMs, ItemRecord } from '../types.ts';
import { instantText } from '../zone.ts';
import { priceX } from './price.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What ordinary sales are made from. */
export interface XOrdinary {
  readonly seed: number;
  readonly openings: Openings;
  readonly items: readonly ItemRecord[];
  /** Customers are `1` to this. */
  readonly customers: number;
  readonly shops: number;
  /** Gift cards that were there before all trade. */
  readonly giftCards: number;
}

/** What sort of sale it is, how often it comes (in thousandths) and how many days it may take to end. */
const SORTS = [
  ['refund', 40, 0],
  ['loose_refund', 6, 0],
  ['exchange', 20, 0],
  ['web', 15, 0],
  ['voided', 12, 1],
  ['edited', 8, 2],
  ['parked', 14, 0],
  ['parked_return', 2, 0],
  ['overnight', 8, 2],
  ['gift_sold', 8, 0],
  ['gift_used', 8, 0],
  ['gift_refund', 2, 0],
  ['deposit', 4, 0],
  ['on_account', 14, 32],
  ['on_account_open', 2, 0],
  ['layby', 9, 42],
  ['layby_open', 2, 0],
  ['pickup', 6, 4],
  ['pickup_open', 2, 0],
  ['delivery', 6, 6],
  ['delivery_open', 2, 0],
  ['service', 3, 6],
  ['service_open', 2, 0],
  ['store_credit', 5, 0],
  ['store_credit_used', 5, 0],
  ['discount_line', 12, 0],
  ['discount_return', 3, 0],
  ['voided_line', 8, 0],
  ['surcharge', 8, 0],
  ['mark_up', 3, 0],
  ['account_payment', 3, 0],
  ['loyalty', 5, 0],
  ['free', 4, 0],
  ['deleted', 2, 2],
  ['offline', 6, 3],
  ['quote', 3, 0],
  ['pending', 2, 0],
] as const;

/** `plain`, one of the sorts, or something done to a plain sale in the last hours of the world. */
export type XNature = (typeof SORTS)[number][0] | 'plain' | 'late_void' | 'late_edit';

/** When the POS heard of sale `i`, and of what came after. */
export interface XTimes {
  readonly nature: XNature;
  readonly opened: EpochMs;
  /** One for each event, ascending. */
  readonly told: readonly EpochMs[];
}

/** Name of ordinary sale `index`. */
export const xOrdinaryName = (index: number): string => `x${index + 1}`;

/** Its number, when it is the name of one. */
export const xOrdinaryIndex = (name: string): number | null => (/^x[1-9]\d*$/.test(name) ? Number(name.slice(1)) - 1 : null);

/** The times of ordinary sale `index`, without rolling what is in it. */
export function xTimes(world: XOrdinary, index: number): XTimes {
  const opened = world.openings.opened(index);
  const roll = dice(world.seed, 14, index);
  const at = opened + 1000 * (40 + roll.int(360));
  const nature = natureOf(roll, opened);
  const later = (days: number, seconds = 7200): EpochMs => at + days * DAY + 1000 * roll.int(seconds);
  const told = (...more: EpochMs[]): XTimes => ({ nature, opened, told: [at, ...more] });
  switch (nature) {
    case 'voided':
      return told(at + 1000 * (300 + roll.int(5400)));
    case 'edited':
      return told(at + 1000 * (600 + roll.int(100_000)));
    case 'late_void':
    case 'late_edit':
      return told(LATE_EDITS_FROM + 5 * MINUTE + 1000 * roll.int(1800));
    case 'overnight':
    case 'deleted':
      return told(later(1));
    case 'on_account':
      return told(later(5 + roll.int(26)));
    case 'layby':
      return told(later(8 + roll.int(6)), later(20 + roll.int(21)));
    case 'pickup':
      return told(later(roll.int(4), 40_000) + MINUTE);
    case 'delivery':
    case 'service':
      return told(later(1 + roll.int(5)));
    case 'offline':
      // The till was cut off: it tells a day or two later what it sold at `at`.
      return { nature, opened, told: [later(roll.int(3), 70_000) + 7200_000] };
    default:
      return told();
  }
}

function natureOf(roll: Dice, opened: EpochMs): XNature {
  const [chance, late] = [roll.next(), roll.next()];
  if (opened > LATE_EDITS_FROM - 10 * DAY && late < 0.012) return late < 0.006 ? 'late_void' : 'late_edit';
  let left = chance * 1000;
  for (const [nature, share, days] of SORTS) {
    left -= share;
    // What goes on for days must be over before the late edits begin.
    if (left < 0) return days > 0 && opened > LATE_EDITS_FROM - (days + 1) * DAY ? 'plain' : nature;
  }
  return 'plain';
}

/** When a sale was made of which the POS heard only later. */
const offlineDate = (times: XTimes): EpochMs => times.opened + MINUTE;

/** The dates an ordinary sale may bear over its life. */
export function xDates(times: XTimes): readonly EpochMs[] {
  if (times.nature === 'offline') return [offlineDate(times)];
  return times.nature === 'overnight' ? times.told : times.told.slice(0, 1);
}

/** The sale that ordinary sale `index` gives something back of, or null. */
export function originOf(world: XOrdinary, index: number): number | null {
  const { nature, told } = xTimes(world, index);
  if (!RETURNS.has(nature)) return null;
  const roll = dice(world.seed, 15, index);
  const shop = world.openings.shopOf(index);
  let other = index - 1 - roll.int(400);
  for (let tries = 0; tries < 60 && other >= 0; tries += 1, other -= 1) {
    if (world.openings.shopOf(other) !== shop || hasTicketDiscount(world, other)) continue;
    const times = xTimes(world, other);
    if (times.nature === 'plain' && (times.told[0] ?? 0) < (told[0] ?? 0)) return other;
  }
  return null;
}

const RETURNS: ReadonlySet<XNature> = new Set<XNature>([
  'refund',
  'exchange',
  'parked_return',
  'store_credit',
  'discount_return',
  'gift_refund',
]);

const hasTicketDiscount = (world: XOrdinary, index: number): boolean => dice(world.seed, 16, index).chance(0.04);

/** The events of ordinary sale `index`, one for each of its times. */
export function xOrdinaryEvents(world: XOrdinary, index: number): SaleEvent[] {
  return new Roller(world, index).events();
}

type Head = Omit<RingUp, 'lines' | 'payments'>;

class Roller {
  readonly #world: XOrdinary;
  readonly #index: number;
  readonly #roll: Dice;
  readonly #shop: Shop;
  readonly #times: XTimes;
  readonly #head: Head;

  constructor(world: XOrdinary, index: number) {
    this.#world = world;
    this.#index = index;
    this.#roll = dice(world.seed, 5, index);
    this.#shop = world.openings.shopOf(index);
    this.#times = xTimes(world, index);
    this.#head = this.#makeHead();
  }

  events(): SaleEvent[] {
    const roll = this.#roll;
    switch (this.#times.nature) {
      case 'refund':
        return [this.#sell(this.#back())];
      case 'loose_refund':
        return [this.#sell([this.#looseBack()])];
      case 'exchange':
        return [this.#sell([...this.#back(), ...this.#basket().lines])];
      case 'web':
        return [this.#web([])];
      case 'voided':
      case 'late_void': {
        const reason = roll.pick(['Wrong item', 'Customer changed their mind', 'Rung up twice']);
        return [this.#plain(), { event: 'void', sale: this.#head.sale, at: this.#at(1), reason }];
      }
      case 'edited':
      case 'late_edit':
        return this.#edited();
      case 'parked':
      case 'quote':
        return [this.#parked()];
      case 'parked_return':
        return [{ ...this.#head, completed: false, lines: this.#back(), payments: [] }];
      case 'pending':
        return [{ ...this.#parked(), pending: true }];
      case 'overnight':
        return this.#promised([], 1);
      case 'gift_sold':
        return [this.#giftSold()];
      case 'gift_used':
        return [this.#partly(this.#giftCard())];
      case 'gift_refund':
        return [this.#creditBack('gift_card')];
      case 'store_credit':
        return [this.#creditBack('credit_account')];
      case 'store_credit_used':
        return [{ ...this.#partly({ tender: 'credit_account', amount: '' }), ...this.#someone(1) }];
      case 'loyalty':
        return [{ ...this.#partly({ tender: 'loyalty', amount: '' }), ...this.#someone(1) }];
      case 'deposit':
        return [this.#deposit()];
      case 'on_account':
        return this.#onAccount(true);
      case 'on_account_open':
        return this.#onAccount(false);
      case 'layby':
        return this.#promised(['layby'], 2);
      case 'layby_open':
        return this.#promised(['layby'], 0);
      case 'pickup':
        return this.#ordered(['pickup'], true);
      case 'pickup_open':
        return this.#ordered(['pickup'], false);
      case 'delivery':
        return this.#ordered(roll.chance(0.2) ? ['onaccount', 'delivery'] : ['delivery'], true);
      case 'delivery_open':
        return this.#ordered(['delivery'], false);
      case 'service':
        return this.#ordered(['service'], true);
      case 'service_open':
        return this.#ordered(['service'], false);
      case 'discount_line':
        return [this.#sell([...this.#basket().lines, this.#off('-')])];
      case 'discount_return':
        return [this.#sell([...this.#back(), this.#off('')])];
      case 'voided_line':
        return [this.#voidedLine()];
      case 'surcharge':
        return [this.#sell(this.#basket().lines, [this.#surcharge('surcharge')])];
      case 'mark_up':
        return [this.#sell([...this.#basket().lines, { ...this.#looseBack(), quantity: '1', discountAmount: '-20' }])];
      case 'account_payment':
        return [this.#accountPayment()];
      case 'free':
        return [this.#free()];
      case 'deleted':
        return [this.#plain(), { event: 'edit', sale: this.#head.sale, at: this.#at(1), deleted: true }];
      case 'offline':
        return [this.#offline()];
      default:
        return [this.#plain()];
    }
  }

  #makeHead(): Head {
    const [roll, shop] = [this.#roll, this.#shop];
    const employee = roll.pick(shop.employees);
    const source = this.#times.nature === 'quote' ? { source: 'QUOTE' } : {};
    return {
      event: 'ring_up',
      sale: xOrdinaryName(this.#index),
      at: this.#at(0),
      shop: shop.id,
      // Squaring a little makes the first till the busiest.
      register: shop.registers[Math.floor(shop.registers.length * roll.next() ** 1.2)] ?? '',
      employee,
      taxInclusive: shop.taxInclusive,
      taxRates: shop.rates,
      ...source,
      ...this.#someone(0.35),
    };
  }

  #offline(): RingUp {
    const sale = this.#plain();
    const at = instantText(offlineDate(this.#times));
    return { ...sale, backdatedTo: at, payments: sale.payments.map((payment) => ({ ...payment, at })) };
  }

  /** The time of event `place`. */
  #at(place: number): string {
    return instantText(this.#times.told[place] ?? this.#times.opened);
  }

  #someone(probability: number): { customer: string } | Record<string, never> {
    const [world, roll] = [this.#world, this.#roll];
    if (world.customers < 1 || !roll.chance(probability)) return {};
    const any = Math.floor(world.customers * roll.next() ** 2);
    const local = any - (any % world.shops) + Number(this.#shop.id) - 1;
    return { customer: String((roll.chance(0.9) && local < world.customers ? local : any) + 1) };
  }

  #due(lines: readonly TicketLine[], adjustments: readonly SaleAdjustment[] = [], ticketDiscountPercent = '0'): number {
    return xDue(this.#shop, lines, ticketDiscountPercent, adjustments);
  }

  /** Goods; what the R-Series charges as a fee line is a surcharge here. */
  #basket(): { lines: TicketLine[]; adjustments: SaleAdjustment[] } {
    const all = basket(this.#roll, this.#shop, this.#world.items);
    const lines = all.filter((line) => line.kind !== 'fee');
    return { lines, adjustments: lines.length === all.length ? [] : [this.#surcharge('non_cash_fee')] };
  }

  #surcharge(kind: 'surcharge' | 'non_cash_fee'): SaleAdjustment {
    const amount = centsText(200 + 25 * this.#roll.int(20));
    return kind === 'surcharge'
      ? { kind, name: 'Card surcharge', amount, taxRates: this.#shop.rates }
      : { kind, name: 'Service fee', amount };
  }

  #plain(): RingUp {
    const { lines, adjustments } = this.#basket();
    return this.#sell(lines, adjustments, hasTicketDiscount(this.#world, this.#index) ? '0.1' : undefined);
  }

  /** A ticket with these lines, paid. A tip on a card is an adjustment here. */
  #sell(lines: readonly TicketLine[], adjustments: readonly SaleAdjustment[] = [], ticketDiscountPercent?: string): RingUp {
    const paid = this.#settle(this.#due(lines, adjustments, ticketDiscountPercent));
    const all = [...adjustments, ...paid.adjustments];
    return {
      ...this.#head,
      lines,
      payments: paid.payments,
      ...(ticketDiscountPercent === undefined ? {} : { ticketDiscountPercent }),
      ...(all.length === 0 ? {} : { adjustments: all }),
      ...(paid.cashRounding === undefined ? {} : { cashRounding: paid.cashRounding }),
    };
  }

  #settle(amount: number): { payments: TicketPayment[]; adjustments: SaleAdjustment[]; cashRounding?: string } {
    const paid = settle(this.#roll, this.#shop, amount);
    const adjustments: SaleAdjustment[] = [];
    const payments = paid.payments.map(({ tip, ...payment }) => {
      if (tip !== undefined) adjustments.push({ kind: 'tip', name: 'Tip', amount: tip });
      return payment;
    });
    return { ...paid, payments, adjustments };
  }

  /** A line of an earlier plain sale of the same outlet, with the discount it had; or something without a receipt. */
  #back(): TicketLine[] {
    const place = originOf(this.#world, this.#index);
    const sold = place === null ? undefined : xOrdinaryEvents(this.#world, place)[0];
    if (sold?.event !== 'ring_up') return [this.#looseBack()];
    const which = this.#roll.int(sold.lines.length);
    const line = sold.lines[which];
    if (line === undefined) return [this.#looseBack()];
    const { discountAmount, ...rest } = line;
    return [
      {
        ...rest,
        quantity: `-${line.quantity}`,
        returns: `${sold.sale}/${which + 1}`,
        ...(discountAmount === undefined ? {} : { discountAmount: `-${discountAmount}` }),
      },
    ];
  }

  #looseBack(): TicketLine {
    return itemLine(this.#roll.pick(this.#world.items.slice(0, 40)), '-1', this.#shop);
  }

  #off(sign: '-' | ''): TicketLine {
    return { kind: 'rebate', quantity: '1', price: `${sign}${centsText(500 + 100 * this.#roll.int(20))}` };
  }

  #web(attributes: readonly SaleAttribute[]): RingUp {
    const { lines } = this.#basket();
    const amount = centsText(3900 + 1000 * this.#roll.int(4));
    const shipping: SaleAdjustment = { kind: 'shipping', name: 'Parcel', amount, taxRates: this.#shop.rates };
    const total = centsText(this.#due(lines, [shipping]));
    return {
      ...this.#head,
      ...(attributes.length === 0 ? {} : { attributes }),
      source: this.#roll.pick(['ECOMMERCE', 'SHOPIFY']),
      lines,
      adjustments: [shipping],
      payments: [{ tender: 'ecom', amount: total }],
    };
  }

  /** One more of the first line is found out later; the difference is paid the same way. */
  #edited(): SaleEvent[] {
    const sale = this.#plain();
    const [first, ...others] = sale.lines;
    if (first === undefined) return [sale];
    const isWeighed = first.quantity.includes('.');
    const more = isWeighed ? { quantity: '2.125' } : { quantity: String(Number(first.quantity) + 1) };
    const lines = [{ ...first, ...more }, ...others];
    const kept = (sale.adjustments ?? []).filter((one) => one.kind !== 'tip');
    const paid = this.#settle(this.#due(lines, kept, sale.ticketDiscountPercent));
    const adjustments = [...kept, ...paid.adjustments];
    const { payments, cashRounding = '0' } = paid;
    return [sale, { event: 'edit', sale: sale.sale, at: this.#at(1), lines, payments, cashRounding, adjustments }];
  }

  #parked(): RingUp {
    return { ...this.#head, completed: false, lines: this.#basket().lines, payments: [] };
  }

  /** Part is paid now, parts later, until the sale is completed with the last of its events. */
  #promised(attributes: readonly SaleAttribute[], steps: number): SaleEvent[] {
    const { lines } = this.#basket();
    const total = this.#due(lines);
    const part = Math.floor(total / 400) * 100;
    const first: TicketPayment[] = part > 0 ? [{ tender: 'cash', amount: centsText(part) }] : [];
    const whom = attributes.length > 0 ? this.#someone(1) : {};
    const ring: RingUp = { ...this.#head, ...whom, completed: false, attributes, lines, payments: first };
    const events: SaleEvent[] = [ring];
    let payments = first;
    let paid = part;
    for (let step = 1; step <= steps; step += 1) {
      const isLast = step === steps;
      const amount = isLast ? total - paid : part;
      paid += amount;
      payments = amount === 0 ? payments : [...payments, { tender: 'card', amount: centsText(amount), at: this.#at(step) }];
      events.push({ event: 'edit', sale: ring.sale, at: this.#at(step), payments, ...(isLast ? { completed: true } : {}) });
    }
    return events;
  }

  #onAccount(isPaid: boolean): SaleEvent[] {
    const { lines, adjustments } = this.#basket();
    const ring: RingUp = {
      ...this.#head,
      ...this.#someone(1),
      completed: false,
      attributes: ['onaccount'],
      lines,
      adjustments,
      payments: [],
    };
    if (!isPaid) return [ring];
    const payments: TicketPayment[] = [{ tender: 'card', amount: centsText(this.#due(lines, adjustments)) }];
    return [ring, { event: 'edit', sale: ring.sale, at: this.#at(1), payments, completed: true }];
  }

  /** Paid at once, handed over later; on account it is paid when it arrives. */
  #ordered(attributes: readonly SaleAttribute[], isDone: boolean): SaleEvent[] {
    const isCredit = attributes.includes('onaccount');
    const order = attributes.includes('delivery') ? this.#web(attributes) : this.#sell(this.#basket().lines);
    const whom = isCredit ? this.#someone(1) : {};
    const ring: RingUp = { ...order, ...whom, attributes, completed: false, payments: isCredit ? [] : order.payments };
    if (!isDone) return [ring];
    const paid = isCredit ? { payments: order.payments } : {};
    return [ring, { event: 'edit', sale: ring.sale, at: this.#at(1), completed: true, ...paid }];
  }

  #giftSold(): RingUp {
    const load = centsText(10_000 * (1 + this.#roll.int(10)));
    const card: TicketLine = { kind: 'gift_card', quantity: '1', price: load };
    return this.#sell([...(this.#roll.chance(0.3) ? this.#basket().lines : []), card]);
  }

  #giftCard(): TicketPayment {
    return { tender: 'gift_card', amount: '', giftCard: giftCardNumber(this.#roll.int(Math.max(1, this.#world.giftCards))) };
  }

  /** Part is paid this way, the rest as usual. */
  #partly(payment: TicketPayment): RingUp {
    const { lines } = this.#basket();
    const amount = this.#due(lines);
    const part = Math.min(amount, 100 * (20 + this.#roll.int(200)));
    const rest = this.#settle(amount - part);
    const { payments, adjustments, ...coins } = rest;
    return { ...this.#head, lines, adjustments, ...coins, payments: [{ ...payment, amount: centsText(part) }, ...payments] };
  }

  #creditBack(tender: 'credit_account' | 'gift_card'): RingUp {
    const lines = this.#back();
    const amount = centsText(this.#due(lines));
    const payment: TicketPayment = tender === 'gift_card' ? { ...this.#giftCard(), amount } : { tender, amount };
    return { ...this.#head, ...this.#someone(1), lines, payments: [payment] };
  }

  /** Somebody puts money on their store credit: a sale of nothing. */
  #deposit(): RingUp {
    const amount = centsText(10_000 * (1 + this.#roll.int(9)));
    const payments: TicketPayment[] = [
      { tender: 'card', amount },
      { tender: 'credit_account', amount: `-${amount}` },
    ];
    return { ...this.#head, ...this.#someone(1), lines: [], payments };
  }

  #voidedLine(): RingUp {
    const mistake = { ...itemLine(this.#roll.pick(this.#world.items.slice(0, 40)), '1', this.#shop), voided: true };
    return this.#sell([mistake, ...this.#basket().lines]);
  }

  #accountPayment(): RingUp {
    const price = centsText(5000 * (1 + this.#roll.int(20)));
    return { ...this.#sell([{ kind: 'account_payment', quantity: '1', price }]), ...this.#someone(1) };
  }

  #free(): RingUp {
    const lines = this.#basket().lines.map(({ discountAmount: _amount, ...line }) => ({ ...line, discountPercent: '1' }));
    return this.#sell(lines);
  }
}

/** What a ticket comes to at an outlet, in cents. */
export function xDue(
  shop: Shop,
  lines: readonly TicketLine[],
  ticketDiscountPercent = '0',
  adjustments: readonly SaleAdjustment[] = [],
): number {
  return priceX({ taxInclusive: shop.taxInclusive, taxRates: shop.rates, ticketDiscountPercent, lines, adjustments }).total;
}

/** Number of the gift card at this place among those there before all trade. */
export const giftCardNumber = (place: number): string => `GC${String(100_000 + place)}`;

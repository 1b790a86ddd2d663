/**
 * The golden trade names, played: each script makes the events of one situation on a day that suits it, or nothing where the world is too
 * short, too young or too small for it.
 */
import { itemLine } from './basket.ts';
import { BUNDLE_ITEM } from './catalogue.ts';
import type { OfficeEvent, RingUp, SaleEvent, TenderKind, TicketLine, TillEvent } from './events.ts';
import { centsText } from './exact.ts';
import type { GoldenName } from './golden-names.ts';
import type { Shop } from './shops.ts';
import { LATE_EDITS_FROM } from './shops.ts';
import type { ItemRecord } from './types.ts';
import { dayNumber, instantText, readInstant, zone } from './zone.ts';

/** The world a script plays in. */
export interface Stage {
  readonly shops: readonly Shop[];
  /** The shop that closes early; it is there only when there is time for it. */
  readonly popUp: Shop | null;
  /** The till that is carried from the first shop to the second. */
  readonly mobileRegister: string;
  readonly items: readonly ItemRecord[];
  readonly customers: number;
  readonly firstDay: number;
  readonly lastDay: number;
  /** What a ticket comes to, in cents. */
  due(shop: Shop, lines: readonly TicketLine[], ticketDiscountPercent?: string): number;
}

/** What the scripts played. */
export interface GoldenTrade {
  /** Events by sale, each sale's in order. */
  readonly sales: readonly (readonly SaleEvent[])[];
  readonly office: readonly OfficeEvent[];
}

/** Days the world must have before the pop-up and the carried till make sense. */
export const LONG_WORLD_DAYS = 40;

/** Plays every script that fits into at most `salesMax` sales. */
export function playGolden(stage: Stage, salesMax: number, scripts: Readonly<Record<string, Script>>): GoldenTrade {
  const sales: SaleEvent[][] = [];
  const office: OfficeEvent[] = [];
  for (const [golden, script] of Object.entries(scripts)) {
    const played = script(new Prompter(stage, golden));
    if (played === null) continue;
    const grouped = new Map<string, SaleEvent[]>();
    const behind: OfficeEvent[] = [];
    for (const event of played) {
      if (event.event === 'ring_up' || event.event === 'edit' || event.event === 'void') {
        grouped.set(event.sale, [...(grouped.get(event.sale) ?? []), event]);
      } else behind.push(event);
    }
    // Too big for the world, or running on past its end.
    if (sales.length + grouped.size > salesMax || played.some((event) => readInstant(event.at) > LATE_UNTIL)) continue;
    sales.push(...grouped.values());
    office.push(...behind);
  }
  return { sales, office };
}

/** Plays one situation; null where the world cannot hold it. */
export type Script = (say: Prompter) => TillEvent[] | null;
type Extras = Partial<Omit<RingUp, 'event' | 'sale' | 'at' | 'shop' | 'lines'>>;

/** Helps a script to its words: days, times, goods, sales. */
export class Prompter {
  readonly stage: Stage;
  readonly #golden: string;
  #count = 0;

  constructor(stage: Stage, golden: string) {
    this.stage = stage;
    this.#golden = golden;
  }

  /** Shop by position; null when the world has fewer. */
  shop(index: number): Shop | null {
    return this.stage.shops[index] ?? null;
  }

  /** A day counted from the first (or, below 0, from the last: −1), null when it is not in the world. */
  day(offset: number): number | null {
    const day = offset < 0 ? this.stage.lastDay + 1 + offset : this.stage.firstDay + offset;
    return day < this.stage.firstDay || day > this.stage.lastDay ? null : day;
  }

  /** A day by date, null when it is not in the world. */
  date(date: string): number | null {
    const day = dayNumber(date);
    return day < this.stage.firstDay || day > this.stage.lastDay ? null : day;
  }

  /** The instant of a wall clock time such as `14:30:00`. */
  at(shop: Shop, day: number, time: string): number {
    const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
    return zone(shop.timeZone).instant(day, hour * 3600 + minute * 60 + second);
  }

  /** Goods off the shelf. */
  goods(shop: Shop, index: number, quantity = '1'): TicketLine {
    const plain = this.stage.items.filter(
      (item) => !item.weighed && !item.archived && item.taxClassId === '1' && item.itemType === 'default',
    );
    return itemLine(pickFrom(plain, index), quantity, shop);
  }

  /** Goods of the reduced tax class. */
  reduced(shop: Shop, index: number): TicketLine {
    const reduced = this.stage.items.filter((item) => !item.weighed && !item.archived && item.taxClassId === '3');
    return itemLine(pickFrom(reduced, index), '1', shop);
  }

  /** A sale of these lines, paid by card unless said otherwise. */
  sale(shop: Shop, at: number, lines: readonly TicketLine[], extras: Extras = {}): RingUp {
    this.#count += 1;
    const inclusive = extras.taxInclusive ?? shop.taxInclusive;
    const amount = this.stage.due(
      { ...shop, taxInclusive: inclusive, rates: extras.taxRates ?? shop.rates },
      lines,
      extras.ticketDiscountPercent,
    );
    return {
      event: 'ring_up',
      sale: `golden ${this.#golden} ${this.#count}`,
      at: instantText(at),
      openedAt: instantText(at - 90_000),
      shop: shop.id,
      register: shop.registers[0] ?? '',
      employee: shop.employees[0] ?? '',
      taxRates: shop.rates,
      lines,
      payments: amount === 0 ? [] : [{ tender: 'card', amount: centsText(amount) }],
      golden: this.#golden,
      ...extras,
      taxInclusive: inclusive,
    };
  }

  /** What such a sale comes to, in cents. */
  due(shop: Shop, lines: readonly TicketLine[]): number {
    return this.stage.due(shop, lines);
  }

  /** The name this script plays. */
  get golden(): string {
    return this.#golden;
  }
}

function pickFrom(items: readonly ItemRecord[], index: number): ItemRecord {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('the catalogue has no such goods');
  return item;
}

/** A payment in cents. */
export const pay = (tender: TenderKind, amount: number): { tender: TenderKind; amount: string } => ({
  tender,
  amount: centsText(amount),
});

/** Gives back line `line` (from 1) of a sale. */
export const back = (sale: RingUp, line: number): TicketLine => {
  const original = sale.lines[line - 1];
  if (original === undefined) throw new RangeError(`${sale.sale} has no line ${line}`);
  return { ...original, quantity: `-${original.quantity}`, returns: `${sale.sale}/${line}` };
};

/** A script in shop `index` on the day at `offset`; nothing where there is no such shop or day. */
export const on =
  (index: number, offset: number, play: (say: Prompter, shop: Shop, day: number) => TillEvent[] | null): Script =>
  (say) => {
    const shop = say.shop(index);
    const day = say.day(offset);
    return shop === null || day === null ? null : play(say, shop, day);
  };

const onDate =
  (index: number, date: string, play: (say: Prompter, shop: Shop, day: number) => TillEvent[] | null): Script =>
  (say) => {
    const shop = say.shop(index);
    const day = say.date(date);
    return shop === null || day === null ? null : play(say, shop, day);
  };

const HOUR = 3_600_000;
/** When late edits are made. */
export const LATE = LATE_EDITS_FROM + 6 * 60_000;
const LATE_UNTIL = LATE + 10 * 60_000;

/** The R-Series' scripts. */
export const R_SCRIPTS: Readonly<Record<GoldenName, Script>> = {
  'last second before midnight': on(0, 10, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '23:59:59'), [say.goods(shop, 1)]),
  ]),
  'first after': on(0, 11, (say, shop, day) => [say.sale(shop, say.at(shop, day, '00:00:00'), [say.goods(shop, 2)])]),
  '25 h day': onDate(0, '2026-10-25', (say, shop, day) => {
    // 02:30 comes twice: the second an hour later.
    const first = say.at(shop, day, '02:30:00');
    return [
      say.sale(shop, first, [say.goods(shop, 3)]),
      say.sale(shop, first + HOUR, [say.goods(shop, 4)]),
      say.sale(shop, say.at(shop, day, '23:30:00'), [say.goods(shop, 5)]),
    ];
  }),
  '23 h day': onDate(2, '2026-10-04', (say, shop, day) => {
    // 02:00 to 03:00 does not exist; both nights' sales still belong to the day before, which ends at 05:00.
    const last = say.at(shop, day, '01:59:59');
    return [
      say.sale(shop, last, [say.goods(shop, 6)]),
      say.sale(shop, last + 1000, [say.goods(shop, 7)]),
      say.sale(shop, say.at(shop, day, '05:00:00'), [say.goods(shop, 8)]),
    ];
  }),
  'shop in another zone than the account': on(1, 6, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '22:30:00'), [say.goods(shop, 9)]),
  ]),
  'zone at :30': on(2, 6, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:10:00'), [say.goods(shop, 10)]),
    say.sale(shop, say.at(shop, day, '12:40:00'), [say.goods(shop, 11)]),
  ]),
  'day-start 05:00': on(2, 7, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '04:59:59'), [say.goods(shop, 12)]),
    say.sale(shop, say.at(shop, day, '05:00:00'), [say.goods(shop, 13)]),
  ]),
  'ticket discount over mixed tax rates': on(0, 5, (say, shop, day) => {
    const lines = [say.goods(shop, 14), say.reduced(shop, 3), { ...say.goods(shop, 15, '3'), discountPercent: '0.15' }];
    return [say.sale(shop, say.at(shop, day, '11:00:00'), lines, { ticketDiscountPercent: '0.1' })];
  }),
  'free sale': on(0, 4, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [{ ...say.goods(shop, 16), discountPercent: '1' }]),
    say.sale(shop, say.at(shop, day, '12:20:00'), [{ ...say.goods(shop, 17), price: '0' }]),
  ]),
  'refund next day': on(0, 3, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '13:00:00'), [say.goods(shop, 18), say.goods(shop, 19)]);
    return [sale, say.sale(shop, say.at(shop, day + 1, '10:30:00'), [back(sale, 2)])];
  }),
  'refund of a discounted line': on(0, 2, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '14:00:00'), [{ ...say.goods(shop, 20), discountPercent: '0.25' }]);
    return [sale, say.sale(shop, say.at(shop, day, '16:45:00'), [back(sale, 1)])];
  }),
  'refund without receipt': on(1, 3, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '15:00:00'), [say.goods(shop, 21, '-1')]),
  ]),
  'exchange even, up, down': on(1, 4, (say, shop, day) => {
    const line = (cost: string, quantity: string): TicketLine => ({ ...say.goods(shop, 22), price: cost, quantity });
    const sale = say.sale(shop, say.at(shop, day, '11:00:00'), [line('299', '3')]);
    const one = { ...back(sale, 1), quantity: '-1' };
    return [
      sale,
      say.sale(shop, say.at(shop, day, '15:00:00'), [one, line('299', '1')]),
      say.sale(shop, say.at(shop, day, '15:10:00'), [one, line('349.5', '1')]),
      say.sale(shop, say.at(shop, day, '15:20:00'), [one, line('199.95', '1')]),
    ];
  }),
  'void after import': on(0, -3, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '12:34:56'), [say.goods(shop, 23), say.goods(shop, 24)]);
    const undo = { event: 'void', sale: sale.sale, at: instantText(LATE), reason: 'Charged twice', golden: say.golden } as const;
    return [sale, { ...undo, employee: shop.employees[0] ?? '' }];
  }),
  'quantity edited after close': on(1, -2, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '13:13:13'), [say.goods(shop, 25, '1'), say.reduced(shop, 2)]);
    const [first, ...others] = sale.lines;
    if (first === undefined) return null;
    const lines = [{ ...first, quantity: '3' }, ...others];
    const payments = [pay('card', say.due(shop, lines))];
    return [sale, { event: 'edit', sale: sale.sale, at: instantText(LATE + 60_000), lines, payments, golden: say.golden }];
  }),
  'back-dated': on(0, -4, (say, shop, day) => [
    say.sale(shop, LATE + 120_000, [say.goods(shop, 26)], { backdatedTo: instantText(say.at(shop, day, '15:00:00')) }),
  ]),
  'layaway/layby day 1, part-paid day 9, complete day 40': on(0, 0, (say, shop, day) => {
    const done = say.day(39);
    if (done === null || say.stage.customers < 4) return null;
    const customer = '1';
    const first = say.at(shop, day, '10:00:00');
    const deposit = (at: number, amount: number): RingUp =>
      say.sale(shop, at, [], { customer, payments: [pay('cash', amount), pay('credit_account', -amount)] });
    const lines = [{ ...say.goods(shop, 27, '2'), price: '499.95', layaway: true, createdAt: instantText(first) }];
    const rest = say.due(shop, lines) - 50_000;
    return [
      deposit(first, 20_000),
      deposit(say.at(shop, day + 8, '17:00:00'), 30_000),
      say.sale(shop, say.at(shop, done, '12:00:00'), lines, {
        customer,
        payments: [pay('credit_account', 50_000), pay('card', rest)],
      }),
    ];
  }),
  'gift card sold': on(1, 5, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [GIFT_CARD], { payments: [pay('card', 50_000), pay('gift_card', -50_000)] }),
  ]),
  'gift card redeemed and sold on one ticket': on(0, 6, (say, shop, day) => {
    const lines = [{ ...say.goods(shop, 28), price: '480' }, GIFT_CARD];
    const rest = say.due(shop, lines) + 20_000 - 10_000;
    const payments = [pay('gift_card', 10_000), pay('gift_card', -20_000), pay('card', rest)];
    return [say.sale(shop, say.at(shop, day, '14:00:00'), lines, { payments })];
  }),
  'store credit': on(0, 7, (say, shop, day) => {
    const sale = say.sale(shop, say.at(shop, day, '11:00:00'), [say.goods(shop, 29)]);
    const lines = [back(sale, 1)];
    const note: TicketLine = { kind: 'store_credit', quantity: '1', price: '-100', taxed: false };
    return [
      sale,
      say.sale(shop, say.at(shop, day + 1, '11:00:00'), lines, { payments: [pay('credit_account', say.due(shop, lines))] }),
      say.sale(shop, say.at(shop, day + 1, '11:30:00'), [note], { payments: [pay('credit_account', -10_000)] }),
    ];
  }),
  tip: on(1, 7, (say, shop, day) => {
    const lines = [say.goods(shop, 30)];
    const payments = [{ tender: 'card', amount: centsText(say.due(shop, lines) + 1500), tip: '15' } as const];
    return [say.sale(shop, say.at(shop, day, '18:00:00'), lines, { payments })];
  }),
  'cash rounding': on(0, 8, (say, shop, day) => {
    // 37.37 + 25 % is 46.71: 46.50 is taken. 29.9 + 25 % is 37.38: 37.50 is taken.
    const cash = (price: string, amount: string, cashRounding: string, time: string): RingUp =>
      say.sale(shop, say.at(shop, day, time), [{ quantity: '1', price }], {
        cashRounding,
        payments: [{ tender: 'cash', amount }],
      });
    return [cash('37.37', '46.5', '-0.21', '10:00:00'), cash('29.9', '37.5', '0.12', '10:10:00')];
  }),
  'shipping or fee': on(1, 8, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [say.goods(shop, 31), { kind: 'fee', quantity: '1', price: '39.95' }]),
  ]),
  'tax-inclusive odd cents': on(0, 9, (say, shop, day) => {
    const odd = (price: string, quantity: string): TicketLine => ({ quantity, price });
    const lines = [odd('0.99', '3'), odd('1.01', '1'), { ...odd('33.33', '1'), discountPercent: '0.1' }, odd('7.77', '1')];
    return [say.sale(shop, say.at(shop, day, '16:00:00'), lines, { taxInclusive: true })];
  }),
  bundle: on(0, 12, (say, shop, day) => {
    const box: TicketLine = { ref: 'box', item: BUNDLE_ITEM, quantity: '1', price: '399' };
    const part = (index: number): TicketLine => ({ ...say.goods(shop, index), price: '0', bundle: 'box' });
    return [say.sale(shop, say.at(shop, day, '12:00:00'), [box, part(1), part(2)])];
  }),
  'weighed 0.375': on(0, 13, (say, shop, day) => {
    const item = say.stage.items.find((candidate) => candidate.weighed && !candidate.archived);
    return item === undefined ? null : [say.sale(shop, say.at(shop, day, '12:00:00'), [itemLine(item, '0.375', shop)])];
  }),
  'split tender with change': on(0, 14, (say, shop, day) => {
    const lines = [{ ...say.goods(shop, 32), price: '280' }];
    // 350 in all: 150 by card, 200 in cash out of two notes of 200.
    const payments = [pay('card', 15_000), { ...pay('cash', 20_000), change: '200' }];
    return [say.sale(shop, say.at(shop, day, '12:00:00'), lines, { payments })];
  }),
  'return at another shop': on(1, 9, (say, shop, day) => {
    const first = say.shop(0);
    if (first === null) return null;
    const sale = say.sale(first, say.at(first, day, '12:00:00'), [say.goods(first, 33)]);
    return [sale, say.sale(shop, say.at(shop, day + 2, '12:00:00'), [back(sale, 1)], { taxRates: first.rates })];
  }),
  'register moved to another shop': on(1, 15, (say, shop, day) => {
    const from = say.shop(0);
    if (from === null || say.stage.mobileRegister === '') return null;
    const register = say.stage.mobileRegister;
    return [
      say.sale(from, say.at(from, day, '12:00:00'), [say.goods(from, 34)], { register }),
      { event: 'move_register', register, shop: shop.id, at: instantText(say.at(from, day + 1, '08:00:00')), golden: say.golden },
      say.sale(shop, say.at(shop, day + 2, '12:00:00'), [say.goods(shop, 35)], { register }),
    ];
  }),
  'shop archived': (say) => {
    const { popUp, firstDay } = say.stage;
    if (popUp === null) return null;
    const sales = [0, 1, 2, 5, 9, 13].map((offset, index) =>
      say.sale(popUp, say.at(popUp, firstDay + offset, `1${index}:15:00`), [
        say.goods(popUp, 36 + index),
        say.reduced(popUp, index),
      ]),
    );
    const at = instantText(say.at(popUp, firstDay + 20, '18:00:00'));
    return [...sales, { event: 'archive_shop', shop: popUp.id, at, golden: say.golden }];
  },
  'customer merged': on(0, 3, (say, shop, day) => {
    if (say.stage.customers < 4) return null;
    const [customer, into] = [String(say.stage.customers), String(say.stage.customers - 1)];
    return [
      say.sale(shop, say.at(shop, day, '10:10:00'), [say.goods(shop, 1)], { customer }),
      say.sale(shop, say.at(shop, day, '10:20:00'), [say.goods(shop, 2)], { customer: into }),
      { event: 'merge_customers', customer, into, at: instantText(say.at(shop, day + 2, '09:00:00')), golden: say.golden },
    ];
  }),
  'customer erased': on(0, 5, (say, shop, day) => {
    if (say.stage.customers < 4) return null;
    const customer = String(say.stage.customers - 2);
    return [
      say.sale(shop, say.at(shop, day, '10:40:00'), [say.goods(shop, 3)], { customer }),
      { event: 'erase_customer', customer, at: instantText(say.at(shop, day + 1, '09:00:00')), golden: say.golden },
    ];
  }),
  '100 % discount stored as 0.999999999': on(1, 2, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '16:00:00'), [{ ...say.goods(shop, 4), almostFree: true }]),
  ]),
  'rebate line': on(0, 16, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [
      { ...say.goods(shop, 5), price: '249' },
      { kind: 'rebate', quantity: '1', price: '-20' },
    ]),
  ]),
  'archived payment': on(0, 15, (say, shop, day) => {
    const lines = [say.goods(shop, 6)];
    const amount = say.due(shop, lines);
    const payments = [{ ...pay('card', amount), archived: true }, pay('card', amount)];
    return [say.sale(shop, say.at(shop, day, '12:00:00'), lines, { payments })];
  }),
  'line taxes unrounded against sale tax': on(1, 1, (say, shop, day) => {
    // 4.875 % of 1.99 is 0.0970125 a line: rounded by line the taxes would not add up to the ticket's.
    const line: TicketLine = { quantity: '1', price: '1.99' };
    return [say.sale(shop, say.at(shop, day, '12:00:00'), [line, line, line, line, line])];
  }),
  'special-order line in a completed sale': on(0, 9, (say, shop, day) => {
    const ordered = { ...say.goods(shop, 7), specialOrder: true, createdAt: instantText(say.at(shop, day - 6, '12:00:00')) };
    return [say.sale(shop, say.at(shop, day, '12:00:00'), [ordered, say.goods(shop, 8)])];
  }),
  "line with another shop's id": on(0, 8, (say, shop, day) => {
    const other = say.shop(1);
    return other === null ? null : [say.sale(shop, say.at(shop, day, '12:00:00'), [{ ...say.goods(shop, 9), shop: other.id }])];
  }),
  'document without completeTime': on(1, 6, (say, shop, day) => [
    say.sale(shop, say.at(shop, day, '12:00:00'), [say.goods(shop, 10)], { withoutCompleteTime: true }),
  ]),
};

const GIFT_CARD: TicketLine = { kind: 'gift_card', quantity: '1', price: '0', taxed: false };

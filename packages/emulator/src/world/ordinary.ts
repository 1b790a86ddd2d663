/** What happens in ordinary sale `i`, as till events: rolled from the seed and the number alone. */
import { basket, cash, cents, due, itemLine, settle } from './basket.ts';
import type { RingUp, SaleEvent, TicketLine, TicketPayment } from './events.ts';
import { centsText } from './exact.ts';
import type { Dice } from './random.ts';
import { dice } from './random.ts';
import type { Shop } from './shops.ts';
import type { Plan, Times } from './trade.ts';
import type { ItemRecord } from './types.ts';
import { instantText } from './zone.ts';

/** What ordinary sales are made from. */
export interface Ordinary {
  readonly seed: number;
  readonly plan: Plan;
  readonly items: readonly ItemRecord[];
  /** Customer ids are `1` to this. */
  readonly customers: number;
  readonly shops: number;
}

/** Name of ordinary sale `index`. */
export const ordinaryName = (index: number): string => `t${index + 1}`;

/** Its number, when it is the name of one. */
export function ordinaryIndex(name: string): number | null {
  return /^t[1-9]\d*$/.test(name) ? Number(name.slice(1)) - 1 : null;
}

/** The events of ordinary sale `index`: its ring-up, and what came after. */
export function ordinaryEvents(world: Ordinary, index: number): SaleEvent[] {
  const roll = dice(world.seed, 5, index);
  const shop = world.plan.shopOf(index);
  const times = world.plan.times(index);
  const head = headOf(world, roll, shop, times, ordinaryName(index));
  const plain = (): RingUp => {
    const lines = basket(roll, shop, world.items);
    return sell(roll, shop, head, lines, maybeTicketDiscount(roll, shop, lines));
  };
  switch (times.nature) {
    case 'web': {
      const lines = basket(roll, shop, world.items);
      const amount = centsText(due(shop, lines));
      return [{ ...head, register: '', lines, payments: [{ tender: 'ecom', amount }] }];
    }
    case 'refund':
      return [refund(world, roll, shop, head, index) ?? looseRefund(world, roll, shop, head)];
    case 'loose_refund':
      return [looseRefund(world, roll, shop, head)];
    case 'exchange': {
      const back = refund(world, roll, shop, head, index) ?? looseRefund(world, roll, shop, head);
      return [sell(roll, shop, head, [...back.lines, ...basket(roll, shop, world.items)])];
    }
    case 'voided':
    case 'late_void': {
      const reason = roll.pick(['Wrong item', 'Customer changed their mind', 'Rung up twice', 'Training']);
      return [
        plain(),
        {
          event: 'void',
          sale: head.sale,
          at: afterwards(times),
          reason,
          ...(head.employee === undefined ? {} : { employee: head.employee }),
        },
      ];
    }
    case 'edited':
    case 'late_edit':
      return edited(roll, shop, plain(), afterwards(times));
    case 'parked':
      return [parked(world, roll, shop, head)];
    case 'overnight':
      return overnight(world, roll, shop, head, times);
    case 'gift_sold':
      return [giftSold(world, roll, shop, head)];
    case 'gift_used': {
      const lines = basket(roll, shop, world.items);
      const amount = due(shop, lines);
      const card = Math.min(amount, 100 * (50 + roll.int(400)));
      const rest = settle(roll, shop, amount - card);
      return [{ ...head, lines, ...rest, payments: [{ tender: 'gift_card', amount: centsText(card) }, ...rest.payments] }];
    }
    case 'deposit': {
      const amount = centsText(10_000 * (1 + roll.int(9)));
      const payments: TicketPayment[] = [
        { tender: 'card', amount },
        { tender: 'credit_account', amount: `-${amount}` },
      ];
      return [{ ...head, ...someone(world, roll, shop, 1), lines: [], payments }];
    }
    case 'on_account': {
      const lines = basket(roll, shop, world.items);
      const payments: TicketPayment[] = [{ tender: 'credit_account', amount: centsText(due(shop, lines)) }];
      return [{ ...head, ...someone(world, roll, shop, 1), lines, payments }];
    }
    case 'store_credit': {
      const { cashRounding: _coins, ...back } = refund(world, roll, shop, head, index) ?? looseRefund(world, roll, shop, head);
      const payments: TicketPayment[] = [{ tender: 'credit_account', amount: centsText(due(shop, back.lines)) }];
      return [{ ...back, ...someone(world, roll, shop, 1), payments }];
    }
    case 'credit_note': {
      const amount = `-${centsText(5000 * (1 + roll.int(6)))}`;
      const lines: TicketLine[] = [{ kind: 'store_credit', quantity: '1', price: amount, taxed: false }];
      return [{ ...head, ...someone(world, roll, shop, 1), lines, payments: [{ tender: 'credit_account', amount }] }];
    }
    case 'rebate': {
      const rebate: TicketLine = { kind: 'rebate', quantity: '1', price: `-${centsText(500 + 100 * roll.int(20))}` };
      return [sell(roll, shop, head, [...basket(roll, shop, world.items), rebate])];
    }
    case 'archived_payment': {
      const sale = plain();
      const failed: TicketPayment = { tender: 'card', amount: sale.payments[0]?.amount ?? '10', archived: true };
      return [{ ...sale, payments: [failed, ...sale.payments] }];
    }
    case 'free': {
      const lines = basket(roll, shop, world.items).map(({ discountAmount: _amount, ...line }) => ({
        ...line,
        discountPercent: '1',
      }));
      return [sell(roll, shop, head, roll.chance(0.5) ? lines : lines.map((line) => ({ ...line, almostFree: true })))];
    }
    case 'undated':
      return [{ ...plain(), withoutCompleteTime: true }];
    default:
      return [plain()];
  }
}

type Head = Omit<RingUp, 'lines' | 'payments'>;

function headOf(world: Ordinary, roll: Dice, shop: Shop, times: Times, sale: string): Head {
  const employee = roll.pick(shop.employees);
  return {
    event: 'ring_up',
    sale,
    at: instantText(times.at),
    openedAt: instantText(times.opened),
    shop: shop.id,
    // Squaring a little makes the first till the busiest.
    register: shop.registers[Math.floor(shop.registers.length * roll.next() ** 1.2)] ?? '',
    employee,
    taxInclusive: shop.taxInclusive,
    taxRates: shop.rates,
    ...someone(world, roll, shop, 0.35),
  };
}

/** A customer, with this probability; mostly of the shop's own. */
function someone(world: Ordinary, roll: Dice, shop: Shop, probability: number): { customer: string } | Record<string, never> {
  if (world.customers < 1 || !roll.chance(probability)) return {};
  const any = Math.floor(world.customers * roll.next() ** 2);
  const local = any - (any % world.shops) + Number(shop.id) - 1;
  return { customer: String((roll.chance(0.9) && local < world.customers ? local : any) + 1) };
}

const afterwards = (times: Times): string => instantText(times.after ?? times.at);

/**
 * A discount on the whole ticket, now and then. Not on weighed goods with the tax inside: three roundings of one total may be more than a
 * cent off its parts, which a reader must call unexplained (D3).
 */
function maybeTicketDiscount(roll: Dice, shop: Shop, lines: readonly TicketLine[]): string | undefined {
  const isOdd = shop.taxInclusive && lines.some((line) => line.quantity.includes('.'));
  return roll.chance(0.04) && !isOdd ? '0.1' : undefined;
}

/** A ticket with these lines, paid. */
function sell(roll: Dice, shop: Shop, head: Head, lines: readonly TicketLine[], ticketDiscountPercent?: string): RingUp {
  const discount = ticketDiscountPercent === undefined ? {} : { ticketDiscountPercent };
  return { ...head, ...discount, lines, ...settle(roll, shop, due(shop, lines, ticketDiscountPercent)) };
}

/** A line of an earlier plain sale of the same shop comes back, with the discount it had. */
function refund(world: Ordinary, roll: Dice, shop: Shop, head: Head, index: number): RingUp | null {
  let other = index - 1 - roll.int(400);
  for (let tries = 0; tries < 60 && other >= 0; tries += 1, other -= 1) {
    if (world.plan.shopOf(other) !== shop || world.plan.times(other).nature !== 'plain') continue;
    const original = ordinaryEvents(world, other)[0];
    if (original?.event !== 'ring_up' || original.ticketDiscountPercent !== undefined) return null;
    const place = roll.int(original.lines.length);
    const line = original.lines[place];
    if (line === undefined || line.kind === 'fee') return null;
    const { discountAmount, ...rest } = line;
    const back: TicketLine = {
      ...rest,
      quantity: `-${line.quantity}`,
      returns: `${original.sale}/${place + 1}`,
      ...(discountAmount === undefined ? {} : { discountAmount: `-${discountAmount}` }),
    };
    const { customer: _other, ...mine } = head;
    const customer = original.customer === undefined ? {} : { customer: original.customer };
    return { ...mine, ...customer, lines: [back], ...settle(roll, shop, due(shop, [back])) };
  }
  return null;
}

function looseRefund(world: Ordinary, roll: Dice, shop: Shop, head: Head): RingUp {
  const item = roll.pick(world.items.slice(0, 40));
  const lines = [itemLine(item, '-1', shop)];
  return { ...head, lines, ...cash(roll, shop, due(shop, lines)) };
}

/** One more, or one fewer, of the first line is found out later; the difference is paid the same way. */
function edited(roll: Dice, shop: Shop, sale: RingUp, at: string): SaleEvent[] {
  const [first, ...others] = sale.lines;
  if (first === undefined) return [sale];
  const quantity = first.quantity.includes('.') ? first.quantity : String(Number(first.quantity) + 1);
  const lines = [
    { ...first, quantity, ...(first.quantity.includes('.') ? { price: centsText(cents(first.price) + 500) } : {}) },
    ...others,
  ];
  const paid = settle(roll, shop, due(shop, lines, sale.ticketDiscountPercent));
  return [sale, { event: 'edit', sale: sale.sale, at, lines, payments: paid.payments, cashRounding: paid.cashRounding ?? '0' }];
}

/** A ticket nobody finished; some of them were paid in part. */
function parked(world: Ordinary, roll: Dice, shop: Shop, head: Head): RingUp {
  const lines = basket(roll, shop, world.items);
  const part = Math.floor(due(shop, lines) / 300) * 100;
  const payments: TicketPayment[] = roll.chance(0.4) && part > 0 ? [{ tender: 'card', amount: centsText(part) }] : [];
  return { ...head, completed: false, lines, payments };
}

/** Part is paid today, the rest tomorrow, when the ticket is completed. */
function overnight(world: Ordinary, roll: Dice, shop: Shop, head: Head, times: Times): SaleEvent[] {
  const lines = basket(roll, shop, world.items);
  const total = due(shop, lines);
  const part = Math.floor(total / 300) * 100;
  const first: TicketPayment[] = part > 0 ? [{ tender: 'card', amount: centsText(part) }] : [];
  const rest: TicketPayment[] = [{ tender: 'card', amount: centsText(total - part) }];
  const at = afterwards(times);
  const later = rest.map((payment) => ({ ...payment, at }));
  return [
    { ...head, completed: false, lines, payments: first },
    { event: 'edit', sale: head.sale, at, completed: true, payments: [...first, ...later] },
  ];
}

function giftSold(world: Ordinary, roll: Dice, shop: Shop, head: Head): RingUp {
  const load = 10_000 * (1 + roll.int(10));
  const card: TicketLine = { kind: 'gift_card', quantity: '1', price: '0', taxed: false };
  const goods = roll.chance(0.3) ? basket(roll, shop, world.items) : [];
  const lines = [...goods, card];
  const payments: TicketPayment[] = [
    { tender: 'card', amount: centsText(due(shop, lines) + load) },
    { tender: 'gift_card', amount: `-${centsText(load)}` },
  ];
  return { ...head, lines, payments };
}

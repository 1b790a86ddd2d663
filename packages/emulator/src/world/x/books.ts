/**
 * What sales leave behind with customers, on shelves, on gift cards and store credits. The commits are read once, in their order; a
 * later moment reads on from there.
 */
import type { EpochMs } from '../types.ts';
import { giftCardOf } from './record.ts';
import type { LogPlace, XLog } from './log.ts';
import type { Told, XTicket } from './ticket.ts';
import { paymentsOf, priceOf, ticketOf } from './ticket.ts';
import { centsOf } from './units.ts';
import { commitVersion, SLOT } from './versions.ts';

/** What is known of a customer besides their data. */
export interface CustomerBook {
  version: number;
  updatedAt: EpochMs;
  /** Cents. */
  spent: number;
  balance: number;
  loyalty: number;
}

/** Something put on or taken off a gift card or a store credit, in cents. */
export interface Move {
  readonly amount: number;
  readonly sale: number;
  readonly employee: string;
  readonly at: EpochMs;
}

/** A gift card or a store credit. */
export interface Account {
  version: number;
  readonly moves: Move[];
}

interface Effects {
  readonly customer: string | undefined;
  readonly spent: number;
  readonly balance: number;
  readonly loyalty: number;
  readonly credit: number;
  readonly cards: ReadonlyMap<string, number>;
  /** Hundred-thousandths, by `item/shop`. */
  readonly stock: ReadonlyMap<string, number>;
}

const NOTHING: Effects = { customer: undefined, spent: 0, balance: 0, loyalty: 0, credit: 0, cards: new Map(), stock: new Map() };

/** The books, as far as they were read. */
export class Books {
  readonly #log: XLog;
  readonly #rates: (shop: string) => readonly [string, string];
  #place: LogPlace = { planned: 0, played: 0 };
  #now: EpochMs = Number.NEGATIVE_INFINITY;
  #revision = 0;
  /** By number. */
  customers = new Map<string, CustomerBook>();
  credits = new Map<string, Account>();
  giftCards = new Map<string, Account>();
  /** By `item/shop`. */
  stock = new Map<string, { version: number; change: number }>();

  constructor(log: XLog, rates: (shop: string) => readonly [string, string]) {
    this.#log = log;
    this.#rates = rates;
  }

  /** Reads up to a moment. */
  at(now: EpochMs): this {
    if (now < this.#now || !this.#log.isAppended(this.#revision, this.#now, this.#place)) this.#forget();
    this.#revision = this.#log.revision;
    this.#now = now;
    for (const commit of this.#log.commits(this.#place, now)) {
      if (commit.sale !== null) this.#addSale(commit.sale, commit.rank, commit.from);
    }
    return this;
  }

  #forget(): void {
    this.#place = { planned: 0, played: 0 };
    this.customers = new Map();
    this.credits = new Map();
    this.giftCards = new Map();
    this.stock = new Map();
  }

  #addSale(sale: number, rank: number, from: EpochMs): void {
    const told = this.#log.told(sale);
    const after = ticketOf(told, from);
    if (after === null) return;
    const before = told[0]?.from === from ? null : ticketOf(told, from - 1);
    const [old, now] = [this.#effects(before, told, sale), this.#effects(after, told, sale)];
    const employee = after.ring.employee ?? '';
    const move = (amount: number): Move => ({ amount, sale, employee, at: from });
    this.#addCustomer(old, -1, rank, from, move);
    this.#addCustomer(now, 1, rank, from, move);
    const cards = [...new Set([...old.cards.keys(), ...now.cards.keys()])];
    for (const [index, number] of cards.entries()) {
      const amount = (now.cards.get(number) ?? 0) - (old.cards.get(number) ?? 0);
      if (amount === 0) continue;
      const card = this.giftCards.get(number) ?? { version: 0, moves: [] };
      card.version = commitVersion(rank, Math.min(SLOT.giftCards + index, SLOT.inventory - 1));
      card.moves.push(move(amount));
      this.giftCards.set(number, card);
    }
    const goods = [...new Set([...old.stock.keys(), ...now.stock.keys()])];
    for (const [index, key] of goods.entries()) {
      const change = (now.stock.get(key) ?? 0) - (old.stock.get(key) ?? 0);
      if (change === 0) continue;
      const row = this.stock.get(key) ?? { version: 0, change: 0 };
      this.stock.set(key, { version: commitVersion(rank, Math.min(SLOT.inventory + index, 255)), change: row.change + change });
    }
  }

  #addCustomer(effects: Effects, sign: 1 | -1, rank: number, from: EpochMs, move: (amount: number) => Move): void {
    const { customer, spent, balance, loyalty, credit } = effects;
    if (customer === undefined) return;
    const row = this.customers.get(customer) ?? { version: 0, updatedAt: from, spent: 0, balance: 0, loyalty: 0 };
    this.customers.set(customer, {
      version: commitVersion(rank, SLOT.customer),
      updatedAt: from,
      spent: row.spent + sign * spent,
      balance: row.balance + sign * balance,
      loyalty: row.loyalty + sign * loyalty,
    });
    if (credit === 0) return;
    const account = this.credits.get(customer) ?? { version: 0, moves: [] };
    account.version = commitVersion(rank, SLOT.storeCredit);
    const last = account.moves.at(-1);
    // An edit of the same commit takes back what the sale did before and does it anew: one move, or none.
    if (last !== undefined && last.at === from && last.sale === move(0).sale) {
      account.moves.pop();
      if (last.amount + sign * credit !== 0) account.moves.push(move(last.amount + sign * credit));
    } else account.moves.push(move(sign * credit));
    this.credits.set(customer, account);
  }

  #effects(ticket: XTicket | null, told: readonly Told[], sale: number): Effects {
    const first = told[0]?.event;
    if (ticket === null || first === undefined) return NOTHING;
    if (ticket.state === 'parked' || ticket.state === 'voided' || ticket.deletedAt !== null) {
      return { ...NOTHING, customer: ticket.customer };
    }
    const priced = priceOf(ticket, this.#rates(ticket.ring.shop));
    const isClosed = ticket.state === 'closed';
    const { total } = priced;
    const cards = new Map<string, number>();
    const stock = new Map<string, number>();
    let [paid, loyalty, credit, settled] = [0, isClosed ? Math.round(total * 0.02) : 0, 0, 0];
    for (const payment of paymentsOf(ticket)) {
      if (payment.deleted) continue;
      const amount = centsOf(payment.amount);
      paid += amount;
      if (payment.tender === 'loyalty') loyalty -= amount;
      if (payment.tender === 'credit_account') credit -= amount;
      if (payment.tender === 'gift_card' && payment.giftCard !== null) put(cards, payment.giftCard, -amount);
    }
    for (const [index, line] of ticket.lines.entries()) {
      const stated = priced.lines[index];
      if (stated === undefined || stated.voided) continue;
      const amount = centsOf(stated.priceTotal);
      if (stated.kind === 'gift_card') put(cards, giftCardOf(line, sale, index), amount);
      if (stated.kind === 'account_payment') settled += amount;
      if (stated.kind === 'goods' && line.item !== undefined) {
        put(stock, `${line.item}/${ticket.ring.shop}`, -stated.quantity);
      }
    }
    const owed = ticket.attributes.includes('onaccount') && !isClosed ? total - paid : 0;
    return {
      customer: ticket.customer,
      spent: isClosed || ticket.attributes.includes('onaccount') ? total : 0,
      balance: settled - owed,
      loyalty,
      credit,
      cards,
      stock,
    };
  }
}

function put(sums: Map<string, number>, key: string, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

/** All lists of the retailer but the sales, as of a moment: what the office knows together with what sales did to it. */
import { dice } from '../random.ts';
import type { Shop } from '../shops.ts';
import { FOUNDED } from '../shops.ts';
import type { EpochMs } from '../types.ts';
import type {
  XCustomer,
  XGiftCard,
  XGiftCardTransaction,
  XInventory,
  XPaymentsSummary,
  XState,
  XStoreCredit,
} from '../x-types.ts';
import type { Account, Books, Move } from './books.ts';
import { makeRetailer, paymentTypeOf, WALK_IN } from './business.ts';
import type { Catalogue } from './catalogue.ts';
import type { XIds } from './ids.ts';
import type { XLog } from './log.ts';
import type { XOffice } from './office.ts';
import { byVersion } from './office.ts';
import { giftCardNumber } from './ordinary.ts';
import { amountOf, amountOfCents } from './record.ts';
import type { XTicket } from './ticket.ts';
import { paymentsOf } from './ticket.ts';
import { UNIT } from './units.ts';
import { setupVersion } from './versions.ts';

/** What the shelves are made from. */
export interface XShelvesParts {
  readonly seed: number;
  readonly ids: XIds;
  readonly outlets: readonly Shop[];
  readonly catalogue: Catalogue;
  readonly office: XOffice;
  readonly log: XLog;
  readonly books: Books;
  readonly customers: number;
  readonly giftCards: number;
  readonly ticket: (number: number, now: EpochMs) => XTicket | null;
}

type Lists = Omit<XState, 'now' | 'saleCount' | 'sales' | 'salesDated' | 'sale' | 'versionAt'>;

/** Makes lists when they are asked for, and keeps them until something happens. */
export class XShelves {
  readonly #parts: XShelvesParts;
  readonly #retailer: ReturnType<typeof makeRetailer>;
  #kept: { readonly key: string; readonly lists: Map<string, readonly unknown[]> } | null = null;

  constructor(parts: XShelvesParts) {
    this.#parts = parts;
    this.#retailer = makeRetailer(parts.ids);
  }

  /** The lists of a moment. */
  at(now: EpochMs): Lists {
    const { office, log, catalogue } = this.#parts;
    const view = (): ReturnType<XOffice['at']> => office.at(now, log);
    return {
      retailer: () => this.#retailer,
      outlets: () => view().outlets,
      registers: () => {
        const invoiceSequence = 1000 + log.count(now);
        return view().registers.map((register) => ({ ...register, invoiceSequence }));
      },
      users: () => office.users,
      paymentTypes: () => view().paymentTypes,
      taxes: () => view().taxes,
      outletTaxes: () => catalogue.outletTaxes,
      customers: () => this.#keep('customers', now, () => this.#customers(now)),
      customerGroups: () => office.groups,
      products: () => view().products,
      productTypes: () => catalogue.productTypes,
      productCategories: () => catalogue.categories,
      brands: () => catalogue.brands,
      tags: () => catalogue.tags,
      suppliers: () => catalogue.suppliers,
      inventory: () => this.#keep('inventory', now, () => this.#inventory(now)),
      priceBooks: () => catalogue.priceBooks,
      priceBookProducts: () => catalogue.priceBookProducts,
      giftCards: () => this.#keep('giftCards', now, () => this.#giftCards(now)),
      storeCredits: () => this.#keep('storeCredits', now, () => this.#storeCredits(now)),
      promotions: () => catalogue.promotions,
      consignments: () => view().consignments,
      paymentsSummary: (registerId) => this.#summary(registerId, now),
    };
  }

  #keep<Row>(name: string, now: EpochMs, make: () => Row[]): readonly Row[] {
    const { log } = this.#parts;
    const key = `${log.revision}/${log.versionAt(now)}`;
    if (this.#kept?.key !== key) this.#kept = { key, lists: new Map() };
    const known = this.#kept.lists.get(name);
    // The list of a name is always made by the same maker.
    if (known !== undefined) return known as readonly Row[];
    const made = make();
    this.#kept.lists.set(name, made);
    return made;
  }

  #customers(now: EpochMs): XCustomer[] {
    const { office, log, books, customers } = this.#parts;
    const changes = office.at(now, log).customers;
    const sold = books.at(now).customers;
    const rows: XCustomer[] = [];
    const numbers = new Set<number>([WALK_IN]);
    for (let number = 1; number <= customers; number += 1) numbers.add(number);
    for (const number of changes.keys()) numbers.add(number);
    for (const number of numbers) {
      const row = office.customerRow(number, office.customerAtStart(number), changes.get(number));
      const book = sold.get(String(number));
      rows.push(
        book === undefined
          ? row
          : {
              ...row,
              version: Math.max(row.version, book.version),
              updatedAt: Math.max(row.updatedAt, book.updatedAt),
              yearToDate: amountOfCents(book.spent),
              balance: amountOfCents(book.balance),
              loyaltyBalance: amountOfCents(book.loyalty),
            },
      );
    }
    return byVersion(rows);
  }

  #inventory(now: EpochMs): XInventory[] {
    const { ids, seed, outlets, catalogue, office, log, books } = this.#parts;
    const stock = books.at(now).stock;
    const received = office.at(now, log).received;
    const rows: XInventory[] = [];
    for (const [index, item] of catalogue.items.entries()) {
      if (catalogue.products[index]?.hasInventory !== true) continue;
      for (const [place, outlet] of outlets.entries()) {
        const key = `${item.id}/${outlet.id}`;
        const roll = dice(seed, 26, index * 1000 + place);
        const sold = stock.get(key);
        const got = received.get(key);
        const row = rows.length;
        const level = (20 + roll.int(180) + (got?.count ?? 0)) * UNIT + (sold?.change ?? 0);
        rows.push({
          id: ids.of('inventory', row + 1),
          version: Math.max(setupVersion('inventory', row), sold?.version ?? 0, got?.version ?? 0),
          deletedAt: null,
          productId: ids.of('product', Number(item.id)),
          outletId: ids.of('outlet', Number(outlet.id)),
          level: amountOf(level),
          averageCost: Number(item.cost),
          reorderPoint: 5,
          reorderAmount: 20,
        });
      }
    }
    return byVersion(rows);
  }

  #giftCards(now: EpochMs): XGiftCard[] {
    const { seed, books, giftCards } = this.#parts;
    const used = books.at(now).giftCards;
    const rows: XGiftCard[] = [];
    const pool = new Set<string>();
    for (let place = 0; place < giftCards; place += 1) {
      const number = giftCardNumber(place);
      pool.add(number);
      const amount = 100 * (500 + dice(seed, 27, place).int(4500));
      rows.push(this.#giftCard(place, number, setupVersion('gift_card', place), amount, used.get(number)));
    }
    let place = giftCards;
    for (const [number, account] of used) {
      if (pool.has(number)) continue;
      rows.push(this.#giftCard(place, number, 0, 0, account));
      place += 1;
    }
    return byVersion(rows);
  }

  #giftCard(place: number, number: string, version: number, imported: number, account: Account | undefined): XGiftCard {
    const { ids } = this.#parts;
    const moves = account?.moves ?? [];
    const transactions: XGiftCardTransaction[] = moves.map((move, index) => ({
      id: ids.of('gift_card_move', place * 1000 + index + 1),
      type: move.amount < 0 ? 'REDEEMING' : index === 0 && imported === 0 ? 'ACTIVATION' : 'RELOADING',
      ...this.#moved(move),
    }));
    if (imported > 0) {
      transactions.unshift({
        id: ids.of('gift_card_move', place * 1000),
        type: 'IMPORTING',
        amount: amountOfCents(imported),
        userId: null,
        saleId: null,
        createdAt: FOUNDED,
      });
    }
    const put = moves.reduce((sum, move) => sum + Math.max(0, move.amount), imported);
    const taken = moves.reduce((sum, move) => sum + Math.max(0, -move.amount), 0);
    const first = imported > 0 ? undefined : moves[0];
    return {
      id: ids.of('gift_card', place + 1),
      version: Math.max(version, account?.version ?? 0),
      deletedAt: null,
      number,
      status: put === taken ? 'REDEEMED' : 'ACTIVE',
      saleId: first === undefined ? null : ids.of('sale', first.sale),
      balance: amountOfCents(put - taken),
      totalSold: amountOfCents(put),
      totalRedeemed: amountOfCents(taken),
      createdAt: first?.at ?? FOUNDED,
      expiresAt: null,
      transactions,
    };
  }

  #storeCredits(now: EpochMs): XStoreCredit[] {
    const { ids, books } = this.#parts;
    const rows = [...books.at(now).credits].map(([customer, account]): XStoreCredit => {
      const issued = account.moves.reduce((sum, move) => sum + Math.max(0, move.amount), 0);
      const redeemed = account.moves.reduce((sum, move) => sum + Math.max(0, -move.amount), 0);
      return {
        id: creditId(Number(customer)),
        version: account.version,
        deletedAt: null,
        customerId: ids.of('customer', Number(customer)),
        balance: amountOfCents(issued - redeemed),
        totalIssued: amountOfCents(issued),
        totalRedeemed: amountOfCents(redeemed),
        createdAt: account.moves[0]?.at ?? FOUNDED,
        transactions: account.moves.map((move, index) => ({
          id: creditId(Number(customer) * 1000 + index + 1_000_000_000),
          type: move.amount < 0 ? 'REDEMPTION' : 'ISSUE',
          notes: '',
          ...this.#moved(move),
        })),
      };
    });
    return byVersion(rows);
  }

  #moved(move: Move): { amount: number; userId: string | null; saleId: string; createdAt: EpochMs } {
    const { ids } = this.#parts;
    return {
      amount: amountOfCents(move.amount),
      userId: move.employee === '' ? null : ids.of('user', Number(move.employee)),
      saleId: ids.of('sale', move.sale),
      createdAt: move.at,
    };
  }

  #summary(registerId: string, now: EpochMs): XPaymentsSummary | undefined {
    const { ids, office, log, ticket } = this.#parts;
    const view = office.at(now, log);
    const register = view.registers.find((one) => one.id === registerId);
    const number = ids.read('register', registerId);
    if (register === undefined || number === undefined) return undefined;
    const sums = new Map<string, number>();
    for (const place of log.walk({ after: log.versionAt(register.openedAt - 1) }, now)) {
      const sale = ticket(place.number, now);
      if (sale === null || sale.state === 'voided' || sale.deletedAt !== null) continue;
      for (const paid of paymentsOf(sale)) {
        if (paid.deleted || paid.at < register.openedAt || Number(paid.register) !== number) continue;
        const id = ids.of('payment_type', paymentTypeOf(paid.tender).number);
        sums.set(id, (sums.get(id) ?? 0) + paid.amount);
      }
    }
    const payments = view.paymentTypes.map(({ id, name }) => ({ paymentTypeId: id, name, total: amountOf(sums.get(id) ?? 0) }));
    const { sessionId, sessionNumber, openedAt } = register;
    return { sessionId, sessionNumber, openedAt, payments };
  }
}

/** Ids of store credits are eight bytes in Base64. */
function creditId(number: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(0x0208_0000_0000_0000n + BigInt(number));
  return bytes.toString('base64');
}

import { Big } from 'big.js';
import { describe, expect, it } from 'vitest';
import { makeItems } from './catalogue.ts';
import { createWorld } from './create.ts';
import { GOLDEN_BOTH, GOLDEN_R } from './golden-names.ts';
import { versionsOf } from './history.ts';
import type { Ordinary } from './ordinary.ts';
import { ordinaryEvents } from './ordinary.ts';
import { ordinaryVersions, SaleBook } from './sale-book.ts';
import { LAST_DAY, makeShops } from './shops.ts';
import { planTrade } from './trade.ts';
import type { SaleOrder, SaleRecord, SaleStamps, SaleWalk, World } from './types.ts';

const MEASURES = [
  'gross_sales discounts returns net_sales turnover gross_sales_incl discounts_incl returns_incl net_sales_incl turnover_incl',
  'tax transactions return_transactions other_transactions identified_transactions goods_sold goods_returned fees fees_incl',
  'price_rule_discount gift_cards_sold deposits store_credit rounding payments tips gift_cards_redeemed on_account',
  'payments:1 payments:2 payments:3 payments:4 payments:5 payments:6',
].flatMap((words) => words.split(' '));

function recordsOf(world: World, now: number): SaleRecord[] {
  const state = world.at(now);
  return [...state.walk({ order: 'id' })].map((stamps) => {
    const record = state.sale(stamps.id);
    if (record === undefined) throw new Error(`sale ${stamps.id} is walked but not there`);
    expect(record).toMatchObject(stamps);
    return record;
  });
}

describe('a seeded world', () => {
  it('is the same world for the same seed, another one for another', () => {
    const [one, same, other] = [5, 5, 6].map((seed) => createWorld({ seed, sales: 600, days: 60, customers: 100 }));
    if (one === undefined || same === undefined || other === undefined) throw new Error('three worlds');
    const until = one.window.until;
    expect(recordsOf(same, until)).toEqual(recordsOf(one, until));
    expect(same.truth(until)).toEqual(one.truth(until));
    expect(same.at(until).customers()).toEqual(one.at(until).customers());
    expect(other.truth(until).totals).not.toEqual(one.truth(until).totals);
  });

  it.each([1, 7, 20_261_123])(
    'plays every golden trade name and has every measure of the R-Series in 90 days (seed %i)',
    (seed) => {
      const world = createWorld({ seed, sales: 3000, customers: 200 });
      const played = world.golden();
      expect([...GOLDEN_BOTH, ...GOLDEN_R].filter((name) => (played[name] ?? 0) < 1)).toEqual([]);
      expect(Object.keys(played).filter((name) => ![...GOLDEN_BOTH, ...GOLDEN_R].includes(name as never))).toEqual([]);
      const { totals } = world.truth(world.window.until);
      expect(MEASURES.filter((name) => Number(totals[name] ?? 0) === 0)).toEqual([]);
      expect(Object.keys(totals).filter((name) => !MEASURES.includes(name))).toEqual([]);
    },
  );

  it.each([
    { days: 20, sales: 300, shops: 3, customers: 50 },
    { days: 1, sales: 1, shops: 1, customers: 0 },
    { days: 3, sales: 40, shops: 2, customers: 3 },
    { days: 90, sales: 2000, shops: 7, customers: 10 },
    { days: 400, sales: 500, shops: 1, customers: 5 },
  ])('keeps to its options: %o', (options) => {
    const world = createWorld(options);
    const state = world.at(world.window.until);
    expect(state.saleCount()).toBe(options.sales);
    expect(recordsOf(world, world.window.until)).toHaveLength(options.sales);
    expect(state.customers()).toHaveLength(options.customers);
    expect(state.shops().filter((shop) => !shop.archived)).toHaveLength(options.shops);
    const { cells } = world.truth(world.window.until);
    for (const { day, measures } of cells) {
      expect(day >= world.window.firstDay).toBe(true);
      // After the last day only the money of late edits moves.
      if (day > world.window.lastDay) expect([day, measures['gross_sales']]).toEqual(['2026-11-24', undefined]);
    }
    expect(state.registers().map((register) => Number(register.id))).toEqual(
      state
        .registers()
        .map((register) => Number(register.id))
        .sort((a, b) => a - b),
    );
  });

  it('leaves out the names that a short world cannot hold, and plays the others', () => {
    const played = createWorld({ days: 20, sales: 300 }).golden();
    for (const name of ['25 h day', '23 h day', 'shop archived', 'layaway/layby day 1, part-paid day 9, complete day 40'])
      expect(played).not.toHaveProperty([name]);
    for (const name of ['tip', 'refund next day', 'void after import', 'rebate line']) expect(played[name]).toBeGreaterThan(0);
  });

  it('has a world in which nothing was sold', () => {
    const world = createWorld({ sales: 0, customers: 4 });
    const state = world.at(world.window.until);
    expect([state.saleCount(), [...state.walk({ order: 'updateTime' })], state.saleVoids()]).toEqual([0, [], []]);
    expect(world.truth(world.window.until)).toEqual({ currency: 'DKK', minorDigits: 2, cells: [], totals: {} });
    expect([state.shops().length, state.items().length > 100, state.employees().length]).toEqual([3, true, 12]);
    expect(state.shops().map((shop) => [shop.timeZone, shop.dayStartHour])).toEqual([
      ['Europe/Copenhagen', 0],
      ['America/New_York', 0],
      ['Australia/Adelaide', 5],
    ]);
    expect(world.golden()).toEqual({});
    for (const id of [0, 1, -1, 1.5, Number.NaN]) expect(state.sale(id)).toBeUndefined();
  });

  it('refuses options that make no world', () => {
    for (const options of [{ days: 0 }, { sales: -1 }, { shops: 0 }, { customers: 1.5 }, { seed: Number.NaN }]) {
      expect(() => createWorld(options)).toThrow(RangeError);
    }
  });

  it('R §8.2: every completed sale is paid to the cent, by arithmetic of its own', () => {
    const world = createWorld({ seed: 3, sales: 4000, customers: 300 });
    let checked = 0;
    for (const record of recordsOf(world, world.window.until)) {
      if (!record.completed) continue;
      checked += 1;
      const paid = record.payments
        .filter((payment) => !payment.archived)
        .reduce((sum, payment) => sum.plus(payment.amount).minus(payment.tip), new Big(0));
      expect([record.name, paid.minus(record.cashRounding).toFixed(2)]).toEqual([record.name, totalOf(record).toFixed(2)]);
    }
    expect(checked).toBeGreaterThan(3500);
  });

  it('references hold: items, employees, registers, customers, lines given back', () => {
    const world = createWorld({ sales: 3000, customers: 100 });
    const state = world.at(world.window.until);
    const ids = (rows: readonly { readonly id: string }[]): Set<string | null> =>
      new Set<string | null>([null, ...rows.map((row) => row.id)]);
    const [items, employees, registers, customers, shops] = [
      state.items(),
      state.employees(),
      state.registers(),
      state.customers(),
      state.shops(),
    ].map(ids);
    const records = recordsOf(world, world.window.until);
    const lines = new Map(records.flatMap((record) => record.lines.map((line) => [line.id, line] as const)));
    const payments = records.flatMap((record) => record.payments.map((payment) => payment.id));
    expect(new Set(payments).size).toBe(payments.length);
    expect(lines.size).toBe(records.reduce((sum, record) => sum + record.lines.length, 0));
    let givenBack = 0;
    for (const record of records) {
      expect([
        employees?.has(record.employeeId),
        registers?.has(record.registerId),
        customers?.has(record.customerId),
        shops?.has(record.shopId),
      ]).not.toContain(false);
      for (const line of record.lines) {
        expect(items?.has(line.itemId)).toBe(true);
        if (line.parentLineId === null || !line.quantity.startsWith('-')) continue;
        givenBack += 1;
        expect(lines.get(line.parentLineId)?.itemId).toBe(line.itemId);
      }
    }
    expect(givenBack).toBeGreaterThan(60);
  });
});

describe('the clock of the world', () => {
  const world = createWorld({ seed: 2, sales: 1500, days: 60, customers: 60 });
  const { from, until } = world.window;
  const moments = [from - 1000, from + 0.3 * (until - from), world.lateEditsFrom, until].map(
    (at) => Math.floor(at / 1000) * 1000,
  );

  it.each(['id', 'createTime', 'timeStamp', 'updateTime', 'completeTime'] as const)(
    'walks by %s like a sorted list, from anywhere, both ways, at any moment',
    (order) => {
      for (const now of moments) {
        const state = world.at(now);
        const all = recordsOf(world, now);
        expect(state.saleCount()).toBe(all.length);
        const value = (stamps: SaleStamps): number => stamps[order] ?? Number.NaN;
        for (const descending of [false, true]) {
          const sign = descending ? -1 : 1;
          const sorted = all
            .filter((record) => !Number.isNaN(value(record)))
            .sort((a, b) => sign * (value(a) - value(b) || a.id - b.id));
          const middle = sorted[Math.floor(sorted.length / 2)];
          const walks: SaleWalk[] = [{ order, descending }];
          if (middle !== undefined)
            walks.push(
              { order, descending, from: value(middle) },
              { order, descending, from: value(middle), afterId: middle.id },
            );
          for (const walk of walks) {
            const expected = sorted.filter((record) => isFrom(record, walk, sign));
            expect([...state.walk(walk)].map((stamps) => stamps.id)).toEqual(expected.map((record) => record.id));
          }
        }
        expect([...state.walk({ order: 'id', afterId: 5 })].map((stamps) => stamps.id)).toEqual(
          all.map((record) => record.id).filter((id) => id > 5),
        );
      }
    },
  );

  it('R §9: an edit or a void after completion moves only the update time; open tickets move all', () => {
    const before = new Map(recordsOf(world, world.lateEditsFrom).map((record) => [record.id, record]));
    const changed = recordsOf(world, until).filter((record) => record.version !== before.get(record.id)?.version);
    expect(changed.length).toBeGreaterThan(2);
    for (const record of changed) {
      const old = before.get(record.id);
      expect(record.updateTime).toBeGreaterThan(world.lateEditsFrom);
      if (old === undefined) continue;
      expect([record.timeStamp, record.completeTime]).toEqual([old.timeStamp, old.completeTime]);
      expect(record.updateTime).toBeGreaterThan(old.updateTime);
    }
    // Nothing else goes on in that hour, so that an import before it sees all ordinary trade.
    expect(recordsOf(world, world.lateEditsFrom - 3600_000).length).toBe(before.size);
    const late = changed.find((record) => record.name.includes('back-dated'));
    expect(late?.completeTime).toBeLessThan(world.lateEditsFrom - 86_400_000);
    expect(late?.timeStamp).toBe(late?.completeTime);
    for (const record of recordsOf(world, until)) {
      expect(record.updateTime).toBeGreaterThanOrEqual(record.timeStamp);
      if (!record.completed && !record.voided) expect([record.completeTime, record.timeStamp]).toEqual([null, record.updateTime]);
      if (record.voided) expect(record.completed).toBe(false);
    }
  });

  it('D14: late edits change the truth of days long gone', () => {
    const [early, late] = [world.truth(world.lateEditsFrom), world.truth(until)];
    expect(early.totals).not.toEqual(late.totals);
    const kept = new Set(late.cells.map((cell) => JSON.stringify(cell)));
    const gone = early.cells.filter((cell) => !kept.has(JSON.stringify(cell)));
    expect(gone.length).toBeGreaterThan(1);
    expect(gone.every((cell) => cell.day < '2026-11-24')).toBe(true);
  });

  it('the truth of a moment is the truth of what can be seen then', () => {
    const now = moments[1] ?? 0;
    const open = recordsOf(world, now).filter((record) => record.completed).length;
    const { totals } = world.truth(now);
    const counted = ['transactions', 'return_transactions', 'other_transactions'].reduce(
      (sum, name) => sum + Number(totals[name] ?? 0),
      0,
    );
    expect(counted).toBe(open);
    expect(world.truth(from - 1000).cells).toEqual([]);
  });

  it('every void has its row, ids follow time', () => {
    const rows = world.at(until).saleVoids();
    expect(rows.map((row) => row.saleId).sort((a, b) => a - b)).toEqual(
      recordsOf(world, until)
        .filter((record) => record.voided)
        .map((record) => record.id),
    );
    expect(rows.map((row) => row.createTime)).toEqual(rows.map((row) => row.createTime).sort((a, b) => a - b));
    expect(world.at(world.lateEditsFrom).saleVoids().length).toBeLessThan(rows.length);
  });
});

describe('a large world', () => {
  function countingBook(sales: number): { book: SaleBook; ordinary: Ordinary; calls: { rolled: number } } {
    const shops = makeShops(3);
    const plan = planTrade(1, shops, LAST_DAY - 89, LAST_DAY, sales);
    const calls = { rolled: 0 };
    const times = (index: number): ReturnType<typeof plan.times> => {
      calls.rolled += 1;
      return plan.times(index);
    };
    const ordinary = { seed: 1, plan: { ...plan, times }, items: makeItems(1), customers: 10, shops: 3 };
    return { book: new SaleBook(ordinary, []), ordinary, calls };
  }

  function take(walk: Iterable<SaleStamps>, count: number): number[] {
    const ids: number[] = [];
    for (const stamps of walk) {
      ids.push(stamps.id);
      if (ids.length === count) break;
    }
    return ids;
  }

  it.each([2000, 100_000])(
    'rolls each sale once for its index; then a page costs its own sales, wherever it lies (%i sales)',
    (sales) => {
      const { book, calls } = countingBook(sales);
      const now = Number.MAX_SAFE_INTEGER;
      expect(calls.rolled).toBe(0);
      book.count(now);
      expect(calls.rolled).toBe(sales);
      calls.rolled = 0;
      const middle = book.stamps(Math.floor(sales / 2), now)?.updateTime ?? 0;
      for (const order of ['id', 'updateTime', 'timeStamp', 'completeTime'] satisfies SaleOrder[]) {
        expect(take(book.walk({ order, from: order === 'id' ? sales / 2 : middle }, now), 100)).toHaveLength(100);
      }
      expect(calls.rolled).toBe(0);
      for (let id = sales / 2; id < sales / 2 + 100; id += 1) book.events(id);
      // A refund looks back for what it gives back: a handful each.
      expect(calls.rolled).toBeGreaterThanOrEqual(100);
      expect(calls.rolled).toBeLessThan(500);
    },
  );

  it('its index agrees with the events themselves', () => {
    const { ordinary } = countingBook(3000);
    for (let index = 0; index < 3000; index += 1)
      expect(ordinaryVersions(ordinary, index)).toEqual(versionsOf(ordinaryEvents(ordinary, index)));
  });
});

function isFrom(record: SaleStamps, walk: SaleWalk, sign: number): boolean {
  if (walk.from === undefined) return true;
  const ahead = sign * ((record[walk.order] ?? 0) - walk.from);
  return ahead > 0 || (ahead === 0 && (walk.afterId === undefined || sign * (record.id - walk.afterId) > 0));
}

/** R §8.2 with the readings of types.ts, from the record, by big.js. */
function totalOf(record: SaleRecord): Big {
  let [subtotal, discount, tax1, tax2] = [new Big(0), new Big(0), new Big(0), new Big(0)];
  for (const line of record.lines) {
    const sub = new Big(line.quantity).times(line.price);
    const off =
      line.discountPercent === '0' ? new Big(line.discountAmount) : sub.times(line.discountPercent).round(2, Big.roundHalfUp);
    const share = sub.minus(off).times(record.ticketDiscountPercent);
    const amount = sub.minus(off).minus(share);
    subtotal = subtotal.plus(sub);
    discount = discount.plus(off).plus(share);
    if (!line.taxed) continue;
    tax1 = tax1.plus(amount.times(line.taxRates[0]));
    tax2 = tax2.plus(amount.times(line.taxRates[1]));
  }
  const round = (value: Big): Big => value.round(2, Big.roundHalfUp);
  const charged = round(subtotal).minus(round(discount));
  return record.taxInclusive ? charged : charged.plus(round(tax1)).plus(round(tax2));
}

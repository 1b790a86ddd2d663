import { Big } from 'big.js';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { RingUp } from '../events.ts';
import type { XGoldenName } from '../golden-names.ts';
import { GOLDEN_BOTH, GOLDEN_X } from '../golden-names.ts';
import type { XRegister, XSaleRecord, XSaleStamps, XState, XWorld } from '../x-types.ts';
import { instantText } from '../zone.ts';
import { createXWorld } from './create.ts';
import { X_PAYMENT_TYPES } from './business.ts';
import { makeIds } from './ids.ts';

const MEASURES = [
  'gross_sales discounts returns net_sales turnover gross_sales_incl discounts_incl returns_incl net_sales_incl turnover_incl',
  'tax transactions return_transactions other_transactions identified_transactions goods_sold goods_returned fees fees_incl shipping',
  'price_rule_discount gift_cards_sold deposits store_credit rounding payments tips gift_cards_redeemed on_account',
].flatMap((words) => words.split(' '));

const LISTS = [
  'outlets', 'registers', 'users', 'paymentTypes', 'taxes', 'outletTaxes', 'customers', 'customerGroups', 'products', 'productTypes',
  'productCategories', 'brands', 'tags', 'suppliers', 'inventory', 'priceBooks', 'priceBookProducts', 'giftCards', 'storeCredits', 'promotions',
  'consignments',
] as const; // prettier-ignore

function recordsOf(state: XState): XSaleRecord[] {
  return [...state.sales()].map((stamps) => {
    const record = state.sale(stamps.id);
    if (record === undefined) throw new Error(`sale ${stamps.id} is walked but not there`);
    expect(record).toMatchObject(stamps);
    return record;
  });
}

const ringUp = (sale: string, at: string, more: Partial<RingUp> = {}): RingUp => ({
  event: 'ring_up',
  sale,
  at,
  shop: '1',
  register: '1',
  taxRates: ['0.25', '0'],
  lines: [{ quantity: '1', price: '100' }],
  payments: [{ tender: 'card', amount: '125' }],
  ...more,
});

describe('a seeded X-Series retailer', () => {
  it('is the same for the same seed, another one for another', () => {
    const [one, same, other] = [5, 5, 6].map((seed) => createXWorld({ seed, sales: 500, days: 60, customers: 80 }));
    if (one === undefined || same === undefined || other === undefined) throw new Error('three worlds');
    const until = one.window.until;
    expect(recordsOf(same.at(until))).toEqual(recordsOf(one.at(until)));
    for (const list of LISTS) expect(same.at(until)[list]()).toEqual(one.at(until)[list]());
    expect(same.truth(until)).toEqual(one.truth(until));
    expect(other.truth(until).totals).not.toEqual(one.truth(until).totals);
  });

  it('keeps the ids of the default seed: documents name them', () => {
    const state = createXWorld({ sales: 0, customers: 2 }).at(0);
    expect(state.outlets().map((row) => row.id)).toEqual([
      '00000001-111a-11f1-a001-0a004554cad0',
      '00000002-111a-11f1-a001-0a004554cad0',
      '00000003-111a-11f1-a001-0a004554cad0',
    ]);
    expect(state.retailer()).toMatchObject({
      discountProductId: '000003e9-1a1a-11f1-a001-0a004554cad0',
      walkInCustomerId: '00000000-181a-11f1-a001-0a004554cad0',
    });
    const ids = makeIds(1);
    expect(ids.read('sale', ids.of('sale', 5_000_000_000))).toBe(5_000_000_000);
    expect([ids.read('sale', ids.of('line', 7)), ids.read('sale', makeIds(2).of('sale', 7)), ids.read('sale', 'x')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([1, 7, 20_261_123])(
    'plays every golden trade name and has every measure of the X-Series in 90 days (seed %i)',
    (seed) => {
      const world = createXWorld({ seed, sales: 3000, customers: 200 });
      const names: readonly string[] = [...GOLDEN_BOTH, ...GOLDEN_X];
      const played = world.golden();
      expect(names.filter((name) => (played[name] ?? 0) < 1)).toEqual([]);
      expect(Object.keys(played).filter((name) => !names.includes(name))).toEqual([]);
      const { totals } = world.truth(world.window.until);
      const ids = makeIds(seed);
      const measures = [
        ...MEASURES,
        // Rounded coins are no takings.
        ...X_PAYMENT_TYPES.filter((type) => type.tender !== 'rounding').map(
          (type) => `payments:${ids.of('payment_type', type.number)}`,
        ),
      ];
      expect(measures.filter((name) => Number(totals[name] ?? 0) === 0)).toEqual([]);
      expect(Object.keys(totals).filter((name) => !measures.includes(name))).toEqual([]);
    },
  );

  it.each([
    { days: 20, sales: 300, shops: 3, customers: 50 },
    { days: 1, sales: 1, shops: 1, customers: 0 },
    { days: 90, sales: 900, shops: 7, customers: 10 },
    { days: 400, sales: 500, shops: 1, customers: 5 },
  ])('keeps to its options: %o', (options) => {
    const state = createXWorld(options).at(Date.parse('2026-11-24T06:00:00Z'));
    expect(state.saleCount()).toBe(options.sales);
    expect(new Set(recordsOf(state).map((record) => record.id)).size).toBe(options.sales);
    expect(state.customers()).toHaveLength(options.customers + 1);
    expect(state.outlets().filter((outlet) => outlet.deletedAt === null)).toHaveLength(options.shops);
  });

  it('refuses options that make none', () => {
    for (const options of [{ days: 0 }, { sales: -1 }, { shops: 0 }, { customers: 1.5 }]) {
      expect(() => createXWorld(options)).toThrow(RangeError);
    }
  });

  it('has a world in which nothing was sold', () => {
    const world = createXWorld({ sales: 0, customers: 3 });
    const state = world.at(world.window.until);
    expect([state.saleCount(), [...state.sales()], state.storeCredits()]).toEqual([0, [], []]);
    expect(world.truth(world.window.until)).toEqual({ currency: 'DKK', minorDigits: 2, cells: [], totals: {} });
    expect(state.outlets().map((outlet) => [outlet.timeZone, outlet.dayStartHour])).toEqual([
      ['Europe/Copenhagen', 0],
      ['America/New_York', 0],
      ['Australia/Adelaide', 5],
    ]);
    expect(state.sale('')).toBeUndefined();
  });
});

describe('its documents', () => {
  const world = createXWorld({ seed: 3, sales: 3000, customers: 300 });
  const state = world.at(world.window.until);
  const records = recordsOf(state);

  it('X §6: totals are the sums of what is not voided, by arithmetic of its own, and always add up', () => {
    for (const record of records) {
      let [net, tax] = [new Big(0), new Big(0)];
      for (const line of record.lines) {
        const product = (unit: number): string => new Big(unit).times(line.quantity).round(5, Big.roundHalfUp).toFixed();
        expect([line.priceTotal, line.discountTotal, line.taxTotal].map(String)).toEqual(
          [line.price, line.discount, line.tax].map((unit) => String(Number(product(unit)))),
        );
        if (line.status === 'VOIDED') continue;
        net = net.plus(line.priceTotal);
        tax = tax.plus(line.taxTotal);
      }
      for (const one of record.adjustments) {
        net = net.plus(one.value);
        for (const component of one.taxComponents) tax = tax.plus(component.totalTax);
      }
      for (const charge of record.customCharges) {
        net = net.plus(charge.total);
        tax = tax.plus(charge.totalTax);
      }
      const round = (value: Big): number => value.round(2, Big.roundHalfUp).toNumber();
      expect([record.name, record.totalPrice, record.totalPriceIncl]).toEqual([record.name, round(net), round(net.plus(tax))]);
      expect(new Big(record.totalPrice).plus(record.totalTax).toNumber()).toBe(record.totalPriceIncl);
    }
  });

  it('undeleted payments of a closed sale add up to its total', () => {
    let closed = 0;
    for (const record of records) {
      if (record.state !== 'closed') continue;
      closed += 1;
      const paid = record.payments.reduce((sum, one) => (one.deletedAt === null ? sum.plus(one.amount) : sum), new Big(0));
      expect([record.name, paid.toNumber()]).toEqual([record.name, record.totalPriceIncl]);
    }
    expect(closed).toBeGreaterThan(2700);
  });

  it('D13: what counts in the documents is what the truth counts', () => {
    const { totals } = world.truth(world.window.until);
    const counted = records.filter(
      (record) =>
        record.deletedAt === null &&
        (record.state === 'closed' ||
          (record.state === 'pending' &&
            record.attributes.includes('onaccount') &&
            !record.attributes.some((one) => one === 'delivery' || one === 'pickup' || one === 'service'))),
    );
    const sorts = ['transactions', 'return_transactions', 'other_transactions'].map((name) => Number(totals[name] ?? 0));
    expect(sorts.reduce((sum, one) => sum + one, 0)).toBe(counted.length);
    const walkIn = state.retailer().walkInCustomerId;
    const { discountProductId, giftCardProductId, accountPaymentProductId } = state.retailer();
    const internal = new Set([discountProductId, giftCardProductId, accountPaymentProductId]);
    const goods = (record: XSaleRecord): boolean =>
      record.lines.some((line) => line.status !== 'VOIDED' && line.quantity > 0 && !internal.has(line.productId));
    expect(totals['transactions']).toBe(counted.filter(goods).length);
    expect(totals['identified_transactions']).toBe(counted.filter((one) => goods(one) && one.customerId !== walkIn).length);
    const payments = records
      .filter((record) => record.deletedAt === null && record.state !== 'voided')
      .flatMap((record) => record.payments.filter((one) => one.deletedAt === null));
    const cash = payments.filter((one) => one.typeId === 1).reduce((sum, one) => sum + Math.round(one.amount * 100), 0);
    expect(totals[`payments:${makeIds(3).of('payment_type', 1)}`]).toBe(cash);
  });

  it('X §6.5 §6.6: every status and shape a till makes is there', () => {
    const statuses = new Set(records.map((record) => record.status));
    expect([...statuses].sort()).toEqual(
      [
        'SAVED OPEN VOIDED CLOSED ONACCOUNT ONACCOUNT_CLOSED LAYBY LAYBY_CLOSED AWAITING_DISPATCH DISPATCHED_CLOSED',
        'AWAITING_PICKUP PICKED_UP_CLOSED SERVICE SERVICE_CLOSED',
      ]
        .flatMap((words) => words.split(' '))
        .sort(),
    );
    const byId = new Map(records.map((record) => [record.id, record]));
    const back = records.filter((record) => record.returnFor !== null);
    expect(back.length).toBeGreaterThan(100);
    for (const record of back) {
      const original = byId.get(record.returnFor ?? '');
      expect(original?.returnIds).toContain(record.id);
      expect(original?.version).toBeGreaterThanOrEqual(record.version - 256);
      expect(record.lines.some((line) => line.isReturn && line.quantity < 0)).toBe(true);
    }
    expect(records.flatMap((record) => record.returnIds)).toHaveLength(back.length);
    const late = records.filter((record) => record.createdAt > record.saleDate + 3_600_000 && record.state === 'closed');
    expect(late.length).toBeGreaterThan(5);
    expect(records.filter((record) => record.deletedAt !== null).length).toBeGreaterThan(0);
    expect(records.filter((record) => record.source === 'QUOTE').length).toBeGreaterThan(0);
    const names = new Set(records.flatMap((record) => record.payments.filter((one) => one.typeId === 3).map((one) => one.name)));
    expect([...names].sort()).toEqual(['Card', 'Card terminal']);
    const charged = records.flatMap((record) => record.adjustments.map((one) => one.type));
    expect([...new Set(charged)].sort()).toEqual(['NON_CASH_FEE', 'SURCHARGE', 'TIP']);
  });

  it('references hold, ids are unique', () => {
    const known = (rows: readonly { readonly id: string }[]): Set<string> => new Set(rows.map((row) => row.id));
    const [outlets, registers, users, customers, products, types] = [
      state.outlets(), state.registers(), state.users(), state.customers(), state.products(), state.paymentTypes(),
    ].map(known); // prettier-ignore
    const taxes = new Map(state.taxes().map((tax) => [tax.id, new Set(tax.rates.map((rate) => rate.id))]));
    const rates = new Set([...taxes.values()].flatMap((set) => [...set]));
    for (const record of records) {
      expect([
        outlets?.has(record.outletId),
        registers?.has(record.registerId),
        users?.has(record.userId),
        customers?.has(record.customerId),
      ]).toEqual([true, true, true, true]);
      for (const line of record.lines) {
        expect([products?.has(line.productId), taxes.has(line.taxId)]).toEqual([true, true]);
        // The line of a ticket discount bears the components of all the others.
        for (const { rateId } of line.taxComponents) expect(rates.has(rateId)).toBe(true);
      }
      for (const payment of record.payments)
        expect([types?.has(payment.paymentTypeId), registers?.has(payment.registerId)]).toEqual([true, true]);
      for (const { rateId } of record.taxes) expect(rates.has(rateId)).toBe(true);
    }
    const parts = records.flatMap((record) => [...record.lines, ...record.payments].map((one) => one.id));
    expect(new Set(parts).size).toBe(parts.length);
    for (const row of state.inventory()) expect([products?.has(row.productId), outlets?.has(row.outletId)]).toEqual([true, true]);
    for (const row of state.giftCards()) {
      const moved = row.transactions.reduce((sum, one) => sum.plus(one.amount), new Big(0));
      expect([row.number, moved.toNumber()]).toEqual([row.number, row.balance]);
    }
    for (const list of LISTS) expect(state[list]().length, list).toBeGreaterThan(1);
  });
});

describe('its versions', () => {
  const world = createXWorld({ seed: 2, sales: 1500, customers: 120 });
  const { from, until } = world.window;
  const moments = Array.from(
    { length: 25 },
    (_unused, step) => from + ((until - from) * step) / 24 - ((((until - from) * step) / 24) % 1000),
  );

  /** What one who follows the feed of a list ends up with, row by row, reading at each moment what has a higher version. */
  function follow(
    rowsAt: (state: XState, after: number) => { readonly id: string; readonly version: number }[],
  ): Map<string, number> {
    const kept = new Map<string, number>();
    let after = 0;
    for (const now of [...moments, world.lateEditsFrom, until].sort((a, b) => a - b)) {
      for (const row of rowsAt(world.at(now), after)) {
        expect(row.version).toBeGreaterThan(kept.get(row.id) ?? 0);
        kept.set(row.id, row.version);
      }
      after = Math.max(after, ...kept.values());
    }
    return kept;
  }

  it('are ascending and unique over everything the retailer has', () => {
    const state = world.at(until);
    const sales = [...state.sales()].map((row) => row.version);
    expect(sales).toEqual([...sales].sort((a, b) => a - b));
    const all = [...sales, state.retailer().version];
    for (const list of LISTS) {
      const versions = state[list]().map((row) => row.version);
      expect([list, versions]).toEqual([list, [...versions].sort((a, b) => a - b)]);
      all.push(...versions);
    }
    expect(new Set(all).size).toBe(all.length);
    expect(Math.max(...all)).toBeLessThanOrEqual(state.versionAt(until));
  });

  it('miss nothing: who reads on from the highest seen has the newest of every sale, at every moment', () => {
    const seen = follow((state, after) => [...state.sales({ after })]);
    expect(seen).toEqual(new Map([...world.at(until).sales()].map((row) => [row.id, row.version])));
    for (const list of [
      'customers',
      'inventory',
      'registers',
      'products',
      'consignments',
      'outlets',
      'giftCards',
      'storeCredits',
    ] as const) {
      const rows = follow((state, after) => state[list]().filter((row) => row.version > after));
      const last = world.at(until)[list]();
      expect([list, rows]).toEqual([list, new Map(last.map((row) => [row.id, row.version]))]);
    }
  });

  it('page by any size, with bounds', () => {
    const state = world.at(until);
    const all = [...state.sales()];
    for (const size of [1, 7, 500]) {
      const paged: XSaleStamps[] = [];
      for (let after = 0; ; after = paged.at(-1)?.version ?? 0) {
        const page: XSaleStamps[] = [];
        for (const row of state.sales({ after })) {
          page.push(row);
          if (page.length === size) break;
        }
        if (page.length === 0) break;
        paged.push(...page);
        if (size === 1 && paged.length > 60) break;
      }
      expect(paged).toEqual(all.slice(0, paged.length));
      if (size > 1) expect(paged).toHaveLength(all.length);
    }
    const [low, high] = [all[100]?.version ?? 0, all[200]?.version ?? 0];
    expect([...state.sales({ after: low, before: high })]).toEqual(all.slice(101, 200));
  });

  it('know what was there before a moment', () => {
    const now = moments[12] ?? 0;
    const after = world.at(until).versionAt(now);
    const changed = new Set([...world.at(until).sales({ after })].map((row) => row.id));
    for (const row of world.at(until).sales()) expect([row.id, changed.has(row.id)]).toEqual([row.id, row.updatedAt > now]);
    expect([...world.at(now).sales()].every((row) => row.version <= after)).toBe(true);
  });

  it('a state is what was told up to its moment', () => {
    const early = recordsOf(world.at(world.lateEditsFrom));
    const late = new Map(recordsOf(world.at(until)).map((record) => [record.id, record]));
    const changed = early.filter((record) => late.get(record.id)?.version !== record.version);
    expect(changed.length).toBeGreaterThan(2);
    for (const record of changed) expect(late.get(record.id)?.updatedAt).toBeGreaterThan(world.lateEditsFrom);
    const same = early.filter((record) => late.get(record.id)?.version === record.version);
    for (const record of same) expect(late.get(record.id)).toEqual(record);
    expect(world.truth(world.lateEditsFrom).totals).not.toEqual(world.truth(until).totals);
    expect(world.at(from - 86_400_000).saleCount()).toBe(0);
  });

  it('find sales by their date', () => {
    const state = world.at(until);
    const all = recordsOf(state);
    const [low, high] = [from + 20 * 86_400_000, from + 23 * 86_400_000];
    const expected = all.filter((record) => record.saleDate >= low && record.saleDate < high).map((record) => record.id);
    const found = [...state.salesDated(low, high)].map((row) => row.id);
    expect([...found].sort()).toEqual([...expected].sort());
    const dates = found.map((id) => state.sale(id)?.saleDate ?? 0);
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect([...state.salesDated(0, Number.POSITIVE_INFINITY)]).toHaveLength(all.length);
  });
});

describe('what is played', () => {
  const middle = Date.parse('2026-10-10T12:00:00Z');

  function small(): XWorld {
    return createXWorld({ seed: 9, sales: 400, customers: 30 });
  }

  it('appears above all versions there were, and pushes on what is still to come', () => {
    const world = small();
    const before = new Map([...world.at(middle).sales()].map((row) => [row.id, row.version]));
    const top = world.at(middle).versionAt(middle);
    const events = Array.from({ length: 700 }, (_unused, n) => ringUp(`p${n}`, '2026-10-10T09:00:00Z', { customer: '5' }));
    for (const event of events) world.play([event], middle);
    const now = world.at(middle);
    const fresh = [...now.sales({ after: top })];
    expect(fresh.map((row) => row.id)).toEqual(events.map((event) => world.saleId(event.sale)));
    for (const [id, version] of before) expect([id, now.sale(id)?.version]).toEqual([id, version]);
    expect(fresh[0]).toMatchObject({ createdAt: middle });
    expect(now.sale(fresh[0]?.id ?? '')?.saleDate).toBe(Date.parse('2026-10-10T09:00:00Z'));
    const last = fresh.at(-1)?.version ?? 0;
    const end = world.at(world.window.until);
    for (const row of end.sales({ after: last })) expect(row.updatedAt).toBeGreaterThan(middle);
    expect(end.saleCount()).toBe(1100);
    expect(new Set([...end.sales()].map((row) => row.version)).size).toBe(1100);
    world.reset();
    expect([...world.at(middle).sales()].map((row) => row.version)).toEqual([...before.values()]);
  });

  it('changes sales of the world: edits, voids, returns, deletions; customers and stock go with them', () => {
    const world = small();
    const { until } = world.window;
    const name =
      recordsOf(world.at(until)).find((record) => record.status === 'CLOSED' && record.returnIds.length === 0)?.name ?? '';
    const id = world.saleId(name) ?? '';
    const top = world.at(until).versionAt(until);
    const at = instantText(until);
    const back = ringUp('back', at, {
      customer: '7',
      lines: [{ quantity: '-1', price: '10', item: '2', returns: `${name}/1` }],
      payments: [],
    });
    world.play([back], until);
    const after = world.at(until);
    expect([...after.sales({ after: top })].map((row) => row.id)).toEqual([world.saleId('back'), id]);
    expect(after.sale(id)?.returnIds).toEqual([world.saleId('back')]);
    const ids = makeIds(9);
    expect(after.customers().at(-1)).toMatchObject({ id: ids.of('customer', 7) });
    expect(after.customers().at(-1)?.version).toBeGreaterThan(top);
    expect(after.inventory().at(-1)).toMatchObject({ productId: ids.of('product', 2), outletId: ids.of('outlet', 1) });
    world.play([{ event: 'void', sale: name, at }], until);
    const voided = world.at(until).sale(id);
    expect([voided?.state, voided?.status, voided?.payments.every((one) => one.deletedAt === until)]).toEqual([
      'voided',
      'VOIDED',
      true,
    ]);
    world.play([{ event: 'edit', sale: 'back', at, deleted: true }], until);
    expect(world.at(until).sale(world.saleId('back') ?? '')).toMatchObject({ deletedAt: until, status: 'CLOSED' });
  });

  it('takes ids of the API for names', () => {
    const world = createXWorld({ sales: 0, customers: 5 });
    const ids = makeIds(1);
    const event = ringUp('a', '2026-10-10T09:00:00Z', {
      shop: ids.of('outlet', 2),
      register: ids.of('register', 4),
      customer: ids.of('customer', 3),
      lines: [{ quantity: '1', price: '100', item: ids.of('product', 12) }],
    });
    world.play([event]);
    expect(world.at(middle).sale(world.saleId('a') ?? '')).toMatchObject({
      outletId: ids.of('outlet', 2),
      registerId: ids.of('register', 4),
      customerId: ids.of('customer', 3),
      lines: [{ productId: ids.of('product', 12) }],
    });
  });

  it('gives a sale the id its client chose, and takes ids of sales for their names', () => {
    const world = small();
    const [planned] = recordsOf(world.at(middle));
    const chosen = '0a1b2c3d-0002-11f1-a001-0242ac120001';
    world.play([ringUp(chosen, '2026-10-10T09:00:00Z')], middle);
    const [line] = world.at(middle).sale(chosen)?.lines ?? [];
    world.play(
      [
        ringUp('back', '2026-10-10T10:00:00Z', {
          lines: [{ quantity: '-1', price: '10', returns: `${chosen}/${line?.id ?? ''}` }],
          payments: [],
        }),
        { event: 'edit', sale: chosen, at: '2026-10-10T10:30:00Z', note: 'seen' },
        { event: 'void', sale: planned?.id ?? '', at: '2026-10-10T11:00:00Z' },
      ],
      middle,
    );
    const state = world.at(middle);
    expect(world.saleId(chosen)).toBe(chosen);
    expect(state.sale(chosen)).toMatchObject({ id: chosen, note: 'seen', returnIds: [world.saleId('back')] });
    expect(state.sale(world.saleId('back') ?? '')?.returnFor).toBe(chosen);
    expect(state.sale(planned?.id ?? '')?.state).toBe('voided');
    expect([...state.sales()].filter((row) => row.id === chosen)).toHaveLength(1);
    expect(() => world.play([ringUp(planned?.id ?? '', '2026-10-10T09:00:00Z')], middle)).toThrow('rung up twice');
    world.reset();
    expect(world.at(middle).sale(chosen)).toBeUndefined();
  });

  it('tills are opened and closed by hand, with sessions of their own until the next day begins', () => {
    const world = small();
    const id = makeIds(9).of('register', 1);
    const till = (now: number): XRegister | undefined =>
      world
        .at(now)
        .registers()
        .find((row) => row.id === id);
    const minute = 60_000;
    const first = till(middle);
    world.play([{ event: 'close_register', register: id, at: instantText(middle) }], middle);
    expect(till(middle)).toMatchObject({ isOpen: false, closedAt: middle, sessionId: first?.sessionId });
    world.play([{ event: 'open_register', register: id, at: instantText(middle + minute) }], middle + minute);
    const second = till(middle + minute);
    expect(second).toMatchObject({ isOpen: true, openedAt: middle + minute, sessionNumber: (first?.sessionNumber ?? 0) + 1 });
    const at = instantText(middle + 2 * minute);
    world.play([ringUp('later', at), ringUp('earlier', instantText(middle - minute))], middle + 2 * minute);
    const sessions = ['later', 'earlier'].map(
      (name) => world.at(middle + 2 * minute).sale(world.saleId(name) ?? '')?.completeSessionId,
    );
    expect(sessions).toEqual([second?.sessionId, first?.sessionId]);
    const third = till(middle + 86_400_000);
    expect(third?.isOpen).toBe(true);
    expect(new Set([first, second, third].map((row) => row?.sessionId)).size).toBe(3);
    expect(third?.sessionNumber).toBe((second?.sessionNumber ?? 0) + 1);
  });

  it('makes a tax of rates nobody charged before, and a customer of a new one', () => {
    const world = createXWorld({ sales: 0, customers: 5 });
    const before = world.at(middle).taxes().length;
    world.play([
      ringUp('a', '2026-10-10T09:00:00Z', { taxRates: ['0.05', '0.09975'] }),
      { event: 'save_customer', at: '2026-10-10T09:00:00Z', firstName: 'Vera' },
    ]);
    const state = world.at(middle);
    expect(state.taxes().slice(before)).toMatchObject([{ rates: [{ rate: 0.05 }, { rate: 0.09975 }] }]);
    const line = state.sale(world.saleId('a') ?? '')?.lines[0];
    expect(line?.taxId).toBe(state.taxes().at(-1)?.id);
    expect(line?.taxComponents.map((one) => one.totalTax)).toEqual([5, 9.975]);
    expect(state.customers().at(-1)).toMatchObject({ firstName: 'Vera', id: makeIds(1).of('customer', 6) });
  });

  it('refuses what no till could have seen, and takes nothing of it', () => {
    const world = small();
    const at = '2026-10-10T09:00:00Z';
    const good = ringUp('good', at);
    const line = { quantity: '1', price: '1' } as const;
    const bad: Partial<RingUp>[] = [
      { shop: '99' },
      { register: '99' },
      { attributes: ['onaccount', 'layby'] },
      { attributes: ['pickup', 'delivery'] },
      { attributes: ['unheard' as never] },
      { lines: [{ ...line, kind: 'fee' }] },
      { lines: [{ ...line, kind: 'store_credit' }] },
      { lines: [{ ...line, discountPercent: '0.1', discountAmount: '1' }] },
      { lines: [{ ...line, returns: 'nobody/1' }] },
      { lines: [{ ...line, quantity: 'two' }] },
      { payments: [{ tender: 'card', amount: '5', tip: '1' }] },
      { payments: [{ tender: 'pebbles' as never, amount: '5' }] },
      { payments: [{ tender: 'card', amount: '' }] },
      { customer: 'somebody' },
      { at: 'yesterday' },
      { backdatedTo: '2027-01-01T00:00:00Z' },
    ];
    for (const more of bad) {
      expect(() => world.play([good, ringUp('bad', at, more)]), JSON.stringify(more)).toThrow(RangeError);
      expect(world.saleId('good')).toBeUndefined();
    }
    expect(() => world.play([good, { event: 'move_register', register: '1', shop: '77', at }])).toThrow(RangeError);
    expect(() => world.play([{ event: 'edit', sale: 'nobody', at }])).toThrow(RangeError);
    expect(() => world.play([good, { event: 'void', sale: 'good', at }, { event: 'edit', sale: 'good', at }])).toThrow(
      RangeError,
    );
    expect(world.saleId('good')).toBeUndefined();
  });
});

describe('the golden trade names are played as they are called', () => {
  const world = createXWorld({ seed: 4, sales: 400, customers: 40 });
  const state = world.at(world.window.until);
  const outlets = new Map(state.outlets().map((outlet) => [outlet.id, outlet]));

  function played(name: XGoldenName): XSaleRecord[] {
    const records: XSaleRecord[] = [];
    for (let n = 1; ; n += 1) {
      const record = state.sale(world.saleId(`golden ${name} ${n}`) ?? '');
      if (record === undefined) return records;
      records.push(record);
    }
  }

  function wall(sale: XSaleRecord, at: number = sale.saleDate): string {
    const zone = outlets.get(sale.outletId)?.timeZone ?? 'UTC';
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never' });
  }

  it('at the edges of days and in the nights of change-over', () => {
    expect(played('last second before midnight').map((sale) => wall(sale))).toEqual(['2026-09-05T23:59:59+02:00']);
    expect(played('25 h day').map((sale) => wall(sale))).toEqual([
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '2026-10-25T23:30:00+01:00',
    ]);
    expect(played('23 h day').map((sale) => wall(sale))).toEqual([
      '2026-10-04T01:59:59+09:30',
      '2026-10-04T03:00:00+10:30',
      '2026-10-04T05:00:00+10:30',
    ]);
  });

  it('over weeks: laybys, accounts, orders', () => {
    const [layby] = played('layaway/layby day 1, part-paid day 9, complete day 40');
    if (layby === undefined) throw new Error('no layby');
    expect([layby.status, layby.attributes, wall(layby).slice(0, 10)]).toEqual(['LAYBY_CLOSED', ['layby'], '2026-08-26']);
    expect(layby.payments.map((one) => wall(layby, one.date).slice(0, 10))).toEqual(['2026-08-26', '2026-09-03', '2026-10-04']);
    const then = world.at(Date.parse('2026-09-10T00:00:00Z')).sale(layby.id);
    expect([then?.status, then?.payments.length]).toEqual(['LAYBY', 2]);
    expect(then?.version).toBeLessThan(layby.version);
    const [account] = played('on account, paid later');
    const owed = world.at((account?.createdAt ?? 0) + 1000);
    expect([owed.sale(account?.id ?? '')?.status, account?.status]).toEqual(['ONACCOUNT', 'ONACCOUNT_CLOSED']);
    expect(owed.customers().find((row) => row.id === account?.customerId)?.balance).toBe(-(account?.totalPriceIncl ?? 0));
    expect([played('pickup closed')[0]?.status, played('delivery open')[0]?.status]).toEqual([
      'PICKED_UP_CLOSED',
      'AWAITING_DISPATCH',
    ]);
  });

  it('with what the X-Series puts on them', () => {
    const discount = state.retailer().discountProductId;
    const [off] = played('sale-level discount line');
    expect(off?.lines[1]).toMatchObject({ productId: discount, quantity: -1, price: 20, priceTotal: -20 });
    expect(played('discount line on a return')[1]?.lines).toMatchObject([
      { isReturn: true },
      { productId: discount, quantity: 1, isReturn: false },
    ]);
    const [sold, parked] = played('parked return never finished');
    expect([parked?.status, parked?.returnFor, parked?.lines[0]?.status, sold?.returnIds]).toEqual([
      'SAVED',
      sold?.id,
      'SAVED',
      [parked?.id],
    ]);
    expect(played('surcharge')[0]?.adjustments).toMatchObject([{ type: 'SURCHARGE', value: 3.33 }]);
    expect(played('shipping or fee')[0]?.customCharges).toMatchObject([{ total: 39.95 }]);
    expect(played('tip')[0]?.adjustments).toMatchObject([{ type: 'TIP', value: 15, taxComponents: [] }]);
    expect(played('voided line in a closed sale')[0]?.lines.map((line) => line.status)).toEqual(['VOIDED', 'CONFIRMED']);
    expect(played('gift card sold')[0]?.lines).toMatchObject([{ giftCardNumber: 'GOLD-1', price: 500, taxTotal: 0 }]);
    expect(state.giftCards().find((card) => card.number === 'GOLD-1')).toMatchObject({
      balance: 400,
      totalSold: 500,
      totalRedeemed: 100,
    });
    expect(played('cash rounding').map((sale) => sale.payments.map((one) => one.amount))).toEqual([
      [46.5, 0.21],
      [37.5, -0.12],
    ]);
    expect(played('split tender with change')[0]?.payments.map((one) => one.amount)).toEqual([150, 400, -200]);
    const credit = played('store credit');
    expect(credit.slice(1).map((sale) => Math.sign(sale.payments[0]?.amount ?? 0))).toEqual([-1, 1]);
    for (const name of ['nested shape', 'webhook shape'] as const) {
      const [rich] = played(name);
      expect([rich?.adjustments.length, rich?.customCharges.length, rich?.lines[1]?.promotions.length]).toEqual([1, 1, 1]);
    }
    const [free] = played('free sale');
    expect(free).toMatchObject({ status: 'CLOSED', totalPriceIncl: 0, payments: [] });
  });

  it('in the back office: tills move, outlets close, people are merged and forgotten, products go', () => {
    const moved = played('register moved to another shop');
    expect(new Set(moved.map((sale) => sale.registerId)).size).toBe(1);
    const till = state.registers().find((register) => register.id === moved[0]?.registerId);
    expect(till?.outletId).toBe(moved[1]?.outletId);
    const closed = outlets.get(played('shop archived')[0]?.outletId ?? '');
    expect(closed?.deletedAt).not.toBeNull();
    const customer = (sale: XSaleRecord | undefined) => state.customers().find((row) => row.id === sale?.customerId);
    expect(customer(played('customer merged')[0])?.mergedInto).toBe(played('customer merged')[1]?.customerId);
    expect(customer(played('customer merged')[0])?.deletedAt).not.toBeNull();
    expect(customer(played('customer erased')[0])).toMatchObject({ email: null, firstName: null });
    expect(
      state.products().filter((product) => product.deletedAt !== null && product.version > 31_000_000_000).length,
    ).toBeGreaterThan(1);
    const till1 = state.registers().find((register) => register.deletedAt === null);
    const summary = state.paymentsSummary(till1?.id ?? '');
    expect([summary?.sessionId, summary?.payments.length]).toEqual([till1?.sessionId, X_PAYMENT_TYPES.length]);
    expect(state.paymentsSummary('nobody')).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { createWorld } from './create.ts';
import type { RingUp, TillEvent } from './events.ts';
import { instantText } from './zone.ts';

const ring = (sale: string, extras: Partial<RingUp> = {}): RingUp => ({
  event: 'ring_up',
  sale,
  at: '2026-10-10T10:00:00Z',
  shop: '1',
  register: '1',
  lines: [{ quantity: '1', price: '100' }],
  payments: [{ tender: 'card', amount: '125' }],
  ...extras,
});

describe('playing events', () => {
  it('adds sales after all others, changes and voids sales of the world, and can be taken back', () => {
    const world = createWorld({ sales: 400, days: 30, customers: 10 });
    const { until } = world.window;
    const truth = world.truth(until);
    const target = [...world.at(until).walk({ order: 'id' })]
      .map(({ id }) => world.at(until).sale(id))
      .find((sale) => sale?.completed === true);
    if (target === undefined) throw new Error('no completed sale');
    const later = instantText(until + 60_000);
    world.play([
      ring('mine', { at: later }),
      { event: 'edit', sale: target.name, at: later, lines: [{ quantity: '7', price: '3' }] },
      { event: 'edit', sale: 'mine', at: instantText(until + 120_000), customer: '3' },
    ]);
    expect(world.at(until).sale(401)).toBeUndefined();
    expect(world.truth(until)).toEqual(truth);
    const now = until + 120_000;
    expect(world.at(now).sale(401)).toMatchObject({
      name: 'mine',
      version: 2,
      customerId: '3',
      updateTime: now,
      timeStamp: until + 60_000,
    });
    expect(world.at(now).sale(target.id)).toMatchObject({
      version: target.version + 1,
      timeStamp: target.timeStamp,
      lines: [{ quantity: '7' }],
    });
    const changed = [...world.at(now).walk({ order: 'updateTime', from: until + 1000 })];
    expect(changed.map(({ id }) => id)).toEqual([target.id, 401]);
    expect([...world.at(now).walk({ order: 'id' })].map(({ id }) => id)).toEqual(
      Array.from({ length: 401 }, (_unused, index) => index + 1),
    );
    expect(world.at(now).saleCount()).toBe(401);
    // Each sale once, in the orders of time too: the state before the edit is not walked any more.
    for (const order of ['createTime', 'timeStamp', 'updateTime'] as const) {
      const ids = [...world.at(now).walk({ order })].map(({ id }) => id);
      expect([ids.length, new Set(ids).size]).toEqual([401, 401]);
    }
    expect(world.saleId('mine')).toBe(401);
    world.play([{ event: 'void', sale: target.name, at: instantText(now + 1000), reason: 'No' }]);
    expect(world.at(now + 1000).sale(target.id)).toMatchObject({ voided: true, completed: false });
    expect(
      world
        .at(now + 1000)
        .saleVoids()
        .at(-1),
    ).toMatchObject({ saleId: target.id, reason: 'No', shopId: target.shopId });
    world.reset();
    expect(world.truth(now)).toEqual(truth);
    expect(world.at(now).sale(target.id)).toEqual(target);
    expect(world.saleId('mine')).toBeUndefined();
  });

  it('shows an open ticket between opening and completion, with only the money that has moved', () => {
    const world = createWorld({ sales: 0 });
    world.play([
      ring('slow', {
        openedAt: '2026-10-09T09:00:00Z',
        payments: [
          { tender: 'cash', amount: '25', at: '2026-10-09T09:00:00Z' },
          { tender: 'card', amount: '100' },
        ],
      }),
    ]);
    const early = Date.parse('2026-10-10T09:59:59Z');
    expect(world.at(early).sale(1)).toMatchObject({
      completed: false,
      completeTime: null,
      payments: [{ amount: '25' }],
      version: 1,
    });
    expect(world.truth(early).totals).toEqual({ payments: 2500, 'payments:1': 2500 });
    expect(world.at(early + 1000).sale(1)).toMatchObject({ completed: true, version: 2 });
    expect(world.truth(early + 1000).totals).toMatchObject({ payments: 12_500, transactions: 1 });
  });

  it('keeps ids of lines and payments that stay, through edits', () => {
    const world = createWorld({ sales: 0 });
    const lines = ['a', 'b', 'c'].map((ref) => ({ ref, quantity: '1', price: '10' }));
    world.play([
      ring('x', { lines }),
      {
        event: 'edit',
        sale: 'x',
        at: '2026-10-11T10:00:00Z',
        lines: [{ ref: 'd', quantity: '1', price: '1' }, ...lines.slice(1)],
      },
      {
        event: 'edit',
        sale: 'x',
        at: '2026-10-12T10:00:00Z',
        payments: [
          { tender: 'card', amount: '1' },
          { tender: 'cash', amount: '2' },
        ],
      },
      ring('y', { at: '2026-10-13T10:00:00Z', lines: [{ quantity: '-1', price: '10', returns: 'x/a' }] }),
    ]);
    const state = world.at(world.window.until);
    expect(state.sale(1)?.lines.map((line) => line.id)).toEqual([104, 102, 103]);
    expect(state.sale(1)?.payments.map((payment) => [payment.id, instantText(payment.createTime)])).toEqual([
      [101, '2026-10-10T10:00:00Z'],
      [102, '2026-10-12T10:00:00Z'],
    ]);
    expect(state.sale(2)?.lines[0]?.parentLineId).toBe(101);
  });

  it('may keep voided sales completed, as one of the readings of R §8.1', () => {
    const world = createWorld({ sales: 0, voidedStaysCompleted: true });
    world.play([ring('x'), { event: 'void', sale: 'x', at: '2026-10-11T10:00:00Z' }]);
    expect(world.at(world.window.until).sale(1)).toMatchObject({ voided: true, completed: true });
    expect(world.truth(world.window.until).totals).toEqual({});
  });

  it('an edit dated into the past is there at once, under its old stamp', () => {
    const world = createWorld({ sales: 0 });
    world.play([ring('x')]);
    world.play([{ event: 'edit', sale: 'x', at: '2026-10-10T11:00:00Z', customer: '1' }]);
    expect(world.at(Date.parse('2026-11-01T00:00:00Z')).sale(1)).toMatchObject({
      customerId: '1',
      updateTime: Date.parse('2026-10-10T11:00:00Z'),
    });
  });

  it.each<[string, TillEvent[]]>([
    ['an unknown sale', [{ event: 'void', sale: 'nobody', at: '2026-10-10T10:00:00Z' }]],
    ['an unknown shop', [ring('bad', { shop: '99' })]],
    ['a time without offset', [ring('bad', { at: '2026-10-10T10:00:00' })]],
    ['a price that is no number', [ring('bad', { lines: [{ quantity: '1', price: 'ten' }] })]],
    ['a second ring-up', [ring('bad'), ring('bad')]],
    ['a change before the ring-up', [ring('bad'), { event: 'edit', sale: 'bad', at: '2026-10-09T10:00:00Z' }]],
    [
      'life after a void',
      [
        ring('bad'),
        { event: 'void', sale: 'bad', at: '2026-10-11T10:00:00Z' },
        { event: 'edit', sale: 'bad', at: '2026-10-12T10:00:00Z' },
      ],
    ],
    ['a future completion time', [ring('bad', { backdatedTo: '2026-10-10T10:00:01Z' })]],
    [
      'two discounts on a line',
      [ring('bad', { lines: [{ quantity: '1', price: '9', discountPercent: '0.1', discountAmount: '1' }] })],
    ],
    [
      'a line twice',
      [
        ring('bad', {
          lines: [
            { ref: 'a', quantity: '1', price: '9' },
            { ref: 'a', quantity: '1', price: '9' },
          ],
        }),
      ],
    ],
    ['a return of what was never sold', [ring('bad', { lines: [{ quantity: '-1', price: '9', returns: 'ghost/1' }] })]],
    ['an unknown register', [{ event: 'move_register', register: '77', shop: '1', at: '2026-10-10T10:00:00Z' }]],
    ['an unknown customer', [{ event: 'merge_customers', customer: '1', into: '7777', at: '2026-10-10T10:00:00Z' }]],
  ])('refuses %s, and then plays nothing of it', (_what, events) => {
    const world = createWorld({ sales: 0, customers: 5 });
    expect(() => world.play([ring('good'), ...events])).toThrow(RangeError);
    expect(world.at(world.window.until).saleCount()).toBe(0);
    expect(world.saleId('good')).toBeUndefined();
  });

  it('customers are saved, merged and erased on the clock; sales keep their customer and amounts', () => {
    const world = createWorld({ sales: 0, customers: 3 });
    world.play([ring('x', { customer: '2' })]);
    const before = world.truth(world.window.until);
    world.play([
      { event: 'save_customer', at: '2026-10-11T10:00:00Z', firstName: 'New', email: 'new@example.test' },
      { event: 'save_customer', customer: '1', at: '2026-10-11T11:00:00Z', email: null },
      { event: 'merge_customers', customer: '2', into: '1', at: '2026-10-12T10:00:00Z' },
      { event: 'erase_customer', customer: '3', at: '2026-10-13T10:00:00Z' },
    ]);
    expect(world.at(Date.parse('2026-10-11T09:00:00Z')).customers()).toHaveLength(3);
    const customers = world.at(world.window.until).customers();
    expect(customers.map(({ id, archived, erased, mergedInto }) => [id, archived, erased, mergedInto])).toEqual([
      ['1', false, false, null],
      ['2', true, false, '1'],
      ['3', true, true, null],
      ['4', false, false, null],
    ]);
    expect(customers[0]?.contact.email).toBeNull();
    expect(customers[2]).toMatchObject({
      firstName: 'Customer',
      lastName: '3',
      contact: { email: null, mobile: null, address1: null },
    });
    expect(customers[3]).toMatchObject({ firstName: 'New', contact: { email: 'new@example.test' } });
    expect(world.truth(world.window.until)).toEqual(before);
    expect(world.at(world.window.until).sale(1)?.customerId).toBe('2');
  });

  it('a till moves and a shop closes on the clock', () => {
    const world = createWorld({ sales: 0 });
    world.play([
      { event: 'move_register', register: '2', shop: '2', at: '2026-10-11T10:00:00Z', golden: 'register moved to another shop' },
      { event: 'archive_shop', shop: '3', at: '2026-10-12T10:00:00Z' },
    ]);
    const shopOf = (now: number): string | undefined =>
      world
        .at(now)
        .registers()
        .find((register) => register.id === '2')?.shopId;
    expect([shopOf(Date.parse('2026-10-11T09:59:59Z')), shopOf(Date.parse('2026-10-11T10:00:00Z'))]).toEqual(['1', '2']);
    expect(
      world
        .at(world.window.until)
        .shops()
        .map((shop) => shop.archived)
        .slice(0, 3),
    ).toEqual([false, false, true]);
    expect(world.golden()).toEqual({ 'register moved to another shop': 1 });
    expect(world.golden(Date.parse('2026-10-11T00:00:00Z'))).toEqual({});
  });
});

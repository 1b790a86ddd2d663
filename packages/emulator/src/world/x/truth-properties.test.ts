import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RingUp, SaleAdjustment, SaleAttribute, TicketLine, TillEvent } from '../events.ts';
import type { Truth } from '../types.ts';
import { instantText } from '../zone.ts';
import { createXWorld } from './create.ts';
import { priceX } from './price.ts';

const cents = (max: number): fc.Arbitrary<string> => fc.integer({ min: 1, max }).map((n) => (n / 100).toFixed(2));
const rates = fc.constantFrom<readonly [string, string]>(
  ['0.25', '0'],
  ['0.04', '0.04875'],
  ['0.1', '0'],
  ['0', '0'],
  ['0.05', '0.09975'],
);
const item: fc.Arbitrary<TicketLine> = fc.record(
  {
    quantity: fc.constantFrom('1', '1', '2', '3', '0.375', '1.205', '-1', '-2'),
    price: cents(50_000),
    item: fc.constantFrom('1', '2'),
    discountPercent: fc.constantFrom('0.05', '0.333', '0.5', '1'),
    taxRates: rates,
    taxed: fc.boolean(),
    listPrice: cents(90_000),
    voided: fc.constantFrom(false, false, false, true),
  },
  { requiredKeys: ['quantity', 'price'] },
);
const line = fc.oneof(
  { weight: 8, arbitrary: item },
  { weight: 1, arbitrary: cents(2000).map((value): TicketLine => ({ kind: 'rebate', quantity: '1', price: `-${value}` })) },
  { weight: 1, arbitrary: cents(2000).map((price): TicketLine => ({ kind: 'rebate', quantity: '1', price })) },
);
const fee: fc.Arbitrary<SaleAdjustment> = fc.record({
  kind: fc.constantFrom<SaleAdjustment['kind']>('surcharge', 'non_cash_fee', 'discount'),
  amount: cents(900),
  taxRates: rates,
});
const start = Date.parse('2026-09-25T00:00:00Z');
const ringUp = fc
  .record({
    second: fc.integer({ min: 0, max: 40 * 86_400 }),
    shop: fc.constantFrom('1', '2', '3'),
    register: fc.constantFrom('', '1', '2'),
    taxInclusive: fc.boolean(),
    taxRates: rates,
    ticketDiscountPercent: fc.constantFrom('0', '0', '0.1', '0.125'),
    lines: fc.array(line, { maxLength: 7 }),
    adjustments: fc.array(fee, { maxLength: 3 }),
    completed: fc.boolean(),
    attributes: fc.constantFrom<readonly SaleAttribute[]>(
      [],
      [],
      ['onaccount'],
      ['layby'],
      ['pickup'],
      ['onaccount', 'delivery'],
    ),
    paid: fc.array(fc.integer({ min: -9999, max: 99_999 }), { maxLength: 3 }),
  })
  .map(({ second, paid, ...rest }): RingUp => ({
    event: 'ring_up',
    sale: 'named later',
    at: instantText(start + second * 1000),
    payments: paid.map((amount) => ({ tender: 'card', amount: (amount / 100).toFixed(2) })),
    ...rest,
  }));
const tickets = fc
  .array(ringUp, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((event, index) => ({ ...event, sale: `s${index}` })));

const world = createXWorld({ sales: 0, customers: 0 });

function truthOf(events: readonly TillEvent[]): Truth {
  world.reset();
  world.play(events);
  return world.truth(Number.MAX_SAFE_INTEGER);
}

const number = (measures: Truth['totals'], name: string): number => Number(measures[name] ?? 0);
const isCounted = (event: RingUp): boolean => event.completed === true || event.attributes?.join() === 'onaccount';

describe('the identities of docs/measures.md, on the X-Series', () => {
  it('D3: net incl. tax and fees add up to the totals the POS states, and nothing stays unexplained', () => {
    fc.assert(
      fc.property(tickets, (events) => {
        const { totals } = truthOf(events);
        const stated = events.filter(isCounted).reduce(
          (sum, event) => {
            const priced = priceX({
              taxInclusive: event.taxInclusive === true,
              taxRates: event.taxRates ?? ['0', '0'],
              ticketDiscountPercent: event.ticketDiscountPercent ?? '0',
              lines: event.lines,
              adjustments: event.adjustments ?? [],
            });
            return { total: sum.total + priced.total, net: sum.net + priced.net };
          },
          { total: 0, net: 0 },
        );
        expect(number(totals, 'net_sales_incl') + number(totals, 'fees_incl')).toBe(stated.total);
        expect(number(totals, 'net_sales') + number(totals, 'fees')).toBe(stated.net);
        expect(number(totals, 'tax')).toBe(stated.total - stated.net);
        expect(totals).not.toHaveProperty('unexplained');
        expect(totals).not.toHaveProperty('unexplained_incl');
      }),
      { numRuns: 150 },
    );
  });

  it('D4 D5: in every cell net = gross − discounts − returns, in both bases; turnover is net', () => {
    fc.assert(
      fc.property(tickets, (events) => {
        for (const { measures } of truthOf(events).cells) {
          for (const basis of ['', '_incl']) {
            const net = number(measures, `net_sales${basis}`);
            expect(
              number(measures, `gross_sales${basis}`) -
                number(measures, `discounts${basis}`) -
                number(measures, `returns${basis}`),
            ).toBe(net);
            expect(number(measures, `turnover${basis}`)).toBe(net);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('D1: the order in which sales are told changes nothing, nor does telling them later', () => {
    fc.assert(
      fc.property(tickets, (events) => {
        const told = truthOf(events);
        expect(truthOf(events.toReversed())).toEqual(told);
        world.reset();
        world.play(events, Date.parse('2027-02-01T00:00:00Z'));
        expect(world.truth(Number.MAX_SAFE_INTEGER)).toEqual(told);
        expect(world.truth(Date.parse('2027-01-31T00:00:00Z')).cells).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('every payment of a sale that was not voided is in exactly one cell', () => {
    fc.assert(
      fc.property(tickets, (events) => {
        const { totals, cells } = truthOf(events);
        const paid = events
          .flatMap((event) => event.payments)
          .reduce((sum, one) => sum + Math.round(Number(one.amount) * 100), 0);
        expect(number(totals, 'payments')).toBe(paid);
        expect(cells.reduce((sum, cell) => sum + number(cell.measures, 'payments'), 0)).toBe(paid);
      }),
      { numRuns: 60 },
    );
  });
});

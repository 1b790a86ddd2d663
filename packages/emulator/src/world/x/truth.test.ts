import { describe, expect, it } from 'vitest';
import type { EditSale, RingUp, TicketLine, TillEvent } from '../events.ts';
import type { Truth, TruthCell } from '../types.ts';
import { createXWorld } from './create.ts';
import { makeIds } from './ids.ts';

const NOON = '2026-09-09T10:05:00Z'; // 12:05 in Copenhagen
const ids = makeIds(1);
const type = (number: number): string => `payments:${ids.of('payment_type', number)}`;
let count = 0;

function sale(lines: readonly TicketLine[], extras: Partial<RingUp> = {}): RingUp {
  count += 1;
  return {
    event: 'ring_up',
    sale: `s${count}`,
    at: NOON,
    shop: '1',
    register: '1',
    taxRates: ['0.25', '0'],
    lines,
    payments: [],
    ...extras,
  };
}

const edit = (of: RingUp, at: string, more: Partial<EditSale>): EditSale => ({ event: 'edit', sale: of.sale, at, ...more });

function truthOf(...events: TillEvent[]): Truth {
  const world = createXWorld({ sales: 0, customers: 10 });
  world.play(events);
  return world.truth(world.window.until);
}

const totalsOf = (...events: TillEvent[]): Truth['totals'] => truthOf(...events).totals;
const places = (truth: Truth): Pick<TruthCell, 'shopID' | 'registerID' | 'day' | 'hour'>[] =>
  truth.cells.map(({ shopID, registerID, day, hour }) => ({ shopID, registerID, day, hour }));
const HUNDRED: TicketLine = { quantity: '1', price: '100' };

describe('the X-Series truth, worked out by hand', () => {
  it('D2 D4 D5: the rate is the stated tax over the stated base', () => {
    // 29.95 incl. 25 % less 10 %: 26.955 → price 21.564, tax 5.391; stated discount 2.396 → 2.40; × 1.25 → 3.00.
    const line: TicketLine = { quantity: '1', price: '29.95', discountPercent: '0.1' };
    expect(totalsOf(sale([line], { taxInclusive: true }))).toEqual({
      gross_sales: 2396,
      gross_sales_incl: 2996,
      discounts: 240,
      discounts_incl: 300,
      net_sales: 2156,
      net_sales_incl: 2696,
      turnover: 2156,
      turnover_incl: 2696,
      tax: 540,
      goods_sold: '1',
      transactions: 1,
    });
  });

  it('D5: what is free has the rate of its tax', () => {
    expect(totalsOf(sale([{ ...HUNDRED, discountPercent: '1' }], { taxRates: ['0.04', '0.04875'] }))).toEqual({
      gross_sales: 10_000,
      gross_sales_incl: 10_888,
      discounts: 10_000,
      discounts_incl: 10_888,
      goods_sold: '1',
      transactions: 1,
    });
  });

  it('D7: a mark-up is no discount', () => {
    expect(totalsOf(sale([{ ...HUNDRED, discountAmount: '-20' }]))).toMatchObject({ gross_sales: 12_000, net_sales: 12_000 });
    expect(totalsOf(sale([{ ...HUNDRED, discountAmount: '-20' }]))).not.toHaveProperty('discounts');
  });

  it('D10: a discount line, a ticket discount over mixed rates, and a discount given back', () => {
    const off: TicketLine = { kind: 'rebate', quantity: '1', price: '-20' };
    expect(totalsOf(sale([HUNDRED, off]))).toMatchObject({
      gross_sales: 10_000,
      discounts: 2000,
      discounts_incl: 2500,
      net_sales: 8000,
      net_sales_incl: 10_000,
    });
    const mixed = [HUNDRED, { quantity: '1', price: '50', taxRates: ['0', '0'] as const }];
    expect(totalsOf(sale(mixed, { ticketDiscountPercent: '0.1' }))).toMatchObject({
      gross_sales: 15_000,
      gross_sales_incl: 17_500,
      discounts: 1500,
      discounts_incl: 1750,
      tax: 2250,
    });
    const sold = sale([HUNDRED]);
    const back = sale([
      { quantity: '-1', price: '100', returns: `${sold.sale}/1` },
      { ...off, price: '20' },
    ]);
    expect(totalsOf(sold, back)).toMatchObject({ returns: 8000, returns_incl: 10_000, net_sales: 2000, return_transactions: 1 });
    expect(totalsOf(sold, back)).not.toHaveProperty('discounts');
  });

  it('D3: three thirds of a discount line leave a cent to the part that lost most', () => {
    // 3 × 0.335 is 1.005 → 1.01 (half away from zero); each line rounds to 0.34 = 1.02: one cent is taken from the first.
    const line: TicketLine = { quantity: '1', price: '0.335', taxed: false };
    expect(totalsOf(sale([line, { ...line, kind: 'item' }, line]))).toMatchObject({ net_sales: 101, gross_sales: 101 });
  });

  it('D13: parked and pending sales count nowhere but with their money; on account counts when it is sold', () => {
    const money = { payments: [{ tender: 'cash', amount: '40' }] } as const;
    const open = { ...money, completed: false } as const;
    for (const attributes of [[], ['layby'], ['pickup'], ['onaccount', 'delivery'], ['service']] as const) {
      expect(totalsOf(sale([HUNDRED], { ...open, attributes }))).toEqual({ payments: 4000, [type(1)]: 4000 });
    }
    expect(totalsOf(sale([HUNDRED], { completed: false, pending: true }))).toEqual({});
    const account = sale([HUNDRED], { completed: false, attributes: ['onaccount'], customer: '3' });
    expect(totalsOf(account)).toMatchObject({ net_sales: 10_000, transactions: 1, identified_transactions: 1 });
    const paid = edit(account, '2026-10-09T08:00:00Z', { completed: true, payments: [{ tender: 'card', amount: '125' }] });
    expect(truthOf(account, paid).cells.map((cell) => [cell.day, cell.measures['net_sales'], cell.measures['payments']])).toEqual(
      [
        ['2026-09-09', 10_000, undefined],
        ['2026-10-09', undefined, 12_500],
      ],
    );
  });

  it('D13: a layby belongs to its last payment, what is picked up to its sale date, what was parked to its end', () => {
    const payments = [{ tender: 'cash', amount: '100' }] as const;
    const end = '2026-10-18T10:00:00Z';
    const rest = { completed: true, payments: [...payments, { tender: 'card', amount: '25', at: end }] } as const;
    const dayOf = (attributes: RingUp['attributes']): string | undefined => {
      const ring = sale([HUNDRED], { completed: false, payments, ...(attributes === undefined ? {} : { attributes }) });
      return truthOf(ring, edit(ring, end, rest)).cells.find((cell) => cell.measures['net_sales'] !== undefined)?.day;
    };
    expect([dayOf(['layby']), dayOf(['pickup']), dayOf(['delivery']), dayOf(undefined)]).toEqual([
      '2026-10-18',
      '2026-09-09',
      '2026-09-09',
      '2026-10-18',
    ]);
    const early = sale([HUNDRED], { completed: false, payments, attributes: ['layby'] });
    // Completed without another payment: still the day it was opened.
    expect(truthOf(early, edit(early, end, { completed: true })).cells.map((cell) => cell.day)).toEqual(['2026-09-09']);
  });

  it('D13 D16: what is voided or deleted never happened, nor did its money', () => {
    const sold = sale([HUNDRED], { payments: [{ tender: 'card', amount: '125' }] });
    expect(totalsOf(sold, { event: 'void', sale: sold.sale, at: '2026-09-09T11:00:00Z' })).toEqual({});
    expect(totalsOf(sold, edit(sold, '2026-09-09T11:00:00Z', { deleted: true }))).toEqual({});
    expect(totalsOf(sale([HUNDRED], { deleted: true }))).toEqual({});
  });

  it('D9: voided lines are nothing, gift cards and account payments no revenue', () => {
    expect(
      totalsOf(
        sale([
          { ...HUNDRED, voided: true },
          { quantity: '1', price: '8' },
        ]),
      ),
    ).toMatchObject({
      net_sales: 800,
      tax: 200,
      goods_sold: '1',
    });
    const card = sale([{ kind: 'gift_card', quantity: '1', price: '500' }], { payments: [{ tender: 'card', amount: '500' }] });
    expect(totalsOf(card)).toEqual({ gift_cards_sold: 50_000, other_transactions: 1, payments: 50_000, [type(2)]: 50_000 });
    const account = sale([{ kind: 'account_payment', quantity: '1', price: '75' }], {
      payments: [{ tender: 'cash', amount: '75' }],
    });
    expect(totalsOf(account)).toEqual({ other_transactions: 1, payments: 7500, [type(1)]: 7500 });
  });

  it('D16: gift cards and store credit used, refunded and issued; a deposit', () => {
    expect(totalsOf(sale([HUNDRED], { payments: [{ tender: 'gift_card', amount: '125' }] }))).toMatchObject({
      payments: 12_500,
      gift_cards_redeemed: 12_500,
    });
    const back: TicketLine = { quantity: '-1', price: '100' };
    const refund = totalsOf(sale([back], { payments: [{ tender: 'gift_card', amount: '-125' }] }));
    expect([refund['gift_cards_sold'], refund['payments']]).toEqual([12_500, undefined]);
    const credit = totalsOf(sale([back], { payments: [{ tender: 'credit_account', amount: '-125' }] }));
    expect([credit['store_credit'], credit['payments']]).toEqual([12_500, undefined]);
    const deposit = sale([], {
      payments: [
        { tender: 'cash', amount: '200' },
        { tender: 'credit_account', amount: '-200' },
      ],
    });
    expect(totalsOf(deposit)).toEqual({ deposits: 20_000, other_transactions: 1, payments: 20_000, [type(1)]: 20_000 });
    expect(totalsOf(sale([HUNDRED], { payments: [{ tender: 'credit_account', amount: '125' }] }))).toMatchObject({
      on_account: 12_500,
      [type(4)]: 12_500,
    });
  });

  it('tips stand at the largest payment, fees and shipping in their own measures', () => {
    const evening = '2026-09-09T16:05:00Z';
    const sold = sale([HUNDRED], {
      adjustments: [
        { kind: 'tip', amount: '12' },
        { kind: 'surcharge', amount: '4', taxRates: ['0.25', '0'] },
        { kind: 'shipping', amount: '40', taxRates: ['0.25', '0'] },
        { kind: 'discount', amount: '-10', taxRates: ['0.25', '0'] },
      ],
      payments: [
        { tender: 'cash', amount: '79.5' },
        { tender: 'card', amount: '100', at: evening, register: '2' },
      ],
    });
    const { cells, totals } = truthOf(sold);
    expect(totals).toMatchObject({
      gross_sales: 10_000,
      discounts: 1000,
      discounts_incl: 1250,
      net_sales: 9000,
      net_sales_incl: 11_250,
      fees: 400,
      fees_incl: 500,
      shipping: 4000,
      tips: 1200,
      tax: 3350,
      payments: 17_950,
    });
    expect(cells.find((cell) => cell.measures['tips'] !== undefined)).toMatchObject({
      registerID: ids.of('register', 2),
      hour: '2026-09-09T16:00:00Z',
      measures: { tips: 1200, payments: 10_000 },
    });
  });

  it('coins rounded are no takings, change is', () => {
    // 46.71 is paid with 46.50.
    const coins = sale([{ quantity: '1', price: '37.37' }], {
      cashRounding: '-0.21',
      payments: [{ tender: 'cash', amount: '46.5', change: '53.5' }],
    });
    expect(totalsOf(coins)).toMatchObject({ rounding: -21, payments: 4650, [type(1)]: 4650, net_sales_incl: 4671 });
    expect(totalsOf(coins)).not.toHaveProperty([type(8)]);
  });

  it('a promotion is a price rule', () => {
    // 80 instead of 100, three times; incl. 25 % it is 16 off each: 20 ÷ 1.25.
    const line: TicketLine = { quantity: '3', price: '80', listPrice: '100' };
    expect(totalsOf(sale([line]))).toMatchObject({ price_rule_discount: 6000, gross_sales: 24_000 });
    expect(totalsOf(sale([line], { taxInclusive: true }))).toMatchObject({ price_rule_discount: 4800 });
  });

  it('D18 D19: business days and hours of the outlet', () => {
    const at = (time: string, extras: Partial<RingUp> = {}): RingUp => sale([HUNDRED], { at: time, ...extras });
    const truth = truthOf(
      // The hour that comes twice in Copenhagen, and its twin.
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
      // Before and at 05:00 in Adelaide, in the night that lost an hour.
      at('2026-10-03T18:29:59Z', { shop: '3', register: '5' }),
      at('2026-10-03T18:30:00Z', { shop: '3', register: '5' }),
    );
    const shop = (number: number): string => ids.of('outlet', number);
    expect(places(truth)).toEqual([
      { shopID: shop(1), registerID: ids.of('register', 1), day: '2026-10-25', hour: '2026-10-25T00:00:00Z' },
      { shopID: shop(1), registerID: ids.of('register', 1), day: '2026-10-25', hour: '2026-10-25T01:00:00Z' },
      { shopID: shop(3), registerID: ids.of('register', 5), day: '2026-10-03', hour: '2026-10-03T17:30:00Z' },
      { shopID: shop(3), registerID: ids.of('register', 5), day: '2026-10-04', hour: '2026-10-03T18:30:00Z' },
    ]);
  });

  it('D15: an exchange is one transaction, the walk-in is nobody', () => {
    const lines = [{ ...HUNDRED, quantity: '-1' }, HUNDRED];
    const totals = totalsOf(sale(lines, { customer: '4' }), sale([HUNDRED], { customer: ids.of('customer', 0) }));
    expect(totals).toMatchObject({ transactions: 2, identified_transactions: 1, returns: 10_000, gross_sales: 20_000 });
  });
});

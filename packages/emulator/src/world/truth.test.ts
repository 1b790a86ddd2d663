import { describe, expect, it } from 'vitest';
import { createWorld } from './create.ts';
import type { RingUp, TicketLine, TillEvent } from './events.ts';
import type { Truth, TruthCell } from './types.ts';

const NOON = '2026-09-09T10:05:00Z'; // 12:05 in Copenhagen
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

function truthOf(...events: TillEvent[]): Truth {
  const world = createWorld({ sales: 0, customers: 10 });
  world.play(events);
  return world.truth(world.window.until);
}

const totalsOf = (...events: TillEvent[]): Truth['totals'] => truthOf(...events).totals;
const places = (truth: Truth): Pick<TruthCell, 'shopID' | 'registerID' | 'day' | 'hour'>[] =>
  truth.cells.map(({ shopID, registerID, day, hour }) => ({ shopID, registerID, day, hour }));

describe('the truth, worked out by hand', () => {
  it('D2 D4 D5: a ticket discount over mixed tax rates', () => {
    // 100 at 25 % and 50 at 0 %, 10 % off the ticket: 90 + 45 net, tax 22.50; discount incl. 10 × 1.25 + 5.
    const lines: TicketLine[] = [
      { quantity: '1', price: '100' },
      { quantity: '1', price: '50', taxRates: ['0', '0'] },
    ];
    expect(totalsOf(sale(lines, { ticketDiscountPercent: '0.1' }))).toEqual({
      gross_sales: 15_000,
      gross_sales_incl: 17_500,
      discounts: 1500,
      discounts_incl: 1750,
      net_sales: 13_500,
      net_sales_incl: 15_750,
      turnover: 13_500,
      turnover_incl: 15_750,
      tax: 2250,
      goods_sold: '2',
      transactions: 1,
    });
  });

  it('D3: the cent too many is taken from the line that won most, the first of equals', () => {
    // Three times 0.33 less 10 % is 0.297 each: rounded 0.90, but the ticket says 0.99 − 0.10 = 0.89. Line 1 gives: 0.29, 0.30, 0.30.
    const line: TicketLine = { quantity: '1', price: '0.33', taxed: false };
    const totals = totalsOf(sale([line, line, line], { ticketDiscountPercent: '0.1' }));
    expect(totals).toMatchObject({ net_sales: 89, discounts: 9, gross_sales: 98 });
    // Said once more with kinds that tell the lines apart: the fee is line 1 and gives the cent.
    expect(totalsOf(sale([{ ...line, kind: 'fee' }, line, line], { ticketDiscountPercent: '0.1' }))).toMatchObject({
      fees: 29,
      net_sales: 60,
    });
    expect(totalsOf(sale([line, { ...line, kind: 'fee' }, line], { ticketDiscountPercent: '0.1' }))).toMatchObject({
      fees: 30,
      net_sales: 59,
    });
  });

  it('D3: line taxes stay unrounded, the ticket rounds each tax once', () => {
    // 5 × 1.99: 4 % is 0.398 → 0.40, 4.875 % is 0.4850625 → 0.49: 0.89, while five rounded lines (0.18) would say 0.90.
    const line: TicketLine = { quantity: '1', price: '1.99' };
    const totals = totalsOf(sale([line, line, line, line, line], { taxRates: ['0.04', '0.04875'] }));
    expect(totals).toMatchObject({ tax: 89, net_sales: 995, net_sales_incl: 1084 });
    const fee: TicketLine = { ...line, kind: 'fee' };
    expect(totalsOf(sale([fee, line, line, line, line], { taxRates: ['0.04', '0.04875'] }))).toMatchObject({
      fees: 199,
      fees_incl: 216,
    });
  });

  it('D5 D6: tax-inclusive odd cents', () => {
    // 3 × 0.99 holds 0.594 tax, 1.01 holds 0.202: 0.80 in all, 3.18 net. Rounded nets 2.38 + 0.81 are one too many: the first gives it.
    const lines: TicketLine[] = [
      { quantity: '3', price: '0.99', kind: 'fee' },
      { quantity: '1', price: '1.01' },
    ];
    expect(totalsOf(sale(lines, { taxInclusive: true }))).toMatchObject({
      fees: 237,
      fees_incl: 297,
      net_sales: 81,
      net_sales_incl: 101,
      tax: 80,
    });
    // 33.33 less 10 %: 3.33 off, 30.00 paid, 6.00 of it tax. The discount excl. tax is 3.33 ÷ 1.25 = 2.664.
    const cheaper: TicketLine = { quantity: '1', price: '33.33', discountPercent: '0.1' };
    expect(totalsOf(sale([cheaper], { taxInclusive: true }))).toMatchObject({
      gross_sales: 2666,
      gross_sales_incl: 3333,
      discounts: 266,
      discounts_incl: 333,
      net_sales: 2400,
      net_sales_incl: 3000,
    });
  });

  it('D6: an even exchange of tax-inclusive goods keeps each side net of tax, though the taxes cancel', () => {
    const totals = totalsOf(
      sale(
        [
          { quantity: '-1', price: '125' },
          { quantity: '1', price: '125' },
        ],
        { taxInclusive: true },
      ),
    );
    expect(totals).toEqual({
      gross_sales: 10_000,
      gross_sales_incl: 12_500,
      returns: 10_000,
      returns_incl: 12_500,
      goods_sold: '1',
      goods_returned: '1',
      transactions: 1,
    });
  });

  it('D11: the refund of a discounted line is a return of what was paid, and no discount', () => {
    // 200 less 25 % comes back: −150, tax −37.50.
    expect(totalsOf(sale([{ quantity: '-1', price: '200', discountPercent: '0.25' }]))).toEqual({
      returns: 15_000,
      returns_incl: 18_750,
      net_sales: -15_000,
      net_sales_incl: -18_750,
      turnover: -15_000,
      turnover_incl: -18_750,
      tax: -3750,
      goods_returned: '1',
      return_transactions: 1,
    });
  });

  it('D5: a free sale has its tax rate from the rates', () => {
    // 19.99 × 1.25 = 24.9875.
    const free = {
      gross_sales: 1999,
      gross_sales_incl: 2499,
      discounts: 1999,
      discounts_incl: 2499,
      goods_sold: '1',
      transactions: 1,
    };
    expect(totalsOf(sale([{ quantity: '1', price: '19.99', discountPercent: '1' }]))).toEqual(free);
    expect(totalsOf(sale([{ quantity: '1', price: '19.99', almostFree: true }]))).toEqual(free);
  });

  it('weighed goods keep their places, money is rounded on the ticket', () => {
    // 0.375 × 199.95 = 74.98125; tax 18.7453125.
    expect(totalsOf(sale([{ quantity: '0.375', price: '199.95' }]))).toMatchObject({
      net_sales: 7498,
      tax: 1875,
      goods_sold: '0.375',
    });
  });

  it('D7 D8 D10: price rules, rebates and fees', () => {
    const lines: TicketLine[] = [
      { quantity: '2', price: '80', listPrice: '100', item: '1' },
      { kind: 'rebate', quantity: '1', price: '-20' },
      { kind: 'fee', quantity: '1', price: '4' },
    ];
    expect(totalsOf(sale(lines))).toMatchObject({
      gross_sales: 16_000,
      discounts: 2000,
      discounts_incl: 2500,
      net_sales: 14_000,
      fees: 400,
      fees_incl: 500,
      price_rule_discount: 4000,
      goods_sold: '2',
    });
  });

  it('D8: gift cards sold and redeemed on one ticket, negative legs are no takings', () => {
    // Goods 480 + 25 % = 600: 100 by the old card, a new card of 200, so 700 by card.
    const totals = totalsOf(
      sale(
        [
          { quantity: '1', price: '480' },
          { kind: 'gift_card', quantity: '1', price: '0', taxed: false },
        ],
        {
          payments: [
            { tender: 'gift_card', amount: '100' },
            { tender: 'gift_card', amount: '-200' },
            { tender: 'card', amount: '700' },
          ],
        },
      ),
    );
    expect(totals).toMatchObject({
      gift_cards_sold: 20_000,
      gift_cards_redeemed: 10_000,
      payments: 80_000,
      'payments:3': 70_000,
      'payments:5': 10_000,
    });
    expect(totals).toMatchObject({ net_sales: 48_000, goods_sold: '1' });
  });

  it('D15 D16: deposits, store credit and account sales', () => {
    const deposit = sale([], {
      customer: '1',
      payments: [
        { tender: 'cash', amount: '200' },
        { tender: 'credit_account', amount: '-200' },
      ],
    });
    expect(totalsOf(deposit)).toEqual({ deposits: 20_000, payments: 20_000, 'payments:1': 20_000, other_transactions: 1 });
    const note = sale([{ kind: 'store_credit', quantity: '1', price: '-100', taxed: false }], {
      payments: [{ tender: 'credit_account', amount: '-100' }],
    });
    expect(totalsOf(note)).toEqual({ store_credit: 10_000, other_transactions: 1 });
    const account = sale([{ quantity: '1', price: '80' }], {
      customer: '1',
      payments: [{ tender: 'credit_account', amount: '100' }],
    });
    expect(totalsOf(account)).toMatchObject({
      on_account: 10_000,
      payments: 10_000,
      'payments:4': 10_000,
      identified_transactions: 1,
    });
  });

  it('tips are inside payments, coins rounded are beside, archived payments are nothing', () => {
    const payments: RingUp['payments'] = [
      { tender: 'card', amount: '46.71', archived: true },
      { tender: 'cash', amount: '46.5' },
    ];
    expect(totalsOf(sale([{ quantity: '1', price: '37.37' }], { cashRounding: '-0.21', payments }))).toMatchObject({
      rounding: -21,
      payments: 4650,
      net_sales_incl: 4671,
    });
    const tipped = sale([{ quantity: '1', price: '100' }], { payments: [{ tender: 'card', amount: '140', tip: '15' }] });
    expect(totalsOf(tipped)).toMatchObject({ tips: 1500, payments: 14_000, net_sales_incl: 12_500 });
  });

  it('D12 D14 D16: open tickets give only their payments, voids take everything away', () => {
    const open = sale([{ quantity: '1', price: '100' }], { completed: false, payments: [{ tender: 'card', amount: '50' }] });
    expect(totalsOf(open)).toEqual({ payments: 5000, 'payments:3': 5000 });
    expect(totalsOf(open, { event: 'void', sale: open.sale, at: '2026-09-10T10:00:00Z' })).toEqual({});
    const done = totalsOf(open, { event: 'edit', sale: open.sale, at: '2026-09-10T10:00:00Z', completed: true, archived: true });
    expect(done).toMatchObject({ net_sales: 10_000, transactions: 1, payments: 5000 });
  });

  it('D16: a payment stands at its own time and register, the sale at its own', () => {
    const paid = sale([{ quantity: '1', price: '80' }], {
      payments: [{ tender: 'card', amount: '100', at: '2026-09-08T07:30:00Z', register: '2' }],
    });
    expect(places(truthOf(paid))).toEqual([
      { shopID: '1', registerID: '1', day: '2026-09-09', hour: '2026-09-09T10:00:00Z' },
      { shopID: '1', registerID: '2', day: '2026-09-08', hour: '2026-09-08T07:00:00Z' },
    ]);
  });

  it('D19: the hour that comes twice in Copenhagen is two hours of one day', () => {
    const night = [
      sale([{ quantity: '1', price: '1' }], { at: '2026-10-25T00:30:00Z' }),
      sale([{ quantity: '1', price: '1' }], { at: '2026-10-25T01:30:00Z' }),
    ];
    expect(places(truthOf(...night)).map(({ day, hour }) => [day, hour])).toEqual([
      ['2026-10-25', '2026-10-25T00:00:00Z'],
      ['2026-10-25', '2026-10-25T01:00:00Z'],
    ]);
  });

  it('D18 D19: Adelaide is at :30, its day starts at 05:00, also in the night that lacks an hour', () => {
    const at = (time: string): RingUp => sale([{ quantity: '1', price: '1' }], { shop: '3', register: '5', at: time });
    // 01:59:59, 03:00:00, 04:59:59 and 05:00:00 on the wall of 4 October.
    const truth = truthOf(
      at('2026-10-03T16:29:59Z'),
      at('2026-10-03T16:30:00Z'),
      at('2026-10-03T18:29:59Z'),
      at('2026-10-03T18:30:00Z'),
    );
    expect(places(truth).map(({ day, hour }) => [day, hour])).toEqual([
      ['2026-10-03', '2026-10-03T15:30:00Z'],
      ['2026-10-03', '2026-10-03T16:30:00Z'],
      ['2026-10-03', '2026-10-03T17:30:00Z'],
      ['2026-10-04', '2026-10-03T18:30:00Z'],
    ]);
  });

  it('D12: a back-dated sale stands where it was dated to, with or without a completeTime; its payment where the money moved', () => {
    for (const withoutCompleteTime of [false, true]) {
      const late = sale([{ quantity: '1', price: '1' }], {
        backdatedTo: '2026-09-01T12:00:00Z',
        withoutCompleteTime,
        payments: [{ tender: 'card', amount: '1.25' }],
      });
      expect(
        truthOf(late).cells.map(({ hour, measures }) => [hour, measures['transactions'] ?? 0, measures['payments'] ?? 0]),
      ).toEqual([
        ['2026-09-01T12:00:00Z', 1, 0],
        ['2026-09-09T10:00:00Z', 0, 125],
      ]);
    }
  });

  it('an edit replaces the lists it names and keeps the time of payments that stay', () => {
    const first = sale([{ quantity: '1', price: '80' }], { payments: [{ tender: 'card', amount: '100' }] });
    const truth = truthOf(first, {
      event: 'edit',
      sale: first.sale,
      at: '2026-09-20T10:00:00Z',
      lines: [{ quantity: '2', price: '80' }],
      payments: [
        { tender: 'card', amount: '150' },
        { tender: 'cash', amount: '50' },
      ],
    });
    expect(truth.cells.map(({ hour, measures }) => [hour, measures['net_sales'] ?? 0, measures['payments'] ?? 0])).toEqual([
      ['2026-09-09T10:00:00Z', 16_000, 15_000],
      ['2026-09-20T10:00:00Z', 0, 5000],
    ]);
  });

  it('days can be asked for one by one', () => {
    const world = createWorld({ sales: 0 });
    world.play([sale([{ quantity: '1', price: '1' }]), sale([{ quantity: '1', price: '2' }], { at: '2026-09-10T10:00:00Z' })]);
    expect(world.truth(world.window.until, { from: '2026-09-10', to: '2026-09-10' }).totals).toMatchObject({ net_sales: 200 });
  });
});

import { describe, expect, it } from 'vitest';
import type { SaleAdjustment, TicketLine } from '../events.ts';
import type { XPriced, XPricedLine } from './price.ts';
import { priceX } from './price.ts';

type Money = Parameters<typeof priceX>[0];

function priced(lines: readonly TicketLine[], more: Partial<Money> = {}): XPriced {
  return priceX({ taxInclusive: false, taxRates: ['0.25', '0'], ticketDiscountPercent: '0', adjustments: [], lines, ...more });
}

function line(one: XPricedLine | undefined): Record<string, number> {
  if (one === undefined) throw new Error('no such line');
  const shown = (units: number): number => units / 1e5;
  const { quantity, price, priceTotal, discount, discountTotal, tax, taxTotal } = one;
  return {
    quantity: shown(quantity),
    price: shown(price),
    priceTotal: shown(priceTotal),
    discount: shown(discount),
    discountTotal: shown(discountTotal),
    tax: shown(tax),
    taxTotal: shown(taxTotal),
  };
}

describe('what an X-Series till shows', () => {
  it("X §6.4: the vendor's example, two at 35.00 incl. 15 % less 5.00 each", () => {
    const sale = priced([{ quantity: '2', price: '35', discountAmount: '10' }], { taxInclusive: true, taxRates: ['0.15', '0'] });
    expect(line(sale.lines[0])).toEqual({
      quantity: 2,
      price: 26.08696,
      priceTotal: 52.17392,
      discount: 4.34783,
      discountTotal: 8.69566,
      tax: 3.91304,
      taxTotal: 7.82608,
    });
    expect(sale.lines[0]?.components[0]?.total).toBe(782_609);
    expect([sale.net, sale.total]).toEqual([5217, 6000]);
  });

  it('X §6.2: the price is net of the discount, which is not taken off again', () => {
    const sale = priced([{ quantity: '1', price: '120', discountPercent: '0.1' }]);
    expect(line(sale.lines[0])).toMatchObject({ price: 108, discount: 12, priceTotal: 108, tax: 27 });
  });

  it('keeps five places of odd prices, and rounds the sale once', () => {
    // 0.99 ÷ 1.25 is 0.792; 33.33 ÷ 1.25 is 26.664, less 10 % 23.9976: 3 × 0.792 + 23.9976 = 26.3736.
    const lines = [
      { quantity: '3', price: '0.99' },
      { quantity: '1', price: '33.33', discountPercent: '0.1' },
    ];
    const sale = priced(lines, { taxInclusive: true });
    expect(sale.lines.map((one) => line(one)['price'])).toEqual([0.792, 23.9976]);
    // 2.97 + 29.997 is 32.967.
    expect([sale.net, sale.total]).toEqual([2637, 3297]);
  });

  it('weighs', () => {
    // 0.375 × 149.95 is 56.23125; 25 % of 149.95 is 37.4875, times 0.375 14.0578125: to five places 14.05781.
    expect(line(priced([{ quantity: '0.375', price: '149.95' }]).lines[0])).toMatchObject({
      quantity: 0.375,
      priceTotal: 56.23125,
      taxTotal: 14.05781,
    });
  });

  it('takes a fraction off the whole ticket as one line, with the tax of all the others', () => {
    const sale = priced(
      [
        { quantity: '1', price: '100' },
        { quantity: '1', price: '50', taxed: false },
        { quantity: '1', price: '9', voided: true },
      ],
      {
        ticketDiscountPercent: '0.1',
      },
    );
    expect(line(sale.lines[3])).toMatchObject({ quantity: -1, price: 15, priceTotal: -15, tax: 2.5, taxTotal: -2.5 });
    expect([sale.net, sale.total]).toEqual([13_500, 15_750]);
    const back = priced([{ quantity: '-1', price: '100' }], { ticketDiscountPercent: '0.1' });
    expect(line(back.lines[1])).toMatchObject({ quantity: 1, price: 10, priceTotal: 10, taxTotal: 2.5 });
  });

  it('has discount lines with a positive price, taken off or given back by their quantity', () => {
    const sale = priced([
      { kind: 'rebate', quantity: '1', price: '-20' },
      { kind: 'rebate', quantity: '1', price: '20' },
    ]);
    expect(sale.lines.map(line)).toMatchObject([
      { quantity: -1, price: 20, priceTotal: -20, taxTotal: -5 },
      { quantity: 1, price: 20, priceTotal: 20, taxTotal: 5 },
    ]);
    expect([sale.net, sale.total]).toEqual([0, 0]);
  });

  it('charges tips, fees and shipping on top, with their tax in components', () => {
    const adjustments: SaleAdjustment[] = [
      { kind: 'tip', amount: '15' },
      { kind: 'surcharge', amount: '3.33', taxRates: ['0.04', '0.04875'] },
      { kind: 'shipping', amount: '39.95', taxRates: ['0.25', '0'] },
    ];
    const sale = priced([{ quantity: '1', price: '10' }], { adjustments });
    // 3.33 × 4 % is 0.1332, × 4.875 % 0.1623375 → 0.16234; 39.95 × 25 % is 9.9875.
    expect(sale.adjustments.map((one) => one.tax)).toEqual([0, 29_554, 998_750]);
    expect([sale.net, sale.total]).toEqual([6828, 8106]);
  });

  it('sells gift cards at what is on them, untaxed, and outside of any ticket discount', () => {
    const sale = priced([{ kind: 'gift_card', quantity: '1', price: '500' }], { ticketDiscountPercent: '0.1' });
    expect(sale.lines.map((one) => [one.kind, one.priceTotal, one.components[0]?.rates])).toEqual([
      ['gift_card', 50_000_000, ['0']],
      ['discount', 0, undefined],
    ]);
    expect(sale.total).toBe(50_000);
  });

  it('never mixes up two tickets that are priced one after the other', () => {
    const lines: TicketLine[] = [{ quantity: '1', price: '100' }];
    expect(priced(lines).total).toBe(12_500);
    expect(priced(lines, { taxInclusive: true }).total).toBe(10_000);
    expect(priced(lines, { taxRates: ['0.1', '0'] }).total).toBe(11_000);
    expect(priced(lines, { ticketDiscountPercent: '0.5' }).total).toBe(6250);
    expect(priced(lines).total).toBe(12_500);
  });
});

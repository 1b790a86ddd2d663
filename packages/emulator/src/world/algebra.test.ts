import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { price, totalCents } from './algebra.ts';
import type { TicketLine } from './events.ts';

/** Decimal text with up to so many places, sometimes more than the quick way takes. */
const decimalText = (max: number, places: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max: places }), fc.nat())
    .map(([whole, length, fraction]) =>
      length === 0 ? String(whole) : `${whole}.${String(fraction).padStart(length, '0').slice(-length)}`,
    );
const signed = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.boolean(), text).map(([isNegative, value]) => (isNegative ? `-${value}` : value));
const fraction = fc.constantFrom('0', '0.05', '0.1', '0.25', '0.333', '0.999999999', '1');
const rate = fc.constantFrom('0', '0.1', '0.25', '0.04', '0.04875', '0.0887512');
const rates = fc.tuple(rate, rate);

const line: fc.Arbitrary<TicketLine> = fc.record(
  {
    quantity: signed(decimalText(20, 4)),
    price: signed(fc.oneof(decimalText(400, 2), decimalText(3_000_000, 3))),
    discountPercent: fraction,
    discountAmount: signed(decimalText(30, 2)),
    almostFree: fc.boolean(),
    taxed: fc.boolean(),
    taxRates: rates,
  },
  { requiredKeys: ['quantity', 'price'] },
);

describe('the total of a ticket', () => {
  it('is the same by the quick way and in exact numbers', () => {
    fc.assert(
      fc.property(
        fc.record({
          taxInclusive: fc.boolean(),
          taxRates: rates,
          ticketDiscountPercent: fraction,
          lines: fc.array(line, { maxLength: 6 }),
        }),
        (ticket) => {
          expect(totalCents(ticket)).toBe(Number(price(ticket).total));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('rounds half a cent away from zero on both sides', () => {
    const of = (quantity: string): number =>
      totalCents({
        taxInclusive: true,
        taxRates: ['0', '0'],
        ticketDiscountPercent: '0',
        lines: [{ quantity, price: '0.05' }],
      });
    expect([of('0.1'), of('-0.1'), of('0.09'), of('-0.09')]).toEqual([1, -1, 0, 0]);
  });
});

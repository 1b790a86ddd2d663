import fc from 'fast-check';
import { Big } from 'big.js';
import { describe, expect, it } from 'vitest';
import { centsOf, exactOf, isWhole, roundedUnits, scaled, unitsOf } from './units.ts';

describe('whole hundred-thousandths', () => {
  it('are read from text, rounded half away from zero beyond the fifth place', () => {
    expect(['1', '-0.375', '0.04875', '0.000005', '-0.000005', '0.0000049'].map(unitsOf)).toEqual([
      100_000, -37_500, 4875, 1, -1, 0,
    ]);
    expect([isWhole('12.34567'), isWhole('12.345678'), isWhole('7')]).toEqual([true, false, true]);
    for (const bad of ['', 'ten', '1e5', '1.', '99999999999999']) expect(() => unitsOf(bad)).toThrow(RangeError);
  });

  it('are multiplied and divided exactly, whatever the size, and rounded half away from zero', () => {
    const amount = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 });
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 1, max: 200_000 }),
        (a, b, divisor) => {
          const expected = new Big(a).times(b).div(divisor).round(0, Big.roundHalfUp).toNumber();
          // Big.js cuts a quotient at 20 places: enough to see which side of a half it is on.
          expect(scaled(a, b, divisor)).toBe(expected === 0 ? 0 : expected);
        },
      ),
    );
    expect([centsOf(1500), centsOf(-1500), centsOf(1499), centsOf(-400)]).toEqual([2, -2, 1, 0]);
    expect(roundedUnits(exactOf(-123_456))).toBe(-123_456);
  });
});

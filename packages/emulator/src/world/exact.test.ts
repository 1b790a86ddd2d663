import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centsText, divideRounded, exact, millionthsText, quotientTo8, times, toCents, toMillionths } from './exact.ts';

const decimals = (places: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 10 ** places - 1 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(places, '0')}`);

describe('exact decimals', () => {
  it('multiply and round like big.js', () => {
    fc.assert(
      fc.property(decimals(5), decimals(6), (a, b) => {
        const product = new Big(a).times(b);
        expect(toCents(times(exact(a), exact(b)))).toBe(BigInt(product.round(2, Big.roundHalfUp).times(100).toFixed(0)));
        expect(millionthsText(toMillionths(times(exact(a), exact(b))))).toBe(
          product.round(6, Big.roundHalfUp).toFixed().replace(/^-0$/, '0'),
        );
      }),
    );
  });

  it('halves go away from zero', () => {
    expect([0.315, 0.135, -0.825, -0.825].map((value) => toCents(exact(String(value))))).toEqual([32n, 14n, -83n, -83n]);
    expect([divideRounded(5n, -2n), divideRounded(-5n, -2n), divideRounded(1n, 3n), divideRounded(-2n, 3n)]).toEqual([
      -3n,
      3n,
      0n,
      -1n,
    ]);
  });

  it('the tax inside a price has eight places', () => {
    expect(quotientTo8(exact('5.5') * exact('0.1'), exact('1.1'))).toBe(exact('0.5'));
    expect(quotientTo8(exact('1') * exact('0.1'), exact('1.1'))).toBe(exact('0.09090909'));
  });

  it('text is trimmed, and only decimals are read', () => {
    expect([centsText(1250), centsText(-5), centsText(100_000), centsText(0)]).toEqual(['12.5', '-0.05', '1000', '0']);
    for (const bad of ['', '1e3', '1,5', '.5', '5.', 'NaN', '0.0000000000000000001'])
      expect(() => exact(bad)).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add, decimal, divide, format, multiply, round, subtract } from './decimal.ts';

const texts = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 9 }))
  .map(([digits, scale]) => format({ digits, scale }));

/** The same by whole numbers without a limit. */
const units = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(9, '0'));
};
const away = (top: bigint, bottom: bigint): bigint => {
  const size = ((top < 0n ? -top : top) * 2n + bottom) / (bottom * 2n);
  return top < 0n ? -size : size;
};

it('decimals are exact whatever their size', () => {
  fc.assert(
    fc.property(texts, texts, fc.integer({ min: 0, max: 6 }), (a, b, places) => {
      const [left, right] = [decimal(a), decimal(b)];
      expect(format(left)).toBe(a);
      expect(units(format(add(left, right)))).toBe(units(a) + units(b));
      expect(units(format(subtract(left, right)))).toBe(units(a) - units(b));
      const product = format(multiply(left, right));
      const [whole = '', fraction = ''] = product.split('.');
      expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(units(a) * units(b));
      expect(units(format(round(left, places)))).toBe(away(units(a), 10n ** BigInt(9 - places)) * 10n ** BigInt(9 - places));
      if (units(b) > 0n) {
        const quotient = away(units(a) * 10n ** BigInt(places), units(b)) * 10n ** BigInt(9 - places);
        expect(units(format(divide(left, right, places)))).toBe(quotient);
      }
    }),
    { numRuns: 2000 },
  );
});

it('what is no decimal is refused', () => {
  for (const text of ['abc', '1e400', '--1']) expect(() => decimal(text)).toThrow();
});

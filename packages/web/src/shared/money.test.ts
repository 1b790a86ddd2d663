import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDecimal, formatMoney, minorUnitsOf, toDecimalText } from './money.ts';

test('minor units are written exactly, whatever their size', () => {
  expect(toDecimalText(-5, 2)).toBe('-0.05');
  expect(toDecimalText(123_456, 2)).toBe('1234.56');
  expect(toDecimalText(1500, 0)).toBe('1500');
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.integer({ min: 0, max: 4 }),
      (value, digits) =>
        toDecimalText(value, digits)
          .replace('.', '')
          .replace(/^(-?)0+(?=\d)/, '$1') === String(value),
    ),
  );
});

test('no digit is lost to floating point in a localized amount', () => {
  expect(formatMoney(9_007_199_254_740_991, { currency: 'DKK', minorDigits: 2 }).replaceAll(/\D/g, '')).toBe('9007199254740991');
});

test("an amount in the till's own precision keeps all of its places", () => {
  const format = { currency: 'DKK', minorDigits: 2 };
  expect(formatDecimal('1118.5', format).replaceAll(/\D/g, '')).toBe('111850');
  expect(formatDecimal('0.12345678', format).replaceAll(/\D/g, '')).toBe('012345678');
});

test('a typed amount is read exactly, or not at all', () => {
  expect(minorUnitsOf('1234.5', 2)).toBe(123_450);
  expect(minorUnitsOf(' -0,05', 2)).toBe(-5);
  expect(minorUnitsOf('1500', 0)).toBe(1500);
  for (const wrong of ['', '1.234', '1,234.50', 'abc', '1.', '1e3', '12345678901234'])
    expect(minorUnitsOf(wrong, 2)).toBeUndefined();
});

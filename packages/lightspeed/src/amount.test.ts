import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  amountFromUnits,
  amountOf,
  compareAmounts,
  divideRounded,
  formatAmount,
  multiplyAmounts,
  parseAmount,
  roundAmount,
  signOf,
  subtractAmounts,
  sumAmounts,
} from './amount.ts';
import type { Amount } from './amount.ts';
import type { Decimal } from './model.ts';

/** A number as whole units and places, and the text the POS would write. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, places]) => ({ units, places, text: write(units, places) }));

function write(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${digits.slice(digits.length - places)}`}`;
}

function parsed(text: string): Amount {
  return amountOf(text as Decimal);
}

function halfAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const positive = negative ? -numerator : numerator;
  const rounded = (2n * positive + denominator) / (2n * denominator);
  return negative ? -rounded : rounded;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

describe('amounts are exact', () => {
  test('what is written is what was read, without trailing zeros', () => {
    fc.assert(
      fc.property(decimals, ({ text, units, places }) => {
        const again = formatAmount(parsed(text));
        expect(again).toMatch(/^(?:-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?)$/);
        expect(again).not.toBe('-0');
        expect(compareAmounts(parsed(again), parsed(text))).toBe(0);
        expect(signOf(parsed(text))).toBe(units === 0n ? 0 : units > 0n ? 1 : -1);
        expect(places).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('sums, differences, products and order agree with whole-number arithmetic', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        const scale = Math.max(a.places, b.places);
        const x = a.units * 10n ** BigInt(scale - a.places);
        const y = b.units * 10n ** BigInt(scale - b.places);
        const [left, right] = [parsed(a.text), parsed(b.text)];
        expect(formatAmount(addAmounts(left, right))).toBe(formatAmount(parsed(write(x + y, scale))));
        expect(formatAmount(subtractAmounts(left, right))).toBe(formatAmount(parsed(write(x - y, scale))));
        expect(formatAmount(multiplyAmounts(left, right))).toBe(
          formatAmount(parsed(write(a.units * b.units, a.places + b.places))),
        );
        expect(compareAmounts(left, right)).toBe(x === y ? 0 : x > y ? 1 : -1);
      }),
    );
  });

  test('D2: rounding is half away from zero', () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 4 }), ({ units, places, text }, to) => {
        const expected = places <= to ? units * 10n ** BigInt(to - places) : halfAway(units, 10n ** BigInt(places - to));
        const amount = parsed(text);
        if (expected > BigInt(Number.MAX_SAFE_INTEGER) || expected < -BigInt(Number.MAX_SAFE_INTEGER))
          expect(() => roundAmount(amount, to)).toThrow(RangeError);
        else expect(BigInt(roundAmount(amount, to))).toBe(expected);
      }),
    );
    for (const [text, cents] of [
      ['0.315', 32],
      ['0.135', 14],
      ['-0.825', -83],
      ['1.005', 101],
      ['-0.004', 0],
      ['2.675', 268],
    ] as const)
      expect([text, roundAmount(parsed(text), 2)]).toStrictEqual([text, cents]);
    expect(Object.is(roundAmount(parsed('-0.004'), 2), 0)).toBe(true);
  });

  test('a division is rounded once, half away from zero', () => {
    const small = fc.tuple(fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(small, small, ([a, aPlaces], [b, bPlaces]) => {
        fc.pre(b !== 0n);
        const sign = b < 0n ? -1n : 1n;
        const expected = halfAway(sign * a * 10n ** BigInt(2 + bPlaces), sign * b * 10n ** BigInt(aPlaces));
        const divide = () => divideRounded(parsed(write(a, aPlaces)), parsed(write(b, bPlaces)), 2);
        // A quotient that no whole number holds exactly is refused, never rounded away.
        if (expected > MAX_SAFE || expected < -MAX_SAFE) expect(divide).toThrow(RangeError);
        else expect(BigInt(divide())).toBe(expected);
      }),
      {
        examples: [
          [
            [-90_071_993n, 0],
            [1n, 6],
          ],
        ],
      },
    );
    expect(() => divideRounded(parsed('1'), parsed('0.00'), 2)).toThrow(RangeError);
  });

  test('any order of a sum gives the same', () => {
    fc.assert(
      fc.property(fc.array(decimals, { maxLength: 30 }), (list) => {
        const amounts = list.map(({ text }) => parsed(text));
        expect(formatAmount(sumAmounts(amounts))).toBe(formatAmount(sumAmounts(amounts.toReversed())));
      }),
    );
  });
});

test('only plain decimals are amounts', () => {
  for (const text of [
    '',
    '-',
    '.',
    '1.',
    '.5',
    '+1',
    ' 1',
    '1 ',
    '1,5',
    '1.2.3',
    '--1',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    '1e999',
    '1'.repeat(80),
  ])
    expect([text, parseAmount(text)]).toStrictEqual([text, null]);
  for (const [text, plain] of [
    ['1.5E-5', '0.000015'],
    ['2e3', '2000'],
    ['-1.25e1', '-12.5'],
    ['007', '7'],
    ['-0.00', '0'],
    ['123456789012345678901234567890.5', '123456789012345678901234567890.5'],
  ])
    expect(formatAmount(parsed(text ?? ''))).toBe(plain);
  expect(() => amountOf('a lot' as Decimal)).toThrow(RangeError);
  expect(() => amountFromUnits(0.5, 2)).toThrow(RangeError);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AmountOutOfRange,
  divideRounded,
  isWithinHalves,
  parseExact,
  round,
  roundingError,
  sum,
  toBig,
  type Exact,
} from './exact.ts';

const digits = fc.stringMatching(/^(0|[1-9]\d{0,9})(\.\d{1,17})?$/u);
const decimals = fc.tuple(fc.constantFrom('', '-'), digits).map(([sign, text]) => sign + text);

/** The value in 10^-17, by another way. */
function big(text: string): bigint {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(17, '0'));
  return negative ? -value : value;
}

describe('exact decimals', () => {
  it('D2: are read without loss', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        expect(toBig(parseExact(text, 2))).toBe(big(text));
      }),
    );
  });

  it('D2: round half away from zero, by the whole text', () => {
    const cases: readonly (readonly [string, number, number])[] = [
      ['9.995', 2, 1000],
      ['-9.995', 2, -1000],
      ['0.0049999999999999999999', 2, 0],
      ['0.0050000000000000000000', 2, 1],
      ['0.00499999999999999999999999', 2, 0],
      ['-0.825', 2, -83],
      ['0.135', 2, 14],
      ['12.5', 0, 13],
      ['1.2345', 3, 1235],
      ['0', 2, 0],
      ['-0.004', 2, 0],
    ];
    for (const [text, minorDigits, cents] of cases) expect(round(parseExact(text, minorDigits)), text).toBe(cents);
  });

  it('a digit far beyond the cents decides a half, and is never lost', () => {
    // 0.005 exactly rounds up; one unit less in the thirtieth place does not; one more still does.
    expect(round(parseExact(`-0.00${'5'.padEnd(28, '0')}`, 2))).toBe(-1);
    expect(round(parseExact(`0.004${'9'.repeat(28)}`, 2))).toBe(0);
    expect(roundingError(parseExact(`1.00${'0'.repeat(20)}1`, 2), 100)).toBe(1);
  });

  it('no value is a negative zero', () => {
    for (const text of ['-0', '-0.00', '0']) {
      const { minor, rest } = parseExact(text, 2);
      expect(Object.is(minor, 0) && Object.is(rest, 0), text).toBe(true);
    }
  });

  it('sum exactly, whatever the signs', () => {
    fc.assert(
      fc.property(fc.array(decimals, { maxLength: 40 }), (texts) => {
        const total = sum(texts.map((text) => parseExact(text, 2)));
        expect(toBig(total)).toBe(texts.reduce((all, text) => all + big(text), 0n));
        expect(total.minor === 0 || total.rest === 0 || Math.sign(total.minor) === Math.sign(total.rest)).toBe(true);
      }),
    );
  });

  it('rounding error + rounded value = value', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const value = parseExact(text, 2);
        const rounded = round(value);
        expect(BigInt(rounded) * 10n ** 15n + BigInt(roundingError(value, rounded))).toBe(toBig(value));
        expect(Math.abs(roundingError(value, rounded))).toBeLessThanOrEqual(5e14);
      }),
    );
  });

  it('D3: compare with a tolerance in half units exactly', () => {
    const exactly: Exact = { minor: 1, rest: 5e14 };
    expect(isWithinHalves(exactly, 3)).toBe(true);
    expect(isWithinHalves({ minor: 1, rest: 5e14 + 1 }, 3)).toBe(false);
    expect(isWithinHalves({ minor: -1, rest: -5e14 }, 3)).toBe(true);
    expect(isWithinHalves({ minor: -1, rest: 0 }, 2)).toBe(true);
    expect(isWithinHalves({ minor: -1, rest: -1 }, 2)).toBe(false);
  });

  it('divide rounded half away from zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.bigInt({ min: 100_000n, max: 10n ** 9n }),
        fc.boolean(),
        (top, bottom, negative) => {
          const divisor = negative ? -bottom : bottom;
          const quotient = BigInt(divideRounded(top, divisor));
          // |quotient × divisor − top| ≤ |divisor| ÷ 2, and at the half the larger magnitude.
          const off = 2n * (quotient * divisor - top);
          const size = off < 0n ? -off : off;
          expect(size <= bottom).toBe(true);
          if (size === bottom) expect((quotient < 0n ? -quotient : quotient) * bottom > (top < 0n ? -top : top)).toBe(true);
        },
      ),
    );
  });

  it('refuse what integers cannot hold, and what is no decimal', () => {
    expect(() => parseExact('99999999999999999', 2)).toThrow(AmountOutOfRange);
    for (const text of ['', '-', '1e3', '1,5', ' 1', '1.2.3', 'NaN'])
      expect(() => parseExact(text, 2), text).toThrow(SyntaxError);
  });
});

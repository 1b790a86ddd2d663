import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';
import { parseExact, round, sum } from './exact.ts';
import { decimalOf } from './testing/arbitraries.ts';

const cents = (text: string) => parseExact(text, 2);
const partArbitrary = fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }).map((micro) => cents(decimalOf(micro)));
const partsArbitrary = fc.array(partArbitrary, { minLength: 1, maxLength: 25 });

describe('D3: allocation', () => {
  it('sums exactly to the POS amount within the tolerance, each share within a cent of its part', () => {
    fc.assert(
      fc.property(partsArbitrary, fc.double({ min: -1, max: 1, noNaN: true }), (parts, drift) => {
        const tolerance = Math.max(1, parts.length / 2);
        const posAmount = round(sum(parts)) + Math.trunc(drift * (tolerance - 0.5));
        const { shares, unexplained } = allocate(posAmount, parts);
        expect(unexplained).toBe(0);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(posAmount);
        shares.forEach((share, index) => expect(Math.abs(share - round(parts[index] ?? cents('0')))).toBeLessThanOrEqual(1));
      }),
    );
  });

  it('leaves a larger difference unexplained and the parts whole', () => {
    fc.assert(
      fc.property(partsArbitrary, fc.integer({ min: 2, max: 100_000 }), fc.boolean(), (parts, beyond, negative) => {
        const off = (Math.ceil(parts.length / 2) + beyond) * (negative ? -1 : 1);
        const own = round(sum(parts));
        const { shares, unexplained } = allocate(own + off, parts);
        expect(unexplained).toBe(off);
        expect(shares.reduce((all, share) => all + share, 0)).toBe(own);
      }),
    );
  });

  it('the tolerance is max(1, n ÷ 2) cents against the unrounded sum', () => {
    const [one, three] = [['1.00'], ['1.00', '1.00', '1.00']].map((texts) => texts.map(cents));
    expect(allocate(101, one ?? []).unexplained).toBe(0);
    expect(allocate(102, one ?? []).unexplained).toBe(2);
    expect(allocate(301, three ?? []).unexplained).toBe(0);
    expect(allocate(302, three ?? []).unexplained).toBe(2);
    // 2 parts, 1.4 cents apart though their rounded sum is only one away.
    expect(allocate(100, ['0.493', '0.493'].map(cents))).toEqual({ shares: [50, 49], unexplained: 1 });
  });

  it('gives leftover cents to the largest rounding errors, ties to the earlier part', () => {
    expect(allocate(68, ['0.1947', '0.34485', '0.144375'].map(cents)).shares).toEqual([19, 35, 14]);
    expect(allocate(100, ['0.33', '0.33', '0.33'].map(cents)).shares).toEqual([34, 33, 33]);
    expect(allocate(13491, ['89.955', '44.955'].map(cents)).shares).toEqual([8995, 4496]);
    expect(allocate(-13491, ['-89.955', '-44.955'].map(cents)).shares).toEqual([-8995, -4496]);
    expect(allocate(2, ['0.004', '0.004', '0.006', '0.006'].map(cents)).shares).toEqual([0, 0, 1, 1]);
  });

  it('without any part everything is unexplained', () => {
    expect(allocate(1, [])).toEqual({ shares: [], unexplained: 1 });
    expect(allocate(0, [])).toEqual({ shares: [], unexplained: 0 });
  });
});

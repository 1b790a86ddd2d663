import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, type DatedMapping, findOverlap, overlaps, type Period, without } from './mapping.ts';

const days = Array.from({ length: 12 }, (_, index) => `2026-01-${String(index + 1).padStart(2, '0')}`);
const period = fc
  .tuple(fc.nat(10), fc.option(fc.nat(10), { nil: null }))
  .map(([from, length]): Period => ({
    from: days[from] ?? '',
    until: length === null ? null : (days[Math.min(11, from + 1 + length)] ?? null),
  }))
  .filter(({ from, until }) => until === null || from < until);

describe('D20: dated mappings are half-open', () => {
  it('holds on its first day and no longer on the day it ends', () => {
    const held = { from: '2026-01-02', until: '2026-01-04' };
    expect(days.slice(0, 5).map((day) => contains(held, day))).toEqual([false, true, true, false, false]);
  });

  it('overlaps exactly when some day is in both', () => {
    fc.assert(
      fc.property(period, period, (a, b) => {
        expect(overlaps(a, b)).toBe(days.some((day) => contains(a, day) && contains(b, day)));
      }),
    );
  });

  it('keeps every day outside the hole, and none inside', () => {
    fc.assert(
      fc.property(period, period, (held, hole) => {
        const left = without(held, hole);
        for (const day of days) {
          expect(left.some((piece) => contains(piece, day))).toBe(contains(held, day) && !contains(hole, day));
        }
        expect(left.every((piece) => piece.until === null || piece.from < piece.until)).toBe(true);
      }),
    );
  });

  it('finds two of the same register that overlap, and lets a register beside its shop', () => {
    const shop = mapping({ id: 'shop', registerId: null, from: '2026-01-01', until: null });
    const register = mapping({ id: 'register', registerId: '2', from: '2026-01-03', until: '2026-01-05' });
    const again = mapping({ id: 'again', registerId: '2', from: '2026-01-04', until: null });
    expect(findOverlap([shop, register])).toBeNull();
    expect(findOverlap([again, shop, register])?.map(({ id }) => id)).toEqual(['register', 'again']);
  });
});

function mapping(part: Partial<DatedMapping> & Period): DatedMapping {
  return { id: 'm', posAccountId: 'a', shopId: '1', registerId: null, departmentId: 'd', ...part };
}

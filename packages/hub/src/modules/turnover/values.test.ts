import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseMeasures } from './measure-choice.ts';
import { addSums, decimalText, divideRounded, quantityText, valuesOf } from './values.ts';

describe('Values', () => {
  it('writes quantities as exact decimals', () => {
    expect([375_000, 3_000_000, -1, 0, -2_500_000].map(quantityText)).toEqual(['0.375', '3', '-0.000001', '0', '-2.5']);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (units) => {
        const [whole = '', fraction = ''] = decimalText(units, 6).split('.');
        expect(Number(BigInt(`${whole}${fraction.padEnd(6, '0')}`))).toBe(units === 0 ? 0 : units);
      }),
    );
  });

  it('divides half away from zero, also below it', () => {
    expect([divideRounded(5n, 2n), divideRounded(-5n, 2n), divideRounded(4n, 3n), divideRounded(-1n, 3n)]).toEqual([3, -3, 1, 0]);
  });

  it('leaves a quotient blank when the divisor is 0, and makes it from sums, never from quotients', () => {
    const names = ['average_basket', 'units_per_transaction', 'identified_share'];
    expect(valuesOf(names, new Map([['net_sales', 500]]))).toEqual({
      average_basket: null,
      units_per_transaction: null,
      identified_share: null,
    });
    const sums = new Map([
      ['net_sales', 10_001],
      ['transactions', 3],
      ['goods_sold', 4_500_000],
      ['identified_transactions', 1],
    ]);
    expect(valuesOf(names, sums)).toEqual({ average_basket: 3334, units_per_transaction: '1.5', identified_share: '0.3333' });
  });

  it('asks for what a derived measure divides, and knows payment types', () => {
    expect(chooseMeasures(['average_basket', 'payments:3', 'payments:0191a4c2-0000-7000-8000-000000000001:3'])).toEqual({
      names: ['average_basket', 'payments:3', 'payments:0191a4c2-0000-7000-8000-000000000001:3'],
      columns: ['net_sales', 'transactions'],
      paymentTypes: [
        { name: 'payments:3', posAccountId: null, paymentTypeId: '3' },
        {
          name: 'payments:0191a4c2-0000-7000-8000-000000000001:3',
          posAccountId: '0191a4c2-0000-7000-8000-000000000001',
          paymentTypeId: '3',
        },
      ],
      visitors: false,
      renames: [],
    });
    expect(chooseMeasures(['gross_sales', 'conversion'], 'vat')).toMatchObject({
      columns: ['gross_sales', 'transactions', 'net_sales_incl'],
      visitors: true,
      renames: [['gross_sales', 'net_sales_incl']],
    });
    expect(() => chooseMeasures(['profit'])).toThrow('“profit” is not a measure');
  });

  it('refuses a sum that integers could not hold exactly', () => {
    expect(() => addSums(new Map([['net_sales', Number.MAX_SAFE_INTEGER]]), new Map([['net_sales', 1]]))).toThrow(RangeError);
  });
});

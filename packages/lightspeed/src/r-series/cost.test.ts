import { expect, test } from 'vitest';
import { estimateCost } from './cost.ts';
import { defaultRSeriesSwitches } from './switches.ts';

test('the documented example, and its neighbours (R §3.3)', () => {
  const cost = (relations: string[], isList = true, factor: 2 | 4 = 2): number =>
    estimateCost(relations, isList, { ...defaultRSeriesSwitches, nestedRelationFactor: factor });
  expect(cost(['SaleLines', 'SalePayments', 'Customer'])).toBe(2);
  expect(cost([])).toBe(1);
  expect(cost(['Contact'])).toBe(1.2);
  expect(cost(['SaleLines', 'SalePayments', 'SalePayments.PaymentType'])).toBe(2);
  expect(cost(['SaleLines', 'SalePayments', 'SalePayments.PaymentType'], true, 4)).toBe(2.2);
  expect(cost(['SaleLines', 'SalePayments', 'SalePayments.PaymentType'], false)).toBe(1.6);
});

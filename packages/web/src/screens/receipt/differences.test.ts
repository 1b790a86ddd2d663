import { expect, test } from 'vitest';
import { differences } from './differences.ts';

test('only fields that differ are told, with both values and their path', () => {
  const before = { saleID: '1', voided: 'false', SaleLines: { SaleLine: [{ unitQuantity: '1' }, { unitQuantity: '2' }] } };
  const after = {
    saleID: '1',
    voided: 'true',
    SaleLines: { SaleLine: [{ unitQuantity: '1' }, { unitQuantity: '3' }] },
    completeTime: 'now',
  };
  expect(differences(before, after)).toEqual([
    { path: 'voided', before: 'false', after: 'true' },
    { path: 'SaleLines.SaleLine[1].unitQuantity', before: '2', after: '3' },
    { path: 'completeTime', before: null, after: 'now' },
  ]);
});

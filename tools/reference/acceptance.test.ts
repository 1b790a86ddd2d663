import { expect, test } from 'vitest';
import { idsIn } from './acceptance.ts';

test('an acceptance id in a test’s name is found, alone, in a list and as a range', () => {
  expect(idsIn('a sale is mapped')).toStrictEqual([]);
  expect(idsIn('the card (M5)')).toStrictEqual(['M5']);
  expect(idsIn('M1–M3, T2: from the gallery to the first figure')).toStrictEqual(['M1', 'M2', 'M3', 'T2']);
  expect(idsIn('C4-6 and W99')).toStrictEqual(['C4', 'C5', 'C6']);
});

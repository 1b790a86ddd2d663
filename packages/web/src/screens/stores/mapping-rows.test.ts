import { expect, test } from 'vitest';
import type { Mapping } from '../../api/stores.ts';
import { BEGINNING, heldBy, mappingsToSave, toRow } from './mapping-rows.ts';
import { mostAlike } from './suggest.ts';

const mapping = (id: string, storeId: string, shopId: string, more: Partial<Mapping> = {}): Mapping => ({
  id,
  posAccountId: 'a',
  shopId,
  shopName: `Shop ${shopId}`,
  registerId: null,
  registerName: null,
  departmentId: `d-${storeId}`,
  departmentName: storeId,
  storeId,
  storeName: storeId,
  from: BEGINNING,
  until: null,
  ...more,
});
const harbour = mapping('m1', 'harbour', '1');
const register = mapping('m2', 'nyhavn', '1', { registerId: '7' });
const other = mapping('m3', 'nyhavn', '2');
const all = [harbour, register, other];

test("saving a store leaves other stores' mappings of the same shops as they are, and other shops alone (D20)", () => {
  const { shops, mappings } = mappingsToSave([toRow(harbour)], all, 'harbour');
  expect(shops).toEqual([{ posAccountId: 'a', shopId: '1' }]);
  expect(mappings.map(({ id, registerId, until }) => [id, registerId, until])).toEqual([
    ['m2', '7', null],
    ['m1', null, null],
  ]);
});

test('a row taken away is no longer among them, and its shop is still replaced', () => {
  const { shops, mappings } = mappingsToSave([], all, 'harbour');
  expect(shops).toEqual([{ posAccountId: 'a', shopId: '1' }]);
  expect(mappings.map(({ id }) => id)).toEqual(['m2']);
});

test("a shop handed over from a day on ends the other store's mapping that day; without a day it is left to be refused", () => {
  const row = { key: 'new', id: null, source: toRow(other).source, departmentId: 'd-harbour', from: '2026-11-01', until: '' };
  expect(heldBy(row, all, 'harbour')).toBe(other);
  const dated = mappingsToSave([toRow(harbour), row], all, 'harbour');
  expect(dated.mappings.find(({ id }) => id === 'm3')).toMatchObject({ until: '2026-11-01', departmentId: 'd-nyhavn' });
  const undated = mappingsToSave([{ ...row, from: '' }], all, 'harbour');
  expect(undated.mappings.find(({ id }) => id === 'm3')).toMatchObject({ until: null });
});

test('suggestions go by name, however it is written, and only when it is alike', () => {
  const stores = [{ name: 'Københavns Havn' }, { name: 'Nyhavn' }, { name: 'Harbour' }];
  expect(mostAlike('HARBOUR (1)', stores)?.name).toBe('Harbour');
  expect(mostAlike('Ny-havn', stores)?.name).toBe('Nyhavn');
  expect(mostAlike('Kobenhavns Havn', stores)?.name).toBe('Københavns Havn');
  expect(mostAlike('Glenelg', stores)).toBeNull();
});

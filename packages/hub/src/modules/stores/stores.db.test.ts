import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { testLedger, type TestShop } from '../turnover/testing/ledger.ts';
import { createStore, updateDepartment } from './edit-stores.ts';
import { importDefaults } from './import-defaults.ts';
import { listDepartments, listMappings, listShops, listStores } from './queries.ts';
import { mapFrom, setMappings } from './set-mappings.ts';

const SHOPS: readonly TestShop[] = [
  { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
  { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
];

async function setUp() {
  const { db, organizationId } = await testDatabase();
  const { posAccountId } = await testLedger(db, organizationId, SHOPS);
  const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) => tenantTransaction(db, organizationId, run);
  return { db, organizationId, posAccountId, inTenant };
}

describe('The default from the POS', () => {
  it('gives each shop a store, a department and the whole shop from the beginning, once', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    expect(await inTenant((trx) => importDefaults(trx, { organizationId, posAccountId }))).toBe(0);
    const stores = await inTenant((trx) => listStores(trx, organizationId));
    expect(stores.map((store) => [store.name, store.departments.map(({ name }) => name)])).toEqual([
      ['Nyhavn', ['Nyhavn']],
      ['Soho', ['Soho']],
    ]);
    const mappings = await inTenant((trx) => listMappings(trx, organizationId));
    expect(
      mappings.map(({ shopName, departmentName, registerId, from, until }) => [
        shopName,
        departmentName,
        registerId,
        from,
        until,
      ]),
    ).toEqual([
      ['Nyhavn', 'Nyhavn', null, '0001-01-01', null],
      ['Soho', 'Soho', null, '0001-01-01', null],
    ]);
  });

  it('never touches what people changed: a removed mapping stays removed, a new name stays', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    await inTenant(async (trx) => {
      const [department] = await listDepartments(trx, organizationId);
      if (department === undefined) throw new Error('no department');
      await updateDepartment(trx, organizationId, department.id, { name: 'Shoes', storeId: department.storeId });
      await setMappings(trx, organizationId, { shops: [{ posAccountId, shopId: '2' }], mappings: [] });
    });
    expect(await inTenant((trx) => importDefaults(trx, { organizationId, posAccountId }))).toBe(0);
    const shops = await inTenant((trx) => listShops(trx, organizationId, '2026-11-24'));
    expect(shops.map(({ name, mapped }) => [name, mapped])).toEqual([
      ['Nyhavn', true],
      ['Soho', false],
    ]);
    expect((await inTenant((trx) => listDepartments(trx, organizationId))).map(({ name }) => name)).toEqual(['Shoes', 'Soho']);
  });
});

describe('D20: mappings', () => {
  it('refuses an overlap with a message that names shop, departments and dates', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    const [nyhavn, soho] = await inTenant((trx) => listDepartments(trx, organizationId));
    const source = { posAccountId, shopId: '1', registerId: null };
    const saving = inTenant((trx) =>
      setMappings(trx, organizationId, {
        shops: [{ posAccountId, shopId: '1' }],
        mappings: [
          { ...source, departmentId: nyhavn?.id ?? '', from: '2026-01-01', until: '2026-03-01' },
          { ...source, departmentId: soho?.id ?? '', from: '2026-02-28', until: null },
        ],
      }),
    );
    await expect(saving).rejects.toMatchObject({
      code: 'mapping_overlap',
      message:
        'Shop “Nyhavn” cannot go to “Nyhavn” from 2026-01-01 until 2026-03-01 and to “Soho” from 2026-02-28 on: these overlap. ' +
        'End one before the other begins.',
    });
    // Nothing of the refused set is kept.
    const kept = await inTenant((trx) => listMappings(trx, organizationId, { posAccountId, shopIds: ['1'] }));
    expect(kept.map(({ from, until }) => [from, until])).toEqual([['0001-01-01', null]]);
  });

  it('holds the same in the database itself, for whoever writes past our code', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    const [department] = await inTenant((trx) => listDepartments(trx, organizationId));
    const insert = (registerId: string | null, from: string, until: string | null) =>
      inTenant((trx) =>
        trx
          .insertInto('mapping')
          .values({
            organization_id: organizationId,
            id: uuidv7(),
            pos_account_id: posAccountId,
            shop_id: '1',
            register_id: registerId,
            department_id: department?.id ?? '',
            valid_from: from,
            valid_until: until,
          })
          .execute(),
      );
    await expect(insert(null, '2026-01-01', null)).rejects.toMatchObject({ code: '23P01', constraint: 'mapping_overlap' });
    await insert('1', '2026-01-01', '2026-02-01');
    await insert('1', '2026-02-01', null);
    await insert('2', '2026-01-15', null);
    await expect(insert('1', '2026-01-31', '2026-02-01')).rejects.toMatchObject({ constraint: 'mapping_overlap' });
  });

  it('lets a new mapping take its time from what held before, which keeps the rest', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    const soho = (await inTenant((trx) => listDepartments(trx, organizationId))).find(({ name }) => name === 'Soho');
    const map = (departmentId: string | null, from: string, until: string | null) =>
      inTenant((trx) => mapFrom(trx, organizationId, { posAccountId, shopId: '1', registerId: null, departmentId, from, until }));
    await map(soho?.id ?? '', '2026-03-01', '2026-04-01');
    const after = await map(null, '2026-05-01', null);
    expect(after.map(({ departmentName, from, until }) => [departmentName, from, until])).toEqual([
      ['Nyhavn', '0001-01-01', '2026-03-01'],
      ['Soho', '2026-03-01', '2026-04-01'],
      ['Nyhavn', '2026-04-01', '2026-05-01'],
    ]);
  });

  it('refuses shops and departments of another organization as if they did not exist', async () => {
    const { db, organizationId, posAccountId } = await setUp();
    const other = uuidv7();
    await systemTransaction(db, (trx) =>
      trx
        .insertInto('organization')
        .values({ organization_id: other, name: 'Other', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
        .execute(),
    );
    const theirs = await tenantTransaction(db, other, (trx) => createStore(trx, other, { name: 'Theirs', timeZone: null }));
    await expect(
      tenantTransaction(db, other, (trx) =>
        mapFrom(trx, other, {
          posAccountId,
          shopId: '1',
          registerId: null,
          departmentId: theirs.departments[0]?.id ?? '',
          from: '2026-01-01',
          until: null,
        }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      tenantTransaction(db, organizationId, (trx) =>
        mapFrom(trx, organizationId, {
          posAccountId,
          shopId: '1',
          registerId: null,
          departmentId: theirs.departments[0]?.id ?? '',
          from: '2026-01-01',
          until: null,
        }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await tenantTransaction(db, other, (trx) => listShops(trx, organizationId, '2026-11-24'))).toEqual([]);
    expect(await tenantTransaction(db, other, (trx) => listMappings(trx, organizationId))).toEqual([]);
  });

  it('keeps two people who save at once from undoing the constraint', async () => {
    const { organizationId, posAccountId, inTenant } = await setUp();
    const soho = (await inTenant((trx) => listDepartments(trx, organizationId))).find(({ name }) => name === 'Soho');
    const from = (day: string) =>
      inTenant((trx) =>
        mapFrom(trx, organizationId, {
          posAccountId,
          shopId: '1',
          registerId: null,
          departmentId: soho?.id ?? '',
          from: day,
          until: null,
        }),
      );
    await Promise.all([from('2026-02-01'), from('2026-03-01'), from('2026-04-01')]);
    const mappings = await inTenant((trx) => listMappings(trx, organizationId, { posAccountId, shopIds: ['1'] }));
    const { rows } = await inTenant((trx) =>
      sql<{ n: number }>`
        select count(*) as n from mapping a join mapping b on a.shop_id = b.shop_id and a.id < b.id
          and daterange(a.valid_from, a.valid_until) && daterange(b.valid_from, b.valid_until)
        where a.register_id is null and b.register_id is null and a.shop_id = '1'`.execute(trx),
    );
    expect(rows[0]?.n).toBe(0);
    expect(mappings[0]).toMatchObject({ departmentName: 'Nyhavn', from: '0001-01-01', until: '2026-02-01' });
  });
});

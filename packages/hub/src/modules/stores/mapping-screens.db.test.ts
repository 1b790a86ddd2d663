import { instantOf } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../../../test/database.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { listCoverage } from '../turnover/list-coverage.ts';
import { testLedger } from '../turnover/testing/ledger.ts';
import { changeCalendar, handBackZone } from './change-calendar.ts';
import { createStore } from './edit-stores.ts';
import { listMappingChanges } from './mapping-history.ts';
import { posNumbersBody } from './mapping-schemas.ts';
import { setOpeningHours } from './opening-hours.ts';
import { pasteMappings } from './paste-mappings.ts';
import { readPosNumbers, setPosNumbers } from './pos-numbers.ts';
import { previewMappings } from './preview-mappings.ts';
import { listDepartments, listMappings, listShops } from './queries.ts';
import { similarity } from './similarity.ts';
import { suggestMappings } from './suggest-mappings.ts';

const TODAY = '2026-11-24';
const BY = { actor: { kind: 'person', id: 'anna', name: 'Anna' }, at: new Date('2026-11-24T12:00:00Z') } as const;
const NOW = instantOf(BY.at.getTime());

async function world() {
  const { db, organizationId } = await testDatabase();
  const ledger = await testLedger(
    db,
    organizationId,
    [
      { id: '1', name: 'Shop Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
      { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
    ],
    { mapped: false, externalId: '97531' },
  );
  const inTenant = <T>(run: Parameters<typeof tenantTransaction<T>>[2]) => tenantTransaction(db, organizationId, run);
  const departments = await inTenant(async (trx) => {
    for (const name of ['Nyhavn', 'Café', 'Sōho']) await createStore(trx, organizationId, { name, timeZone: null }, BY);
    return listDepartments(trx, organizationId);
  });
  const idOf = (name: string) => departments.find((one) => one.name === name)?.id ?? '';
  const mappings = async () =>
    (await inTenant((trx) => listMappings(trx, organizationId))).map((one) => [
      one.shopId,
      one.registerId,
      one.departmentName,
      one.from,
      one.until,
    ]);
  return { db, organizationId, ledger, inTenant, idOf, mappings };
}

describe('M8: suggested matches', () => {
  it('go by the likeness of names, whatever case, accents and order', () => {
    expect(similarity('SOHO', 'Sōho')).toBe(1);
    expect(similarity('Nyhavn, København', 'Shop Nyhavn')).toBeLessThan(0.9);
    expect(similarity('Shop Nyhavn', 'nyhavn')).toBe(0.9);
    expect(similarity('Smørrebrød', 'Smorrebrod')).toBe(1);
    expect(similarity('Glenelg', 'Soho')).toBeLessThan(0.5);
  });
});

describe('Store mappings as people work on them', () => {
  let one: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => {
    one = await world();
    await one.ledger.record([
      { id: '1', shop: '1', register: '1', at: '2026-11-20T10:00:00+01:00', net: '10.00' },
      { id: '2', shop: '1', register: '2', at: '2026-11-21T10:00:00+01:00', net: '20.00' },
      { id: '3', shop: '2', register: '3', at: '2026-11-21T10:00:00-05:00', net: '40.00' },
    ]);
  });

  it('M8: name a department for every unmapped shop', async () => {
    const suggested = await one.inTenant((trx) => suggestMappings(trx, one.organizationId, TODAY));
    expect(
      suggested
        .filter(({ registerId }) => registerId === null)
        .map(({ shopId, departmentName, score }) => [shopId, departmentName, score]),
    ).toEqual([
      ['2', 'Sōho', 1],
      ['1', 'Nyhavn', 0.9],
    ]);
  });

  it('a pasted table is taken as a whole or not at all, each refused line with its reason', async () => {
    const paste = (text: string, preview = false) =>
      pasteMappings(one.db, one.organizationId, { text, from: '0001-01-01', preview }, BY, TODAY);
    const wrong = await paste(
      'shop;register;department;from;until\nSoho;;Sōho\nShop Nyhavn;9;Nyhavn\nMoon;;Nyhavn\nSoho;;Nyhavn;2026-13-01',
    );
    expect(wrong.applied).toBe(false);
    expect(wrong.rows.map(({ row, ok }) => [row, ok])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [5, false],
    ]);
    expect(wrong.rows[1]?.message).toContain('has no register 9');
    expect(wrong.rows[2]?.message).toContain('There is no shop “Moon”');
    expect(await one.mappings()).toEqual([]);
    expect((await paste('1\t\tNyhavn\n97531:2\t\tSōho', true)).applied).toBe(false);
    expect(await one.mappings()).toEqual([]);
    expect((await paste('1\t\tNyhavn\n97531:2\t\tSōho')).applied).toBe(true);
    expect(await one.mappings()).toEqual([
      ['1', null, 'Nyhavn', '0001-01-01', null],
      ['2', null, 'Sōho', '0001-01-01', null],
    ]);
  });

  it('a preview says what would move, by amount and days, and changes nothing', async () => {
    const shops = [{ posAccountId: one.ledger.posAccountId, shopId: '1' }];
    const source = { posAccountId: one.ledger.posAccountId, shopId: '1' };
    const before = await one.mappings();
    const preview = await previewMappings(one.db, one.organizationId, {
      shops,
      mappings: [
        { ...source, registerId: null, departmentId: one.idOf('Nyhavn'), from: '2026-11-21', until: null },
        { ...source, registerId: '2', departmentId: one.idOf('Café'), from: '0001-01-01', until: null },
      ],
    });
    expect(
      preview.moves.map(({ from, to, netSales, days, firstDay }) => [from?.name, to?.name, netSales, days, firstDay]),
    ).toEqual([
      ['Nyhavn', 'Café', 2000, 1, '2026-11-21'],
      ['Nyhavn', undefined, 1000, 1, '2026-11-20'],
    ]);
    expect(preview.departments.find(({ name }) => name === 'Nyhavn')).toMatchObject({ before: 3000, after: 0 });
    expect(await one.mappings()).toEqual(before);
    const history = await one.inTenant((trx) =>
      listMappingChanges(trx, one.organizationId, { departmentIds: null, after: null, limit: 10 }),
    );
    expect(history).toHaveLength(2);
  });

  it('D20, W3: POS client and terminal numbers edit the same mappings, and refuse what another department has, by name', async () => {
    const set = (department: string, body: object) =>
      one.inTenant((trx) => setPosNumbers(trx, one.organizationId, one.idOf(department), posNumbersBody.parse(body), BY, TODAY));
    const numbers = async (department: string) =>
      (await one.inTenant((trx) => readPosNumbers(trx, one.organizationId, TODAY)))(one.idOf(department));
    expect(await numbers('Nyhavn')).toEqual({ posClientNumber: '97531:1', posTerminalNumbers: [] });
    await expect(set('Café', { clientNumber: '97531:1' })).rejects.toMatchObject({
      code: 'mapping_overlap',
      message: 'Shop “Shop Nyhavn” goes to “Nyhavn” from 0001-01-01 on. End that first, or take it over.',
    });
    await set('Café', { clientNumber: '97531:1', terminalNumbers: ['2'], from: '2026-11-21' });
    expect(await numbers('Café')).toEqual({ posClientNumber: '97531:1', posTerminalNumbers: ['2'] });
    await expect(set('Café', { clientNumber: '97531:1', terminalNumbers: ['7'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(set('Café', { clientNumber: '11:1' })).rejects.toThrow('97531 (Account 97531)');
    await set('Café', { clientNumber: '97531', takeOver: true, from: '2026-11-22' });
    expect(await numbers('Café')).toEqual({ posClientNumber: '97531', posTerminalNumbers: [] });
    expect(await one.mappings()).toEqual([
      ['1', null, 'Nyhavn', '0001-01-01', '2026-11-22'],
      ['1', null, 'Café', '2026-11-22', null],
      ['1', '2', 'Café', '2026-11-21', '2026-11-22'],
      ['2', null, 'Sōho', '0001-01-01', '2026-11-22'],
      ['2', null, 'Café', '2026-11-22', null],
    ]);
    await set('Café', { clientNumber: '', from: '2026-11-23' });
    expect(await numbers('Café')).toEqual({ posClientNumber: null, posTerminalNumbers: [] });
  });

  it('every change is in the history and the audit, with its author, before and after', async () => {
    const history = await one.inTenant((trx) =>
      listMappingChanges(trx, one.organizationId, { departmentIds: null, after: null, limit: 100 }),
    );
    expect(new Set(history.map(({ author }) => author?.name))).toEqual(new Set(['Anna']));
    expect(history[0]?.touches).toEqual({ from: '2026-11-23', until: null });
    const { rows } = await one.inTenant((trx) =>
      sql<{ action: string; n: number }>`select action, count(*)::int as n from audit_entry group by 1 order by 1`.execute(trx),
    );
    expect(rows).toEqual([
      { action: 'department.created', n: 3 },
      { action: 'mapping.changed', n: history.length },
      { action: 'store.created', n: 3 },
    ]);
  });

  it('D17: an overridden zone can be handed back to the till, and sales move back', async () => {
    const key = { organizationId: one.organizationId, posAccountId: one.ledger.posAccountId, shopId: '2', by: BY };
    const shop = async () =>
      (await one.inTenant((trx) => listShops(trx, one.organizationId, TODAY))).find(({ shopId }) => shopId === '2')?.calendar;
    const before = await shop();
    await changeCalendar(one, { ...key, from: '0001-01-01', timeZone: 'Asia/Tokyo', dayStartHour: 0 });
    expect(await shop()).toMatchObject([{ timeZone: 'Asia/Tokyo', overridden: true }]);
    expect(await handBackZone(one, { ...key, preview: true })).toMatchObject({ rebucketed: 1 });
    expect(await shop()).toMatchObject([{ timeZone: 'Asia/Tokyo' }]);
    expect(await handBackZone(one, key)).toMatchObject({ rebucketed: 1 });
    expect(await shop()).toEqual(before);
  });

  it('D21: opening hours make a complete day without a sale a closed one', async () => {
    await one.ledger.caughtUp('2026-11-24T11:00:00Z');
    const key = { posAccountId: one.ledger.posAccountId, shopId: '1' };
    const weekdays = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, open: '09:00', close: '18:00' }));
    const states = async () => {
      const { shops } = await one.inTenant((trx) =>
        listCoverage(trx, one.organizationId, { from: '2026-11-20', to: '2026-11-23' }, NOW),
      );
      return shops.find(({ shopId }) => shopId === '1')?.days.map(({ coverage }) => coverage);
    };
    expect(await states()).toEqual(['complete', 'complete', 'complete', 'complete']);
    await one.inTenant((trx) => setOpeningHours(trx, one.organizationId, key, { from: '0001-01-01', hours: weekdays }, BY));
    // The 22nd is a Sunday; a sale on a closed weekday would still count.
    expect(await states()).toEqual(['complete', 'complete', 'closed', 'complete']);
    await one.inTenant((trx) => setOpeningHours(trx, one.organizationId, key, { from: '0001-01-01', hours: [] }, BY));
    expect(await states()).toEqual(['complete', 'complete', 'closed', 'closed']);
    await one.inTenant((trx) => setOpeningHours(trx, one.organizationId, key, { from: '0001-01-01', hours: null }, BY));
    expect(await states()).toEqual(['complete', 'complete', 'complete', 'complete']);
  });
});

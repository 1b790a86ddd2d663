import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../emulator.ts';
import { documentsOf, encoded, idsOf, linkOf, testAccount } from '../testing/account.ts';

const documents = {
  Shop: [{ shopID: '1', name: 'Bike/Shop', timeZone: 'US/Eastern', archived: 'false', timeStamp: '2015-01-01T00:00:00+00:00' }],
  Sale: [
    { saleID: '12', timeStamp: '2016-03-02T10:00:00+00:00', completed: 'true', calcTotal: '5', shopID: '1', customerID: '999' },
    {
      saleID: '10',
      timeStamp: '2016-03-01T10:00:00+00:00',
      completed: 'true',
      calcTotal: '20.5',
      shopID: '1',
      SaleLines: { SaleLine: { saleLineID: '7', itemID: '3', unitQuantity: '2' } },
    },
    {
      saleID: '11',
      timeStamp: '2016-03-05T10:00:00+00:00',
      updateTime: '2016-03-09T10:00:00+00:00',
      completed: 'false',
      calcTotal: '7',
      note: 'Zoë',
    },
  ],
  Gizmo: [
    { gizmoID: '2', size: '10' },
    { gizmoID: '1', size: '9' },
  ],
};

const account = testAccount({ load: documents });

const ids = async (query: string): Promise<number[]> => idsOf((await account.walk(`/Sale.json?${query}`)).flat(), 'saleID');

describe('recorded documents', () => {
  it('are served as they are, in the order of their ids, escaped as the wire would', async () => {
    const answer = await account.get('/Sale.json');
    expect(documentsOf(answer)).toEqual([documents.Sale[1], documents.Sale[2], documents.Sale[0]]);
    expect(answer.text).toContain(String.raw`"note":"Zo\u00eb"`);
    expect((await account.get('/Shop.json')).text).toContain(String.raw`"name":"Bike\/Shop"`);
    expect((await account.get('/Sale/10.json')).body).toEqual({ '@attributes': { count: '1' }, Sale: documents.Sale[1] });
  });

  it('are paged by the same tokens', async () => {
    const page = await account.get('/Sale.json?limit=2&sort=-timeStamp');
    expect(idsOf(documentsOf(page), 'saleID')).toEqual([11, 12]);
    const token = new URL(linkOf(page, 'next')).searchParams.get('after') ?? '';
    expect(JSON.parse(Buffer.from(token, 'base64').toString())).toEqual(['2016-03-02T10:00:00+00:00', 12]);
    expect(await ids('limit=2&sort=-timeStamp')).toEqual([11, 12, 10]);
  });

  it('are filtered by their own values, numbers as numbers, and by what their lines say', async () => {
    expect(await ids(`calcTotal=${encoded('>,6')}`)).toEqual([10, 11]);
    expect(await ids('completed=true')).toEqual([10, 12]);
    expect(await ids(`load_relations=${encoded('["SaleLines"]')}&SaleLines.itemID=3`)).toEqual([10]);
  });

  it('that lack a change or completion stamp are found by their timeStamp, or never, by switch', async () => {
    const since = encoded('>=,2016-03-02T00:00:00+00:00');
    expect(await ids(`updateTime=${since}&sort=updatetime`)).toEqual([12, 11]);
    expect(await ids(`completeTime=${since}`)).toEqual([12]);
    const strict = testAccount({ load: documents, switches: { absentStamp: 'no-match' } });
    expect(idsOf((await strict.walk(`/Sale.json?updateTime=${since}`)).flat(), 'saleID')).toEqual([11]);
    expect(idsOf((await strict.walk(`/Sale.json?completeTime=${since}`)).flat(), 'saleID')).toEqual([]);
  });

  it('may be of a resource nobody has described, and resources not in the file are empty', async () => {
    expect(idsOf((await account.walk('/Gizmo.json?size=10')).flat(), 'gizmoID')).toEqual([2]);
    expect((await account.get('/Customer.json')).body).toEqual({ '@attributes': { next: '', previous: '' } });
    expect((await account.get('/Sale/10/SaleLine.json')).body['SaleLine']).toEqual({
      saleLineID: '7',
      itemID: '3',
      unitQuantity: '2',
    });
  });

  it('have a made-up account, no truth, and take no sales', async () => {
    expect((await account.get('http://pos.test/API/V3/Account.json')).body['Account']).toMatchObject({ accountID: '900001' });
    expect(account.emulator.control.truth()).toBeNull();
    expect(() => account.emulator.control.play([])).toThrow('nothing can be rung up');
  });

  it('that are no documents are refused with the place where', () => {
    expect(() => createEmulator({ load: { Sale: ['text'] } })).toThrow('"Sale[0]" is not a document.');
    expect(() => createEmulator({ load: { Sale: {} as unknown as unknown[] } })).toThrow('"Sale" must be a list');
  });
});

/** Real documents are not ours to publish: they are read from a folder beside the repository, or the one named. */
const folder =
  process.env['TILLWEAVE_RECORDINGS'] ?? fileURLToPath(new URL('../../../../../shared/recordings/', import.meta.url));
const recording = join(folder, 'account.load.json');

describe.skipIf(!existsSync(recording))('the recorded account, where it is present', () => {
  it('adds up to the totals worked out for it by hand', async () => {
    const recorded = testAccount({ load: JSON.parse(readFileSync(recording, 'utf8')) as Record<string, unknown[]> });
    const sales = (await recorded.walk('/Sale.json?limit=7&sort=timeStamp&load_relations=%5B%22SaleLines%22%5D')).flat();
    expect(sales).toHaveLength(19);
    const counted = (await recorded.walk('/Sale.json?completed=true&voided=false')).flat();
    const cents = counted.map((sale) => Math.round(Number(sale['calcTotal']) * 100)).reduce((sum, value) => sum + value, 0);
    expect([counted.length, cents]).toEqual([9, 43_462]);
    const day = await recorded.walk(
      `/Sale.json?completed=true&completeTime=${encoded('><,2015-12-14T00:00:00-0800,2015-12-14T23:59:59-0800')}`,
    );
    const dayCents = day
      .flat()
      .map((sale) => Math.round(Number(sale['calcTotal']) * 100))
      .reduce((sum, value) => sum + value, 0);
    expect(dayCents).toBe(32_717);
  });
});

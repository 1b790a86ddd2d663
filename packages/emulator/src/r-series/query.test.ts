import { describe, expect, it } from 'vitest';
import { documentsOf, encoded, idsOf, testAccount } from '../testing/account.ts';
import type { Document } from '../testing/account.ts';

const account = testAccount();
const everySale = (await account.walk('/Sale.json?load_relations=%5B%22SaleLines%22%5D')).flat();

async function ids(query: string): Promise<number[]> {
  return idsOf((await account.walk(`/Sale.json?limit=100&${query}`)).flat(), 'saleID');
}

function expected(accepts: (sale: Document) => boolean): number[] {
  return idsOf(everySale.filter(accepts), 'saleID');
}

const total = (sale: Document): number => Number(sale['calcTotal']);
const middle = String(everySale[200]?.['timeStamp']);
const later = String(everySale[260]?.['timeStamp']);
const epoch = (sale: Document, field: string): number => Date.parse(String(sale[field]));

describe('filters', () => {
  it.each([
    [
      'equals',
      `calcTotal=${encoded(String(everySale[3]?.['calcTotal']))}`,
      (sale: Document) => total(sale) === total(everySale[3] ?? {}),
    ],
    ['not equal', `shopID=${encoded('!=,1')}`, (sale: Document) => sale['shopID'] !== '1'],
    ['greater', `calcTotal=${encoded('>,500')}`, (sale: Document) => total(sale) > 500],
    ['less, with a raw comma', 'calcTotal=%3C,0', (sale: Document) => total(sale) < 0],
    ['at least', `saleID=${encoded('>=,390')}`, (sale: Document) => Number(sale['saleID']) >= 390],
    ['at most', `saleID=${encoded('<=,12')}`, (sale: Document) => Number(sale['saleID']) <= 12],
    [
      'between, both ends included',
      `saleID=${encoded('><,10,20')}`,
      (sale: Document) => Number(sale['saleID']) >= 10 && Number(sale['saleID']) <= 20,
    ],
    [
      'in, bracketed',
      `saleID=${encoded('IN,[3,1,200,99999]')}`,
      (sale: Document) => ['1', '3', '200'].includes(String(sale['saleID'])),
    ],
    ['in, as a plain list', `shopID=${encoded('IN,1,3')}`, (sale: Document) => ['1', '3'].includes(String(sale['shopID']))],
    ['like', `ticketNumber=${encoded('~,%0000012%')}`, (sale: Document) => String(sale['ticketNumber']).includes('0000012')],
    ['not like', `ticketNumber=${encoded('!~,%1%')}`, (sale: Document) => !String(sale['ticketNumber']).includes('1')],
    ['a flag', 'completed=false', (sale: Document) => sale['completed'] === 'false'],
    ['a flag as a number', 'voided=1', (sale: Document) => sale['voided'] === 'true'],
    [
      'several at once',
      `completed=true&shopID=1&calcTotal=${encoded('>,100')}`,
      (sale: Document) => sale['completed'] === 'true' && sale['shopID'] === '1' && total(sale) > 100,
    ],
  ])('%s', async (_name, query, accepts) => {
    const found = await ids(query);
    expect(found).toEqual(expected(accepts));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(everySale.length);
  });

  it.each(['timeStamp', 'createTime', 'updateTime', 'completeTime'])('find sales by %s, in either order', async (field) => {
    const bounds = [Date.parse(middle), Date.parse(later)] as const;
    const accepts = (sale: Document): boolean =>
      sale[field] !== undefined && epoch(sale, field) >= bounds[0] && epoch(sale, field) <= bounds[1];
    const query = `${field}=${encoded(`><,${middle},${later}`)}`;
    expect(await ids(query)).toEqual(expected(accepts));
    const byTime = await ids(`${query}&sort=timeStamp`);
    expect(byTime.toSorted((left, right) => left - right)).toEqual(expected(accepts));
  });

  it('accept the change stamp in both spellings, or in one by switch; the other is then ignored', async () => {
    const query = (name: string): string => `${name}=${encoded(`>=,${later}`)}`;
    const right = expected((sale) => epoch(sale, 'updateTime') >= Date.parse(later));
    expect(await ids(query('updateTime'))).toEqual(right);
    expect(await ids(query('updatetime'))).toEqual(right);
    const strict = testAccount({ switches: { updateTimeFilter: 'updatetime' } });
    expect(documentsOf(await strict.get(`/Sale.json?${query('updatetime')}`))[0]?.['saleID']).toBe(String(right[0]));
    expect(documentsOf(await strict.get(`/Sale.json?${query('updateTime')}`))[0]?.['saleID']).toBe('1');
    expect((await strict.get('/Sale.json?sort=updateTime')).status).toBe(400);
  });

  it.each([
    ['an offset with a colon', '2026-10-01T02:00:00+02:00'],
    ['an offset without one', '2026-09-30T19:00:00-0500'],
    ['Z', '2026-10-01T00:00:00Z'],
    ['a negative zero', '2026-10-01T00:00:00-00:00'],
    ['nothing, meaning UTC', '2026-10-01T00:00:00'],
    ['the American order', '10/01/2026T00:00:00'],
  ])('read times with %s', async (_name, time) => {
    const right = expected((sale) => epoch(sale, 'timeStamp') >= Date.parse('2026-10-01T00:00:00Z'));
    expect(await ids(`timeStamp=${encoded(`>=,${time}`)}`)).toEqual(right);
  });

  it('take a bare day as midnight in the account zone', async () => {
    const right = expected((sale) => epoch(sale, 'timeStamp') >= Date.parse('2026-09-30T22:00:00Z'));
    expect(await ids(`timeStamp=${encoded('>=,2026-10-01')}`)).toEqual(right);
  });

  it('refuse a time whose plus sign arrived as a space', async () => {
    const answer = await account.get('/Sale.json?timeStamp=%3E%3D,2026-10-01T00:00:00+00:00');
    expect(answer.status).toBe(400);
    expect(answer.body['message']).toContain('%2B');
  });

  it('refuse more than 100 values in a list', async () => {
    const many = Array.from({ length: 101 }, (_, index) => index + 1);
    expect((await account.get(`/Sale.json?saleID=${encoded(`IN,[${many.join(',')}]`)}`)).status).toBe(400);
    expect((await ids(`saleID=${encoded(`IN,[${many.slice(1).join(',')}]`)}`)).length).toBe(100);
  });

  it('join alternatives by or, encoded once more inside', async () => {
    const right = expected((sale) => sale['saleID'] === '5' || total(sale) > 2000);
    expect(await ids(`or=saleID%3D5|calcTotal%3D%253E%2C2000`)).toEqual(right);
    expect(await ids(`or=${encoded('saleID=5|calcTotal=>,2000')}`)).toEqual(right);
    const names = await account.walk('/Item.json?or=description%3D~,%25tee%25|itemID%3D50');
    expect(names.flat().every((item) => /tee/i.test(String(item['description'])) || item['itemID'] === '50')).toBe(true);
    expect(names.flat().length).toBeGreaterThan(1);
  });

  it('look into loaded relations: a parent with a matching child is found', async () => {
    const itemId = String(linesOf(everySale[10] ?? {})[0]?.['itemID']);
    const right = expected((sale) => linesOf(sale).some((line) => line['itemID'] === itemId));
    expect(await ids(`load_relations=%5B%22SaleLines%22%5D&SaleLines.itemID=${itemId}`)).toEqual(right);
    const unloaded = await account.get(`/Sale.json?SaleLines.itemID=${itemId}`);
    expect(unloaded.status).toBe(400);
  });

  it('find customers by their contact', async () => {
    const customers = (await account.walk('/Customer.json?load_relations=%5B%22Contact%22%5D')).flat();
    const wanted = customers.find((customer) => /"address":"[^"]+@/.test(JSON.stringify(customer)));
    const email = /"address":"([^"]+@[^"]+)"/.exec(JSON.stringify(wanted))?.[1] ?? '';
    const found = await account.walk(`/Customer.json?Contact.email=${encoded(email)}`);
    expect(idsOf(found.flat(), 'customerID')).toContain(Number(wanted?.['customerID']));
    expect(found.flat().length).toBeLessThan(5);
  });

  it('find items by any of their codes', async () => {
    const [item] = documentsOf(await account.get('/Item.json?itemID=17'));
    for (const code of ['17', item?.['systemSku'], item?.['upc']]) {
      const found = documentsOf(await account.get(`/Item.json?itemCode=${encoded(String(code))}`));
      expect(idsOf(found, 'itemID')).toEqual([17]);
    }
  });

  it('ignore what is no field, or refuse it by switch', async () => {
    expect((await ids('whatever=1')).length).toBe(everySale.length);
    const strict = testAccount({ switches: { unknownParameter: 'reject' } });
    expect((await strict.get('/Sale.json?whatever=1')).status).toBe(400);
  });
});

describe('archived', () => {
  const long = testAccount({ sales: 600, days: 90 });

  it('hides, shows or singles out archived records', async () => {
    const live = idsOf(documentsOf(await long.get('/Shop.json')), 'shopID');
    const only = idsOf(documentsOf(await long.get('/Shop.json?archived=only')), 'shopID');
    const both = idsOf(documentsOf(await long.get('/Shop.json?archived=true')), 'shopID');
    expect(only.length).toBeGreaterThan(0);
    expect([...live, ...only].toSorted((left, right) => left - right)).toEqual(both);
  });

  it('changes nothing on sales', async () => {
    const all = await long.walk('/Sale.json');
    expect((await long.walk('/Sale.json?archived=only')).flat().length).toBe(all.flat().length);
  });
});

describe('count=1', () => {
  it('gives only the number of matches', async () => {
    const answer = await account.get('/Sale.json?count=1&completed=true');
    expect(answer.body).toEqual({ '@attributes': { count: String(expected((sale) => sale['completed'] === 'true').length) } });
  });

  it.each(['limit=5', 'sort=saleID', 'after=WzVd', 'before=WzVd'])('cannot be combined with %s', async (other) => {
    expect((await account.get(`/Sale.json?count=1&${other}`)).status).toBe(400);
  });
});

describe('errors', () => {
  it('say which fields can be sorted by', async () => {
    const answer = await account.get('/Sale.json?sort=calcTotal');
    expect(answer.status).toBe(400);
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
    expect(answer.body).toEqual({
      httpCode: '400',
      httpMessage: 'Bad Request',
      message: "Sorting by 'calcTotal' is not supported for Sale. Supported fields: saleID, timeStamp, completeTime, updatetime.",
      errorClass: 'Exception',
    });
  });

  it('use the recorded words for an unknown id', async () => {
    const answer = await account.get('/Employee/77.json');
    expect(answer.status).toBe(404);
    expect(answer.text).toBe(
      `{"httpCode":"404","httpMessage":"Not Found","message":"Object of type 'Employee' not found with primary ID '77'.","errorClass":"Exception"}`,
    );
  });

  it('refuse unknown resources, relations, accounts and verbs', async () => {
    expect((await account.get('/Widget.json')).status).toBe(404);
    expect((await account.get('/Sale.json?load_relations=%5B%22Widgets%22%5D')).status).toBe(400);
    expect((await account.get('/Sale.json?load_relations=SaleLines')).status).toBe(400);
    expect((await account.get('http://pos.test/API/V3/Account/1/Sale.json')).status).toBe(403);
    const deleted = await account.emulator.fetch(`${account.root}/Shop/1.json`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${account.emulator.credentials.rSeries.accessToken}` },
    });
    expect(deleted.status).toBe(405);
    expect(deleted.headers.get('Allow')).toBe('GET');
  });
});

function linesOf(sale: Document): Document[] {
  const wrapper = sale['SaleLines'] as Readonly<Record<string, Document | Document[]>> | undefined;
  const lines = wrapper?.['SaleLine'];
  if (lines === undefined) return [];
  return Array.isArray(lines) ? lines : [lines];
}

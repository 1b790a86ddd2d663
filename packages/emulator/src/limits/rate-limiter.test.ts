import { describe, expect, it } from 'vitest';
import { encoded, testAccount } from '../testing/account.ts';
import { bucketOf } from './rate-limiter.ts';

const start = '2026-11-24T06:00:00Z';

function limited(registers = 1): ReturnType<typeof testAccount> {
  return testAccount({ sales: 30, customers: 5, rateLimit: 'real', registers, now: start });
}

const headersOf = (answer: { readonly headers: Headers }): Record<string, string | null> => ({
  level: answer.headers.get('X-LS-API-Bucket-Level'),
  burst: answer.headers.get('X-LS-API-Burst-Level'),
  drip: answer.headers.get('X-LS-API-Drip-Rate'),
  cost: answer.headers.get('X-LS-API-Request-Cost'),
});

describe('the leaky bucket', () => {
  it('grows with the registers of the subscription', () => {
    expect([1, 3, 10].map(bucketOf)).toEqual([
      { size: 90, drip: 1 },
      { size: 110, drip: 2 },
      { size: 180, drip: 5.5 },
    ]);
  });

  it('fills by the cost of each request and leaks by the world clock, as every answer shows', async () => {
    const account = limited();
    const { clock } = account.emulator.control;
    const relations = encoded('["SaleLines","SalePayments","Customer"]');
    expect(headersOf(await account.get(`/Sale.json?load_relations=${relations}`))).toEqual({
      level: '2/90',
      burst: '1/20',
      drip: '1',
      cost: '2',
    });
    expect(headersOf(await account.get('/Sale/1.json'))).toMatchObject({ level: '3/90', burst: '2/20', cost: '1' });
    clock.advance(1500);
    expect(headersOf(await account.get('/Shop.json'))).toMatchObject({ level: '2.5/90', burst: '1/20' });
    expect(headersOf(await account.get('/Shop/99.json'))).toMatchObject({ level: '3.5/90' });
    expect(headersOf(await account.get('/Shop.json?sort=name'))).toMatchObject({ level: '4.5/90' });
    clock.advance(60_000);
    expect(headersOf(await account.get('/Shop.json'))).toMatchObject({ level: '1/90' });
  });

  it('serves the request that crosses its size, refuses the next, and admits again after Retry-After', async () => {
    const account = limited();
    const { clock } = account.emulator.control;
    account.emulator.control.spend(account.emulator.credentials.rSeries.clientId, 89.5);
    const crossing = await account.get('/Shop.json?count=1');
    expect([crossing.status, crossing.headers.get('X-LS-API-Bucket-Level')]).toEqual([200, '99.5/90']);
    const refused = await account.get('/Shop.json');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('X-LS-API-RateLimit-Type')).toBe('api-leaky-bucket');
    expect(refused.headers.get('Retry-After')).toBe('10');
    expect(refused.headers.get('X-LS-API-Bucket-Level')).toBe('99.5/90');
    clock.advance(9000);
    expect((await account.get('/Shop.json')).status).toBe(429);
    clock.advance(1000);
    expect((await account.get('/Shop.json')).status).toBe(200);
  });

  it('is one for each client', async () => {
    const account = limited();
    account.emulator.control.spend(account.emulator.credentials.rSeries.clientId, 100);
    expect((await account.get('/Shop.json')).status).toBe(429);
    const basic = `Basic ${Buffer.from(`${account.emulator.credentials.rSeries.apiKey}:apikey`).toString('base64')}`;
    expect((await account.get('/Shop.json', { Authorization: basic })).status).toBe(200);
  });
});

describe('costs', () => {
  const account = testAccount({ sales: 5, customers: 2 });

  it.each([
    ['/Sale.json', '1'],
    [`/Sale.json?load_relations=${encoded('["SaleLines","SalePayments","Customer"]')}`, '2'],
    [`/Sale/1.json?load_relations=${encoded('["SaleLines","SalePayments","Customer"]')}`, '1.5'],
    [`/Sale/1.json?load_relations=${encoded('["SaleLines.Item"]')}`, '1.4'],
    [`/Sale.json?load_relations=${encoded('["SaleLines.Item"]')}`, '1.6'],
    ['/Sale.json?count=1', '10'],
    ['/Item.json?or=itemID%3D1|itemID%3D2', '1'],
    ['/Item.json?or=itemID%3D1|description%3D~,x%25', '3'],
    ['/Item.json?or=itemID%3D%253E,1|description%3D~,x%25', '12'],
    ['http://pos.test/API/Account/900001/Sale.json?offset=1000', '1.5'],
    ['http://pos.test/API/Account/900001/Sale.json?orderby=calcTotal', '5'],
  ])('%s costs %s', async (path, cost) => {
    expect((await account.get(path)).headers.get('X-LS-API-Request-Cost')).toBe(cost);
  });
});

describe('the burst window', () => {
  it('refuses the 21st request of a second at size 90, and says so', async () => {
    const account = limited();
    for (let request = 0; request < 20; request += 1) expect((await account.get('/Shop.json')).status).toBe(200);
    const refused = await account.get('/Shop.json');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('X-LS-API-RateLimit-Type')).toBe('api-burst-limiter');
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(refused.text).toContain('burst rate limit exceeded');
    account.emulator.control.clock.advance(1000);
    expect((await account.get('/Shop.json')).status).toBe(200);
  });
});

describe('with the limits off', () => {
  it('nothing is refused, and the headers never show a bucket that fills', async () => {
    const account = testAccount({ sales: 5, customers: 2 });
    for (let request = 0; request < 120; request += 1) {
      const answer = await account.get('/Shop.json');
      expect([answer.status, answer.headers.get('X-LS-API-Bucket-Level')]).toEqual([200, '1/90']);
    }
  });
});

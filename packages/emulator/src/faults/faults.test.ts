import { describe, expect, it } from 'vitest';
import { documentsOf, encoded, idsOf, linkOf, testAccount } from '../testing/account.ts';
import { rSeriesFaults } from './r-series.ts';
import type { RSeriesFault } from './r-series.ts';

const sales = `/Sale.json?limit=20&load_relations=${encoded('["SaleLines","SalePayments"]')}`;

function faulty(name: RSeriesFault, every = 1): ReturnType<typeof testAccount> {
  const account = testAccount({ sales: 60, customers: 5 });
  account.emulator.control.faults.arm(name, { every });
  return account;
}

describe('faults', () => {
  it('happen on every Nth request they match, as often as asked, and count', async () => {
    const account = testAccount({ sales: 10, customers: 5 });
    const { faults } = account.emulator.control;
    faults.arm('status-500', { every: 3, times: 2, match: '/Shop' });
    const statuses: number[] = [];
    for (let request = 0; request < 12; request += 1) {
      statuses.push((await account.get('/Shop.json')).status);
      expect((await account.get('/Register.json')).status).toBe(200);
    }
    expect(statuses).toEqual([200, 200, 500, 200, 200, 500, 200, 200, 200, 200, 200, 200]);
    expect(faults.list().find((fault) => fault.name === 'status-500')).toMatchObject({ seen: 12, fired: 2 });
    faults.disarm('status-500');
    expect(faults.list().find((fault) => fault.name === 'status-500')).toMatchObject({ rule: null, fired: 2 });
  });

  it('have names, and rules that can fire', () => {
    const { faults } = testAccount({ sales: 1, customers: 1 }).emulator.control;
    expect(() => faults.arm('earthquake', { every: 1 })).toThrow('Unknown fault "earthquake"');
    expect(() => faults.arm('html-502', { every: 0 })).toThrow('whole number');
    expect(faults.list().map((fault) => fault.name)).toEqual(expect.arrayContaining(Object.keys(rSeriesFaults)));
  });

  it.each([
    ['status-500', 500, 'application/json'],
    ['html-502', 502, 'text/html'],
    ['html-503', 503, 'text/html'],
    ['try-again', 400, 'text/html; charset=UTF-8'],
    ['rate-limit', 429, 'application/json'],
  ] as const)('%s answers %i as %s', async (name, status, type) => {
    const answer = await faulty(name).get(sales);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([status, type]);
    if (name === 'rate-limit') expect(answer.headers.get('Retry-After')).toBe('1');
  });

  it('cut-connection rejects the fetch, cut-body breaks it off, truncated-json ends too early', async () => {
    await expect(faulty('cut-connection').get(sales)).rejects.toThrow('fetch failed');
    await expect(faulty('cut-body').get(sales)).rejects.toThrow();
    await expect(faulty('truncated-json').get(sales)).rejects.toThrow(SyntaxError);
  });

  it('slow-bytes arrive whole', async () => {
    const account = testAccount({ sales: 60, customers: 5 });
    const straight = await account.get(sales);
    account.emulator.control.faults.arm('slow-bytes', { every: 1, seconds: 0.02 });
    expect((await account.get(sales)).text).toBe(straight.text);
  });

  it('expired-token is cured by a refresh, revoked-token is not', async () => {
    const refresh = async (account: ReturnType<typeof testAccount>): Promise<number> => {
      const { clientId, clientSecret, refreshToken } = account.emulator.credentials.rSeries;
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      });
      return (await account.emulator.fetch('http://pos.test/auth/oauth/token', { method: 'POST', body })).status;
    };
    const expired = faulty('expired-token');
    expect((await expired.get(sales)).status).toBe(401);
    expect(await refresh(expired)).toBe(200);
    const revoked = faulty('revoked-token');
    expect((await revoked.get(sales)).body).toMatchObject({ error: 'access_denied', hint: 'Access token has been revoked' });
    expect(await refresh(revoked)).toBe(400);
  });

  it('duplicate-rows repeat the last record of the page before; the walk still has every record', async () => {
    const account = faulty('duplicate-rows');
    const pages = await account.walk(sales);
    const [first = [], second = []] = pages;
    expect(second[0]?.['saleID']).toBe(first.at(-1)?.['saleID']);
    const ids = idsOf(pages.flat(), 'saleID');
    expect(ids.length).toBeGreaterThan(60);
    expect([...new Set(ids)]).toEqual(account.emulator.control.ids()['Sale']);
  });

  it('reordered-rows turn pages around without losing the way', async () => {
    const account = faulty('reordered-rows');
    const pages = await account.walk(sales);
    expect(idsOf(pages[0] ?? [], 'saleID')[0]).toBe(20);
    expect(idsOf(pages.flat(), 'saleID').toSorted((left, right) => left - right)).toEqual(account.emulator.control.ids()['Sale']);
  });

  it('missing-relation leaves a loaded relation out of every record of the page', async () => {
    const account = testAccount({ sales: 60, customers: 5 });
    account.emulator.control.faults.arm('missing-relation', { every: 1, relation: 'SalePayments' });
    const documents = documentsOf(await account.get(sales));
    expect(documents.some((document) => 'SalePayments' in document)).toBe(false);
    expect(documents.some((document) => 'SaleLines' in document)).toBe(true);
  });

  it('unknown-fields add what nobody has heard of', async () => {
    const [document] = documentsOf(await faulty('unknown-fields').get(sales));
    expect(document).toMatchObject({ futureField: 'something new', saleID: '1' });
  });

  it('hard-deleted-rows are gone from lists and by id, and stay so', async () => {
    const account = testAccount({ sales: 60, customers: 5 });
    account.emulator.control.faults.arm('hard-deleted-rows', { every: 1, times: 1 });
    const before = account.emulator.control.ids()['Sale'] ?? [];
    const after = idsOf((await account.walk(sales)).flat(), 'saleID');
    const gone = before.filter((id) => !after.includes(id));
    expect(gone).toHaveLength(1);
    expect((await account.get(`/Sale/${gone[0]}.json`)).status).toBe(404);
    expect(idsOf((await account.walk(sales)).flat(), 'saleID')).toEqual(after);
  });

  it('clock-skew moves only the Date header', async () => {
    const account = faulty('clock-skew');
    const date = Date.parse((await account.get('/Shop.json')).headers.get('Date') ?? '');
    expect(date - account.emulator.control.clock.now()).toBe(300_000);
  });

  it('never turn an error into an empty list: what is no success has no envelope', async () => {
    for (const name of ['status-500', 'html-502', 'html-503', 'try-again', 'rate-limit', 'expired-token'] as const) {
      const answer = await faulty(name).get(sales);
      expect(answer.body).not.toHaveProperty('@attributes');
    }
    expect(linkOf(await testAccount({ sales: 30, customers: 1 }).get(sales), 'next')).not.toBe('');
  });
});

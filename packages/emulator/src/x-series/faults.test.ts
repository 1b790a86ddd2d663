import { beforeEach, describe, expect, it } from 'vitest';
import { rowsOf, storeOrigin, testRetailer } from '../testing/retailer.ts';
import type { TestRetailer } from '../testing/retailer.ts';

let store: TestRetailer;

beforeEach(() => {
  store = testRetailer({ sales: 60, customers: 10 });
});

function raw(path: string): Promise<Response> {
  return store.emulator.fetch(`${storeOrigin}/api${path}`, {
    headers: { Authorization: `Bearer ${store.credentials.personalToken}` },
  });
}

function firedOf(name: string): number {
  return store.emulator.control.faults.list().find((fault) => fault.name === name)?.fired ?? 0;
}

describe('faults of the X-Series', () => {
  it.each([
    ['status-500', 500, 'application/json'],
    ['html-502', 502, 'text/html'],
    ['html-503', 503, 'text/html'],
    ['gone-410', 410, 'application/json'],
  ])('%s answers instead of the API, every third time, and counts', async (name, status, type) => {
    store.emulator.control.faults.arm(name, { every: 3 });
    const answers = [];
    for (let time = 0; time < 6; time += 1) answers.push(await raw('/2.0/outlets'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, status, 200, 200, status]);
    expect(answers[2]?.headers.get('Content-Type')).toContain(type);
    expect(firedOf(name)).toBe(2);
  });

  it('a 429 although there is room, with its date', async () => {
    store.emulator.control.faults.arm('rate-limit', { every: 1, times: 1, seconds: 5 });
    const answer = await raw('/2.0/outlets');
    expect(answer.status).toBe(429);
    const until = Date.parse(answer.headers.get('Retry-After') ?? '');
    expect(until - store.emulator.control.clock.now()).toBe(5000);
  });

  it('connections end before, within or halfway through the body', async () => {
    const { faults } = store.emulator.control;
    faults.arm('cut-connection', { every: 1, times: 1 });
    await expect(raw('/2.0/sales')).rejects.toThrow('fetch failed');
    faults.arm('cut-body', { every: 1, times: 1 });
    await expect((await raw('/2.0/sales')).text()).rejects.toThrow();
    faults.arm('truncated-json', { every: 1, times: 1 });
    await expect((await raw('/2.0/sales')).json()).rejects.toThrow(SyntaxError);
    faults.arm('slow-bytes', { every: 1, times: 1, seconds: 0.05 });
    expect((await raw('/2.0/sales?page_size=1')).status).toBe(200);
    expect(firedOf('slow-bytes')).toBe(1);
  });

  it('rows come twice, in reverse, without a part, or with something new', async () => {
    const { faults } = store.emulator.control;
    const first = rowsOf(await store.get('/2.0/sales?page_size=5'));
    const after = Number(first.at(-1)?.['version']);
    faults.arm('duplicate-rows', { every: 1, times: 1 });
    const twice = await store.get(`/2.0/sales?page_size=5&after=${after}`);
    expect(rowsOf(twice)[0]?.['id']).toBe(first.at(-1)?.['id']);
    expect(rowsOf(twice)).toHaveLength(6);
    faults.arm('reordered-rows', { every: 1, times: 1 });
    const reversed = await store.get('/2.0/sales?page_size=5');
    expect(rowsOf(reversed)).toEqual(first.toReversed());
    expect(reversed.body['version']).toEqual({ min: first[0]?.['version'], max: after });
    faults.arm('missing-relation', { every: 1, times: 1, relation: 'payments' });
    expect(rowsOf(await store.get('/2.0/sales?page_size=5')).some((sale) => 'payments' in sale)).toBe(false);
    faults.arm('unknown-fields', { every: 1, times: 1 });
    expect(rowsOf(await store.get('/2.0/sales?page_size=5')).every((sale) => 'future_field' in sale)).toBe(true);
  });

  it('a row is gone for good, from lists and by its id', async () => {
    const before = await store.walk('/2.0/sales', 20);
    store.emulator.control.faults.arm('hard-deleted-rows', { every: 1, times: 1 });
    await store.get('/2.0/sales?page_size=20');
    const after = await store.walk('/2.0/sales', 20);
    const lost = before.filter((sale) => !after.some((other) => other['id'] === sale['id']));
    expect(lost).toHaveLength(1);
    expect((await store.get(`/2.0/sales/${String(lost[0]?.['id'])}`)).status).toBe(404);
  });

  it('tokens expire or are revoked in the middle of a walk', async () => {
    const access = await store.signIn('sales:read');
    store.emulator.control.faults.arm('expired-token', { every: 2, times: 1 });
    expect((await store.get('/2.0/sales', access)).status).toBe(200);
    expect((await store.get('/2.0/sales', access)).status).toBe(401);
    expect((await store.get('/2.0/sales')).status).toBe(200);
    store.emulator.control.faults.arm('revoked-token', { every: 1, times: 1 });
    expect((await store.get('/2.0/sales')).status).toBe(401);
  });

  it('the search index lags, the feed does not', async () => {
    const at = store.emulator.control.clock.now();
    store.control.play([
      {
        event: 'ring_up',
        sale: 'fresh',
        at: new Date(at).toISOString(),
        shop: '1',
        register: '1',
        lines: [{ quantity: '1', price: '1' }],
        payments: [{ tender: 'cash', amount: '1' }],
      },
    ]);
    const id = store.emulator.world.x.saleId('fresh');
    const path = `/2.0/search?type=sales&_id=${id}`;
    expect(rowsOf(await store.get(path))).toHaveLength(1);
    store.emulator.control.faults.arm('stale-search', { every: 1, times: 1, seconds: 30 });
    expect(rowsOf(await store.get(path))).toHaveLength(0);
    expect((await store.walk('/2.0/sales')).at(-1)?.['id']).toBe(id);
  });

  it('everything is back after a reset, first credentials included', async () => {
    store.emulator.control.faults.arm('hard-deleted-rows', { every: 1, times: 1 });
    await store.get('/2.0/sales');
    store.emulator.control.faults.arm('revoked-token', { every: 1, times: 1 });
    await store.get('/2.0/sales');
    store.emulator.control.reset();
    expect((await store.walk('/2.0/sales')).map((sale) => sale['id'])).toEqual(store.control.ids()['sales']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Document } from '../testing/account.ts';
import { documentsOf, origin, testAccount } from '../testing/account.ts';

function controlled(options: Parameters<typeof testAccount>[0] = {}): {
  account: ReturnType<typeof testAccount>;
  ask: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<{ status: number; body: Document }>;
} {
  const account = testAccount({ sales: 50, customers: 10, ...options });
  return {
    account,
    async ask(method, path, body) {
      const response = await account.emulator.fetch(`${origin}/_control${path}`, {
        method,
        headers: { Authorization: `Bearer ${account.emulator.credentials.controlToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Document };
    },
  };
}

describe('control', () => {
  it('is for holders of the control token only', async () => {
    const { account } = controlled();
    for (const header of [undefined, 'Bearer wrong', `Bearer ${account.emulator.credentials.rSeries.accessToken}`]) {
      const response = await account.emulator.fetch(
        `${origin}/_control/truth`,
        header === undefined ? {} : { headers: { Authorization: header } },
      );
      expect(response.status).toBe(401);
    }
  });

  it('tells the truth of the world and the ids there are', async () => {
    const { account, ask } = controlled();
    const truth = await ask('GET', '/truth?from=2026-09-01&to=2026-10-31');
    expect(truth.body['rSeries']).toEqual(
      account.emulator.world.truth(account.emulator.control.clock.now(), { from: '2026-09-01', to: '2026-10-31' }),
    );
    expect((await ask('GET', '/truth?from=yesterday')).status).toBe(400);
    const ids = (await ask('GET', '/truth/ids')).body['rSeries'] as Record<string, number[]>;
    expect(ids['Sale']).toHaveLength(50);
    expect(ids['Customer']).toHaveLength(account.emulator.world.at(account.emulator.control.clock.now()).customers().length);
  });

  it('tells the X-Series’ own beside it: truth, ids, golden names, webhooks, tokens, switches', async () => {
    const { account, ask } = controlled();
    const { emulator } = account;
    const now = emulator.control.clock.now();
    expect((await ask('GET', '/truth')).body['xSeries']).toEqual(emulator.world.x.truth(now));
    const ids = (await ask('GET', '/truth/ids')).body['xSeries'] as Record<string, string[]>;
    expect(ids['sales']).toHaveLength(emulator.world.x.at(now).saleCount());
    expect(ids['gift_cards']).toHaveLength(emulator.world.x.at(now).giftCards().length);
    expect((await ask('GET', '/golden')).body['xSeries']).toEqual(emulator.world.x.golden(now));
    expect((await ask('POST', '/switches', { xSeries: { before: 'inclusive' } })).body).toMatchObject({
      xSeries: { before: 'inclusive' },
    });
    expect((await ask('POST', '/switches', { xSeries: { before: 'sometimes' } })).status).toBe(400);
    expect((await ask('POST', '/limits', { xRegisters: 7 })).body).toMatchObject({ xRegisters: 7 });
    const { personalToken } = (await ask('POST', '/personal-tokens', { name: 'extra' })).body as { personalToken: string };
    const outlets = await emulator.fetch(`${origin}/api/2.0/outlets`, { headers: { Authorization: `Bearer ${personalToken}` } });
    expect(outlets.headers.get('X-RateLimit-Limit')).toBe('2150');
    expect((await ask('GET', '/webhooks')).body).toEqual({ deliveries: [] });
    expect(JSON.stringify((await ask('GET', '/requests')).body)).not.toContain(personalToken);
  });

  it('plays events where they make sense, or where they are told to', async () => {
    const { account, ask } = controlled({ sales: 0 });
    const onlyX = { event: 'rename_payment_type', tender: 'card', name: 'Terminal', at: '2026-11-23T12:00:00Z' };
    expect((await ask('POST', '/sales', { events: [onlyX] })).body).toEqual({ played: 1, series: ['x'] });
    expect((await ask('POST', '/sales', { events: [onlyX], series: 'r' })).status).toBe(400);
    const before = account.emulator.world.x.at(account.emulator.control.clock.now()).customers().length;
    expect((await ask('POST', '/customers', { customers: [{ firstName: 'Ida' }], series: 'x' })).body).toMatchObject({
      series: ['x'],
    });
    expect(account.emulator.world.x.at(account.emulator.control.clock.now()).customers()).toHaveLength(before + 1);
  });

  it('rings up, edits and voids at the till, and refuses what makes no sense', async () => {
    const { account, ask } = controlled({ sales: 0 });
    const ring = {
      event: 'ring_up',
      sale: 'new',
      at: '2026-11-23T12:00:00Z',
      shop: '1',
      register: '1',
      lines: [{ quantity: '1', price: '10', taxed: false }],
      payments: [{ tender: 'cash', amount: '10' }],
    };
    expect((await ask('POST', '/sales', { events: [ring] })).body).toEqual({ played: 1, series: ['r', 'x'] });
    expect(documentsOf(await account.get('/Sale.json'))).toMatchObject([{ calcTotal: '10' }]);
    expect(
      (await ask('POST', '/sales', { events: [{ event: 'void', sale: 'unknown', at: '2026-11-23T13:00:00Z' }] })).status,
    ).toBe(400);
    expect((await ask('POST', '/sales', { events: [{ event: 'ring_up' }] })).status).toBe(400);
    expect((await ask('POST', '/sales', {})).status).toBe(400);
  });

  it('writes customers down', async () => {
    const { account, ask } = controlled();
    await ask('POST', '/customers', { customers: [{ firstName: 'Ada', lastName: 'Nygård', email: 'ada@example.test' }] });
    const found = documentsOf(await account.get('/Customer.json?Contact.email=ada@example.test'));
    expect(found).toMatchObject([{ firstName: 'Ada', lastName: 'Nygård' }]);
  });

  it('moves, stops and starts the clock; late edits appear when it passes them', async () => {
    const { account, ask } = controlled({ sales: 600, customers: 50, lateEdits: 'pending' });
    const { world, control } = account.emulator;
    expect(control.clock.now()).toBe(world.lateEditsFrom);
    const voidsBefore = (await account.walk('/SaleVoid.json')).flat().length;
    const moved = await ask('POST', '/clock', { now: new Date(world.window.until).toISOString() });
    expect(moved.body).toEqual({ now: new Date(world.window.until).toISOString(), frozen: true });
    expect((await account.walk('/SaleVoid.json')).flat().length).toBeGreaterThan(voidsBefore);
    expect((await ask('POST', '/clock', { advanceMs: 1500 })).body['now']).toBe(
      new Date(world.window.until + 1500).toISOString(),
    );
    expect((await ask('POST', '/clock', { frozen: false })).body['frozen']).toBe(false);
    expect((await ask('POST', '/clock', { now: 'soon' })).status).toBe(400);
  });

  it('arms faults, sets limits and switches, and lists the requests without their secrets', async () => {
    const { account, ask } = controlled();
    expect((await ask('POST', '/faults', { name: 'html-502', every: 1, times: 1 })).status).toBe(200);
    expect((await account.get('/Shop.json')).status).toBe(502);
    expect((await ask('POST', '/faults', { name: 'nothing', every: 1 })).status).toBe(400);
    expect((await ask('POST', '/limits', { mode: 'real', registers: 4 })).body).toEqual({
      mode: 'real',
      registers: 4,
      xRegisters: null,
    });
    expect((await account.get('/Shop.json')).headers.get('X-LS-API-Bucket-Level')).toBe('1/120');
    expect((await ask('POST', '/switches', { emptyList: 'empty-object' })).status).toBe(200);
    expect((await account.get('/Sale.json?saleID=0')).body['Sale']).toEqual({});
    expect((await ask('POST', '/switches', { emptyList: 'null' })).status).toBe(400);
    const log = (await ask('GET', '/requests')).body['requests'] as Document[];
    expect(log).toMatchObject([
      { number: 1, method: 'GET', path: '/API/V3/Account/900001/Shop.json', status: 502 },
      { number: 2, status: 200, cost: 1, level: '1/120', client: account.emulator.credentials.rSeries.clientId },
      { number: 3, status: 200 },
    ]);
    expect(JSON.stringify(log)).not.toContain(account.emulator.credentials.rSeries.accessToken);
  });

  it('puts everything back as it was at the start, first credentials included', async () => {
    const { account, ask } = controlled({ rateLimit: 'real' });
    const { control, credentials } = account.emulator;
    const before = (await account.get('/Sale.json')).text;
    control.play([
      {
        event: 'ring_up',
        sale: 'extra',
        at: '2026-11-23T12:00:00Z',
        shop: '1',
        register: '1',
        lines: [{ quantity: '1', price: '1', taxed: false }],
        payments: [{ tender: 'cash', amount: '1' }],
      },
    ]);
    control.clock.advance(5 * 3_600_000);
    control.spend(credentials.rSeries.clientId, 500);
    for (const grant of control.grants()) control.revokeGrant(grant.id);
    expect((await account.get('/Sale.json')).status).toBe(401);
    expect((await ask('POST', '/reset')).body).toEqual({ reset: true });
    expect((await account.get('/Sale.json')).text).toBe(before);
    expect(control.requests()).toHaveLength(1);
  });
});

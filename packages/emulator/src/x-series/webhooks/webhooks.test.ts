import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../emulator.ts';
import { serveEmulator } from '../../server.ts';
import { rowsOf, storeOrigin, testRetailer } from '../../testing/retailer.ts';
import type { TestRetailer } from '../../testing/retailer.ts';
import type { XDocument } from '../wire.ts';

interface Received {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
}

/** A retailer whose webhooks land here, answered with these statuses in turn (the last one from then on). */
function hooked(
  statuses: readonly (number | 'nothing')[] = [200],
  options: EmulatorOptions = {},
): { store: TestRetailer; received: Received[] } {
  const received: Received[] = [];
  const store = testRetailer({
    sales: 40,
    customers: 10,
    ...options,
    webhooks: {
      fetch(url, init) {
        received.push({ url, headers: new Headers(init.headers), body: typeof init.body === 'string' ? init.body : '' });
        const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
        return status === 'nothing' ? Promise.reject(new Error('no answer')) : Promise.resolve(new Response(null, { status }));
      },
    },
  });
  return { store, received };
}

const hook = { type: 'sale.update', active: true, url: 'http://127.0.0.1:9000/hook' };

async function ringUp(store: TestRetailer, sale = 'hooked'): Promise<void> {
  const at = new Date(store.emulator.control.clock.now()).toISOString();
  store.control.play([
    {
      event: 'ring_up',
      sale,
      at,
      shop: '1',
      register: '1',
      lines: [{ quantity: '1', price: '56.5', taxRates: ['0.25', '0'] }],
      payments: [{ tender: 'cash', amount: '70.63' }],
    },
  ]);
  await store.control.deliver();
}

function payloadOf({ body }: Received): XDocument {
  return JSON.parse(new URLSearchParams(body).get('payload') ?? '') as XDocument;
}

describe('registering webhooks', () => {
  it('are made, listed, changed and removed in JSON', async () => {
    const { store } = hooked();
    const made = await store.send('POST', '/2.0/webhooks', hook);
    expect(made).toMatchObject({ status: 201, body: { data: hook } });
    const { id } = made.body['data'] as { id: string };
    expect(await store.send('POST', '/2026-07/webhooks', hook)).toMatchObject({
      status: 409,
      body: { error: 'A webhook with this type and URL already exists.' },
    });
    expect(rowsOf(await store.get('/2.0/webhooks'))).toHaveLength(1);
    expect(await store.send('PUT', `/2.0/webhooks/${id}`, { ...hook, active: false })).toMatchObject({
      body: { data: { id, active: false } },
    });
    expect((await store.send('DELETE', `/2.0/webhooks/${id}`, undefined)).status).toBe(200);
    expect((await store.get(`/2.0/webhooks/${id}`)).status).toBe(404);
    expect((await store.send('POST', '/2.0/webhooks', { ...hook, type: 'outlet.update' })).status).toBe(400);
  });

  it('and in the form of 0.9', async () => {
    const { store } = hooked();
    const form = (method: string, path: string, data: object): Promise<Response> =>
      store.emulator.fetch(`${storeOrigin}/api${path}`, {
        method,
        headers: { Authorization: `Bearer ${store.credentials.personalToken}` },
        body: new URLSearchParams({ data: JSON.stringify(data) }),
      });
    const made = (await (await form('POST', '/webhooks', hook)).json()) as XDocument;
    expect(made).toMatchObject({ ...hook, retailer_id: expect.any(String) as unknown, user_id: expect.any(String) as unknown });
    const path = `/webhooks/${String(made['id'])}`;
    expect(await (await form('PUT', path, { active: false })).json()).toMatchObject({ active: false, url: hook.url });
    expect((await store.get('/webhooks')).body).toMatchObject([{ id: made['id'] }]);
    expect((await store.send('DELETE', path, undefined)).body).toEqual({ status: 'success' });
  });

  it('are seen by the application that made them, and by no other', async () => {
    const { store } = hooked();
    const access = await store.signIn('webhooks');
    const { id } = (await store.send('POST', '/2.0/webhooks', hook, access)).body['data'] as { id: string };
    expect(rowsOf(await store.get('/2.0/webhooks'))).toHaveLength(0);
    expect((await store.get(`/2.0/webhooks/${id}`)).status).toBe(404);
    expect(rowsOf(await store.get('/2.0/webhooks', access))).toHaveLength(1);
  });
});

describe('delivering webhooks', () => {
  it('a sale arrives as a form, in the shape of 0.9, signed with the application’s secret', async () => {
    const { store, received } = hooked();
    const access = await store.signIn('webhooks');
    await store.send('POST', '/2.0/webhooks', hook, access);
    await ringUp(store);
    expect(received).toHaveLength(1);
    const [delivery] = received as [Received];
    expect(delivery.headers.get('Content-Type')).toBe('application/x-www-form-urlencoded');
    const digest = createHmac('sha256', store.credentials.clientSecret).update(delivery.body).digest('hex');
    expect(delivery.headers.get('X-Signature')).toBe(`signature=${digest},algorithm=HMAC-SHA256`);
    expect(new URLSearchParams(delivery.body).get('domain_prefix')).toBe('demostore');
    const sale = payloadOf(delivery);
    const newest = (await store.walk('/2.0/sales', 500)).at(-1);
    expect(sale).toMatchObject({
      id: newest?.['id'],
      version: newest?.['version'],
      totals: { total_price: '56.50000', total_tax: '14.13000', total_payment: '70.63000', total_to_pay: '0.00000' },
      register_sale_products: [{ price: '56.50000', tax: '14.12500' }],
      register_sale_payments: [{ amount: 70.63 }],
    });
    expect(sale).not.toHaveProperty('outlet_id');
  });

  it('only what changed since the webhook was made, and nothing when it is off', async () => {
    const { store, received } = hooked();
    await store.send('POST', '/2.0/webhooks', { ...hook, active: false });
    await ringUp(store);
    await store.send('POST', '/2.0/webhooks', { ...hook, url: 'http://127.0.0.1:9000/other' });
    await store.control.deliver();
    expect(received).toHaveLength(0);
  });

  it('a sale of a customer moves customer and stock too', async () => {
    const { store, received } = hooked();
    for (const type of ['sale.update', 'customer.update', 'inventory.update']) {
      await store.send('POST', '/2.0/webhooks', { type, active: true, url: `http://127.0.0.1:9000/${type}` });
    }
    const stocked = rowsOf(await store.get('/2.0/products?page_size=500')).find((row) => row['has_inventory'] === true);
    const at = new Date(store.emulator.control.clock.now()).toISOString();
    store.control.play([
      {
        event: 'ring_up',
        sale: 'known',
        at,
        shop: '1',
        register: '1',
        customer: '1',
        lines: [{ item: String(stocked?.['id']), quantity: '1', price: '10' }],
        payments: [{ tender: 'cash', amount: '10' }],
      },
    ]);
    await store.control.deliver();
    expect(new Set(received.map(({ url }) => url.split('/').at(-1)))).toEqual(
      new Set(['customer.update', 'inventory.update', 'sale.update']),
    );
    expect(received).toHaveLength(3);
    expect(received.every(({ headers }) => !headers.has('X-Signature'))).toBe(true);
  });

  it('is tried again on the world’s clock, twice as long each time, and gives up after twenty tries in 48 hours', async () => {
    const { store, received } = hooked([500, 'nothing', 503]);
    const { clock } = store.emulator.control;
    await store.send('POST', '/2.0/webhooks', hook);
    await ringUp(store);
    expect(received).toHaveLength(1);
    clock.advance(29_000);
    await store.control.deliver();
    expect(received).toHaveLength(1);
    clock.advance(1000);
    await store.control.deliver();
    expect(received).toHaveLength(2);
    clock.advance(60_000);
    await store.control.deliver();
    expect(received).toHaveLength(3);
    for (let hour = 0; hour < 60; hour += 1) {
      clock.advance(3_600_000);
      await store.control.deliver();
    }
    const deliveries = store.control.deliveries();
    expect(deliveries.map(({ outcome }) => outcome).slice(0, 3)).toEqual([500, 0, 503]);
    expect(deliveries.length).toBeLessThanOrEqual(20);
    expect(deliveries.at(-1)?.nextAt).toBeNull();
    const last = Date.parse(deliveries.at(-1)?.at ?? '');
    expect(last - Date.parse(deliveries[0]?.at ?? '')).toBeLessThanOrEqual(48 * 3_600_000);
  });

  it('a 4xx is the end of it, unless the switch says otherwise', async () => {
    const { store, received } = hooked([404]);
    await store.send('POST', '/2.0/webhooks', hook);
    await ringUp(store);
    store.emulator.control.clock.advance(3_600_000);
    await store.control.deliver();
    expect(received).toHaveLength(1);
    store.control.setSwitches({ webhookRetry: 'everything' });
    await ringUp(store, 'second');
    store.emulator.control.clock.advance(3_600_000);
    await store.control.deliver();
    expect(received).toHaveLength(3);
  });

  it('arrives twice, or newest first, when a fault wants it so', async () => {
    const { store, received } = hooked();
    await store.send('POST', '/2.0/webhooks', hook);
    store.emulator.control.faults.arm('duplicate-webhook', { every: 1, times: 1 });
    await ringUp(store);
    expect(received).toHaveLength(2);
    expect(received[0]?.body).toBe(received[1]?.body);
  });

  it('leaves the machine only when it may', async () => {
    const { store, received } = hooked();
    await store.send('POST', '/2.0/webhooks', { ...hook, url: 'https://app.example/hook' });
    await ringUp(store);
    expect(received).toHaveLength(0);
    expect(store.control.deliveries()).toMatchObject([{ outcome: 'blocked', nextAt: null }]);
  });

  it('a register’s day that ends is a closure, with totals that nobody can ask for later', async () => {
    const { store, received } = hooked([200], { now: '2026-11-20T12:00:00Z' });
    await store.send('POST', '/2.0/webhooks', { ...hook, type: 'register_closure.create' });
    store.emulator.control.clock.advance(24 * 3_600_000);
    await store.control.deliver();
    const registers = rowsOf(await store.get('/2.0/registers'));
    expect(received).toHaveLength(registers.length);
    const closure = payloadOf(received[0] as Received);
    expect(closure).toMatchObject({
      payments_summary: expect.any(Object) as unknown,
      register: { name: expect.any(String) as unknown },
    });
    expect(closure['register_open_time']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('a register closed by hand is a closure of what was sold, with what was counted; opened again, it is none', async () => {
    const { store, received } = hooked();
    await store.send('POST', '/2.0/webhooks', { ...hook, type: 'register_closure.create' });
    const registers = rowsOf(await store.get('/2.0/registers'));
    const till = registers[0] ?? {};
    const path = `/2026-07/registers/${String(till['id'])}`;
    store.control.play([
      {
        event: 'ring_up',
        sale: 'of this session',
        at: new Date(store.emulator.control.clock.now()).toISOString(),
        shop: String(till['outlet_id']),
        register: String(till['id']),
        lines: [{ quantity: '1', price: '40', taxRates: ['0.25', '0'] }],
        payments: [{ tender: 'cash', amount: '50' }],
      },
    ]);
    const summary = (await store.get(`${path}/payments_summary`)).body['data'] as XDocument;
    const cash = (summary['payments'] as XDocument[]).find((row) => row['payment_type_name'] === 'Cash') ?? {};
    expect(Number(cash['total'])).toBeGreaterThanOrEqual(50);
    const counted = { payment_type_id: cash['payment_type_id'], total: String(Number(cash['total']) - 2) };
    const closed = await store.send('PUT', `${path}/actions/close`, { payments: [counted] });
    expect(closed).toMatchObject({ status: 200, body: { data: { id: till['id'], is_open: false } } });
    expect((closed.body['data'] as XDocument)['register_close_time']).toEqual(expect.any(String));
    await store.control.deliver();
    expect(received.map(payloadOf)).toMatchObject([
      {
        id: summary['register_closure_id'],
        totals: { sales: '40.00000', tax: '10.00000' },
        payments_summary: { [String(cash['payment_type_id'])]: { discrepancy: '-2.00000' } },
        register: { id: till['id'] },
      },
    ]);
    const opened = await store.send('PUT', `${path}/actions/open`, undefined);
    expect(opened).toMatchObject({ status: 200, body: { data: { is_open: true, register_close_time: null } } });
    const { data } = opened.body as { data: XDocument };
    expect(data['register_open_sequence_id']).not.toBe(summary['register_closure_id']);
    await store.control.deliver();
    expect(received).toHaveLength(1);
    expect((await store.send('PUT', `/2.0/registers/${'0'.repeat(8)}/actions/open`, {})).status).toBe(404);
  });

  it('goes out by itself when the emulator serves over HTTP', async () => {
    const store = testRetailer({ sales: 10, customers: 3 });
    const bodies: string[] = [];
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const endpoint = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += String(piece);
      });
      request.on('end', () => {
        bodies.push(body);
        response.end();
        arrived();
      });
    });
    await new Promise<void>((resolve) => {
      endpoint.listen(0, '127.0.0.1', resolve);
    });
    const address = endpoint.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const server = await serveEmulator(store.emulator);
    await store.send('POST', '/2.0/webhooks', { ...hook, url: `http://127.0.0.1:${port}/hook` });
    store.control.play([
      {
        event: 'ring_up',
        sale: 'over http',
        at: new Date(store.emulator.control.clock.now()).toISOString(),
        shop: '1',
        register: '1',
        lines: [{ quantity: '1', price: '1' }],
        payments: [{ tender: 'cash', amount: '1' }],
      },
    ]);
    await arrival;
    expect(bodies).toHaveLength(1);
    await server.close();
    endpoint.close();
  });
});

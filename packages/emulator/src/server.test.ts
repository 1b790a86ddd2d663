import { afterEach, describe, expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { serveEmulator } from './server.ts';
import type { EmulatorServer } from './server.ts';

const servers: EmulatorServer[] = [];

async function served(
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; server: EmulatorServer; get: (path: string) => Promise<Response> }> {
  const emulator = createEmulator({ sales: 120, customers: 10, frozenClock: true, ...options });
  const server = await serveEmulator(emulator);
  servers.push(server);
  const headers = { Authorization: `Bearer ${emulator.credentials.rSeries.accessToken}` };
  return { emulator, server, get: (path) => fetch(`${server.url}/API/V3/Account/900001${path}`, { headers }) };
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe('over HTTP', () => {
  it('the same answers come as in process, with the world clock in the Date header', async () => {
    const { emulator, server, get } = await served();
    const response = await get('/Sale.json?load_relations=all&limit=30');
    const inProcess = await emulator.fetch(`${server.url}/API/V3/Account/900001/Sale.json?load_relations=all&limit=30`, {
      headers: { Authorization: `Bearer ${emulator.credentials.rSeries.accessToken}` },
    });
    expect(await response.text()).toBe(await inProcess.text());
    expect(response.headers.get('Date')).toBe(new Date(emulator.control.clock.now()).toUTCString());
    expect(inProcess.headers.get('Date')).toBe(response.headers.get('Date'));
    expect(response.headers.get('X-LS-Acct-Id')).toBe('900001');
  });

  it('next links lead back to the address that listens', async () => {
    const { server, get } = await served();
    const page = (await (await get('/Sale.json')).json()) as { '@attributes': { next: string } };
    expect(page['@attributes'].next.startsWith(`${server.url}/API/V3/Account/900001/Sale.json?`)).toBe(true);
  });

  it('a cut connection is cut, and so is a cut body', async () => {
    const { emulator, get } = await served();
    emulator.control.faults.arm('cut-connection', { every: 1, times: 1 });
    await expect(get('/Shop.json')).rejects.toThrow('fetch failed');
    emulator.control.faults.arm('cut-body', { every: 1, times: 1 });
    await expect(get('/Sale.json').then((response) => response.text())).rejects.toThrow();
    expect((await get('/Shop.json')).status).toBe(200);
  });

  it('sixteen collections are walked at once', async () => {
    const { emulator, get } = await served();
    const names = ['Sale', 'SaleLine', 'SalePayment', 'Customer', 'Item', 'ItemShop', 'Category', 'Shop'];
    const known = emulator.control.ids();
    const counts = await Promise.all(
      [...names, ...names].map(async (name) => {
        const page = (await (await get(`/${name}.json?archived=true&count=1`)).json()) as { '@attributes': { count: string } };
        return Number(page['@attributes'].count);
      }),
    );
    expect(counts).toEqual([...names, ...names].map((name) => known[name]?.length));
  });

  it('a port that is taken is an error of the one who asks for it', async () => {
    const { server } = await served();
    const port = Number(new URL(server.url).port);
    await expect(serveEmulator(createEmulator({ sales: 0 }), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

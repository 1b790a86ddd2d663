import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createEmulator, serveEmulator } from '@tillweave/emulator';
import { afterAll, expect, test } from 'vitest';
import { testServices } from '../../../../test/services.ts';
import { createOwner } from '../modules/organizations/create-owner.ts';
import { createApp } from './app.ts';
import { consent } from './testing/consent.ts';
import { oauthClient } from './testing/till.ts';

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function webFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillweave-web-'));
  closing.push(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Tillweave</title>');
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {};\n'.repeat(500));
  return folder;
}

const emulator = createEmulator({ sales: 0, customers: 0, days: 7, now: new Date().toISOString() });
const pos = await serveEmulator(emulator);
closing.push(async () => pos.close());
const services = await testServices({
  fetch: (request, init) => fetch(request, init),
  config: { rBaseUrl: pos.url, rAuthUrl: pos.url },
});
const server = serve({ fetch: createApp(services, { webFolder: await webFolder() }).fetch, port: 0, hostname: '127.0.0.1' });
closing.push(() => new Promise((resolve) => server.close(resolve)));
if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
const hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

test('over real HTTP: sign in, connect through the POS pages, come back connected (M2)', async () => {
  await createOwner(services, {
    email: 'ann@example.test',
    name: 'Ann',
    password: 'a long enough word',
    organizationName: 'Ann & Co',
  });
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: hub };
  const signedIn = await fetch(`${hub}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: 'ann@example.test', password: 'a long enough word' }),
  });
  expect(signedIn.status).toBe(200);
  headers['cookie'] = signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
  const post = async (path: string, body?: object): Promise<{ id: string; url: string; shops: number }> => {
    const answer = await fetch(`${hub}/api/v1${path}`, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok, `${path} ${answer.status}`).toBe(true);
    return (await answer.json()) as { id: string; url: string; shops: number };
  };
  const { id } = await post('/connections', { provider: 'lightspeed-r', name: 'Till', oauthClient: oauthClient(emulator) });
  const { url } = await post(`/connections/${id}/authorize`);
  const back = await consent((request, init) => fetch(request, init), url);
  expect(back.origin).toBe(hub);
  const end = await fetch(back, { headers, redirect: 'manual' });
  expect([end.status, end.headers.get('location')]).toEqual([303, `/integrations?outcome=connected&connection=${id}`]);
  expect(await post(`/connections/${id}/test`)).toMatchObject({ shops: 3 });
});

test('the web: the page for every path of its own, files with their caching, nothing outside the folder', async () => {
  for (const path of ['/', '/integrations?outcome=connected', '/turnover/2026-11-23']) {
    const page = await fetch(hub + path);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Tillweave')]);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  }
  const asset = await fetch(`${hub}/assets/main-abc123.js`);
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  const again = await fetch(`${hub}/assets/main-abc123.js`, { headers: { 'if-none-match': asset.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
  for (const path of ['/assets/missing.js', '/..%2f..%2fetc%2fpasswd.txt', '/assets/%2e%2e/%2e%2e/package.json']) {
    expect((await fetch(hub + path)).status).toBe(404);
  }
});

test('metrics are open to this machine, unless the request was passed on', async () => {
  const direct = await fetch(`${hub}/metrics`);
  expect([direct.status, await direct.text()]).toEqual([200, expect.stringContaining('tillweave_up 1')]);
  expect((await fetch(`${hub}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(401);
  // A page that made its own name lead here is a stranger, though its browser runs on this machine.
  for (const [host, status] of [
    ['attacker.example.test', 401],
    [`localhost:${new URL(hub).port}`, 200],
  ] as const) {
    const answer = once(get(`${hub}/metrics`, { headers: { host } }), 'response') as Promise<[IncomingMessage]>;
    const [message] = await answer;
    message.resume();
    expect(message.statusCode, host).toBe(status);
  }
});

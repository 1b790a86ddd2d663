import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testServices } from '../../../../test/services.ts';
import { createApp } from './app.ts';
import { hostileRequests, strangeNames, type Target } from './testing/hostile-requests.ts';
import { newOwner, ORIGIN } from './testing/people.ts';

const services = await testServices();
/** The web as it is served: one page, whatever was built on this machine. */
const webFolder = mkdtempSync(join(tmpdir(), 'tillweave-web-'));
writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Tillweave</title>');
afterAll(() => rmSync(webFolder, { recursive: true, force: true }));
const app = createApp(services, { webFolder });
const owner = await newOwner(services, app, 'Aimed at');
const other = await newOwner(services, app, 'Planted');

async function storeOf(person: typeof owner): Promise<string> {
  const { id } = (await (await person.call('POST', '/stores', { name: 'Store' })).json()) as { id: string };
  return id;
}
const target: Target = {
  cookie: owner.cookie,
  storeId: await storeOf(owner),
  foreignStoreId: await storeOf(other),
};

test.each(hostileRequests.map((request) => [request.name, request] as const))('%s', async (_name, request) => {
  const { method = 'GET', path, body, headers = {}, cookie = (text: string) => text } = request;
  const answer = await app.request(typeof path === 'string' ? path : path(target), {
    method,
    headers: {
      origin: ORIGIN,
      ...(cookie === null ? {} : { cookie: cookie(owner.cookie) }),
      ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect([answer.status, text.slice(0, 300)]).toEqual([request.status, expect.any(String)]);
  if (request.code !== null) expect(JSON.parse(text)).toMatchObject({ code: request.code });
  // A refusal is no mirror: nothing of ours or of what was sent that could run.
  expect(text).not.toContain('Planted');
  expect(text).not.toContain('<script');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
});

test('the names of hostile requests are unlike, and there are at least 60', () => {
  expect(new Set(hostileRequests.map(({ name }) => name)).size).toBe(hostileRequests.length);
  expect(hostileRequests.length).toBeGreaterThanOrEqual(60);
});

test('strange names are text: kept letter for letter, sent as JSON that no browser takes for a page', async () => {
  for (const name of strangeNames) {
    expect((await owner.call('PUT', `/stores/${target.storeId}`, { name })).status, name).toBe(200);
    const answer = await owner.call('GET', '/stores');
    expect(answer.headers.get('content-type'), name).toMatch(/^application\/json/u);
    const { stores } = (await answer.json()) as { stores: { name: string }[] };
    expect(
      stores.map((store) => store.name),
      name,
    ).toEqual([name.trim()]);
  }
});

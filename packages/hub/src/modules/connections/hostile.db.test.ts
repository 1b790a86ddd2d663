/** Every trick in the table ends with its code, and no secret of ours goes anywhere but to the vendor. */
import fc from 'fast-check';
import { parseDomainPrefix } from '@tillweave/lightspeed';
import { beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../http/app.ts';
import { consent } from '../../http/testing/consent.ts';
import { newOwner } from '../../http/testing/people.ts';
import { till } from '../../http/testing/till.ts';
import { xConnectUrl, xOrigin } from './hosts.ts';
import {
  HOSTILE_HOSTS,
  HOSTILE_NEXT_LINKS,
  HOSTILE_PASTES,
  HOSTILE_PREFIXES,
  HOSTILE_RETURNS,
} from './testing/hostile-inputs.ts';

const hosts = new Set<string>();
/** What a list of shops names as its next page; null leaves it as it is. */
let next: string | null = null;
const xBaseUrl = 'https://{prefix}.retail.example.test';
const publicUrls = [{ name: 'default', url: 'https://na.example.test' }] as const;
const { emulator, services } = await till(
  { shops: 1 },
  {
    config: {
      xBaseUrl,
      rBaseUrl: 'https://api.example.test',
      rAuthUrl: 'https://cloud.example.test',
      publicUrls: [...publicUrls],
    },
    fetch: async (request, init) => {
      const sent = new Request(request, init);
      hosts.add(new URL(sent.url).host);
      const answer = await emulator.fetch(sent);
      if (next === null || !new URL(sent.url).pathname.endsWith('/Shop.json')) return answer;
      const body = (await answer.json()) as { '@attributes': object };
      return Response.json({ ...body, '@attributes': { ...body['@attributes'], next } }, { headers: answer.headers });
    },
  },
);
const app = createApp(services);
const owner = await newOwner(services, app);
const { rSeries, xSeries } = emulator.credentials;
if (xSeries === null) throw new Error('The X-Series answers.');

beforeEach(() => {
  hosts.clear();
  next = null;
});

async function codeOf(answer: Response): Promise<[number, string]> {
  return [answer.status, ((await answer.json()) as { code: string }).code];
}

async function made(body: object): Promise<string> {
  const answer = await owner.call('POST', '/connections', body);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

const store = await made({
  provider: 'lightspeed-x',
  apiType: 'oauth',
  name: 'Store',
  oauthClient: { clientId: xSeries.clientId, clientSecret: xSeries.clientSecret },
});

const shop = await made({
  provider: 'lightspeed-r',
  apiType: 'v3',
  name: 'Shop',
  refreshToken: rSeries.refreshToken,
  oauthClient: { clientId: rSeries.clientId, clientSecret: rSeries.clientSecret },
});

async function beginOf(id: string): Promise<URL> {
  const answer = await owner.call('POST', `/connections/${id}/authorize`);
  expect(answer.status).toBe(200);
  return new URL(((await answer.json()) as { url: string }).url);
}

/** Letters of names, and of everything that takes an address apart. */
const UNITS = Array.from('aZ09-._~:/?#@%\\[]{} \t\n。．é');

describe('what is no store', () => {
  test.each(HOSTILE_PREFIXES)('%s', async (_what, domainPrefix) => {
    const token = { provider: 'lightspeed-x', name: 'Never', domainPrefix, token: xSeries.personalToken };
    expect(await codeOf(await owner.call('POST', '/connections', token))).toEqual([400, 'invalid_request']);
    expect([...hosts]).toEqual([]);
    const checked = await owner.call('POST', '/providers/lightspeed-x/check-prefix', { text: domainPrefix });
    expect(await checked.json()).toEqual({ prefix: null });
  });

  test('whatever is typed, the host is one label below the configured one, or there is none', () => {
    const labels = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 30 });
    const addresses = labels.map((label) => `https://${label}.retail.lightspeed.app/x`);
    fc.assert(
      fc.property(fc.oneof(labels, addresses, fc.string(), fc.webUrl(), fc.domain()), (text) => {
        const prefix = parseDomainPrefix(text);
        if (prefix === null) return;
        expect(prefix).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u);
        expect(new URL(xOrigin({ xBaseUrl }, prefix)).host).toBe(`${prefix}.retail.example.test`);
        expect(new URL(xOrigin({ xBaseUrl }, prefix)).host).not.toBe(new URL(xConnectUrl({ xBaseUrl })).host);
      }),
    );
  });
});

describe('what comes back from the POS, or from somebody who would like to be it', () => {
  test.each(HOSTILE_RETURNS)('%s', async (_what, change, code) => {
    const back = await consent(emulator.fetch, (await beginOf(store)).href);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) back.searchParams.delete(name);
      else back.searchParams.set(name, value);
    }
    hosts.clear();
    const answer = await app.request(back.pathname + back.search, { headers: { cookie: owner.cookie } });
    expect(answer.status).toBe(303);
    const location = answer.headers.get('location') ?? '';
    expect(location).toMatch(/^\/integrations\?outcome=failed&[\w=&-]+$/u);
    expect(new URLSearchParams(location.split('?')[1]).get('code')).toBe(code);
    // Only a code that might be good is shown to anybody, and only to the store that the POS names.
    expect([...hosts]).toEqual(code === 'oauth_expired' ? [`${xSeries.domainPrefix}.retail.example.test`] : []);
  });

  test.each(HOSTILE_PASTES)('pasted: %s', async (_what, url) => {
    const answer = await owner.call('POST', `/connections/${store}/authorize/paste`, { url });
    expect(await codeOf(answer)).toEqual([400, 'invalid_request']);
    expect([...hosts]).toEqual([]);
  });

  test.each(HOSTILE_HOSTS)('called as %s, we name our own address', async (host) => {
    const path = `/api/v1/connections/${store}/authorize`;
    const called = `http://${host}`;
    const { origin } = new URL(called);
    for (const [address, headers] of [
      [called + path, { origin }],
      [`http://localhost${path}`, { origin: 'http://localhost', 'x-forwarded-host': host }],
    ] as const) {
      const answer = await app.request(address, { method: 'POST', headers: { cookie: owner.cookie, ...headers } });
      expect(answer.status).toBe(200);
      const url = new URL(((await answer.json()) as { url: string }).url);
      expect(url.origin).toBe('https://secure.retail.example.test');
      expect(url.searchParams.get('redirect_uri')).toBe('https://na.example.test/api/v1/oauth/x-series/callback');
    }
    const fromElsewhere = await owner.call('POST', `/connections/${store}/authorize`, undefined, {
      origin: 'https://evil.example',
    });
    expect(await codeOf(fromElsewhere)).toEqual([403, 'forbidden']);
  });
});

describe('links to a next page', () => {
  test.each(HOSTILE_NEXT_LINKS)('%s', async (_what, link) => {
    hosts.clear();
    next = link;
    expect(await codeOf(await owner.call('POST', `/connections/${shop}/test`))).toEqual([502, 'pos_shape_changed']);
    expect([...hosts].filter((host) => !['api.example.test', 'cloud.example.test'].includes(host))).toEqual([]);
  });
});

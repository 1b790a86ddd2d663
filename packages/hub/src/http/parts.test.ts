import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { redirectUri } from '../modules/connections/redirect-uri.ts';
import { connectionStates, mayBecome } from '../modules/connections/states.ts';
import type { Config } from '../platform/config.ts';
import { AppError, ERRORS } from '../platform/errors.ts';
import { createLogger } from '../platform/logging.ts';
import { openApiDocument } from './document.ts';
import type { HubEnv } from './environment.ts';
import { eventStream } from './event-stream.ts';
import { rawQuery } from './input.ts';
import { decodeCursor, encodeCursor } from './paging.ts';

describe('a query', () => {
  const app = new Hono<HubEnv>();
  app.get('/', (c) => c.json(rawQuery(c)));

  test.each([
    ['?store=a&store=b', { store: ['a', 'b'] }],
    ['?store[]=a', { store: ['a'] }],
    ['?store=a&day=2026-11-23', { store: 'a', day: '2026-11-23' }],
    ['', {}],
  ])('%s is read', async (query, expected) => {
    expect(await (await app.request(`/${query}`)).json()).toEqual(expected);
  });
});

describe('a cursor', () => {
  const schema = z.tuple([z.string(), z.number().nullable()]);

  test('comes back as it was', () => {
    expect(decodeCursor(schema, encodeCursor(['Købmagergade 🧵', null]))).toEqual(['Købmagergade 🧵', null]);
  });

  test.each(['', 'x', 'bm90IGpzb24', Buffer.from('["a","b"]').toString('base64url')])(
    'that is not ours (%s) is refused',
    (text) => {
      expect(() => decodeCursor(schema, text)).toThrow(AppError);
    },
  );
});

describe('where the POS sends the browser back to', () => {
  const config = (...urls: string[]): { config: Config } => ({
    config: { publicUrls: urls.map((url, index) => ({ name: String(index), url })) } as unknown as Config,
  });
  const path = '/api/v1/oauth/r-series/callback';

  test.each([
    [
      'the address of the region that was called',
      ['https://na.example', 'https://eu.example/hub'],
      'http://eu.example/x',
      'https://eu.example/hub',
    ],
    [
      'the first, for a host nobody configured',
      ['https://na.example', 'https://eu.example'],
      'http://evil.example/x',
      'https://na.example',
    ],
    [
      'never this machine, when a public address is configured',
      ['https://na.example'],
      'http://localhost:4080/x',
      'https://na.example',
    ],
    [
      'the port in use on this machine, when nothing is configured',
      ['http://localhost:0'],
      'http://127.0.0.1:4321/x',
      'http://127.0.0.1:4321',
    ],
    [
      'not a foreign host, when nothing is configured',
      ['http://localhost:4080'],
      'http://evil.example/x',
      'http://localhost:4080',
    ],
  ])('is %s', (_name, urls, called, expected) => {
    expect(redirectUri(config(...urls), 'lightspeed-r', called)).toBe(expected + path);
  });
});

describe('the states of a connection', () => {
  test('every state can be left but the last, and every state but the first can be reached', () => {
    const reached = new Set(connectionStates.flatMap((from) => connectionStates.filter((to) => mayBecome(from, to))));
    expect(connectionStates.filter((state) => !reached.has(state))).toEqual([]);
    const ends = connectionStates.filter((from) => !connectionStates.some((to) => mayBecome(from, to)));
    expect(ends).toEqual(['removed']);
  });

  test('a frozen connection is never throttled: it makes no calls; thawed, it is what it was', () => {
    expect(connectionStates.filter((to) => mayBecome('frozen', to))).toEqual([
      'set_up_incomplete',
      'active',
      'needs_reauthorisation',
      'retired',
      'removed',
    ]);
  });
});

describe('a stream of events', () => {
  test('sends what it is given and ends; a reader who leaves ends the work', async () => {
    const app = new Hono<HubEnv>();
    let ended: string | undefined;
    app.get('/three', (c) =>
      eventStream(c, async (send) => {
        for (const count of [1, 2, 3]) await send('count', { count }, String(count));
      }),
    );
    app.get('/endless', (c) =>
      eventStream(c, async (send, signal) => {
        await send('first', {});
        while (!signal.aborted) await new Promise((resolve) => setImmediate(resolve));
        ended = 'by the reader';
      }),
    );
    app.get('/broken', (c) => {
      c.set('log', createLogger({ logLevel: 'silent' }));
      return eventStream(c, async () => Promise.reject(new Error('with something nobody should read')));
    });
    const broken = await (await app.request('/broken')).text();
    expect(broken).toMatch(/^event: problem\ndata: \{"code":"internal"/u);
    expect(broken).not.toContain('nobody should read');
    const whole = await app.request('/three');
    expect(whole.headers.get('content-type')).toMatch(/^text\/event-stream/u);
    expect(await whole.text()).toBe([1, 2, 3].map((n) => `event: count\ndata: {"count":${n}}\nid: ${n}\n\n`).join(''));
    const reader = (await app.request('/endless')).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await expect.poll(() => ended).toBe('by the reader');
  });
});

describe('the document', () => {
  interface Operation {
    readonly security?: readonly object[];
    readonly summary?: string;
    readonly tags?: readonly string[];
    readonly responses: Readonly<Record<string, { description: string }>>;
  }
  const operations = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );

  test('names for every route its chapter, its summary, who may call it, and only error codes that exist', () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const [name, operation] of operations) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      expect(operation.security, name).toBeDefined();
      const codes = [...(operation.responses['default']?.description ?? '').matchAll(/`([a-z_]+)`/gu)].map(
        ([, code]) => code ?? '',
      );
      expect(
        codes.filter((code) => code !== 'code' && !Object.hasOwn(ERRORS, code)),
        name,
      ).toEqual([]);
    }
  });
});

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import { exchange } from './transport.ts';
import type { Exchange, ExchangeRequest } from './transport.ts';

let server: Server;
let respond: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  server = createServer((request, response) => {
    respond(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
});

async function ask(changes: Partial<ExchangeRequest> = {}): Promise<Exchange> {
  const { port } = server.address() as AddressInfo;
  const request: ExchangeRequest = {
    method: 'GET',
    url: new URL(`http://127.0.0.1:${port}/API`),
    headers: { accept: 'application/json' },
    timeoutMs: 5000,
    maxBodyBytes: 10_000,
    ...changes,
  };
  return await exchange(request, fetch, systemClock);
}

describe('over a real connection', () => {
  test("an answer with its body, headers and the server's time", async () => {
    respond = (_request, response) => {
      response.setHeader('Date', 'Mon, 23 Nov 2026 10:00:00 GMT').end('{"name":"Åse"}');
    };
    expect(await ask()).toMatchObject({
      kind: 'answered',
      status: 200,
      text: '{"name":"Åse"}',
      serverTime: Date.UTC(2026, 10, 23, 10),
    });
  });

  test('redirects are not followed: a token goes where it was meant to', async () => {
    let asked = 0;
    respond = (_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    };
    expect(await ask()).toMatchObject({ kind: 'answered', status: 302 });
    expect(asked).toBe(1);
  });

  test('no answer in time', async () => {
    respond = () => undefined;
    expect(await ask({ timeoutMs: 30 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  test('a body that trickles longer than the time', async () => {
    respond = (_request, response) => {
      response.write('{"slow":');
    };
    expect(await ask({ timeoutMs: 60 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });

  test('a connection cut in the middle', async () => {
    respond = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"cut":');
      response.socket?.destroy();
    };
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'network' });
  });

  test('a body larger than allowed, announced or not', async () => {
    respond = (_request, response) => {
      response.end('x'.repeat(20_000));
    };
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'too_large' });
    respond = (_request, response) => {
      for (let chunk = 0; chunk < 20; chunk += 1) response.write('x'.repeat(1000));
      response.end();
    };
    expect(await ask()).toMatchObject({ kind: 'failed', reason: 'too_large' });
  });

  test("the caller's own signal ends it, with its reason", async () => {
    const leaving = new AbortController();
    respond = () => {
      leaving.abort(new Error('shutting down'));
    };
    await expect(ask({ signal: leaving.signal })).rejects.toThrow('shutting down');
    await expect(ask({ signal: leaving.signal })).rejects.toThrow('shutting down');
  });

  test('a fetch that ignores its signal does not hold us', async () => {
    const never = async (): Promise<Response> => await new Promise<Response>(() => undefined);
    const request = { method: 'GET', url: new URL('http://pos.test/'), headers: {}, timeoutMs: 20, maxBodyBytes: 10 };
    expect(await exchange(request, never, systemClock)).toMatchObject({ kind: 'failed', reason: 'timeout' });
  });
});

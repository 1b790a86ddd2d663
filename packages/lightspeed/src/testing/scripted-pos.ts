import { createLeakyBucketGovernor } from '../rate-limit/leaky-bucket.ts';
import { createRSeriesClient } from '../r-series/client.ts';
import type { RSeriesClient, RSeriesClientOptions } from '../r-series/client.ts';
import type { RequestInfo } from '../request-info.ts';
import { VirtualClock } from './virtual-clock.ts';

export const ORIGIN = 'https://api.pos.test';
export const ROOT = '/API/V3/Account/900001/';

/** One request as the POS sees it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
}

/** Answers one request after the other; a function decides each by what it sees. Ill behaviour the emulator does not have is scripted with it. */
export type Script = (seen: Seen, count: number) => Response | Promise<Response>;

export interface Bench {
  readonly client: RSeriesClient;
  readonly clock: VirtualClock;
  readonly seen: Seen[];
  readonly infos: RequestInfo[];
  readonly renewed: string[];
}

export function clientOf(script: Script, changes: Partial<RSeriesClientOptions> = {}): Bench {
  const clock = new VirtualClock();
  const seen: Seen[] = [];
  const infos: RequestInfo[] = [];
  const renewed: string[] = [];
  const client = createRSeriesClient({
    baseUrl: ORIGIN,
    accountId: '900001',
    auth: {
      token: async () => await Promise.resolve('token-one'),
      renew: async (refused) => {
        renewed.push(refused);
        return await Promise.resolve('token-two');
      },
    },
    governor: createLeakyBucketGovernor({ clock }),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const one = {
        method: request.method,
        url: new URL(request.url),
        token: (request.headers.get('authorization') ?? '').replace('Bearer ', ''),
      };
      seen.push(one);
      return await script(one, seen.length);
    },
    clock,
    onRequest: (info) => infos.push(info),
    ...changes,
  });
  return { client, clock, seen, infos, renewed };
}

export function json(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
}

/** A V3 list (R §4.1): several records as an array, one as an object, none without its key. */
export function listing(resource: string, records: readonly unknown[], next = ''): Response {
  return json({
    '@attributes': { next, previous: '' },
    ...(records.length === 0 ? {} : { [resource]: records.length === 1 ? records[0] : records }),
  });
}

export function tooMany(seconds: number, type = 'api-leaky-bucket', level = '90/90'): Response {
  return json(
    { httpCode: '429', httpMessage: 'Too Many Requests', message: 'Rate limit exceeded.', errorClass: 'Exception' },
    {
      status: 429,
      headers: {
        'retry-after': String(seconds),
        'x-ls-api-bucket-level': level,
        'x-ls-api-drip-rate': '1',
        'x-ls-api-ratelimit-type': type,
      },
    },
  );
}

/** Standard error body under the wrong content type (R §4.4). */
export function apiError(status: number, message: string): Response {
  return new Response(JSON.stringify({ httpCode: String(status), httpMessage: 'Error', message, errorClass: 'Exception' }), {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8' },
  });
}

import { describe, expect, test } from 'vitest';
import { instantOf } from './instant.ts';
import { decideRetry, retryAfterMs } from './retry.ts';
import type { RetryState } from './retry.ts';
import type { Answered, Exchange, Failed } from './transport.ts';

function answered(status: number, headers: Record<string, string> = {}, text = ''): Answered {
  return {
    kind: 'answered',
    status,
    headers: new Headers(headers),
    text,
    requestedAt: instantOf(0),
    durationMs: 1,
    serverTime: null,
  };
}

function failed(reason: Failed['reason']): Exchange {
  return { kind: 'failed', reason, requestedAt: instantOf(0), durationMs: 1, cause: null };
}

const first: RetryState = { method: 'GET', throttled: 1, failures: 1, random: 0.99999 };

describe('what is asked again', () => {
  test.each([408, 425, 500, 502, 503, 504, 520])('%i', (status) => {
    expect(decideRetry(answered(status), false, first)).toMatchObject({ next: 'again', because: 'unavailable' });
  });

  test.each(['timeout', 'network'] as const)('%s', (reason) => {
    expect(decideRetry(failed(reason), false, first).next).toBe('again');
  });

  test('a good status with a body that is not whole', () => {
    expect(decideRetry(answered(200), false, first).next).toBe('again');
    expect(decideRetry(answered(200), true, first).next).toBe('stop');
  });

  test('a 400 that asks for it', () => {
    expect(decideRetry(answered(400, {}, '{"message":"Please try again later."}'), true, first).next).toBe('again');
  });

  test.each([400, 401, 403, 404, 405, 409, 422, 302])('never %i', (status) => {
    expect(decideRetry(answered(status, {}, '{"message":"no"}'), true, first).next).toBe('stop');
  });

  test('never a write, never what is too large', () => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect(decideRetry(answered(503), false, { ...first, method }).next).toBe('stop');
    expect(decideRetry(failed('too_large'), false, first).next).toBe('stop');
  });
});

describe('when', () => {
  test('back-off doubles with jitter, is bounded, and ends', () => {
    const waits = [1, 2, 3, 4, 5].map((failures) => {
      const decision = decideRetry(answered(502), false, { ...first, failures });
      return decision.next === 'again' ? decision.afterMs : -1;
    });
    expect(waits).toStrictEqual([500, 1000, 2000, 4000, 8000]);
    expect(decideRetry(answered(502), false, { ...first, random: 0 })).toMatchObject({ afterMs: 250 });
    expect(decideRetry(answered(502), false, { ...first, failures: 11 }).next).toBe('stop');
  });

  test('429: Retry-After, else the kind of limiter; ends as well', () => {
    expect(decideRetry(answered(429, { 'retry-after': '3' }), true, first)).toStrictEqual({
      next: 'again',
      afterMs: 3000,
      because: 'rate_limited',
    });
    expect(decideRetry(answered(429, { 'x-ls-api-ratelimit-type': 'api-burst-limiter' }), true, first)).toMatchObject({
      afterMs: 1000,
    });
    expect(decideRetry(answered(429), true, first)).toMatchObject({ afterMs: 5000 });
    expect(decideRetry(answered(429), true, { ...first, throttled: 9 }).next).toBe('stop');
  });

  test('Retry-After in every form', () => {
    const of = (value: string, date?: string): number | null =>
      retryAfterMs(new Headers({ 'retry-after': value, ...(date === undefined ? {} : { date }) }));
    expect(of('0')).toBe(0);
    expect(of('2.5')).toBe(2500);
    expect(of(' 7 ')).toBe(7000);
    expect(of('999999999')).toBe(3_600_000);
    expect(of('-1')).toBeNull();
    expect(of('soon')).toBeNull();
    expect(of('Mon, 23 Nov 2026 10:00:05 GMT', 'Mon, 23 Nov 2026 10:00:00 GMT')).toBe(5000);
    expect(of('Mon, 23 Nov 2026 09:00:00 GMT', 'Mon, 23 Nov 2026 10:00:00 GMT')).toBe(0);
    expect(of('Mon, 23 Nov 2026 10:00:05 GMT')).toBeNull();
    expect(retryAfterMs(new Headers())).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimited } from '../errors.ts';
import { SimulatedLimits } from '../testing/simulated-limits.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import type { Governor, Permit } from './governor.ts';
import { readLimitHeaders } from './headers.ts';
import { createLeakyBucketGovernor } from './leaky-bucket.ts';

interface Load {
  readonly requests: number;
  readonly cost: number;
  readonly workers: number;
  /** One way, in milliseconds; the request counts when it arrives. */
  readonly latency?: () => number;
}

/** Spends the budget as a client does; the seconds it took. */
async function spend(clock: VirtualClock, limits: SimulatedLimits, governor: Governor, load: Load): Promise<number> {
  const started = clock.now();
  let left = load.requests;
  const latency = load.latency ?? (() => 0);
  async function worker(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const permit = await governor.acquire(load.cost);
      await pause(clock, latency());
      const { status, headers } = limits.take(load.cost);
      await pause(clock, latency());
      permit.settle(headers, status);
      if (status === 429) left += 1;
    }
  }
  await clock.run(Promise.all(Array.from({ length: load.workers }, worker)));
  return (clock.now() - started) / 1000;
}

async function pause(clock: VirtualClock, ms: number): Promise<void> {
  if (ms > 0) await clock.sleep(ms);
}

function headers(level: string, extra: Record<string, string> = {}): Headers {
  return new Headers({ 'X-LS-API-Bucket-Level': level, 'X-LS-API-Drip-Rate': '1', ...extra });
}

/** A governor that has seen one answer. */
async function governorAt(clock: VirtualClock, level: string, reserve = 0): Promise<Governor> {
  const governor = createLeakyBucketGovernor({ clock, reserve });
  const permit = await governor.acquire(1);
  permit.settle(headers(level), 200);
  return governor;
}

describe('the whole budget and no 429', () => {
  test.each([
    [1, 1],
    [1, 8],
    [10, 1],
    [10, 8],
  ])('%i registers, %i at a time: within 2 %% of the least possible time', async (registers, workers) => {
    const clock = new VirtualClock();
    const limits = new SimulatedLimits(clock, { registers });
    const load = { requests: 400, cost: 2, workers };
    const seconds = await spend(clock, limits, createLeakyBucketGovernor({ clock }), load);
    const least = (load.requests * load.cost - limits.size) / limits.drip;
    expect(limits.refusals).toBe(0);
    expect(limits.served).toBe(load.requests);
    expect(seconds / least).toBeLessThanOrEqual(1.02);
  });

  test('whatever the costs, callers, registers and latencies', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 1.6, 2, 2.4, 10),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        async (cost, workers, registers, latencyMax, seed) => {
          const clock = new VirtualClock();
          const limits = new SimulatedLimits(clock, { registers });
          let state = seed;
          const latency = (): number => {
            state = (state * 48_271) % 2_147_483_647;
            return latencyMax === 0 ? 0 : state % latencyMax;
          };
          await spend(clock, limits, createLeakyBucketGovernor({ clock }), { requests: 120, cost, workers, latency });
          expect(limits.refusals).toBe(0);
          expect(limits.served).toBe(120);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('another consumer that spends half: at most one refusal a minute', async () => {
    const clock = new VirtualClock();
    const limits = new SimulatedLimits(clock);
    const governor = createLeakyBucketGovernor({ clock });
    const stop = { now: false };
    const other = (async () => {
      while (!stop.now) {
        await clock.sleep(4000);
        limits.take(2);
      }
    })();
    const seconds = await spend(clock, limits, governor, { requests: 300, cost: 2, workers: 4, latency: () => 100 });
    stop.now = true;
    await clock.run(other);
    expect(governor.snapshot().refusals).toBeLessThanOrEqual(Math.ceil(seconds / 60));
    expect(seconds).toBeLessThan(1250);
  });

  test.each([1, 10])(
    'another consumer ahead of each request, %i registers: well below one refusal a minute',
    async (registers) => {
      const clock = new VirtualClock();
      const limits = new SimulatedLimits(clock, { registers });
      const governor = createLeakyBucketGovernor({ clock });
      let left = 300;
      const started = clock.now();
      const work = async (): Promise<void> => {
        while (left > 0) {
          const permit = await governor.acquire(2);
          limits.take(2);
          const { status, headers: answered } = limits.take(2);
          permit.settle(answered, status);
          if (status === 200) left -= 1;
        }
      };
      await clock.run(work());
      const minutes = (clock.now() - started) / 60_000;
      // The first refusal tells of the other; from then on our distance holds for five minutes.
      expect(governor.snapshot().refusals).toBeGreaterThan(0);
      expect(governor.snapshot().refusals).toBeLessThanOrEqual(1 + minutes / 5);
    },
  );

  test('a reserve is left to others', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '66/90', 0.25);
    const permit = await governor.acquire(1);
    permit.settle(headers('67.5/90'), 200);
    await expect(governor.acquire(1, { patienceMs: 100 })).rejects.toBeInstanceOf(RateLimited);
  });
});

describe('what the headers say counts', () => {
  test('levels with many decimals, and above the size', () => {
    const read = readLimitHeaders(
      headers('91.666666666667/90', { 'x-ls-api-burst-level': '3/20', 'x-ls-api-request-cost': '2.4' }),
    );
    expect(read).toStrictEqual({ level: 91.666666666667, size: 90, dripPerSecond: 1, cost: 2.4, burst: { level: 3, max: 20 } });
    const nonsense = readLimitHeaders(
      headers('much/more', { 'x-ls-api-burst-level': '3', 'x-ls-api-request-cost': 'x', 'x-ls-api-drip-rate': '0' }),
    );
    expect(nonsense).toStrictEqual({ level: null, size: null, dripPerSecond: null, cost: null, burst: null });
  });

  test('before the first answer one request goes ahead; without any limits nobody waits', async () => {
    const clock = new VirtualClock();
    const governor = createLeakyBucketGovernor({ clock });
    const first = await governor.acquire(2);
    const others = Promise.all(Array.from({ length: 50 }, async () => await governor.acquire(2)));
    expect(governor.snapshot()).toMatchObject({ mode: 'unknown', underWay: 1, waiting: 50 });
    first.settle(new Headers(), 200);
    expect(await others).toHaveLength(50);
    expect(governor.snapshot()).toMatchObject({ mode: 'unlimited', size: null, waiting: 0 });
  });

  test('an answer without headers, as a 401, proves nothing', async () => {
    const governor = createLeakyBucketGovernor({ clock: new VirtualClock() });
    (await governor.acquire(1)).settle(new Headers(), 401);
    expect(governor.snapshot().mode).toBe('unknown');
  });

  test('Retry-After is whole seconds and holds everybody back', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '10/90');
    const refused = await governor.acquire(1);
    const started = clock.now();
    refused.settle(headers('92.57/90', { 'Retry-After': '3', 'X-LS-API-RateLimit-Type': 'api-leaky-bucket' }), 429);
    expect(governor.snapshot().blockedUntil).toBe(started + 3000);
    await clock.run(governor.acquire(1));
    expect(clock.now() - started).toBeGreaterThanOrEqual(3000);
  });

  test('a burst refusal blocks for a second', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '10/90');
    (await governor.acquire(1)).settle(headers('10/90', { 'X-LS-API-RateLimit-Type': 'api-burst-limiter' }), 429);
    const started = clock.now();
    await clock.run(governor.acquire(1));
    expect(clock.now() - started).toBe(1000);
  });

  test('a burst level that stays 0 is no limit', async () => {
    const governor = await governorAt(new VirtualClock(), '0/90');
    (await governor.acquire(1)).settle(headers('0/90', { 'X-LS-API-Burst-Level': '0/1' }), 200);
    expect(governor.snapshot().burst).toBeNull();
  });
});

describe('patience', () => {
  test('a longer wait is refused at once, and says when to come back', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '90/90');
    const started = clock.now();
    const error: unknown = await governor.acquire(5, { patienceMs: 4000 }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ code: 'rate_limited', retryAt: started + 5000 });
    expect(clock.now()).toBe(started);
    await clock.run(governor.acquire(5, { patienceMs: 5000 }));
    expect(clock.now() - started).toBe(5000);
  });

  test('those who wait already are counted', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '90/90');
    const first = governor.acquire(3);
    await expect(governor.acquire(3, { patienceMs: 4000 })).rejects.toMatchObject({ retryAt: clock.now() + 6000 });
    await clock.run(first);
  });

  test('first come, first served; an aborted one leaves the queue', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '90/90');
    const leaving = new AbortController();
    const order: string[] = [];
    const enter = async (name: string, signal?: AbortSignal): Promise<Permit> => {
      const permit = await governor.acquire(1, { signal });
      order.push(name);
      return permit;
    };
    const gone = enter('gone', leaving.signal);
    const rest = Promise.all([enter('b'), enter('c')]);
    leaving.abort(new Error('no longer wanted'));
    await expect(gone).rejects.toThrow('no longer wanted');
    await clock.run(rest);
    expect(order).toStrictEqual(['b', 'c']);
    expect(governor.snapshot().waiting).toBe(0);
  });

  test('a request dearer than the bucket is served from an empty one', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '30/60');
    const started = clock.now();
    await clock.run(governor.acquire(100));
    expect(clock.now() - started).toBe(30_000);
  });

  test('settling twice counts once; nonsense is refused', async () => {
    const clock = new VirtualClock();
    const governor = await governorAt(clock, '10/90');
    const permit = await governor.acquire(2);
    permit.settle(null, null);
    permit.settle(null, null);
    expect(governor.snapshot()).toMatchObject({ level: 12, underWay: 0 });
    await expect(governor.acquire(0)).rejects.toThrow(RangeError);
    expect(() => createLeakyBucketGovernor({ clock, reserve: 1 })).toThrow(RangeError);
  });
});

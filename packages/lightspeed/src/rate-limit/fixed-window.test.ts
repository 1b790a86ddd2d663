import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateLimited } from '../errors.ts';
import { SimulatedWindow } from '../testing/simulated-window.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { createFixedWindowGovernor } from './fixed-window.ts';
import { type Governor, leaving, type Permit } from './governor.ts';
import { readWindowHeaders, windowWaitMs } from './window-headers.ts';

const WINDOW = 300_000;
/** A moment at which a window begins. */
const EDGE = Date.UTC(2026, 10, 23, 8);

interface Load {
  readonly requests: number;
  readonly workers: number;
  /** One way, in milliseconds; the request counts when it arrives. */
  readonly latency?: () => number;
}

/** Spends the budget as a client does; the seconds it took. */
async function spend(clock: VirtualClock, limits: SimulatedWindow, governor: Governor, load: Load): Promise<number> {
  const started = clock.now();
  let left = load.requests;
  const latency = load.latency ?? (() => 0);
  async function worker(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const permit = await governor.acquire(1);
      await pause(clock, latency());
      const { status, headers } = limits.take();
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

function headers(remaining: number, limit = 350, extra: Record<string, string> = {}): Headers {
  return new Headers({ 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': String(remaining), ...extra });
}

/** A governor that has seen one answer. */
async function governorAt(clock: VirtualClock, remaining: number, reserve = 0): Promise<Governor> {
  const governor = createFixedWindowGovernor({ clock, reserve });
  (await governor.acquire(1)).settle(headers(remaining), 200);
  return governor;
}

describe('the whole budget and no 429', () => {
  test.each([
    [1, 1],
    [1, 8],
    [3, 1],
    [10, 8],
  ])('%i registers, %i at a time, three full windows from an edge: the least possible time', async (registers, workers) => {
    const clock = new VirtualClock(EDGE);
    const limits = new SimulatedWindow(clock, { registers });
    const requests = limits.limit * 3;
    const seconds = await spend(clock, limits, createFixedWindowGovernor({ clock }), { requests, workers });
    expect(limits.refusals).toBe(0);
    expect(limits.served).toBe(requests);
    const least = (Math.ceil(requests / limits.limit) - 1) * 300;
    expect(seconds / least).toBeLessThanOrEqual(1.02);
  });

  test('with real latency and wherever the windows begin: never a 429, one whole budget every five minutes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 0, max: WINDOW - 1 }), fc.constant('first' as const)),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        async (phase, workers, latencyMax, seed) => {
          const clock = new VirtualClock(EDGE);
          const limits = new SimulatedWindow(clock, { phase });
          let state = seed;
          const latency = (): number => {
            state = (state * 48_271) % 2_147_483_647;
            return latencyMax === 0 ? 0 : state % latencyMax;
          };
          const seconds = await spend(clock, limits, createFixedWindowGovernor({ clock }), { requests: 800, workers, latency });
          expect(limits.refusals).toBe(0);
          expect(limits.served).toBe(800);
          // What latency alone would need, beside two waits for a window and their round trips.
          expect(seconds).toBeLessThanOrEqual(600 + (800 * 2 * latencyMax) / 1000 / workers + 12 * (latencyMax / 1000) + 5);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('another consumer spends half: at most one 429 a minute, and the rest of the budget is used', async () => {
    for (const workers of [1, 8]) {
      const clock = new VirtualClock(EDGE + 41_000);
      const limits = new SimulatedWindow(clock);
      const governor = createFixedWindowGovernor({ clock });
      const stop = { now: false };
      const other = (async () => {
        while (!stop.now) {
          await clock.sleep(WINDOW / (limits.limit / 2));
          limits.take();
        }
      })();
      const seconds = await spend(clock, limits, governor, { requests: 900, workers, latency: () => 300 });
      stop.now = true;
      await clock.run(other);
      const ours = governor.snapshot().refusals;
      expect(ours).toBeLessThanOrEqual(Math.ceil(seconds / 60));
      expect(seconds).toBeLessThan(6 * 300);
    }
  });

  test('two of our own kind share a budget without knowing of each other', async () => {
    const clock = new VirtualClock(EDGE);
    const limits = new SimulatedWindow(clock);
    const load = { requests: 600, workers: 4, latency: () => 200 };
    const governors = [createFixedWindowGovernor({ clock }), createFixedWindowGovernor({ clock })];
    await clock.run(Promise.all(governors.map(async (governor) => await spendBeside(clock, limits, governor, load))));
    const minutes = (clock.now() - EDGE) / 60_000;
    for (const governor of governors) expect(governor.snapshot().refusals).toBeLessThanOrEqual(Math.ceil(minutes));
    expect(limits.served).toBe(1200);
    expect(minutes).toBeLessThan(21);
  });

  test('a reserve is left to others', async () => {
    const clock = new VirtualClock(EDGE);
    const limits = new SimulatedWindow(clock);
    const governor = createFixedWindowGovernor({ clock, reserve: 0.2 });
    await spend(clock, limits, governor, { requests: 280, workers: 4 });
    expect(clock.now()).toBe(EDGE);
    await expect(governor.acquire(1, { patienceMs: 100 })).rejects.toBeInstanceOf(RateLimited);
    await clock.run(governor.acquire(1));
    expect(clock.now() - EDGE).toBe(WINDOW);
  });

  test('what can wait leaves its part to what is urgent, and lets it pass', async () => {
    const clock = new VirtualClock(EDGE);
    const limits = new SimulatedWindow(clock);
    const governor = createFixedWindowGovernor({ clock });
    const patient = leaving(governor, 0.04);
    await spend(clock, limits, patient, { requests: limits.limit - 14, workers: 4 });
    expect(clock.now()).toBe(EDGE);
    await expect(patient.acquire(1, { patienceMs: 100 })).rejects.toMatchObject({ retryAt: EDGE + WINDOW });
    const waiting = patient.acquire(1);
    // It waits for the next window; those who may have the rest go at once, though they came later.
    for (let urgent = 0; urgent < 14; urgent += 1) {
      const permit = await governor.acquire(1, { patienceMs: 100 });
      const { status, headers: answered } = limits.take();
      permit.settle(answered, status);
    }
    await expect(governor.acquire(1, { patienceMs: 100 })).rejects.toBeInstanceOf(RateLimited);
    expect(clock.now()).toBe(EDGE);
    await clock.run(waiting);
    expect(clock.now() - EDGE).toBe(WINDOW);
    expect(limits.refusals).toBe(0);
    await expect(governor.acquire(1, { leave: 1 })).rejects.toThrow(RangeError);
  });
});

async function spendBeside(clock: VirtualClock, limits: SimulatedWindow, governor: Governor, load: Load): Promise<void> {
  let left = load.requests;
  await Promise.all(
    Array.from({ length: load.workers }, async () => {
      while (left > 0) {
        left -= 1;
        const permit = await governor.acquire(1);
        await pause(clock, load.latency?.() ?? 0);
        const { status, headers: answered } = limits.take();
        permit.settle(answered, status);
        if (status === 429) left += 1;
      }
    }),
  );
}

describe('what the headers say counts', () => {
  test('a 429 holds everybody back until the date it names, measured by its own clock', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = await governorAt(clock, 100);
    const refused = await governor.acquire(1);
    const limitsOf429 = { 'retry-after': 'Tue, 24 Nov 2026 03:05:00 GMT', date: 'Tue, 24 Nov 2026 03:04:17 GMT' };
    refused.settle(headers(0, 350, limitsOf429), 429);
    expect(governor.snapshot()).toMatchObject({ blockedUntil: EDGE + 43_000, refusals: 1, mode: 'limited' });
    await clock.run(governor.acquire(1));
    expect(clock.now() - EDGE).toBe(43_000);
  });

  test.each([
    [{ 'retry-after': 'Tue, 24 Nov 2026 03:05:00 UTC', date: 'Tue, 24 Nov 2026 03:04:00 GMT' }, 60_000],
    [{ 'retry-after': '17' }, 17_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 03:05:00 GMT', date: 'Tue, 24 Nov 2026 03:09:00 GMT' }, 0],
    [{ 'retry-after': 'Tue, 24 Nov 2026 05:05:00 GMT', date: 'Tue, 24 Nov 2026 03:09:00 GMT' }, WINDOW],
    [{ 'retry-after': new Date(EDGE + 5000).toUTCString() }, 5000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('Retry-After %j', (stated, expected) => {
    expect(windowWaitMs(new Headers(stated), EDGE)).toBe(expected);
  });

  test('a 429 that says nothing waits as the vendor’s own tool does', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = createFixedWindowGovernor({ clock });
    (await governor.acquire(1)).settle(new Headers(), 429);
    await clock.run(governor.acquire(1));
    expect(clock.now() - EDGE).toBe(30_000);
  });

  test('no limits stated: none assumed; only the first request goes alone', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = createFixedWindowGovernor({ clock });
    const first = await governor.acquire(1);
    const others = Promise.all(Array.from({ length: 50 }, async () => await governor.acquire(1)));
    expect(governor.snapshot()).toMatchObject({ mode: 'unknown', size: null, underWay: 1, waiting: 50 });
    first.settle(new Headers(), 200);
    expect(await others).toHaveLength(50);
    expect(governor.snapshot()).toMatchObject({ mode: 'unlimited', waiting: 0 });
    expect(readWindowHeaders(headers(-1))).toBeNull();
    expect(readWindowHeaders(headers(5, 0))).toBeNull();
  });

  test('a window that began earlier than known is used at once', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = await governorAt(clock, 3);
    await clock.run(clock.sleep(10_000));
    (await governor.acquire(1)).settle(headers(349), 200);
    const permits = await Promise.all(Array.from({ length: 349 }, async () => await governor.acquire(1)));
    expect(permits).toHaveLength(349);
    expect(clock.now() - EDGE).toBe(10_000);
    await expect(governor.acquire(1, { patienceMs: 60_000 })).rejects.toMatchObject({ retryAt: EDGE + 310_000 });
  });

  test('an answer that overtook another, and one that never came, are counted', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = await governorAt(clock, 10);
    const [slow, fast, lost] = await Promise.all([governor.acquire(1), governor.acquire(1), governor.acquire(1)]);
    fast?.settle(headers(8), 200);
    lost?.settle(null, null);
    slow?.settle(headers(9), 200);
    slow?.settle(headers(9), 200);
    expect(governor.snapshot()).toMatchObject({ level: 350 - 7, underWay: 0 });
  });
});

describe('patience', () => {
  test('a wait that is too long is refused at once and says when', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = await governorAt(clock, 0);
    await expect(governor.acquire(1, { patienceMs: 1000 })).rejects.toMatchObject({
      code: 'rate_limited',
      retryAt: EDGE + WINDOW,
    });
    expect(clock.now()).toBe(EDGE);
  });

  test('those who wait already are counted, whole windows of them', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = createFixedWindowGovernor({ clock });
    (await governor.acquire(1)).settle(headers(0, 2), 200);
    const leaving = new AbortController();
    const waiting = Promise.allSettled(
      Array.from({ length: 5 }, async () => await governor.acquire(1, { signal: leaving.signal })),
    );
    await expect(governor.acquire(1, { patienceMs: WINDOW })).rejects.toMatchObject({ retryAt: EDGE + 3 * WINDOW });
    leaving.abort(new Error('no longer wanted'));
    expect((await waiting).map(({ status }) => status)).toStrictEqual(Array.from({ length: 5 }, () => 'rejected'));
  });

  test('others may take the budget of one who waits: then it is refused late, not held', async () => {
    const clock = new VirtualClock(EDGE);
    const governor = await governorAt(clock, 0);
    const served: Permit[] = [];
    const first = governor.acquire(1).then((permit) => served.push(permit));
    const second = governor.acquire(1, { patienceMs: WINDOW + 5 });
    second.catch(() => undefined);
    await clock.run(first);
    served[0]?.settle(headers(0), 200);
    await expect(second).rejects.toMatchObject({ retryAt: EDGE + 2 * WINDOW });
  });

  test('what makes no sense is refused', async () => {
    const clock = new VirtualClock(EDGE);
    await expect(createFixedWindowGovernor({ clock }).acquire(0)).rejects.toThrow(RangeError);
    expect(() => createFixedWindowGovernor({ clock, reserve: 1 })).toThrow(RangeError);
  });
});

import type { GovernorSnapshot } from '@tillweave/lightspeed';
import { expect, test } from 'vitest';
import { createPaceKeeper, secondsFor } from './pace.ts';

const budget = (change: Partial<GovernorSnapshot>): GovernorSnapshot => ({
  mode: 'limited',
  level: 60,
  size: 60,
  dripPerSecond: 1,
  burst: null,
  waiting: 0,
  underWay: 0,
  blockedUntil: null,
  refusals: 0,
  ...change,
});

function walked(snapshot: GovernorSnapshot, { every, cost, pages = 20 }: { every: number; cost: number; pages?: number }) {
  const keeper = createPaceKeeper(() => snapshot);
  for (let page = 0; page < pages; page += 1) {
    keeper.onRequest({ cost, status: 200 });
    keeper.onPage(100, page * every);
  }
  return keeper.read();
}

test('the time left is what the budget allows, when that is slower than we are', () => {
  // A hundred sales a page of 10 units, a unit a second: 40,000 sales are 400 pages, 4,000 seconds.
  expect(secondsFor(40_000, walked(budget({}), { every: 200, cost: 10 }))).toBe(4_000);
  // What is left over now is not waited for.
  expect(secondsFor(40_000, walked(budget({ level: 0 }), { every: 200, cost: 10 }))).toBe(3_940);
});

test('without a limit, or with one that does not bind, it is our own speed', () => {
  expect(secondsFor(10_000, walked(budget({ mode: 'unlimited', dripPerSecond: null }), { every: 500, cost: 10 }))).toBe(50);
  expect(secondsFor(10_000, walked(budget({ dripPerSecond: 1_000 }), { every: 500, cost: 10 }))).toBe(50);
});

test('waits for the budget are no slowness of ours, and nothing is said before anything is known', () => {
  const keeper = createPaceKeeper(() => budget({ mode: 'unlimited', dripPerSecond: null }));
  expect(secondsFor(100, keeper.read())).toBeNull();
  keeper.onPage(100, 0);
  keeper.onPage(100, 1_000);
  keeper.onPage(100, 61_000);
  keeper.onPage(100, 62_000);
  expect(secondsFor(1_000, keeper.read())).toBe(10);
  expect(secondsFor(null, keeper.read())).toBeNull();
  expect(secondsFor(-5, keeper.read())).toBe(0);
});

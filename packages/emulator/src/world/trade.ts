/**
 * Ordinary trade: how many sales each shop makes on which day, and at what time, is planned at once in a few arrays; what happens in sale
 * `i` is rolled again each time somebody asks, always the same. So a hundred thousand sales cost a few megabytes.
 */
import { dice } from './random.ts';
import type { Shop } from './shops.ts';
import { LATE_EDITS_FROM } from './shops.ts';
import type { EpochMs } from './types.ts';
import { zone } from './zone.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What sort of sale it is. */
export type Nature =
  | 'plain'
  | 'web'
  | 'refund'
  | 'loose_refund'
  | 'exchange'
  | 'voided'
  | 'edited'
  | 'late_void'
  | 'late_edit'
  | 'parked'
  | 'overnight'
  | 'gift_sold'
  | 'gift_used'
  | 'deposit'
  | 'on_account'
  | 'store_credit'
  | 'credit_note'
  | 'rebate'
  | 'archived_payment'
  | 'free'
  | 'undated';

/** How often each sort comes, in thousandths; the rest is plain. */
const SHARES: readonly (readonly [Nature, number])[] = [
  ['web', 15],
  ['refund', 40],
  ['loose_refund', 6],
  ['exchange', 20],
  ['voided', 12],
  ['edited', 10],
  ['parked', 15],
  ['overnight', 8],
  ['gift_sold', 8],
  ['gift_used', 8],
  ['deposit', 6],
  ['on_account', 5],
  ['store_credit', 5],
  ['credit_note', 3],
  ['rebate', 5],
  ['archived_payment', 5],
  ['free', 4],
  ['undated', 4],
];

/** When sale `i` was opened, rung up and touched again. */
export interface Times {
  readonly nature: Nature;
  readonly opened: EpochMs;
  readonly at: EpochMs;
  /** The second event, if there is one. */
  readonly after: EpochMs | null;
}

/** When and where ordinary sales are opened. They are numbered from 0 in that order. */
export interface Openings {
  readonly count: number;
  shopOf(index: number): Shop;
  opened(index: number): EpochMs;
}

/** The plan of ordinary trade. */
export interface Plan extends Openings {
  times(index: number): Times;
}

/** Spreads `count` sales over shops, days and hours. Days are numbers since 1970, both included. */
export function planTrade(seed: number, shops: readonly Shop[], firstDay: number, lastDay: number, count: number): Plan {
  const openings = planOpenings(seed, shops, firstDay, lastDay, count);
  return { ...openings, times: (index) => rollTimes(seed, index, openings.opened(index)) };
}

/** The same without what the sales are. */
export function planOpenings(seed: number, shops: readonly Shop[], firstDay: number, lastDay: number, count: number): Openings {
  const days = lastDay - firstDay + 1;
  const roll = dice(seed, 3, 0);
  const weights = shops.flatMap((shop) =>
    Array.from({ length: days }, (_unused, index) => {
      // 1970-01-01 was a Thursday.
      const weekday = (firstDay + index + 4) % 7;
      return shop.weight * (shop.week[weekday] ?? 1) * (0.85 + 0.3 * roll.next());
    }),
  );
  const shares = largestRemainder(weights, count);
  const opened = new Float64Array(count);
  const shopOf = new Uint16Array(count);
  let next = 0;
  for (const [place, share] of shares.entries()) {
    const shopIndex = Math.floor(place / days);
    const shop = shops[shopIndex];
    if (shop === undefined) continue;
    const clock = zone(shop.timeZone);
    const day = firstDay + (place % days);
    const hours = cumulative(shop.hours);
    for (let n = 0; n < share; n += 1) {
      const hour = shop.opens + hours.find(roll.next());
      const second = (hour % 24) * 3600 + roll.int(3600);
      opened[next] = clock.instant(day + Math.floor(hour / 24), second);
      shopOf[next] = shopIndex;
      next += 1;
    }
  }
  // Order of opening; equal seconds keep the order of the shops.
  const order = new Uint32Array(count).map((_unused, index) => index);
  order.sort((a, b) => (opened[a] ?? 0) - (opened[b] ?? 0) || a - b);
  const sortedOpened = new Float64Array(count);
  const sortedShop = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) {
    const from = order[index] ?? 0;
    sortedOpened[index] = opened[from] ?? 0;
    sortedShop[index] = shopOf[from] ?? 0;
  }
  return {
    count,
    opened: (index) => sortedOpened[index] ?? 0,
    shopOf: (index) => {
      const shop = shops[sortedShop[index] ?? 0];
      if (shop === undefined) throw new RangeError(`no ordinary sale ${index}`);
      return shop;
    },
  };
}

function rollTimes(seed: number, index: number, opened: EpochMs): Times {
  const roll = dice(seed, 4, index);
  const at = opened + 1000 * (40 + roll.int(360));
  const nature = rollNature(roll.next(), roll.next(), opened);
  switch (nature) {
    case 'voided':
      return { nature, opened, at, after: at + 1000 * (300 + roll.int(5400)) };
    case 'edited':
      return { nature, opened, at, after: at + 1000 * (600 + roll.int(100_000)) };
    case 'overnight':
      return { nature, opened, at, after: at + DAY + 1000 * roll.int(7200) };
    case 'late_void':
    case 'late_edit':
      return { nature, opened, at, after: LATE_EDITS_FROM + 5 * MINUTE + 1000 * roll.int(1800) };
    default:
      return { nature, opened, at, after: null };
  }
}

function rollNature(chance: number, late: number, opened: EpochMs): Nature {
  if (opened > LATE_EDITS_FROM - 10 * DAY && late < 0.012) return late < 0.006 ? 'late_void' : 'late_edit';
  let left = chance * 1000;
  for (const [nature, share] of SHARES) {
    left -= share;
    if (left < 0) {
      // What goes on for a day must be over before the late edits begin.
      const long = nature === 'edited' || nature === 'overnight' || nature === 'voided';
      return long && opened > LATE_EDITS_FROM - 2 * DAY ? 'plain' : nature;
    }
  }
  return 'plain';
}

/** Whole shares of a count by weight, adding up to it exactly. */
export function largestRemainder(weights: readonly number[], count: number): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exactShares = weights.map((weight) => (weight / sum) * count);
  const shares = exactShares.map(Math.floor);
  let left = count - shares.reduce((total, share) => total + share, 0);
  const byRemainder = exactShares
    .map((share, index) => [share - Math.floor(share), index] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, index] of byRemainder) {
    if (left <= 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

function cumulative(weights: readonly number[]): { find(at: number): number } {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return {
    find: (at) => {
      let left = at * sum;
      for (const [index, weight] of weights.entries()) {
        left -= weight;
        if (left < 0) return index;
      }
      return weights.length - 1;
    },
  };
}

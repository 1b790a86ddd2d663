/** How much of everything a run does. The same code plays all of them. */

/** Where a process is when it is killed. `anywhere`: whenever the signal happens to come. */
export const PHASES = ['fetch', 'page_transaction', 'after_commit', 'refresh', 'fact_sum', 'webhook', 'anywhere'] as const;
export type Phase = (typeof PHASES)[number];

export interface ChaosSettings {
  readonly seed: number;
  /** Sales each series' till has before the run. */
  readonly sales: number;
  readonly customers: number;
  /** Changes made at the tills while the run goes on, all together. */
  readonly mutations: number;
  readonly workers: number;
  readonly kills: Readonly<Record<Phase, number>>;
  /** So often the lease of a killed worker is left to run out by itself, which takes a minute: one in this many; 0 is never. */
  readonly leasesLeft: number;
  readonly databaseRestarts: number;
  readonly networkCuts: number;
  /** The last days are read again that often, as each night; how many days. */
  readonly nightSeconds: number;
  readonly nightDays: number;
  /** Each fault of the emulator happens at least so often. */
  readonly faultTimes: number;
  /** Everything above is spread over this long, in seconds; it goes on for longer until all of it has happened. */
  readonly seconds: number;
  /** When not all of it has happened by then, the run has failed. */
  readonly secondsMax: number;
  /** After the last of it, everything has to be in order within this long. */
  readonly settleSecondsMax: number;
}

/** What issue after issue has to survive: about five minutes on two idle cores. */
export const FULL: ChaosSettings = {
  seed: 1,
  sales: 1_500,
  customers: 200,
  mutations: 5_200,
  workers: 3,
  kills: { fetch: 20, page_transaction: 26, after_commit: 18, refresh: 10, fact_sum: 18, webhook: 10, anywhere: 6 },
  leasesLeft: 15,
  databaseRestarts: 5,
  networkCuts: 10,
  nightSeconds: 25,
  nightDays: 5,
  faultTimes: 10,
  seconds: 270,
  secondsMax: 900,
  settleSecondsMax: 240,
};

/** The same in small, for the test suite. */
export const SHORT: ChaosSettings = {
  seed: 1,
  sales: 150,
  customers: 20,
  mutations: 160,
  workers: 3,
  kills: { fetch: 2, page_transaction: 3, after_commit: 2, refresh: 1, fact_sum: 2, webhook: 1, anywhere: 1 },
  leasesLeft: 0,
  databaseRestarts: 1,
  networkCuts: 2,
  nightSeconds: 3,
  nightDays: 120,
  faultTimes: 1,
  seconds: 11,
  secondsMax: 180,
  settleSecondsMax: 120,
};

/** Gentle and long: what leaks shows. */
export function soakFor(minutes: number): ChaosSettings {
  const each = (perHour: number): number => Math.max(1, Math.round((perHour * minutes) / 60));
  return {
    ...FULL,
    mutations: each(12_000),
    kills: { fetch: 0, page_transaction: 0, after_commit: 0, refresh: 0, fact_sum: 0, webhook: 0, anywhere: 0 },
    databaseRestarts: minutes < 30 ? 0 : 1,
    networkCuts: each(6),
    nightSeconds: 600,
    nightDays: 2,
    faultTimes: each(12),
    seconds: minutes * 60,
    secondsMax: minutes * 60 + 300,
  };
}

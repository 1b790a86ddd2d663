import type { GovernorSnapshot } from '@tillweave/lightspeed';

/** How fast a walk through the history can go: what the POS allows, and what we manage. Kept with the run, for whoever looks at it. */
export interface Pace {
  /** Records a page brings, on the average of the last ones. */
  readonly recordsPerPage: number;
  /** From one page's commit to the next, waits for the budget left out. */
  readonly secondsPerPage: number;
  /** What a request costs of the budget, in the POS's units. */
  readonly costPerPage: number;
  /** Units regained a second; null where the POS states no limit. */
  readonly unitsPerSecond: number | null;
  /** Units that were left. */
  readonly spare: number | null;
}

/** Follows the pages of a slice. */
export interface PaceKeeper {
  onRequest(request: { readonly cost: number; readonly status: number | null }): void;
  onPage(records: number, now: number): void;
  /** Null before the second page. */
  read(): Pace | null;
}

/** Longer gaps between two pages are waits for the budget, which is reckoned with by itself. */
const WAIT_SECONDS = 10;
/** Weight of the newest value in the averages. */
const NEWEST = 0.2;

export function createPaceKeeper(budget: () => GovernorSnapshot): PaceKeeper {
  let records: number | null = null;
  let seconds: number | null = null;
  let cost: number | null = null;
  let pageAt: number | null = null;
  const average = (before: number | null, value: number): number =>
    before === null ? value : before + NEWEST * (value - before);
  return {
    onRequest(request) {
      if (request.status === 200) cost = average(cost, request.cost);
    },
    onPage(count, now) {
      const gap = pageAt === null ? null : (now - pageAt) / 1000;
      pageAt = now;
      records = average(records, count);
      if (gap !== null && gap < WAIT_SECONDS) seconds = average(seconds, gap);
    },
    read() {
      if (records === null || records === 0 || seconds === null) return null;
      const { mode, level, size, dripPerSecond } = budget();
      const isLimited = mode === 'limited' && dripPerSecond !== null && dripPerSecond > 0;
      return {
        recordsPerPage: records,
        secondsPerPage: seconds,
        costPerPage: cost ?? 1,
        unitsPerSecond: isLimited ? dripPerSecond : null,
        spare: isLimited && size !== null ? Math.max(0, size - level) : null,
      };
    },
  };
}

/**
 * How long so many records will take: the requests that are left over what the budget allows, or, if that is longer, at the speed we go.
 * Null when nothing is known.
 */
export function secondsFor(records: number | null, pace: Pace | null): number | null {
  if (records === null || pace === null || !Number.isFinite(records) || pace.recordsPerPage <= 0) return null;
  const pages = Math.max(0, records) / pace.recordsPerPage;
  const own = pages * pace.secondsPerPage;
  if (pace.unitsPerSecond === null) return Math.round(own);
  const allowed = Math.max(0, pages * pace.costPerPage - (pace.spare ?? 0)) / pace.unitsPerSecond;
  return Math.round(Math.max(own, allowed));
}

import type { Instant, SetAside } from '@tillweave/lightspeed';
import { businessDayOf } from './business-day.ts';
import type { ShopCalendar } from './calendar.ts';

/** D21: how far a shop's day can be trusted. `missing`, `closed` and a day of zero sales are three different things. */
export type CoverageState = 'running' | 'complete' | 'partial' | 'missing' | 'closed';

/** Why a day is not complete, in the order given here. */
export type CoverageReason =
  /** The first walk through the history has not reached its end, or the history asked for starts later. */
  | 'history_not_read'
  /** The sales stream has not yet been read past the day's end and the grace. */
  | 'sales_not_caught_up'
  /** Shops, registers or payment types could not be read. */
  | 'look_ups_not_read'
  /** The shop is frozen: nothing of it has been taken in since. */
  | 'shop_frozen'
  /** The day was left unread, by choice or until it is caught up, though reading went on after it. */
  | 'gap_not_read'
  /** The day itself was read, and what was changed in it during a later stretch that was left unread was not. */
  | 'changes_not_read'
  /** Receipts of this day came in whose figures are not in its sums yet: the next moment has them, or the next run after a crash. */
  | 'figures_not_summed'
  /** Documents of this day could not be read (D22). */
  | 'document_set_aside'
  /** Documents without any readable time could be of this day (D22). */
  | 'undated_document_set_aside';

export interface Coverage {
  readonly state: CoverageState;
  readonly reasons: readonly CoverageReason[];
}

/** What is known about one shop's day. Times are the POS server's. */
export interface CoverageFacts {
  /** From `dayBounds`. */
  readonly start: Instant;
  readonly end: Instant;
  readonly now: Instant;
  /** Every sale from here on has been read once; null until the history import is through. */
  readonly historyReadFrom: Instant | null;
  /** Every change up to here has been read; null before the first sweep. */
  readonly salesReadUntil: Instant | null;
  readonly lookUpsRead: boolean;
  /** The shop was frozen before the day's end and the grace, and is so still. */
  readonly frozen: boolean;
  /** Part of the day, or of its grace, was left unread. */
  readonly inGap: boolean;
  /** A stretch after the day was left unread, and the day has not been read again since. */
  readonly changesUnread: boolean;
  /** The day is marked to be summed anew. */
  readonly unsummed: boolean;
  /** Unreadable documents whose day this is. */
  readonly setAside: number;
  /** Unreadable documents of this shop (or of no readable shop) without a readable time. */
  readonly undatedSetAside: number;
  /** Undated documents do not unsettle a confirmed day. */
  readonly confirmed: boolean;
  /** Sales of any state stored for the day. */
  readonly storedSales: number;
  readonly countedSales: number;
  /** Opening hours or a mark say that the shop does not open on this day. */
  readonly markedClosed: boolean;
}

/** Tills hand in late: a day is not complete before the stream has been read this far past its end. */
export const GRACE_MS = 15 * 60_000;

/** D21 for one shop and day. A running day carries its reasons too, as far as they can already be told. */
export function coverageOf(facts: CoverageFacts): Coverage {
  const reasons = reasonsOf(facts);
  // Nothing known of a shop is not a day of nothing, running or not.
  if (facts.historyReadFrom === null && facts.salesReadUntil === null && isUnread(facts, reasons))
    return { state: 'missing', reasons };
  if (facts.now < facts.end) return { state: 'running', reasons: reasons.filter((reason) => reason !== 'sales_not_caught_up') };
  if (reasons.length === 0) {
    return { state: facts.countedSales === 0 && facts.markedClosed ? 'closed' : 'complete', reasons };
  }
  return { state: isUnread(facts, reasons) ? 'missing' : 'partial', reasons };
}

/** From best to worst. */
const ORDER: readonly CoverageState[] = ['closed', 'complete', 'running', 'partial', 'missing'];

/** A department's day is the worst of its sources; null where none is mapped (not applicable). */
export function worstCoverage(sources: readonly Coverage[]): Coverage | null {
  const [first, ...others] = sources;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const state = others.reduce((worst, { state }) => (ORDER.indexOf(state) > ORDER.indexOf(worst) ? state : worst), first.state);
  const reasons = REASONS.filter((reason) => sources.some((source) => source.reasons.includes(reason)));
  return { state, reasons };
}

/**
 * D22: the business day a document set aside makes partial; null when none of its times is readable, so that every unconfirmed day of its
 * shop is in doubt.
 */
export function dayOfSetAside(setAside: Pick<SetAside, 'readableTime'>, calendar: ShopCalendar): string | null {
  return setAside.readableTime === null ? null : businessDayOf(setAside.readableTime, calendar);
}

const REASONS: readonly CoverageReason[] = [
  'history_not_read',
  'sales_not_caught_up',
  'look_ups_not_read',
  'shop_frozen',
  'gap_not_read',
  'changes_not_read',
  'figures_not_summed',
  'document_set_aside',
  'undated_document_set_aside',
];

function reasonsOf(facts: CoverageFacts): CoverageReason[] {
  const holds: Record<CoverageReason, boolean> = {
    history_not_read: facts.historyReadFrom === null || facts.historyReadFrom > facts.start,
    sales_not_caught_up: facts.salesReadUntil === null || facts.salesReadUntil < facts.end + GRACE_MS,
    look_ups_not_read: !facts.lookUpsRead,
    shop_frozen: facts.frozen,
    gap_not_read: facts.inGap,
    changes_not_read: facts.changesUnread,
    figures_not_summed: facts.unsummed,
    document_set_aside: facts.setAside > 0,
    undated_document_set_aside: facts.undatedSetAside > 0 && !facts.confirmed,
  };
  return REASONS.filter((reason) => holds[reason]);
}

/** Nothing of the day was ever read, as against read in part. */
function isUnread(facts: CoverageFacts, reasons: readonly CoverageReason[]): boolean {
  const neverRead = reasons.includes('history_not_read') || facts.salesReadUntil === null || facts.salesReadUntil <= facts.start;
  return neverRead && facts.storedSales === 0 && facts.setAside === 0;
}

/** Why a figure of a day that was shown before is another one now. Pure. */

/** What happened to one receipt. */
export type CauseOfSale =
  /** It was voided. */
  | 'void'
  /** It came again with other content, on the same day. */
  | 'edit'
  /** It stands on another day, shop or register than before. */
  | 'moved'
  /** It was entered after the time it is dated. */
  | 'back_dated'
  /** The day was read before the POS told of it: an offline till, a document that could not be read at first. */
  | 'late_arrival';

/**
 * `several`: receipts changed for different reasons; `calendar`: a setting; `left_out`: the choice of which shops and registers count;
 * `recomputed`: none of its receipts is known to have changed.
 */
export type ChangeCause = CauseOfSale | 'several' | 'calendar' | 'left_out' | 'recomputed';

/** A receipt that was written since its day was summed, with what is stored of it now; nulls when it is gone. */
export interface TouchedSale {
  readonly sale_id: string;
  readonly state: 'open' | 'completed' | 'voided' | null;
  readonly version: number | null;
  /** The business day it stands on now. */
  readonly sale_day: string | null;
  readonly business_day: string;
  /** Whether it counted at this register on this day before, and does now. */
  readonly was_here: boolean;
  readonly is_here: boolean;
  /** The POS made the receipt after the moment it says it happened. */
  readonly entered_later: boolean | null;
  /** How many receipts made a difference, shown or not. */
  readonly how_many: number;
}

export function causeOfSale(sale: TouchedSale): CauseOfSale {
  if (sale.state === 'voided') return 'void';
  if (sale.version === 1) return sale.entered_later === true ? 'back_dated' : 'late_arrival';
  if (sale.was_here === sale.is_here) return 'edit';
  if (sale.was_here) return isEarlier(sale) ? 'back_dated' : 'moved';
  // It came from somewhere else, or counts only now.
  return sale.entered_later === true ? 'back_dated' : 'moved';
}

/** One cause where all agree. */
export function oneCause(causes: readonly ChangeCause[]): ChangeCause {
  const [first, ...others] = new Set(causes);
  if (first === undefined) return 'recomputed';
  return others.length === 0 ? first : 'several';
}

/** It left for an earlier day. */
function isEarlier({ sale_day, business_day }: TouchedSale): boolean {
  return sale_day !== null && sale_day < business_day;
}

/**
 * The trade names of the golden documents: situations every world of 90 days plays at least once, with the exact words of the domain
 * design. Events carry them in `golden`; `world.golden()` counts them.
 */

/** Situations both POS series know. */
export const GOLDEN_BOTH = [
  'last second before midnight',
  'first after',
  '25 h day',
  '23 h day',
  'shop in another zone than the account',
  'zone at :30',
  'day-start 05:00',
  'ticket discount over mixed tax rates',
  'free sale',
  'refund next day',
  'refund of a discounted line',
  'refund without receipt',
  'exchange even, up, down',
  'void after import',
  'quantity edited after close',
  'back-dated',
  'layaway/layby day 1, part-paid day 9, complete day 40',
  'gift card sold',
  'gift card redeemed and sold on one ticket',
  'store credit',
  'tip',
  'cash rounding',
  'shipping or fee',
  'tax-inclusive odd cents',
  'bundle',
  'weighed 0.375',
  'split tender with change',
  'return at another shop',
  'register moved to another shop',
  'shop archived',
  'customer merged',
  'customer erased',
] as const;

/** Situations only the R-Series knows. */
export const GOLDEN_R = [
  '100 % discount stored as 0.999999999',
  'rebate line',
  'archived payment',
  'line taxes unrounded against sale tax',
  'special-order line in a completed sale',
  "line with another shop's id",
  'document without completeTime',
] as const;

/** Situations only the X-Series knows. */
export const GOLDEN_X = [
  'sale-level discount line',
  'discount line on a return',
  'on account, paid later',
  'parked return never finished',
  'pickup closed',
  'delivery open',
  'surcharge',
  'voided line in a closed sale',
  'nested shape',
  'webhook shape',
] as const;

/** Any of the R-Series' trade names. */
export type GoldenName = (typeof GOLDEN_BOTH)[number] | (typeof GOLDEN_R)[number];

/** Any of the X-Series' trade names. */
export type XGoldenName = (typeof GOLDEN_BOTH)[number] | (typeof GOLDEN_X)[number];

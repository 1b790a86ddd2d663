/**
 * Everything the R-Series reference marks as unverified and this client has to decide, in one place, with the default. Each is a promise
 * to be checked against a live account first; change them per client (`createRSeriesClient({ switches })`).
 */
export interface RSeriesSwitches {
  /**
   * How a sale's prices are read (D6). `auto` decides by arithmetic per sale: total = subtotal − discount + tax is exclusive, total =
   * subtotal − discount is inclusive; where both or neither hold, the document's `isTaxInclusive` decides.
   */
  readonly taxInclusive: 'auto' | 'flag' | 'inclusive' | 'exclusive';
  /** The stamp sales are polled by. `updateTime` sees edits after completion; `timeStamp` is the documented one. See `probeChangeStamp`. */
  readonly changeStamp: 'updateTime' | 'timeStamp';
  /** How the filter spells it: documents say `updateTime`, the endpoint page `updatetime`. */
  readonly updateTimeFilter: 'updateTime' | 'updatetime';
  /** How the sort spells it: the page's sort list is in lower case. */
  readonly updateTimeSort: 'updatetime' | 'updateTime';
  /** Whether sales are asked for with `archived=true`: completed sales may be archived and still count (D12); one live test saw no effect. */
  readonly askForArchivedSales: boolean;
  /** Keys that may hold the coins rounded on a cash payment, + when more was taken than the total; the first that is present is read. */
  readonly cashRoundingKeys: readonly string[];
  /** How often each relation counts on a list when it hangs below a to-many relation: doubled once (2) or twice (4). Headers correct it. */
  readonly nestedRelationFactor: 2 | 4;
}

export const defaultRSeriesSwitches: RSeriesSwitches = {
  taxInclusive: 'auto',
  changeStamp: 'updateTime',
  updateTimeFilter: 'updateTime',
  updateTimeSort: 'updatetime',
  askForArchivedSales: true,
  cashRoundingKeys: ['cashRounding', 'cashRoundingAmount', 'calcCashRounding'],
  nestedRelationFactor: 2,
};

/** The defaults with some of them changed. */
export function resolveSwitches(changes?: Partial<RSeriesSwitches>): RSeriesSwitches {
  return changes === undefined ? defaultRSeriesSwitches : { ...defaultRSeriesSwitches, ...changes };
}

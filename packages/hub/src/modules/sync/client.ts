import type {
  Customer,
  Employee,
  Instant,
  Normalized,
  PaymentType,
  PosAccount,
  Register,
  Sale,
  SaleVoid,
  Shop,
} from '@tillweave/lightspeed';

/** What the engine needs of a POS client, whichever series: the R-Series client of the lightspeed package fits as it is. */
export interface PosClient {
  /**
   * How changes are told. Absent: by their stamps, beside a walk through all records in the order of ids. `versions`: history and changes
   * are one walk in the order of the POS's own counter, which `order: 'id'` opens, and whose last position is where changes go on.
   */
  readonly feed?: 'versions';
  /**
   * Reads anew what else reading sales needs, where that is more than the sales.
   *
   * @throws AppError `pos_scope_missing` when the credentials may not see it: no sale can be read then.
   */
  readonly readSaleLookUps?: () => Promise<void>;
  /** Of a feed by the POS's counter: the number after which everything sold since an instant comes; null when nothing was. */
  readonly numberBefore?: (since: Instant) => Promise<string | null>;
  /** Reads sale documents that came earlier, where that takes what only this client knows. */
  readonly normalizeSales?: (documents: readonly unknown[]) => Promise<readonly Normalized<Sale>[]>;
  /** The same client for work that can wait, where the budget needs that: it leaves a part of it to what is urgent. */
  readonly unhurried?: () => PosClient;
  account(): Promise<PosAccount>;
  shops(): Promise<Snapshot<Shop>>;
  registers(): Promise<Snapshot<Register>>;
  employees(): Promise<Snapshot<Employee>>;
  paymentTypes(): Promise<Snapshot<PaymentType>>;
  sales(query: PosQuery, position?: Position): AsyncIterable<Page<Sale>>;
  customers(query: Exclude<PosQuery, ByCompletion>, position?: Position): AsyncIterable<Page<Customer>>;
  saleVoids(query: ById | ByIds, position?: Position): AsyncIterable<Page<SaleVoid>>;
}

export interface Snapshot<T> {
  readonly records: readonly Normalized<T>[];
  readonly documents: readonly unknown[];
}

export interface Page<T> extends Snapshot<T> {
  /** Resume after this page. */
  readonly position: Position;
  readonly last: boolean;
  /** The rest of the same answer follows: it is paid for. Until it is through, `position` is where the answer before ended. */
  readonly more?: boolean;
  /** Documents of it were left because their shop is frozen. */
  readonly left?: boolean;
  readonly request: PageRequest;
}

export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly requestedAt: Instant;
  /** The POS's own clock when it answered. */
  readonly serverTime: Instant | null;
}

/** Where a walk stands: made by the client, kept by us as JSON, opaque. */
export type Position = unknown;

/** Which records, and in which order. */
export type PosQuery = ById | ByChange | ByCompletion | ByIds;
/** Every record in the order of its id: the history walk. */
export type ById = { readonly order: 'id'; readonly afterId?: string };
/** Changed at or after an instant, oldest change first. */
export type ByChange = { readonly order: 'changed'; readonly since: Instant };
/** Completed from (inclusive) until (exclusive). */
export type ByCompletion = { readonly order: 'completed'; readonly from: Instant; readonly until: Instant };
/** Named ones, at most 100. */
export type ByIds = { readonly ids: readonly string[] };

import type { Clock, Fetch } from '../clock.ts';
import { ShapeChanged } from '../errors.ts';
import { formatInstant } from '../instant.ts';
import type { Customer, Employee, Instant, Normalized, PaymentType, PosAccount, Register, Sale, Shop } from '../model.ts';
import type { Governor } from '../rate-limit/governor.ts';
import type { RequestInfo } from '../request-info.ts';
import type { TokenSource } from '../r-series/api.ts';
import type { Snapshot } from '../r-series/client.ts';
import type { Position } from '../r-series/position.ts';
import type { Page, WalkOptions } from '../r-series/walk.ts';
import { XSeriesApi } from './api.ts';
import { legacyWalk } from './legacy.ts';
import type { LegacyQuery, LegacyResourceName } from './legacy.ts';
import { createLookUpReader } from './look-up-reader.ts';
import type { XLookUpResult } from './look-up-reader.ts';
import type { XSaleLookUps } from './look-ups.ts';
import {
  normalizeXCustomer,
  normalizeXOutlet,
  normalizeXPaymentType,
  normalizeXRecord,
  normalizeXRegister,
  normalizeXRetailer,
  normalizeXUser,
} from './normalize-look-ups.ts';
import type { XRecord } from './normalize-look-ups.ts';
import { normalizeXSale } from './normalize-sale.ts';
import { searchOf, X_RESOURCES } from './resources.ts';
import type { XListResource, XResourceName } from './resources.ts';
import { resolveXSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';
import { listWalk, walkXPages } from './walk.ts';
import { createXWebhooks } from './webhooks.ts';
import type { XWebhooks } from './webhooks.ts';

/** `2.0` is flat; dated versions nest. A version past its end is answered by the oldest one left, without a word: pin and watch. */
export type XApiVersion = '2.0' | '2026-01' | '2026-04' | '2026-07' | (string & {});

export interface XSeriesClientOptions {
  /** Origin of the store: `xStoreUrl(parseDomainPrefix(…))`. */
  readonly baseUrl: string;
  /** Rotating tokens, or `personalToken`. */
  readonly auth: TokenSource;
  /** Shared by everything that spends the budget of this retailer and application. */
  readonly governor: Governor;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Default `2.0`. */
  readonly apiVersion?: XApiVersion;
  /** Who asks; the vendor wants to know. Default names this package. */
  readonly userAgent?: string;
  /** Of one exchange, to the last byte. Default 60 s. */
  readonly timeoutMs?: number;
  /** Of one answer. Default 64 MB: pages have up to 10,000 rows. */
  readonly maxBodyBytes?: number;
  /** Longest wait for budget or between retries before an error says when to come back. Default: no limit. */
  readonly patienceMs?: number;
  /** Told of every HTTP exchange, retries included. */
  readonly onRequest?: (info: RequestInfo) => void;
  readonly switches?: Partial<XSeriesSwitches>;
}

/** Which rows of a list. Cursors are digits: versions do not fit a number for ever. */
export interface XListQuery {
  /** Only versions above (exclusive). */
  readonly after?: string;
  /** Tombstones too; default true, so that deletions are seen. */
  readonly deleted?: boolean;
  /** Further parameters as the POS names them. What it does not know it ignores silently (X §0). */
  readonly filters?: Readonly<Record<string, string | readonly string[]>>;
}

/** Sales by date from the search index: fast, late, and never complete. For a ledger read `sales`. */
export interface XSaleSearch {
  readonly from?: Instant;
  readonly until?: Instant;
  readonly filters?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Reads one X-Series retailer. Failures are thrown by consequence: Unauthorized, RateLimited, Unavailable, Rejected, ShapeChanged; a document
 * that cannot be read is a `SetAside` among the records, and the rest of its page goes on.
 */
export interface XSeriesClient {
  account(): Promise<PosAccount>;
  /** The retailer as the POS describes it. */
  retailer(): Promise<unknown>;
  shops(): Promise<Snapshot<Shop>>;
  registers(): Promise<Snapshot<Register>>;
  employees(): Promise<Snapshot<Employee>>;
  paymentTypes(): Promise<Snapshot<PaymentType>>;
  /**
   * What reading sales needs, read once and kept; `fresh` reads it again. What the credentials may not see is left out and told in
   * `missing`: without `retailer` every sale is set aside with `discount_product_unknown` (D9).
   */
  saleLookUps(options?: { readonly fresh?: boolean }): Promise<XLookUpResult>;
  /** Every sale, by version: history and changes are one feed. A position of its end is where the next look begins. */
  sales(query?: XListQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Sale>, void, undefined>;
  customers(query?: XListQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Customer>, void, undefined>;
  /** Any list of the API, in its own way of paging. */
  list(
    resource: XResourceName,
    query?: XListQuery,
    position?: Position,
    options?: WalkOptions,
  ): AsyncGenerator<Page<XRecord>, void, undefined>;
  searchSales(search: XSaleSearch, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Sale>, void, undefined>;
  /** Products or customers by the search index. */
  search(
    type: 'products' | 'customers',
    filters: Readonly<Record<string, string | readonly string[]>>,
    position?: Position,
    options?: WalkOptions,
  ): AsyncGenerator<Page<XRecord>, void, undefined>;
  /** 0.9's `register_sales`, page by page. It says less than 2.0 (no adjustments, promotions, gift-card numbers): figures come from `sales`. */
  legacySales(query?: LegacyQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Sale>, void, undefined>;
  /** The other lists of 0.9. */
  legacyList(
    resource: Exclude<LegacyResourceName, 'register_sales'>,
    query?: LegacyQuery,
    position?: Position,
    options?: WalkOptions,
  ): AsyncGenerator<Page<XRecord>, void, undefined>;
  /** `Rejected` (`not_found`) when there is none. */
  sale(id: string): Promise<Normalized<Sale> & { readonly document: unknown }>;
  /** One record of a resource, or of any path such as `payments/{id}`, as the POS describes it, without its wrapper. */
  record(path: string): Promise<unknown>;
  /** What a register should hold, for its current or last session. */
  paymentsSummary(registerId: string): Promise<unknown>;
  readonly webhooks: XWebhooks;
}

export function createXSeriesClient(options: XSeriesClientOptions): XSeriesClient {
  const switches = resolveXSwitches(options.switches);
  const version = options.apiVersion ?? '2.0';
  if (!/^(?:\d\.\d|\d{4}-\d{2})$/.test(version)) throw new RangeError(`Not an API version: ${version}.`);
  const root = `/api/${version}/`;
  const api = new XSeriesApi({
    origin: originOf(options.baseUrl),
    auth: options.auth,
    governor: options.governor,
    fetch: options.fetch,
    clock: options.clock,
    userAgent: options.userAgent ?? 'tillweave-lightspeed (+https://www.npmjs.com/package/@tillweave/lightspeed)',
    timeoutMs: options.timeoutMs ?? 60_000,
    maxBodyBytes: options.maxBodyBytes ?? 64 * 1024 * 1024,
    patienceMs: options.patienceMs ?? Number.POSITIVE_INFINITY,
    onRequest: options.onRequest ?? (() => undefined),
  });

  function pagesOf<T>(
    resource: XListResource,
    normalize: (document: unknown) => Normalized<T>,
    query: XListQuery,
    position: Position | undefined,
    walkOptions?: WalkOptions,
  ): AsyncGenerator<Page<T>, void, undefined> {
    const general = resource === X_RESOURCES.sales ? switches.salesPageSize : switches.pageSize;
    const walk = listWalk<T>({
      api,
      root,
      resource,
      normalize,
      margin: switches.versionMargin,
      expects: resource.expects,
      start: query.after ?? null,
      pageSize: Math.min(general, resource.pageSizeMax ?? general),
      query: [
        ...(resource.parameters ?? []),
        ...filterParameters(query.filters),
        ...(resource.takesDeleted && query.deleted !== false ? ([['deleted', 'true']] as const) : []),
      ],
    });
    return walkXPages(walk, position, walkOptions);
  }

  async function snapshot<T>(
    resource: XListResource,
    normalize: (document: unknown) => Normalized<T>,
    query: XListQuery = {},
  ): Promise<Snapshot<T>> {
    const whole: Snapshot<T> = { records: [], documents: [] };
    for await (const page of pagesOf(resource, normalize, query, undefined)) {
      whole.records.push(...page.records);
      whole.documents.push(...page.documents);
    }
    return whole;
  }

  async function record(path: string): Promise<unknown> {
    const { body } = await api.get(`${root}${path}`);
    // Some answers come without the wrapper (X §10).
    return body['data'] ?? body;
  }

  const retailer = async (): Promise<unknown> => await record('retailer');
  const readPaymentType = (document: unknown): Normalized<PaymentType> => normalizeXPaymentType(document, switches);

  const reader = createLookUpReader({
    switches,
    retailer,
    rows: async (resource, filters = {}) => (await snapshot(X_RESOURCES[resource], normalizeXRecord, { filters })).documents,
    firstPage: async (resource) => {
      for await (const page of pagesOf(X_RESOURCES[resource], normalizeXRecord, {}, undefined)) return page.documents;
      return [];
    },
    found: async (type, filters) => (await snapshot(searchOf(type), normalizeXRecord, { filters })).documents,
  });
  const saleLookUps: XSeriesClient['saleLookUps'] = async ({ fresh = false } = {}) => await reader.read(fresh);

  const readSaleWith =
    (lookUps: XSaleLookUps) =>
    (document: unknown): Normalized<Sale> =>
      normalizeXSale(document, lookUps, switches);

  async function* withLookUps(
    pages: (normalize: (document: unknown) => Normalized<Sale>) => AsyncGenerator<Page<Sale>, void, undefined>,
  ): AsyncGenerator<Page<Sale>, void, undefined> {
    const { lookUps } = await saleLookUps();
    yield* pages(readSaleWith(lookUps));
  }

  return {
    async account() {
      const account = normalizeXRetailer(await retailer());
      if (account.ok) return account.value;
      throw new ShapeChanged(account.path, `The POS describes the retailer in a shape we do not know: ${account.message}`);
    },
    retailer,
    shops: async () => await snapshot(X_RESOURCES.outlets, normalizeXOutlet),
    registers: async () => await snapshot(X_RESOURCES.registers, normalizeXRegister),
    employees: async () => await snapshot(X_RESOURCES.users, normalizeXUser),
    paymentTypes: async () => await snapshot(X_RESOURCES.payment_types, readPaymentType),
    saleLookUps,
    sales: (query = {}, position, walkOptions) =>
      withLookUps((normalize) => pagesOf(X_RESOURCES.sales, normalize, query, position, walkOptions)),
    customers: (query = {}, position, walkOptions) =>
      pagesOf(X_RESOURCES.customers, normalizeXCustomer, query, position, walkOptions),
    list: (resource, query = {}, position, walkOptions) =>
      pagesOf(X_RESOURCES[resource], normalizeXRecord, query, position, walkOptions),
    searchSales: (search, position, walkOptions) =>
      withLookUps((normalize) =>
        pagesOf(searchOf('sales'), normalize, { filters: searchFilters(search), deleted: false }, position, walkOptions),
      ),
    search: (type, filters, position, walkOptions) =>
      pagesOf(searchOf(type), normalizeXRecord, { filters }, position, walkOptions),
    legacySales: (query = {}, position, walkOptions) =>
      withLookUps((normalize) => walkXPages(legacyWalk(api, 'register_sales', query, normalize), position, walkOptions)),
    legacyList: (resource, query = {}, position, walkOptions) =>
      walkXPages(legacyWalk(api, resource, query, normalizeXRecord), position, walkOptions),
    async sale(id) {
      const { lookUps } = await saleLookUps();
      const document = await record(`sales/${encodeURIComponent(id)}`);
      return { ...readSaleWith(lookUps)(document), document };
    },
    record,
    paymentsSummary: async (registerId) => await record(`registers/${encodeURIComponent(registerId)}/payments_summary`),
    webhooks: createXWebhooks(api, root),
  };
}

function originOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new RangeError(`Not a web address: ${url.protocol}`);
  return url.origin;
}

function filterParameters(filters: XListQuery['filters'] = {}): (readonly [string, string])[] {
  return Object.entries(filters).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : value.map((one) => [name, one] as const),
  );
}

function searchFilters({ from, until, filters = {} }: XSaleSearch): Record<string, string | readonly string[]> {
  const stamp = (instant: Instant): string => formatInstant(instant).replace('+00:00', 'Z');
  return {
    ...filters,
    ...(from === undefined ? {} : { date_from: stamp(from) }),
    ...(until === undefined ? {} : { date_to: stamp(until) }),
  };
}

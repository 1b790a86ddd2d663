import type { Clock, Fetch } from '../clock.ts';
import { PosError, Rejected, ShapeChanged, Unauthorized } from '../errors.ts';
import { instantOf } from '../instant.ts';
import type {
  Customer,
  Employee,
  Normalized,
  PaymentKind,
  PaymentType,
  PosAccount,
  Register,
  Sale,
  SaleVoid,
  Shop,
} from '../model.ts';
import type { Governor } from '../rate-limit/governor.ts';
import type { RequestInfo } from '../request-info.ts';
import { RSeriesApi } from './api.ts';
import type { TokenSource } from './api.ts';
import { normalizeReportRow, normalizeSession, readCalculated, rSeriesReports, rSeriesResources } from './catalog.ts';
import type {
  CalculatedAmount,
  Listed,
  RSeriesRecord,
  RSeriesReportName,
  RSeriesReportRow,
  RSeriesResourceName,
  RSeriesSession,
} from './catalog.ts';
import { estimateCost } from './cost.ts';
import { readListing, readSingle } from './envelope.ts';
import { accountRoot, apiRoot } from './links.ts';
import type { ApiVersion } from './links.ts';
import {
  normalizeAccount,
  normalizeCustomer,
  normalizeEmployee,
  normalizePaymentType,
  normalizeRegister,
  normalizeSale,
  normalizeSaleVoid,
  normalizeShop,
} from './normalize.ts';
import type { Position } from './position.ts';
import { singleQuery } from './query.ts';
import type { CustomerQuery, SaleQuery, SaleVoidQuery } from './query.ts';
import { isFields } from './read.ts';
import { createRelationMender, createSaleMender } from './mend.ts';
import { probeChangeStamp } from './probe.ts';
import { CUSTOMER, EMPLOYEE, PAYMENT_TYPE, REGISTER, SALE, SALE_VOID, SHOP } from './resources.ts';
import type { Resource } from './resources.ts';
import { resolveSwitches } from './switches.ts';
import type { RSeriesSwitches } from './switches.ts';
import { walkPages } from './walk.ts';
import type { Page, Walk, WalkOptions } from './walk.ts';

export interface RSeriesClientOptions {
  /** Origin of the API, e.g. `https://api.lightspeedapp.com`; a trailing `/API` or `/API/V3` is tolerated. */
  readonly baseUrl: string;
  readonly accountId: string;
  /** OAuth, or a legacy API key (deprecated by the POS since 2016, sent by HTTP Basic). */
  readonly auth: TokenSource | { readonly apiKey: string };
  /** Default 3. */
  readonly version?: ApiVersion;
  /** Shared by everything that spends the budget of this account and OAuth client. */
  readonly governor: Governor;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Of one exchange, to the last byte. Default 60 s. */
  readonly timeoutMs?: number;
  /** Of one answer. Default 32 MB. */
  readonly maxBodyBytes?: number;
  /** Longest wait for budget or between retries before an error says when to come back. Default: no limit. */
  readonly patienceMs?: number;
  /** Told of every HTTP exchange, retries included. */
  readonly onRequest?: (info: RequestInfo) => void;
  readonly switches?: Partial<RSeriesSwitches>;
}

/** A whole look-up table. */
export interface Snapshot<T> {
  readonly records: Normalized<T>[];
  readonly documents: unknown[];
}

/**
 * Reads one R-Series account (V3, or V2 by keyset). Failures are thrown by consequence: Unauthorized, RateLimited, Unavailable, Rejected, ShapeChanged; a
 * document that cannot be read is a `SetAside` among the records, and the rest of its page goes on.
 */
export interface RSeriesClient {
  account(): Promise<PosAccount>;
  shops(): Promise<Snapshot<Shop>>;
  registers(): Promise<Snapshot<Register>>;
  employees(): Promise<Snapshot<Employee>>;
  paymentTypes(): Promise<Snapshot<PaymentType>>;
  sales(query: SaleQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Sale>, void, undefined>;
  customers(query: CustomerQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<Customer>, void, undefined>;
  saleVoids(query: SaleVoidQuery, position?: Position, options?: WalkOptions): AsyncGenerator<Page<SaleVoid>, void, undefined>;
  /** `Rejected` (`not_found`) when there is none. */
  sale(id: string): Promise<Normalized<Sale> & { readonly document: unknown }>;
  /** Any other resource of R §7, whole, by its name in `rSeriesResources`. */
  list<N extends RSeriesResourceName>(name: N): Promise<Snapshot<RSeriesRecord<N>>>;
  /** The same page by page; `changed` only where the records carry a change stamp. */
  walk<N extends RSeriesResourceName>(
    name: N,
    query: CustomerQuery,
    position?: Position,
    options?: WalkOptions,
  ): AsyncGenerator<Page<RSeriesRecord<N>>, void, undefined>;
  /** Who the credentials act as and what they may. */
  session(): Promise<RSeriesSession>;
  /** What should be in a register's drawer since it was opened. */
  calculated(registerId: string): Promise<Snapshot<CalculatedAmount>>;
  /** An accounting report from day to day, both included (`YYYY-MM-DD`). */
  report(name: RSeriesReportName, from: string, until: string): Promise<Snapshot<RSeriesReportRow>>;
  /**
   * Which stamp this account's sales can be polled by: asks twice whether the unverified `updateTime` filter works, else `timeStamp`.
   * Give the answer to `switches.changeStamp`.
   */
  probeChangeStamp(): Promise<RSeriesSwitches['changeStamp']>;
}

export function createRSeriesClient(options: RSeriesClientOptions): RSeriesClient {
  const switches = resolveSwitches(options.switches);
  const root = accountRoot(options.baseUrl, options.accountId, options.version);
  const { auth } = options;
  const api = new RSeriesApi({
    origin: root.origin,
    scheme: 'apiKey' in auth ? 'key' : 'bearer',
    auth: 'apiKey' in auth ? keySource(auth.apiKey) : auth,
    governor: options.governor,
    fetch: options.fetch,
    clock: options.clock,
    timeoutMs: options.timeoutMs ?? 60_000,
    maxBodyBytes: options.maxBodyBytes ?? 32 * 1024 * 1024,
    patienceMs: options.patienceMs ?? Number.POSITIVE_INFINITY,
    onRequest: options.onRequest ?? (() => undefined),
  });
  const base = { api, root, switches };
  const noStamp = (): null => null;

  async function snapshot<T>(resource: Resource, normalize: (document: unknown) => Normalized<T>): Promise<Snapshot<T>> {
    return await snapshotOf({ ...base, resource, normalize, changedAt: noStamp });
  }

  async function snapshotOf<T>(walk: Walk<T>): Promise<Snapshot<T>> {
    const whole: Snapshot<T> = { records: [], documents: [] };
    for await (const page of walkPages(walk, { order: 'id' }, undefined)) {
      whole.records.push(...page.records);
      whole.documents.push(...page.documents);
    }
    return whole;
  }

  function listedWalk<N extends RSeriesResourceName>(name: N): Walk<RSeriesRecord<N>> {
    // The table's own type says which record it reads; TypeScript does not follow it through the name.
    const { resource, normalize, changedAt } = rSeriesResources[name] as unknown as Listed<RSeriesRecord<N>>;
    return { ...base, resource, normalize, changedAt, mend: createRelationMender(base, resource) };
  }

  async function listWhole<N extends RSeriesResourceName>(name: N): Promise<Snapshot<RSeriesRecord<N>>> {
    return await snapshotOf(listedWalk(name));
  }

  const paymentTypes = async (): Promise<Snapshot<PaymentType>> => await snapshot(PAYMENT_TYPE, normalizePaymentType);
  const mender = createSaleMender(base, async () => paymentKinds(await paymentTypes()));
  const readSale = (document: unknown): Normalized<Sale> => normalizeSale(document, switches, mender.paymentKinds());
  const saleWalk: Walk<Sale> = {
    ...base,
    resource: SALE,
    normalize: readSale,
    changedAt: (sale) => sale.changedAt,
    mend: async (documents, signal) => await mender.mend(documents, signal),
  };

  const customerWalk: Walk<Customer> = {
    ...base,
    resource: CUSTOMER,
    normalize: normalizeCustomer,
    changedAt: (customer) => customer.changedAt,
    mend: createRelationMender(base, CUSTOMER),
  };

  return {
    async account() {
      const document = await readAccountDocument(api, options);
      const account = normalizeAccount(document, options.accountId);
      if (!account.ok)
        throw new ShapeChanged(account.path, `The POS describes the account in a shape we do not know: ${account.message}`);
      if (account.value.id !== options.accountId)
        throw new Rejected('other_account', `These credentials are for account ${account.value.id}, not ${options.accountId}.`);
      return account.value;
    },
    shops: async () => await snapshot(SHOP, normalizeShop),
    registers: async () => await snapshot(REGISTER, normalizeRegister),
    employees: async () => await snapshot(EMPLOYEE, normalizeEmployee),
    paymentTypes,
    sales: (query, position, walkOptions) => walkPages(saleWalk, query, position, walkOptions),
    customers: (query, position, walkOptions) => walkPages(customerWalk, query, position, walkOptions),
    saleVoids: (query, position, walkOptions) =>
      walkPages({ ...base, resource: SALE_VOID, normalize: normalizeSaleVoid, changedAt: noStamp }, query, position, walkOptions),
    async sale(id) {
      assertId(id);
      const path = `${root.path}Sale/${id}.json?${singleQuery(SALE)}`;
      const { body, info } = await api.get(path, 'Sale single', estimateCost(SALE.relations, false, switches));
      const [document] = await mender.mend([readSingle(body, 'Sale', info)], undefined);
      return { ...readSale(document), document };
    },
    list: async (name) => await listWhole(name),
    walk: (name, query, position, walkOptions) => walkPages(listedWalk(name), query, position, walkOptions),
    async session() {
      const { body } = await api.get(`${apiRoot(options.baseUrl, root.version)}Session.json`, 'Session', 1);
      const read = normalizeSession(body);
      if (!read.ok) throw new ShapeChanged(read.path, `The POS describes the session in a shape we do not know: ${read.message}`);
      return read.value;
    },
    async calculated(registerId) {
      assertId(registerId);
      const { body, info } = await api.get(`${root.path}Register/${registerId}/calculated.json`, 'Register calculated', 1);
      const { documents } = readListing({ '@attributes': {}, ...body }, 'CalculatedAmount', info);
      return { documents: [...documents], records: documents.map(readCalculated) };
    },
    async report(name, from, until) {
      const dates = `startDate=${encodeURIComponent(from)}&endDate=${encodeURIComponent(until)}`;
      const { body, info } = await api.get(`${root.path}Reports/Accounting/${name}.json?${dates}`, `${name} report`, 1);
      const { documents } = readListing({ '@attributes': {}, ...body }, rSeriesReports[name].rows, info);
      return { documents: [...documents], records: documents.map((document) => normalizeReportRow(document, name)) };
    },
    probeChangeStamp: async () => await probeChangeStamp(base, () => instantOf(options.clock.now())),
  };
}

/** The flat single Account; where a server lacks it, the one of the list (R §1). */
async function readAccountDocument(api: RSeriesApi, options: RSeriesClientOptions): Promise<unknown> {
  const folder = apiRoot(options.baseUrl, options.version);
  try {
    const { body } = await api.get(`${folder}Account/${options.accountId}.json`, 'Account', 1);
    return isFields(body['Account']) ? body['Account'] : body;
  } catch (error) {
    if (!(error instanceof PosError) || error.code !== 'not_found') throw error;
  }
  const { body, info } = await api.get(`${folder}Account.json`, 'Account', 1);
  const { documents } = readListing(body, 'Account', info);
  return documents.find((document) => isFields(document) && document['accountID'] === options.accountId) ?? documents[0] ?? {};
}

function assertId(id: string): void {
  if (!/^[1-9]\d{0,18}$/.test(id)) throw new RangeError(`An R-Series id is a number, not ${JSON.stringify(id).slice(0, 40)}.`);
}

/** A key that is refused cannot be renewed. */
function keySource(apiKey: string): TokenSource {
  return {
    token: async () => await Promise.resolve(apiKey),
    renew: async () => await Promise.reject(new Unauthorized('token_refused', 'The POS refused the API key.')),
  };
}

function paymentKinds({ records }: Snapshot<PaymentType>): ReadonlyMap<string, PaymentKind> {
  return new Map(records.flatMap((record) => (record.ok ? [[record.value.id, record.value.kind] as const] : [])));
}

import {
  type Clock,
  type Customer,
  type Instant,
  normalizeXCustomer,
  normalizeXSale,
  Rejected,
  type Sale,
  type XSaleLookUps,
  type XSeriesClient,
} from '@tillweave/lightspeed';
import { AppError } from '../../platform/errors.ts';
import type { Page, PosClient, PosQuery, Position } from './client.ts';

/** What reading an X-Series account's sales needs, kept between the clients of one process. */
export interface KeptSaleLookUps {
  readAt: Instant;
  lookUps: XSaleLookUps | null;
}

export function noSaleLookUps(): KeptSaleLookUps {
  return { readAt: 0 as Instant, lookUps: null };
}

/** A shop that sold nothing for longer has nothing to skip. */
const LOOK_BACK_MS = 30 * 86_400_000;
/** Kept look-ups are read again when older than this, also while nobody asks for it. */
const KEEP_MS = 15 * 60_000;

/**
 * An X-Series client as the engine wants it: one feed by version for history and changes, no voids beside the sales (a void is a version of
 * its sale), windows of time from the search index, single sales by id.
 */
export function versionFeedClient(client: XSeriesClient, kept: KeptSaleLookUps, clock: Clock): PosClient {
  const readSaleLookUps = async (): Promise<XSaleLookUps> => {
    const { lookUps, missing } = await client.saleLookUps({ fresh: true });
    if (lookUps.discountProductId === undefined) {
      kept.lookUps = null;
      // Which lines are goods cannot be told without it, and a guess would be published (D9).
      throw new AppError(
        'pos_scope_missing',
        'The POS does not let us read the retailer, which names the product that stands for discounts: no sale can be read without it. ' +
          'Give the credentials that right.',
        { details: { missing: missing.map(({ resource }) => resource) } },
      );
    }
    kept.lookUps = lookUps;
    kept.readAt = clock.now();
    return lookUps;
  };
  const lookUpsNow = async (): Promise<XSaleLookUps> => {
    const age = clock.now() - kept.readAt;
    return kept.lookUps !== null && age >= 0 && age < KEEP_MS ? kept.lookUps : readSaleLookUps();
  };
  const readSales = async function* (pages: AsyncIterable<Page<unknown>>): AsyncGenerator<Page<Sale>> {
    for await (const page of pages) {
      const lookUps = await lookUpsNow();
      yield { ...page, records: page.documents.map((document) => normalizeXSale(document, lookUps)) };
    }
  };
  return {
    feed: 'versions',
    account: async () => client.account(),
    shops: async () => client.shops(),
    registers: async () => client.registers(),
    employees: async () => client.employees(),
    paymentTypes: async () => client.paymentTypes(),
    async numberBefore(since) {
      let least: bigint | null = null;
      for await (const page of client.searchSales({ from: since })) {
        for (const document of page.documents) {
          const version = versionOf(document);
          if (version !== null && (least === null || version < least)) least = version;
        }
      }
      if (least !== null) return String(least - 1n);
      // Nothing sold since: the newest that was not changed since, either.
      let greatest: bigint | null = null;
      for await (const page of client.searchSales({ from: (since - LOOK_BACK_MS) as Instant })) {
        for (const document of page.documents) {
          const version = changedBefore(document, since) ? versionOf(document) : null;
          if (version !== null && (greatest === null || version > greatest)) greatest = version;
        }
      }
      return greatest === null ? null : String(greatest);
    },
    async normalizeSales(documents) {
      const lookUps = await lookUpsNow();
      return documents.map((document) => normalizeXSale(document, lookUps));
    },
    async readSaleLookUps() {
      await readSaleLookUps();
    },
    sales: (query: PosQuery, position?: Position) => readSales(documentPages(client, clock, query, position)),
    customers(query, position) {
      if ('ids' in query) return customersById(client, clock, query.ids);
      if (!('order' in query) || query.order !== 'id') throw new TypeError('X-Series customers are read by version.');
      return client.customers({}, position as Parameters<XSeriesClient['customers']>[1]);
    },
    saleVoids() {
      throw new TypeError('An X-Series void is a new version of its sale.');
    },
  };
}

/** Pages of sale documents; how they are read is settled afterwards. */
function documentPages(client: XSeriesClient, clock: Clock, query: PosQuery, position: Position): AsyncIterable<Page<unknown>> {
  const from = position as Parameters<XSeriesClient['list']>[2];
  if ('ids' in query) return salesById(client, clock, query.ids);
  if (query.order === 'id') return client.list('sales', query.afterId === undefined ? {} : { after: query.afterId }, from);
  if (query.order === 'completed') return client.searchSales({ from: query.from, until: query.until }, from);
  throw new TypeError('X-Series sales are read by version, not by stamp.');
}

async function* customersById(client: XSeriesClient, clock: Clock, ids: readonly string[]): AsyncGenerator<Page<Customer>> {
  for await (const page of recordsById(client, clock, 'customers', ids))
    yield { ...page, records: page.documents.map((document) => normalizeXCustomer(document)) };
}

function salesById(client: XSeriesClient, clock: Clock, ids: readonly string[]): AsyncGenerator<Page<unknown>> {
  return recordsById(client, clock, 'sales', ids);
}

/** One by one: the X-Series has no list by ids. What it does not have is left out. */
async function* recordsById(
  client: XSeriesClient,
  clock: Clock,
  resource: 'sales' | 'customers',
  ids: readonly string[],
): AsyncGenerator<Page<never>> {
  for (const [index, id] of ids.entries()) {
    const requestedAt = clock.now();
    try {
      const path = `${resource}/${encodeURIComponent(id)}`;
      const document = await client.record(path);
      yield {
        records: [],
        documents: [document],
        position: null,
        last: index === ids.length - 1,
        request: { method: 'GET', path: `/api/2.0/${path}`, requestedAt, serverTime: null },
      };
    } catch (error) {
      if (!(error instanceof Rejected && error.code === 'not_found')) throw error;
    }
  }
}

function versionOf(document: unknown): bigint | null {
  const version = typeof document === 'object' && document !== null && 'version' in document ? String(document.version) : '';
  return /^\d+$/u.test(version) ? BigInt(version) : null;
}

function changedBefore(document: unknown, instant: Instant): boolean {
  const stamp = typeof document === 'object' && document !== null && 'updated_at' in document ? document.updated_at : null;
  return typeof stamp === 'string' && Date.parse(stamp) < instant;
}

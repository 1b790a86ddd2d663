import type { XRow, XSaleRecord } from '../../world/x-types.ts';
import { XError, notFound } from '../errors.ts';
import { damaged, isTrue, readInteger } from '../list.ts';
import { demand } from '../oauth/scopes.ts';
import type { XReading } from '../reading.ts';
import { valuesOf } from '../search.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import type { XDocument } from '../wire.ts';
import {
  legacyCustomer,
  legacyOutlet,
  legacyPaymentType,
  legacyProduct,
  legacyRegister,
  legacySupplier,
  legacyTax,
  legacyUser,
} from './documents.ts';
import type { LegacyPages } from './pages.ts';
import { legacySale } from './sale.ts';

/** Largest page of 0.9 (X §4.1). */
const legacyPageMax = 200;

/** A list of 0.9. */
interface LegacyList<R extends XRow> {
  /** Root key of the list. */
  readonly plural: string;
  /** Root key of a single one; bare when left out. */
  readonly one?: string;
  readonly scopes: readonly string[];
  rows(view: XView): readonly R[];
  write(row: R, view: XView): XDocument;
  /** Query filters. */
  readonly filters?: Readonly<Record<string, (row: R, value: string) => boolean>>;
  /** Lists page only where the document says so; the others come whole. */
  readonly isPaged: boolean;
  readonly changedAt?: (row: R) => number;
}

interface AnyList {
  use<T>(visitor: <R extends XRow>(list: LegacyList<R>) => T): T;
}

function list<R extends XRow>(definition: LegacyList<R>): AnyList {
  return { use: (visitor) => visitor(definition) };
}

const lists: Readonly<Record<string, AnyList>> = {
  customers: list({
    plural: 'customers',
    one: 'customer',
    scopes: ['customers:read'],
    rows: (view) => view.state.customers(),
    write: legacyCustomer,
    isPaged: true,
    changedAt: (row) => row.updatedAt,
    filters: {
      id: (row, value) => row.id === value,
      code: (row, value) => row.customerCode === value,
      email: (row, value) => row.email === value,
    },
  }),
  products: list({
    plural: 'products',
    scopes: ['products:read'],
    rows: (view) => view.state.products(),
    write: legacyProduct,
    isPaged: true,
    changedAt: (row) => row.updatedAt,
    filters: {
      handle: (row, value) => row.handle === value,
      sku: (row, value) => row.sku === value,
      active: (row, value) => row.active === isTrue(value),
    },
  }),
  outlets: list({
    plural: 'outlets',
    scopes: ['outlets:read'],
    rows: (view) => view.state.outlets(),
    write: legacyOutlet,
    isPaged: false,
  }),
  registers: list({
    plural: 'registers',
    scopes: ['registers:read'],
    rows: (view) => view.state.registers(),
    write: legacyRegister,
    isPaged: false,
  }),
  payment_types: list({
    plural: 'payment_types',
    scopes: ['payment_types:read'],
    rows: (view) => view.state.paymentTypes().filter((type) => !type.internal || view.scopes === 'everything'),
    write: legacyPaymentType,
    isPaged: false,
  }),
  taxes: list({
    plural: 'taxes',
    one: 'tax',
    scopes: ['taxes:read'],
    rows: (view) => view.state.taxes(),
    write: legacyTax,
    isPaged: false,
  }),
  users: list({
    plural: 'users',
    scopes: ['users:read'],
    rows: (view) => view.state.users(),
    write: legacyUser,
    isPaged: false,
  }),
  supplier: list({
    plural: 'suppliers',
    scopes: ['suppliers:read'],
    rows: (view) => view.state.suppliers(),
    write: legacySupplier,
    isPaged: true,
  }),
};

/** Answers a GET of 0.9: page by number, root keys by resource (X §4.3). Throws `XError`. */
export function readLegacy(asked: XReading, pages: LegacyPages): unknown {
  const reading = withPathFilters(asked);
  const [resource = '', id, ...rest] = reading.segments;
  const { view } = reading;
  if (rest.length > 0) throw nothing(reading);
  if (reading.isLoaded) return loadedList(reading, resource);
  if (resource === 'config') {
    demand(view.scopes, ['retailer:read']);
    const retailer = view.state.retailer();
    return {
      config: {
        enable_loyalty: true,
        loyalty_ratio: retailer.loyaltyRatio,
        currency: retailer.currency,
        timezone: retailer.timeZone,
      },
    };
  }
  if (resource === 'register_sales') {
    demand(view.scopes, ['sales:read']);
    return id === undefined ? salePage(reading, pages) : { register_sales: [legacySale(saleOf(view, id), view)] };
  }
  const known = lists[resource];
  if (known === undefined) throw nothing(reading);
  if (resource === 'products' && view.switches.legacyProducts === 'gone') throw new XError(410, 'Gone');
  return known.use((definition) => {
    demand(view.scopes, definition.scopes);
    return id === undefined ? page(definition, reading) : one(definition, reading, id);
  });
}

/** Old clients put filters and page numbers into the path (`/products/active/1/page/2`): the same as in the query [client]. */
function withPathFilters(reading: XReading): XReading {
  const [resource = '', ...pairs] = reading.segments;
  if (pairs.length < 2 || pairs.length % 2 === 1) return reading;
  const search = new URLSearchParams(reading.search);
  for (let index = 0; index < pairs.length; index += 2) search.set(pairs[index] ?? '', pairs[index + 1] ?? '');
  return { ...reading, segments: [resource], search };
}

function page<R extends XRow>(definition: LegacyList<R>, reading: XReading): XDocument {
  const { view, search } = reading;
  const since = readSince(search);
  const showsDeleted = isTrue(search.get('deleted'));
  const rows = definition.rows(view).filter(
    (row) =>
      (showsDeleted || row.deletedAt === null) &&
      (since === undefined || (definition.changedAt?.(row) ?? Number.POSITIVE_INFINITY) >= since) &&
      Object.entries(definition.filters ?? {}).every(([name, matches]) => {
        const value = search.get(name);
        return value === null || value === '' || matches(row, value);
      }),
  );
  const write = (row: R): XDocument => definition.write(row, view);
  if (!definition.isPaged) return { [definition.plural]: damaged(rows.map(write), reading) };
  const { number, size } = readPage(search);
  const shown = rows.slice((number - 1) * size, number * size);
  return withPagination(definition.plural, damaged(shown.map(write), reading), rows.length, number, size, view);
}

function one<R extends XRow>(definition: LegacyList<R>, { view }: XReading, id: string): XDocument {
  const row = rowOf(definition.rows(view), id);
  if (row === undefined) throw notFound(definition.one ?? definition.plural);
  const document = definition.write(row, view);
  if (definition.plural === 'products') return { products: [document] };
  return definition.one === undefined ? document : { [definition.one]: document };
}

function salePage(reading: XReading, pages: LegacyPages): XDocument {
  const { view, search } = reading;
  const filter = {
    since: readSince(search),
    outletId: search.get('outlet_id') ?? undefined,
    states: valuesOf(search, 'state'),
    attributes: valuesOf(search, 'attribute'),
    statuses: valuesOf(search, 'status'),
  };
  const { number, size } = readPage(search);
  const gone = reading.gone.get('sales');
  const ids = pages.ids(view.state, filter);
  const shown = ids.slice((number - 1) * size, number * size).flatMap((id) => {
    const sale = gone?.has(id) === true ? undefined : view.state.sale(id);
    return sale === undefined ? [] : [legacySale(sale, view)];
  });
  return withPagination('register_sales', damaged(shown, reading), ids.length, number, size, view);
}

function withPagination(
  plural: string,
  documents: readonly XDocument[],
  results: number,
  number: number,
  size: number,
  view: XView,
): XDocument {
  const pages = Math.max(1, Math.ceil(results / size));
  if (pages === 1 && view.switches.onePage === 'without-pagination') return { [plural]: documents };
  return { pagination: { results, page: number, page_size: size, pages }, [plural]: documents };
}

/** Recorded documents of 0.9, by their path; those of other versions are not turned into it. */
function loadedList(reading: XReading, resource: string): XDocument {
  const known = reading.registry.get(resource);
  if (known === undefined) throw nothing(reading);
  const plural = resource === 'supplier' ? 'suppliers' : resource;
  const { number, size } = readPage(reading.search);
  return known.use((table) => {
    const rows = [...table.walk(reading.view, 0, Number.POSITIVE_INFINITY)].map((row) => table.document(row, reading.view));
    return withPagination(plural, rows.slice((number - 1) * size, number * size), rows.length, number, size, reading.view);
  });
}

function saleOf(view: XView, id: string): XSaleRecord {
  const sale = view.state.sale(id);
  if (sale === undefined) throw notFound('register_sale');
  return sale;
}

function readPage(search: URLSearchParams): { readonly number: number; readonly size: number } {
  const size = readInteger(search, 'page_size') ?? 50;
  return { number: Math.max(1, readInteger(search, 'page') ?? 1), size: Math.min(legacyPageMax, Math.max(1, size)) };
}

/** UTC, with or without saying so. */
function readSince(search: URLSearchParams): number | undefined {
  const text = search.get('since');
  if (text === null || text === '') return undefined;
  const iso = text.trim().replace(' ', 'T');
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}${iso.includes('T') ? '' : 'T00:00:00'}Z`);
  if (Number.isNaN(moment)) throw new XError(400, 'invalid value for since');
  return moment;
}

function nothing(reading: XReading): XError {
  return new XError(404, { error: 'not found', message: `There is nothing at /${reading.segments.join('/')}.` });
}

import type { XSaleRecord, XUser } from '../world/x-types.ts';
import { sumAmounts, unitsOf } from './amounts.ts';
import { XError, badRequest, notFound } from './errors.ts';
import { listPage, readInteger } from './list.ts';
import type { XListRequest } from './list.ts';
import { searchLoaded } from './loaded-search.ts';
import { demand } from './oauth/scopes.ts';
import type { XResource } from './resource.ts';
import { categoryDocument } from './resources/catalogue.ts';
import { giftCardDocument, storeCreditDocument } from './resources/liabilities.ts';
import { paymentsSummary, userDocument } from './resources/places.ts';
import type { XRegistry } from './resources/registry.ts';
import { retailerDocument } from './resources/retailer.ts';
import {
  consignmentProduct,
  consignments,
  inventory,
  priceBookProducts,
  promotionCodes,
  promotionProducts,
  promotions,
} from './resources/stock.ts';
import { customers } from './resources/people.ts';
import { flatPayment } from './sales/flat.ts';
import type { PaymentIndex } from './sales/payment-index.ts';
import { searchPage, valuesOf } from './search.ts';
import { isDated } from './version.ts';
import type { XApiVersion } from './version.ts';
import { rowOf } from './view.ts';
import type { XView } from './view.ts';
import { fixedText, stamp } from './wire.ts';
import type { XDocument } from './wire.ts';

/** A read of 2.0, 2.1, 3.0 or a dated version. */
export interface XReading extends XListRequest {
  readonly version: XApiVersion;
  readonly segments: readonly string[];
  readonly registry: XRegistry;
  /** Recorded documents are served: nothing is computed from the world. */
  readonly isLoaded: boolean;
  readonly payments: PaymentIndex;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** Answers a GET: the JSON body. Throws `XError`. */
export function read(reading: XReading): unknown {
  const [resource = '', id, part, ...rest] = reading.segments;
  if (rest.length > 0) throw noRoute(reading);
  const special = reading.isLoaded ? loadedSpecial(reading, resource) : readSpecial(reading, resource, id, part);
  if (special !== undefined) return special;
  const known = reading.registry.get(resource);
  if (known === undefined || part !== undefined) throw noRoute(reading);
  demand(reading.view.scopes, known.scopes);
  return known.use((table) => (id === undefined ? listPage(table, reading) : single(table, reading, id)));
}

function single<R>(table: XResource<R>, reading: XReading, id: string): XDocument {
  const { view, isDated: dated } = reading;
  // The legacy versions have no `/taxes/{id}`; the dated ones do (X §1.3).
  if (table.listOnly === true || (table.name === 'taxes' && !isDated(reading.version))) throw noRoute(reading);
  const row = uuid.test(id) || reading.isLoaded ? table.find(view, id.toLowerCase()) : undefined;
  if (!uuid.test(id) && !reading.isLoaded) throw badRequest(`invalid id: ${id}`);
  if (row === undefined || reading.gone.get(table.name)?.has(table.id(row)) === true) throw notFound(table.singular);
  return { data: dated && table.dated !== undefined ? table.dated(row, view) : table.document(row, view) };
}

function loadedSpecial(reading: XReading, resource: string): unknown {
  const first = (name: string): XDocument | undefined =>
    reading.registry.get(name)?.use((table) => {
      for (const row of table.walk(reading.view, 0, Number.POSITIVE_INFINITY)) return table.document(row, reading.view);
      return undefined;
    });
  if (resource === 'retailer') return { data: first('retailer') ?? retailerDocument(reading.view) };
  if (resource === 'user') return { data: first('users') ?? {} };
  if (resource === 'search') {
    demand(reading.view.scopes, searchScopes[reading.search.get('type') ?? ''] ?? []);
    return searchLoaded(reading, reading.registry);
  }
  return undefined;
}

/** What does not follow the pattern "a list, and a record of it by id". */
function readSpecial(reading: XReading, resource: string, id: string | undefined, part: string | undefined): unknown {
  const { view, version } = reading;
  const { state } = view;
  switch (resource) {
    case 'retailer':
      demand(view.scopes, ['retailer:read']);
      return { data: retailerDocument(view) };
    case 'user':
      demand(view.scopes, ['users:read']);
      return { data: currentUser(view) };
    case 'search':
      demand(view.scopes, searchScopes[reading.search.get('type') ?? ''] ?? []);
      return searchPage(reading);
    case 'product_categories':
      demand(view.scopes, ['products:read']);
      return id === undefined ? categories(reading) : undefined;
    case 'variant_attributes':
      demand(view.scopes, ['products:read']);
      return variantAttributes(view, id);
    case 'gift_cards':
      demand(view.scopes, ['gift_cards:read']);
      return giftCards(reading, id, part);
    case 'store_credits':
      demand(view.scopes, ['store_credits:read']);
      return storeCredits(reading, id, part);
    case 'payments':
      demand(view.scopes, ['payments:read']);
      return id === undefined ? undefined : paymentById(reading, id);
    case 'promotions':
      demand(view.scopes, ['promotions:read']);
      return promotionReads(reading, id, part);
    case 'registers':
      if (part !== 'payments_summary' || id === undefined) return undefined;
      demand(view.scopes, ['payments:read']);
      return { data: paymentsSummary(view, id) ?? raise(notFound('register')) };
    case 'customer_groups':
      if (part !== 'customers' || id === undefined) return undefined;
      demand(view.scopes, ['customers:read']);
      exists(rowOf(state.customerGroups(), id), 'customer group');
      return listPage(customers, reading, (customer) => customer.customerGroupId === id);
    case 'products':
      if (id === undefined || part === undefined) return version === '3.0' ? productsOf3(reading, id) : undefined;
      exists(rowOf(state.products(), id), 'product');
      return productPart(reading, id, part);
    case 'price_books':
      if (part !== 'products' || id === undefined) return undefined;
      demand(view.scopes, ['products:read:price_books']);
      exists(rowOf(state.priceBooks(), id), 'price book');
      return listPage(priceBookProducts, reading, (row) => row.priceBookId === id && wantsProduct(reading, row.productId));
    case 'consignments':
      return id === undefined || part === undefined ? undefined : consignmentPart(reading, id, part);
    case 'sales':
      return id === undefined || part === undefined ? undefined : salePart(reading, id, part);
    case 'users':
      if (part !== 'sale_totals' || id === undefined) return undefined;
      demand(view.scopes, ['users:read', 'sales:read']);
      return { data: saleTotals(view, exists(rowOf(state.users(), id), 'user')) };
    default:
      return undefined;
  }
}

const searchScopes: Readonly<Record<string, readonly string[]>> = {
  sales: ['sales:read'],
  products: ['products:read'],
  customers: ['customers:read'],
};

function currentUser(view: XView): XDocument {
  const all = view.state.users();
  const owner = all.find((user) => user.isPrimary) ?? all[0];
  return owner === undefined ? {} : userDocument(owner, view);
}

/** Sorted by their path, paged by id, with `parent` and `include` (X §1.3). */
function categories({ view, search }: XReading): XDocument {
  const parent = search.get('parent');
  const onlyChildren = search.get('include') === 'children';
  const all = view.state.productCategories();
  const separator = '\u0000';
  const inside = (category: (typeof all)[number]): boolean => {
    if (category.deletedAt !== null) return false;
    if (parent === null || parent === '') return true;
    if (parent === 'none') return category.parentId === null || !onlyChildren;
    if (onlyChildren) return category.parentId === parent;
    for (let id: string | null = category.parentId; id !== null; id = rowOf(all, id)?.parentId ?? null)
      if (id === parent) return true;
    return false;
  };
  const rows = all.filter(inside).toSorted((a, b) => (a.path.join(separator) < b.path.join(separator) ? -1 : 1));
  const after = search.get('after');
  const start = after === null ? 0 : rows.findIndex((row) => row.id === after) + 1;
  const size = Math.min(1000, Math.max(1, readInteger(search, 'page_size') ?? 1000));
  const page = rows.slice(start, start + size);
  const last = page.at(-1);
  const hasNext = start + size < rows.length;
  return {
    page_info: { has_next: hasNext, ...(hasNext && last !== undefined ? { last_seen: last.id } : {}) },
    data: { categories: page.map((row) => categoryDocument(row, view)) },
  };
}

function variantAttributes(view: XView, id: string | undefined): unknown {
  const names = new Map<string, string>();
  for (const product of view.state.products()) {
    for (const option of product.variantOptions) names.set(option.id, option.name);
  }
  const documents = [...names].map(([key, name]) => ({ id: key, name, deleted_at: null }));
  if (id === undefined) return { data: documents };
  const document = documents.find((candidate) => candidate.id === id);
  // A single one stands bare in the vendor's document.
  return exists(document, 'variant attribute');
}

/** Newest to oldest, `before` a card's id (X §4.2). A single one has no `data` around it in the legacy versions. */
function giftCards(reading: XReading, id: string | undefined, part: string | undefined): unknown {
  const { view, search, version } = reading;
  const cards = view.state.giftCards();
  if (id === undefined) {
    const number = search.get('card_number');
    const status = search.get('status');
    const newest = cards
      .filter((card) => (number === null || card.number === number) && (status === null || card.status === status.toUpperCase()))
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    const before = search.get('before');
    const start = before === null ? 0 : newest.findIndex((card) => card.id === before) + 1;
    const size = Math.min(1000, Math.max(1, readInteger(search, 'page_size') ?? 1000));
    return { data: newest.slice(start, start + size).map(giftCardDocument) };
  }
  const byId = version === '3.0' || id === 'by_id';
  const wanted = id === 'by_id' || id === 'by_number' || id === 'transactions' ? part : id;
  const card = cards.find((candidate) => {
    if (id === 'transactions') return candidate.transactions.some((transaction) => transaction.id === part);
    return byId ? candidate.id === wanted : candidate.number === wanted;
  });
  const document = giftCardDocument(exists(card, 'gift card'));
  return isDated(version) || version === '3.0' ? { data: document } : document;
}

function storeCredits(reading: XReading, id: string | undefined, part: string | undefined): unknown {
  const { view, search, version } = reading;
  const rows = view.state.storeCredits();
  const withCustomer = valuesOf(search, 'includes').includes('customer');
  if (id === undefined) {
    const newest = rows.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    const before = search.get('before');
    const start = before === null ? 0 : newest.findIndex((row) => row.id === before) + 1;
    const size = Math.min(1000, Math.max(1, readInteger(search, 'page_size') ?? 1000));
    return { data: newest.slice(start, start + size).map((row) => storeCreditDocument(row, view, withCustomer)) };
  }
  if (id === 'report') {
    return {
      total_value_issued: sumAmounts(rows.map((row) => row.totalIssued)),
      total_value_redeemed: sumAmounts(rows.map((row) => row.totalRedeemed)),
      outstanding_balance: sumAmounts(rows.map((row) => row.balance)),
    };
  }
  const row = exists(
    rows.find((candidate) => candidate.customerId === id),
    'store credit',
  );
  if (part === 'balance' && isDated(version)) return { data: { customer_id: id, balance: row.balance } };
  if (part !== undefined) return undefined;
  return { data: storeCreditDocument(row, view, withCustomer) };
}

function paymentById(reading: XReading, id: string): XDocument {
  const sale = reading.payments.find(reading.view.state, id);
  const payment = sale?.payments.find((candidate) => candidate.id === id);
  return { data: { ...flatPayment(exists(payment, 'payment')), fee: null } };
}

function promotionReads(reading: XReading, id: string | undefined, part: string | undefined): unknown {
  const { view, search } = reading;
  const all = view.state.promotions().filter((promotion) => promotion.deletedAt === null);
  if (id === undefined || id === 'search') {
    const name = search.get('name')?.toLowerCase();
    const outletId = search.get('outlet_id');
    const from = momentOf(search, 'end_time_from');
    const to = momentOf(search, 'end_time_to');
    const rows = all.filter(
      (promotion) =>
        (name === undefined || promotion.name.toLowerCase().includes(name)) &&
        (outletId === null || promotion.outletIds.length === 0 || promotion.outletIds.includes(outletId)) &&
        (from === undefined || (promotion.endTime ?? Number.POSITIVE_INFINITY) >= from) &&
        (to === undefined || (promotion.endTime ?? Number.POSITIVE_INFINITY) < to),
    );
    const offset = Math.max(0, readInteger(search, 'offset') ?? 0);
    const size = Math.min(1000, Math.max(1, readInteger(search, 'page_size') ?? view.switches.defaultPageSize));
    return { data: rows.slice(offset, offset + size).map((promotion) => promotions.document(promotion, view)) };
  }
  const promotion = exists(
    all.find((candidate) => candidate.id === id),
    'promotion',
  );
  if (part === undefined) return promotions.document(promotion, view);
  if (part === 'products') return promotionProducts(promotion, view);
  return part === 'promocodes' ? { data: promotionCodes(promotion) } : undefined;
}

function momentOf(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name);
  if (text === null || text === '') return undefined;
  const moment = Date.parse(text.endsWith('Z') ? text : `${text}Z`);
  if (Number.isNaN(moment)) throw badRequest(`invalid value for ${name}`);
  return moment;
}

/** 3.0 beta asks for a version by another name. */
function productsOf3(reading: XReading, id: string | undefined): unknown {
  const since = reading.search.get('since_version');
  if (id !== undefined || since === null) return undefined;
  const search = new URLSearchParams(reading.search);
  search.set('after', since);
  search.set('deleted', reading.search.get('include_deleted') ?? 'false');
  demand(reading.view.scopes, ['products:read']);
  return reading.registry.get('products')?.use((table) => listPage(table, { ...reading, search }));
}

function productPart(reading: XReading, id: string, part: string): unknown {
  if (part === 'inventory') {
    demand(reading.view.scopes, ['inventory:read']);
    return listPage(inventory, reading, (row) => row.productId === id);
  }
  if (part !== 'price_book_products') return undefined;
  demand(reading.view.scopes, ['products:read:price_books']);
  return listPage(priceBookProducts, reading, (row) => row.productId === id);
}

function wantsProduct(reading: XReading, productId: string): boolean {
  const wanted = valuesOf(reading.search, 'product_ids');
  return wanted.length === 0 || wanted.includes(productId);
}

function consignmentPart(reading: XReading, id: string, part: string): unknown {
  const { view } = reading;
  demand(view.scopes, consignments.scopes);
  const consignment = exists(rowOf(view.state.consignments(), id), 'consignment');
  if (part === 'products') {
    // One version for all of them: they are a page of their own, walked once.
    const isPast = (readInteger(reading.search, 'after') ?? 0) >= consignment.version;
    const rows = isPast ? [] : consignment.products;
    const version = rows.length === 0 ? { min: null, max: null } : { min: consignment.version, max: consignment.version };
    return { data: rows.map((row) => consignmentProduct(consignment, row, view)), version };
  }
  if (part !== 'totals' || consignment.type === 'STOCKTAKE') return undefined;
  const count = (read: (row: (typeof consignment.products)[number]) => number): string =>
    fixedText(sumAmounts(consignment.products.map(read)), 5);
  const cost = (read: (row: (typeof consignment.products)[number]) => number): string =>
    `${fixedText(consignment.products.reduce((total, row) => total + unitsOf(read(row)) * unitsOf(row.cost), 0) / 10_000_000_000, 5)}00000`;
  return {
    data: [
      {
        total_sent_count: count((row) => row.count),
        total_sent_cost: cost((row) => row.count),
        total_received_count: count((row) => row.received ?? 0),
        total_received_cost: cost((row) => row.received ?? 0),
      },
    ],
  };
}

/** Goods handed over: one fulfilment for a pickup or delivery that is closed, a pick list for one that is not. */
function salePart(reading: XReading, id: string, part: string): unknown {
  const { view } = reading;
  const sale = exists(view.state.sale(id), 'sale');
  const kind = sale.attributes.find((attribute) => attribute === 'pickup' || attribute === 'delivery');
  if (part === 'fulfillments') {
    demand(view.scopes, ['sales:read', 'fulfillments:read']);
    return { data: kind === undefined || sale.state !== 'closed' ? [] : [handedOver(sale, kind)] };
  }
  if (part !== 'pick_lists') return undefined;
  demand(view.scopes, ['sales:read']);
  return { data: kind === undefined || sale.state !== 'pending' ? [] : [pickList(sale, kind)] };
}

function handedOver(sale: XSaleRecord, kind: string): XDocument {
  return {
    id: sale.id,
    sale_id: sale.id,
    outlet_id: sale.outletId,
    user_id: sale.userId,
    status: kind === 'pickup' ? 'PICKED_UP' : 'SHIPPED',
    created_at: stamp(sale.updatedAt),
    line_items: sale.lines.map((line) => ({ id: line.id, product_id: line.productId, quantity: line.quantity })),
  };
}

function pickList(sale: XSaleRecord, kind: string): XDocument {
  return {
    id: sale.id,
    sale_id: sale.id,
    outlet_id: sale.outletId,
    user_id: sale.userId,
    status: 'OPEN',
    type: kind === 'pickup' ? 'PICKED_UP' : 'SHIPPED',
    created_at: stamp(sale.createdAt),
    note: sale.note,
    line_items: sale.lines.map((line) => ({
      id: line.id,
      product_id: line.productId,
      quantity: line.quantity,
      picked_quantity: 0,
      sale_line_item_id: line.id,
      note: line.note,
    })),
  };
}

/** Closed sales of one user, today and this month, by UTC days. */
function saleTotals(view: XView, user: XUser): XDocument[] {
  const { state } = view;
  const now = new Date(state.now);
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const until = today + 86_400_000;
  return (
    [
      ['today', today],
      ['month', month],
    ] as const
  ).map(([label, from]) => {
    const found: XSaleRecord[] = [];
    for (const stamps of state.salesDated(from, until)) {
      const sale = state.sale(stamps.id);
      if (sale?.userId === user.id && sale.state === 'closed' && sale.deletedAt === null) found.push(sale);
    }
    const lines = found.flatMap((sale) => sale.lines.filter((line) => line.status !== 'VOIDED'));
    return {
      label,
      date_from: stamp(from),
      date_to: stamp(until - 1000),
      total: sumAmounts(found.map((sale) => sale.totalPriceIncl)),
      cost: sumAmounts(lines.map((line) => line.costTotal)),
      tax: sumAmounts(found.map((sale) => sale.totalTax)),
      revenue: sumAmounts(found.map((sale) => sale.totalPrice)),
      discounts: sumAmounts(lines.map((line) => line.discountTotal)),
      loyalty: sumAmounts(found.map((sale) => sale.totalLoyalty)),
      sale_count: found.length,
    };
  });
}

function exists<T>(value: T | undefined, what: string): T {
  return value ?? raise(notFound(what));
}

function raise(error: XError): never {
  throw error;
}

function noRoute(reading: XReading): XError {
  return new XError(404, { error: 'not found', message: `There is nothing at /${reading.segments.join('/')}.` });
}

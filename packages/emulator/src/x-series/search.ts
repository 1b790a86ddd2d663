import type { XCustomer, XProduct, XSaleRecord, XState } from '../world/x-types.ts';
import { badRequest } from './errors.ts';
import { damaged, isTrue, readInteger, readPageSize } from './list.ts';
import type { XListRequest } from './list.ts';
import { products } from './resources/catalogue.ts';
import { nameOf, writeCustomer } from './resources/people.ts';
import { writeSale } from './sales/resource.ts';
import { rowOf } from './view.ts';
import type { XDocument } from './wire.ts';

/** Largest page of a search; larger values give this one (X §4.4). */
export const searchPageMax = 1000;

type Sorter<R> = (row: R) => string | number;

/** `GET /search` (X §4.4): full objects, no total, offset paging. Throws 400 for an unknown type. */
export function searchPage(request: XListRequest): XDocument {
  const { search } = request;
  switch (search.get('type')) {
    case 'sales':
      return { data: damaged(searchSales(request), request) };
    case 'products':
      return { data: damaged(searchProducts(request), request) };
    case 'customers':
      return { data: damaged(searchCustomers(request), request) };
    default:
      throw badRequest('type must be sales, products or customers');
  }
}

function searchSales(request: XListRequest): XDocument[] {
  const { view, search } = request;
  const { state } = view;
  const showsDeleted = isTrue(search.get('deleted'));
  const fits = saleFilter(search, state);
  const sorters: Readonly<Record<string, Sorter<XSaleRecord>>> = {
    date: (sale) => sale.saleDate,
    sale_date: (sale) => sale.saleDate,
    date_from: (sale) => sale.saleDate,
    date_to: (sale) => sale.saleDate,
    state: (sale) => sale.state,
    status: (sale) => sale.status,
    invoice_number: (sale) => sale.invoiceNumber,
    customer_id: (sale) => sale.customerId,
    user_id: (sale) => sale.userId,
    outlet_id: (sale) => sale.outletId,
    register_id: (sale) => sale.registerId,
    sale_total: (sale) => sale.totalPriceIncl,
    customer_name: (sale) => customerNameOf(sale, state),
    user_name: (sale) => rowOf(state.users(), sale.userId)?.displayName ?? '',
  };
  const rows = page(
    saleCandidates(state, search),
    (sale) => (showsDeleted || sale.deletedAt === null) && fits(sale),
    sorters,
    request,
  );
  return rows.map((sale) => writeSale(sale, view, request.isDated));
}

function* saleCandidates(state: XState, search: URLSearchParams): Generator<XSaleRecord> {
  const id = search.get('_id');
  if (id !== null) {
    const sale = state.sale(id);
    if (sale !== undefined) yield sale;
    return;
  }
  const from = readMoment(search, 'date_from') ?? 0;
  const until = readMoment(search, 'date_to') ?? Number.MAX_SAFE_INTEGER;
  // Both ends included (unverified); stamps are whole seconds.
  for (const stamps of state.salesDated(from, until + 1)) {
    const sale = state.sale(stamps.id);
    if (sale !== undefined) yield sale;
  }
}

function saleFilter(search: URLSearchParams, state: XState): (sale: XSaleRecord) => boolean {
  const tests: ((sale: XSaleRecord) => boolean)[] = [];
  const any = (name: string, read: (sale: XSaleRecord) => readonly string[]): void => {
    const wanted = valuesOf(search, name);
    if (wanted.length > 0) tests.push((sale) => read(sale).some((value) => wanted.includes(value)));
  };
  any('status', (sale) => [sale.status]);
  any('state', (sale) => [sale.state]);
  any('attributes', (sale) => sale.attributes);
  any('invoice_number', (sale) => [sale.invoiceNumber]);
  any('customer_id', (sale) => [sale.customerId]);
  any('user_id', (sale) => [sale.userId]);
  any('outlet_id', (sale) => [sale.outletId]);
  any('register_id', (sale) => [sale.registerId]);
  any('payment_type_id', (sale) => sale.payments.map((payment) => payment.paymentTypeId));
  any('product_id', (sale) => sale.lines.map((line) => line.productId));
  const excluded = valuesOf(search, '-_id');
  if (excluded.length > 0) tests.push((sale) => !excluded.includes(sale.id));
  const total = search.get('sale_total');
  if (total !== null) tests.push((sale) => sale.totalPriceIncl === Number(total));
  const name = search.get('customer_name')?.toLowerCase();
  if (name !== undefined) tests.push((sale) => customerNameOf(sale, state).toLowerCase().startsWith(name));
  const clock = timeOfDay(search);
  if (clock !== undefined) tests.push((sale) => clock(sale.saleDate));
  return (sale) => tests.every((test) => test(sale));
}

/** `time_from`, `time_to` as `HH:MM` in `timezone`; the missing side is the day's end. */
function timeOfDay(search: URLSearchParams): ((at: number) => boolean) | undefined {
  const from = search.get('time_from');
  const to = search.get('time_to');
  if (from === null && to === null) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: search.get('timezone') ?? 'UTC',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    throw badRequest('invalid value for timezone');
  }
  return (at) => {
    const time = format.format(at);
    return time >= (from ?? '00:00') && time <= (to ?? '24:00');
  };
}

function searchProducts(request: XListRequest): XDocument[] {
  const { view, search } = request;
  const read: Readonly<Record<string, (product: XProduct) => readonly (string | null)[]>> = {
    _id: (product) => [product.id],
    sku: (product) => [product.sku.toLowerCase()],
    supplier_id: (product) => [product.supplierId],
    brand_id: (product) => [product.brandId],
    tag_id: (product) => product.tagIds,
    product_type_id: (product) => [product.productTypeId],
    variant_parent_id: (product) => [product.variantParentId],
  };
  const showsDeleted = isTrue(search.get('deleted'));
  const fits = (product: XProduct): boolean =>
    (showsDeleted || product.deletedAt === null) &&
    Object.entries(read).every(([name, values]) => {
      const wanted = valuesOf(search, name);
      const unwanted = valuesOf(search, `-${name}`);
      const has = (list: readonly string[]): boolean => values(product).some((value) => value !== null && list.includes(value));
      return (wanted.length === 0 || has(wanted)) && !has(unwanted);
    });
  const sorters = { sku: (product: XProduct) => product.sku, name: (product: XProduct) => product.name };
  return page(view.state.products(), fits, sorters, request).map((product) => products.document(product, view));
}

function searchCustomers(request: XListRequest): XDocument[] {
  const { view, search } = request;
  const read: Readonly<Record<string, (customer: XCustomer) => string | null>> = {
    _id: (customer) => customer.id,
    customer_code: (customer) => customer.customerCode,
    email: (customer) => customer.email,
    first_name: (customer) => customer.firstName,
    last_name: (customer) => customer.lastName,
    company_name: (customer) => customer.companyName,
    mobile: (customer) => customer.mobile,
    phone: (customer) => customer.phone,
  };
  const showsDeleted = isTrue(search.get('deleted'));
  const fits = (customer: XCustomer): boolean =>
    (showsDeleted || customer.deletedAt === null) &&
    !valuesOf(search, '-_id').includes(customer.id) &&
    Object.entries(read).every(([name, value]) => {
      const wanted = valuesOf(search, name).map((text) => text.toLowerCase());
      return wanted.length === 0 || wanted.includes((value(customer) ?? '').toLowerCase());
    });
  const sorters = Object.fromEntries(
    Object.entries(read).map(([name, value]) => [name, (customer: XCustomer) => value(customer) ?? '']),
  );
  const write = (customer: XCustomer): XDocument => writeCustomer(customer, request.isDated);
  return page(view.state.customers(), fits, sorters, request).map(write);
}

/** Without an order, the search stops when its page is full. */
function page<R>(
  rows: Iterable<R>,
  fits: (row: R) => boolean,
  sorters: Readonly<Record<string, Sorter<R>>>,
  { search, view }: XListRequest,
): R[] {
  const offset = Math.max(0, readInteger(search, 'offset') ?? 0);
  const size = readPageSize(search, view, searchPageMax);
  const order = search.get('order_by');
  const sorter = order === null ? undefined : sorters[order];
  if (order !== null && sorter === undefined) throw badRequest(`cannot order by ${order}`);
  const found: R[] = [];
  for (const row of rows) {
    if (!fits(row)) continue;
    found.push(row);
    if (sorter === undefined && found.length === offset + size) break;
  }
  if (sorter !== undefined) {
    const direction = search.get('order_direction') === 'desc' ? -1 : 1;
    found.sort((left, right) => direction * compare(sorter(left), sorter(right)));
  }
  return found.slice(offset, offset + size);
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left), String(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Repeated (`state=a&state=b`), in brackets (`state[]=a`), or separated by commas. */
export function valuesOf(search: URLSearchParams, name: string): string[] {
  return [...search.getAll(name), ...search.getAll(`${name}[]`)]
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
}

function readMoment(search: URLSearchParams, name: string): number | undefined {
  const text = search.get(name);
  if (text === null || text === '') return undefined;
  const moment = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(moment)) throw badRequest(`invalid value for ${name}`);
  return moment;
}

function customerNameOf(sale: XSaleRecord, state: XState): string {
  const customer = rowOf(state.customers(), sale.customerId);
  return customer === undefined ? '' : (nameOf(customer) ?? '');
}

/** Small look-ups of the back office: the world does not know them, so they are the same in every account. */
import type { CustomerRecord, ItemRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, money, number, text, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { placeOnly, contactIds, contactRelation } from './contact.ts';

/** When these were written down: long before any trade. */
const founded = Date.parse('2024-03-01T09:00:00Z') / 1000;

export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

const names = (...list: readonly string[]): readonly NamedRow[] => list.map((name, index) => ({ id: String(index + 1), name }));

export const customerTypes = names('Retail', 'Business');
export const vendors = names('Nordic Supply', 'Harbour Wholesale', 'Blue Ridge Trading', 'Southern Goods');
export const manufacturers = names('Fjord', 'Granite Works', 'Pine & Co', 'Sundial', 'Tern');
export const tags = names('newsletter', 'regular', 'wholesale');

/** R §7.8, end. */
export const customerType: Resource<NamedRow> = {
  name: 'CustomerType',
  idField: 'customerTypeID',
  scopes: ['employee:customers', 'employee:customers_read', 'employee:register', 'employee:register_read', 'employee:admin'],
  fields: [
    id('customerTypeID', (row) => row.id),
    text('name', (row) => row.name),
    constant('taxCategoryID', '0', 'id'),
    constant('discountID', '0', 'id'),
  ],
  relations: [],
  sorts: ['customerTypeID'],
  archived: 'ignored',
};

/** Companies are of the second type, everybody else of none. */
export function typeOf(customer: CustomerRecord): NamedRow | undefined {
  return customer.company === '' ? undefined : customerTypes[1];
}

export const vendor: Resource<NamedRow> = {
  name: 'Vendor',
  idField: 'vendorID',
  scopes: ['employee:vendors', 'employee:inventory', 'employee:inventory_read', 'employee:purchase_orders', 'employee:admin'],
  fields: [
    id('vendorID', (row) => row.id),
    text('name', (row) => row.name),
    flag('archived', () => false),
    constant('accountNumber', ''),
    constant('priceLevel', ''),
    constant('updatePrice', 'false', 'flag'),
    constant('updateCost', 'false', 'flag'),
    constant('updateDescription', 'false', 'flag'),
    constant('shareSellThrough', 'false', 'flag'),
    datetime('timeStamp', () => founded),
    id('contactID', (row) => Number(row.id) * 10 + 4),
  ],
  relations: [
    contactRelation((row) => ({
      contactId: contactIds.shop(row.id) + 3,
      timeStamp: founded * 1000,
      contact: placeOnly(null, null),
      phoneUse: 'Work',
    })),
  ],
  sorts: ['vendorID', 'timeStamp'],
  archived: 'filtered',
};

export function vendorOf(item: ItemRecord): NamedRow | undefined {
  return vendors[Number(item.id) % vendors.length];
}

export const manufacturer: Resource<NamedRow> = {
  name: 'Manufacturer',
  idField: 'manufacturerID',
  scopes: ['employee:manufacturers', 'employee:inventory', 'employee:inventory_read', 'employee:admin'],
  fields: [
    id('manufacturerID', (row) => row.id),
    text('name', (row) => row.name),
    datetime('createTime', () => founded),
    datetime('timeStamp', () => founded),
  ],
  relations: [],
  sorts: ['manufacturerID', 'timeStamp'],
  archived: 'ignored',
};

export function manufacturerOf(item: ItemRecord): NamedRow | undefined {
  return manufacturers[Number(item.id) % manufacturers.length];
}

/** R §7.12. */
export const tag: Resource<NamedRow> = {
  name: 'Tag',
  idField: 'tagID',
  scopes: [],
  fields: [id('tagID', (row) => row.id), text('name', (row) => row.name)],
  relations: [],
  sorts: ['tagID', 'name'],
  archived: 'ignored',
};

export interface DiscountRow extends NamedRow {
  readonly percent: string;
}

const percents: readonly (readonly [name: string, percent: string])[] = [
  ['Five percent', '0.05'],
  ['Staff', '0.1'],
  ['Damaged', '0.15'],
  ['Season', '0.2'],
  ['Quarter off', '0.25'],
  ['End of line', '0.5'],
];
export const discounts: readonly DiscountRow[] = percents.map(([name, percent], index) => ({
  id: String(index + 1),
  name,
  percent,
}));
const discountByPercent: ReadonlyMap<string, DiscountRow> = new Map(discounts.map((row) => [row.percent, row]));

/** R §7.12. */
export const discount: Resource<DiscountRow> = {
  name: 'Discount',
  idField: 'discountID',
  scopes: [],
  fields: [
    id('discountID', (row) => row.id),
    text('name', (row) => row.name),
    constant('discountAmount', '0', 'money'),
    number('discountPercent', (row) => row.percent),
    constant('requireCustomer', 'false', 'flag'),
    flag('archived', () => false),
    constant('sourceID', '0', 'id'),
    datetime('createTime', () => founded),
    datetime('timeStamp', () => founded),
  ],
  relations: [],
  sorts: ['discountID', 'timeStamp'],
  archived: 'filtered',
};

/** The named discount behind a line's percentage. */
export function discountOf(percent: string): DiscountRow | undefined {
  return percent === '0' ? undefined : discountByPercent.get(percent);
}

/** R §8.6: the one fee this world charges. */
export const itemFees = names('Recycling fee');
export const itemFee: Resource<NamedRow> = {
  name: 'ItemFee',
  idField: 'itemFeeID',
  scopes: [],
  fields: [
    id('itemFeeID', (row) => row.id),
    text('name', (row) => row.name),
    money('feeValue', () => '1'),
    flag('archived', () => false),
  ],
  relations: [],
  sorts: ['itemFeeID'],
  archived: 'filtered',
};

/** Of a record's customer, by the embedded form: used by quotes, orders and shipments. */
export function toCustomer<R>(
  table: () => Resource<CustomerRecord>,
  read: (record: R) => string | null,
): ReturnType<typeof toOne<R, CustomerRecord>> {
  return toOne('Customer', table, (record, view) => view.customer(read(record)));
}

import type { CategoryRecord, ItemRecord, ShopRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, money, none, number, text, toMany, toOne } from '../resource.ts';
import type { Field, Relation, Resource } from '../resource.ts';
import type { View } from '../view.ts';
import { trimNumber } from '../wire.ts';
import { manufacturer, manufacturerOf, vendorOf } from './office.ts';
import { taxClass } from './taxes.ts';

/** R §7.11. */
export const category: Resource<CategoryRecord> = {
  name: 'Category',
  idField: 'categoryID',
  scopes: [],
  fields: [
    id('categoryID', (record) => record.id),
    text('name', (record) => record.name),
    number('nodeDepth', (record) => String(record.nodeDepth)),
    text('fullPathName', (record) => record.fullPathName),
    number('leftNode', (record) => String(record.leftNode)),
    number('rightNode', (record) => String(record.rightNode)),
    datetime('createTime', (record) => record.timeStamp / 1000),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
    id('parentID', (record) => record.parentId ?? 0),
  ],
  relations: [],
  sorts: ['categoryID', 'timeStamp', 'leftNode', 'rightNode'],
  archived: 'ignored',
};

interface PriceRow {
  readonly amount: string;
  readonly useTypeId: string;
  readonly useType: string;
}

const itemPrice: Resource<PriceRow> = {
  name: 'ItemPrice',
  idField: '',
  scopes: [],
  fields: [
    money('amount', (row) => trimNumber(row.amount)),
    id('useTypeID', (row) => row.useTypeId),
    text('useType', (row) => row.useType),
  ],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

/** Stock of an item at a shop; shop `null` is the row that sums all shops. */
export interface ItemShopRow {
  readonly item: ItemRecord;
  readonly shop: ShopRecord | null;
  readonly itemShopId: number;
  readonly quantity: number;
}

/**
 * R §7.11. The world keeps no stock: quantities are made up from the ids, stay what they are, and only the sum row is consistent with the
 * others.
 */
export const itemShop: Resource<ItemShopRow> = {
  name: 'ItemShop',
  idField: 'itemShopID',
  scopes: ['employee:inventory', 'employee:inventory_read', 'employee:product_cost'],
  fields: [
    id('itemShopID', (row) => row.itemShopId),
    number('qoh', (row) => String(row.quantity)),
    number('sellable', (row) => String(row.quantity)),
    ...zeros<ItemShopRow>(['backorder', 'componentQoh', 'componentBackorder', 'reorderPoint', 'reorderLevel']),
    datetime('timeStamp', (row) => row.item.timeStamp / 1000),
    id('itemID', (row) => row.item.id),
    id('shopID', (row) => row.shop?.id ?? 0),
    ...zeros<ItemShopRow>(['onLayaway', 'onSpecialOrder', 'onWorkorder', 'onTransferOut', 'onTransferIn']),
    money('averageCost', (row) => (row.shop === null ? trimNumber(row.item.cost) : undefined)),
  ],
  relations: [],
  sorts: ['itemShopID', 'timeStamp'],
  archived: 'ignored',
};

/** The stock rows of one item: one a shop, then the sum. */
export function stockOf(item: ItemRecord, view: View): readonly ItemShopRow[] {
  const shops = view.state.shops();
  const first = (Number(item.id) - 1) * (shops.length + 1) + 1;
  const rows = shops.map((shop, index): ItemShopRow => {
    const quantity = item.itemType === 'non_inventory' ? 0 : (Number(item.id) * 7 + Number(shop.id) * 13) % 60;
    return { item, shop, itemShopId: first + index, quantity };
  });
  const sum = rows.reduce((total, row) => total + row.quantity, 0);
  return [...rows, { item, shop: null, itemShopId: first + shops.length, quantity: sum }];
}

const head: readonly Field<ItemRecord>[] = [
  id('itemID', (record) => record.id),
  text('systemSku', systemSku),
  money('defaultCost', (record) => trimNumber(record.cost)),
  money('avgCost', (record) => trimNumber(record.cost)),
  flag('discountable', () => true),
  flag('tax', () => true),
  flag('archived', (record) => record.archived),
  text('itemType', (record) => record.itemType),
  constant('laborDurationMinutes', '0', 'number'),
  constant('serialized', 'false', 'flag'),
  text('description', (record) => record.description),
  constant('modelYear', '0', 'number'),
  text('upc', upc),
  constant('ean', ''),
  constant('customSku', ''),
  constant('manufacturerSku', ''),
  datetime('createTime', (record) => record.timeStamp / 1000),
  datetime('timeStamp', (record) => record.timeStamp / 1000),
  constant('publishToEcom', 'false', 'flag'),
  id('categoryID', (record) => record.categoryId),
  id('taxClassID', (record) => record.taxClassId),
  constant('departmentID', '0', 'id'),
  constant('itemMatrixID', '0', 'id'),
];

const manufacturerID = id<ItemRecord>('manufacturerID', (record) => manufacturerOf(record)?.id);

const foot: readonly Field<ItemRecord>[] = [
  constant('seasonID', '0', 'id'),
  id('defaultVendorID', (record) => vendorOf(record)?.id),
];

const relations: readonly Relation<ItemRecord>[] = [
  toOne(
    'Category',
    () => category,
    (record, view) => view.category(record.categoryId),
  ),
  toOne(
    'TaxClass',
    () => taxClass,
    (record, view) => view.taxClass(record.taxClassId),
  ),
  none('ItemAttributes', false),
  toOne('Manufacturer', () => manufacturer, manufacturerOf),
  none('Note', false),
  none('Images', true),
  toMany('ItemShops', () => itemShop, stockOf),
  none('ItemVendorNums', true),
  none('ItemComponents', true),
  none('ItemECommerce', false),
  none('TagRelations', true),
  { ...none<ItemRecord>('CustomFieldValues', true), apart: true },
  toMany(
    'Prices',
    () => itemPrice,
    (record) => [
      { amount: record.price, useTypeId: '1', useType: 'Default' },
      { amount: '0', useTypeId: '2', useType: 'MSRP' },
    ],
    { always: true },
  ),
];

/** R §7.11. */
export const item: Resource<ItemRecord> = {
  name: 'Item',
  idField: 'itemID',
  scopes: [
    'employee:inventory',
    'employee:inventory_read',
    'employee:product_cost',
    'employee:product_edit',
    'employee:register',
  ],
  fields: [...head, manufacturerID, ...foot],
  relations,
  sorts: ['itemID', 'timeStamp', 'description'],
  archived: 'filtered',
  filterOnly: { itemCode: (record) => [record.id, systemSku(record), upc(record)] },
};

/** The copy inside a line carries two more ids. */
export const embeddedItem: Resource<ItemRecord> = {
  ...item,
  fields: [...head, constant('itemAttributesID', '0', 'id'), manufacturerID, constant('noteID', '0', 'id'), ...foot],
};

function systemSku(record: ItemRecord): string {
  return `21${record.id.padStart(10, '0')}`;
}

/** A made-up 12-digit code in a range that is for in-store use. */
function upc(record: ItemRecord): string {
  return `2${record.id.padStart(11, '0')}`;
}

function zeros<R>(names: readonly string[]): Field<R>[] {
  return names.map((name) => constant<R>(name, '0', 'number'));
}

/** What the shops order of their vendors: few and made up, since the world buys nothing (R §7.12). */
import type { ItemRecord, ShopRecord } from '../../world/types.ts';
import { constant, datetime, id, money, none, number, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { View } from '../view.ts';
import { trimNumber } from '../wire.ts';
import { item } from './catalogue.ts';
import { vendor, vendors } from './office.ts';
import type { NamedRow } from './office.ts';
import { shop } from './places.ts';

export interface OrderRow {
  readonly id: number;
  readonly vendor: NamedRow;
  readonly shop: ShopRecord;
  readonly orderedAt: number;
  readonly lines: readonly OrderLineRow[];
}

export interface OrderLineRow {
  readonly id: number;
  readonly orderId: number;
  readonly item: ItemRecord;
  readonly quantity: number;
  readonly timeStamp: number;
}

const scopes = ['employee:purchase_orders', 'employee:inventory', 'employee:inventory_read'];

/** Its fields are not in the reference (unverified). */
export const orderLine: Resource<OrderLineRow> = {
  name: 'OrderLine',
  idField: 'orderLineID',
  scopes,
  fields: [
    id('orderLineID', (row) => row.id),
    number('quantity', (row) => String(row.quantity)),
    money('price', (row) => trimNumber(row.item.cost)),
    money('originalPrice', (row) => trimNumber(row.item.cost)),
    number('checkedIn', (row) => String(row.quantity)),
    number('numReceived', (row) => String(row.quantity)),
    datetime('timeStamp', (row) => row.timeStamp / 1000),
    id('orderID', (row) => row.orderId),
    id('itemID', (row) => row.item.id),
  ],
  relations: [
    toOne(
      'Item',
      () => item,
      (row) => row.item,
    ),
  ],
  sorts: ['orderLineID', 'timeStamp'],
  archived: 'ignored',
};

/** Its fields are not in the reference (unverified). */
export const order: Resource<OrderRow> = {
  name: 'Order',
  idField: 'orderID',
  scopes,
  fields: [
    id('orderID', (row) => row.id),
    datetime('orderedDate', (row) => row.orderedAt / 1000),
    datetime('receivedDate', (row) => receivedAt(row) / 1000),
    datetime('arrivalDate', (row) => receivedAt(row) / 1000),
    constant('shipInstructions', ''),
    constant('stockInstructions', ''),
    constant('shipCost', '0', 'money'),
    constant('otherCost', '0', 'money'),
    constant('complete', 'true', 'flag'),
    constant('archived', 'false', 'flag'),
    constant('discount', '0', 'money'),
    number('totalQuantity', (row) => String(row.lines.reduce((sum, line) => sum + line.quantity, 0))),
    constant('refNum', ''),
    datetime('createTime', (row) => row.orderedAt / 1000),
    datetime('timeStamp', (row) => receivedAt(row) / 1000),
    id('vendorID', (row) => row.vendor.id),
    constant('noteID', '0', 'id'),
    id('shopID', (row) => row.shop.id),
  ],
  relations: [
    toOne(
      'Vendor',
      () => vendor,
      (row) => row.vendor,
    ),
    toOne(
      'Shop',
      () => shop,
      (row) => row.shop,
    ),
    none('Note', false),
    toMany(
      'OrderLines',
      () => orderLine,
      (row) => row.lines,
    ),
  ],
  sorts: ['orderID', 'timeStamp'],
  archived: 'filtered',
};

const ordersMax = 12;
const linesPerOrder = 3;
const day = 86_400_000;
const made = new WeakMap<object, readonly OrderRow[]>();

/** One a vendor in turn, over the first items; all have arrived. */
export function orders(view: View): readonly OrderRow[] {
  const items = view.state.items();
  const known = made.get(items);
  if (known !== undefined) return known;
  const shops = view.state.shops().filter((one) => !one.archived);
  const rows = Array.from({ length: ordersMax }, (_unused, index): OrderRow[] => {
    const place = shops[index % Math.max(1, shops.length)];
    const from = vendors[index % vendors.length];
    const goods = items.slice(index * linesPerOrder, (index + 1) * linesPerOrder);
    if (place === undefined || from === undefined || goods.length === 0) return [];
    const orderedAt = (goods[0]?.timeStamp ?? 0) + index * day;
    const lines = goods.map((one, position) => ({
      id: index * linesPerOrder + position + 1,
      orderId: index + 1,
      item: one,
      quantity: 6 * (position + 1),
      timeStamp: orderedAt + 3 * day,
    }));
    return [{ id: index + 1, vendor: from, shop: place, orderedAt, lines }];
  }).flat();
  made.set(items, rows);
  return rows;
}

function receivedAt(row: OrderRow): number {
  return row.orderedAt + 3 * day;
}

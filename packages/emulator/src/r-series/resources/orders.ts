/** What stands beside a sale: quotes, shipments, special orders, work orders (R §7.12, §8.4). */
import type { CustomerRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, none, number, text, toOne } from '../resource.ts';
import type { Relation, Resource } from '../resource.ts';
import type { SaleLineRow, SaleRow } from '../sale-row.ts';
import type { View } from '../view.ts';
import { trimNumber } from '../wire.ts';
import { contactOf, embeddedContact } from './contact.ts';
import { embeddedCustomer } from './customer.ts';
import { toCustomer } from './office.ts';

/** R §7.12. A sale has at most one, with the sale's own id. */
export const quote: Resource<SaleRow> = {
  name: 'Quote',
  idField: 'quoteID',
  scopes: ['employee:customers', 'employee:customers_read', 'employee:register', 'employee:register_read'],
  fields: [
    id('quoteID', (row) => row.stamps.id),
    datetime('issueDate', (row) => row.stamps.createTime / 1000),
    constant('notes', ''),
    flag('archived', (row) => row.record.archived),
    id('employeeID', (row) => row.record.employeeId ?? 0),
    id('saleID', (row) => row.stamps.id),
  ],
  relations: [],
  sorts: ['quoteID'],
  archived: 'filtered',
};

/** R §7.12: read-only. */
export const shipTo: Resource<SaleRow> = {
  name: 'ShipTo',
  idField: 'shipToID',
  scopes: ['employee:customers', 'employee:customers_read', 'employee:register', 'employee:register_read'],
  fields: [
    id('shipToID', (row) => row.stamps.id),
    flag('shipped', (row) => row.record.completed),
    datetime('timeStamp', (row) => row.stamps.timeStamp / 1000),
    constant('shipNote', ''),
    text('firstName', (row, view) => view.customer(row.record.customerId)?.firstName),
    text('lastName', (row, view) => view.customer(row.record.customerId)?.lastName),
    text('company', (row, view) => view.customer(row.record.customerId)?.company),
    id('customerID', (row) => row.record.customerId ?? 0),
    id('saleID', (row) => row.stamps.id),
    constant('saleLineID', '0', 'id'),
  ],
  relations: [contactOfCustomer((row) => row.record.customerId)],
  sorts: ['shipToID', 'timeStamp', 'saleID'],
  archived: 'ignored',
};

/** R §7.12: one a special-order line, with the line's id. */
export const specialOrder: Resource<SaleLineRow> = {
  name: 'SpecialOrder',
  idField: 'specialOrderID',
  scopes: ['employee:special_orders', 'employee:register', 'employee:register_read', 'employee:purchase_orders'],
  fields: [
    id('specialOrderID', (row) => row.line.id),
    number('unitQuantity', (row) => trimNumber(row.line.quantity)),
    constant('contacted', 'true', 'flag'),
    flag('completed', (row) => row.sale.record.completed),
    datetime('timeStamp', (row) => row.line.timeStamp / 1000),
    text('status', (row) => (row.sale.record.completed ? 'Received' : 'Ordered')),
    id('customerID', (row) => row.line.customerId ?? 0),
    id('shopID', (row) => row.line.shopId),
    id('saleLineID', (row) => row.line.id),
    constant('orderLineID', '0', 'id'),
    constant('transferItemID', '0', 'id'),
  ],
  relations: [
    toCustomer(
      () => embeddedCustomer,
      (row: SaleLineRow) => row.line.customerId,
    ),
  ],
  sorts: ['specialOrderID', 'timeStamp'],
  archived: 'ignored',
};

/** A repair somebody brought in. The world has none: the first customers bring one each. */
export interface WorkorderRow {
  readonly id: number;
  readonly customer: CustomerRecord;
  readonly shopId: string;
}

/** Its fields are not in the reference (unverified). */
export const workorder: Resource<WorkorderRow> = {
  name: 'Workorder',
  idField: 'workorderID',
  scopes: ['employee:workbench'],
  fields: [
    id('workorderID', (row) => row.id),
    text('systemSku', (row) => `23${String(row.id).padStart(10, '0')}`),
    datetime('timeIn', timeIn),
    datetime('etaOut', (row) => timeIn(row) + 3 * 86_400),
    constant('note', ''),
    constant('internalNote', ''),
    constant('warranty', 'false', 'flag'),
    constant('tax', 'true', 'flag'),
    constant('archived', 'false', 'flag'),
    constant('hookIn', ''),
    constant('hookOut', ''),
    constant('saveParts', 'false', 'flag'),
    constant('assignEmployeeToAll', 'false', 'flag'),
    datetime('timeStamp', timeIn),
    id('customerID', (row) => row.customer.id),
    constant('discountID', '0', 'id'),
    constant('employeeID', '1', 'id'),
    constant('serializedID', '0', 'id'),
    id('shopID', (row) => row.shopId),
    constant('saleID', '0', 'id'),
    constant('saleLineID', '0', 'id'),
    constant('workorderStatusID', '1', 'id'),
  ],
  relations: [
    toCustomer(
      () => embeddedCustomer,
      (row: WorkorderRow) => row.customer.id,
    ),
    none('WorkorderItems', true),
    none('WorkorderLines', true),
  ],
  sorts: ['workorderID', 'timeStamp'],
  archived: 'filtered',
};

const workordersMax = 12;
const made = new WeakMap<object, readonly WorkorderRow[]>();

export function workorders(view: View): readonly WorkorderRow[] {
  const customers = view.state.customers();
  const known = made.get(customers);
  if (known !== undefined) return known;
  const shops = view.state.shops().filter((shop) => !shop.archived);
  const rows = customers
    .slice(0, workordersMax)
    .map((customer, index) => ({ id: index + 1, customer, shopId: shops[index % Math.max(1, shops.length)]?.id ?? '1' }));
  made.set(customers, rows);
  return rows;
}

/** Before the first day of trade, in the order of their numbers. */
function timeIn(row: WorkorderRow): number {
  return row.customer.createTime / 1000 + row.id * 60;
}

function contactOfCustomer(read: (row: SaleRow) => string | null): Relation<SaleRow> {
  return toOne(
    'Contact',
    () => embeddedContact,
    (row, view) => {
      const customer = view.customer(read(row));
      return customer === undefined ? undefined : contactOf(customer);
    },
  );
}

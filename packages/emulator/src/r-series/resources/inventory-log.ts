import { constant, datetime, flag, id, money, number, text } from '../resource.ts';
import type { Resource } from '../resource.ts';
import type { SaleLineRow, SaleRow } from '../sale-row.ts';
import { negate, decimal, format } from '../decimal.ts';
import { trimNumber } from '../wire.ts';

/** R §7.12, end: what sales did to the stock. One row a line that moved goods, with the line's id. */
export const inventoryLog: Resource<SaleLineRow> = {
  name: 'InventoryLog',
  idField: 'inventoryLogID',
  scopes: ['employee:inventory', 'employee:inventory_read'],
  fields: [
    id('inventoryLogID', (row) => row.line.id),
    number('qohChange', (row) => format(negate(decimal(row.line.quantity)))),
    money('costChange', (row) => trimNumber(row.line.cost)),
    datetime('createTime', (row) => row.line.timeStamp / 1000),
    constant('automated', 'true', 'flag'),
    text('reason', (row) => (row.line.quantity.startsWith('-') ? 'RefundAddInventory' : 'RemoveForTransaction')),
    flag('causedNegative', () => false),
    id('shopID', (row) => row.line.shopId),
    id('employeeID', (row) => row.sale.record.employeeId ?? 0),
    id('itemID', (row) => row.line.itemId ?? 0),
    constant('orderID', '0', 'id'),
    constant('transferID', '0', 'id'),
    id('saleID', (row) => row.sale.stamps.id),
  ],
  relations: [],
  sorts: ['inventoryLogID', 'itemID'],
  archived: 'ignored',
};

/** Lines of a completed sale that have an item. */
export function loggedLines(sale: SaleRow): readonly SaleLineRow[] {
  const { completed, voided } = sale.record;
  return completed && !voided ? sale.lines.filter((row) => row.line.itemId !== null) : [];
}

import { constant, datetime, flag, id, money, none, number, text, toMany, toOne } from '../resource.ts';
import type { Field, Relation, Resource } from '../resource.ts';
import { moneyOf } from '../sale-row.ts';
import type { SaleLineRow } from '../sale-row.ts';
import { writeAmount } from '../money.ts';
import { trimNumber } from '../wire.ts';
import { subtract } from '../decimal.ts';
import { embeddedItem } from './catalogue.ts';
import { discount, discountOf } from './office.ts';
import { isGiftCardLoad, saleAccount } from './sale-payment.ts';
import { taxCategory, taxClass } from './taxes.ts';

const note: Resource<SaleLineRow> = {
  name: 'Note',
  idField: 'noteID',
  scopes: [],
  fields: [
    id('noteID', (row) => row.line.id),
    text('note', (row) => row.line.note ?? ''),
    constant('isPublic', 'false', 'flag'),
    datetime('timeStamp', (row) => row.line.createTime / 1000),
  ],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

const beforeIds: readonly Field<SaleLineRow>[] = [
  id('saleLineID', (row) => row.line.id),
  datetime('createTime', (row) => row.line.createTime / 1000),
  datetime('timeStamp', (row) => row.line.timeStamp / 1000),
  number('unitQuantity', (row) => trimNumber(row.line.quantity)),
  money('unitPrice', (row) => trimNumber(row.line.price)),
  money('normalUnitPrice', (row) => trimNumber(row.line.listPrice ?? '0')),
  money('discountAmount', (row) => trimNumber(row.line.discountAmount)),
  number('discountPercent', (row) => trimNumber(row.line.discountPercent)),
  money('avgCost', (row) => trimNumber(row.line.cost)),
  money('fifoCost', (row) => trimNumber(row.line.cost)),
  flag('tax', (row) => row.line.taxed),
  number('tax1Rate', (row) => trimNumber(row.line.taxRates[0])),
  number('tax2Rate', (row) => trimNumber(row.line.taxRates[1])),
  flag('isLayaway', (row) => row.line.isLayaway),
  constant('isWorkorder', 'false', 'flag'),
  flag('isSpecialOrder', (row) => row.line.isSpecialOrder),
  money('displayableSubtotal', (row) => writeAmount(subtract(moneyOf(row).subtotal, moneyOf(row).lineDiscount))),
  money('displayableUnitPrice', (row) => trimNumber(row.line.price)),
  text('lineType', lineType),
  money('calcLineDiscount', (row) => writeAmount(moneyOf(row).lineDiscount)),
  money('calcTransactionDiscount', (row) => writeAmount(moneyOf(row).transactionDiscount)),
  money('calcTotal', (row) => writeAmount(moneyOf(row).total)),
  money('calcSubtotal', (row) => writeAmount(moneyOf(row).subtotal)),
  money('calcTax1', (row) => writeAmount(moneyOf(row).tax1)),
  money('calcTax2', (row) => writeAmount(moneyOf(row).tax2)),
  id('taxClassID', (row) => row.line.taxClassId),
  id('customerID', (row) => row.line.customerId ?? 0),
  id('discountID', (row) => discountOf(row.line.discountPercent)?.id),
  id('employeeID', (row) => row.sale.record.employeeId ?? 0),
  id('itemID', (row) => row.line.itemId ?? 0),
  id('noteID', (row) => (row.line.note === null ? 0 : row.line.id)),
  id('parentSaleLineID', (row) => row.line.parentLineId ?? 0),
  id('shopID', (row) => row.line.shopId),
];

const saleId = id<SaleLineRow>('saleID', (row) => row.sale.stamps.id);
const itemFeeId = id<SaleLineRow>('itemFeeID', (row) => row.line.itemFeeId ?? 0);

const relations: readonly Relation<SaleLineRow>[] = [
  toOne(
    'Discount',
    () => discount,
    (row) => discountOf(row.line.discountPercent),
  ),
  toOne(
    'TaxClass',
    () => taxClass,
    (row, view) => view.taxClass(row.line.taxClassId),
  ),
  toOne(
    'TaxCategory',
    () => taxCategory,
    (row, view) => view.taxCategory(row.sale.record.taxCategoryId),
  ),
  toOne(
    'Note',
    () => note,
    (row) => (row.line.note === null ? undefined : row),
  ),
  toOne(
    'Item',
    () => embeddedItem,
    (row, view) => view.item(row.line.itemId),
  ),
  none('InventorySales', true),
  toMany(
    'SaleAccounts',
    () => saleAccount,
    (row) =>
      row.line.kind === 'gift_card'
        ? row.sale.payments
            .filter((payment) => isGiftCardLoad(payment.payment))
            .map((payment) => ({ ...payment, lineId: row.line.id }))
        : [],
  ),
];

/** R §7.5, the endpoint's own form: with `taxCategoryID`. */
export const saleLine: Resource<SaleLineRow> = {
  name: 'SaleLine',
  idField: 'saleLineID',
  scopes: ['employee:register', 'employee:register_read', 'employee:cfd'],
  fields: [...beforeIds, id('taxCategoryID', (row) => row.sale.record.taxCategoryId), saleId, itemFeeId],
  relations,
  all: ['Discount', 'TaxClass', 'TaxCategory', 'Note', 'Item', 'InventorySales', 'SaleAccounts'],
  sorts: ['saleLineID', 'timeStamp', 'saleID'],
  archived: 'ignored',
  filterOnly: {
    itemCode: (row) => (row.line.itemId === null ? [] : [row.line.itemId, `21${row.line.itemId.padStart(10, '0')}`]),
  },
};

/** The form inside a Sale: without `taxCategoryID`. */
export const embeddedSaleLine: Resource<SaleLineRow> = {
  ...saleLine,
  fields: [...beforeIds, saleId, itemFeeId],
  all: ['Discount', 'TaxClass', 'Note', 'Item', 'InventorySales'],
};

function lineType(row: SaleLineRow): string {
  if (row.line.kind !== 'fee') return '';
  return row.line.quantity.startsWith('-') ? 'item_fee_refund' : 'item_fee';
}

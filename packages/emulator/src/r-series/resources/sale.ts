import type { SaleVoidRecord } from '../../world/types.ts';
import { add, decimal, format, multiply, subtract, zero } from '../decimal.ts';
import type { Decimal } from '../decimal.ts';
import { writeAmount } from '../money.ts';
import { constant, datetime, flag, id, money, none, number, text, toMany, toOne } from '../resource.ts';
import type { Field, Resource } from '../resource.ts';
import type { SaleRow } from '../sale-row.ts';
import { isQuoted, isShipped } from '../trade-book.ts';
import type { View } from '../view.ts';
import { quote, trimNumber } from '../wire.ts';
import { embeddedCustomer } from './customer.ts';
import { quote as quoteTable, shipTo } from './orders.ts';
import { embeddedSaleLine } from './sale-line.ts';
import { shop } from './places.ts';
import { salePayment } from './sale-payment.ts';
import { taxCategory } from './taxes.ts';

const updateTime = (record: SaleRow): number => record.stamps.updateTime / 1000;

/** R §7.4, in the wire order of 2024. */
export const sale: Resource<SaleRow> = {
  name: 'Sale',
  idField: 'saleID',
  scopes: ['employee:register', 'employee:register_read', 'employee:cfd'],
  fields: [
    id('saleID', (row) => row.stamps.id),
    datetime('timeStamp', (row) => row.stamps.timeStamp / 1000),
    number('discountPercent', (row) => trimNumber(row.record.ticketDiscountPercent)),
    flag('completed', (row) => row.record.completed),
    flag('archived', (row) => row.record.archived),
    flag('voided', (row) => row.record.voided),
    constant('enablePromotions', 'true', 'flag'),
    flag('isTaxInclusive', (row) => row.record.taxInclusive),
    flag('tipEnabled', (row, view) => view.register(row.record.registerId)?.tipEnabled ?? false),
    datetime('createTime', (row) => row.stamps.createTime / 1000),
    // One of the two spellings is written, by switch; both are known to the query language.
    datetime('updateTime', (row, view) => (view.switches.updateTimeKey === 'updateTime' ? updateTime(row) : undefined)),
    datetime('updatetime', (row, view) => (view.switches.updateTimeKey === 'updatetime' ? updateTime(row) : undefined)),
    datetime('completeTime', (row) => (row.stamps.completeTime === null ? undefined : row.stamps.completeTime / 1000)),
    constant('referenceNumber', ''),
    constant('referenceNumberSource', ''),
    number('tax1Rate', (row) => trimNumber(row.record.taxRates[0])),
    number('tax2Rate', (row) => trimNumber(row.record.taxRates[1])),
    money('change', (row) => trimNumber(row.record.change)),
    constant('receiptPreference', 'printed'),
    amount('displayableSubtotal', (row) => row.money.subtotal),
    text('ticketNumber', (row) => `22${String(row.stamps.id).padStart(10, '0')}`),
    amount('calcDiscount', (row) => row.money.discount),
    amount('calcTotal', (row) => row.money.total),
    amount('calcSubtotal', (row) => row.money.subtotal),
    amount('calcTaxable', (row) => row.money.taxable),
    amount('calcNonTaxable', (row) => row.money.nonTaxable),
    amount('calcAvgCost', (row) => row.money.cost),
    amount('calcFIFOCost', (row) => row.money.cost),
    amount('calcTax1', (row) => row.money.tax1),
    amount('calcTax2', (row) => row.money.tax2),
    amount('calcPayments', (row) => row.money.payments),
    amount('calcTips', (row) => row.money.tips),
    amount('calcItemFees', (row) => row.money.itemFees),
    amount('total', (row) => row.money.total),
    amount('totalDue', (row) => row.money.totalDue),
    amount('displayableTotal', (row) => row.money.displayableTotal),
    amount('balance', (row) => row.money.balance),
    // One connector lists such a field (R §12.7); only sales that were rounded carry it here.
    money('cashRounding', (row) => (row.record.cashRounding === '0' ? undefined : trimNumber(row.record.cashRounding))),
    id('customerID', (row) => row.record.customerId ?? 0),
    constant('discountID', '0', 'id'),
    id('employeeID', (row) => row.record.employeeId ?? 0),
    id('quoteID', (row, view) => (isQuoted(row, view.state.now) ? row.stamps.id : 0)),
    id('registerID', (row) => row.record.registerId ?? 0),
    id('shipToID', (row) => (isShipped(row) ? row.stamps.id : 0)),
    id('shopID', (row) => row.record.shopId),
    id('taxCategoryID', (row) => row.record.taxCategoryId),
    constant('tipEmployeeID', '0', 'id'),
  ],
  relations: [
    toOne(
      'Customer',
      () => embeddedCustomer,
      (row, view) => view.customer(row.record.customerId),
    ),
    none('Discount', false),
    toOne(
      'Quote',
      () => quoteTable,
      (row, view) => (isQuoted(row, view.state.now) ? row : undefined),
    ),
    toOne(
      'TaxCategory',
      () => taxCategory,
      (row, view) => view.taxCategory(row.record.taxCategoryId),
    ),
    toMany(
      'SaleLines',
      () => embeddedSaleLine,
      (row) => row.lines,
    ),
    none('SaleNotes', true),
    // Answers to writes carry it; reading documents do not know it.
    {
      ...toOne(
        'Shop',
        () => shop,
        (row: SaleRow, view: View) => view.shop(row.record.shopId),
      ),
      apart: true,
    },
    toMany(
      'SalePayments',
      () => salePayment,
      (row) => row.payments,
    ),
    toOne(
      'ShipTo',
      () => shipTo,
      (row) => (isShipped(row) ? row : undefined),
    ),
  ],
  all: [
    'SaleLines.Discount',
    'SaleLines.TaxClass',
    'SaleLines.Note',
    'SaleLines.Item',
    'SaleLines.InventorySales',
    'SaleNotes',
    'SalePayments.PaymentType',
    'SalePayments.CCCharge',
    'SalePayments.SaleAccounts',
    'SalePayments.Signatures',
    'ShipTo.Contact',
    'Customer.Contact',
    'Discount',
    'TaxCategory.TaxCategoryClasses',
    'Quote',
  ],
  tail: [
    { name: 'TaxClassTotals', kind: 'json', onlyWith: 'TaxCategory', read: taxClassTotals },
    { name: 'MetaData', kind: 'json', onlyWith: '*', read: () => '{"tipOption1":"15","tipOption2":"18","tipOption3":"20"}' },
    amount('taxTotal', (row) => add(row.money.tax1, row.money.tax2)),
  ],
  unshown: [datetime('updateTime', updateTime)],
  sorts: ['saleID', 'timeStamp', 'completeTime', 'updatetime'],
  archived: 'ignored',
};

/** R §7.12: says who voided a sale, when and why. */
export const saleVoid: Resource<SaleVoidRecord> = {
  name: 'SaleVoid',
  idField: 'saleVoidID',
  scopes: ['employee:admin_void_sale', 'employee:admin'],
  fields: [
    id('saleVoidID', (record) => record.id),
    datetime('createTime', (record) => record.createTime / 1000),
    text('reason', (record) => record.reason),
    id('saleID', (record) => record.saleId),
    id('employeeID', (record) => record.employeeId ?? 0),
    id('shopID', (record) => record.shopId),
  ],
  relations: [],
  sorts: ['saleVoidID', 'saleID'],
  archived: 'ignored',
};

function amount(name: string, read: (row: SaleRow) => Decimal): Field<SaleRow> {
  return money(name, (row) => writeAmount(read(row)));
}

/** `{"Tax":…}`, one entry a tax class, an array when there are several; absent when nothing is taxed (seen 2015–19). */
function taxClassTotals(row: SaleRow, view: View): string | undefined {
  const classes = new Map<string, { taxable: Decimal; tax: Decimal; rate: string }>();
  for (const { line, index } of row.lines) {
    const columns = row.money.lines[index];
    if (!line.taxed || columns === undefined) continue;
    const before = classes.get(line.taxClassId) ?? { taxable: zero, tax: zero, rate: line.taxRates[0] };
    classes.set(line.taxClassId, {
      taxable: add(before.taxable, row.record.taxInclusive ? subtract(columns.amount, columns.tax1) : columns.amount),
      tax: add(before.tax, columns.tax1),
      rate: before.rate,
    });
  }
  const totals = [...classes].map(([classId, { taxable, tax, rate }]) => {
    const name = view.taxClass(classId)?.name ?? '';
    const taxName = view.taxCategory(row.record.taxCategoryId)?.tax1Name ?? '';
    const percent = format(multiply(decimal(rate), decimal('100')));
    return `{"id":"${classId}","name":${quote(name)},"taxable":"${format(taxable)}","rate":"${percent}","amount":"${format(tax)}","taxname":${quote(taxName)},"subtotal":"${format(taxable)}"}`;
  });
  if (totals.length === 0) return undefined;
  return `{"Tax":${totals.length === 1 ? totals[0] : `[${totals.join(',')}]`}}`;
}

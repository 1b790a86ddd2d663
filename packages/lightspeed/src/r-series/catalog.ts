/**
 * The R-Series resources besides sales, customers and their look-ups (R §7), each as a table of the fields that are read. A further field or
 * resource is a line here; the types follow. Everything the POS sent stays in the page's `documents`.
 */
import { formatAmount } from '../amount.ts';
import type { Decimal, Instant, Normalized } from '../model.ts';
import {
  readAmount,
  readChildren,
  readId,
  readInstant,
  readOptionalAmount,
  readOptionalBoolean,
  readOptionalId,
  readOptionalInstant,
  readRecord,
  readText,
} from './read.ts';
import type { Fields } from './read.ts';
import type { Resource } from './resources.ts';
import { settingAside } from './set-aside.ts';

type Reader<T> = (fields: Fields) => T;
type Table = Readonly<Record<string, Reader<unknown>>>;
type Read<F> = { readonly [K in keyof F]: F[K] extends Reader<infer T> ? T : never };

/** A resource with the table of its fields. */
export interface Listed<T> {
  readonly resource: Resource;
  readonly normalize: (document: unknown) => Normalized<T>;
  /** Null where the resource has no change stamp. */
  readonly changedAt: (record: T) => Instant | null;
}

const id =
  (key: string): Reader<string> =>
  (fields) =>
    readId(fields, key);
const idOrNull =
  (key: string): Reader<string | null> =>
  (fields) =>
    readOptionalId(fields, key);
const text =
  (key: string): Reader<string> =>
  (fields) =>
    readText(fields, key);
const flag =
  (key: string): Reader<boolean> =>
  (fields) =>
    readOptionalBoolean(fields, key);
const decimal =
  (key: string): Reader<Decimal> =>
  (fields) =>
    formatAmount(readAmount(fields, key));
const decimalOrZero =
  (key: string): Reader<Decimal> =>
  (fields) =>
    formatAmount(readOptionalAmount(fields, key));
const instant =
  (key: string): Reader<Instant> =>
  (fields) =>
    readInstant(fields, key);
const instantOrNull =
  (key: string): Reader<Instant | null> =>
  (fields) =>
    readOptionalInstant(fields, key);

function readTable<F extends Table>(fields: Fields, table: F): Read<F> {
  const record: Record<string, unknown> = {};
  for (const [name, reader] of Object.entries(table)) record[name] = reader(fields);
  return record as Read<F>;
}

/** A collection inside the record. */
const children =
  <F extends Table>(wrapper: string, child: string, table: F): Reader<readonly Read<F>[]> =>
  (fields) =>
    readChildren(fields, wrapper, child).map((one) => readTable(one, table));

/** A record inside the record. */
const inner =
  <F extends Table>(key: string, table: F): Reader<Read<F> | null> =>
  (fields) => {
    const record = readRecord(fields, key);
    return record === null ? null : readTable(record, table);
  };

interface More {
  readonly relations?: readonly string[];
  readonly hasArchived?: boolean;
  readonly parameters?: readonly (readonly [string, string])[];
}

function listed<F extends Table>(name: string, idField: string, table: F, more: More = {}): Listed<Read<F>> {
  const { relations = [], hasArchived = false, parameters = [] } = more;
  return {
    resource: { name, idField, relations, hasArchived, parameters },
    normalize: (document) =>
      settingAside(document, { idKey: idField, timeKeys: ['timeStamp', 'createTime'] }, (fields) => readTable(fields, table)),
    changedAt: (record) => {
      const changed = (record as Readonly<Record<string, unknown>>)['changedAt'];
      return typeof changed === 'number' ? (changed as Instant) : null;
    },
  };
}

const changed = { changedAt: instantOrNull('timeStamp') };

const creditAccount = {
  id: id('creditAccountID'),
  name: text('name'),
  /** Masked but for the last four unless the token may see it. */
  code: text('code'),
  giftCard: flag('giftCard'),
  archived: flag('archived'),
  customerId: idOrNull('customerID'),
  /** Negative: the shop owes. */
  balance: decimal('balance'),
  creditLimit: decimalOrZero('creditLimit'),
  ...changed,
};

const countAmount = {
  id: id('registerCountAmountID'),
  countId: id('registerCountID'),
  paymentTypeId: id('paymentTypeID'),
  calculated: decimal('calculated'),
  /** 0 often means: not counted. */
  actual: decimal('actual'),
};

const taxCategoryClass = {
  id: id('taxCategoryClassID'),
  taxCategoryId: idOrNull('taxCategoryID'),
  taxClassId: id('taxClassID'),
  rate1: decimal('tax1Rate'),
  rate2: decimal('tax2Rate'),
};

/** Every resource that `list` and `walk` know, by name. `GiftCard` is `CreditAccount` with `giftCard=true`. */
export const rSeriesResources = {
  Category: listed('Category', 'categoryID', {
    id: id('categoryID'),
    name: text('name'),
    fullPathName: text('fullPathName'),
    parentId: idOrNull('parentID'),
    nodeDepth: decimalOrZero('nodeDepth'),
    leftNode: decimalOrZero('leftNode'),
    rightNode: decimalOrZero('rightNode'),
    ...changed,
  }),
  Item: listed(
    'Item',
    'itemID',
    {
      id: id('itemID'),
      systemSku: text('systemSku'),
      description: text('description'),
      type: text('itemType'),
      archived: flag('archived'),
      taxed: flag('tax'),
      defaultCost: decimalOrZero('defaultCost'),
      upc: text('upc'),
      ean: text('ean'),
      customSku: text('customSku'),
      manufacturerSku: text('manufacturerSku'),
      categoryId: idOrNull('categoryID'),
      taxClassId: idOrNull('taxClassID'),
      manufacturerId: idOrNull('manufacturerID'),
      defaultVendorId: idOrNull('defaultVendorID'),
      prices: children('Prices', 'ItemPrice', { amount: decimal('amount'), useType: text('useType') }),
      createdAt: instantOrNull('createTime'),
      ...changed,
    },
    { hasArchived: true },
  ),
  ItemShop: listed('ItemShop', 'itemShopID', {
    id: id('itemShopID'),
    itemId: id('itemID'),
    /** Null: the row that sums all shops. */
    shopId: idOrNull('shopID'),
    onHand: decimal('qoh'),
    sellable: decimalOrZero('sellable'),
    backorder: decimalOrZero('backorder'),
    reorderPoint: decimalOrZero('reorderPoint'),
    reorderLevel: decimalOrZero('reorderLevel'),
    ...changed,
  }),
  Vendor: listed(
    'Vendor',
    'vendorID',
    { id: id('vendorID'), name: text('name'), archived: flag('archived'), ...changed },
    { hasArchived: true },
  ),
  Manufacturer: listed('Manufacturer', 'manufacturerID', { id: id('manufacturerID'), name: text('name'), ...changed }),
  TaxCategory: listed(
    'TaxCategory',
    'taxCategoryID',
    {
      id: id('taxCategoryID'),
      taxInclusive: flag('isTaxInclusive'),
      name1: text('tax1Name'),
      name2: text('tax2Name'),
      rate1: decimal('tax1Rate'),
      rate2: decimal('tax2Rate'),
      classes: children('TaxCategoryClasses', 'TaxCategoryClass', taxCategoryClass),
      ...changed,
    },
    { relations: ['TaxCategoryClasses'] },
  ),
  TaxCategoryClass: listed('TaxCategoryClass', 'taxCategoryClassID', taxCategoryClass),
  TaxClass: listed('TaxClass', 'taxClassID', { id: id('taxClassID'), name: text('name'), ...changed }),
  Discount: listed(
    'Discount',
    'discountID',
    {
      id: id('discountID'),
      name: text('name'),
      amount: decimalOrZero('discountAmount'),
      percent: decimalOrZero('discountPercent'),
      requireCustomer: flag('requireCustomer'),
      archived: flag('archived'),
      ...changed,
    },
    { hasArchived: true },
  ),
  CustomerType: listed('CustomerType', 'customerTypeID', {
    id: id('customerTypeID'),
    name: text('name'),
    taxCategoryId: idOrNull('taxCategoryID'),
    discountId: idOrNull('discountID'),
  }),
  Tag: listed('Tag', 'tagID', { id: id('tagID'), name: text('name') }),
  ItemFee: listed('ItemFee', 'itemFeeID', { id: id('itemFeeID'), name: text('name') }, { hasArchived: true }),
  CreditAccount: listed('CreditAccount', 'creditAccountID', creditAccount, { hasArchived: true }),
  GiftCard: listed('CreditAccount', 'creditAccountID', creditAccount, { hasArchived: true, parameters: [['giftCard', 'true']] }),
  RegisterCount: listed(
    'RegisterCount',
    'registerCountID',
    {
      id: id('registerCountID'),
      registerId: id('registerID'),
      openedAt: instantOrNull('openTime'),
      closedAt: instant('createTime'),
      openEmployeeId: idOrNull('openEmployeeID'),
      closeEmployeeId: idOrNull('closeEmployeeID'),
      notes: text('notes'),
      amounts: children('RegisterCountAmounts', 'RegisterCountAmount', countAmount),
    },
    { relations: ['RegisterCountAmounts'] },
  ),
  RegisterCountAmount: listed('RegisterCountAmount', 'registerCountAmountID', countAmount),
  RegisterWithdraw: listed('RegisterWithdraw', 'registerWithdrawID', {
    id: id('registerWithdrawID'),
    registerId: id('registerID'),
    employeeId: idOrNull('employeeID'),
    paymentTypeId: idOrNull('paymentTypeID'),
    /** + put in, − taken out. */
    amount: decimal('amount'),
    movedAt: instant('createTime'),
    notes: text('notes'),
  }),
  Quote: listed(
    'Quote',
    'quoteID',
    {
      id: id('quoteID'),
      saleId: idOrNull('saleID'),
      employeeId: idOrNull('employeeID'),
      issuedAt: instantOrNull('issueDate'),
      notes: text('notes'),
      archived: flag('archived'),
    },
    { hasArchived: true },
  ),
  ShipTo: listed('ShipTo', 'shipToID', {
    id: id('shipToID'),
    saleId: idOrNull('saleID'),
    customerId: idOrNull('customerID'),
    shipped: flag('shipped'),
    ...changed,
  }),
  SpecialOrder: listed('SpecialOrder', 'specialOrderID', {
    id: id('specialOrderID'),
    saleLineId: idOrNull('saleLineID'),
    customerId: idOrNull('customerID'),
    shopId: idOrNull('shopID'),
    quantity: decimal('unitQuantity'),
    completed: flag('completed'),
    status: text('status'),
    ...changed,
  }),
  Workorder: listed(
    'Workorder',
    'workorderID',
    {
      id: id('workorderID'),
      customerId: idOrNull('customerID'),
      shopId: idOrNull('shopID'),
      saleId: idOrNull('saleID'),
      saleLineId: idOrNull('saleLineID'),
      takenInAt: instantOrNull('timeIn'),
      dueAt: instantOrNull('etaOut'),
      archived: flag('archived'),
      ...changed,
    },
    { hasArchived: true },
  ),
  EmployeeHours: listed('EmployeeHours', 'employeeHoursID', {
    id: id('employeeHoursID'),
    employeeId: id('employeeID'),
    shopId: idOrNull('shopID'),
    checkedInAt: instant('checkIn'),
    /** Null: still in. */
    checkedOutAt: instantOrNull('checkOut'),
  }),
  InventoryLog: listed('InventoryLog', 'inventoryLogID', {
    id: id('inventoryLogID'),
    itemId: idOrNull('itemID'),
    shopId: idOrNull('shopID'),
    saleId: idOrNull('saleID'),
    change: decimal('qohChange'),
    reason: text('reason'),
    happenedAt: instant('createTime'),
  }),
  SaleLine: listed('SaleLine', 'saleLineID', {
    id: id('saleLineID'),
    saleId: idOrNull('saleID'),
    itemId: idOrNull('itemID'),
    quantity: decimal('unitQuantity'),
    unitPrice: decimal('unitPrice'),
    total: decimal('calcTotal'),
    parentLineId: idOrNull('parentSaleLineID'),
    ...changed,
  }),
  SalePayment: listed(
    'SalePayment',
    'salePaymentID',
    {
      id: id('salePaymentID'),
      saleId: idOrNull('saleID'),
      amount: decimal('amount'),
      tip: decimalOrZero('tipAmount'),
      paidAt: instant('createTime'),
      archived: flag('archived'),
      registerId: idOrNull('registerID'),
      creditAccountId: idOrNull('creditAccountID'),
      paymentType: inner('PaymentType', { id: id('paymentTypeID'), name: text('name'), type: text('type') }),
    },
    { relations: ['PaymentType'] },
  ),
};

export type RSeriesResourceName = keyof typeof rSeriesResources;

/** What a record of a resource is read as. */
export type RSeriesRecord<N extends RSeriesResourceName> = (typeof rSeriesResources)[N] extends Listed<infer T> ? T : never;

/** What is in a drawer, by payment type (R §7.2). */
export const calculatedAmount = {
  paymentTypeId: id('paymentTypeID'),
  add: decimal('add'),
  withdraw: decimal('withdraw'),
  payment: decimal('payment'),
};
export type CalculatedAmount = Read<typeof calculatedAmount>;

/** Who the credentials act as (R §1). */
const session = {
  accountId: id('systemCustomerID'),
  userId: idOrNull('systemUserID'),
  employeeId: idOrNull('employeeID'),
  shopCount: decimalOrZero('shopCount'),
};
export type RSeriesSession = Read<typeof session> & { readonly rights: readonly string[] };

export function normalizeSession(document: unknown): Normalized<RSeriesSession> {
  return settingAside(document, { idKey: 'sessionID', timeKeys: [] }, (fields) => ({
    ...readTable(fields, session),
    rights: Object.entries(readRecord(fields, 'Rights') ?? {}).flatMap(([right, held]) => (held === 'true' ? [right] : [])),
  }));
}

/** Rows of `Reports/Accounting/*` (R §7.12): a day, a shop, an amount, and whatever else tells the rows apart. */
export const rSeriesReports = {
  PaymentsByDay: { rows: 'Payments', amount: 'amount' },
  TaxesByDay: { rows: 'Taxes', amount: 'amount' },
  DiscountsByDay: { rows: 'Discounts', amount: 'amount' },
  TaxClassSalesByDay: { rows: 'SalesDay', amount: 'subtotal' },
  OrdersByTaxClass: { rows: 'Orders', amount: 'cost' },
} as const;

export type RSeriesReportName = keyof typeof rSeriesReports;

export interface RSeriesReportRow {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly shopId: string | null;
  readonly amount: Decimal;
  /** Every column as the POS wrote it. */
  readonly columns: Readonly<Record<string, string>>;
}

export function normalizeReportRow(document: unknown, report: RSeriesReportName): Normalized<RSeriesReportRow> {
  return settingAside(document, { idKey: 'date', timeKeys: [] }, (fields) => {
    const [month, date, year] = readText(fields, 'date').split('/');
    return {
      day: `${year ?? ''}-${month ?? ''}-${date ?? ''}`,
      shopId: readOptionalId(fields, 'shopID'),
      amount: formatAmount(readAmount(fields, rSeriesReports[report].amount)),
      columns: Object.fromEntries(
        Object.entries(fields).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
      ),
    };
  });
}

export function readCalculated(document: unknown): Normalized<CalculatedAmount> {
  return settingAside(document, { idKey: 'paymentTypeID', timeKeys: [] }, (fields) => readTable(fields, calculatedAmount));
}

/** Made-up R-Series documents for tests: 2024 style, all scalars text (R §7.4). */
export type Document = Record<string, unknown>;

export function line(changes: Document = {}): Document {
  return {
    saleLineID: '8101',
    createTime: '2026-05-02T17:40:12+00:00',
    timeStamp: '2026-05-02T17:41:09+00:00',
    unitQuantity: '1',
    unitPrice: '30',
    normalUnitPrice: '0',
    discountAmount: '0',
    discountPercent: '0.4',
    tax: 'true',
    tax1Rate: '0.06',
    tax2Rate: '0',
    isLayaway: 'false',
    lineType: '',
    calcLineDiscount: '12',
    calcTransactionDiscount: '0',
    calcTotal: '19.08',
    calcSubtotal: '30',
    calcTax1: '1.08',
    calcTax2: '0',
    itemID: '733',
    parentSaleLineID: '0',
    shopID: '1',
    saleID: '5012',
    itemFeeID: '0',
    ...changes,
  };
}

export function payment(changes: Document = {}): Document {
  return {
    salePaymentID: '922',
    amount: '19.08',
    tipAmount: '0',
    createTime: '2026-05-02T17:41:00+00:00',
    archived: 'false',
    saleID: '5012',
    paymentTypeID: '3',
    registerID: '2',
    creditAccountID: '0',
    PaymentType: { paymentTypeID: '3', name: 'Credit Card', type: 'credit card' },
    ...changes,
  };
}

export function payBy(type: string, amount: string, changes: Document = {}): Document {
  return payment({ amount, PaymentType: { paymentTypeID: '9', name: 'Whatever', type }, ...changes });
}

/** One child is an object, several are an array, none is no key (R §6). */
export function collection(wrapper: string, child: string, records: readonly Document[]): Document {
  if (records.length === 0) return {};
  return { [wrapper]: { [child]: records.length === 1 ? records[0] : records } };
}

export function sale(
  changes: Document = {},
  lines: readonly Document[] = [line()],
  payments: readonly Document[] = [payment()],
): Document {
  return {
    saleID: '5012',
    timeStamp: '2026-05-02T17:41:09+00:00',
    completed: 'true',
    archived: 'false',
    voided: 'false',
    isTaxInclusive: 'false',
    createTime: '2026-05-02T17:39:55+00:00',
    updateTime: '2026-05-02T17:41:10+00:00',
    completeTime: '2026-05-02T17:41:09+00:00',
    tax1Rate: '0.06',
    tax2Rate: '0',
    change: '0',
    ticketNumber: '220000005012',
    calcDiscount: '12',
    calcTotal: '19.08',
    calcSubtotal: '30',
    calcTax1: '1.08',
    calcTax2: '0',
    calcPayments: '19.08',
    total: '19.08',
    balance: '0',
    customerID: '77',
    employeeID: '4',
    registerID: '2',
    shopID: '1',
    ...collection('SaleLines', 'SaleLine', lines),
    ...collection('SalePayments', 'SalePayment', payments),
    taxTotal: '1.08',
    ...changes,
  };
}

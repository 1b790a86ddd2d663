/** What the R-Series reference lists, with how well each is known. Whether it is implemented is found out, not written down. */
export interface EndpointRow {
  readonly endpoint: string;
  /** Below the account; `…` ids are those of records that exist. */
  readonly path: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: Readonly<Record<string, unknown>>;
  /** Tags of the reference: D documented, R recorded (years), C a public client, I inferred. */
  readonly evidence: string;
  /** The client's method, or the name given to `list`. */
  readonly client?: string;
}

const read = (name: string, evidence: string, client: string | undefined = name): EndpointRow => ({
  endpoint: name,
  path: `/${name}.json?limit=1`,
  method: 'GET',
  evidence,
  ...(client === undefined ? {} : { client }),
});

const sale = { shopID: 1, registerID: 1, employeeID: 1 };

export const endpoints: readonly EndpointRow[] = [
  { endpoint: 'Account/{id}', path: '.json', method: 'GET', evidence: 'D, R15-19', client: 'account()' },
  { endpoint: 'Session', path: '/../../Session.json', method: 'GET', evidence: 'D, R15-19', client: 'session()' },
  { endpoint: 'Locale', path: '/../../Locale.json', method: 'GET', evidence: 'D' },
  read('Shop', 'D', 'shops()'),
  read('Register', 'D', 'registers()'),
  {
    endpoint: 'Register/{id}/calculated',
    path: '/Register/1/calculated.json',
    method: 'GET',
    evidence: 'D',
    client: 'calculated()',
  },
  { endpoint: 'Register/{id}/close', path: '/Register/1/close.json', method: 'POST', evidence: 'D' },
  { endpoint: 'Register/{id}/open', path: '/Register/1/open.json', method: 'POST', body: { amount: 100 }, evidence: 'D' },
  read('RegisterCount', 'D'),
  read('RegisterCountAmount', 'D'),
  {
    endpoint: 'RegisterCount/{id}/RegisterCountAmount',
    path: '/RegisterCount/{RegisterCount}/RegisterCountAmount.json',
    method: 'GET',
    evidence: 'I',
  },
  read('RegisterWithdraw', 'D'),
  {
    endpoint: 'RegisterWithdraw',
    path: '/RegisterWithdraw.json',
    method: 'POST',
    body: { registerID: 1, amount: 5 },
    evidence: 'D',
  },
  read('Sale', 'D, R15-19, R24-25', 'sales()'),
  { endpoint: 'Sale/{id}', path: '/Sale/1.json', method: 'GET', evidence: 'D, R15-19, R24-25', client: 'sale()' },
  { endpoint: 'Sale', path: '/Sale.json', method: 'POST', body: sale, evidence: 'D, R15-19' },
  { endpoint: 'Sale/{id}', path: '/Sale/{newSale}.json', method: 'PUT', body: { customerID: 1 }, evidence: 'D' },
  { endpoint: 'Sale/{id}/SaleLine', path: '/Sale/1/SaleLine.json', method: 'GET', evidence: 'D' },
  {
    endpoint: 'Sale/{id}/SaleLine',
    path: '/Sale/{newSale}/SaleLine.json',
    method: 'POST',
    body: { unitPrice: 1 },
    evidence: 'D',
  },
  { endpoint: 'SaleLine/{id}', path: '/SaleLine/{newLine}.json', method: 'PUT', body: { unitQuantity: 2 }, evidence: 'D' },
  { endpoint: 'SaleLine/{id}', path: '/SaleLine/{newLine}.json', method: 'DELETE', evidence: 'D' },
  { endpoint: 'Sale/{id}', path: '/Sale/{newSale}.json', method: 'DELETE', evidence: 'D' },
  {
    endpoint: 'Sale/{id}/refund',
    path: '/Sale/{completedSale}/refund.json',
    method: 'POST',
    body: { ...sale, SalePayments: { SalePayment: { paymentTypeID: 1 } } },
    evidence: 'D',
  },
  { endpoint: 'Sale/{id}/EmailReceipt', path: '/Sale/1/EmailReceipt.json', method: 'POST', evidence: 'D' },
  read('SaleLine', 'D'),
  read('SalePayment', 'D'),
  read('SaleVoid', 'D', 'saleVoids()'),
  { endpoint: 'CCCharge', path: '/CCCharge.json', method: 'GET', evidence: 'D' },
  read('Customer', 'D, R15-19', 'customers()'),
  { endpoint: 'Customer', path: '/Customer.json', method: 'POST', body: { firstName: 'New' }, evidence: 'D' },
  { endpoint: 'Customer/{id}', path: '/Customer/1.json', method: 'PUT', body: { company: 'Co' }, evidence: 'D' },
  { endpoint: 'Customer/{id}', path: '/Customer/2.json', method: 'DELETE', evidence: 'D' },
  { endpoint: 'Customer/{id}/Anonymize', path: '/Customer/3/Anonymize.json', method: 'DELETE', evidence: 'D' },
  { endpoint: 'Customer/CustomField', path: '/Customer/CustomField.json', method: 'GET', evidence: 'D' },
  read('CustomerType', 'D'),
  read('CreditAccount', 'D'),
  {
    endpoint: 'CreditAccount?giftCard=true',
    path: '/CreditAccount.json?giftCard=true',
    method: 'GET',
    evidence: 'D',
    client: 'GiftCard',
  },
  { endpoint: 'CreditAccount', path: '/CreditAccount.json', method: 'POST', body: { code: '12345678' }, evidence: 'D' },
  read('Employee', 'D, R15-19', 'employees()'),
  read('EmployeeHours', 'D'),
  read('PaymentType', 'D, R24-25', 'paymentTypes()'),
  read('Item', 'D, R15-19'),
  { endpoint: 'Item/{id}/ItemShop', path: '/Item/1/ItemShop.json', method: 'GET', evidence: 'I' },
  { endpoint: 'Item/CustomField', path: '/Item/CustomField.json', method: 'GET', evidence: 'D' },
  { endpoint: 'Item', path: '/Item.json', method: 'POST', body: { description: 'New' }, evidence: 'D, R15-19' },
  read('ItemShop', 'D'),
  read('ItemFee', 'D'),
  read('Category', 'D'),
  { endpoint: 'Category', path: '/Category.json', method: 'POST', body: { name: 'New' }, evidence: 'D' },
  read('Vendor', 'D'),
  read('Manufacturer', 'I'),
  read('TaxCategory', 'D'),
  read('TaxCategoryClass', 'D'),
  read('TaxClass', 'D'),
  read('Discount', 'D'),
  read('Tag', 'D'),
  read('Quote', 'D'),
  read('ShipTo', 'D'),
  read('SpecialOrder', 'D'),
  read('Workorder', 'D (its fields: I)'),
  read('InventoryLog', 'D'),
  { endpoint: 'Order', path: '/Order.json', method: 'GET', evidence: 'D (its fields: I)' },
  { endpoint: 'OrderLine', path: '/OrderLine.json', method: 'GET', evidence: 'I' },
  ...['PaymentsByDay', 'TaxesByDay', 'DiscountsByDay', 'TaxClassSalesByDay', 'OrdersByTaxClass'].map((name): EndpointRow => ({
    endpoint: `Reports/Accounting/${name}`,
    path: `/Reports/Accounting/${name}.json?startDate=2026-11-01&endDate=2026-11-02`,
    method: 'GET',
    evidence: 'D',
    client: 'report()',
  })),
  { endpoint: 'DisplayTemplate/Sale/{id}', path: '/DisplayTemplate/Sale/1.json', method: 'GET', evidence: 'D' },
];

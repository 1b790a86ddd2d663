/** The R-Series resources this client reads (R §7): what each is called, how it is ordered, and which relations it is loaded with. */
export interface Resource {
  /** Singular and PascalCase: in the path and as the key of the records. */
  readonly name: string;
  readonly idField: string;
  readonly relations: readonly string[];
  /** Whether `archived=true` has to be asked for to see everything. */
  readonly hasArchived: boolean;
  /** What else every list request says. */
  readonly parameters?: readonly (readonly [string, string])[];
}

/** With its contact: the address is there and nowhere else. */
export const SHOP: Resource = { name: 'Shop', idField: 'shopID', relations: ['Contact'], hasArchived: true };
export const REGISTER: Resource = { name: 'Register', idField: 'registerID', relations: [], hasArchived: true };
export const EMPLOYEE: Resource = { name: 'Employee', idField: 'employeeID', relations: [], hasArchived: true };
export const PAYMENT_TYPE: Resource = { name: 'PaymentType', idField: 'paymentTypeID', relations: [], hasArchived: true };
export const CUSTOMER: Resource = { name: 'Customer', idField: 'customerID', relations: ['Contact'], hasArchived: true };
export const SALE_VOID: Resource = { name: 'SaleVoid', idField: 'saleVoidID', relations: [], hasArchived: false };

/** Only what a figure needs: the customer stays out of the sale (personal data), and each relation costs budget. */
export const SALE: Resource = {
  name: 'Sale',
  idField: 'saleID',
  relations: ['SaleLines', 'SalePayments', 'SalePayments.PaymentType'],
  hasArchived: true,
};

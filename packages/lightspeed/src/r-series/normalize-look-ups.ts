import type { Customer, Employee, Normalized, PaymentType, PosAccount, Register, SaleVoid, Shop } from '../model.ts';
import { paymentKindOf } from './payment-kind.ts';
import {
  readChildren,
  readId,
  readInstant,
  readOptionalBoolean,
  readOptionalId,
  readOptionalInstant,
  readRecord,
  readText,
} from './read.ts';
import type { Fields } from './read.ts';
import { settingAside } from './set-aside.ts';

/** R §7.1. */
export function normalizeShop(document: unknown): Normalized<Shop> {
  return settingAside(document, { idKey: 'shopID', timeKeys: STAMPS }, (shop) => ({
    id: readId(shop, 'shopID'),
    name: readText(shop, 'name'),
    timeZone: readText(shop, 'timeZone') || null,
    archived: readOptionalBoolean(shop, 'archived'),
  }));
}

/** R §7.2. */
export function normalizeRegister(document: unknown): Normalized<Register> {
  return settingAside(document, { idKey: 'registerID', timeKeys: [] }, (register) => ({
    id: readId(register, 'registerID'),
    shopId: readOptionalId(register, 'shopID'),
    name: readText(register, 'name'),
    archived: readOptionalBoolean(register, 'archived'),
  }));
}

/** R §7.10. */
export function normalizeEmployee(document: unknown): Normalized<Employee> {
  return settingAside(document, { idKey: 'employeeID', timeKeys: STAMPS }, (employee) => ({
    id: readId(employee, 'employeeID'),
    name: `${readText(employee, 'firstName')} ${readText(employee, 'lastName')}`.trim(),
    archived: readOptionalBoolean(employee, 'archived'),
    changedAt: readOptionalInstant(employee, 'timeStamp'),
  }));
}

/** R §7.7. */
export function normalizePaymentType(document: unknown): Normalized<PaymentType> {
  return settingAside(document, { idKey: 'paymentTypeID', timeKeys: [] }, (paymentType) => ({
    id: readId(paymentType, 'paymentTypeID'),
    name: readText(paymentType, 'name'),
    kind: paymentKindOf(paymentType) ?? 'other',
    archived: readOptionalBoolean(paymentType, 'archived'),
  }));
}

/** R §7.8. Empty contact members are `""` on the Customer endpoint and left out elsewhere. */
export function normalizeCustomer(document: unknown): Normalized<Customer> {
  return settingAside(document, { idKey: 'customerID', timeKeys: STAMPS }, (customer) => {
    const contact = readRecord(customer, 'Contact');
    return {
      id: readId(customer, 'customerID'),
      firstName: readText(customer, 'firstName'),
      lastName: readText(customer, 'lastName'),
      company: readText(customer, 'company'),
      emails: contactMembers(contact, 'Emails', 'ContactEmail', 'address'),
      phones: contactMembers(contact, 'Phones', 'ContactPhone', 'number'),
      archived: readOptionalBoolean(customer, 'archived'),
      createdAt: readOptionalInstant(customer, 'createTime'),
      changedAt: readOptionalInstant(customer, 'timeStamp'),
    };
  });
}

/** R §7.12. */
export function normalizeSaleVoid(document: unknown): Normalized<SaleVoid> {
  return settingAside(document, { idKey: 'saleVoidID', timeKeys: STAMPS }, (saleVoid) => ({
    id: readId(saleVoid, 'saleVoidID'),
    saleId: readId(saleVoid, 'saleID'),
    shopId: readOptionalId(saleVoid, 'shopID'),
    employeeId: readOptionalId(saleVoid, 'employeeID'),
    voidedAt: readInstant(saleVoid, 'createTime'),
    reason: readText(saleVoid, 'reason'),
  }));
}

/** Both forms of R §1: the flat single Account, and one of the list. `accountId` where the document does not name itself. */
export function normalizeAccount(document: unknown, accountId: string): Normalized<PosAccount> {
  return settingAside(document, { idKey: 'accountID', timeKeys: [] }, (account) => {
    const currency = readRecord(account, 'defaultCurrency');
    const code = currency === null ? '' : readText(currency, 'code');
    return {
      id:
        readOptionalId(readRecord(account, '@attributes') ?? {}, 'systemCustomerID') ??
        readOptionalId(account, 'accountID') ??
        accountId,
      name: readText(account, 'name'),
      currency: code === '' ? null : code,
    };
  });
}

function contactMembers(contact: Fields | null, wrapper: string, child: string, key: string): string[] {
  if (contact === null) return [];
  return readChildren(contact, wrapper, child)
    .map((member) => readText(member, key).trim())
    .filter((text) => text !== '');
}

const STAMPS = ['timeStamp', 'createTime'];

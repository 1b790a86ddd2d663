import { writeRecord } from './serialize.ts';
import { noRelations } from './relations.ts';
import type { View } from './view.ts';
import { quote } from './wire.ts';
import { employee } from './resources/places.ts';

/** The three account answers that are no ordinary lists. */

/** `Account.json`: one account a token. */
export function accountList(view: View): string {
  const { accountId, name } = view.account;
  const link = `{"@attributes":{"href":${quote(`${view.root}/Account/${accountId}`)}}}`;
  return `{"@attributes":{"count":"1"},"Account":{"accountID":"${accountId}","name":${quote(name)},"link":${link}}}`;
}

/** `Account/{id}.json`: flat, with the currency. */
export function accountRecord(view: View, counts: { readonly employees: number }): string {
  const { accountId, name, currency } = view.account;
  return `{"@attributes":{"systemCustomerID":"${accountId}"},"status":"customer","name":${quote(name)},"employeeCount":"${counts.employees}","employeeLimit":"${counts.employees + 10}","uniqueSubscriptionIdentifier":"EMU${accountId}","defaultCurrency":{"code":"${currency}","symbol":${quote(currencySymbol(currency))}},"purchasingCurrencies":""}`;
}

/** `Locale.json`: without `@attributes` (R §4.1); its fields are unverified. */
export function locale(view: View): string {
  const { currency } = view.account;
  return `{"Locale":{"localeID":"1","country":"DK","language":"en","currency":{"code":"${currency}","symbol":${quote(currencySymbol(currency))}}}}`;
}

const rights = [
  'register',
  'register_refund',
  'customers',
  'inventory',
  'reports',
  'admin',
  'admin_employees',
  'admin_shops',
  'admin_void_sale',
];

/** `Session.json`: who the token acts as and what they may. */
export function session(view: View, facts: { readonly shops: number; readonly withEmployee: boolean }): string {
  const { caller } = view;
  const owner = facts.withEmployee ? view.state.employees()[0] : undefined;
  const employeeText = owner === undefined ? '' : `,"Employee":${writeRecord(employee, owner, view, noRelations)}`;
  const allowed = (right: string): boolean =>
    ['employee:all', `employee:${right}`].some((scope) => caller.scopes.includes(scope)) ||
    (right.startsWith('admin_') && caller.scopes.includes('employee:admin'));
  const rightTexts = rights.map((right) => `"${right}":"${String(allowed(right))}"`);
  return `{"sessionID":"${caller.userId}${view.account.accountId}","employeeID":"${owner?.id ?? 0}","systemCustomerID":"${view.account.accountId}","systemUserID":"${caller.userId}","systemAPIClientID":"${caller.clientNumber}","systemAPIKeyID":"0","shopCount":"${facts.shops}"${employeeText},"Rights":{${rightTexts.join(',')}}}`;
}

function currencySymbol(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

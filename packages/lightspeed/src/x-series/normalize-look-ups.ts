import type { Customer, Employee, Instant, Normalized, PaymentType, PosAccount, Register, Shop } from '../model.ts';
import { xPaymentKindOf } from './look-ups.ts';
import {
  isFields,
  problem,
  readOptionalXId,
  readOptionalXInstant,
  readSection,
  readVersion,
  readXId,
  readXText,
} from './read.ts';
import type { Section } from './read.ts';
import { settingXAside } from './set-aside.ts';
import { resolveXSwitches } from './switches.ts';
import type { XSeriesSwitches } from './switches.ts';

/** What every record of the X-Series has, whatever it is. */
export interface XRecord {
  readonly id: string;
  readonly name: string;
  /** Digits; null where the list has none. */
  readonly version: string | null;
  readonly deletedAt: Instant | null;
}

/** X §8.2. */
export function normalizeXOutlet(document: unknown): Normalized<Shop> {
  return settingXAside(document, STAMPS, (outlet) => ({
    id: readXId(outlet, 'id'),
    name: readXText(outlet, 'name'),
    timeZone: readXText(outlet, 'time_zone') || null,
    archived: isDeleted(outlet),
    currency: readXText(outlet, 'currency') || null,
  }));
}

/** X §8.3. */
export function normalizeXRegister(document: unknown): Normalized<Register> {
  return settingXAside(document, STAMPS, (register) => ({
    id: readXId(register, 'id'),
    shopId: readOptionalXId(register, 'outlet_id'),
    name: readXText(register, 'name'),
    archived: isDeleted(register),
  }));
}

/** X §8.4. */
export function normalizeXUser(document: unknown): Normalized<Employee> {
  return settingXAside(document, STAMPS, (user) => ({
    id: readXId(user, 'id'),
    name: readXText(user, 'display_name') || readXText(user, 'username'),
    archived: isDeleted(user),
    changedAt: readOptionalXInstant(user, 'updated_at'),
  }));
}

/** X §8.5. The kind of coins rounded away is `adjustment` here: they are no means of payment. */
export function normalizeXPaymentType(document: unknown, switches?: Partial<XSeriesSwitches>): Normalized<PaymentType> {
  const chosen = resolveXSwitches(switches);
  return settingXAside(document, STAMPS, (type) => {
    const kind = xPaymentKindOf(type, chosen) ?? 'other';
    return {
      id: readXId(type, 'id'),
      name: readXText(type, 'name'),
      kind: kind === 'rounding' ? 'adjustment' : kind,
      archived: isDeleted(type),
    };
  });
}

/** X §9; also the webhook's, which keeps the contact apart (X §11.4). */
export function normalizeXCustomer(document: unknown): Normalized<Customer> {
  return settingXAside(document, STAMPS, (customer) => {
    const contact = isFields(customer.fields['contact']) ? readSection(customer, 'contact') : customer;
    const either = (key: string): string => readXText(customer, key) || readXText(contact, key);
    return {
      id: readXId(customer, 'id'),
      firstName: either('first_name'),
      lastName: either('last_name'),
      company: either('company_name'),
      emails: texts([either('email')]),
      phones: texts([either('mobile'), either('phone')]),
      archived: isDeleted(customer),
      createdAt: readOptionalXInstant(customer, 'created_at'),
      changedAt: readOptionalXInstant(customer, 'updated_at'),
    };
  });
}

/** X §8.1. */
export function normalizeXRetailer(document: unknown): Normalized<PosAccount> {
  return settingXAside(document, STAMPS, (retailer) => ({
    id: readXId(retailer, 'id'),
    name: readXText(retailer, 'name'),
    currency: readCurrency(retailer),
  }));
}

/** Any record. Rows that join two others have no id of their own in some lists. */
export function normalizeXRecord(document: unknown): Normalized<XRecord> {
  return settingXAside(document, STAMPS, (record) => ({
    id: readOptionalXId(record, 'id') ?? joinedId(record),
    name: readXText(record, 'name') || readXText(record, 'display_name'),
    version: readVersion(record, 'version') ?? readVersion(readSection(record, '_metadata'), 'version'),
    deletedAt: readOptionalXInstant(record, 'deleted_at'),
  }));
}

function joinedId(record: Section): string {
  const parts = ['price_book_id', 'outlet_id', 'product_id', 'customer_id'].flatMap((key) => readOptionalXId(record, key) ?? []);
  if (parts.length === 0) throw problem(record, 'id', 'missing_id');
  return parts.join(':');
}

function readCurrency(retailer: Section): string | null {
  if (!isFields(retailer.fields['currency'])) return readXText(retailer, 'currency') || null;
  return readXText(readSection(retailer, 'currency'), 'code') || null;
}

function isDeleted(section: Section): boolean {
  return readOptionalXInstant(section, 'deleted_at') !== null;
}

function texts(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()))].filter((value) => value !== '');
}

const STAMPS = ['updated_at', 'created_at'];

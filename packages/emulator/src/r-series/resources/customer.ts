import type { CustomerRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, none, text, toMany, toOne } from '../resource.ts';
import type { Field, Relation, Resource } from '../resource.ts';
import { contact, contactFilters, contactIds, contactRelation } from './contact.ts';
import type { ContactRow } from './contact.ts';

const creditAccount: Resource<CustomerRecord> = {
  name: 'CreditAccount',
  idField: 'creditAccountID',
  scopes: [],
  fields: [
    id('creditAccountID', (record) => record.creditAccountId ?? 0),
    constant('balance', '0', 'money'),
    constant('creditLimit', '0', 'money'),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
  ],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

const note: Resource<CustomerRecord> = {
  name: 'Note',
  idField: 'noteID',
  scopes: [],
  fields: [
    constant('note', ''),
    constant('isPublic', 'false', 'flag'),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
  ],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

const tag: Resource<string> = {
  name: 'tag',
  idField: '',
  scopes: [],
  fields: [],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

const createTime = datetime<CustomerRecord>('createTime', (record) => record.createTime / 1000);
const timeStamp = datetime<CustomerRecord>('timeStamp', (record) => record.timeStamp / 1000);
const archived = flag<CustomerRecord>('archived', (record) => record.archived);
const customerID = id<CustomerRecord>('customerID', (record) => record.id);
const creditAccountID = id<CustomerRecord>('creditAccountID', (record) => record.creditAccountId ?? 0);

const others: readonly Relation<CustomerRecord>[] = [
  none('CustomerType', false),
  none('Discount', false),
  toOne(
    'CreditAccount',
    () => creditAccount,
    (record) => (record.creditAccountId === null ? undefined : record),
  ),
  toOne(
    'Note',
    () => note,
    (record) => record,
  ),
  none('TaxCategory', false),
  toMany(
    'Tags',
    () => tag,
    () => [],
    { empty: 'text' },
  ),
  { ...none<CustomerRecord>('CustomFieldValues', true), apart: true },
];

/** R §7.8: the endpoint shows the names first and the ids at the end, after the relations, as recorded in 2019. */
export const customer: Resource<CustomerRecord> = {
  name: 'Customer',
  idField: 'customerID',
  scopes: ['employee:customers', 'employee:customers_read', 'employee:register', 'employee:register_read', 'employee:admin'],
  fields: [
    text('firstName', (record) => record.firstName),
    text('lastName', (record) => record.lastName),
    // `dob` is absent: nobody here has told the shop when they were born.
    text('title', () => ''),
    text('company', (record) => record.company),
    constant('companyRegistrationNumber', ''),
    constant('vatNumber', ''),
    creditAccountID,
    constant('customerTypeID', '0', 'id'),
    constant('discountID', '0', 'id'),
    constant('taxCategoryID', '0', 'id'),
  ],
  relations: [toOne('Contact', () => contact, contactOf), ...others],
  tail: [customerID, createTime, timeStamp, archived],
  sorts: ['customerID', 'timeStamp', 'firstName', 'lastName'],
  archived: 'filtered',
  filterOnly: contactFilters<CustomerRecord>((record) => record.contact),
};

const embeddedFields: readonly Field<CustomerRecord>[] = [
  customerID,
  text('firstName', (record) => record.firstName),
  text('lastName', (record) => record.lastName),
  archived,
  text('title', () => ''),
  text('company', (record) => record.company),
  createTime,
  timeStamp,
  constant('companyRegistrationNumber', ''),
  constant('vatNumber', ''),
  id('contactID', (record) => contactIds.customer(record.id)),
  creditAccountID,
  constant('customerTypeID', '0', 'id'),
  constant('discountID', '0', 'id'),
  constant('employeeID', '0', 'id'),
  id('noteID', (record) => record.id),
  constant('taxCategoryID', '0', 'id'),
  constant('measurementID', '0', 'id'),
];

/** The copy inside a Sale: id first, with the ids the endpoint hides. */
export const embeddedCustomer: Resource<CustomerRecord> = {
  ...customer,
  fields: embeddedFields,
  relations: [contactRelation(contactOf), ...others],
  tail: [],
};

function contactOf(record: CustomerRecord): ContactRow {
  return {
    contactId: contactIds.customer(record.id),
    timeStamp: record.timeStamp,
    contact: record.contact,
    phoneUse: 'Home',
  };
}

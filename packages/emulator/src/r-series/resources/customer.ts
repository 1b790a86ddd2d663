import type { CustomerRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, money, none, text, toMany, toOne } from '../resource.ts';
import type { Field, Relation, Resource } from '../resource.ts';
import { contact, contactFilters, contactIds, contactOf, contactRelation } from './contact.ts';
import { centsText } from '../trade-book.ts';
import { creditOf } from './credit-account.ts';
import type { CreditRow } from './credit-account.ts';
import { customerType, typeOf } from './office.ts';

const embeddedCredit: Resource<CreditRow> = {
  name: 'CreditAccount',
  idField: 'creditAccountID',
  scopes: [],
  fields: [
    id('creditAccountID', (row) => row.id),
    money('balance', (row) => centsText(row.history?.balance ?? 0)),
    constant('creditLimit', '0', 'money'),
    datetime('timeStamp', (row) => Math.max(row.history?.changedAt ?? 0, row.customer?.timeStamp ?? 0) / 1000),
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
  toOne('CustomerType', () => customerType, typeOf),
  none('Discount', false),
  toOne('CreditAccount', () => embeddedCredit, creditOf),
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
    id('customerTypeID', (record) => typeOf(record)?.id),
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
  id('customerTypeID', (record) => typeOf(record)?.id),
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

import type { ContactRecord, CustomerRecord, EpochMs } from '../../world/types.ts';
import { datetime, flag, id, text, toMany, toOne } from '../resource.ts';
import type { Field, Relation, Resource } from '../resource.ts';

/** Who is reached how. The customer endpoint and embedded copies write the same record in different ways (R §7.8). */
export interface ContactRow {
  readonly contactId: number;
  readonly timeStamp: EpochMs;
  readonly contact: ContactRecord;
  readonly phoneUse: 'Home' | 'Work';
}

interface Labelled {
  readonly value: string;
  readonly useType: string;
}

const address = (members: 'all' | 'filled'): Resource<ContactRecord> => ({
  name: 'ContactAddress',
  idField: '',
  scopes: [],
  fields: addressFields.map((field) =>
    members === 'all' ? field : { ...field, read: (record: ContactRecord) => field.read(record) || undefined },
  ),
  relations: [],
  sorts: [],
  archived: 'ignored',
});

const addressFields = [
  { name: 'address1', kind: 'text', read: (record: ContactRecord) => record.address1 ?? '' },
  { name: 'address2', kind: 'text', read: (): string => '' },
  { name: 'city', kind: 'text', read: (record: ContactRecord) => record.city ?? '' },
  { name: 'state', kind: 'text', read: (): string => '' },
  { name: 'zip', kind: 'text', read: (record: ContactRecord) => record.zip ?? '' },
  { name: 'country', kind: 'text', read: (record: ContactRecord) => countryName(record.countryCode) },
  { name: 'countryCode', kind: 'text', read: (record: ContactRecord) => record.countryCode ?? '' },
  { name: 'stateCode', kind: 'text', read: (): string => '' },
] as const;

const wholeAddress = address('all');
const filledAddress = address('filled');

const phone: Resource<Labelled> = labelled('ContactPhone', 'number');
const email: Resource<Labelled> = labelled('ContactEmail', 'address');
const website: Resource<Labelled> = labelled('ContactWebsite', 'url');

function labelled(name: string, value: string): Resource<Labelled> {
  return {
    name,
    idField: '',
    scopes: [],
    fields: [text(value, (record) => record.value), text('useType', (record) => record.useType)],
    relations: [],
    sorts: [],
    archived: 'ignored',
  };
}

const choices: readonly Field<ContactRow>[] = [
  text('custom', () => ''),
  flag('noEmail', (row) => row.contact.noEmail),
  flag('noPhone', (row) => row.contact.noPhone),
  flag('noMail', (row) => row.contact.noMail),
];

const stamp = datetime<ContactRow>('timeStamp', (row) => row.timeStamp / 1000);

const ways: readonly Relation<ContactRow>[] = [
  toMany('Phones', () => phone, phonesOf, { always: true, empty: 'text' }),
  toMany('Emails', () => email, emailsOf, { always: true, empty: 'text' }),
  toMany(
    'Websites',
    () => website,
    () => [],
    { always: true, empty: 'text' },
  ),
];

/** As `Customer.json` shows it: every address member, the stamp last. */
export const contact: Resource<ContactRow> = {
  name: 'Contact',
  idField: 'contactID',
  scopes: [],
  fields: choices,
  relations: [
    toMany(
      'Addresses',
      () => wholeAddress,
      (row) => [row.contact],
      { always: true, empty: 'text' },
    ),
    ...ways,
  ],
  tail: [stamp],
  sorts: [],
  archived: 'ignored',
};

/** As it stands inside sales, shops and employees: with its id, empty members left out. */
export const embeddedContact: Resource<ContactRow> = {
  ...contact,
  fields: [id('contactID', (row) => row.contactId), ...choices, stamp],
  relations: [
    toMany(
      'Addresses',
      () => filledAddress,
      (row) => (hasAddress(row.contact) ? [row.contact] : []),
      { always: true, empty: 'text' },
    ),
    ...ways,
  ],
  tail: [],
};

/** The filter-only names of R §5: `Contact.email`, `Contact.mobile`, … */
export function contactFilters<R>(read: (record: R) => ContactRecord): Record<string, (record: R) => readonly string[]> {
  const one = (value: string | null) => (value === null ? [] : [value]);
  return {
    'Contact.email': (record) => one(read(record).email),
    'Contact.phoneHome': (record) => one(read(record).homePhone),
    'Contact.phoneWork': () => [],
    'Contact.mobile': (record) => one(read(record).mobile),
    'Contact.pager': () => [],
    'Contact.fax': () => [],
  };
}

function phonesOf(row: ContactRow): Labelled[] {
  const { homePhone, mobile } = row.contact;
  return [
    ...(homePhone === null ? [] : [{ value: homePhone, useType: row.phoneUse }]),
    ...(mobile === null ? [] : [{ value: mobile, useType: 'Mobile' }]),
  ];
}

function emailsOf(row: ContactRow): Labelled[] {
  return row.contact.email === null ? [] : [{ value: row.contact.email, useType: 'Primary' }];
}

function hasAddress(record: ContactRecord): boolean {
  return record.address1 !== null || record.city !== null || record.zip !== null;
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

function countryName(code: string | null): string {
  return code === null || code === '' ? '' : (countries.of(code) ?? '');
}

/** Contacts of different owners must not share ids. */
export const contactIds = {
  shop: (shopId: string): number => Number(shopId) * 10 + 1,
  employee: (employeeId: string): number => Number(employeeId) * 10 + 2,
  customer: (customerId: string): number => Number(customerId) * 10 + 3,
};

/** A contact with nothing in it but perhaps a place. */
export function placeOnly(city: string | null, countryCode: string | null): ContactRecord {
  return {
    email: null,
    mobile: null,
    homePhone: null,
    address1: null,
    city,
    zip: null,
    countryCode,
    noEmail: false,
    noPhone: false,
    noMail: false,
  };
}

/** How a customer is reached. */
export function contactOf(record: CustomerRecord): ContactRow {
  return {
    contactId: contactIds.customer(record.id),
    timeStamp: record.timeStamp,
    contact: record.contact,
    phoneUse: 'Home',
  };
}

/** A relation to the embedded form. */
export function contactRelation<R>(read: (record: R) => ContactRow): Relation<R> {
  return toOne('Contact', () => embeddedContact, read);
}

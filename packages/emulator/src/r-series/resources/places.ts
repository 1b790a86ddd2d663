import type { EmployeeRecord, RegisterRecord, ShopRecord } from '../../world/types.ts';
import { constant, datetime, flag, id, none, text, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { contactIds, contactRelation, placeOnly } from './contact.ts';
import { taxCategory } from './taxes.ts';
import { openSince } from './tills.ts';

/** Scopes of the look-ups that almost every right may read (R §2.7). */
const lookUpScopes = [
  'employee:register',
  'employee:register_read',
  'employee:inventory',
  'employee:inventory_read',
  'employee:reports',
  'employee:workbench',
  'employee:customers',
  'employee:customers_read',
  'employee:admin',
  'employee:admin_shops',
] as const;

/** R §7.1. */
export const shop: Resource<ShopRecord> = {
  name: 'Shop',
  idField: 'shopID',
  scopes: lookUpScopes,
  fields: [
    id('shopID', (record) => record.id),
    text('name', (record) => record.name),
    constant('serviceRate', '0', 'money'),
    text('timeZone', (record) => record.timeZone),
    constant('taxLabor', 'false', 'flag'),
    constant('labelTitle', 'Shop Name'),
    constant('labelMsrp', 'false', 'flag'),
    flag('archived', (record) => record.archived),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
    constant('companyRegistrationNumber', ''),
    constant('vatNumber', ''),
    constant('zebraBrowserPrint', 'false', 'flag'),
    id('contactID', (record) => contactIds.shop(record.id)),
    id('taxCategoryID', (record) => record.taxCategoryId),
    constant('receiptSetupID', '1', 'id'),
    constant('ccGatewayID', '0', 'id'),
    constant('gatewayConfigID', ''),
    constant('priceLevelID', '1', 'id'),
  ],
  relations: [
    contactRelation((record) => ({
      contactId: contactIds.shop(record.id),
      timeStamp: record.timeStamp,
      contact: placeOnly(record.city, record.countryCode),
      phoneUse: 'Work',
    })),
    toOne(
      'TaxCategory',
      () => taxCategory,
      (record, view) => view.taxCategory(record.taxCategoryId),
    ),
    none('ReceiptSetup', false),
    none('ShelfLocations', true),
    none('CCGateway', false),
    none('PriceLevel', false),
    toMany(
      'Registers',
      () => register,
      (record, view) => view.state.registers().filter((candidate) => candidate.shopId === record.id),
    ),
  ],
  sorts: ['shopID'],
  archived: 'filtered',
};

/** R §7.2. A live register opens and closes by itself with its shop's day. */
export const register: Resource<RegisterRecord> = {
  name: 'Register',
  idField: 'registerID',
  scopes: lookUpScopes,
  fields: [
    id('registerID', (record) => record.id),
    text('name', (record) => record.name),
    flag('open', (record, view) => openSince(record, view) !== undefined),
    datetime('openTime', (record, view) => seconds(openSince(record, view)?.at)),
    flag('archived', (record) => record.archived),
    flag('tipEnabled', (record) => record.tipEnabled),
    id('openEmployeeID', (record, view) => openSince(record, view)?.employeeId),
    id('shopID', (record) => record.shopId),
    constant('ccTerminalID', ''),
  ],
  relations: [],
  sorts: ['registerID'],
  archived: 'filtered',
};

interface RoleRecord {
  readonly id: string;
  readonly name: string;
  readonly rights: readonly string[];
}

const owner: RoleRecord = {
  id: '4',
  name: 'Owner',
  rights: [
    'allow_login',
    'register',
    'register_refund',
    'register_open',
    'register_close',
    'inventory',
    'reports',
    'admin',
    'customers',
  ],
};
const cashier: RoleRecord = { id: '2', name: 'Cashier', rights: ['allow_login', 'register', 'register_refund', 'customers'] };

const employeeRight: Resource<string> = {
  name: 'EmployeeRight',
  idField: 'employeeRightID',
  scopes: [],
  fields: [id('employeeRightID', (name) => owner.rights.indexOf(name) * 4 + 4), text('name', (name) => name)],
  relations: [],
  sorts: [],
  archived: 'ignored',
};

const employeeRole: Resource<RoleRecord> = {
  name: 'EmployeeRole',
  idField: 'employeeRoleID',
  scopes: [],
  fields: [id('employeeRoleID', (record) => record.id), text('name', (record) => record.name)],
  relations: [
    toMany(
      'EmployeeRights',
      () => employeeRight,
      (record) => record.rights,
    ),
  ],
  sorts: [],
  archived: 'ignored',
};

const roleOf = (record: EmployeeRecord): RoleRecord => (record.id === '1' ? owner : cashier);

/** R §7.10. */
export const employee: Resource<EmployeeRecord> = {
  name: 'Employee',
  idField: 'employeeID',
  scopes: [],
  fields: [
    id('employeeID', (record) => record.id),
    text('firstName', (record) => record.firstName),
    text('lastName', (record) => record.lastName),
    flag('lockOut', () => false),
    flag('archived', (record) => record.archived),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
    id('contactID', (record) => contactIds.employee(record.id)),
    constant('clockInEmployeeHoursID', '0', 'id'),
    id('employeeRoleID', (record) => roleOf(record).id),
    id('limitToShopID', (record) => record.limitToShopId ?? 0),
    id('lastShopID', (record) => record.limitToShopId ?? 0),
    constant('lastSaleID', '0', 'id'),
    constant('lastRegisterID', '0', 'id'),
  ],
  relations: [
    contactRelation((record) => ({
      contactId: contactIds.employee(record.id),
      timeStamp: record.timeStamp,
      contact: placeOnly(null, null),
      phoneUse: 'Work',
    })),
    toOne('EmployeeRole', () => employeeRole, roleOf),
    toMany(
      'EmployeeRights',
      () => employeeRight,
      (record) => roleOf(record).rights,
    ),
  ],
  all: ['Contact', 'EmployeeRole', 'EmployeeRole.EmployeeRights'],
  sorts: ['employeeID', 'timeStamp'],
  archived: 'filtered',
};

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

import type { XCustomer, XCustomerGroup } from '../../world/x-types.ts';
import { listed } from '../resource.ts';
import { stamp, stampOrNull } from '../wire.ts';
import type { XDocument } from '../wire.ts';

/** X §9. Purchases raise the version: balances and the year's total are part of it. */
export const customers = listed<XCustomer>({
  name: 'customers',
  singular: 'customer',
  scopes: ['customers:read'],
  tombstones: 'on-request',
  rows: (view) => view.state.customers(),
  document: (customer) => writeCustomer(customer, false),
  dated: (customer) => writeCustomer(customer, true),
});

/** A customer in the shape of 2.0, or of the dated versions. */
export function writeCustomer(customer: XCustomer, isDated: boolean): XDocument {
  const document = customerDocument(customer);
  return isDated ? { ...document, enable_promotional_sms: customer.enablePromotionalSms } : document;
}

function customerDocument(customer: XCustomer): XDocument {
  const { physical } = customer;
  return {
    id: customer.id,
    customer_code: customer.customerCode,
    first_name: customer.firstName,
    last_name: customer.lastName,
    name: nameOf(customer),
    email: customer.email,
    year_to_date: customer.yearToDate,
    balance: customer.balance,
    loyalty_balance: customer.loyaltyBalance,
    on_account_limit: customer.onAccountLimit,
    note: customer.note,
    gender: customer.gender,
    date_of_birth: customer.dateOfBirth,
    company_name: customer.companyName,
    do_not_email: customer.doNotEmail,
    phone: customer.phone,
    mobile: customer.mobile,
    fax: null,
    twitter: null,
    website: null,
    physical_address_1: physical.address1,
    physical_address_2: physical.address2,
    physical_suburb: physical.suburb,
    physical_city: physical.city,
    physical_postcode: physical.postcode,
    physical_state: physical.state,
    physical_country_id: physical.countryCode,
    postal_address_1: null,
    postal_address_2: null,
    postal_suburb: null,
    postal_city: null,
    postal_postcode: null,
    postal_state: null,
    postal_country_id: null,
    customer_group_id: customer.customerGroupId,
    enable_loyalty: customer.enableLoyalty,
    custom_field_1: null,
    custom_field_2: null,
    custom_field_3: null,
    custom_field_4: null,
    tax_id: null,
    created_at: stamp(customer.createdAt),
    updated_at: stamp(customer.updatedAt),
    deleted_at: stampOrNull(customer.deletedAt),
    version: customer.version,
  };
}

export function nameOf(customer: XCustomer): string | null {
  const name = [customer.firstName, customer.lastName].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? customer.companyName : name;
}

/** X §9. */
export const customerGroups = listed<XCustomerGroup>({
  name: 'customer_groups',
  singular: 'customer group',
  scopes: ['customers:read'],
  tombstones: 'on-request',
  rows: (view) => view.state.customerGroups(),
  document: (group, view) => ({
    id: group.id,
    name: group.name,
    group_id: group.groupCode,
    retailer_id: view.state.retailer().id,
    created_at: stamp(group.createdAt),
    updated_at: stamp(group.updatedAt),
    deleted_at: stampOrNull(group.deletedAt),
    version: group.version,
  }),
});

import type { XOutlet, XOutletTax, XRegister, XUser } from '../../world/x-types.ts';
import { listed } from '../resource.ts';
import { missing } from '../view.ts';
import type { XView } from '../view.ts';
import { fixedText, stamp, stampOrNull } from '../wire.ts';
import type { XDocument } from '../wire.ts';

/** X §8.2. */
export const outlets = listed<XOutlet>({
  name: 'outlets',
  singular: 'outlet',
  scopes: ['outlets:read'],
  tombstones: 'on-request',
  rows: (view) => view.state.outlets(),
  document: (outlet) => ({
    id: outlet.id,
    name: outlet.name,
    default_tax_id: outlet.defaultTaxId,
    currency: outlet.currency,
    currency_symbol: outlet.currencySymbol,
    display_prices: outlet.displayPrices,
    time_zone: outlet.timeZone,
    email: outlet.email,
    phone: outlet.phone,
    physical_address_1: outlet.address,
    physical_address_2: '',
    physical_suburb: '',
    physical_city: outlet.city,
    physical_postcode: outlet.postcode,
    physical_state: '',
    physical_country_id: outlet.countryCode,
    latitude: null,
    longitude: null,
    attributes: [
      { key: 'order_reference', value: '1' },
      { key: 'order_reference_prefix', value: outlet.name.slice(0, 3).toUpperCase() },
    ],
    deleted_at: stampOrNull(outlet.deletedAt),
    version: outlet.version,
  }),
});

/** X §8.3. */
export const registers = listed<XRegister>({
  name: 'registers',
  singular: 'register',
  scopes: ['registers:read'],
  tombstones: 'on-request',
  rows: (view) => view.state.registers(),
  document: registerDocument,
});

export function registerDocument(register: XRegister): XDocument {
  return {
    id: register.id,
    name: register.name,
    outlet_id: register.outletId,
    ask_for_note_on_save: 1,
    print_note_on_receipt: false,
    ask_for_user_on_sale: false,
    show_discounts_on_receipts: true,
    print_receipt: true,
    email_receipt: true,
    invoice_prefix: register.invoicePrefix,
    invoice_suffix: register.invoiceSuffix,
    invoice_sequence: register.invoiceSequence,
    button_layout_id: null,
    is_open: register.isOpen,
    is_quick_keys_enabled: true,
    register_open_time: stamp(register.openedAt),
    register_close_time: stampOrNull(register.closedAt),
    register_open_sequence_id: register.sessionId,
    cash_managed_payment_type_id: register.cashPaymentTypeId,
    deleted_at: stampOrNull(register.deletedAt),
    version: register.version,
  };
}

/** What the drawer should hold; totals are text of two decimals (X §8.3). */
export function paymentsSummary(view: XView, registerId: string): XDocument | undefined {
  const summary = view.state.paymentsSummary(registerId);
  if (summary === undefined) return undefined;
  return {
    register_closure_id: summary.sessionId,
    register_closure_sequence_number: summary.sessionNumber,
    register_open_time: stamp(summary.openedAt),
    payments: summary.payments.map((payment) => ({
      payment_type_id: payment.paymentTypeId,
      payment_type_name: payment.name,
      total: fixedText(payment.total, 2),
    })),
  };
}

/** X §2.0 `outlet_taxes`: which tax a product has in an outlet. */
export const outletTaxes = listed<XOutletTax>({
  name: 'outlet_taxes',
  singular: 'outlet tax',
  scopes: ['outlets:read'],
  tombstones: 'on-request',
  listOnly: true,
  rows: (view) => view.state.outletTaxes(),
  filters: { outlet_id: (row, value) => row.outletId === value },
  document: (row) => ({
    outlet_id: row.outletId,
    product_id: row.productId,
    tax_id: row.taxId,
    deleted_at: stampOrNull(row.deletedAt),
    version: row.version,
  }),
});

const roles: Readonly<Record<XUser['accountType'], { readonly id: string; readonly name: string }>> = {
  admin: { id: '100', name: 'Admin' },
  manager: { id: '200', name: 'Manager' },
  cashier: { id: '300', name: 'Cashier' },
};

/** X §8.4. */
export const users = listed<XUser>({
  name: 'users',
  singular: 'user',
  scopes: ['users:read'],
  tombstones: 'always',
  rows: (view) => view.state.users(),
  document: userDocument,
});

export function userDocument(user: XUser, view: XView): XDocument {
  const role = roles[user.accountType];
  const image = 'https://images.example.test/user/no-image.png';
  return {
    id: user.id,
    username: user.username,
    display_name: user.displayName,
    email: user.email,
    email_verified_at: stamp(user.createdAt),
    switch_id: `usi:${user.id.slice(0, 12).replaceAll('-', '')}`,
    account_type: user.accountType,
    roles: [{ id: role.id, name: role.name, system_role_id: role.id }],
    enabled: user.deletedAt === null,
    restricted_outlet_id: user.restrictedOutletIds[0] ?? null,
    restricted_outlet_ids: user.restrictedOutletIds,
    permissions: missing(null, view),
    rules: {},
    is_primary_user: user.isPrimary,
    image_source: image,
    images: { ss: image, standard: image, st: image, original: image, thumb: image, sl: image, sm: image },
    target_daily: 0,
    target_weekly: 0,
    target_monthly: 0,
    seen_at: stamp(user.updatedAt),
    created_at: stamp(user.createdAt),
    updated_at: stamp(user.updatedAt),
    deleted_at: stampOrNull(user.deletedAt),
    time_until_deletion: null,
    version: user.version,
    enabled_mfa: null,
    require_password_change: false,
  };
}

import type { XCustomer, XOutlet, XPaymentType, XProduct, XRegister, XSupplier, XTax, XUser } from '../../world/x-types.ts';
import { subtractAmounts, sumAmounts } from '../amounts.ts';
import { nameOf } from '../resources/people.ts';
import { rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { fixedText, plainOrNull, plainStamp } from '../wire.ts';
import type { XDocument } from '../wire.ts';

/** The records of 0.9 (and of webhooks, which kept its shape): addresses without underscore before digits, balances as text, stamps without zone. */

export function legacyCustomer(customer: XCustomer, view: XView): XDocument {
  const { physical } = customer;
  const contact = {
    company_name: customer.companyName,
    phone: customer.phone,
    mobile: customer.mobile,
    fax: null,
    email: customer.email,
    twitter: null,
    website: null,
    physical_address1: physical.address1,
    physical_address2: physical.address2,
    physical_suburb: physical.suburb,
    physical_city: physical.city,
    physical_postcode: physical.postcode,
    physical_state: physical.state,
    physical_country_id: physical.countryCode,
    postal_address1: null,
    postal_address2: null,
    postal_suburb: null,
    postal_city: null,
    postal_postcode: null,
    postal_state: null,
    postal_country_id: null,
  };
  return {
    id: customer.id,
    name: nameOf(customer),
    customer_code: customer.customerCode,
    customer_group_id: customer.customerGroupId,
    customer_group_name: rowOf(view.state.customerGroups(), customer.customerGroupId)?.name ?? null,
    first_name: customer.firstName,
    last_name: customer.lastName,
    ...contact,
    contact: { first_name: customer.firstName, last_name: customer.lastName, ...contact },
    sex: customer.gender,
    date_of_birth: customer.dateOfBirth === null ? null : `${customer.dateOfBirth} 00:00:00`,
    enable_loyalty: customer.enableLoyalty ? 1 : 0,
    loyalty_balance: fixedText(customer.loyaltyBalance, 5),
    balance: fixedText(customer.balance, 5),
    year_to_date: fixedText(customer.yearToDate, 5),
    points: 0,
    custom_field_1: null,
    custom_field_2: null,
    custom_field_3: null,
    custom_field_4: null,
    note: customer.note,
    created_at: plainStamp(customer.createdAt),
    updated_at: plainStamp(customer.updatedAt),
    deleted_at: plainOrNull(customer.deletedAt),
  };
}

export function legacyOutlet(outlet: XOutlet, view: XView): XDocument {
  const address = {
    email: outlet.email,
    physical_address1: outlet.address,
    physical_address2: '',
    physical_suburb: '',
    physical_city: outlet.city,
    physical_postcode: outlet.postcode,
    physical_state: '',
    physical_country_id: outlet.countryCode,
  };
  return {
    id: outlet.id,
    retailer_id: view.state.retailer().id,
    name: outlet.name,
    time_zone: outlet.timeZone,
    tax_id: outlet.defaultTaxId,
    contact: { ...address, phone: outlet.phone },
    ...address,
  };
}

export function legacyRegister(register: XRegister): XDocument {
  return {
    id: register.id,
    name: register.name,
    outlet_id: register.outletId,
    button_layout_id: null,
    print_receipt: '1',
    email_receipt: '1',
    ask_for_note_on_save: '1',
    print_note_on_receipt: '0',
    ask_for_user_on_sale: '0',
    show_discounts_on_receipt: '1',
    receipt_header: '',
    receipt_barcoded: '1',
    receipt_footer: '',
    receipt_style_class: 'standard',
    invoice_prefix: register.invoicePrefix,
    invoice_suffix: register.invoiceSuffix,
    invoice_sequence: register.invoiceSequence,
    register_open_count_sequence: String(register.sessionNumber),
    register_open_sequence_id: register.sessionId,
    register_open_time: plainStamp(register.openedAt),
    register_close_time: register.closedAt === null ? '' : plainStamp(register.closedAt),
    cash_managed_payment_type_id: register.cashPaymentTypeId,
    is_quick_keys_enabled: true,
    quick_key_template_id: null,
  };
}

export function legacyPaymentType(type: XPaymentType): XDocument {
  return { id: type.id, name: type.name, payment_type_id: type.typeId, config: null };
}

export function legacyTax(tax: XTax): XDocument {
  return {
    id: tax.id,
    name: tax.name,
    rate: rateOf(tax),
    default: tax.isDefault,
    active: tax.deletedAt === null,
    rates: tax.rates.map((rate) => ({ id: rate.id, name: rate.name, rate: rate.rate })),
  };
}

/** Of a group: its rates together. */
export function rateOf(tax: XTax | undefined): number {
  return sumAmounts((tax?.rates ?? []).map((rate) => rate.rate));
}

export function legacyUser(user: XUser, view: XView): XDocument {
  const [outletId] = user.restrictedOutletIds;
  return {
    id: user.id,
    username: user.username,
    name: user.displayName,
    display_name: user.displayName,
    email: user.email,
    outlet_id: outletId ?? null,
    outlet_name: outletId === undefined ? null : (rowOf(view.state.outlets(), outletId)?.name ?? null),
    outlet_ids: user.restrictedOutletIds,
    account_type: user.accountType,
    image: { sl: 'https://images.example.test/user/no-image.png' },
    created_at: plainStamp(user.createdAt),
    updated_at: plainStamp(user.updatedAt),
  };
}

export function legacySupplier(supplier: XSupplier): XDocument {
  return {
    id: supplier.id,
    source: 'USER',
    name: supplier.name,
    description: supplier.description,
    contact: {
      company_name: supplier.name,
      email: supplier.email,
      physical_city: supplier.city,
      physical_country_id: supplier.countryCode,
    },
  };
}

/** With stock and price book entries inside, as 0.9 and `product.update` show it. */
export function legacyProduct(product: XProduct, view: XView): XDocument {
  const { state } = view;
  const tax = state.taxes().find((candidate) => candidate.isDefault);
  const brand = rowOf(state.brands(), product.brandId);
  const supplier = rowOf(state.suppliers(), product.supplierId);
  const options = ['one', 'two', 'three'].flatMap((word, index) => {
    const option = product.variantOptions[index];
    return [
      [`variant_option_${word}_name`, option?.name ?? ''],
      [`variant_option_${word}_value`, option?.value ?? ''],
    ] as const;
  });
  return {
    id: product.id,
    source_id: '',
    variant_source_id: '',
    handle: product.handle,
    type: rowOf(state.productTypes(), product.productTypeId)?.name ?? '',
    has_variants: product.hasVariants,
    variant_parent_id: product.variantParentId ?? '',
    ...Object.fromEntries(options),
    active: product.active,
    name: product.variantName,
    base_name: product.name,
    description: product.description,
    image: 'https://images.example.test/product/no-image.png',
    image_large: 'https://images.example.test/product/no-image.png',
    images: [],
    sku: product.sku,
    tags: product.tagIds.flatMap((id) => rowOf(state.tags(), id)?.name ?? []).join(', '),
    brand_id: product.brandId ?? '',
    brand_name: brand?.name ?? '',
    supplier_name: supplier?.name ?? '',
    supplier_code: product.supplierCode ?? '',
    supply_price: fixedText(product.supplyPrice, 2),
    account_code_purchase: '',
    account_code_sales: '',
    track_inventory: product.hasInventory,
    button_order: 0,
    inventory: inventoryOf(product.id, view),
    price_book_entries: priceBookEntriesOf(product.id, view),
    price: product.priceExcludingTax,
    tax: fixedText(subtractAmounts(product.priceIncludingTax, product.priceExcludingTax), 5),
    tax_id: tax?.id ?? state.retailer().noTaxId,
    tax_rate: rateOf(tax),
    tax_name: tax?.name ?? '',
    taxes: state
      .outlets()
      .flatMap((outlet) => (outlet.deletedAt === null ? [{ outlet_id: outlet.id, tax_id: outlet.defaultTaxId }] : [])),
    updated_at: plainStamp(product.updatedAt),
    deleted_at: plainOrNull(product.deletedAt) ?? '',
  };
}

const groupings = new WeakMap<readonly { readonly productId: string }[], ReadonlyMap<string, readonly unknown[]>>();

/** Rows of a list by product; grouped once for each state of the list. */
function ofProduct<R extends { readonly productId: string }>(rows: readonly R[], productId: string): readonly R[] {
  let groups = groupings.get(rows);
  if (groups === undefined) {
    groups = Map.groupBy(rows, (row) => row.productId);
    groupings.set(rows, groups);
  }
  // The list's own rows are in its groups.
  return (groups.get(productId) ?? []) as readonly R[];
}

function inventoryOf(productId: string, view: XView): XDocument[] {
  return ofProduct(view.state.inventory(), productId).map((row) => ({
    outlet_id: row.outletId,
    outlet_name: rowOf(view.state.outlets(), row.outletId)?.name ?? '',
    count: fixedText(row.level, 5),
    reorder_point: fixedText(row.reorderPoint, 5),
    restock_level: fixedText(row.reorderAmount, 5),
  }));
}

function priceBookEntriesOf(productId: string, view: XView): XDocument[] {
  return ofProduct(view.state.priceBookProducts(), productId).map((row) => {
    const book = rowOf(view.state.priceBooks(), row.priceBookId);
    return {
      id: row.id,
      product_id: row.productId,
      price_book_id: row.priceBookId,
      price_book_name: book?.name ?? '',
      type: book?.isDefault === true ? 'BASE' : 'GENERAL',
      outlet_id: book?.outletId ?? '',
      customer_group_id: book?.customerGroupId ?? '',
      price: row.priceExcludingTax,
      min_units: row.minUnits === null ? '' : String(row.minUnits),
      max_units: row.maxUnits === null ? '' : String(row.maxUnits),
      valid_from: '',
      valid_to: '',
    };
  });
}

import type { XPaymentType, XTax } from '../../world/x-types.ts';
import { listed } from '../resource.ts';
import { stamp, stampOrNull } from '../wire.ts';

const methods: Readonly<Record<number, string>> = {
  1: 'CASH',
  3: 'CARD',
  106: 'LOYALTY',
  107: 'ON_ACCOUNT',
  118: 'GIFT_CARD',
  121: 'STORE_CREDIT',
  122: 'CASH_ROUNDING',
};

/** X §8.5. Internal ones are hidden from applications, though sales name them. */
export const paymentTypes = listed<XPaymentType>({
  name: 'payment_types',
  singular: 'payment type',
  scopes: ['payment_types:read'],
  tombstones: 'on-request',
  listOnly: true,
  rows: (view) => view.state.paymentTypes(),
  hides: (type, view) => type.internal && view.scopes !== 'everything',
  document: (type) => ({
    id: type.id,
    name: type.name,
    type_id: type.typeId,
    config: null,
    deleted_at: stampOrNull(type.deletedAt),
    version: type.version,
  }),
  dated: (type, view) => ({
    id: type.id,
    name: type.name,
    type_id: type.typeId,
    config: null,
    disabled: false,
    internal: type.internal,
    gateway: null,
    is_editable: !type.internal,
    name_changed_by_user: type.nameChangedByUser,
    outlet_ids: view.state.outlets().flatMap((outlet) => (outlet.deletedAt === null ? [outlet.id] : [])),
    created_at: stamp(view.state.retailer().createdAt),
    payment_type: {
      id: String(type.typeId),
      name: methods[type.typeId] ?? 'OTHER',
      category: methods[type.typeId] ?? 'OTHER',
      internal: type.internal,
    },
    deleted_at: stampOrNull(type.deletedAt),
    version: type.version,
  }),
});

/** X §8.6: a tax is a group of rates. The list has no `version` block (X §4.2). */
export const taxes = listed<XTax>({
  name: 'taxes',
  singular: 'tax',
  scopes: ['taxes:read'],
  tombstones: 'always',
  withoutVersion: true,
  rows: (view) => view.state.taxes(),
  document: (tax) => ({
    id: tax.id,
    name: tax.name,
    version: tax.version,
    rates: tax.rates.map((rate) => ({ id: rate.id, name: rate.name, rate: rate.rate, display_name: rate.name, rules: [] })),
    is_default: tax.isDefault,
    display_name: tax.name,
    deleted_at: stampOrNull(tax.deletedAt),
  }),
});

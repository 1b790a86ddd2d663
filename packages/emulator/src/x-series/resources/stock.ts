import type {
  XConsignment,
  XConsignmentProduct,
  XInventory,
  XPriceBook,
  XPriceBookProduct,
  XPromotion,
} from '../../world/x-types.ts';
import { listed } from '../resource.ts';
import { missing, rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { fixedText, plainOrNull, stamp, stampOrNull } from '../wire.ts';
import type { XDocument } from '../wire.ts';
import { customerGroups } from './people.ts';
import { outlets } from './places.ts';

/** X §10. */
export const inventory = listed<XInventory>({
  name: 'inventory',
  singular: 'inventory',
  scopes: ['inventory:read'],
  tombstones: 'always',
  listOnly: true,
  rows: (view) => view.state.inventory(),
  document: (row) => ({
    id: row.id,
    product_id: row.productId,
    outlet_id: row.outletId,
    inventory_level: row.level,
    current_amount: row.level,
    average_cost: row.averageCost,
    reorder_point: row.reorderPoint,
    reorder_amount: row.reorderAmount,
    deleted_at: stampOrNull(row.deletedAt),
    version: row.version,
  }),
});

export const priceBooks = listed<XPriceBook>({
  name: 'price_books',
  singular: 'price book',
  scopes: ['products:read:price_books'],
  tombstones: 'always',
  rows: (view) => view.state.priceBooks(),
  document: priceBookDocument,
});

function priceBookDocument(book: XPriceBook, view: XView): XDocument {
  const group = rowOf(view.state.customerGroups(), book.customerGroupId);
  const outlet = rowOf(view.state.outlets(), book.outletId);
  const at = stamp(view.state.retailer().createdAt);
  return {
    id: book.id,
    name: book.name,
    type: book.isDefault ? 'BASE' : 'GENERAL',
    valid_from: stampOrNull(book.validFrom),
    valid_to: stampOrNull(book.validTo),
    restrict_to_platform_key: '1',
    restrict_to_platform_label: 'In Store',
    customer_group_id: book.customerGroupId,
    customer_group: group === undefined ? missing(null, view) : customerGroups.document(group, view),
    outlet_id: book.outletId,
    outlet: outlet === undefined ? {} : outlets.document(outlet, view),
    created_at: at,
    updated_at: at,
    deleted_at: stampOrNull(book.deletedAt),
    version: book.version,
  };
}

export const priceBookProducts = listed<XPriceBookProduct>({
  name: 'price_book_products',
  singular: 'price book product',
  scopes: ['products:read:price_books'],
  tombstones: 'always',
  listOnly: true,
  rows: (view) => view.state.priceBookProducts(),
  document: (row, view) => {
    const at = stamp(view.state.retailer().createdAt);
    return {
      id: row.id,
      product_id: row.productId,
      price_book_id: row.priceBookId,
      price: row.priceExcludingTax,
      default_display_price: row.priceIncludingTax,
      loyalty_value: null,
      tax_id: view.state.taxes().find((tax) => tax.isDefault)?.id ?? view.state.retailer().noTaxId,
      min_units: row.minUnits,
      max_units: row.maxUnits,
      created_at: at,
      updated_at: at,
      deleted_at: stampOrNull(row.deletedAt),
      version: row.version,
    };
  },
});

/** X §10: stamps have no zone and mean UTC. The lists page by offset. */
export const promotions = listed<XPromotion>({
  name: 'promotions',
  singular: 'promotion',
  scopes: ['promotions:read'],
  tombstones: 'on-request',
  withoutVersion: true,
  rows: (view) => view.state.promotions(),
  document: promotionDocument,
});

function promotionDocument(promotion: XPromotion, view: XView): XDocument {
  const include = promotion.productIds.map((id) => ({ field: 'product_id', value: id }));
  const local = (at: number | null): string | null => plainOrNull(at)?.replace(' ', 'T') ?? null;
  return {
    id: promotion.id,
    name: promotion.name,
    description: promotion.description,
    start_time: local(promotion.startTime),
    end_time: missing(local(promotion.endTime), view),
    condition: { type: 'product_set', quantity: 1, include, exclude: [] },
    action: { type: 'basic_percent_discount', value: promotion.discount, include: [], exclude: [] },
    loyalty_multiplier: 1,
    outlet_ids: promotion.outletIds,
    channels: promotion.channels,
    customer_group_ids: promotion.customerGroupIds,
    status: promotion.status,
    use_promo_code: promotion.promoCode !== null,
    add_promo_code: [],
    promo_code_summary: promotion.promoCode === null ? [] : [{ total_promo_code: 1, redeemed_amount: 0 }],
    version: promotion.version,
  };
}

/** The promotion with the products it is about (X §1.3; field names of the two lists are not published). */
export function promotionProducts(promotion: XPromotion, view: XView): XDocument {
  const products = view.state.products();
  const condition = promotion.productIds.flatMap((id) => {
    const product = rowOf(products, id);
    return product === undefined ? [] : [{ id, name: product.name, price: product.priceExcludingTax }];
  });
  return { ...promotionDocument(promotion, view), condition_products: condition, action_products: [] };
}

export function promotionCodes(promotion: XPromotion): XDocument {
  return {
    promo_codes:
      promotion.promoCode === null ? [] : [{ id: promotion.id, promotion_id: promotion.id, code: promotion.promoCode }],
  };
}

/** X §10; counts and costs are text of five decimals. */
export const consignments = listed<XConsignment>({
  name: 'consignments',
  singular: 'consignment',
  scopes: ['consignments:read'],
  tombstones: 'always',
  rows: (view) => view.state.consignments(),
  filters: {
    type: (row, value) => row.type === value,
    status: (row, value) => row.status === value,
    outlet_id: (row, value) => row.outletId === value,
  },
  document: (row) => ({
    id: row.id,
    outlet_id: row.outletId,
    name: row.name,
    consignment_date: stamp(row.createdAt),
    due_at: null,
    received_at: stampOrNull(row.receivedAt),
    type: row.type,
    status: row.status,
    supplier_id: row.supplierId,
    source_outlet_id: row.sourceOutletId,
    supplier_invoice: null,
    reference: row.reference,
    total_count_gain: null,
    total_cost_gain: null,
    total_count_loss: null,
    total_cost_loss: null,
    created_at: stamp(row.createdAt),
    updated_at: stamp(row.updatedAt),
    deleted_at: stampOrNull(row.deletedAt),
    version: row.version,
  }),
});

export function consignmentProduct(consignment: XConsignment, row: XConsignmentProduct, view: XView): XDocument {
  return {
    product_id: row.productId,
    product_sku: rowOf(view.state.products(), row.productId)?.sku ?? null,
    count: fixedText(row.count, 5),
    received: fixedText(row.received ?? 0, 5),
    cost: fixedText(row.cost, 5),
    is_included: true,
    status: row.received === null ? 'PENDING' : 'RECEIVE_SUCCESS',
    created_at: stamp(consignment.createdAt),
    updated_at: stamp(consignment.updatedAt),
    deleted_at: null,
    version: consignment.version,
  };
}

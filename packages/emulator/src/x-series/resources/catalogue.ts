import type { XCategory, XNamed, XProduct, XSupplier } from '../../world/x-types.ts';
import { listed } from '../resource.ts';
import type { XResource } from '../resource.ts';
import { missing, rowOf } from '../view.ts';
import type { XView } from '../view.ts';
import { stamp, stampOrNull } from '../wire.ts';
import type { XDocument } from '../wire.ts';

const noImage = 'https://images.example.test/product/no-image.png';

/** X §10. Each variant is a row of its own; relations that are absent are `{}`. Costs are for admins, not for `products:read`. */
export const products = listed<XProduct>({
  name: 'products',
  singular: 'product',
  scopes: ['products:read'],
  tombstones: 'on-request',
  rows: (view) => view.state.products(),
  filters: {
    sku: (product, value) => product.sku === value,
    name: (product, value) => product.name === value,
    family_name: (product, value) => product.name === value,
  },
  document: productDocument,
});

function productDocument(product: XProduct, view: XView): XDocument {
  const supplier = rowOf(view.state.suppliers(), product.supplierId);
  const brand = rowOf(view.state.brands(), product.brandId);
  const type = rowOf(view.state.productTypes(), product.productTypeId);
  const tags = view.state.tags();
  const mayCost = view.scopes === 'everything';
  return {
    id: product.id,
    family_id: product.familyId,
    source: 'USER',
    source_id: null,
    source_variant_id: null,
    handle: product.handle,
    variant_parent_id: product.variantParentId,
    name: product.name,
    variant_name: product.variantName,
    sku: product.sku,
    description: product.description,
    active: product.active,
    is_active: product.active,
    has_inventory: product.hasInventory,
    is_composite: product.isComposite,
    has_variants: product.hasVariants,
    variant_options: product.variantOptions,
    variant_count: product.hasVariants ? Math.max(1, product.variantOptions.length) : 0,
    price_including_tax: product.priceIncludingTax,
    price_excluding_tax: product.priceExcludingTax,
    ...(mayCost ? { supply_price: product.supplyPrice } : {}),
    loyalty_amount: product.loyaltyAmount,
    supplier_id: product.supplierId,
    supplier_code: product.supplierCode,
    supplier: supplier === undefined ? {} : namedDocument(supplier),
    product_suppliers:
      product.supplierId === null || !mayCost
        ? []
        : [{ supplier_id: product.supplierId, price: product.supplyPrice, code: product.supplierCode ?? '' }],
    product_type_id: product.productTypeId,
    type: type === undefined ? {} : namedDocument(type),
    product_category: categoryDocumentOf(product, view),
    brand_id: product.brandId,
    brand: brand === undefined ? {} : namedDocument(brand),
    tag_ids: product.tagIds,
    categories: product.tagIds.flatMap((id) => {
      const tag = rowOf(tags, id);
      return tag === undefined ? [] : [namedDocument(tag)];
    }),
    product_codes: [{ type: 'CUSTOM', code: product.sku }, ...(product.ean === null ? [] : [{ type: 'EAN', code: product.ean }])],
    images: [],
    image_url: noImage,
    image_thumbnail_url: noImage,
    account_code: null,
    account_code_purchase: null,
    attributes: [],
    button_order: 0,
    weight: 0,
    weight_unit: 'KG',
    length: 0,
    width: 0,
    height: 0,
    dimensions_unit: 'CM',
    packaging: {},
    created_at: stamp(product.createdAt),
    updated_at: stamp(product.updatedAt),
    deleted_at: stampOrNull(product.deletedAt),
    version: product.version,
  };
}

function categoryDocumentOf(product: XProduct, view: XView): XDocument {
  const category = rowOf(view.state.productCategories(), product.categoryId);
  return category === undefined ? {} : categoryDocument(category, view);
}

export function namedDocument(row: XNamed): XDocument {
  return { id: row.id, name: row.name, deleted_at: stampOrNull(row.deletedAt), version: row.version };
}

/** Product types, brands and tags: a name and nothing more. */
function named(
  name: string,
  singular: string,
  tombstones: XResource<XNamed>['tombstones'],
  rows: (view: XView) => readonly XNamed[],
): XResource<XNamed> {
  return listed<XNamed>({ name, singular, scopes: ['products:read'], tombstones, rows, document: namedDocument });
}

export const brands = named('brands', 'brand', 'on-request', (view) => view.state.brands());
export const tags = named('tags', 'tag', 'on-request', (view) => view.state.tags());

/** Deprecated in favour of categories, which it is a flat view of. */
export const productTypes = listed<XNamed>({
  name: 'product_types',
  singular: 'product type',
  scopes: ['products:read'],
  tombstones: 'always',
  rows: (view) => view.state.productTypes(),
  document: (type) => ({
    ...namedDocument(type),
    leaf_category: true,
    category_path: [{ id: type.id, name: type.name }],
  }),
});

export const suppliers = listed<XSupplier>({
  name: 'suppliers',
  singular: 'supplier',
  scopes: ['suppliers:read'],
  tombstones: 'always',
  rows: (view) => view.state.suppliers(),
  document: (supplier, view) => ({
    id: supplier.id,
    name: supplier.name,
    description: supplier.description,
    source: 'USER',
    default_markup: missing(null, view),
    contact: {
      company_name: supplier.name,
      email: supplier.email,
      physical_city: supplier.city,
      physical_country_id: supplier.countryCode,
    },
    deleted_at: stampOrNull(supplier.deletedAt),
    version: supplier.version,
  }),
});

/** A node with the way to it from the root. */
export function categoryDocument(category: XCategory, view: XView): XDocument {
  const all = view.state.productCategories();
  const path: { id: string; name: string }[] = [];
  for (let node: XCategory | undefined = category; node !== undefined; node = rowOf(all, node.parentId)) {
    path.unshift({ id: node.id, name: node.name });
  }
  return {
    id: category.id,
    name: category.name,
    root_category_id: path[0]?.id ?? category.id,
    parent_category_id: missing(category.parentId, view),
    leaf_category: category.leaf,
    category_path: path,
    deleted_at: stampOrNull(category.deletedAt),
    version: category.version,
  };
}

/** What the retailer sells: the same shelves as the R-Series account's, put into products as the X-Series knows them. */
import { makeCategories, makeItems } from '../catalogue.ts';
import { exact, times } from '../exact.ts';
import { dice } from '../random.ts';
import type { Shop } from '../shops.ts';
import { FOUNDED } from '../shops.ts';
import type { ItemRecord } from '../types.ts';
import type {
  XAmount,
  XCategory,
  XNamed,
  XOutletTax,
  XPriceBook,
  XPriceBookProduct,
  XProduct,
  XPromotion,
  XSupplier,
} from '../x-types.ts';
import { ACCOUNT_PAYMENT_PRODUCT, DISCOUNT_PRODUCT, GIFT_CARD_PRODUCT, MISC_PRODUCT } from './business.ts';
import type { Taxes } from './business.ts';
import type { XIds } from './ids.ts';
import { setupVersion } from './versions.ts';

const BRANDS = ['Nordlys', 'Saltwind', 'Bright & Daughters', 'Fjord', 'Plain Goods', 'Kettle Lane', 'Otto', 'Meadow'];
const TAGS = ['new', 'sale', 'organic', 'gift', 'outlet', 'handmade'];
const SUPPLIERS = ['North Sea Trading', 'Harvest Direct', 'Paperworks', 'Loom Brothers', 'Cellar Door'];
const SIZES = ['S', 'M', 'L'];

/** Everything about goods that nobody changes during trade. */
export interface Catalogue {
  readonly items: readonly ItemRecord[];
  readonly products: readonly XProduct[];
  readonly productTypes: readonly XNamed[];
  readonly categories: readonly XCategory[];
  readonly brands: readonly XNamed[];
  readonly tags: readonly XNamed[];
  readonly suppliers: readonly XSupplier[];
  readonly outletTaxes: readonly XOutletTax[];
  readonly priceBooks: readonly XPriceBook[];
  readonly priceBookProducts: readonly XPriceBookProduct[];
  readonly promotions: readonly XPromotion[];
}

/** The promotion that sale lines with a lower price were sold under. */
export const LINE_PROMOTION = 1;
export const GROUP_ALL = 1;
export const GROUP_VIP = 2;

/** Makes the catalogue of a seed. */
export function makeCatalogue(seed: number, ids: XIds, outlets: readonly Shop[], taxes: Taxes): Catalogue {
  const items = makeItems(seed);
  const tree = makeCategories();
  const products = [...items.map((item, index) => productOf(seed, ids, item, index)), ...internalProducts(ids, items.length)];
  const named = (kind: 'product_type' | 'brand' | 'tag', names: readonly string[]): XNamed[] =>
    names.map((name, index) => ({ id: ids.of(kind, index + 1), version: setupVersion(kind, index), deletedAt: null, name }));
  const goods = items.filter((item) => !item.archived);
  return {
    items,
    products,
    productTypes: tree
      .filter((row) => row.parentId !== null)
      .map((row, index) => ({
        id: ids.of('product_type', Number(row.id)),
        version: setupVersion('product_type', index),
        deletedAt: null,
        name: row.name,
      })),
    categories: tree.map((row, index) => ({
      id: ids.of('category', Number(row.id)),
      version: setupVersion('category', index),
      deletedAt: null,
      name: row.name,
      parentId: row.parentId === null ? null : ids.of('category', Number(row.parentId)),
      leaf: row.parentId !== null,
      path: row.fullPathName.split('/'),
    })),
    brands: named('brand', BRANDS),
    tags: named('tag', TAGS),
    suppliers: SUPPLIERS.map((name, index) => ({
      id: ids.of('supplier', index + 1),
      version: setupVersion('supplier', index),
      deletedAt: null,
      name,
      description: `${name}, delivers ${index % 2 === 0 ? 'weekly' : 'monthly'}`,
      email: `orders@supplier-${index + 1}.example.test`,
      city: index % 2 === 0 ? 'Aarhus' : 'Odense',
      countryCode: 'DK',
    })),
    outletTaxes: makeOutletTaxes(ids, outlets, items, taxes),
    priceBooks: makePriceBooks(ids, outlets),
    priceBookProducts: makePriceBookProducts(ids, goods),
    promotions: makePromotions(ids, goods, outlets),
  };
}

function productOf(seed: number, ids: XIds, item: ItemRecord, index: number): XProduct {
  const roll = dice(seed, 20, index);
  const shelf = Number(item.categoryId);
  // Clothes come in sizes: three neighbours on one shelf are one family. The shelves take turns, nine of them.
  const family = shelf <= 4 && item.itemType === 'default' ? Math.floor(index / 27) * 27 + (index % 9) : index;
  const size = SIZES[Math.floor((index - family) / 9) % SIZES.length] ?? 'S';
  const isVariant = shelf <= 4 && item.itemType === 'default';
  const name = item.description;
  return {
    id: ids.of('product', Number(item.id)),
    version: setupVersion('product', index),
    deletedAt: item.archived ? FOUNDED + 86_400_000 * 300 : null,
    name,
    variantName: isVariant ? `${name} / ${size}` : name,
    handle: isVariant ? `family-${family + 1}` : `item-${item.id}`,
    familyId: ids.of('family', family + 1),
    sku: String(10_000 + Number(item.id)),
    description: `<p>${name}</p>`,
    active: !item.archived,
    hasInventory: !item.archived && item.itemType === 'default',
    isComposite: item.itemType === 'assembly',
    hasVariants: isVariant && family === index,
    variantParentId: isVariant && family !== index ? ids.of('product', family + 1) : null,
    variantOptions: isVariant ? [{ id: ids.of('variant_attribute', 1), name: 'Size', value: size }] : [],
    ...pricesOf(item),
    supplyPrice: Number(item.cost),
    loyaltyAmount: roll.chance(0.05) ? 5 : null,
    supplierId: ids.of('supplier', 1 + (shelf % SUPPLIERS.length)),
    supplierCode: `S-${item.id}`,
    productTypeId: ids.of('product_type', shelf),
    categoryId: ids.of('category', shelf),
    brandId: roll.chance(0.8) ? ids.of('brand', 1 + roll.int(BRANDS.length)) : null,
    tagIds: TAGS.flatMap((_tag, place) => (roll.chance(0.15) ? [ids.of('tag', place + 1)] : [])),
    ean: roll.chance(0.6) ? String(5_700_000_000_000 + Number(item.id)) : null,
    weighed: item.weighed,
    internal: false,
    createdAt: FOUNDED,
    updatedAt: FOUNDED,
  };
}

/** Prices as the first outlet has them: its tax on top. */
function pricesOf(item: ItemRecord): { priceIncludingTax: XAmount; priceExcludingTax: XAmount } {
  const priceExcludingTax = Number(item.price);
  const rate = item.taxClassId === '3' ? '1' : '1.25';
  return { priceExcludingTax, priceIncludingTax: Number(times(exact(item.price), exact(rate)) / 10n ** 13n) / 1e5 };
}

function internalProducts(ids: XIds, before: number): XProduct[] {
  const made = [
    { number: DISCOUNT_PRODUCT, name: 'Discount', sku: 'vend-discount', internal: true },
    { number: GIFT_CARD_PRODUCT, name: 'Gift Card', sku: 'vend-gift-card', internal: true },
    { number: ACCOUNT_PAYMENT_PRODUCT, name: 'Account Payment', sku: 'vend-account-payment', internal: true },
    { number: MISC_PRODUCT, name: 'Miscellaneous', sku: 'misc', internal: false },
  ];
  return made.map(({ number, name, sku, internal }, index) => ({
    id: ids.of('product', number),
    version: setupVersion('product', before + index),
    deletedAt: null,
    name,
    variantName: name,
    handle: sku,
    familyId: ids.of('family', number),
    sku,
    description: '',
    active: true,
    hasInventory: false,
    isComposite: false,
    hasVariants: false,
    variantParentId: null,
    variantOptions: [],
    priceIncludingTax: 0,
    priceExcludingTax: 0,
    supplyPrice: 0,
    loyaltyAmount: null,
    supplierId: null,
    supplierCode: null,
    productTypeId: null,
    categoryId: null,
    brandId: null,
    tagIds: [],
    ean: null,
    weighed: false,
    internal,
    createdAt: FOUNDED,
    updatedAt: FOUNDED,
  }));
}

/** Which tax a product bears in an outlet, where it is not the outlet's own. */
function makeOutletTaxes(ids: XIds, outlets: readonly Shop[], items: readonly ItemRecord[], taxes: Taxes): XOutletTax[] {
  const reduced = items.filter((item) => item.taxClassId === '3');
  return outlets.flatMap((outlet, place) =>
    reduced.map((item, index) => {
      const row = place * reduced.length + index;
      return {
        id: ids.of('outlet_tax', row + 1),
        version: setupVersion('outlet_tax', row),
        deletedAt: null,
        outletId: ids.of('outlet', Number(outlet.id)),
        productId: ids.of('product', Number(item.id)),
        taxId: ids.of('tax', taxes.of(outlet.reducedRates).number),
      };
    }),
  );
}

function makePriceBooks(ids: XIds, outlets: readonly Shop[]): XPriceBook[] {
  const book = (number: number, name: string, group: number, more: Partial<XPriceBook>): XPriceBook => ({
    id: ids.of('price_book', number),
    version: setupVersion('price_book', number - 1),
    deletedAt: null,
    name,
    outletId: null,
    customerGroupId: ids.of('customer_group', group),
    validFrom: null,
    validTo: null,
    isDefault: false,
    ...more,
  });
  return [
    book(1, 'General Price Book', GROUP_ALL, { isDefault: true }),
    book(2, 'VIP', GROUP_VIP, {}),
    book(3, `Opening week ${outlets[0]?.name ?? ''}`.trim(), GROUP_ALL, {
      outletId: ids.of('outlet', 1),
      validFrom: FOUNDED,
      validTo: FOUNDED + 7 * 86_400_000,
    }),
  ];
}

function makePriceBookProducts(ids: XIds, goods: readonly ItemRecord[]): XPriceBookProduct[] {
  return goods.flatMap((item, index) => {
    const prices = pricesOf(item);
    const entry = (book: number, row: number, share: number): XPriceBookProduct => ({
      id: ids.of('price_book_product', row + 1),
      version: setupVersion('price_book_product', row),
      deletedAt: null,
      priceBookId: ids.of('price_book', book),
      productId: ids.of('product', Number(item.id)),
      priceIncludingTax: Math.round(prices.priceIncludingTax * share * 100) / 100,
      priceExcludingTax: Math.round(prices.priceExcludingTax * share * 100) / 100,
      minUnits: null,
      maxUnits: null,
    });
    return [entry(1, index * 2, 1), ...(index % 4 === 0 ? [entry(2, index * 2 + 1, 0.9)] : [])];
  });
}

function makePromotions(ids: XIds, goods: readonly ItemRecord[], outlets: readonly Shop[]): XPromotion[] {
  const outletIds = outlets.filter((outlet) => outlet.weight > 0).map((outlet) => ids.of('outlet', Number(outlet.id)));
  const names = ['Twenty off', 'Ten for members', 'Summer', 'Web week'];
  return names.map((name, index) => ({
    id: ids.of('promotion', index + 1),
    version: setupVersion('promotion', index),
    deletedAt: null,
    name,
    description: `${name}, on chosen goods`,
    startTime: FOUNDED,
    endTime: index === 2 ? FOUNDED + 150 * 86_400_000 : null,
    status: index === 2 ? 'expired' : 'active',
    discount: index === 0 ? 0.2 : 0.1,
    promoCode: index === 3 ? 'WEBWEEK' : null,
    outletIds,
    customerGroupIds: [ids.of('customer_group', index === 1 ? GROUP_VIP : GROUP_ALL)],
    channels: index === 3 ? ['Ecommerce'] : ['Register'],
    productIds: goods.filter((_item, place) => place % 7 === index).map((item) => ids.of('product', Number(item.id))),
  }));
}

/** How a list goes on (X §4). */
export type XPaging =
  /** `after` = the greatest version so far; ends with an empty page. */
  | 'version'
  /** `offset`; ends with an empty page. */
  | 'offset'
  /** `before` = the last id of the page, newest first; ends with an empty page. */
  | 'before'
  /** `after` = the server's own `page_info.last_seen`. */
  | 'last_seen';

export interface XListResource {
  /** Below the version's root. */
  readonly path: string;
  readonly paging: XPaging;
  /** Takes `deleted=true` (X §4.1); the others either show tombstones anyway or have none. */
  readonly takesDeleted: boolean;
  /** Largest page; null for the general one. */
  readonly pageSizeMax: number | null;
  /** Further parameters it needs. */
  readonly parameters?: readonly (readonly [string, string])[];
  /** Keys its records always have, each in all its spellings: a page without them is asked for once more. */
  readonly expects?: readonly (readonly string[])[];
  /** Where the rows are, when not in `data`. */
  readonly rows?: readonly [string, string];
}

/** What the figures of a sale hang on; its state needs the attributes unless the legacy status is there. */
export const SALE_KEYS = [
  ['line_items', 'register_sale_products'],
  ['payments', 'register_sale_payments'],
  ['attributes', 'status'],
] as const;

/** Every list this client reads. Others of the same style may be read by their path, see `list`. */
export const X_RESOURCES = {
  outlets: list('outlets', true),
  registers: list('registers', true),
  users: list('users', false),
  payment_types: list('payment_types', true),
  taxes: { ...list('taxes', false), expects: [['rates']] },
  outlet_taxes: list('outlet_taxes', true),
  customers: list('customers', true),
  customer_groups: list('customer_groups', true),
  products: list('products', true),
  product_types: list('product_types', false),
  product_categories: { ...list('product_categories', false), paging: 'last_seen', rows: ['data', 'categories'] },
  brands: list('brands', true),
  tags: list('tags', true),
  suppliers: list('suppliers', false),
  inventory: list('inventory', false),
  price_books: list('price_books', false),
  price_book_products: list('price_book_products', false),
  sales: { ...list('sales', false), expects: SALE_KEYS },
  gift_cards: { path: 'gift_cards', paging: 'before', takesDeleted: false, pageSizeMax: 1000 },
  store_credits: { path: 'store_credits', paging: 'before', takesDeleted: false, pageSizeMax: 1000 },
  promotions: { path: 'promotions/search', paging: 'offset', takesDeleted: false, pageSizeMax: 1000 },
  consignments: list('consignments', false),
} as const satisfies Record<string, XListResource>;

export type XResourceName = keyof typeof X_RESOURCES;

/** `/search` (X §4.4). */
export function searchOf(type: 'sales' | 'products' | 'customers'): XListResource {
  return {
    path: 'search',
    paging: 'offset',
    takesDeleted: true,
    pageSizeMax: 1000,
    parameters: [['type', type]],
    ...(type === 'sales' ? { expects: SALE_KEYS } : {}),
  };
}

function list(path: string, takesDeleted: boolean): XListResource {
  return { path, paging: 'version', takesDeleted, pageSizeMax: null };
}

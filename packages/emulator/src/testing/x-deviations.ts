/** Where answers of 2.0 differ from the vendor's OpenAPI documents on purpose, and why. Feeds the contract test and the generated page. */
export interface Deviation {
  /** `GET /retailer`, or `every list`. */
  readonly where: string;
  /** The place in the answer, as the contract test names it. */
  readonly at: string;
  readonly what: string;
  /** Section of the reference, and the switch if there is one. */
  readonly evidence: string;
}

export const deviations: readonly Deviation[] = [
  {
    where: 'GET /consignments',
    at: '',
    what: '`{ data, version }` where the document says a bare array',
    evidence: 'X §4.2 [doc]: it pages by the version cursor, which a bare array has no room for',
  },
  {
    where: 'GET /retailer',
    at: '.data.timezone',
    what: 'a zone name as text where the document says object',
    evidence: 'X §8.1: described as “e.g. Pacific/Auckland”; switch `retailerTimezone`',
  },
  {
    where: 'every list',
    at: '.version.min',
    what: 'null on an empty page',
    evidence: 'X §4.1: nullable in the 2026-07 document; switch `emptyVersion`',
  },
  {
    where: 'every list',
    at: '.version.max',
    what: 'null on an empty page',
    evidence: 'X §4.1: nullable in the 2026-07 document; switch `emptyVersion`',
  },
];

/** Fields that answers carry although the vendor's documents do not declare them. */
export interface Addition {
  /** First path segment, or `every list`. */
  readonly resource: string;
  /** Places in a record. */
  readonly fields: readonly string[];
  readonly evidence: string;
}

export const additions: readonly Addition[] = [
  {
    resource: 'every list',
    fields: ['version', 'deleted_at'],
    evidence: 'X §4.1: every row has a version and a tombstone; the examples show them',
  },
  { resource: 'outlets', fields: ['phone', 'latitude', 'longitude'], evidence: 'X §8.2' },
  { resource: 'registers', fields: ['is_quick_keys_enabled'], evidence: 'X §8.3 and the document’s example' },
  {
    resource: 'registers',
    fields: ['register_closure_id', 'register_closure_sequence_number', 'register_open_time'],
    evidence: 'X §8.3 and the document’s example of `payments_summary`',
  },
  { resource: 'payment_types', fields: ['config'], evidence: 'X §8.5 and the document’s example' },
  { resource: 'inventory', fields: ['current_amount', 'average_cost'], evidence: 'X §10' },
  {
    resource: 'products',
    fields: [
      'is_active',
      'product_category',
      'packaging',
      'variant_options[].id',
      'supplier.version',
      'categories[].version',
      'current_amount',
      'average_cost',
    ],
    evidence: 'X §10; the last two are rows of `inventory`',
  },
  { resource: 'product_categories', fields: ['categories[].deleted_at', 'categories[].version'], evidence: 'X §4.1' },
  {
    resource: 'price_books',
    fields: ['type', 'outlet.phone', 'outlet.latitude', 'outlet.longitude'],
    evidence: 'the document’s example; X §8.2',
  },
  {
    resource: 'promotions',
    fields: ['condition_products', 'action_products', 'promo_codes'],
    evidence: 'described in prose only (“a list of products …, and another list”): the names are ours',
  },
  { resource: 'suppliers', fields: ['id', 'source'], evidence: 'the document’s example' },
  { resource: 'store_credits', fields: ['data'], evidence: 'X §10: rows in `data`; the document declares one row' },
  {
    resource: 'sales',
    fields: [
      'receipt_number',
      'receipt_sequence',
      'complete_open_sequence_id',
      'accounts_transaction_id',
      'has_unsynced_on_account_payments',
      'return_ids',
      'external_applications',
      'total_price_incl',
      'total_surcharge',
      'taxes[].id',
      'adjustments[].type',
    ],
    evidence: 'X §6.1 [live], and the document’s example; it requires `type` of adjustments and declares `adjustment_type`',
  },
  {
    resource: 'sales',
    fields: [
      'line_items[].gift_card_number',
      'line_items[].promotions',
      'line_items[].return_reason',
      'line_items[].unit_cost',
      'line_items[].unit_discount',
      'line_items[].unit_loyalty_value',
      'line_items[].unit_price',
      'line_items[].unit_tax',
      'line_items[].total_cost',
      'line_items[].total_discount',
      'line_items[].total_loyalty_value',
      'line_items[].total_price',
      'line_items[].total_tax',
    ],
    evidence: 'X §6.2, and the document’s example',
  },
  {
    resource: 'sales',
    fields: [
      'payments[].register_open_sequence_id',
      'payments[].deleted_at',
      'payments[].source_id',
      'payments[].external_attributes',
      'payments[].external_applications',
    ],
    evidence: 'X §6.3',
  },
  {
    resource: 'payments',
    fields: ['register_open_sequence_id', 'deleted_at', 'source_id', 'external_attributes', 'external_applications'],
    evidence: 'X §6.3',
  },
];

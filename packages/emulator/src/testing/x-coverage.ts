import { additions, deviations } from './x-deviations.ts';

/** An endpoint that answers, with where its shape is known from: [doc] the vendor, [live] published answers, [client] other people's code, [own] ours. */
export interface CoveredEndpoint {
  readonly methods: string;
  /** Below `/api/{version}`. */
  readonly path: string;
  readonly versions: '0.9' | '2.0' | '2.0, dated' | 'dated' | '3.0';
  readonly evidence: string;
}

const list = (path: string, evidence: string, single = true): CoveredEndpoint[] => [
  { methods: 'GET', path: `/${path}`, versions: '2.0, dated', evidence },
  ...(single ? [{ methods: 'GET', path: `/${path}/{id}`, versions: '2.0, dated', evidence } as const] : []),
];

export const covered: readonly CoveredEndpoint[] = [
  ...list('sales', 'X §6 [doc][live]; nested X §7.1 [doc]'),
  { methods: 'PUT', path: '/sales/{id}/actions/return', versions: '2.0', evidence: 'X §7.3 [doc]' },
  { methods: 'POST', path: '/sales/{id}/actions/return', versions: 'dated', evidence: 'X §7.3 [doc]' },
  { methods: 'POST', path: '/sales', versions: 'dated', evidence: 'X §7.2 [doc]' },
  { methods: 'PUT', path: '/sales/{id}', versions: 'dated', evidence: 'X §7.2 [doc]' },
  { methods: 'GET', path: '/sales/{id}/fulfillments', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/sales/{id}/pick_lists', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/payments/{id}', versions: '2.0, dated', evidence: 'X §6.3 [doc]' },
  { methods: 'GET', path: '/search', versions: '2.0, dated', evidence: 'X §4.4 [doc]' },
  ...list('outlets', 'X §8.2 [doc]'),
  ...list('registers', 'X §8.3 [doc]'),
  { methods: 'GET', path: '/registers/{id}/payments_summary', versions: '2.0, dated', evidence: 'X §8.3 [doc]' },
  {
    methods: 'PUT',
    path: '/registers/{id}/actions/open',
    versions: '2.0, dated',
    evidence: 'X §8.3 [doc]; of an open one [own]',
  },
  { methods: 'PUT', path: '/registers/{id}/actions/close', versions: '2.0, dated', evidence: 'X §8.3 [doc]' },
  ...list('users', 'X §8.4 [doc]'),
  { methods: 'GET', path: '/user', versions: '2.0, dated', evidence: 'X §8.4 [doc]' },
  { methods: 'GET', path: '/users/{id}/sale_totals', versions: '2.0, dated', evidence: 'OpenAPI [doc]; days are UTC [own]' },
  ...list('payment_types', 'X §8.5 [doc]', false),
  ...list('taxes', 'X §8.6 [doc]', false),
  { methods: 'GET', path: '/taxes/{id}', versions: 'dated', evidence: 'X §1.3 [doc]' },
  ...list('outlet_taxes', 'X §8.6 [doc]', false),
  ...list('customers', 'X §9 [doc]'),
  { methods: 'POST', path: '/customers', versions: '2.0, dated', evidence: 'X §9 [doc]' },
  { methods: 'PUT, DELETE', path: '/customers/{id}', versions: '2.0, dated', evidence: 'X §9 [doc]; what deleting does [own]' },
  ...list('customer_groups', 'X §9 [doc]'),
  { methods: 'GET', path: '/customer_groups/{id}/customers', versions: '2.0, dated', evidence: 'X §9 [doc]' },
  ...list('products', 'X §10 [doc]'),
  { methods: 'GET', path: '/products/{id}/inventory', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/products/{id}/price_book_products', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  ...list('product_types', 'OpenAPI [doc]'),
  ...list('product_categories', 'OpenAPI [doc]', false),
  ...list('variant_attributes', 'OpenAPI [doc]'),
  ...list('brands', 'OpenAPI [doc]'),
  ...list('tags', 'X §10 [doc]'),
  ...list('suppliers', 'OpenAPI [doc]'),
  ...list('inventory', 'X §10 [doc]', false),
  ...list('price_books', 'OpenAPI [doc]'),
  { methods: 'GET', path: '/price_books/{id}/products', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  ...list('price_book_products', 'OpenAPI [doc]', false),
  { methods: 'GET', path: '/gift_cards', versions: '2.0, dated', evidence: 'X §4.2, §10 [doc]' },
  { methods: 'GET', path: '/gift_cards/{number}', versions: '2.0, dated', evidence: 'X §10 [doc]' },
  { methods: 'GET', path: '/gift_cards/by_id/{id}', versions: 'dated', evidence: 'X §1.3 [doc]' },
  { methods: 'GET', path: '/gift_cards/{id}', versions: '3.0', evidence: 'OpenAPI 3.0 [doc]' },
  { methods: 'GET', path: '/store_credits', versions: '2.0, dated', evidence: 'X §10 [doc]; paging [client]' },
  { methods: 'GET', path: '/store_credits/{customer}', versions: '2.0, dated', evidence: 'X §10 [doc]' },
  { methods: 'GET', path: '/store_credits/{customer}/balance', versions: 'dated', evidence: 'X §1.3 [doc]; its body [own]' },
  { methods: 'GET', path: '/store_credits/report', versions: '2.0, dated', evidence: 'X §10 [doc]' },
  ...list('promotions', 'X §10 [doc]'),
  { methods: 'GET', path: '/promotions/search', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/promotions/{id}/products', versions: '2.0, dated', evidence: 'OpenAPI, in prose; names [own]' },
  { methods: 'GET', path: '/promotions/{id}/promocodes', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  ...list('consignments', 'X §10 [doc]'),
  { methods: 'GET', path: '/consignments/{id}/products', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/consignments/{id}/totals', versions: '2.0, dated', evidence: 'OpenAPI [doc]' },
  { methods: 'GET', path: '/retailer', versions: '2.0, dated', evidence: 'X §8.1 [doc]' },
  { methods: 'GET, POST', path: '/webhooks', versions: '2.0, dated', evidence: 'X §11.2 [doc]' },
  { methods: 'GET, PUT, DELETE', path: '/webhooks/{id}', versions: '2.0, dated', evidence: 'X §11.2 [doc]' },
  { methods: 'GET, POST', path: '/register_sales', versions: '0.9', evidence: 'X §4.3, §7.2 [doc]' },
  { methods: 'GET', path: '/register_sales/{id}', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET, POST', path: '/customers', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/products', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]; sunset in 2024, by switch' },
  { methods: 'GET', path: '/outlets', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/registers', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/payment_types', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/taxes', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/taxes/{id}', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/users', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/supplier', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/supplier/{id}', versions: '0.9', evidence: 'OpenAPI 0.9 [doc]' },
  { methods: 'GET', path: '/config', versions: '0.9', evidence: 'X §1.3 [client]' },
  { methods: 'GET, POST', path: '/webhooks', versions: '0.9', evidence: 'X §11.2 [doc]' },
  { methods: 'GET, PUT, DELETE', path: '/webhooks/{id}', versions: '0.9', evidence: 'X §11.2 [doc]' },
];

/** The page `X-SERIES.md` of the package. */
export function coveragePage(): string {
  return `${[
    '# What the emulated X-Series answers',
    '<!-- Written by src/x-series/coverage.test.ts from the tables it checks. -->',
    'Below `/api/{version}`; “dated” is 2026-01, 2026-04 and 2026-07, older and ended ones are answered by the oldest supported one. 0.9 has no\nversion in its path. X §n is the reference; [doc] is the vendor’s word, [live] a published answer, [client] other people’s code, [own] ours.',
    table(
      ['method', 'path', 'version', 'evidence'],
      covered.map(({ methods, path, versions, evidence }) => [methods, `\`${path}\``, versions, evidence]),
    ),
    '## Where answers differ from the vendor’s OpenAPI documents',
    table(
      ['where', 'at', 'what', 'evidence'],
      deviations.map(({ where, at, what, evidence }) => [where, at === '' ? '' : `\`${at}\``, what, evidence]),
    ),
    '## Fields the documents do not declare',
    table(
      ['resource', 'fields', 'evidence'],
      additions.map(({ resource, fields, evidence }) => [resource, fields.map((field) => `\`${field}\``).join(' '), evidence]),
    ),
  ].join('\n\n')}\n`;
}

/** Columns padded to their widest cell, as the formatter leaves them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAgainst } from '../testing/openapi.ts';
import type { OpenApi } from '../testing/openapi.ts';
import { rowsOf, testRetailer } from '../testing/retailer.ts';
import { additions, deviations } from '../testing/x-deviations.ts';
import type { XDocument } from './wire.ts';

/** The vendor's documents, beside the checkout; not part of the repository. */
const folder = join(import.meta.dirname, '../../../../../shared/reference');
const files = ['x-series-openapi.json', 'x-series-openapi-v2.0-beta.json'].map((file) => join(folder, file));
const isPresent = files.every((file) => existsSync(file));

/** Paths of the 2.0 resources that are served, by their first segment. */
const resources = new Set([
  'outlets',
  'registers',
  'user',
  'users',
  'payment_types',
  'taxes',
  'outlet_taxes',
  'customers',
  'customer_groups',
  'products',
  'product_types',
  'product_categories',
  'variant_attributes',
  'brands',
  'tags',
  'suppliers',
  'inventory',
  'price_books',
  'price_book_products',
  'sales',
  'payments',
  'gift_cards',
  'store_credits',
  'promotions',
  'consignments',
  'retailer',
  'search',
  'webhooks',
]);

interface Operation {
  readonly document: OpenApi;
  readonly path: string;
}

function operations(): Operation[] {
  return files.flatMap((file) => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
    return Object.entries(document.paths)
      .filter(([path, methods]) => 'get' in methods && resources.has(path.split('/')[1] ?? ''))
      .map(([path]) => ({ document, path }));
  });
}

function schemaOf({ document, path }: Operation): Parameters<typeof checkAgainst>[1] {
  const schema = document.paths[path]?.['get']?.responses['200']?.content?.['application/json']?.schema;
  if (schema === undefined) throw new Error(`${path} declares no answer.`);
  return schema;
}

const where = isPresent ? '' : ` (skipped: they are not in ${folder})`;

describe.skipIf(!isPresent)(`answers of 2.0 against the vendor’s OpenAPI documents${where}`, () => {
  const store = testRetailer({ sales: 600, customers: 80 });
  const known = isPresent ? operations() : [];

  async function pathOf(path: string): Promise<string> {
    const first = async (list: string, fits: (row: XDocument) => boolean = () => true): Promise<XDocument> =>
      rowsOf(await store.get(list)).find(fits) ?? {};
    const id = async (list: string): Promise<string> => String((await first(`/2.0/${list}`))['id']);
    const sale = (await first('/2.0/sales', (row) => (row['payments'] as unknown[]).length > 0)) as {
      payments: { id: string }[];
    };
    const card = (await first('/2.0/gift_cards')) as { gift_card_transactions: { id: string }[]; number: string };
    const stocked = await first('/2.0/consignments', (row) => row['type'] !== 'STOCKTAKE');
    const [resource = ''] = path.split('/').slice(1);
    const values: Readonly<Record<string, string>> = {
      payment_id: sale.payments[0]?.id ?? '',
      number: card.number,
      transactionId: card.gift_card_transactions[0]?.id ?? '',
      customerId: String((await first('/2.0/store_credits'))['customer_id']),
      consignment_id: String(stocked['id']),
      webhookId: (await id('webhooks')) ?? '',
    };
    const own = path.includes('{') && !Object.keys(values).some((name) => path.includes(`{${name}}`)) ? await id(resource) : '';
    const filled = path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => values[name] ?? own);
    return filled === '/search' ? '/search?type=sales' : filled;
  }

  it('at least 95 % of the GET operations are as declared; every deviation is listed with its evidence', async () => {
    await store.send('POST', '/2.0/webhooks', { type: 'sale.update', active: true, url: 'http://127.0.0.1:9/hook' });
    const listed = new Set(deviations.filter(({ where }) => where !== 'every list').map(({ where, at }) => `${where}${at}`));
    const extra = new Set(additions.flatMap(({ resource, fields }) => fields.map((field) => `${resource}:${field}`)));
    const isExtra = (resource: string, field: string): boolean =>
      extra.has(`${resource}:${field}`) || extra.has(`every list:${field}`) || resource === 'search';
    const deviating = new Set<string>();
    const unlisted: string[] = [];
    const undeclared = new Set<string>();
    for (const operation of known) {
      const path = await pathOf(operation.path);
      const { status, body } = await store.get(`/2.0${path}`);
      expect([path, status]).toEqual([path, 200]);
      const { problems, undeclared: more } = checkAgainst(operation.document, schemaOf(operation), body);
      for (const problem of problems) {
        const [at = ''] = problem.split(': ');
        if (listed.has(`GET ${operation.path}${at}`)) deviating.add(operation.path);
        else unlisted.push(`GET ${operation.path} ${problem}`);
      }
      for (const field of more) {
        const [, resource = ''] = operation.path.split('/');
        const name = field.replaceAll(/\.data(?:\[\])?\.|^\./g, '');
        if (!isExtra(resource, name)) undeclared.add(`${resource}: ${name}`);
      }
    }
    expect(unlisted).toEqual([]);
    expect([...undeclared]).toEqual([]);
    expect(known.length).toBeGreaterThan(50);
    expect((known.length - deviating.size) / known.length).toBeGreaterThanOrEqual(0.95);
    // A deviation that is none is a line to take out.
    expect(deviating.size).toBe(new Set(deviations.filter(({ where }) => where !== 'every list').map(({ where }) => where)).size);
  }, 60_000);

  it('every record of every list is as declared, not only the first page', async () => {
    const unlisted = new Set<string>();
    for (const operation of known.filter(({ path }) => /^\/[a-z_]+$/.test(path))) {
      const { status, body } = await store.get(
        `/2.0${operation.path === '/search' ? '/search?type=sales' : operation.path}?page_size=10000&deleted=true`,
      );
      expect([operation.path, status]).toEqual([operation.path, operation.path === '/search' ? 400 : 200]);
      if (status !== 200) continue;
      for (const problem of checkAgainst(operation.document, schemaOf(operation), body).problems) {
        const [at = ''] = problem.split(': ');
        if (!deviations.some((deviation) => deviation.where === `GET ${operation.path}` && deviation.at === at)) {
          unlisted.add(`${operation.path} ${problem}`);
        }
      }
    }
    expect([...unlisted]).toEqual([]);
  }, 60_000);
});

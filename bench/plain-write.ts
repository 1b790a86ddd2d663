/** The bare write: sales, lines, payments and documents of a page by plain batched upserts, as fast as a program of a few lines can. */
import type pg from 'pg';
import type { LineRow, PaymentRow, SaleRow } from '../packages/hub/src/modules/ledger/sale-rows.ts';

/** A sale as the ledger keeps it, and its document. */
export interface PlainSale {
  readonly sale: SaleRow;
  readonly lines: readonly LineRow[];
  readonly payments: readonly PaymentRow[];
  readonly document: string;
}

/** The same tables with the same indexes, and one for the raw documents. */
export const PLAIN_TABLES = `
create table plain_sale (like sale including all);
create table plain_sale_line (like sale_line including all);
create table plain_payment (like payment including all);
create table plain_document (
  organization_id uuid not null, pos_account_id uuid not null, sale_id text not null, document text not null,
  primary key (organization_id, pos_account_id, sale_id)
)`;

const SALE_COLUMNS = {
  sale_id: 'text',
  number: 'text',
  shop_id: 'text',
  register_id: 'text',
  employee_id: 'text',
  customer_id: 'text',
  state: 'text',
  archived: 'boolean',
  tax_inclusive: 'boolean',
  created_at: 'timestamptz',
  occurred_at: 'timestamptz',
  changed_at: 'timestamptz',
  total: 'numeric',
  tax: 'numeric',
  business_day: 'date',
  hour: 'timestamptz',
  problem: 'text',
} as const;

const LINE_COLUMNS = {
  sale_id: 'text',
  line_id: 'text',
  position: 'bigint',
  kind: 'text',
  item_id: 'text',
  quantity: 'numeric',
  unit_price: 'numeric',
  exclusive: 'numeric',
  tax: 'numeric',
  discount: 'numeric',
  net_cents: 'bigint',
  tax_cents: 'bigint',
  discount_cents: 'bigint',
  discount_incl_cents: 'bigint',
} as const;

const PAYMENT_COLUMNS = {
  sale_id: 'text',
  payment_id: 'text',
  type_id: 'text',
  kind: 'text',
  amount: 'numeric',
  tip: 'numeric',
  paid_at: 'timestamptz',
  register_id: 'text',
  archived: 'boolean',
} as const;

const UPSERT_SALES = upsert('plain_sale', SALE_COLUMNS, ['sale_id'], { seen_at: 'now()', hash: `''`, version: '1' });
const UPSERT_LINES = upsert('plain_sale_line', LINE_COLUMNS, ['sale_id', 'line_id']);
const UPSERT_PAYMENTS = upsert('plain_payment', PAYMENT_COLUMNS, ['sale_id', 'payment_id']);
const UPSERT_DOCUMENTS = upsert('plain_document', { sale_id: 'text', document: 'text' }, ['sale_id']);

/** `insert … select from unnest(arrays) on conflict do update`, prepared once: the fastest plain form. */
function upsert(
  table: string,
  columns: Readonly<Record<string, string>>,
  key: readonly string[],
  others: Readonly<Record<string, string>> = {},
): string {
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type, index) => `$${index + 3}::${type}[]`);
  const sets = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  return `insert into ${table} (organization_id, pos_account_id, ${[...Object.keys(others), ...names].join(', ')})
select ${['$1::uuid', '$2::uuid', ...Object.values(others)].join(', ')}, rows.* from unnest(${arrays.join(', ')}) as rows
on conflict (organization_id, pos_account_id, ${key.join(', ')}) do update set ${sets.join(', ')}`;
}

/** One page, in one transaction. */
export async function writePlainly(
  client: pg.Client,
  organizationId: string,
  posAccountId: string,
  page: readonly PlainSale[],
): Promise<void> {
  const account = [organizationId, posAccountId];
  const write = async (name: string, text: string, columns: Readonly<Record<string, string>>, rows: readonly object[]) => {
    const arrays = Object.entries(columns).map(([column, type]) =>
      rows.map((row) => {
        const value = (row as Record<string, unknown>)[column] ?? null;
        return type === 'timestamptz' && typeof value === 'number' ? new Date(value) : value;
      }),
    );
    await client.query({ name, text, values: [...account, ...arrays] });
  };
  await client.query('begin');
  await write(
    'sales',
    UPSERT_SALES,
    SALE_COLUMNS,
    page.map(({ sale }) => sale),
  );
  await write(
    'lines',
    UPSERT_LINES,
    LINE_COLUMNS,
    page.flatMap(({ lines }) => lines),
  );
  await write(
    'payments',
    UPSERT_PAYMENTS,
    PAYMENT_COLUMNS,
    page.flatMap(({ payments }) => payments),
  );
  const documents = page.map(({ sale, document }) => ({ sale_id: sale.sale_id, document }));
  await write('documents', UPSERT_DOCUMENTS, { sale_id: 'text', document: 'text' }, documents);
  await client.query('commit');
}

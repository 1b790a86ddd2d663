import { CompiledQuery, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/**
 * Runs a named statement: the server parses and plans it once a connection. Kysely hands the text through to the driver as it is,
 * and the driver also takes a name with it; this is the one place that knows.
 *
 * @param name Unique to the text; at most 63 bytes.
 */
export async function runNamed<Row>(
  trx: Transaction<Database>,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const named: unknown = { name, text };
  const compiled: CompiledQuery<Row> = { ...CompiledQuery.raw('', [...values]), sql: named as string };
  const { rows } = await trx.executeQuery(compiled);
  return rows;
}

/** How a column's values travel: `text` is quoted, all others are plain words of SQL. `hex` arrives as bytea. */
type ColumnType = 'text' | 'integer' | 'bigint' | 'numeric' | 'boolean' | 'timestamptz' | 'date' | 'hex';

/** What a cell holds before it is sent; null is null in every type. */
export type Cell = string | number | boolean | null;
export type Row<Spec extends RowSpec> = Readonly<Record<keyof Spec['columns'], Cell>>;

/** Rows of one table that are written together as one array a column. */
export interface RowSpec {
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns with one value for all rows: SQL over parameters that the statement's caller binds, e.g. `{ page_id: '$3::uuid' }`. */
  readonly same?: Readonly<Record<string, string>>;
  /** What follows the insert, e.g. `on conflict … do update …`. */
  readonly suffix?: string;
}

/** The arrays of a spec's rows as PostgreSQL array texts, in column order. */
export type EncodedRows = readonly string[];

/** Turns rows into one array text a column. Kept apart from sending, so that it can be done while the database is busy. */
export function encodeRows<Spec extends RowSpec>(spec: Spec, rows: readonly Row<Spec>[]): EncodedRows {
  return Object.entries(spec.columns).map(([column, type]) => encodeColumn(column, type, rows));
}

/**
 * One statement that inserts into several tables, each from its arrays. `$1` and `$2` are the organization and the POS account,
 * the first two columns of every table; the arrays follow after `scalars` parameters.
 *
 * @param ending A statement that ends it, and may read what the spec with index n returns as `wn`.
 */
export function insertStatement(specs: readonly RowSpec[], scalars = 2, ending?: string): string {
  let parameter = scalars;
  const parts = specs.map(({ table, columns, same = {}, suffix }) => {
    const names = ['organization_id', 'pos_account_id', ...Object.keys(same), ...Object.keys(columns)];
    const constants = ['$1::uuid', '$2::uuid', ...Object.values(same)];
    const arrays = Object.values(columns).map((type) => `$${(parameter += 1)}::${type === 'hex' ? 'bytea' : type}[]`);
    return `insert into ${table} (${names.join(', ')})
select ${constants.join(', ')}, rows.* from unnest(${arrays.join(', ')}) as rows
${suffix ?? ''}`;
  });
  const last = ending ?? parts.pop() ?? 'select';
  return parts.length === 0 ? last : `with ${parts.map((part, index) => `w${index} as (${part})`).join(',\n')}\n${last}`;
}

/** `on conflict (key) do update` that takes over every other column. */
export function takeOver(key: readonly string[], columns: readonly string[]): string {
  const others = columns.filter((column) => !key.includes(column));
  const sets = others.map((column) => `${column} = excluded.${column}`).join(', ');
  return `on conflict (organization_id, pos_account_id, ${key.join(', ')}) do update set ${sets}`;
}

/** The array text of one list of texts. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map(quote).join(',')}}`;
}

function encodeColumn(column: string, type: ColumnType, rows: readonly Readonly<Record<string, Cell>>[]): string {
  switch (type) {
    case 'text':
      return `{${rows.map((row) => quote(row[column] ?? null)).join(',')}}`;
    case 'hex':
      return `{${rows.map((row) => `"\\\\x${String(row[column])}"`).join(',')}}`;
    case 'timestamptz':
      return `{${rows.map((row) => instantText(row[column] ?? null)).join(',')}}`;
    default:
      return `{${rows.map((row) => row[column] ?? 'NULL').join(',')}}`;
  }
}

// PostgreSQL's text knows no NUL; the rest of the text is kept.
const NUL = '\0';
const SPECIAL = /["\\]/gu;

function quote(value: Cell): string {
  if (value === null) return 'NULL';
  let text = String(value);
  if (text.includes(NUL)) text = text.replaceAll(NUL, '');
  return text.includes('"') || text.includes('\\') ? `"${text.replace(SPECIAL, '\\$&')}"` : `"${text}"`;
}

/** ISO text of milliseconds since 1970. */
function instantText(value: Cell): string {
  return value === null ? 'NULL' : `"${new Date(Number(value)).toISOString()}"`;
}

import { z } from '@hono/zod-openapi';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../../http/paging.ts';
import type { Database } from '../../../platform/database/schema.ts';
import { minorDigitsOf } from '../../ledger/currency.ts';
import { listMappingChanges, type MappingChange } from '../../stores/mapping-history.ts';
import { nameReceipts, type StoredReceipt } from './receipts.ts';
import type { Author, Change, ChangesQuery } from './schemas.ts';

const cursorOf = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

export interface Reader {
  /** The departments the caller is limited to; null: all. */
  readonly departmentIds: readonly string[] | null;
  readonly mayReadReceipts: boolean;
}

interface Row {
  readonly id: string;
  readonly at_text: string;
  readonly pos_account_id: string;
  readonly shop_id: string;
  readonly shop_name: string | null;
  readonly register_id: string;
  readonly register_name: string | null;
  readonly business_day: string;
  readonly run_id: string | null;
  readonly cause: Change['cause'];
  readonly author: { kind: NonNullable<Author>['kind']; id: string | null; name?: string } | null;
  readonly changes: Readonly<Record<string, readonly [number | string, number | string]>>;
  readonly receipts: readonly StoredReceipt[];
  readonly receipt_count: number;
  readonly currency: string;
  readonly department_id: string | null;
  readonly department_name: string | null;
  readonly store_id: string | null;
  readonly store_name: string | null;
}

/**
 * What changed in figures that had been shown, the newest first: corrections with the receipts that made them, and changes of settings with
 * their author. A mapping changes no stored figure but who has it: it is told with the days it touches.
 */
export async function listChanges(
  trx: Transaction<Database>,
  organizationId: string,
  query: Partial<ChangesQuery> & Pick<ChangesQuery, 'limit'>,
  reader: Reader,
): Promise<{ items: Change[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : decodeCursor(cursorOf, query.cursor);
  const limit = query.limit + 1;
  const rows = query.cause === 'mapping' ? [] : await figureChanges(trx, organizationId, query, reader, after, limit);
  const wantsMappings = query.cause === undefined || query.cause === 'mapping';
  const mappings = wantsMappings
    ? (await listMappingChanges(trx, organizationId, { ...query, departmentIds: reader.departmentIds, after, limit })).map(
        (mapping) => ({ key: [mapping.at, mapping.id] as const, change: mappingChange(mapping) }),
      )
    : [];
  const named = await nameReceipts(
    trx,
    organizationId,
    reader.mayReadReceipts ? rows.map((row) => ({ posAccountId: row.pos_account_id, receipts: row.receipts })) : [],
  );
  const all = [
    ...rows.map((row) => ({
      key: [row.at_text, row.id] as const,
      change: figureChange(row, reader.mayReadReceipts ? named(row.pos_account_id, row.receipts) : []),
    })),
    ...mappings,
  ].toSorted((a, b) => (a.key[0] === b.key[0] ? (a.key[1] < b.key[1] ? 1 : -1) : a.key[0] < b.key[0] ? 1 : -1));
  const shown = all.slice(0, query.limit);
  const last = all.length > query.limit ? shown.at(-1) : undefined;
  return { items: shown.map((one) => one.change), nextCursor: last === undefined ? null : encodeCursor([...last.key]) };
}

/** The moment to the microsecond, as text that sorts as time does. */
export function momentText(column: RawBuilder<unknown>) {
  return sql<string>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

async function figureChanges(
  trx: Transaction<Database>,
  organizationId: string,
  query: Partial<ChangesQuery>,
  { departmentIds }: Reader,
  after: readonly [string, string] | null,
  limit: number,
): Promise<readonly Row[]> {
  const department = sql`coalesce(own.department_id, whole.department_id)`;
  const conditions = [
    sql`true`,
    ...(after === null ? [] : [sql`(c.at, c.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`]),
    ...(query.from === undefined ? [] : [sql`c.business_day >= ${query.from}::date`]),
    ...(query.to === undefined ? [] : [sql`c.business_day <= ${query.to}::date`]),
    ...(query.posAccount === undefined ? [] : [sql`c.pos_account_id = ${query.posAccount}::uuid`]),
    ...(query.shop === undefined ? [] : [sql`c.shop_id = ${query.shop}`]),
    ...(query.cause === undefined ? [] : [sql`c.cause = ${query.cause}`]),
    ...(query.department === undefined ? [] : [sql`${department} = ${query.department}::uuid`]),
    ...(departmentIds === null ? [] : [sql`${department} = any(${[...departmentIds]}::uuid[])`]),
  ];
  const { rows } = await sql<Row>`
    select c.id, ${momentText(sql`c.at`)} as at_text, c.pos_account_id, c.shop_id, shop.name as shop_name, c.register_id,
      register.name as register_name, c.business_day, c.run_id, c.cause, c.author, c.changes, c.receipts, c.receipt_count,
      account.currency, department.id as department_id, department.name as department_name, store.id as store_id,
      store.name as store_name
    from turnover_change c
    join pos_account account on account.organization_id = c.organization_id and account.id = c.pos_account_id
    left join shop on shop.organization_id = c.organization_id and shop.pos_account_id = c.pos_account_id and shop.shop_id = c.shop_id
    left join register on register.organization_id = c.organization_id and register.pos_account_id = c.pos_account_id
      and register.register_id = c.register_id
    left join mapping own on own.organization_id = c.organization_id and own.pos_account_id = c.pos_account_id
      and own.shop_id = c.shop_id and own.register_id = c.register_id
      and own.valid_from <= c.business_day and (own.valid_until is null or c.business_day < own.valid_until)
    left join mapping whole on whole.organization_id = c.organization_id and whole.pos_account_id = c.pos_account_id
      and whole.shop_id = c.shop_id and whole.register_id is null
      and whole.valid_from <= c.business_day and (whole.valid_until is null or c.business_day < whole.valid_until)
    left join department on department.organization_id = c.organization_id and department.id = ${department}
    left join store on store.organization_id = c.organization_id and store.id = department.store_id
    where c.organization_id = ${organizationId} and ${sql.join(conditions, sql` and `)}
    order by c.at desc, c.id desc
    limit ${limit}`.execute(trx);
  return rows;
}

function figureChange(row: Row, receipts: Change['receipts']): Change {
  return {
    id: row.id,
    at: row.at_text,
    cause: row.cause,
    day: row.business_day,
    until: null,
    posAccountId: row.pos_account_id,
    shopId: row.shop_id,
    shopName: row.shop_name ?? row.shop_id,
    registerId: row.register_id,
    registerName: row.register_name,
    department: row.department_id === null ? null : { id: row.department_id, name: row.department_name ?? '' },
    store: row.store_id === null ? null : { id: row.store_id, name: row.store_name ?? '' },
    currency: row.currency,
    minorDigits: minorDigitsOf(row.currency),
    changes: Object.entries(row.changes).map(([measure, [old, now]]) => ({ measure, old, new: now })),
    receipts,
    receiptCount: row.receipt_count,
    runId: row.run_id,
    author: authorOf(row.author),
  };
}

export function authorOf(author: Row['author']): Author {
  return author === null ? null : { kind: author.kind, id: author.id, name: author.name ?? null };
}

function mappingChange(mapping: MappingChange): Change {
  return {
    id: mapping.id,
    at: mapping.at,
    cause: 'mapping',
    day: mapping.touches.from,
    until: mapping.touches.until,
    posAccountId: mapping.posAccountId,
    shopId: mapping.shopId,
    shopName: mapping.shopName,
    registerId: null,
    registerName: null,
    department: mapping.department,
    store: null,
    currency: mapping.currency,
    minorDigits: minorDigitsOf(mapping.currency),
    changes: [],
    receipts: [],
    receiptCount: 0,
    runId: null,
    author: mapping.author,
  };
}

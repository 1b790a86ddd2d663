import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { minorDigitsOf } from '../ledger/currency.ts';
import { isQuantity, PAYMENT_MEASURES, SALE_MEASURES } from '../ledger/figure/measures.ts';
import type { FactCell } from './schemas.ts';
import { quantityText } from './values.ts';

interface CellsQuery {
  readonly from: string;
  readonly to: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const STORED = [...SALE_MEASURES, ...PAYMENT_MEASURES];
const cursorOf = z.tuple([z.uuid(), z.string(), z.string(), z.string(), z.string()]);

interface Row {
  readonly [measure: string]: unknown;
  readonly pos_account_id: string;
  readonly provider: 'lightspeed-r' | 'lightspeed-x';
  readonly external_id: string;
  readonly currency: string;
  readonly shop_id: string;
  readonly register_id: string;
  readonly business_day: string;
  readonly hour: Date;
  readonly payment_types: Readonly<Record<string, number>> | null;
}

/**
 * The facts as they are stored, before any mapping, in key order: every shop × register × business day × hour with every measure that is
 * not 0, payments by type among them. What other programs compare or copy.
 *
 * @throws AppError `invalid_request` for a reversed range or a foreign cursor.
 */
export async function listCells(
  trx: Transaction<Database>,
  organizationId: string,
  query: CellsQuery,
  departmentIds: readonly string[] | null = null,
): Promise<{ items: FactCell[]; nextCursor: string | null }> {
  if (query.to < query.from) throw new AppError('invalid_request', '`to` is before `from`.');
  const after = query.cursor === undefined ? null : decodeCursor(cursorOf, query.cursor);
  const rest =
    after === null
      ? sql`true`
      : sql`(fact.pos_account_id, fact.shop_id, fact.business_day, fact.register_id, fact.hour) >
          (${after[0]}::uuid, ${after[1]}, ${after[2]}::date, ${after[3]}, ${after[4]}::timestamptz)`;
  const theirs =
    departmentIds === null
      ? sql`true`
      : sql`exists (
          select from mapping m where m.organization_id = ${organizationId} and m.pos_account_id = fact.pos_account_id
            and m.shop_id = fact.shop_id and m.department_id = any(${[...departmentIds]}::uuid[])
            and m.valid_from <= fact.business_day and (m.valid_until is null or fact.business_day < m.valid_until)
            and (m.register_id = fact.register_id or (m.register_id is null and not exists (
              select from mapping own where own.organization_id = ${organizationId} and own.pos_account_id = fact.pos_account_id
                and own.shop_id = fact.shop_id and own.register_id = fact.register_id and own.valid_from <= fact.business_day
                and (own.valid_until is null or fact.business_day < own.valid_until)))))`;
  const columns = sql.join(
    STORED.map((name) =>
      isQuantity(name) ? sql`(${sql.ref(`fact.${name}`)} * 1000000)::bigint as ${sql.ref(name)}` : sql.ref(`fact.${name}`),
    ),
  );
  const { rows } = await sql<Row>`
    select fact.pos_account_id, account.provider, account.external_id, account.currency,
      fact.shop_id, fact.register_id, fact.business_day, fact.hour, ${columns}, types.payment_types
    from (
      select * from fact
      where fact.organization_id = ${organizationId} and fact.business_day between ${query.from}::date and ${query.to}::date
        and ${rest} and ${theirs}
      order by fact.organization_id, fact.pos_account_id, fact.shop_id, fact.business_day, fact.register_id, fact.hour
      limit ${query.limit + 1}
    ) fact
    join pos_account account on account.organization_id = fact.organization_id and account.id = fact.pos_account_id
    left join lateral (
      select jsonb_object_agg(payment_fact.payment_type_id, payment_fact.payments) as payment_types
      from payment_fact
      where payment_fact.organization_id = fact.organization_id and payment_fact.pos_account_id = fact.pos_account_id
        and payment_fact.shop_id = fact.shop_id and payment_fact.business_day = fact.business_day
        and payment_fact.register_id = fact.register_id and payment_fact.hour = fact.hour
    ) types on true
    order by fact.pos_account_id, fact.shop_id, fact.business_day, fact.register_id, fact.hour`.execute(trx);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toCell),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor([last.pos_account_id, last.shop_id, last.business_day, last.register_id, last.hour.toISOString()]),
  };
}

function toCell(row: Row): FactCell {
  return {
    posAccountId: row.pos_account_id,
    provider: row.provider,
    accountId: row.external_id,
    currency: row.currency,
    minorDigits: minorDigitsOf(row.currency),
    shopId: row.shop_id,
    registerId: row.register_id,
    day: row.business_day,
    hour: row.hour.toISOString(),
    measures: { ...storedMeasures(row), ...paymentMeasures(row.payment_types ?? {}) },
  };
}

function storedMeasures(row: Row): Record<string, number | string> {
  const measures: Record<string, number | string> = {};
  for (const name of STORED) {
    const value = row[name];
    if (typeof value === 'number' && value !== 0) measures[name] = isQuantity(name) ? quantityText(value) : value;
  }
  return measures;
}

function paymentMeasures(types: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(types)
      .filter(([, amount]) => amount !== 0)
      .map(([type, amount]) => [`payments:${type}`, amount]),
  );
}

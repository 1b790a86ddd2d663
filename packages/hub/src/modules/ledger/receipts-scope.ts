import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';

/** The departments a reader is limited to; null: none are hidden. */
export type Limit = readonly string[] | null;

/** Condition on `sale`: its own register belonged, on its business day, to one of these departments, by the mapping as it stands. */
export function saleIsWithin(organizationId: string, limit: Limit): RawBuilder<unknown> {
  if (limit === null) return sql`true`;
  const holds = (alias: string) => {
    const of = (column: string) => sql.ref(`${alias}.${column}`);
    return sql`${of('organization_id')} = ${organizationId} and ${of('pos_account_id')} = sale.pos_account_id
      and ${of('shop_id')} = sale.shop_id and ${of('valid_from')} <= sale.business_day
      and (${of('valid_until')} is null or sale.business_day < ${of('valid_until')})`;
  };
  return sql`exists (
    select from mapping m
    where ${holds('m')} and m.department_id = any(${[...limit]}::uuid[]) and (m.register_id = sale.register_id
      or (m.register_id is null and not exists (select from mapping own where ${holds('own')} and own.register_id = sale.register_id)))
  )`;
}

/** @throws AppError `not_found` for a receipt that is none, or not within the limit. */
export async function requireReceiptWithin(
  trx: Transaction<Database>,
  { organizationId, posAccountId, saleId }: { organizationId: string; posAccountId: string; saleId: string },
  limit: Limit,
): Promise<void> {
  if (limit === null) return;
  const { rows } = await sql`
    select from sale where sale.organization_id = ${organizationId} and sale.pos_account_id = ${posAccountId}
      and sale.sale_id = ${saleId} and ${saleIsWithin(organizationId, limit)}`.execute(trx);
  if (rows.length === 0) throw new AppError('not_found', 'No such receipt is known.', { details: { posAccountId, saleId } });
}

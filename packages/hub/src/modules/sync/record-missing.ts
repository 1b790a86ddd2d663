import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { rememberFigures } from '../ledger/dirty-sales.ts';
import type { LedgerScope } from '../ledger/record-sales.ts';

/** Why such a sale no longer counts, where people see why a sale was voided. */
const REASON = 'The POS no longer has this sale.';

/**
 * Notes that the POS, asked for these sales by their ids, does not have them. The first time their days are in doubt; another time it stands,
 * and they are taken from their days as a void takes them (D14). What was known of them stays, and if they come again they count again.
 *
 * @param isCertain False where the answers themselves are in doubt: then the sales are, and nothing more.
 */
export async function recordMissing(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: LedgerScope,
  saleIds: readonly string[],
  { at, isCertain }: { readonly at: Instant; readonly isCertain: boolean },
): Promise<void> {
  const account = sql`organization_id = ${organizationId} and pos_account_id = ${posAccountId}`;
  const { rows } = await sql<{ sale_id: string }>`
    select sale_id from sale where ${account} and sale_id = any(${saleIds}) and problem = 'missing_at_pos'`.execute(trx);
  const again = rows.map(({ sale_id }) => sale_id);
  await sql`
    update sale set problem = 'missing_at_pos'
    where ${account} and sale_id = any(${saleIds}) and not sale_id = any(${again})`.execute(trx);
  if (!isCertain || again.length === 0) return;
  await rememberFigures(trx, [organizationId, posAccountId], again);
  await sql`
    with sales as (delete from sale_figure where ${account} and sale_id = any(${again}) returning shop_id, business_day),
    payments as (delete from payment_figure where ${account} and sale_id = any(${again}) returning shop_id, business_day),
    sales_aside as (delete from left_out_sale_figure where ${account} and sale_id = any(${again})),
    payments_aside as (delete from left_out_payment_figure where ${account} and sale_id = any(${again}))
    insert into dirty_day (organization_id, pos_account_id, shop_id, business_day, generation)
    select ${organizationId}::uuid, ${posAccountId}::uuid, shop_id, business_day, pg_current_xact_id()::text::bigint
    from (select * from sales union select * from payments) touched
    order by shop_id, business_day
    on conflict (organization_id, pos_account_id, shop_id, business_day) do update set generation = excluded.generation`.execute(
    trx,
  );
  // Another hash, and an earlier number where the POS counts: whatever comes of it again is news.
  await sql`
    update sale set state = 'voided', problem = null, hash = sha256(hash), pos_version = pos_version - 1
    where ${account} and sale_id = any(${again})`.execute(trx);
  await sql`
    insert into sale_void (organization_id, pos_account_id, sale_void_id, sale_id, shop_id, reason, voided_at, checked_at)
    select organization_id, pos_account_id, 'missing:' || sale_id, sale_id, shop_id, ${REASON}, ${new Date(at)}, ${new Date(at)}
    from sale where ${account} and sale_id = any(${again})
    on conflict do nothing`.execute(trx);
}

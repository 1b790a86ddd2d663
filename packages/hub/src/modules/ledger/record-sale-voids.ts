import type { Instant, SaleVoid } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { LedgerScope } from './record-sales.ts';
import { encodeRows, insertStatement, runNamed, takeOver, textArray } from './statement.ts';

const columns = {
  sale_void_id: 'text',
  sale_id: 'text',
  employee_id: 'text',
  shop_id: 'text',
  reason: 'text',
  voided_at: 'timestamptz',
} as const;
const SALE_VOID = { table: 'sale_void', columns, suffix: takeOver(['sale_void_id'], Object.keys(columns)) } as const;
const WRITE = insertStatement([SALE_VOID]);

/** Keeps who voided which sale, when and why (D14). Repeating it changes nothing. */
export async function recordSaleVoids(trx: Transaction<Database>, scope: LedgerScope, voids: readonly SaleVoid[]): Promise<void> {
  const distinct = [...new Map(voids.map((saleVoid) => [saleVoid.id, saleVoid])).values()];
  if (distinct.length === 0) return;
  const rows = distinct.map((saleVoid) => ({
    sale_void_id: saleVoid.id,
    sale_id: saleVoid.saleId,
    employee_id: saleVoid.employeeId,
    shop_id: saleVoid.shopId,
    reason: saleVoid.reason,
    voided_at: saleVoid.voidedAt,
  }));
  await runNamed(trx, 'ledger.write_sale_voids', WRITE, [
    scope.organizationId,
    scope.posAccountId,
    ...encodeRows(SALE_VOID, rows),
  ]);
}

export interface UncheckedVoid {
  readonly voidId: string;
  readonly saleId: string;
  /** State of its sale as stored; null when it is not. A void need not move its sale's change stamp, so others than voided are read again. */
  readonly saleState: 'open' | 'completed' | 'voided' | null;
}

/** Voids whose sales have not been seen voided yet, in the order of their ids, after `afterId`. */
export async function readUncheckedVoids(
  trx: Transaction<Database>,
  scope: LedgerScope,
  { afterId, limit }: { readonly afterId: string; readonly limit: number },
): Promise<UncheckedVoid[]> {
  const rows = await runNamed<{
    sale_void_id: string;
    sale_id: string;
    state: UncheckedVoid['saleState'];
  }>(
    trx,
    'ledger.unchecked_voids',
    `select v.sale_void_id, v.sale_id, s.state
from sale_void v
left join sale s on s.organization_id = $1::uuid and s.pos_account_id = $2::uuid and s.sale_id = v.sale_id
where v.organization_id = $1::uuid and v.pos_account_id = $2::uuid and v.checked_at is null and v.sale_void_id > $3
  -- Sales of a frozen shop are not taken in: their voids wait until it is thawed.
  and not exists (
    select from shop f where f.organization_id = $1::uuid and f.pos_account_id = $2::uuid
      and f.shop_id = coalesce(s.shop_id, v.shop_id) and f.frozen_at is not null
  )
order by v.sale_void_id limit $4`,
    [scope.organizationId, scope.posAccountId, afterId, limit],
  );
  return rows.map((row) => ({
    voidId: row.sale_void_id,
    saleId: row.sale_id,
    saleState: row.state,
  }));
}

/**
 * Notes that the sales of these voids have been read since: voided, or voided before `giveUpAt` and still not. The latter is a problem of the
 * sale; a later void waits.
 */
export async function markVoidsChecked(
  trx: Transaction<Database>,
  scope: LedgerScope,
  voidIds: readonly string[],
  { at, giveUpAt }: { readonly at: Instant; readonly giveUpAt: Instant },
): Promise<void> {
  await runNamed(
    trx,
    'ledger.check_voids',
    `with settled as (
  select v.sale_void_id, v.sale_id, s.state from sale_void v
  left join sale s on s.organization_id = $1::uuid and s.pos_account_id = $2::uuid and s.sale_id = v.sale_id
  where v.organization_id = $1::uuid and v.pos_account_id = $2::uuid and v.sale_void_id = any($3::text[])
    and (s.state = 'voided' or v.voided_at is null or v.voided_at < $5::timestamptz)
), contradicted as (
  update sale set problem = coalesce(problem, 'void_without_effect')
  where organization_id = $1::uuid and pos_account_id = $2::uuid
    and sale_id in (select sale_id from settled where state <> 'voided')
)
update sale_void set checked_at = $4::timestamptz
where organization_id = $1::uuid and pos_account_id = $2::uuid and sale_void_id in (select sale_void_id from settled)`,
    [scope.organizationId, scope.posAccountId, textArray(voidIds), new Date(at), new Date(giveUpAt)],
  );
}

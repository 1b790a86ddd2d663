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

export interface UncheckedVoids {
  readonly voidIds: readonly string[];
  /** Sales that are not stored as voided yet: a void need not move their change stamp, so they are read again by id. */
  readonly saleIds: readonly string[];
}

/** Voids whose sales nobody has looked at since, the oldest first. */
export async function readUncheckedVoids(trx: Transaction<Database>, scope: LedgerScope, limit: number): Promise<UncheckedVoids> {
  const rows = await runNamed<{ sale_void_id: string; sale_id: string; voided: boolean }>(
    trx,
    'ledger.unchecked_voids',
    `select v.sale_void_id, v.sale_id, coalesce(s.state = 'voided', false) as voided
from sale_void v
left join sale s on s.organization_id = $1::uuid and s.pos_account_id = $2::uuid and s.sale_id = v.sale_id
where v.organization_id = $1::uuid and v.pos_account_id = $2::uuid and v.checked_at is null
order by v.sale_void_id limit $3`,
    [scope.organizationId, scope.posAccountId, limit],
  );
  return {
    voidIds: rows.map((row) => row.sale_void_id),
    saleIds: [...new Set(rows.flatMap((row) => (row.voided ? [] : [row.sale_id])))],
  };
}

/** Notes that the sales of these voids have been read since. */
export async function markVoidsChecked(
  trx: Transaction<Database>,
  scope: LedgerScope,
  voidIds: readonly string[],
  at: Instant,
): Promise<void> {
  await runNamed(
    trx,
    'ledger.check_voids',
    `update sale_void set checked_at = $4::timestamptz
where organization_id = $1::uuid and pos_account_id = $2::uuid and sale_void_id = any($3::text[])`,
    [scope.organizationId, scope.posAccountId, textArray(voidIds), new Date(at)],
  );
}

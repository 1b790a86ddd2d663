import { sql, type Transaction } from 'kysely';
import type { Database } from '../../../platform/database/schema.ts';
import type { ChangedReceipt } from './schemas.ts';

/** A receipt as the change log keeps it. */
export type StoredReceipt = Pick<ChangedReceipt, 'saleId' | 'cause' | 'changes'>;

interface Named {
  readonly number: string | null;
  readonly voidedAt: string | null;
  readonly voidReason: string | null;
}

/** The numbers of receipts that changes name, and when and why they were voided, all in one question. */
export async function nameReceipts(
  trx: Transaction<Database>,
  organizationId: string,
  wanted: readonly { readonly posAccountId: string; readonly receipts: readonly StoredReceipt[] }[],
): Promise<(posAccountId: string, receipts: readonly StoredReceipt[]) => ChangedReceipt[]> {
  const keys = wanted.flatMap(({ posAccountId, receipts }) => receipts.map(({ saleId }) => ({ posAccountId, saleId })));
  const names = new Map<string, Named>();
  if (keys.length > 0) {
    const { rows } = await sql<{
      pos_account_id: string;
      sale_id: string;
      number: string;
      voided_at: Date | null;
      reason: string | null;
    }>`
      select distinct on (sale.pos_account_id, sale.sale_id) sale.pos_account_id, sale.sale_id, sale.number, v.voided_at, v.reason
      from unnest(${keys.map((key) => key.posAccountId)}::uuid[], ${keys.map((key) => key.saleId)}::text[])
        as wanted (pos_account_id, sale_id)
      join sale on sale.organization_id = ${organizationId} and sale.pos_account_id = wanted.pos_account_id
        and sale.sale_id = wanted.sale_id
      left join sale_void v on v.organization_id = ${organizationId} and v.pos_account_id = sale.pos_account_id
        and v.sale_id = sale.sale_id
      order by sale.pos_account_id, sale.sale_id, v.voided_at desc nulls last`.execute(trx);
    for (const row of rows) {
      names.set(`${row.pos_account_id}/${row.sale_id}`, {
        number: row.number,
        voidedAt: row.voided_at?.toISOString() ?? null,
        voidReason: row.reason,
      });
    }
  }
  const unknown: Named = { number: null, voidedAt: null, voidReason: null };
  return (posAccountId, receipts) =>
    receipts.map((receipt) => ({ posAccountId, ...receipt, ...(names.get(`${posAccountId}/${receipt.saleId}`) ?? unknown) }));
}

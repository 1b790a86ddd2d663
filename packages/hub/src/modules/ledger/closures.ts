import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/** A register's closing as the POS reported it: something to compare our figures with, never part of them. */
export interface StoredClosure {
  readonly closureId: string;
  readonly registerId: string;
  /** Null where the POS does not say: the register's shop. */
  readonly shopId: string | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
  /** The POS's own document; JSON. */
  readonly document: unknown;
}

interface OfAccount {
  readonly organizationId: string;
  readonly posAccountId: string;
}

/** Keeps closings; one that is known stays as it was first told. @returns How many were new. */
export async function keepClosures(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: OfAccount,
  closures: readonly StoredClosure[],
): Promise<number> {
  if (closures.length === 0) return 0;
  const rows = closures.map(({ closureId, registerId, shopId, openedAt, closedAt, document }) => ({
    closure_id: closureId,
    register_id: registerId,
    shop_id: shopId,
    opened_at: new Date(openedAt).toISOString(),
    closed_at: new Date(closedAt).toISOString(),
    document,
  }));
  const { numAffectedRows } = await sql`
    insert into register_closure (organization_id, pos_account_id, closure_id, register_id, shop_id, opened_at, closed_at, document)
    select ${organizationId}::uuid, ${posAccountId}::uuid, r.*
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(closure_id text, register_id text, shop_id text, opened_at timestamptz,
      closed_at timestamptz, document jsonb)
    on conflict do nothing`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

/** Closings of registers that were opened between two moments, the oldest first. */
export async function readClosures(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: OfAccount,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<readonly StoredClosure[]> {
  const rows = await trx
    .selectFrom('register_closure')
    .select(['closure_id', 'register_id', 'shop_id', 'opened_at', 'closed_at', 'document'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('opened_at', '>=', new Date(from))
    .where('opened_at', '<', new Date(until))
    .orderBy('opened_at')
    .orderBy('closure_id')
    .execute();
  return rows.map((row) => ({
    closureId: row.closure_id,
    registerId: row.register_id,
    shopId: row.shop_id,
    openedAt: row.opened_at.getTime() as Instant,
    closedAt: row.closed_at.getTime() as Instant,
    document: row.document,
  }));
}

/** The greatest id of closings before a moment, where they are numbered (R-Series); null before the first is kept. */
export async function newestClosure(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: OfAccount,
  before: Date,
): Promise<string | null> {
  const { rows } = await sql<{ newest: string | null }>`
    select max(closure_id::bigint)::text as newest from register_closure
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and closed_at < ${before}`.execute(trx);
  return rows[0]?.newest ?? null;
}

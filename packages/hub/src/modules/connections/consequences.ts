import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';
import { getCard } from './card.ts';
import type { ConnectionRef } from './credential.ts';

/** What removing or retiring a connection would mean. */
export interface Consequences {
  /** The departments that would get no new figures. */
  readonly usedBy: { readonly kind: 'department'; readonly id: string; readonly name: string }[];
  readonly shops: number;
  /** Stored, and kept. */
  readonly sales: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly keeps: ('sales' | 'customers' | 'figures' | 'mappings')[];
  readonly stops: ('new_sales' | 'late_changes')[];
  /** Whether the POS is told to end our access too; elsewhere somebody does so there. */
  readonly revokesAtPos: boolean;
}

/** @throws AppError `not_found`. */
export async function readConsequences(services: Services, ref: ConnectionRef): Promise<Consequences> {
  const { usedBy, posAccount, provider, apiType } = await getCard(services, ref);
  const counted = await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const { rows } = await sql<{ shops: number; sales: number; first_day: string | null; last_day: string | null }>`
      select (select count(*)::int from shop where organization_id = ${ref.organizationId} and pos_account_id = ${posAccount?.id ?? null}::uuid) as shops,
        count(*)::int as sales, min(business_day) as first_day, max(business_day) as last_day
      from sale where organization_id = ${ref.organizationId} and pos_account_id = ${posAccount?.id ?? null}::uuid`.execute(trx);
    return rows[0] ?? { shops: 0, sales: 0, first_day: null, last_day: null };
  });
  return {
    usedBy,
    shops: counted.shops,
    sales: counted.sales,
    firstDay: counted.first_day,
    lastDay: counted.last_day,
    keeps: posAccount === null ? [] : ['sales', 'customers', 'figures', 'mappings'],
    stops: posAccount === null ? [] : ['new_sales', 'late_changes'],
    revokesAtPos: provider === 'lightspeed-r' && apiType !== 'key' && posAccount !== null,
  };
}

/** What holds reading up, as it stands now: history imports without progress (W7), tills that slow us down. */
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Matter } from './notify.ts';

/** A history import that got no further for so long is overdue. */
const OVERDUE = '2 hours';
/** A till may ask us to wait now and then; for so long without a break somebody should know. */
const SLOW = '15 minutes';

/** Connections whose first import is not through and has made no progress. Those that may make no calls are not waited for. */
export async function overdueImports(trx: Transaction<Database>, organizationId: string, at: Date): Promise<Matter[]> {
  const { rows } = await sql<{ connectionId: string; connection: string; since: Date }>`
    select connection.id as "connectionId", connection.name as connection,
      greatest(coalesce(history.updated_at, connection.created_at), resumed.at) as since
    from connection
      left join cursor history on history.organization_id = connection.organization_id
        and history.pos_account_id = connection.pos_account_id and history.stream = 'sales' and history.lane = 'history'
      -- Thawed or authorized again: it gets its two hours from then on.
      left join lateral (
        select max(event.at) as at from connection_event event
        where event.organization_id = connection.organization_id and event.connection_id = connection.id
          and event.shop_id is null and event.to_state = 'active') resumed on true
    where connection.organization_id = ${organizationId} and connection.state in ('active', 'throttled')
      and connection.pos_account_id is not null and history.caught_up_at is null
      and greatest(coalesce(history.updated_at, connection.created_at), resumed.at) < ${at}::timestamptz - ${OVERDUE}::interval
    order by connection.name`.execute(trx);
  return rows.map(({ connectionId, connection, since }) => ({
    key: connectionId,
    data: { connectionId, connection, since: `${since.toISOString().slice(0, 16).replace('T', ' ')} UTC` },
  }));
}

/** Connections that the till has held back without a break. */
export async function lowBudgets(trx: Transaction<Database>, organizationId: string, at: Date): Promise<Matter[]> {
  const { rows } = await sql<{ connectionId: string; connection: string }>`
    select id as "connectionId", name as connection from connection
    where organization_id = ${organizationId} and state = 'throttled'
      and state_changed_at < ${at}::timestamptz - ${SLOW}::interval
    order by name`.execute(trx);
  return rows.map(({ connectionId, connection }) => ({ key: connectionId, data: { connectionId, connection } }));
}

/**
 * The organizations in which any of these, or documents set aside, may have to be told of or settled: one cheap question for all, so that it
 * can be asked often.
 */
export async function organizationsHeldUp(trx: Transaction<Database>, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select organization_id as id from notification
    where resolved_at is null and kind in ('import_overdue', 'budget_low', 'documents_set_aside')
    union
    select organization_id from connection
    where state = 'throttled' and state_changed_at < ${at}::timestamptz - ${SLOW}::interval
    union
    select connection.organization_id from connection
      left join cursor history on history.organization_id = connection.organization_id
        and history.pos_account_id = connection.pos_account_id and history.stream = 'sales' and history.lane = 'history'
    where connection.state in ('active', 'throttled') and connection.pos_account_id is not null and history.caught_up_at is null
      and coalesce(history.updated_at, connection.created_at) < ${at}::timestamptz - ${OVERDUE}::interval`.execute(trx);
  return rows.map(({ id }) => id);
}

import type { Transaction } from 'kysely';
import { z } from '@hono/zod-openapi';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { AuditActor } from '../audit/record-audit.ts';
import type { ConnectionRef } from './credential.ts';

/** A change of state of a connection, or of one shop of its account. */
export interface NewConnectionEvent {
  readonly organizationId: string;
  readonly connectionId: string | null;
  readonly posAccountId: string | null;
  /** Null: the connection itself. */
  readonly shopId: string | null;
  readonly from: string | null;
  readonly to: string;
  /** A code or a person's own words. */
  readonly reason: string | null;
  /** Of a thaw `cursor` or `today`; of a retirement its date. */
  readonly choice?: string | null;
  readonly actor: AuditActor;
  readonly at: Date;
}

/** Writes an event down within the transaction that makes it. */
export async function recordConnectionEvent(trx: Transaction<Database>, event: NewConnectionEvent): Promise<void> {
  await trx
    .insertInto('connection_event')
    .values({
      organization_id: event.organizationId,
      id: uuidv7(),
      at: event.at,
      connection_id: event.connectionId,
      pos_account_id: event.posAccountId,
      shop_id: event.shopId,
      from_state: event.from,
      to_state: event.to,
      reason: event.reason,
      choice: event.choice ?? null,
      actor: JSON.stringify(event.actor),
    })
    .execute();
}

export const connectionEventSchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    shopId: z.string().nullable().openapi({ description: 'Null: the connection itself.' }),
    from: z.string().nullable(),
    to: z.string(),
    reason: z.string().nullable().openapi({ description: 'A code of ours, or what the person wrote.' }),
    choice: z.string().nullable().openapi({ description: 'Of a thaw `cursor` or `today`; of a retirement its date.' }),
    actor: z.object({
      kind: z.enum(['person', 'token', 'command', 'system']),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
  })
  .openapi('ConnectionEvent');

export type ConnectionEvent = z.output<typeof connectionEventSchema>;

const Actor = z.object({
  kind: z.enum(['person', 'token', 'command', 'system']),
  id: z.string().nullable(),
  name: z.string().nullable().default(null),
});
const Position = z.tuple([z.uuid()]);

/** What happened to a connection and to its account's shops, newest first. */
export async function listConnectionEvents(
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: ConnectionEvent[]; nextCursor: string | null }> {
  let query = trx
    .selectFrom('connection_event')
    .select(['id', 'at', 'shop_id', 'from_state', 'to_state', 'reason', 'choice', 'actor'])
    .where('organization_id', '=', organizationId)
    .where((where) =>
      where.or([
        where('connection_id', '=', connectionId),
        where.and([
          where('shop_id', 'is not', null),
          where(
            'pos_account_id',
            '=',
            where
              .selectFrom('connection')
              .select('pos_account_id')
              .where('organization_id', '=', organizationId)
              .where('id', '=', connectionId),
          ),
        ]),
      ]),
    );
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(Position, cursor)[0]);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    shopId: row.shop_id,
    from: row.from_state,
    to: row.to_state,
    reason: row.reason,
    choice: row.choice,
    actor: Actor.parse(row.actor),
  }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null };
}

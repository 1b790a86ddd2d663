import { z } from '@hono/zod-openapi';
import { versionReached } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import { message } from '../../messages/message.ts';
import type { Database } from '../../platform/database/schema.ts';
import type { ConnectionRef } from './credential.ts';
import { budgetSchema, readRequests } from './request-log.ts';
import { readConnectionSettings } from './settings.ts';

const streams = ['sales', 'customers', 'saleVoids', 'lookUps'] as const;
const lanes = ['live', 'history', 'reconcile'] as const;

/** How a connection's account is being read: what the screen of the connection shows. */
export const readingSchema = z
  .object({
    budget: budgetSchema
      .extend({ reserve: z.number().openapi({ description: 'Share left to others.' }) })
      .nullable()
      .openapi({ description: 'By the latest answer of the POS; null before the first.' }),
    streams: z.array(
      z.object({
        stream: z.enum(streams),
        lane: z.enum(lanes),
        position: z.string().openapi({ description: 'Where its cursor stands, in words.' }),
        caughtUpAt: z.iso
          .datetime()
          .nullable()
          .openapi({ description: 'Everything up to here is read; of the history, when it was through.' }),
        updatedAt: z.iso.datetime(),
        waiting: z.int().nullable().openapi({ description: 'Stretches of time that wait to be read again.' }),
      }),
    ),
    gaps: z
      .array(
        z.object({
          shopId: z.string().nullable().openapi({ description: 'Null: all shops of the account.' }),
          shopName: z.string().nullable(),
          from: z.iso.datetime(),
          until: z.iso.datetime().nullable().openapi({ description: 'Null: the shop is frozen still.' }),
          closing: z.enum(['asked', 'poll', 'history']).openapi({
            description: 'asked: left until somebody catches up (`/connections/{id}/catch-up`); else it is being read.',
          }),
        }),
      )
      .openapi({
        description:
          'Stretches of time that were left unread. Their days are not complete, nor are the days before them until they were read again: ' +
          'what was changed in them meanwhile is not known.',
      }),
  })
  .openapi('ConnectionReading');

type Reading = z.output<typeof readingSchema>;

interface CursorRow {
  readonly stream: (typeof streams)[number];
  readonly lane: (typeof lanes)[number];
  readonly position: unknown;
  readonly caught_up_at: Date | null;
  readonly updated_at: Date;
}

/** @throws AppError `not_found`. */
export async function readReading(trx: Transaction<Database>, ref: ConnectionRef): Promise<Reading> {
  const { rateReserve } = await readConnectionSettings(trx, ref);
  const { budget } = await readRequests(trx, ref);
  const account = sql`(select pos_account_id from connection where organization_id = ${ref.organizationId} and id = ${ref.connectionId})`;
  const { rows: cursors } = await sql<CursorRow>`
    select stream, lane, position, caught_up_at, updated_at from cursor
    where organization_id = ${ref.organizationId} and pos_account_id = ${account}
    order by array_position(${[...streams]}::text[], stream), array_position(${[...lanes]}::text[], lane)`.execute(trx);
  const { rows: gaps } = await sql<{
    shop_id: string | null;
    name: string | null;
    from_at: Date;
    until_at: Date | null;
    closes: 'asked' | 'poll' | 'history';
  }>`
    select g.shop_id, s.name, g.from_at, g.until_at, g.closes from read_gap g
    left join shop s on s.organization_id = g.organization_id and s.pos_account_id = g.pos_account_id and s.shop_id = g.shop_id
    where g.organization_id = ${ref.organizationId} and g.pos_account_id = ${account}
    order by g.from_at, s.name`.execute(trx);
  return {
    budget: budget === null ? null : { ...budget, reserve: rateReserve },
    streams: cursors.map(({ stream, lane, position, caught_up_at, updated_at }) => {
      const place = placeSchema.parse(position);
      return {
        stream,
        lane,
        position: inWords(lane, place),
        caughtUpAt: caught_up_at?.toISOString() ?? null,
        updatedAt: updated_at.toISOString(),
        waiting: lane === 'reconcile' ? (place.windows?.length ?? 0) : null,
      };
    }),
    gaps: gaps.map((gap) => ({
      shopId: gap.shop_id,
      shopName: gap.name,
      from: gap.from_at.toISOString(),
      until: gap.until_at?.toISOString() ?? null,
      closing: gap.closes,
    })),
  };
}

/** The parts of any cursor's place that say something to people. */
const placeSchema = z.object({
  after: z.unknown().optional(),
  lastId: z.string().nullish(),
  watermark: z.number().optional(),
  afterId: z.string().nullish(),
  readAt: z.number().optional(),
  windows: z.array(z.object({ from: z.number(), until: z.number() })).optional(),
});

function inWords(lane: CursorRow['lane'], place: z.output<typeof placeSchema>): string {
  if (place.windows !== undefined) {
    const [first] = place.windows;
    if (first === undefined) return message('connection.reading.nothing_waits');
    return message('connection.reading.window', { from: shown(first.from), until: shown(first.until) });
  }
  if (place.watermark !== undefined) return message('connection.reading.changed_since', { at: shown(place.watermark) });
  if (place.readAt !== undefined) return message('connection.reading.read_at', { at: shown(place.readAt) });
  if (place.afterId !== undefined) return message('connection.reading.after_number', { number: place.afterId ?? '0' });
  const version = versionReached(place.after);
  if (version !== null) return message('connection.reading.version', { version: String(version) });
  if (place.lastId !== undefined && place.lastId !== null)
    return message('connection.reading.after_number', { number: place.lastId });
  return message(lane === 'live' ? 'connection.reading.with_history' : 'connection.reading.beginning');
}

/** To the minute, in UTC, which the text says. */
function shown(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

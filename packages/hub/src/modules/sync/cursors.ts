import type { Instant } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { runNamed } from '../ledger/statement.ts';
import type { AccountId } from './lease.ts';
import type { Position } from './client.ts';

export type StreamName = 'sales' | 'customers' | 'saleVoids' | 'lookUps';
export type Lane = 'live' | 'history' | 'reconcile';

/** Where the first walk through everything stands. */
export interface HistoryPlace {
  /** After the last committed page; null before the first. */
  readonly after: Position;
  /** Id of the last record walked past, for progress. */
  readonly lastId: string | null;
  /** Highest id known when the walk began, for progress. */
  readonly goalId: string | null;
  /** The POS's time by the walk's first answer: changes after it are the live lane's to see. */
  readonly startedAt: Instant | null;
  /** Only what changed since then is walked through; left out: everything. */
  readonly since?: Instant;
  /** The first walk has ended before, and its days stay read: this is another one. */
  readonly again?: boolean;
}

/** Where the polling of changes stands. */
export interface LivePlace {
  /** Newest change stamp seen, never beyond the POS's own time. */
  readonly watermark: Instant;
  /** When, by our clock, the last whole poll ended; null before the first. */
  readonly polledAt: Instant | null;
  /** The pass that poll was part of: a pass cut short goes on with the streams it has not been through. */
  readonly pass: number;
  /** Of the walk under way; null between walks. */
  readonly walk: { readonly since: Instant; readonly after: Position; readonly seen: Instant } | null;
}

/** Where a feed stands that is read by the POS's own counter. */
export interface FeedPlace {
  /** After the last committed page; null while the first walk, which leads here, is under way. */
  readonly after: Position;
  /** When, by our clock, the end was reached last, or it was found that the first walk has to end first. */
  readonly polledAt: Instant | null;
  /** Number of the last pass that has been through. */
  readonly pass: number;
  /** What is to be left unread when the next poll begins: everything before this moment. */
  readonly skipTo?: Instant;
  /** From where on the next poll has to read at least, though it has been past it. */
  readonly backTo?: Instant;
}

/** Where the reading of voids stands. */
export interface VoidPlace {
  readonly afterId: string | null;
  readonly pass: number;
}

/** A stretch of completion time: from (inclusive) until (exclusive). */
export interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

/** Windows to be read again, the first one under way. */
export interface ReconcilePlace {
  readonly windows: readonly Window[];
  /** Within the first window: after its last committed page. */
  readonly after: Position;
  /** When, by our clock, the first window was begun; null before. */
  readonly startedAt: Instant | null;
}

/** When, by our clock, the look-ups were read last. */
export interface LookUpsPlace {
  readonly readAt: Instant;
}

export interface Cursor<Place> {
  readonly place: Place;
  /** The POS's time up to which all is read; of a history walk: when it ended. Null until then. */
  readonly caughtUpAt: Instant | null;
}

/** All cursors of an account by `stream/lane`. Places are JSON we wrote ourselves, with their version. */
export type Cursors = ReadonlyMap<string, Cursor<unknown>>;

const VERSION = 1;

export async function readCursors(trx: Transaction<Database>, { organizationId, posAccountId }: AccountId): Promise<Cursors> {
  const rows = await trx
    .selectFrom('cursor')
    .select(['stream', 'lane', 'position', 'caught_up_at'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .execute();
  return new Map(
    rows.flatMap(({ stream, lane, position, caught_up_at }) => {
      const { v, ...place } = position as { v?: number };
      // A place written by another version of this code is not guessed at: that stream starts again, which repeats but harms nothing.
      if (v !== VERSION) return [];
      return [[`${stream}/${lane}`, { place, caughtUpAt: (caught_up_at?.getTime() ?? null) as Instant | null }] as const];
    }),
  );
}

/** Moves a cursor; a `caughtUpAt` of null leaves what was reached before. */
export async function writeCursor(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  stream: StreamName,
  lane: Lane,
  place: HistoryPlace | LivePlace | FeedPlace | VoidPlace | ReconcilePlace | LookUpsPlace,
  caughtUpAt: Instant | null,
): Promise<void> {
  await runNamed(
    trx,
    'sync.write_cursor',
    `insert into cursor (organization_id, pos_account_id, stream, lane, position, caught_up_at)
values ($1::uuid, $2::uuid, $3, $4, $5::jsonb, $6::timestamptz)
on conflict (organization_id, pos_account_id, stream, lane) do update
set position = excluded.position, updated_at = now(),
  -- What another version of this code reached says nothing of a stream that starts again.
  caught_up_at = case when cursor.position->'v' = excluded.position->'v'
    then coalesce(excluded.caught_up_at, cursor.caught_up_at) else excluded.caught_up_at end`,
    [
      organizationId,
      posAccountId,
      stream,
      lane,
      JSON.stringify({ v: VERSION, ...place }),
      caughtUpAt === null ? null : new Date(caughtUpAt),
    ],
  );
}

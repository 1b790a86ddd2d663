import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../platform/database/schema.ts';
import {
  type Cursor,
  type Cursors,
  type FeedPlace,
  type HistoryPlace,
  type LivePlace,
  readCursors,
  type VoidPlace,
  writeCursor,
} from './cursors.ts';
import type { AccountId } from './lease.ts';
import { addWindows } from './reconcile.ts';

const DAY_MS = 86_400_000;
/** Before any sale there is: the vendor's oldest till is younger. */
const BEGINNING = Date.UTC(1990, 0, 1) as Instant;

const Places = z.record(z.string(), z.object({ place: z.unknown(), done: z.boolean() }));

/** Where an account's cursors stand, as JSON, to come back to. */
export async function readPlaces(trx: Transaction<Database>, account: AccountId): Promise<Record<string, unknown>> {
  const cursors = await readCursors(trx, account);
  return Object.fromEntries(
    [...cursors]
      .filter(([name]) => ['sales/history', 'sales/live', 'saleVoids/live'].includes(name))
      .map(([name, { place, caughtUpAt }]) => [name, { place, done: caughtUpAt !== null }]),
  );
}

/**
 * Moves an account's cursors back to where they stood, so that what has been told since is read again: rows that are known are left as they
 * are. Call it with the lease broken and a request to sync.
 *
 * @returns What will have read it all: the next whole poll, or a window that was added.
 */
export async function rewind(
  trx: Transaction<Database>,
  account: AccountId,
  stored: Readonly<Record<string, unknown>>,
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<'poll' | 'window'> {
  const then = Places.parse(stored);
  const cursors = await readCursors(trx, account);
  const { provider } = await trx
    .selectFrom('pos_account')
    .select('provider')
    .where('organization_id', '=', account.organizationId)
    .where('id', '=', account.posAccountId)
    .executeTakeFirstOrThrow();
  return provider === 'lightspeed-x'
    ? rewindFeed(trx, account, then, cursors)
    : rewindStamps(trx, account, then, cursors, { since, now });
}

type Then = z.output<typeof Places>;

async function rewindFeed(trx: Transaction<Database>, account: AccountId, then: Then, cursors: Cursors): Promise<'poll'> {
  const history = cursors.get('sales/history') as Cursor<HistoryPlace> | undefined;
  if (history === undefined) return 'poll';
  const before = then['sales/history'];
  if (history.caughtUpAt === null) {
    await restartHistory(trx, account, before?.place as HistoryPlace | undefined);
    return 'poll';
  }
  const feed = then['sales/live']?.place as FeedPlace | undefined;
  const after = feed?.after ?? (before?.place as HistoryPlace | undefined)?.after ?? null;
  const live = (cursors.get('sales/live') as Cursor<FeedPlace> | undefined)?.place ?? { after: null, polledAt: null, pass: -1 };
  const { restartAfter: _restart, skipTo: _skip, ...kept } = live;
  const place: FeedPlace = after === null ? { ...kept, restartAfter: '0' } : { ...kept, after };
  await writeCursor(trx, account, 'sales', 'live', place, null);
  return 'poll';
}

async function rewindStamps(
  trx: Transaction<Database>,
  account: AccountId,
  then: Then,
  cursors: Cursors,
  { since, now }: { readonly since: Instant; readonly now: Instant },
): Promise<'poll' | 'window'> {
  const live = cursors.get('sales/live') as Cursor<LivePlace> | undefined;
  if (live !== undefined) {
    const stood = (then['sales/live']?.place as LivePlace | undefined)?.watermark ?? since;
    const watermark = Math.min(stood, live.place.watermark) as Instant;
    await writeCursor(trx, account, 'sales', 'live', { ...live.place, watermark, walk: null }, null);
  }
  const voids = cursors.get('saleVoids/live') as Cursor<VoidPlace> | undefined;
  if (voids !== undefined) {
    const afterId = (then['saleVoids/live']?.place as VoidPlace | undefined)?.afterId ?? null;
    await writeCursor(trx, account, 'saleVoids', 'live', { ...voids.place, afterId }, null);
  }
  const history = cursors.get('sales/history') as Cursor<HistoryPlace> | undefined;
  const before = then['sales/history'];
  if (history === undefined || before?.done === true) return 'poll';
  if (history.caughtUpAt === null) {
    await restartHistory(trx, account, before?.place as HistoryPlace | undefined);
    return 'poll';
  }
  // The first walk went past it and has ended: others' days are complete and stay so while everything is read again.
  await addWindows(trx, account, [{ from: Math.min(BEGINNING, since) as Instant, until: (now + DAY_MS) as Instant }]);
  return 'window';
}

/** The first walk, still under way, goes on from an earlier place; from its beginning where there is none. */
async function restartHistory(trx: Transaction<Database>, account: AccountId, place: HistoryPlace | undefined): Promise<void> {
  if (place !== undefined) {
    await writeCursor(trx, account, 'sales', 'history', place, null);
    return;
  }
  await sql`
    delete from cursor
    where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId}
      and stream = 'sales' and lane = 'history'`.execute(trx);
}

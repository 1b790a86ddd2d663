import { type Instant, versionReached } from '@tillweave/lightspeed';
import type { Transaction } from 'kysely';
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
import { greaterId, isHistoryThrough } from './history.ts';
import type { AccountId } from './lease.ts';

const Places = z.record(z.string(), z.object({ place: z.unknown(), done: z.boolean() }));

/** Where an account's cursors stand, as JSON, to come back to. */
export async function readPlaces(trx: Transaction<Database>, account: AccountId): Promise<Record<string, unknown>> {
  const cursors = await readCursors(trx, account);
  return Object.fromEntries(
    [...cursors]
      .filter(([name]) => ['sales/history', 'sales/live', 'saleVoids/live'].includes(name))
      .map(([name, cursor]) => [
        name,
        // A walk that is gone on with, though there was one before, has not read everything.
        { place: cursor.place, done: name === 'sales/history' ? isThrough(cursor) : cursor.caughtUpAt !== null },
      ]),
  );
}

/** Whether the first import was through, and no other walk under way, where the cursors stood. */
export function wasImported(stored: Readonly<Record<string, unknown>>): boolean {
  return Places.parse(stored)['sales/history']?.done === true;
}

/**
 * Moves an account's cursors back to where they stood, so that what has been told since is read again: rows that are known are left as they
 * are, and days that are read stay so. None is moved forward: others may wait for what lies between. Call it with the lease broken and a request to sync.
 *
 * @returns What will have read it all: the next whole poll, or a walk through history.
 */
export async function rewind(
  trx: Transaction<Database>,
  account: AccountId,
  stored: Readonly<Record<string, unknown>>,
  since: Instant,
): Promise<'poll' | 'history'> {
  const then = Places.parse(stored);
  const cursors = await readCursors(trx, account);
  const history = cursors.get('sales/history') as Cursor<HistoryPlace> | undefined;
  // Nothing was read yet: all is still to come.
  if (history === undefined) return 'history';
  const { provider } = await trx
    .selectFrom('pos_account')
    .select('provider')
    .where('organization_id', '=', account.organizationId)
    .where('id', '=', account.posAccountId)
    .executeTakeFirstOrThrow();
  const before = then['sales/history'];
  const place = before?.place as HistoryPlace | undefined;
  if (provider === 'lightspeed-x') {
    // History and changes are one list by the POS's counter.
    const feed = then['sales/live']?.place as FeedPlace | undefined;
    await walkAgain(trx, account, history, earlier(history, feed?.after ?? place?.after ?? null));
    return 'history';
  }
  await rewindStamps(trx, account, then, cursors, since);
  if (before?.done === true) return 'poll';
  const isSameWalk = place?.since === history.place.since && !isThrough(history) && history.place.again !== true;
  await walkAgain(trx, account, history, isSameWalk ? (place?.after ?? null) : null);
  return 'history';
}

function isThrough(history: Cursor<unknown>): boolean {
  return isHistoryThrough(history as Cursor<HistoryPlace>);
}

/** Of a walk by the POS's counter: where it stands, or the place given if that comes before; what cannot be compared is the beginning. */
function earlier(history: Cursor<HistoryPlace>, after: HistoryPlace['after']): HistoryPlace['after'] {
  if (isThrough(history)) return after;
  const [stands, wanted] = [versionReached(history.place.after), versionReached(after)];
  if (stands === null || wanted === null) return null;
  return stands < wanted ? history.place.after : after;
}

/** Has history be walked again after a place. */
export async function walkAgain(
  trx: Transaction<Database>,
  account: AccountId,
  history: Cursor<HistoryPlace>,
  after: HistoryPlace['after'],
): Promise<void> {
  const { goalId, startedAt, since } = history.place;
  const isAnother = history.caughtUpAt !== null;
  const place: HistoryPlace = {
    after,
    lastId: null,
    goalId,
    startedAt,
    ...(since === undefined ? {} : { since }),
    ...(isAnother ? { again: true } : {}),
  };
  await writeCursor(trx, account, 'sales', 'history', place, null);
}

async function rewindStamps(
  trx: Transaction<Database>,
  account: AccountId,
  then: z.output<typeof Places>,
  cursors: Cursors,
  since: Instant,
): Promise<void> {
  const live = cursors.get('sales/live') as Cursor<LivePlace> | undefined;
  if (live !== undefined) {
    const stood = (then['sales/live']?.place as LivePlace | undefined)?.watermark ?? since;
    const watermark = Math.min(stood, since, live.place.watermark) as Instant;
    await writeCursor(trx, account, 'sales', 'live', { ...live.place, watermark, walk: null }, null);
  }
  const voids = cursors.get('saleVoids/live') as Cursor<VoidPlace> | undefined;
  if (voids === undefined) return;
  const stoodAt = (then['saleVoids/live']?.place as VoidPlace | undefined)?.afterId ?? null;
  const afterId = greaterId(stoodAt, voids.place.afterId) === stoodAt ? voids.place.afterId : stoodAt;
  await writeCursor(trx, account, 'saleVoids', 'live', { ...voids.place, afterId }, null);
}

/** Has the next poll of sales begin with what changed at an instant at the latest: earlier where it stands before that. */
export async function readBackTo(trx: Transaction<Database>, account: AccountId, from: Instant): Promise<void> {
  const live = (await readCursors(trx, account)).get('sales/live');
  if (live === undefined) return;
  const stamped = live as Cursor<LivePlace>;
  const place =
    'watermark' in (live.place as object)
      ? { ...stamped.place, watermark: Math.min(stamped.place.watermark, from) as Instant, walk: null }
      : { ...(live as Cursor<FeedPlace>).place, backTo: from };
  await writeCursor(trx, account, 'sales', 'live', place, null);
}

/** Has the next poll of sales begin with what changed at an instant, leaving what happened before unread: a gap has to say so. */
export async function readFrom(trx: Transaction<Database>, account: AccountId, from: Instant): Promise<void> {
  const live = (await readCursors(trx, account)).get('sales/live');
  if (live === undefined) return;
  // A place by the POS's counter has no watermark: what was sold since then tells the number.
  const place =
    'watermark' in (live.place as object)
      ? { ...(live as Cursor<LivePlace>).place, watermark: from, walk: null }
      : { ...(live as Cursor<FeedPlace>).place, skipTo: from };
  await writeCursor(trx, account, 'sales', 'live', place, null);
}

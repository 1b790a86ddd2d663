import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { preparePage } from './commit-page.ts';
import { type Cursor, type ReconcilePlace, type Window, writeCursor } from './cursors.ts';
import { serveHints } from './hints.ts';
import { refreshCursors } from './history.ts';
import type { AccountId } from './lease.ts';
import { readByIds } from './live.ts';
import { noteReread } from './read-gaps.ts';
import { recordMissing } from './record-missing.ts';
import { commitPage, commitStep, isOver, reportProgress, type Session, sumFactsIfDue, yieldIfOver } from './session.ts';
import { SALES } from './streams.ts';
import { walkAhead } from './walk.ts';

const IDS_AT_ONCE = 100;

/**
 * Asks for windows of completion time to be read again, because not every edit moves a change stamp. Windows that wait already stay; the
 * account's next slices work through them. Call it with a request to sync.
 */
export async function addWindows(trx: Transaction<Database>, account: AccountId, windows: readonly Window[]): Promise<void> {
  const { rows } = await sql<{ position: Partial<ReconcilePlace> }>`
    select position from cursor
    where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId}
      and stream = 'sales' and lane = 'reconcile' for update`.execute(trx);
  const waiting = rows[0]?.position.windows ?? [];
  const first = placeOfFirst(rows[0]?.position);
  const place: ReconcilePlace = { windows: merged(waiting, windows, first.startedAt === null ? 0 : 1), ...first };
  await writeCursor(trx, account, 'sales', 'reconcile', place, null);
}

/** Windows that overlap are one; those under way stay as they are. */
function merged(waiting: readonly Window[], added: readonly Window[], underWay: number): readonly Window[] {
  const result = [...waiting];
  for (const window of added) {
    const at = result.findIndex((other, index) => index >= underWay && other.from < window.until && window.from < other.until);
    const other = result[at];
    if (other === undefined) result.push(window);
    else
      result[at] = {
        from: Math.min(other.from, window.from) as Instant,
        until: Math.max(other.until, window.until) as Instant,
      };
  }
  return result;
}

function placeOfFirst(place: Partial<ReconcilePlace> | undefined): Pick<ReconcilePlace, 'after' | 'startedAt'> {
  return { after: place?.after ?? null, startedAt: place?.startedAt ?? null };
}

/**
 * Works through the windows that wait: reads every sale completed in them, then asks by id for those the ledger has there and the walk did
 * not bring (some have no completion time of their own). What the POS no longer has at all becomes a problem.
 *
 * @param isDue Whether something more urgent waits: asked between pages.
 * @returns False when it left off for that; true when no window waits any more.
 * @throws SliceEnded
 */
export async function reconcile(session: Session, isDue: () => boolean): Promise<boolean> {
  for (;;) {
    const cursor = session.cursors.get('sales/reconcile') as Cursor<ReconcilePlace> | undefined;
    const window = cursor?.place.windows[0];
    if (cursor === undefined || window === undefined) return true;
    const isThrough = await walkWindow(session, window, cursor.place, isDue);
    await refreshCursors(session);
    if (!isThrough) return false;
  }
}

async function walkWindow(session: Session, window: Window, place: ReconcilePlace, isDue: () => boolean): Promise<boolean> {
  const startedAt = place.startedAt ?? session.clock.now();
  const query = { order: 'completed', from: window.from, until: window.until } as const;
  const client = session.client.unhurried?.() ?? session.client;
  const walk = walkAhead(SALES.open(client, query, place.after ?? undefined), (page) =>
    preparePage(SALES, page, session.calendars),
  );
  try {
    for (;;) {
      if (!walk.hasAhead) yieldIfOver(session);
      const prepared = await walk.next(!isOver(session));
      if (prepared === null) break;
      const { page } = prepared;
      await commitPage(
        session,
        SALES,
        prepared,
        (trx) => movePlace(trx, session, (waiting) => ({ windows: waiting, after: page.position, startedAt })),
        () => walk.warm(),
      );
      reportProgress(session, 'reconcile');
      await serveHints(session);
      await sumFactsIfDue(session);
      if (page.last) break;
      if (isDue()) return false;
    }
  } finally {
    walk.close();
  }
  const { gone, isCertain } = await readUnseen(session, window, startedAt);
  // With the window's end, or not at all: one that is gone on with asks anew, which is not a second time.
  await commitStep(session, async (trx) => {
    const at = session.counter.serverTime ?? session.clock.now();
    if (gone.length > 0) await recordMissing(trx, session.scope, gone, { at, isCertain });
    await noteReread(trx, session.lease, window, startedAt);
    await movePlace(trx, session, (waiting) => ({ windows: waiting.slice(1), after: null, startedAt: null }));
    return { result: undefined };
  });
  return true;
}

/** Windows may have been added meanwhile: the list is read anew each time. */
async function movePlace(
  trx: Transaction<Database>,
  { lease }: Session,
  next: (waiting: readonly Window[]) => ReconcilePlace,
): Promise<void> {
  const { rows } = await sql<{ position: ReconcilePlace }>`
    select position from cursor
    where organization_id = ${lease.organizationId} and pos_account_id = ${lease.posAccountId}
      and stream = 'sales' and lane = 'reconcile' for update`.execute(trx);
  await writeCursor(trx, lease, 'sales', 'reconcile', next(rows[0]?.position.windows ?? []), null);
}

/** So many sales of a window may be gone without the answers being doubted as a whole: a share, and a number for small windows. */
const GONE_SHARE = 0.1;
const GONE_FEW = 5;

/**
 * What was seen in the walk carries a later `seen_at`; the rest is asked for by id. Where much of a window is said to be gone it is rather the
 * answers that lack it, by a fault or for want of a right: these sales are in doubt, and no more.
 *
 * @returns the ids that the POS does not have.
 */
async function readUnseen(
  session: Session,
  window: Window,
  startedAt: Instant,
): Promise<{ readonly gone: readonly string[]; readonly isCertain: boolean }> {
  const { organizationId, posAccountId } = session.lease;
  let goneMost = 0;
  const unseen = await tenantTransaction(session.db, organizationId, async (trx) => {
    const { rows } = await sql<{ sale_id: string; seen: boolean }>`
      select sale_id, seen_at >= ${new Date(startedAt)} as seen from sale
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and state = 'completed'
        and occurred_at >= ${new Date(window.from)} and occurred_at < ${new Date(window.until)}
        -- The day's index finds the window: zones are at most a day away from UTC, whatever the day's start.
        and business_day between ${day(window.from, -2)}::date and ${day(window.until, 2)}::date
        and shop_id in (
          select shop_id from shop
          where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and frozen_at is null)
      order by sale_id`.execute(trx);
    goneMost = Math.max(GONE_FEW, Math.floor(rows.length * GONE_SHARE));
    return rows.flatMap(({ sale_id, seen }) => (seen ? [] : [sale_id]));
  });
  const gone: string[] = [];
  for (let at = 0; at < unseen.length; at += IDS_AT_ONCE) {
    const ids = unseen.slice(at, at + IDS_AT_ONCE);
    const found = await readByIds(session, ids);
    gone.push(...ids.filter((id) => !found.has(id)));
  }
  return { gone, isCertain: gone.length <= goneMost };
}

function day(instant: Instant, days: number): string {
  return new Date(instant + days * 86_400_000).toISOString().slice(0, 10);
}

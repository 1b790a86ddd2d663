import { type Instant, Rejected, versionReached } from '@tillweave/lightspeed';
import { sql } from 'kysely';
import type { Page } from './client.ts';
import { preparePage, type PreparedPage } from './commit-page.ts';
import {
  type Cursor,
  type FeedPlace,
  type HistoryPlace,
  type LivePlace,
  type LookUpsPlace,
  type VoidPlace,
  writeCursor,
} from './cursors.ts';
import { greaterId, refreshCursors } from './history.ts';
import { readLookUps, recordLookUps } from './look-ups.ts';
import { readCalendars } from '../ledger/calendars.ts';
import { serveHints } from './hints.ts';
import { closeGaps } from './read-gaps.ts';
import { markVoidsChecked, readUncheckedVoids } from '../ledger/record-sale-voids.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { commitPage, commitStep, isOver, reportProgress, type Session, sumFactsIfDue, yieldIfOver } from './session.ts';
import { SALE_VOIDS, SALES, type Stream } from './streams.ts';
import { walkAhead } from './walk.ts';

/** The first poll looks back this far, so that today is there before the history import is. */
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;
const IDS_AT_ONCE = 100;
/** A void whose sale says otherwise for so long is the POS's contradiction, and ours to show. */
const VOID_PATIENCE_MS = 24 * 3_600_000;

/** Reads shops, registers, people and payment types, unless that was done a short while ago. */
export async function pollLookUps(session: Session): Promise<void> {
  const cursor = session.cursors.get('lookUps/live') as Cursor<LookUpsPlace> | undefined;
  const age = session.clock.now() - (cursor?.place.readAt ?? Number.NEGATIVE_INFINITY);
  if (cursor !== undefined && age >= 0 && age < session.settings.lookUpsMs) return;
  reportProgress(session, 'look_ups');
  const requestedAt = session.clock.now();
  const lookUps = await readLookUps(session.client, requestedAt);
  const problem = await saleLookUpsProblem(session);
  const now = session.counter.serverTime ?? requestedAt;
  await commitStep(session, async (trx) => {
    const setAside = await recordLookUps(trx, session.scope, lookUps, now);
    // Without what sales need the look-ups are not read: no day may be said to be complete.
    if (problem === null) await writeCursor(trx, session.lease, 'lookUps', 'live', { readAt: requestedAt }, now);
    await session.afterLookUps?.(trx);
    await session.lookUpsRead?.(trx);
    return { result: undefined, counts: { setAside } };
  });
  session.calendars = await tenantTransaction(session.db, session.lease.organizationId, (trx) =>
    readCalendars(trx, session.lease.organizationId, session.lease.posAccountId),
  );
  await refreshCursors(session);
  if (problem !== null) throw problem;
}

async function saleLookUpsProblem({ client }: Session): Promise<AppError | null> {
  try {
    await client.readSaleLookUps?.();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/**
 * Reads new voids, then reads the sales again that are not stored as voided: a void need not move a sale's change stamp. Where the scope
 * does not allow voids, only the cause is missing.
 */
export async function pollVoids(session: Session, pass: number): Promise<void> {
  const cursor = session.cursors.get('saleVoids/live') as Cursor<VoidPlace> | undefined;
  const before = cursor?.place.pass ?? -1;
  let afterId = cursor?.place.afterId ?? null;
  if (before < pass) {
    try {
      await walkLive(session, SALE_VOIDS, afterId === null ? { order: 'id' } : { order: 'id', afterId }, async (trx, page) => {
        for (const record of page.records) if (record.ok) afterId = greaterId(afterId, record.value.id);
        const place = { afterId, pass: page.last ? pass : before };
        await writeCursor(trx, session.lease, 'saleVoids', 'live', place, page.last ? page.request.serverTime : null);
      });
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
  }
  await checkVoids(session);
}

/** Sales that the POS does not show as voided yet are asked for again at the next poll, until the void is a day old. */
async function checkVoids(session: Session): Promise<void> {
  if (session.held?.openSetAside === true) await settleUnreadVoids(session);
  let afterId = '';
  for (let round = 0; ; round += 1) {
    if (round > 0) yieldIfOver(session);
    const voids = await tenantTransaction(session.db, session.lease.organizationId, (trx) =>
      readUncheckedVoids(trx, session.scope, { afterId, limit: IDS_AT_ONCE }),
    );
    const last = voids.at(-1);
    if (last === undefined) return;
    const saleIds = new Set(voids.flatMap(({ saleId, saleState }) => (saleState === 'voided' ? [] : [saleId])));
    await readByIds(session, [...saleIds]);
    await commitStep(session, async (trx) => {
      const at = session.clock.now();
      const ids = voids.map(({ voidId }) => voidId);
      await markVoidsChecked(trx, session.scope, ids, { at, giveUpAt: (at - VOID_PATIENCE_MS) as Instant });
      return { result: undefined };
    });
    if (voids.length < IDS_AT_ONCE) return;
    afterId = last.voidId;
  }
}

/** A void that could not be read asks for nothing more once its sale is known to be voided. */
async function settleUnreadVoids(session: Session): Promise<void> {
  const { organizationId, posAccountId } = session.lease;
  await commitStep(session, async (trx) => {
    await sql`
      update set_aside a set resolved_at = now(), resolution = 'read'
      from sale s
      where a.organization_id = ${organizationId} and a.pos_account_id = ${posAccountId} and a.resource = 'saleVoid'
        and a.resolved_at is null
        and s.organization_id = ${organizationId} and s.pos_account_id = ${posAccountId} and s.state = 'voided'
        and s.sale_id = substring(a.document->>'saleID' from '^[1-9][0-9]*$')`.execute(trx);
    return { result: undefined };
  });
}

/**
 * Reads up to 100 sales again by their ids.
 *
 * @returns the ids that the POS still has; a document without one that can be read may be any of them.
 */
export async function readByIds(session: Session, saleIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  if (saleIds.length === 0) return found;
  for await (const page of session.client.sales({ ids: saleIds })) {
    for (const record of page.records) {
      const id = record.ok ? record.value.id : record.id;
      if (id !== null) found.add(id);
      else for (const any of saleIds) found.add(any);
    }
    await commitPage(session, SALES, preparePage(SALES, page, session.calendars), async () => undefined);
    await serveHints(session);
  }
  return found;
}

/**
 * Reads everything of a stream that changed since the newest change seen, less an overlap. An interrupted poll goes on after its last
 * committed page.
 *
 * @param pass Number of the pass under way; a stream it has been through is not polled again.
 * @param startTime The POS's time when the history walk began, for the very first poll.
 */
export async function pollChanges<T extends { readonly id: string }>(
  session: Session,
  stream: Stream<T>,
  pass: number,
  startTime: () => Promise<Instant | null>,
): Promise<void> {
  const cursor = session.cursors.get(`${stream.name}/live`) as Cursor<LivePlace> | undefined;
  const before = cursor?.place.pass ?? -1;
  if (before >= pass) return;
  const polledAt = cursor?.place.polledAt ?? null;
  let watermark = cursor?.place.watermark;
  if (watermark === undefined) {
    const start = await startTime();
    // An empty account: whatever comes is a change after this.
    watermark = ((start ?? session.clock.now()) - FIRST_LOOK_BACK_MS) as Instant;
  }
  const since = cursor?.place.walk?.since ?? ((watermark - session.settings.overlapMs) as Instant);
  let seen = cursor?.place.walk?.seen ?? watermark;
  const after = cursor?.place.walk?.after;
  const query = { order: 'changed', since } as const;
  await walkLive(
    session,
    stream,
    query,
    async (trx, page) => {
      seen = newestChange(stream, page, seen);
      const { serverTime } = page.request;
      if (page.last && stream.name === 'sales') await closeGaps(trx, session.lease, 'poll');
      const place: LivePlace = page.last
        ? // A stamp from the future must not hide what changes until then.
          {
            watermark: Math.min(seen, serverTime ?? page.request.requestedAt) as Instant,
            polledAt: session.clock.now(),
            pass,
            walk: null,
          }
        : { watermark, polledAt, pass: before, walk: { since, after: page.position, seen } };
      await writeCursor(trx, session.lease, stream.name, 'live', place, page.last ? serverTime : null);
    },
    after,
  );
}

/**
 * Reads what a feed by the POS's own counter has had to tell since its last page. While the first walk is under way there is nothing to poll:
 * it leads to the present by itself, and only its end shows what changed of late.
 *
 * @param pass As in `pollChanges`.
 */
export async function pollFeed<T extends { readonly id: string }>(
  session: Session,
  stream: Stream<T>,
  pass: number,
): Promise<void> {
  const cursor = session.cursors.get(`${stream.name}/live`) as Cursor<FeedPlace> | undefined;
  const before = cursor?.place.pass ?? -1;
  if (before >= pass) return;
  const history = session.cursors.get(`${stream.name}/history`) as Cursor<HistoryPlace> | undefined;
  if (history === undefined || history.caughtUpAt === null) {
    await commitStep(session, async (trx) => {
      await writeCursor(trx, session.lease, stream.name, 'live', { after: null, polledAt: session.clock.now(), pass }, null);
      return { result: undefined };
    });
    return;
  }
  const polledAt = cursor?.place.polledAt ?? null;
  const after = cursor?.place.after ?? history.place.after;
  const afterId = await startOf(session, after, cursor?.place ?? {});
  await walkLive(
    session,
    stream,
    afterId === null ? { order: 'id' } : { order: 'id', afterId },
    async (trx, page) => {
      if (page.last && stream.name === 'sales') await closeGaps(trx, session.lease, 'poll');
      const place: FeedPlace = page.last
        ? { after: page.position, polledAt: session.clock.now(), pass }
        : { after: page.position, polledAt, pass: before };
      await writeCursor(trx, session.lease, stream.name, 'live', place, page.last ? page.request.serverTime : null);
    },
    afterId === null ? after : null,
  );
}

/** The number to begin after instead of the place reached: further on where something is to be skipped, never further to go back. */
async function startOf(
  { client }: Session,
  after: FeedPlace['after'],
  { skipTo, backTo }: Pick<FeedPlace, 'skipTo' | 'backTo'>,
): Promise<string | null> {
  const skipped = skipTo === undefined ? null : ((await client.numberBefore?.(skipTo)) ?? null);
  const back = backTo === undefined ? null : ((await client.numberBefore?.(backTo)) ?? null);
  const reached = skipped === null ? versionReached(after) : BigInt(skipped);
  return back !== null && reached !== null && BigInt(back) < reached ? back : skipped;
}

/**
 * Walks the pages of a poll, one transaction each. The first page is taken in any case: most polls are one page, and a slice that is too
 * short for all streams would never come to its end.
 *
 * @throws SliceEnded between pages.
 */
async function walkLive<T extends { readonly id: string }>(
  session: Session,
  stream: Stream<T>,
  query: Parameters<Stream<T>['open']>[1],
  advance: (trx: Parameters<Parameters<typeof commitPage<T>>[3]>[0], page: Page<T>) => Promise<void>,
  after?: unknown,
): Promise<void> {
  const walk = walkAhead<T, PreparedPage<T>>(stream.open(session.client, query, after ?? undefined), (page) =>
    preparePage(stream, page, session.calendars),
  );
  try {
    for (let page = 0; ; page += 1) {
      if (page > 0 && !walk.hasAhead) yieldIfOver(session);
      const prepared = await walk.next(!isOver(session));
      if (prepared === null) return;
      if (stream.name === 'sales') noteNewest(session, prepared.page);
      await commitPage(
        session,
        stream,
        prepared,
        (trx) => advance(trx, prepared.page),
        () => walk.warm(),
      );
      reportProgress(session, 'live');
      // The pages to come may bring it, but nobody knows when.
      if (!prepared.page.last) await serveHints(session);
      await sumFactsIfDue(session);
      if (prepared.page.last) return;
    }
  } finally {
    walk.close();
  }
}

function newestChange<T extends { readonly id: string }>(stream: Stream<T>, page: Page<T>, before: Instant): Instant {
  let newest = before;
  for (const record of page.records) {
    const changedAt = record.ok ? stream.changedAt(record.value) : null;
    if (changedAt !== null && changedAt > newest) newest = changedAt;
  }
  return newest;
}

function noteNewest<T extends { readonly id: string }>(session: Session, page: Page<T>): void {
  for (const record of page.records) if (record.ok) session.newestSaleId = greaterId(session.newestSaleId, record.value.id);
}

/** The POS refuses a resource that the scope does not cover. */
export function isForbidden(error: unknown): boolean {
  return error instanceof Rejected && error.code === 'forbidden';
}

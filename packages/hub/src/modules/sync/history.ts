import type { Instant } from '@tillweave/lightspeed';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Page, PosQuery } from './client.ts';
import { type PreparedPage, preparePage } from './commit-page.ts';
import { type Cursor, type HistoryPlace, readCursors, writeCursor } from './cursors.ts';
import { commitPage, commitStep, isOver, reportProgress, type Session, sumFactsIfDue, yieldIfOver } from './session.ts';
import { serveHints } from './hints.ts';
import { closeGaps } from './read-gaps.ts';
import type { Stream } from './streams.ts';
import { inParts, type Walk, walkAhead } from './walk.ts';

/** The X-Series answers with a thousand sales: taken whole, whoever waits for a change would wait for all of them. */
const PART = 400;

/** The first walk through everything a stream has, in the order of ids, one page at a time. */
export interface History {
  /**
   * The POS's time by the walk's first answer: whatever changes after it, the polling of changes has to see. Fetches the first page, which
   * waits until it is committed in its turn.
   */
  startTime(): Promise<Instant | null>;
  /** Commits the next page. False when the walk is at its end. */
  step(): Promise<boolean>;
  /** Whether a page has been asked for that nobody has committed yet. */
  readonly hasAhead: boolean;
  close(): void;
}

/** Goes on with a stream's history walk after its last committed page; null when it ended before and no other one was asked for. */
export function openHistory<T extends { readonly id: string }>(session: Session, stream: Stream<T>): History | null {
  const cursor = session.cursors.get(`${stream.name}/history`) as Cursor<HistoryPlace> | undefined;
  if (cursor !== undefined && isHistoryThrough(cursor)) return null;
  const { historySince } = session.settings;
  let place: HistoryPlace = cursor?.place ?? {
    after: null,
    lastId: null,
    goalId: null,
    startedAt: null,
    ...(stream.name === 'sales' && historySince !== null ? { since: historySince } : {}),
  };
  let walk: Walk<PreparedPage<T>> | undefined;
  let first: PreparedPage<T> | null | undefined;

  const open = async (): Promise<Walk<PreparedPage<T>>> => {
    if (walk !== undefined) return walk;
    const query = await queryOf(session, place);
    const client = session.client.unhurried?.() ?? session.client;
    const pages = stream.open(client, query, place.after ?? undefined);
    walk = walkAhead(client.feed === 'versions' ? inParts(pages, PART, place.after) : pages, (page) =>
      preparePage(stream, page, session.calendars),
    );
    return walk;
  };

  return {
    async startTime() {
      if (place.startedAt !== null) return place.startedAt;
      first ??= await (await open()).next(false);
      return first === null ? null : timeOf(first.page);
    },
    async step() {
      let prepared = first;
      first = undefined;
      prepared ??= await (await open()).next(!isOver(session));
      const page = prepared?.page;
      const ended = page === undefined || page.last;
      place = {
        after: page?.position ?? place.after,
        lastId: lastIdOf(page) ?? place.lastId,
        goalId: stream.name === 'sales' ? greaterId(place.goalId, session.newestSaleId) : null,
        startedAt: place.startedAt ?? (page === undefined ? null : timeOf(page)),
        ...(place.since === undefined ? {} : { since: place.since }),
        ...(place.again === true && !ended ? { again: true } : {}),
      };
      const endedAt = ended ? (page === undefined ? session.clock.now() : timeOf(page)) : null;
      if (prepared === null || prepared === undefined) {
        await commitStep(session, async (trx) => {
          if (stream.name === 'sales') await closeGaps(trx, session.lease, 'history');
          await writeCursor(trx, session.lease, stream.name, 'history', place, endedAt);
          return { result: undefined };
        });
      } else {
        await commitPage(
          session,
          stream,
          prepared,
          async (trx) => {
            if (ended && stream.name === 'sales') await closeGaps(trx, session.lease, 'history');
            await writeCursor(trx, session.lease, stream.name, 'history', place, endedAt);
          },
          () => walk?.warm(),
        );
      }
      reportProgress(session, stream.name === 'customers' ? 'customers' : 'history', ended ? 1 : shareOf(place));
      await serveHints(session);
      await sumFactsIfDue(session);
      return !ended;
    },
    get hasAhead() {
      return first !== undefined || walk?.hasAhead === true;
    },
    close: () => walk?.close(),
  };
}

/** Whether a stream's walk has been through, and no other one was asked for. */
export function isHistoryThrough({ caughtUpAt, place }: Cursor<HistoryPlace>): boolean {
  return caughtUpAt !== null && place.again !== true;
}

/** Everything in the order of ids; where only a part is wanted, what changed since: nothing was sold later and changed earlier. */
async function queryOf({ client }: Session, { since, after }: HistoryPlace): Promise<PosQuery> {
  if (since === undefined || (client.feed === 'versions' && after !== null)) return { order: 'id' };
  if (client.feed !== 'versions') return { order: 'changed', since };
  const afterId = (await client.numberBefore?.(since)) ?? null;
  return afterId === null ? { order: 'id' } : { order: 'id', afterId };
}

/**
 * Walks on until the end (true) or until `isDue` asks for something more urgent (false), chosen between pages.
 *
 * @throws SliceEnded
 */
export async function walkHistory(session: Session, history: History, isDue: () => boolean): Promise<boolean> {
  for (;;) {
    // A page that was asked for is paid for: it is taken before the slice ends.
    if (!history.hasAhead) yieldIfOver(session);
    // A page at least: changes that never cease must not hold the history up for good.
    if (!(await history.step())) return true;
    if (isDue()) return false;
  }
}

/** Reads the cursors anew: what the next decisions are made from. */
export async function refreshCursors(session: Session): Promise<void> {
  session.cursors = await tenantTransaction(session.db, session.lease.organizationId, (trx) => readCursors(trx, session.lease));
}

/** Ids are given in order, so the last one walked past against the newest one known tells how far the walk is; null when unknown. */
export function shareOf(place: Pick<HistoryPlace, 'lastId' | 'goalId' | 'since'>): number | null {
  // A walk by change meets ids in no order.
  if (place.since !== undefined) return null;
  const goal = Number(place.goalId ?? Number.NaN);
  const last = Number(place.lastId ?? Number.NaN);
  return goal > 0 && last >= 0 ? Math.min(1, last / goal) : null;
}

/** The greater of two numeric ids. */
export function greaterId(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Number(b) > Number(a) ? b : a;
}

function timeOf<T>({ request }: Page<T>): Instant {
  return request.serverTime ?? request.requestedAt;
}

function lastIdOf<T extends { readonly id: string }>(page: Page<T> | undefined): string | null {
  for (const record of page?.records.toReversed() ?? []) if (record.ok) return record.value.id;
  return null;
}

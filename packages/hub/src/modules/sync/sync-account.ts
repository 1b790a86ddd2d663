import { RateLimited, Unavailable, type Clock, type Instant } from '@tillweave/lightspeed';
import { type Kysely, sql, type Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError, toAppError } from '../../platform/errors.ts';
import { posProblem } from '../connections/pos-errors.ts';
import { readCalendars } from '../ledger/calendars.ts';
import { historyFloor, readAccountSettings } from './account-settings.ts';
import type { PosClient } from './client.ts';
import { type Cursor, type HistoryPlace, type LivePlace, readCursors } from './cursors.ts';
import { readFrozenShops, storedElsewhere, withoutShops } from './frozen-shops.ts';
import { type History, isHistoryThrough, openHistory, refreshCursors, walkHistory } from './history.ts';
import { type AccountId, fencedTransaction, type Held, type Lease, LEASE_MS, releaseLease, takeLease } from './lease.ts';
import { readHints, serveHints } from './hints.ts';
import { isForbidden, pollChanges, pollFeed, pollLookUps, pollVoids } from './live.ts';
import { replaySetAside } from './replay.ts';
import { reconcile } from './reconcile.ts';
import type { SyncMetrics } from './metrics.ts';
import type { PaceKeeper } from './pace.ts';
import type { RequestCounter } from './request-counter.ts';
import { endSlice, type OpenedRun, openRun, type RunEnd, type RunState } from './runs-store.ts';
import {
  commitStep,
  DEFAULT_SETTINGS,
  type Progress,
  type Session,
  SliceEnded,
  sumFactsIfDue,
  type SyncSettings,
  type SyncStage,
  yieldIfOver,
} from './session.ts';
import { CUSTOMERS, SALES, type Stream } from './streams.ts';

export interface AccountSyncNeeds {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly client: PosClient;
  readonly counter: RequestCounter;
  readonly metrics?: SyncMetrics;
  readonly pace?: PaceKeeper;
  /** Called in the transaction that stored new look-ups or new shops, e.g. to give new shops their default mapping. */
  readonly afterLookUps?: (trx: Transaction<Database>) => Promise<unknown>;
  /** Called in the transaction that stored look-ups read anew. */
  readonly lookUpsRead?: (trx: Transaction<Database>) => Promise<unknown>;
}

export interface AccountSyncOptions extends AccountId {
  readonly connectionId: string | null;
  /** Who holds the lease; a random name unless given. */
  readonly holder?: string;
  readonly leaseMs?: number;
  readonly settings?: Partial<SyncSettings>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onStage?: (stage: SyncStage) => void | Promise<void>;
}

/** How a slice, and with it perhaps the run, ended. */
export interface SliceSummary {
  readonly runId: string;
  /** `running`: more to do; `busy`: another worker has the account. */
  readonly state: RunState | 'busy';
  /** Of the whole run so far. */
  readonly requests: number;
  readonly documents: number;
  readonly changed: number;
  readonly setAside: number;
  readonly throttled: number;
  readonly seconds: number;
  /** When to go on, while `throttled`. */
  readonly retryAt: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** What was thrown, when it was none of the POS's doing: for the log, and to try again. */
  readonly cause?: unknown;
}

const BUSY: SliceSummary = {
  runId: '',
  state: 'busy',
  requests: 0,
  documents: 0,
  changed: 0,
  setAside: 0,
  throttled: 0,
  seconds: 0,
  retryAt: null,
  error: null,
};

/** After a failure that says no time, the POS is left alone for so long. */
const PAUSE_MS = 30_000;

/**
 * Works one slice on an account: takes the lease, polls what changed, then walks history page by page and polls again whenever that is due,
 * until everything is read or the slice is over. Never throws for what the POS does: the summary says how it ended.
 */
export async function syncSlice(needs: AccountSyncNeeds, options: AccountSyncOptions): Promise<SliceSummary> {
  const lease = await takeLease(needs.db, options, options.holder ?? randomUUID(), options.leaseMs ?? LEASE_MS);
  if (lease === null) return BUSY;
  try {
    return await workSlice(needs, options, lease);
  } finally {
    await releaseLease(needs.db, lease);
  }
}

async function workSlice(needs: AccountSyncNeeds, options: AccountSyncOptions, lease: Lease): Promise<SliceSummary> {
  const { db, clock } = needs;
  const { run, held } = await fencedTransaction(db, lease, async (trx, held) => ({
    run: await openRun(trx, lease, options.connectionId, new Date(clock.now())),
    held,
  }));
  const { runId } = run;
  const session = await openSession(needs, options, lease, { runId, held });
  let end: RunEnd;
  let cause: unknown;
  try {
    await workThrough(session, run);
    end = { state: 'complete', retryAt: null, error: null, finishedAt: new Date(clock.now()) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'sync_lease_lost') throw error;
    end = endOf(error, clock.now());
    if (end.error?.code === 'internal') cause = error;
  }
  await sumFactsIfDue(session, true);
  const counted = needs.counter.take();
  const ended = await fencedTransaction(db, lease, async (trx) => {
    await needs.afterLookUps?.(trx);
    await sql`
      update run set requests = requests + ${counted.requests}, throttled = throttled + ${counted.throttled}
      where organization_id = ${lease.organizationId} and id = ${runId}`.execute(trx);
    return endSlice(trx, lease, runId, end);
  });
  const seconds = (clock.now() - ended.startedAt.getTime()) / 1000;
  const { requests, documents, changed, setAside, throttled } = ended.counts;
  const { retryAt, error } = end;
  return { runId, state: ended.state, requests, documents, changed, setAside, throttled, seconds, retryAt, error, cause };
}

async function openSession(
  needs: AccountSyncNeeds,
  options: AccountSyncOptions,
  lease: Lease,
  { runId, held }: { readonly runId: string; readonly held: Held },
): Promise<Session> {
  const { organizationId, posAccountId } = lease;
  const { calendars, cursors, frozen, account } = await tenantTransaction(needs.db, organizationId, async (trx) => ({
    calendars: await readCalendars(trx, organizationId, posAccountId),
    cursors: await readCursors(trx, lease),
    frozen: await readFrozenShops(trx, lease),
    account: await readAccountSettings(trx, lease),
  }));
  const startedAt = needs.clock.now();
  return {
    db: needs.db,
    clock: needs.clock,
    client: withoutShops(needs.client, frozen, storedElsewhere(needs.db, lease)),
    counter: needs.counter,
    lease,
    scope: { organizationId, posAccountId, runId },
    settings: {
      ...DEFAULT_SETTINGS,
      pollMs: account.pollSeconds * 1000,
      historySince: historyFloor(account.historyFrom),
      ...options.settings,
    },
    metrics: needs.metrics,
    pace: needs.pace,
    signal: options.signal,
    onProgress: options.onProgress,
    onStage: options.onStage,
    afterLookUps: needs.afterLookUps,
    lookUpsRead: needs.lookUpsRead,
    startedAt,
    calendars,
    cursors,
    documents: 0,
    requests: 0,
    factsAt: startedAt,
    // Others may have left something.
    unsummed: true,
    newestSaleId: null,
    held,
  };
}

/** Live before history, chosen between pages, until nothing is left to do. */
async function workThrough(session: Session, run: OpenedRun): Promise<void> {
  const sales = openHistory(session, SALES);
  let customers: History | null = null;
  try {
    let { wanted, done } = run;
    for (;;) {
      // While the first walk is under way nothing else would show what the POS tells of; later a poll brings it with all others.
      if (!isHistoryDone(session, SALES) && session.cursors.has('lookUps/live')) await serveHints(session);
      // A run that goes on with its history need not poll again each time it gets a slice.
      if (wanted <= done && (isPollDue(session) || session.held?.hintsWait === true)) wanted = await askForPass(session);
      if (wanted > done) {
        await poll(session, sales, wanted);
        done = await markDone(session, wanted);
      }
      const isDue = (): boolean => (session.held?.wanted ?? 0) > done || isPollDue(session);
      if (!(await reconcile(session, isDue))) {
        wanted = Math.max(wanted, session.held?.wanted ?? 0);
        continue;
      }
      const hadHistory = isHistoryDone(session, SALES);
      const walked =
        (await walkOn(session, SALES, sales, isDue)) &&
        (await walkOn(session, CUSTOMERS, (customers ??= openHistory(session, CUSTOMERS)), isDue));
      wanted = Math.max(wanted, session.held?.wanted ?? 0);
      if (session.held?.hintsWait === true) yieldIfOver(session);
      if (!walked || wanted > done || session.held?.hintsWait === true) continue;
      if (hadHistory) return;
      // The import took its time: whoever sees it end wants to see what changed meanwhile as well.
      wanted = await askForPass(session);
    }
  } catch (error) {
    // A page that was fetched to learn the POS's time is paid for, with all its parts.
    if (error instanceof SliceEnded && sales !== null) await takeAhead(sales);
    throw error;
  } finally {
    sales?.close();
    customers?.close();
  }
}

async function takeAhead(history: History): Promise<void> {
  while (history.hasAhead) await history.step();
}

/** One pass over everything that may have changed. */
async function poll(session: Session, sales: History | null, pass: number): Promise<void> {
  await pollLookUps(session);
  await replaySetAside(session);
  if (session.client.feed === 'versions') {
    await pollFeed(session, SALES, pass);
    await readHints(session, 'sale');
    await optional(pollFeed(session, CUSTOMERS, pass));
    await readHints(session, 'customer');
  } else await pollStamps(session, sales, pass);
  await sumFactsIfDue(session, true);
  await refreshCursors(session);
}

async function pollStamps(session: Session, sales: History | null, pass: number): Promise<void> {
  const salesStart = async (): Promise<Instant | null> => (sales === null ? historyStart(session, SALES) : sales.startTime());
  await pollChanges(session, SALES, pass, salesStart);
  await pollVoids(session, pass);
  // Customers are polled once their history is through: until then every one of them is still to be walked.
  if (isHistoryDone(session, CUSTOMERS))
    await optional(pollChanges(session, CUSTOMERS, pass, async () => historyStart(session, CUSTOMERS)));
}

/** Walks a stream's history on; true when it is through, false when a poll is due. What the scope does not cover is simply not there. */
async function walkOn<T extends { readonly id: string }>(
  session: Session,
  stream: Stream<T>,
  history: History | null,
  isDue: () => boolean,
): Promise<boolean> {
  if (history === null || isHistoryDone(session, stream)) return true;
  try {
    return await walkHistory(session, history, isDue);
  } catch (error) {
    if (stream.name !== 'sales' && isForbidden(error)) return true;
    throw error;
  } finally {
    await refreshCursors(session);
  }
}

/** Whether it is time to look for changes, by when the last whole look ended. */
function isPollDue(session: Session): boolean {
  const live = session.cursors.get('sales/live') as Cursor<LivePlace> | undefined;
  const age = session.clock.now() - (live?.place.polledAt ?? Number.NEGATIVE_INFINITY);
  return age < 0 || age >= session.settings.pollMs;
}

async function optional(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isForbidden(error)) throw error;
  }
}

function isHistoryDone<T extends { readonly id: string }>(session: Session, { name }: Stream<T>): boolean {
  const cursor = session.cursors.get(`${name}/history`) as Cursor<HistoryPlace> | undefined;
  return cursor !== undefined && isHistoryThrough(cursor);
}

function historyStart<T extends { readonly id: string }>(session: Session, { name }: Stream<T>): Instant | null {
  const cursor = session.cursors.get(`${name}/history`) as Cursor<HistoryPlace> | undefined;
  return cursor?.place.startedAt ?? null;
}

/** Everything asked for before this pass began has been served by it. @returns what is done now. */
async function markDone(session: Session, pass: number): Promise<number> {
  return commitStep(
    session,
    async (trx) => {
      await sql`
      update sync_state set done = greatest(done, ${pass})
      where organization_id = ${session.lease.organizationId} and pos_account_id = ${session.lease.posAccountId}`.execute(trx);
      return { result: pass };
    },
    { figures: false },
  );
}

/** A poll that is due by the clock is a request like any other. @returns the number of its pass. */
async function askForPass(session: Session): Promise<number> {
  return commitStep(
    session,
    async (trx, held) => {
      await sql`
      update sync_state set wanted = ${held.wanted + 1}
      where organization_id = ${session.lease.organizationId} and pos_account_id = ${session.lease.posAccountId}`.execute(trx);
      return { result: held.wanted + 1 };
    },
    { figures: false },
  );
}

function endOf(error: unknown, now: Instant): RunEnd {
  if (error instanceof SliceEnded) return { state: 'running', retryAt: null, error: null, finishedAt: null };
  const problem = posProblem(error) ?? toAppError(error);
  const told = { code: problem.code, message: problem.message };
  if (error instanceof RateLimited)
    return { state: 'throttled', retryAt: new Date(error.retryAt), error: null, finishedAt: null };
  if (error instanceof Unavailable)
    return { state: 'throttled', retryAt: new Date(error.retryAt ?? now + PAUSE_MS), error: told, finishedAt: null };
  return { state: 'failed', retryAt: null, error: told, finishedAt: new Date(now) };
}

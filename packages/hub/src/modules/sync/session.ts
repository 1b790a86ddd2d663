import type { Clock, Instant } from '@tillweave/lightspeed';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Calendars } from '../ledger/calendars.ts';
import { sumFacts } from '../ledger/facts.ts';
import type { LedgerScope, Recorded } from '../ledger/record-sales.ts';
import type { PosClient } from './client.ts';
import { isDataError, originOf, type PreparedPage, preparePage, recordCarefully } from './commit-page.ts';
import type { Cursors } from './cursors.ts';
import type { SyncMetrics } from './metrics.ts';
import { fencedTransaction, type Held, type Lease } from './lease.ts';
import { type PaceKeeper, secondsFor } from './pace.ts';
import { type LastPage, lastPageOf, leftOf, shareByTime } from './walk-progress.ts';
import type { RequestCounter } from './request-counter.ts';
import { countRun, NO_COUNTS, type RunCounts } from './runs-store.ts';
import type { Stream } from './streams.ts';

/** Points of a page's way, for tests that stop a worker at one, and for progress. */
export type SyncStage = 'fetched' | 'in_transaction' | 'committed' | 'facts_summed';

export interface Progress {
  /** Documents taken by this run's steps in this process so far. */
  readonly documents: number;
  readonly requests: number;
  readonly phase: 'look_ups' | 'live' | 'history' | 'customers' | 'reconcile' | 'replay';
  /** Share of the history walked, 0–1; null when unknown or not walking. */
  readonly share: number | null;
  /** How long the rest of the history will take by what the budget allows; null when unknown or not walking. */
  readonly secondsLeft: number | null;
}

export interface SyncSettings {
  /** Changes are polled again after this long while a history import runs. */
  readonly pollMs: number;
  /** How far before the newest change seen a poll starts: stamps are set before they are visible. */
  readonly overlapMs: number;
  /** Look-ups are read again when older than this. */
  readonly lookUpsMs: number;
  /** A slice ends at the first page boundary after this long; infinite for a run to the end. */
  readonly sliceMs: number;
  /** Facts are summed at least this often while pages come in. */
  readonly factsMs: number;
  /** The first walk takes sales that changed since then; null: all. */
  readonly historySince: Instant | null;
}

export const DEFAULT_SETTINGS: SyncSettings = {
  pollMs: 5 * 60_000,
  overlapMs: 2 * 60_000,
  lookUpsMs: 15 * 60_000,
  sliceMs: 20_000,
  factsMs: 3_000,
  historySince: null,
};

/** What all steps of one slice share. */
export interface Session {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly client: PosClient;
  readonly counter: RequestCounter;
  readonly lease: Lease;
  readonly scope: LedgerScope;
  readonly settings: SyncSettings;
  readonly metrics: SyncMetrics | undefined;
  readonly pace?: PaceKeeper | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly onStage: ((stage: SyncStage) => void | Promise<void>) | undefined;
  /** Called in the transaction that stored new look-ups. */
  readonly afterLookUps: ((trx: Transaction<Database>) => Promise<unknown>) | undefined;
  /** The same, only where they were read anew. */
  readonly lookUpsRead: ((trx: Transaction<Database>) => Promise<unknown>) | undefined;
  readonly startedAt: Instant;
  calendars: Calendars;
  cursors: Cursors;
  documents: number;
  requests: number;
  factsAt: Instant;
  /** Whether anything was committed since the facts were summed that may change them. */
  unsummed: boolean;
  /** What the last page of sales brought, for the pace and the share of the walk. */
  lastPage?: LastPage | undefined;
  /** Highest sale id seen, for the share of the history walked. */
  newestSaleId: string | null;
  /** As the lease row said last. */
  held: Held | null;
}

/** Ends a slice at a page boundary; not an error. */
export class SliceEnded extends Error {
  override readonly name = 'SliceEnded';
}

/** Whether this slice should end at the next page boundary. */
export function isOver(session: Session): boolean {
  return session.signal?.aborted === true || session.clock.now() - session.startedAt >= session.settings.sliceMs;
}

/** A page boundary. @throws SliceEnded */
export function yieldIfOver(session: Session): void {
  if (isOver(session)) throw new SliceEnded('The slice is over.');
}

/**
 * Commits one step: what `run` writes, the run's counts and the requests made since, in one transaction fenced by the lease. What was
 * counted is put back when it does not commit.
 *
 * @param figures False where it can change neither figures nor how far they are complete.
 */
export async function commitStep<T>(
  session: Session,
  run: (trx: Transaction<Database>, held: Held) => Promise<{ readonly result: T; readonly counts?: Partial<RunCounts> }>,
  { figures = true }: { readonly figures?: boolean } = {},
): Promise<T> {
  const counted = session.counter.take();
  let committed = false;
  try {
    const { result, held } = await fencedTransaction(session.db, session.lease, async (trx, held) => {
      const { result, counts } = await run(trx, held);
      const pace = session.pace?.read() ?? null;
      await countRun(trx, session.lease, session.scope.runId ?? '', { ...NO_COUNTS, ...counts, ...counted }, pace);
      await session.onStage?.('in_transaction');
      return { result, held };
    });
    committed = true;
    if (figures) session.unsummed = true;
    session.held = held;
    session.requests += counted.requests;
    return result;
  } finally {
    if (!committed) session.counter.putBack(counted);
  }
}

/**
 * Commits one page: its records and whatever moves with it (`advance`: the cursor). A document the database refuses is set aside, and the
 * rest of its page goes on.
 */
export async function commitPage<T extends { readonly id: string }>(
  session: Session,
  stream: Stream<T>,
  prepared: PreparedPage<T>,
  advance: (trx: Transaction<Database>) => Promise<void>,
  whileWriting: () => void = () => undefined,
): Promise<void> {
  await session.onStage?.('fetched');
  const current = prepared.calendars === session.calendars ? prepared : preparePage(stream, prepared.page, session.calendars);
  const { page, recordable } = current;
  const origin = originOf(stream, page);
  const attempt = (careful: boolean): Promise<Recorded> =>
    commitStep(session, async (trx, { openSetAside }) => {
      const recorded = careful
        ? await recordCarefully(trx, stream, current, session.scope, { openSetAside })
        : await recordable.record(trx, session.scope, origin, { openSetAside, whileWriting });
      await advance(trx);
      return { result: recorded, counts: { ...recorded, pages: page.more === true ? 0 : 1, documents: page.documents.length } };
    });
  let recorded: Recorded;
  try {
    recorded = await attempt(false);
  } catch (error) {
    if (!isDataError(error)) throw error;
    recorded = await attempt(true);
  }
  const documents = page.documents.length;
  session.documents += documents;
  session.metrics?.pageCommitted(stream.name, { documents, ...recorded });
  session.lastPage = lastPageOf(stream, page, session.lastPage);
  await session.onStage?.('committed');
}

/** Sums what became dirty, if it is time or `now` is asked for; nothing where nothing was written since. */
export async function sumFactsIfDue(session: Session, now = false): Promise<void> {
  if (!session.unsummed || (!now && session.clock.now() - session.factsAt < session.settings.factsMs)) return;
  await sumFacts(session.db, session.lease.organizationId, session.lease.posAccountId);
  session.factsAt = session.clock.now();
  session.unsummed = false;
  await session.onStage?.('facts_summed');
}

export function reportProgress(session: Session, phase: Progress['phase'], share: number | null = null): void {
  const { documents, requests, lastPage } = session;
  const isWalking = phase === 'history' && lastPage !== undefined;
  if (isWalking && !lastPage.more) session.pace?.onPage(lastPage.documents, session.clock.now());
  const known = isWalking ? (share ?? shareByTime(lastPage, session.clock.now())) : share;
  const left = isWalking ? leftOf(known, { newestSaleId: session.newestSaleId, documents }) : null;
  const secondsLeft = secondsFor(left, session.pace?.read() ?? null);
  session.onProgress?.({ documents, requests, phase, share: known, secondsLeft });
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { runNamed } from '../ledger/statement.ts';
import type { AccountId } from './lease.ts';
import type { Pace } from './pace.ts';

/** What one committed step adds to its run. */
export interface RunCounts {
  readonly pages: number;
  readonly requests: number;
  readonly documents: number;
  readonly changed: number;
  readonly setAside: number;
  readonly throttled: number;
}

export const NO_COUNTS: RunCounts = { pages: 0, requests: 0, documents: 0, changed: 0, setAside: 0, throttled: 0 };

/** `running` and `throttled` go on; the others are ends. `partial`: all was read, something of it could not be understood. */
export type RunState = 'running' | 'throttled' | 'complete' | 'partial' | 'failed';

export interface OpenedRun {
  readonly runId: string;
  /** A new run is a request to poll by itself; one that goes on polls only if that was asked for or is due. */
  readonly wanted: number;
  readonly done: number;
}

/** The account's unfinished run, or a new one; the caller holds the lease. */
export async function openRun(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  connectionId: string | null,
  startedAt: Date,
): Promise<OpenedRun> {
  const { rows } = await sql<{ run_id: string | null; wanted: number; done: number }>`
    select r.id as run_id, s.wanted, s.done
    from sync_state s
    left join run r on r.organization_id = s.organization_id and r.id = s.run_id and r.finished_at is null
    where s.organization_id = ${organizationId} and s.pos_account_id = ${posAccountId}`.execute(trx);
  const { wanted = 0, done = 0 } = rows[0] ?? {};
  const unfinished = rows[0]?.run_id ?? null;
  if (unfinished !== null) {
    await sql`
      update run set state = 'running', retry_at = null, connection_id = ${connectionId}
      where organization_id = ${organizationId} and id = ${unfinished}`.execute(trx);
    return { runId: unfinished, wanted, done };
  }
  const runId = uuidv7();
  await trx
    .insertInto('run')
    .values({
      organization_id: organizationId,
      id: runId,
      pos_account_id: posAccountId,
      connection_id: connectionId,
      kind: 'sync',
      state: 'running',
      started_at: startedAt,
      retry_at: null,
    })
    .execute();
  await sql`
    update sync_state set run_id = ${runId}, wanted = greatest(wanted, done + 1)
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
  return { runId, wanted: Math.max(wanted, done + 1), done };
}

/** Adds a step's counts in the step's own transaction. */
export async function countRun(
  trx: Transaction<Database>,
  { organizationId }: AccountId,
  runId: string,
  counts: RunCounts,
  pace: Pace | null = null,
): Promise<void> {
  await runNamed(
    trx,
    'sync.count_run',
    `update run set pages = pages + $3, requests = requests + $4, documents = documents + $5, changed = changed + $6,
  set_aside = set_aside + $7, throttled = throttled + $8, pace = coalesce($9::jsonb, pace)
where organization_id = $1::uuid and id = $2::uuid`,
    [
      organizationId,
      runId,
      counts.pages,
      counts.requests,
      counts.documents,
      counts.changed,
      counts.setAside,
      counts.throttled,
      pace === null ? null : JSON.stringify(pace),
    ],
  );
}

export interface RunEnd {
  readonly state: RunState;
  readonly retryAt: Date | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Null while the run goes on. */
  readonly finishedAt: Date | null;
}

/** Notes how a slice of a run ended, and with it the run unless it goes on. Returns the run's totals. */
export async function endSlice(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  runId: string,
  end: RunEnd,
): Promise<{ counts: RunCounts; startedAt: Date; state: RunState }> {
  const { rows } = await sql<{
    pages: number;
    requests: number;
    documents: number;
    changed: number;
    set_aside: number;
    throttled: number;
    started_at: Date;
    state: RunState;
  }>`
    update run set
      state = case when ${end.state}::text = 'complete' and set_aside > 0 then 'partial' else ${end.state}::text end,
      retry_at = ${end.retryAt}::timestamptz,
      error = ${end.error === null ? null : JSON.stringify(end.error)}::jsonb,
      finished_at = ${end.finishedAt}::timestamptz
    where organization_id = ${organizationId} and id = ${runId}
    returning pages, requests, documents, changed, set_aside, throttled, started_at, state`.execute(trx);
  await sql`
    update sync_state set retry_at = ${end.retryAt}::timestamptz
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new Error(`The run ${runId} has vanished.`);
  const { pages, requests, documents, changed, set_aside, throttled } = row;
  return {
    counts: { pages, requests, documents, changed, setAside: set_aside, throttled },
    startedAt: row.started_at,
    state: row.state,
  };
}

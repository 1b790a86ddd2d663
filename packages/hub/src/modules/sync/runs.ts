import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Cursor, HistoryPlace } from './cursors.ts';
import { readCursors } from './cursors.ts';
import { shareOf } from './history.ts';
import { secondsFor } from './pace.ts';
import type { Run, RunProgress } from './schemas.ts';

interface RunRow {
  readonly organization_id: string;
  readonly id: string;
  readonly pos_account_id: string;
  readonly connection_id: string | null;
  readonly kind: string;
  readonly state: string;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly retry_at: Date | null;
  readonly pages: number;
  readonly requests: number;
  readonly documents: number;
  readonly changed: number;
  readonly set_aside: number;
  readonly throttled: number;
  readonly error: unknown;
  readonly pace: unknown;
}

const Position = z.tuple([z.uuid()]);
const PaceJson = z.object({
  recordsPerPage: z.number(),
  secondsPerPage: z.number(),
  costPerPage: z.number(),
  unitsPerSecond: z.number().nullable(),
  spare: z.number().nullable(),
});
const RunError = z.object({ code: z.string(), message: z.string() });

/** The runs of an organization, newest first; of one connection's POS account if asked for. */
export async function listRuns(
  trx: Transaction<Database>,
  organizationId: string,
  {
    connection,
    cursor,
    limit,
  }: { readonly connection?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Run[]; nextCursor: string | null }> {
  const before = cursor === undefined ? null : decodeCursor(Position, cursor)[0];
  // Ids are UUIDs of version 7: their order is the order of time.
  const { rows } = await sql<RunRow>`
    select run.* from run
    where run.organization_id = ${organizationId}
      and (${before}::uuid is null or run.id < ${before}::uuid)
      and (${connection ?? null}::uuid is null or run.pos_account_id = (
        select c.pos_account_id from connection c where c.organization_id = ${organizationId} and c.id = ${connection ?? null}::uuid
      ))
    order by run.id desc
    limit ${limit + 1}`.execute(trx);
  const items = rows.slice(0, limit).map(toRun);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null };
}

/** A run and how far it is. @throws AppError `not_found`. */
export async function getRun(trx: Transaction<Database>, organizationId: string, id: string, now: number): Promise<RunProgress> {
  const { rows } = await sql<RunRow>`
    select * from run where organization_id = ${organizationId} and id = ${id}`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new AppError('not_found', 'There is no such run.');
  const cursors = await readCursors(trx, { organizationId, posAccountId: row.pos_account_id });
  const history = cursors.get('sales/history') as Cursor<HistoryPlace> | undefined;
  const walk = await walkOf(trx, row, history, now);
  return { ...toRun(row), progress: progressOf(row, history?.caughtUpAt != null, walk, now) };
}

interface WalkLeft {
  readonly share: number | null;
  /** Sales still to be read, about. */
  readonly left: number | null;
}

/** How far the walk through the sales is: by their ids where these are numbers in order, else by the time the walk has come to. */
async function walkOf(
  trx: Transaction<Database>,
  { organization_id: organizationId, pos_account_id: posAccountId }: RunRow,
  history: Cursor<HistoryPlace> | undefined,
  now: number,
): Promise<WalkLeft> {
  if (history === undefined || history.caughtUpAt !== null || history.place.lastId === null) return { share: null, left: null };
  const share = shareOf(history.place);
  if (share !== null) return { share, left: Number(history.place.goalId) - Number(history.place.lastId) };
  const { rows } = await sql<{ reached: Date | null; first: string | null; sales: number | null }>`
    select
      (select changed_at from sale where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
        and sale_id = ${history.place.lastId}) as reached,
      min(month)::text as first, sum(transactions + return_transactions + other_transactions)::int as sales
    from fact_month where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
  const { reached = null, first = null, sales = null } = rows[0] ?? {};
  if (reached === null || first === null) return { share: null, left: null };
  const from = Date.parse(first);
  const byTime = now > from ? Math.min(1, Math.max(0, (reached.getTime() - from) / (now - from))) : null;
  const left = byTime === null || byTime === 0 || sales === null ? null : (sales * (1 - byTime)) / byTime;
  return { share: byTime, left };
}

function progressOf(row: RunRow, historyDone: boolean, walk: WalkLeft, now: number): RunProgress['progress'] {
  const seconds = ((row.finished_at?.getTime() ?? now) - row.started_at.getTime()) / 1000;
  const documentsPerSecond = seconds > 0 ? row.documents / seconds : null;
  const isOver = row.finished_at !== null || historyDone;
  const pace = PaceJson.safeParse(row.pace);
  return {
    historyShare: historyDone ? 1 : walk.share,
    historyDone,
    documentsPerSecond,
    secondsLeft: isOver || !pace.success ? null : secondsFor(walk.left, pace.data),
  };
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    posAccountId: row.pos_account_id,
    connectionId: row.connection_id,
    kind: row.kind,
    state: row.state as Run['state'],
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    retryAt: row.retry_at?.toISOString() ?? null,
    pages: row.pages,
    requests: row.requests,
    documents: row.documents,
    changed: row.changed,
    setAside: row.set_aside,
    throttled: row.throttled,
    error: row.error === null ? null : RunError.parse(row.error),
  };
}

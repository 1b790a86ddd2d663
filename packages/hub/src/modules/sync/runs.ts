import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import type { Cursor, HistoryPlace } from './cursors.ts';
import { readCursors } from './cursors.ts';
import { shareOf } from './history.ts';
import type { Run, RunProgress } from './schemas.ts';

interface RunRow {
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
}

const Position = z.tuple([z.uuid()]);
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
  return { ...toRun(row), progress: progressOf(row, history, now) };
}

function progressOf(row: RunRow, history: Cursor<HistoryPlace> | undefined, now: number): RunProgress['progress'] {
  const historyDone = history?.caughtUpAt != null;
  const historyShare = historyDone ? 1 : history === undefined ? null : shareOf(history.place);
  const seconds = ((row.finished_at?.getTime() ?? now) - row.started_at.getTime()) / 1000;
  const documentsPerSecond = seconds > 0 ? row.documents / seconds : null;
  const left = historyDone || history === undefined ? null : Number(history.place.goalId) - Number(history.place.lastId);
  const secondsLeft =
    row.finished_at !== null || left === null || !Number.isFinite(left) || documentsPerSecond === null || documentsPerSecond === 0
      ? null
      : Math.max(0, Math.round(left / documentsPerSecond));
  return { historyShare, historyDone, documentsPerSecond, secondsLeft };
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

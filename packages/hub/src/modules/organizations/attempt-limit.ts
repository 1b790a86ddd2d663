import { type Kysely, sql } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/** How many attempts a key may make in a window that starts with its first one. */
export interface AttemptLimit {
  readonly windowSeconds: number;
  readonly max: number;
}

/**
 * Counts one attempt of `key`, for all processes together. Real time, whatever the clock of the business says: this guards
 * against people, not against the POS.
 *
 * @returns Null when it may go on, else the seconds to wait.
 */
export async function countAttempt(db: Kysely<Database>, key: string, limit: AttemptLimit): Promise<number | null> {
  const nowMs = Date.now();
  const windowMs = limit.windowSeconds * 1000;
  const started = nowMs - windowMs;
  // One statement, so that attempts at the same time are all counted. `lastRequest` holds the start of the window.
  const { rows } = await sql<{ count: number; start: number }>`
    insert into auth."rateLimit" as held (key, count, "lastRequest") values (${key}, 1, ${nowMs})
    on conflict (key) do update set
      count = case when held."lastRequest" <= ${started} then 1 else held.count + 1 end,
      "lastRequest" = case when held."lastRequest" <= ${started} then ${nowMs} else held."lastRequest" end
    returning count, "lastRequest" as start`.execute(db);
  const row = rows[0];
  if (row === undefined || row.count <= limit.max) {
    if (row?.count === 1) await forgetOld(db, nowMs);
    return null;
  }
  return Math.max(1, Math.ceil((row.start + windowMs - nowMs) / 1000));
}

const DAY_MS = 86_400_000;

async function forgetOld(db: Kysely<Database>, nowMs: number): Promise<void> {
  await sql`delete from auth."rateLimit" where "lastRequest" < ${nowMs - DAY_MS}`.execute(db);
}

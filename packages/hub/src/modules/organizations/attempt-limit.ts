import { type Kysely, sql } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/** How many attempts a key may make in a window that starts with its first one. */
export interface AttemptLimit {
  readonly windowSeconds: number;
  readonly max: number;
}

/** How many attempts a key has at once; from then on each waits twice as long as the one before. */
export interface GrowingDelay {
  readonly free: number;
  readonly longestSeconds: number;
}

const DAY_MS = 86_400_000;
const REMEMBERED_DAYS = 90;
/** After this long without an attempt a key begins anew. */
const QUIET_MS = 3_600_000;

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

/**
 * Counts one attempt of `key` unless it comes too soon after the one before: then it is not carried out, and does not count, so that
 * waiting is never prolonged by trying.
 *
 * @returns Null when it may go on, else the seconds to wait.
 */
export async function delayAttempt(db: Kysely<Database>, key: string, delay: GrowingDelay): Promise<number | null> {
  const nowMs = Date.now();
  const quiet = nowMs - QUIET_MS;
  const wait = sql`least(${delay.longestSeconds}, case when held.count < ${delay.free} then 0 else power(2, least(held.count - ${delay.free} + 1, 20)) end) * 1000`;
  // `lastRequest` holds the time of the last attempt that was carried out.
  const { rows } = await sql<{ count: number }>`
    insert into auth."rateLimit" as held (key, count, "lastRequest") values (${key}, 1, ${nowMs})
    on conflict (key) do update set
      count = case when held."lastRequest" <= ${quiet} then 1 else held.count + 1 end, "lastRequest" = ${nowMs}
    where held."lastRequest" + ${wait} <= ${nowMs}
    returning count`.execute(db);
  if (rows.length > 0) return null;
  const held = await sql<{ until: number }>`
    select (held."lastRequest" + ${wait})::float8 as until from auth."rateLimit" held where key = ${key}`.execute(db);
  return Math.max(1, Math.ceil(((held.rows[0]?.until ?? nowMs) - nowMs) / 1000));
}

/** The attempt was a good one: its key begins anew. */
export async function forgetAttempts(db: Kysely<Database>, key: string): Promise<void> {
  await sql`delete from auth."rateLimit" where key = ${key}`.execute(db);
}

/** Keeps in mind that this was so, for some months. */
export async function remember(db: Kysely<Database>, fact: string): Promise<void> {
  await sql`
    insert into auth."rateLimit" (key, count, "lastRequest") values (${`known:${fact}`}, 1, ${Date.now()})
    on conflict (key) do update set "lastRequest" = excluded."lastRequest"`.execute(db);
}

export async function isRemembered(db: Kysely<Database>, fact: string): Promise<boolean> {
  const { rows } = await sql`select from auth."rateLimit" where key = ${`known:${fact}`}`.execute(db);
  return rows.length > 0;
}

async function forgetOld(db: Kysely<Database>, nowMs: number): Promise<void> {
  await sql`
    delete from auth."rateLimit"
    where "lastRequest" < case when key like 'known:%' then ${nowMs - REMEMBERED_DAYS * DAY_MS}::bigint else ${nowMs - DAY_MS}::bigint end`.execute(
    db,
  );
}

import { sql } from 'kysely';
import type { Services } from '../../platform/services.ts';

/** A browser that a person is signed in with. */
export interface BrowserSession {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** A person's own sessions that have not expired, the last seen first. */
export async function listSessions(services: Services, userId: string): Promise<BrowserSession[]> {
  const rows = await services.db
    .selectFrom('auth.session')
    .select(['id', 'createdAt', 'updatedAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', sql<string>`${userId}::uuid`)
    .where('expiresAt', '>', new Date())
    .orderBy('updatedAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.updatedAt.toISOString(),
    address: row.ipAddress === '' ? null : row.ipAddress,
    userAgent: row.userAgent === '' ? null : row.userAgent,
  }));
}

/** Signs the person out of one browser; nothing happens when it is not one of theirs. */
export async function endSession(services: Services, userId: string, id: string): Promise<void> {
  await services.db
    .deleteFrom('auth.session')
    .where('userId', '=', sql<string>`${userId}::uuid`)
    .where('id', '=', sql<string>`${id}::uuid`)
    .execute();
}

/** Signs the person out everywhere but in this browser. */
export async function endOtherSessions(services: Services, userId: string, keep: string): Promise<void> {
  await services.db
    .deleteFrom('auth.session')
    .where('userId', '=', sql<string>`${userId}::uuid`)
    .where('id', '<>', sql<string>`${keep}::uuid`)
    .execute();
}

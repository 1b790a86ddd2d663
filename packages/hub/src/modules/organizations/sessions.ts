import { type DeleteQueryBuilder, type DeleteResult, sql } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { type AccountOwner, auditPerson } from './account-links.ts';

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
export async function endSession(services: Services, owner: AccountOwner, id: string): Promise<void> {
  await endSessions(services, owner, (query) => query.where('id', '=', sql<string>`${id}::uuid`));
}

/** Signs the person out everywhere but in this browser. */
export async function endOtherSessions(services: Services, owner: AccountOwner, keep: string): Promise<void> {
  await endSessions(services, owner, (query) => query.where('id', '<>', sql<string>`${keep}::uuid`));
}

type Deleting = DeleteQueryBuilder<Database, 'auth.session', DeleteResult>;

async function endSessions(
  services: Services,
  { userId, email, actor }: AccountOwner,
  which: (query: Deleting) => Deleting,
): Promise<void> {
  await services.db.transaction().execute(async (trx) => {
    const query = trx.deleteFrom('auth.session').where('userId', '=', sql<string>`${userId}::uuid`);
    const ended = await which(query).returning('id').execute();
    if (ended.length === 0) return;
    await auditPerson(services, trx, actor, userId, email, 'person.sessions_ended', { after: { sessions: ended.length } });
  });
}

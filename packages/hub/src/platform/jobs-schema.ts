import type pg from 'pg';
import { PgBoss } from 'pg-boss';

/** The schema of the job queue's own tables; exempt from the tenant rules by name. */
export const JOBS_SCHEMA = 'pgboss';

/**
 * Makes or upgrades the job queue's tables and lets the two working roles put jobs in, so that a job can be enqueued inside a
 * tenant's transaction. Job data holds ids only, never a tenant's content. The caller holds the migration lock.
 */
export async function installJobs(client: pg.ClientBase, url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: JOBS_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
    migrate: true,
  });
  const errors: unknown[] = [];
  boss.on('error', (error) => errors.push(error));
  await boss.start();
  await boss.stop({ graceful: false });
  const [first] = errors;
  if (first !== undefined) throw first;
  await client.query(`
    grant usage on schema ${JOBS_SCHEMA} to app_user, app_system;
    grant select, insert, update on all tables in schema ${JOBS_SCHEMA} to app_user, app_system;
    grant execute on all functions in schema ${JOBS_SCHEMA} to app_user, app_system;
  `);
}

import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';

/**
 * Runs `run` inside a transaction of the database's owner as one organization: for work that changes who may sign in, whose tables no
 * tenant can see, together with the organization's own rows.
 */
export async function asTenant<T>(trx: Transaction<Database>, organizationId: string, run: () => Promise<T>): Promise<T> {
  await sql`select set_config('role', 'app_user', true), set_config('app.organization_id', ${organizationId}, true)`.execute(trx);
  const result = await run();
  await sql`reset role`.execute(trx);
  return result;
}

import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/**
 * Runs `run` in one transaction that can see and write one organization's rows only (row-level security, role `app_user`).
 * Everything is rolled back when `run` throws; its error passes through unchanged.
 */
export async function tenantTransaction<T>(
  db: Kysely<Database>,
  organizationId: string,
  run: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    // One statement for both settings: `role` is an ordinary setting, and a round trip a transaction is worth saving.
    await sql`select set_config('role', 'app_user', true), set_config('app.organization_id', ${organizationId}, true)`.execute(
      trx,
    );
    return run(trx);
  });
}

/** Runs `run` in one transaction that sees every organization: only for work across tenants, such as claiming due accounts. */
export async function systemTransaction<T>(db: Kysely<Database>, run: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`set local role app_system`.execute(trx);
    return run(trx);
  });
}

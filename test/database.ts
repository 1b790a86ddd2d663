import { randomUUID } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { createPool } from '../packages/hub/src/platform/database/pool.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { uuidv7 } from '../packages/hub/src/platform/uuid.ts';
import { atFileEnd } from './file-end.ts';
import { TEMPLATE } from './template.ts';

const IN_USE = '55006';
const RETRY_MS = 20;
const PATIENCE_MS = 20_000;

export interface TestDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  readonly url: string;
  /** An organization that is there already: DKK, Europe/Copenhagen, weeks from Monday. */
  readonly organizationId: string;
}

/** A database of its own on the real PostgreSQL, cloned from the migrated template; dropped when the test file ends. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await emptyDatabase(TEMPLATE);
  const pool = createPool(url);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  atFileEnd(() => db.destroy());
  const organizationId = uuidv7();
  await systemTransaction(db, async (trx) => {
    await trx
      .insertInto('organization')
      .values({ organization_id: organizationId, name: 'Test company', currency: 'DKK', time_zone: 'Europe/Copenhagen' })
      .execute();
  });
  return { db, pool, url, organizationId };
}

/**
 * The address of a new database with nothing of ours in it, dropped when the test file ends.
 *
 * @param template A database to copy instead.
 */
export async function emptyDatabase(template = 'template1'): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${template}`);
  atFileEnd(() => onServer(`drop database if exists ${name}`));
  return urlOf(name);
}

/**
 * The address of a new database as its owner, who is no superuser: what a managed PostgreSQL gives. The two working roles exist
 * there already and were granted by the administrator.
 */
export async function ownedDatabase(): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create role ${name} login`);
  atFileEnd(() => onServer(`drop role ${name}`));
  // Before 16 it could not be said that a member has to take the role first.
  await onServer(`grant app_user, app_system to ${name} ${inject('serverMajor') >= 16 ? 'with inherit false, set true' : ''}`);
  await onServer(`create database ${name} owner ${name}`);
  atFileEnd(() => onServer(`drop database if exists ${name}`));
  const url = new URL(urlOf(name));
  url.searchParams.set('user', name);
  return url.href;
}

/** The address of a database on the test server. */
export function urlOf(database: string): string {
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer(statement: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      // A pool says it has ended before the server has seen its connections go; and templates are copied one at a time.
      const busy = error instanceof Error && 'code' in error && error.code === IN_USE;
      if (!busy || Date.now() > deadline) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, RETRY_MS);
      });
    } finally {
      await client.end();
    }
  }
}

import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { installJobs } from '../jobs-schema.ts';
import { connect, connectError } from './connect.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));
const TABLE = 'schema_migration';
const INSUFFICIENT_PRIVILEGE = '42501';
/** Of no table: only our migrating processes take this one. */
const MIGRATING = 7_455_917_340_221;

/**
 * Brings the database to this release's schema: each numbered SQL file once, in order, in a transaction of its own, then the job
 * queue's own tables. A second process waits for the first.
 *
 * @param folder The migrations, for tests of older and newer releases.
 * @returns The names of the files that were applied now.
 * @throws AppError `database_newer` when a newer release has been here, and what `connect` throws.
 */
export async function migrate(url: string, folder = FOLDER): Promise<string[]> {
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    const { pending } = await compare(client, folder);
    if (pending.length > 0) await apply(client, folder);
    await installJobs(client, url);
    return pending;
  } catch (error) {
    if (isDenied(error)) throw denied(error, url);
    throw error;
  } finally {
    await client.end();
  }
}

/** The migrations of this release that this database has not had yet, in order. @throws AppError `database_newer`. */
export async function pendingMigrations(client: pg.ClientBase): Promise<string[]> {
  return (await compare(client, FOLDER)).pending;
}

/** The newest migration of this release. */
export async function newestMigration(): Promise<string> {
  return (await migrationNames(FOLDER)).at(-1) ?? '';
}

/** @throws AppError `unavailable` when migrations are pending, `database_newer` when it is ahead of us. */
export async function assertMigrated(client: pg.ClientBase): Promise<void> {
  const pending = await pendingMigrations(client);
  if (pending.length === 0) return;
  throw new AppError(
    'unavailable',
    `The database lacks ${pending.length} migrations (${pending.join(', ')}). Run tillweave migrate.`,
    {
      details: { pending: pending.length },
    },
  );
}

async function apply(client: pg.Client, dir: string): Promise<void> {
  await runner({
    dbClient: client,
    dir,
    direction: 'up',
    migrationsTable: TABLE,
    singleTransaction: false,
    checkOrder: true,
    // Ours, above, covers the comparison and the job tables too.
    noLock: true,
    log: () => undefined,
  });
}

async function compare(client: pg.ClientBase, folder: string): Promise<{ pending: string[] }> {
  const known = await migrationNames(folder);
  const applied = await appliedNames(client);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError(
      'database_newer',
      `This database was upgraded by a newer release (${unknown.join(', ')}). Run that release, or restore a backup made before the upgrade.`,
      { details: { unknown } },
    );
  }
  return { pending: known.filter((name) => !applied.includes(name)) };
}

async function migrationNames(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}

async function appliedNames(client: pg.ClientBase): Promise<string[]> {
  const { rows: tables } = await client.query<{ there: boolean }>(`select to_regclass($1) is not null as there`, [TABLE]);
  if (tables[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(`select name from ${TABLE} order by id`);
  return rows.map(({ name }) => name);
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE;
}

function denied(error: unknown, url: string): AppError {
  const { details } = connectError(error, url);
  return new AppError(
    'database_refused',
    'The database user may not prepare the schema. It must own the database and, once, be allowed to create roles (alter role … createrole).',
    { details, cause: error },
  );
}

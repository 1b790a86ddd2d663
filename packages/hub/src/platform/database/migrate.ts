import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { installJobs } from '../jobs-schema.ts';
import { connect, connectError } from './connect.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));
const TABLE = 'schema_migration';
const MONTHS_AHEAD = 3;
const INSUFFICIENT_PRIVILEGE = '42501';
/** Of no table: only our migrating processes take this one. */
const MIGRATING = 7_455_917_340_221;

export interface MigrateOptions {
  /** The migrations; others for tests of older and newer releases. */
  readonly folder?: string;
  /** The last one to apply; every one unless said. */
  readonly until?: string;
}

/**
 * Brings the database to this release's schema: each numbered SQL file once, in order, in a transaction of its own, then the job
 * queue's own tables. A second process waits for the first.
 *
 * @returns The names of the files that were applied now.
 * @throws AppError `database_newer` when a newer release has been here, and what `connect` throws.
 */
export async function migrate(url: string, { folder = FOLDER, until }: MigrateOptions = {}): Promise<string[]> {
  const client = await connect(url);
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    const { pending } = await compare(client, folder);
    const wanted = until === undefined ? pending : pending.filter((name) => name <= until);
    if (wanted.length > 0) await apply(client, folder, wanted.length);
    await installJobs(client, url);
    await makePartitions(client);
    return wanted;
  } catch (error) {
    if (isDenied(error)) throw denied(error, url);
    throw error;
  } finally {
    await client.end();
  }
}

/** The months ahead, also for a database that nobody worked on for long. Older schemas have no such function. */
async function makePartitions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regprocedure('make_month_partitions(integer)') is not null as there`,
  );
  if (rows[0]?.there === true) await client.query('select make_month_partitions($1)', [MONTHS_AHEAD]);
}

/** The migrations of this release that this database has not had yet, in order. @throws AppError `database_newer`. */
export async function pendingMigrations(client: pg.ClientBase): Promise<string[]> {
  return (await compare(client, FOLDER)).pending;
}

/** The migrations of this release, in order. */
export async function knownMigrations(): Promise<string[]> {
  return migrationNames(FOLDER);
}

/**
 * Whether this database has this release's schema; false when it has none at all yet.
 *
 * @throws AppError `unavailable` when it has an older one, `database_newer` when it is ahead of us.
 */
export async function isMigrated(client: pg.ClientBase): Promise<boolean> {
  const { pending, applied } = await compare(client, FOLDER);
  if (applied.length === 0) return false;
  if (pending.length === 0) return true;
  throw new AppError(
    'unavailable',
    `The database has the schema of an older release (${pending.length} to apply: ${pending.join(', ')}). Run tillweave migrate.`,
    {
      details: { pending },
    },
  );
}

async function apply(client: pg.Client, dir: string, count: number): Promise<void> {
  await runner({
    dbClient: client,
    dir,
    count,
    direction: 'up',
    migrationsTable: TABLE,
    singleTransaction: false,
    checkOrder: true,
    // Ours, above, covers the comparison and the job tables too.
    noLock: true,
    log: () => undefined,
  });
}

async function compare(client: pg.ClientBase, folder: string): Promise<{ pending: string[]; applied: string[] }> {
  const known = await migrationNames(folder);
  const applied = await appliedMigrations(client);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new AppError(
      'database_newer',
      `This database was upgraded by a newer release (${unknown.join(', ')}). Run that release, or restore a backup made before the upgrade.`,
      { details: { unknown } },
    );
  }
  return { pending: known.filter((name) => !applied.includes(name)), applied };
}

async function migrationNames(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
}

/** The migrations this database has had, in order; none when it has none of ours. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
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

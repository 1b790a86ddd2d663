import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Config } from '../config.ts';
import { connect } from './connect.ts';
import { joinEmbedded } from './embedded/server.ts';
import { isMigrated, migrate } from './migrate.ts';
import { createPool } from './pool.ts';
import type { Database } from './schema.ts';

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  /** The address, whoever gave it. */
  readonly url: string;
  /** Ends all connections; leaves the embedded server, which the last one out stops. Safe to call twice. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /**
   * `apply` brings the schema up to date (the default). `require` prepares an empty database but refuses an older schema: an upgrade
   * is a decision, not a side effect of reading something. `ignore` takes it as it is (the doctor).
   */
  readonly migrations?: 'apply' | 'require' | 'ignore';
  readonly poolSize?: number;
}

/** A database one can connect to, and how to leave it. */
interface JoinedDatabase {
  readonly url: string;
  leave(): Promise<void>;
}

/** The database of this configuration as it is: `DATABASE_URL`, or the embedded one, started when nobody has yet. */
export async function joinDatabase({ databaseUrl, home }: Pick<Config, 'databaseUrl' | 'home'>): Promise<JoinedDatabase> {
  return databaseUrl === null ? joinEmbedded({ home }) : { url: databaseUrl, leave: () => Promise.resolve() };
}

/**
 * Opens the database of this configuration: `DATABASE_URL`, else the embedded one in `home`, started when nobody has yet.
 *
 * @throws AppError one of the `database_*` codes.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'home'>,
  options: OpenOptions = {},
): Promise<OpenDatabase> {
  const server = await joinDatabase(config);
  const { url } = server;
  try {
    await prepare(url, options.migrations ?? 'apply');
  } catch (error) {
    await server.leave();
    throw error;
  }
  const pool = createPool(url, options.poolSize);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await db.destroy();
    await server.leave();
  };
  return { db, pool, url, close: () => (closed ??= close()) };
}

async function prepare(url: string, migrations: NonNullable<OpenOptions['migrations']>): Promise<void> {
  if (migrations === 'apply') {
    await migrate(url);
    return;
  }
  const client = await connect(url);
  try {
    if (migrations === 'require' && (await isMigrated(client))) return;
  } finally {
    await client.end();
  }
  if (migrations === 'require') await migrate(url);
}

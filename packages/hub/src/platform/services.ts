import type { Kysely } from 'kysely';
import type pg from 'pg';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createSealer, type Sealer } from './crypto.ts';
import { openDatabase, type OpenOptions } from './database/open.ts';
import type { Database } from './database/schema.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createLogger, type Logger } from './logging.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { readSecretKey, secretKeyAgain } from './secret-key.ts';

/** Sends a request; the same shape as the global one, injected so that tests answer in process. */
export type Fetch = (request: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** The one bag of what the modules work with. */
export interface Services {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  /** The database's address, for what needs a connection of its own. Holds a password: never print it. */
  readonly databaseUrl: string;
  readonly jobs: Jobs;
  readonly log: Logger;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly fetch: Fetch;
  readonly metrics: Metrics;
}

export interface OpenServices extends Services {
  /** Stops the jobs, ends all connections, leaves the embedded database. Safe to call twice. */
  close(): Promise<void>;
}

export interface ServicesOptions extends OpenOptions {
  readonly clock?: Clock;
  readonly fetch?: Fetch;
  readonly log?: Logger;
}

/**
 * Opens everything a process needs.
 *
 * @throws AppError one of the `database_*` or `secret_key_*` codes.
 */
export async function createServices(config: Config, options: ServicesOptions = {}): Promise<OpenServices> {
  const sealer = createSealer(await readSecretKey(config), secretKeyAgain(config));
  const database = await openDatabase(config, options);
  const log = options.log ?? createLogger(config);
  // An idle connection that the server ended is replaced; it is still worth knowing.
  database.pool.on('error', (error) => log.warn({ err: error }, 'A database connection was lost'));
  const metrics = createMetrics({ withProcess: true });
  const jobs = createJobs({ db: database.db, url: database.url, log, metrics });
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await jobs.stop();
    await database.close();
  };
  return {
    config,
    db: database.db,
    pool: database.pool,
    databaseUrl: database.url,
    jobs,
    log,
    clock: options.clock ?? systemClock,
    sealer,
    fetch: options.fetch ?? ((request, init) => fetch(request, init)),
    metrics,
    close: () => (closed ??= close()),
  };
}

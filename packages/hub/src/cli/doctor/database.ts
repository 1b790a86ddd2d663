import { sql } from 'kysely';
import { message } from '../../messages/message.ts';
import type { ConnectionState } from '../../modules/connections/states.ts';
import type { Config } from '../../platform/config.ts';
import type { Sealer } from '../../platform/crypto.ts';
import { connect, placeOf } from '../../platform/database/connect.ts';
import { appliedMigrations, pendingMigrations } from '../../platform/database/migrate.ts';
import type { OpenDatabase } from '../../platform/database/open.ts';
import { systemTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { readBacklog } from '../../platform/jobs.ts';
import { examineSync } from './sync.ts';
import { failed, type Finding, ok, warning } from './finding.ts';

const SKEW_MAX_MS = 5_000;
const WAIT_MAX_SECONDS = 300;
/** States in which a connection waits for somebody to do something. */
const IN_NEED = new Set<string>(['set_up_incomplete', 'needs_reauthorisation'] satisfies ConnectionState[]);

/** What only the database knows. A missing or old schema ends the list: nothing behind it can be asked. */
export async function examineDatabase(database: OpenDatabase, config: Config, sealer: Sealer | null): Promise<Finding[]> {
  const first = [await examineServer(database, config), await examineClock(database)];
  const migrations = await examineMigrations(database.url);
  if (migrations.state === 'failed') return [...first, migrations];
  return [
    ...first,
    migrations,
    await examineJobs(database),
    ...(await examineConnections(database, sealer)),
    ...(await examineSync(database, config)),
  ];
}

async function examineServer({ db, url }: OpenDatabase, { databaseUrl }: Config): Promise<Finding> {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
  const place = databaseUrl === null ? message('cli.doctor.embedded') : placeOf(url).server;
  return ok('database', `PostgreSQL ${rows[0]?.version ?? ''}, ${place}`);
}

/** A wrong clock moves sales to another day: the database's is compared with ours. */
async function examineClock({ db }: OpenDatabase): Promise<Finding> {
  const before = Date.now();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const middle = (before + Date.now()) / 2;
  const skew = Math.round(Math.abs((rows[0]?.now.getTime() ?? middle) - middle));
  const found = message('cli.doctor.skew', { ms: skew });
  return skew <= SKEW_MAX_MS ? ok('clock', found) : failed('clock', found, message('cli.doctor.set_clock'));
}

async function examineMigrations(url: string): Promise<Finding> {
  const client = await connect(url);
  try {
    const pending = await pendingMigrations(client);
    const newest = (await appliedMigrations(client)).at(-1) ?? message('cli.doctor.no_schema');
    if (pending.length === 0) return ok('migrations', newest);
    return failed('migrations', message('cli.doctor.pending', { newest, count: pending.length }), message('cli.doctor.migrate'));
  } catch (error) {
    if (error instanceof AppError) return failed('migrations', error.code, error.message);
    throw error;
  } finally {
    await client.end();
  }
}

async function examineJobs({ db }: OpenDatabase): Promise<Finding> {
  const backlog = await readBacklog(db);
  const sum = (value: (queue: (typeof backlog)[number]) => number): number =>
    backlog.reduce((total, queue) => total + value(queue), 0);
  const oldest = Math.max(0, ...backlog.map(({ oldestSeconds }) => oldestSeconds));
  const counts = {
    waiting: sum(({ waiting }) => waiting),
    running: sum(({ running }) => running),
    failed: sum((queue) => queue.failed),
  };
  const found = message('cli.doctor.backlog', { ...counts, oldest });
  if (oldest > WAIT_MAX_SECONDS) return warning('jobs', found, message('cli.doctor.no_worker'));
  return counts.failed > 0 ? warning('jobs', found, message('cli.doctor.failed_jobs')) : ok('jobs', found);
}

async function examineConnections({ db }: OpenDatabase, sealer: Sealer | null): Promise<Finding[]> {
  const [connections, credentials] = await systemTransaction(db, async (trx) => [
    await trx
      .selectFrom('connection')
      .select(['name', 'state', 'state_reason'])
      .where('state', '<>', 'removed' satisfies ConnectionState)
      .orderBy('name')
      .execute(),
    await trx.selectFrom('credential').select('sealed').execute(),
  ]);
  const found = connections.map(({ name, state }) => `${name}: ${state}`).join(', ') || message('cli.doctor.no_connections');
  const unwell = connections.filter(({ state }) => IN_NEED.has(state));
  const remedy = unwell
    .map(({ name, state_reason: reason }) => message('cli.doctor.connection', { name, reason: reason ?? '–' }))
    .join(' ');
  const strange = credentials.filter(({ sealed }) => sealer !== null && !sealer.knows(sealed)).length;
  return [
    unwell.length === 0 ? ok('connections', found) : warning('connections', found, remedy),
    strange === 0
      ? ok('credentials', message('cli.doctor.credentials', { count: credentials.length }))
      : failed('credentials', message('cli.doctor.strange', { count: strange }), message('cli.doctor.key_back')),
  ];
}

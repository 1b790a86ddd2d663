import { access, constants, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import { type ServerAccount, serverAccount } from './account.ts';
import { type BinaryChoice, findBinaries } from './binaries.ts';
import { createCluster, madeBy } from './cluster.ts';
import { isNoSpace, noSpace } from './failure.ts';
import { FileLock } from './file-lock.ts';
import { findRunning, type Running, socketUrl, startServer, stopServer } from './process.ts';
import { privateFolder } from './reach.ts';

/** Starting may include crash recovery and copying the programs. */
const START_PATIENCE_MS = 120_000;
const DATABASE = 'tillweave';

export interface EmbeddedOptions {
  /** `TILLWEAVE_HOME`; the database lives in `postgres` below it. */
  readonly home: string;
  readonly binaries?: BinaryChoice;
  /** Server settings for the process that starts it; ignored when it runs already. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The user the server runs as; chosen by `serverAccount()` unless a test says otherwise. */
  readonly account?: ServerAccount | null;
  /** False for throw-away data: nothing is synced to disk. */
  readonly durable?: boolean;
}

export interface EmbeddedServer {
  /** The database `tillweave` on it. */
  readonly url: string;
  /** Any database on it. */
  urlOf(database: string): string;
  /** Leaves; the last process out stops the server. Safe to call twice. */
  leave(): Promise<void>;
}

/**
 * Joins the embedded PostgreSQL of this home, starting (and on first use creating) it when nobody has yet.
 *
 * Two locks of the operating system rule it: `start.lock`, held alone while somebody starts or stops the server, and `use.lock`,
 * shared by everyone who uses it, so that the last one out can tell that it is the last.
 *
 * @throws AppError one of the `database_*` codes, with the remedy in its message.
 */
export async function joinEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const account = options.account === undefined ? serverAccount() : options.account;
  const folder = await ownFolder(options.home, account);
  const start = new FileLock(join(folder, 'start.lock'));
  const use = new FileLock(join(folder, 'use.lock'));
  try {
    await start.seize(START_PATIENCE_MS);
    const running = (await findRunning(folder)) ?? (await startNew(folder, account, options));
    await createDatabase(running);
    await use.share(START_PATIENCE_MS);
    start.release();
    return membership(folder, running, start, use);
  } catch (error) {
    start.close();
    use.close();
    throw error;
  }
}

/** The folder the embedded database owns, made and checked. */
async function ownFolder(home: string, account: ServerAccount | null): Promise<string> {
  try {
    await privateFolder(home, account);
    // The server reports its data folder with links resolved, and we compare.
    const folder = join(await realpath(home), 'postgres');
    await privateFolder(folder, account);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isNoSpace(error)) throw noSpace(home, error);
    throw unusableHome(home, error);
  }
}

function unusableHome(home: string, cause: unknown): AppError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new AppError(
    'database_home_unreachable',
    `The data folder ${home} cannot be used (${why}). Run Tillweave as the user it belongs to, mend its permissions, or choose another TILLWEAVE_HOME.`,
    { details: { path: home }, cause },
  );
}

async function startNew(folder: string, account: ServerAccount | null, options: EmbeddedOptions): Promise<Running> {
  const needed = await madeBy(folder);
  const binaries = await findBinaries({ choice: options.binaries ?? 'auto', account, copies: folder, needed });
  if (needed === null) await createCluster(folder, binaries, account, options.durable ?? true);
  return startServer(folder, binaries, account, options.settings ?? {});
}

async function createDatabase({ socketFolder }: Running): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketFolder, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function membership(folder: string, { socketFolder }: Running, start: FileLock, use: FileLock): EmbeddedServer {
  let left: Promise<void> | undefined;
  return {
    url: socketUrl(socketFolder, DATABASE),
    urlOf: (database) => socketUrl(socketFolder, database),
    leave: () => (left ??= leave(folder, start, use)),
  };
}

async function leave(folder: string, start: FileLock, use: FileLock): Promise<void> {
  try {
    await start.seize(START_PATIENCE_MS);
    use.release();
    if (!use.trySeize()) return;
    // Asked again rather than remembered: after a crash somebody else may have started another one.
    const running = await findRunning(folder);
    if (running !== null) await stopServer(folder, running);
  } finally {
    use.close();
    start.close();
  }
}

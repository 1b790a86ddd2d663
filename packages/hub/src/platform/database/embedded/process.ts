import { spawn } from 'node:child_process';
import { chown, mkdtemp, open, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import type { ServerAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { dataFolder, serverEnvironment, SUPERUSER } from './cluster.ts';
import { startFailure } from './failure.ts';
import { canReach } from './reach.ts';

const PORT = 5432;
const POLL_MS = 20;
const PATIENCE_MS = 60_000;
/** The kernel's limit for a socket's path, less the file name PostgreSQL appends. */
const LONGEST_FOLDER = 107 - `/.s.PGSQL.${PORT}.lock`.length;
const SOCKET_PREFIX = 'tillweave-';
const CANNOT_CONNECT_NOW = '57P03';
/** How long PostgreSQL may take to write its lock file whole. */
const HALF_FILE_MS = 3_000;
/** After a kill its children live on for a moment and hold the shared memory. */
const LEFTOVERS = /pre-existing shared memory block|is still in use|lock file "postmaster.pid" already exists/;
const LEFTOVERS_MS = 10_000;

/** A server that answers. */
export interface Running {
  readonly pid: number;
  readonly socketFolder: string;
}

/** The URL of a database on the server behind this socket. */
export function socketUrl(socketFolder: string, database: string): string {
  return `postgresql:///${encodeURIComponent(database)}?host=${encodeURIComponent(socketFolder)}&user=${SUPERUSER}`;
}

/**
 * The server that is running on this data, or null. It is asked, not guessed from a process id: a stale file from a killed server,
 * or one that now belongs to another server, does not count.
 */
export async function findRunning(folder: string, signal?: AbortSignal): Promise<Running | null> {
  const begun = Date.now();
  const deadline = begun + PATIENCE_MS;
  for (;;) {
    const stated = await readPostmasterFile(folder);
    if (stated === null || signal?.aborted === true) return null;
    const half = stated.socketFolder === '';
    if (half && Date.now() > begun + HALF_FILE_MS) return null;
    const answer = half ? 'busy' : await ask(stated.socketFolder);
    if (answer === dataFolder(folder)) return stated;
    if (answer !== 'busy') return null;
    // Starting, recovering after a crash, or shutting down: all end by themselves.
    if (Date.now() > deadline)
      throw new AppError('database_start_failed', `PostgreSQL in ${folder} has not finished starting or stopping in a minute.`);
    await pause(POLL_MS);
  }
}

/**
 * Starts a server on the data files and waits until it answers. It outlives this process: others may be using it. The caller holds
 * the start lock and has seen that no server is running on them.
 *
 * @param settings Server settings, e.g. `{ fsync: 'off' }`.
 */
export async function startServer(
  folder: string,
  binaries: Binaries,
  account: ServerAccount | null,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  await removeStale(folder);
  const deadline = Date.now() + LEFTOVERS_MS;
  for (;;) {
    const outcome = await tryStart(folder, binaries, account, settings);
    if ('running' in outcome) return outcome.running;
    if (!LEFTOVERS.test(outcome.output) || Date.now() > deadline) throw startFailure('start', outcome.output, folder);
    await pause(POLL_MS);
  }
}

async function tryStart(
  folder: string,
  binaries: Binaries,
  account: ServerAccount | null,
  settings: Readonly<Record<string, string>>,
): Promise<{ running: Running } | { output: string }> {
  const socketFolder = await makeSocketFolder(account);
  const logPath = join(folder, 'server.log');
  const log = await open(logPath, 'w', 0o600);
  const all = {
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    port: String(PORT),
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries.bin, 'postgres'), ['-D', dataFolder(folder), ...flags], {
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...account,
  });
  const over = new AbortController();
  const ended = new Promise<null>((resolve) => {
    server.once('error', () => resolve(null));
    server.once('exit', () => resolve(null));
  });
  server.unref();
  try {
    const running = await Promise.race([ended, untilAnswering(folder, over.signal)]);
    if (running !== null) return { running };
    await rm(socketFolder, { recursive: true, force: true });
    return { output: await readFile(logPath, 'utf8') };
  } catch (error) {
    server.kill('SIGQUIT');
    await rm(socketFolder, { recursive: true, force: true });
    throw error;
  } finally {
    over.abort();
    await log.close();
  }
}

/** Asks the server to disconnect everybody and stop, and waits until it has. */
export async function stopServer(folder: string, { pid, socketFolder }: Running): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    // It has gone by itself since it was asked.
    if (!hasCode(error, 'ESRCH')) throw error;
  }
  const deadline = Date.now() + PATIENCE_MS;
  while ((await readPostmasterFile(folder)) !== null) {
    if (Date.now() > deadline)
      throw new AppError('database_start_failed', `PostgreSQL (process ${pid}) has not stopped in a minute.`);
    await pause(POLL_MS);
  }
  await rm(socketFolder, { recursive: true, force: true });
}

/** Null only when `signal` says that the server has ended. */
async function untilAnswering(folder: string, signal: AbortSignal): Promise<Running | null> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (signal.aborted) return null;
    const running = await findRunning(folder, signal);
    if (running !== null) return running;
    await pause(POLL_MS);
  }
  throw new AppError('database_start_failed', `PostgreSQL in ${folder} has not answered within a minute; see server.log there.`);
}

/** The data folder of the server behind a socket, `busy` while it takes no connections yet, or null when nobody answers. */
async function ask(socketFolder: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: socketUrl(socketFolder, 'postgres'), connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory ?? null;
  } catch (error) {
    return hasCode(error, CANNOT_CONNECT_NOW) ? 'busy' : null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL's own lock file names its process and socket folder, one fact a line. */
async function readPostmasterFile(folder: string): Promise<Running | null> {
  let lines: string[];
  try {
    lines = (await readFile(join(dataFolder(folder), 'postmaster.pid'), 'utf8')).split('\n');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, socketFolder: lines[4] ?? '' } : null;
}

async function makeSocketFolder(account: ServerAccount | null): Promise<string> {
  const preferred = tmpdir();
  const fits = preferred.length + SOCKET_PREFIX.length + 7 <= LONGEST_FOLDER && (await canReach(preferred, account));
  const socketFolder = await mkdtemp(join(fits ? preferred : '/tmp', SOCKET_PREFIX));
  if (account !== null) await chown(socketFolder, account.uid, account.gid);
  return socketFolder;
}

/** What a killed server left: its socket folder, and a lock file that now names a stranger's process. */
async function removeStale(folder: string): Promise<void> {
  const stale = await readPostmasterFile(folder);
  if (stale === null) return;
  if (basename(stale.socketFolder).startsWith(SOCKET_PREFIX)) await rm(stale.socketFolder, { recursive: true, force: true });
  if (await isStranger(stale.pid, folder)) await rm(join(dataFolder(folder), 'postmaster.pid'), { force: true });
}

/**
 * Whether a process is certainly not the server of this data. PostgreSQL itself would take any process of that id and its own user
 * for it; but a server stands in its data folder, and Linux tells where a process stands. Elsewhere the answer is no.
 */
async function isStranger(pid: number, folder: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) !== dataFolder(folder);
  } catch {
    // Not Linux, gone (PostgreSQL sees that itself), or another user's, which PostgreSQL does not mistake for its own.
    return false;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

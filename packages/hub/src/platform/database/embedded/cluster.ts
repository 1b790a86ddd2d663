import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ServerAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isNoSpace, noSpace, startFailure } from './failure.ts';

const run = promisify(execFile);
const RECORD = 'cluster.json';
const HALF = 'data.';
const BUILTIN_LOCALE_FROM = 17;

const Record = z.object({ major: z.number().int(), kind: z.string(), version: z.string(), bin: z.string() });

/** The server's superuser and owner of everything; only we can reach its socket. */
export const SUPERUSER = 'tillweave';

/** Where the data files are, below the folder the embedded database owns. */
export function dataFolder(folder: string): string {
  return join(folder, 'data');
}

/** What existing data was made by, or null when there is none: our record, else PostgreSQL's own version file. */
export async function madeBy(folder: string): Promise<{ major: number; kind: string | null } | null> {
  const version = await readText(join(dataFolder(folder), 'PG_VERSION'));
  if (version === null) return null;
  // The data's own word on its version; ours only adds which kind of program made it.
  return { major: Number.parseInt(version, 10), kind: await recordedKind(folder) };
}

async function recordedKind(folder: string): Promise<string | null> {
  const text = await readText(join(folder, RECORD));
  if (text === null) return null;
  try {
    return Record.parse(JSON.parse(text)).kind;
  } catch {
    // A damaged note must not lock anybody out of their data.
    return null;
  }
}

/**
 * Makes the data files beside their final place and moves them there whole, so that a killed attempt leaves nothing that looks
 * like a database. The caller holds the start lock.
 */
export async function createCluster(
  folder: string,
  binaries: Binaries,
  account: ServerAccount | null,
  durable: boolean,
): Promise<void> {
  for (const entry of await readdir(folder)) {
    // Left by a killed attempt.
    if (entry.startsWith(HALF)) await rm(join(folder, entry), { recursive: true, force: true });
  }
  const half = join(folder, HALF + randomUUID());
  try {
    await mkdir(half, { mode: 0o700 });
    if (account !== null) await chown(half, account.uid, account.gid);
    const locale =
      binaries.major >= BUILTIN_LOCALE_FROM
        ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
        : ['--locale=C.UTF-8'];
    const options = ['-D', half, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', ...locale, ...(durable ? [] : ['--no-sync'])];
    await run(join(binaries.bin, 'initdb'), options, { cwd: '/', env: serverEnvironment(), ...account });
    const { kind, major, version, bin } = binaries;
    await writeFile(join(folder, RECORD), `${JSON.stringify({ major, kind, version, bin })}\n`);
    await rename(half, dataFolder(folder));
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    if (isNoSpace(error)) throw noSpace(folder, error);
    if (error instanceof Error && 'stderr' in error) throw startFailure('create the data files', String(error.stderr), folder);
    throw error;
  }
}

/** Nothing of our own environment reaches the server; its messages are in English, so that we can recognise them. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

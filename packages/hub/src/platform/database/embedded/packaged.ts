import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import type { ServerAccount } from './account.ts';
import { canReach } from './reach.ts';

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Manifest = z.object({ name: z.string(), version: z.string() });

/**
 * Makes the packaged PostgreSQL ready: its library links (npm packages carry none), and a copy where the server's account cannot
 * reach the package or we may not write the links beside it.
 *
 * @param folder The package's folder.
 * @param copies The folder for copies, reachable by the account.
 * @returns The folder that holds `bin`, `lib` and `share`.
 */
export async function preparePackaged(folder: string, account: ServerAccount | null, copies: string): Promise<string> {
  const native = join(folder, 'native');
  if ((await isReachable(native, account)) && (await tryLink(folder))) return native;
  const { version } = Manifest.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const copy = join(copies, `programs-${version}`);
  if (!(await exists(copy))) await copyPackage(folder, copy);
  return join(copy, 'native');
}

async function isReachable(native: string, account: ServerAccount | null): Promise<boolean> {
  return (await canReach(join(native, 'bin', 'postgres'), account)) && (await canReach(join(native, 'lib'), account));
}

async function copyPackage(folder: string, copy: string): Promise<void> {
  const half = `${copy}.${randomUUID()}`;
  try {
    await cp(folder, half, { recursive: true, verbatimSymlinks: true });
    await openFolder(half);
    await link(half);
    await rename(half, copy);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    // Another process may have finished the same copy first: its copy is as good as ours.
    if (!(await exists(copy))) throw error;
  }
}

/** A strict umask at installation would otherwise be copied along. */
async function openFolder(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openFolder(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o777) | (folder.endsWith('bin') ? 0o755 : 0o644));
  }
}

async function tryLink(folder: string): Promise<boolean> {
  try {
    await link(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS')) return false;
    throw error;
  }
}

async function link(folder: string): Promise<void> {
  const links = Links.parse(JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (await exists(path)) continue;
    try {
      await symlink(relative(dirname(path), join(folder, source)), path);
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, parse, resolve, sep } from 'node:path';
import { AppError } from '../../errors.ts';
import type { ServerAccount } from './account.ts';

const EXECUTE = 0o1;

/** Whether `account` may walk to `path` and enter or run it; null stands for ourselves and is always true. */
export async function canReach(path: string, account: ServerAccount | null): Promise<boolean> {
  if (account === null) return true;
  const full = resolve(path);
  const { root } = parse(full);
  const parts = full.slice(root.length).split(sep);
  for (let length = 0; length <= parts.length; length += 1) {
    const step = root + parts.slice(0, length).join(sep);
    const { mode, uid, gid } = await stat(step);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & EXECUTE) === 0) return false;
  }
  return true;
}

/**
 * Makes a private folder that the server's account may pass through but not list: only it (by group) and we can enter.
 *
 * @throws AppError `database_home_unreachable` when a folder above it is closed to that account.
 */
export async function privateFolder(path: string, account: ServerAccount | null): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (account === null) return;
  if (first !== undefined) await openParents(path, first);
  if (!(await canReach(path, account))) {
    const { uid, mode } = await stat(path);
    if (uid === process.getuid?.()) {
      await chown(path, uid, account.gid);
      await chmod(path, (mode & 0o7707) | 0o10);
    }
  }
  if (await canReach(path, account)) return;
  throw new AppError(
    'database_home_unreachable',
    `The database cannot live in ${path}: it runs as the unprivileged user ${account.uid}, which may not enter a folder above it. ` +
      'Choose another TILLWEAVE_HOME (as root the default is /var/lib/tillweave), open the folder with chmod o+x, or set DATABASE_URL.',
    { details: { path, uid: account.uid } },
  );
}

/** Folders above `path` that we have just made, from `first` down, must not be closed by a strict umask. */
async function openParents(path: string, first: string): Promise<void> {
  for (let parent = dirname(path); parent.startsWith(first); parent = dirname(parent)) await chmod(parent, 0o755);
}

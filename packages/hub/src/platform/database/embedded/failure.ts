import { AppError } from '../../errors.ts';

const NO_SPACE = /No space left on device|Disk quota exceeded/i;
const TAIL = 600;

/**
 * What a failed `initdb` or server start means, from what it printed.
 *
 * @param action What we were doing, as a clause: `create the database`.
 */
export function startFailure(action: string, output: string, folder: string): AppError {
  if (NO_SPACE.test(output)) return noSpace(folder);
  const tail = output.trim().slice(-TAIL);
  return new AppError('database_start_failed', `PostgreSQL could not ${action} in ${folder}: ${tail || 'it said nothing.'}`, {
    details: { folder },
  });
}

/** The disk is full: says where and how much is usually enough. */
export function noSpace(folder: string, cause?: unknown): AppError {
  return new AppError(
    'database_no_space',
    `There is no space left for the database in ${folder}. Free some (a new database takes about 100 MB), or choose another TILLWEAVE_HOME.`,
    { details: { folder }, cause },
  );
}

/** Whether a file operation failed for want of space. */
export function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

import { readFileSync } from 'node:fs';

/** The operating-system user the server runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY = 65_534;

/**
 * PostgreSQL refuses to run as root: then it runs as `postgres` where that user exists, else as the unprivileged 65534.
 *
 * @returns Null when we are an ordinary user and the server simply runs as us.
 */
export function serverAccount(): ServerAccount | null {
  if (process.getuid?.() !== 0) return null;
  return postgresUser() ?? { uid: NOBODY, gid: NOBODY };
}

function postgresUser(): ServerAccount | null {
  let users: string;
  try {
    users = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // A system without that file has no `postgres` user either.
    return null;
  }
  const fields = users
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'postgres');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) && uid > 0 ? { uid, gid } : null;
}

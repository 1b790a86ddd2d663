import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where data lives unless `TILLWEAVE_HOME` says otherwise: `/var/lib/tillweave` as root, else the platform's data folder. */
export function defaultHome(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  uid = process.getuid?.(),
): string {
  if (uid === 0) return '/var/lib/tillweave';
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'tillweave');
  const { XDG_DATA_HOME: data } = environment;
  return join(data !== undefined && data.startsWith('/') ? data : join(homedir(), '.local', 'share'), 'tillweave');
}

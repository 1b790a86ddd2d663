import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { message } from '../../messages/message.ts';
import type { Config } from '../../platform/config.ts';
import { failed, type Finding, ok, warning } from './finding.ts';

const NEEDED_MAJOR = 24;
const MEGABYTE = 1024 * 1024;
const TIGHT_MB = 1024;
const FULL_MB = 200;

export function examineNode(version = process.versions.node): Finding {
  if (Number.parseInt(version, 10) >= NEEDED_MAJOR) return ok('node', version);
  return failed('node', version, message('cli.doctor.node', { needed: NEEDED_MAJOR }));
}

/** The POS sends people back to us over HTTPS only; on the own machine there is a way around it. */
export function examineSettings({ publicUrls, databaseUrl }: Pick<Config, 'publicUrls' | 'databaseUrl'>): Finding {
  const found = [
    ...publicUrls.map(({ url }) => url),
    databaseUrl === null ? message('cli.doctor.embedded') : 'DATABASE_URL',
  ].join(', ');
  const open = publicUrls.find(
    ({ url }) => url.startsWith('http:') && !['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname),
  );
  return open === undefined ? ok('settings', found) : warning('settings', found, message('cli.doctor.https', { url: open.url }));
}

/** Mail is no must: without it notifications stay in the bell, and links are handed over by whoever made them. */
export function examineMail({ smtpUrl }: Pick<Config, 'smtpUrl'>): Finding {
  return ok('mail', smtpUrl === null ? message('cli.doctor.no_mail') : `SMTP, ${new URL(smtpUrl).host}`);
}

/** Space where the data folder is, or will be. */
export async function examineDisk(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await existing(home));
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  const found = message('cli.doctor.free', { free, home });
  if (free < FULL_MB) return failed('disk', found, message('cli.doctor.free_up'));
  return free < TIGHT_MB ? warning('disk', found, message('cli.doctor.free_up')) : ok('disk', found);
}

async function existing(path: string): Promise<string> {
  for (let folder = path; ; folder = dirname(folder)) {
    try {
      await statfs(folder);
      return folder;
    } catch (error) {
      if (folder === dirname(folder)) throw error;
    }
  }
}

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { generateKey } from './crypto.ts';
import { AppError } from './errors.ts';

const OTHERS = 0o077;

/** Where the generated key lives. */
export function secretKeyPath(home: string): string {
  return join(home, 'secret.key');
}

/**
 * The secret key: from the environment, else from its file in the home folder, which is made (readable by us alone) when absent.
 * Two processes that start at once agree on one key.
 *
 * @throws AppError `secret_key_invalid` when the file cannot be read or written.
 */
export async function readSecretKey({ secretKey, home }: Pick<Config, 'secretKey' | 'home'>): Promise<string> {
  if (secretKey !== null) return secretKey;
  const path = secretKeyPath(home);
  try {
    return (await readKeyFile(path)) ?? (await makeKeyFile(home, path));
  } catch (error) {
    throw new AppError(
      'secret_key_invalid',
      `The secret key file ${path} cannot be read or made. Mend its permissions, or set TILLWEAVE_SECRET_KEY.`,
      { details: { path }, cause: error },
    );
  }
}

/** The keys as they stand in the file now, for a process that runs while they are rotated; none of that when they come from outside. */
export function secretKeyAgain({ secretKey, home }: Pick<Config, 'secretKey' | 'home'>): (() => string) | undefined {
  return secretKey === null ? () => readFileSync(secretKeyPath(home), 'utf8').trim() : undefined;
}

/** Replaces the content of the key file; it is the old or the new one at any moment, also when the machine stops meanwhile. */
export async function writeSecretKeys(home: string, keys: readonly string[]): Promise<void> {
  const path = secretKeyPath(home);
  const whole = `${path}.${randomUUID()}`;
  try {
    await writeFile(whole, `${keys.join(',')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(whole, path);
  } finally {
    await rm(whole, { force: true });
  }
}

async function readKeyFile(path: string): Promise<string | null> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  if (((await stat(path)).mode & OTHERS) !== 0) await chmod(path, 0o600);
  return text;
}

async function makeKeyFile(home: string, path: string): Promise<string> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const whole = `${path}.${randomUUID()}`;
  await writeFile(whole, `${generateKey()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // A link appears whole or not at all, and only for the first who makes it.
    await link(whole, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(whole, { force: true });
  }
  const key = await readKeyFile(path);
  if (key === null) throw new Error('The key file vanished while it was being made.');
  return key;
}

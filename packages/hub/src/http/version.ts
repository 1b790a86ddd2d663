import { readFileSync } from 'node:fs';

/** This release's version, from its package. */
export const VERSION = readVersion();

function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const content = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return content.version;
}

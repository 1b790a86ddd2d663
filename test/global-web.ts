import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { build } from 'vite';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with the built web. */
    webFolder: string;
  }
}

const WEB = fileURLToPath(new URL('../packages/web', import.meta.url));

/** Builds the web once for all browser tests, into a folder of its own: what lies in `dist` may be older. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'tillweave-web-'));
  await build({ root: WEB, logLevel: 'warn', mode: 'production', build: { outDir, emptyOutDir: true } });
  project.provide('webFolder', outDir);
  return () => rm(outDir, { recursive: true, force: true });
}

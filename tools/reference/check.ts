/**
 * The generated pages below docs/reference: `node tools/reference/check.ts` says whether they are up to date, `--write` writes them.
 * Run with `--conditions=source`, as all programs of this repository are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generatedPages } from './pages.ts';

const isWriting = process.argv.includes('--write');
for (const { path, text } of await generatedPages()) {
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  if (isWriting) {
    await writeFile(file, text);
    continue;
  }
  const written = await readFile(file, 'utf8').catch(() => '');
  if (written === text) continue;
  process.stderr.write(`${path} is older than the code. Run: node tools/reference/check.ts --write\n`);
  process.exitCode = 1;
}

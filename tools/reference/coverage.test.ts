import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedPages } from './pages.ts';

test('the generated pages below docs/reference are up to date (else: node tools/reference/check.ts --write)', async () => {
  for (const { path, text } of await generatedPages()) {
    const written = readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
    expect([path, written]).toStrictEqual([path, text]);
  }
}, 30_000);

test('everything the client names is really there, and everything the reference lists is emulated', async () => {
  const [coverage] = await generatedPages();
  const rows = coverage?.text.split('\n').filter((line) => /^\| (?:GET|POST|PUT|DELETE) /.test(line)) ?? [];
  expect(rows.filter((row) => row.includes('missing'))).toStrictEqual([]);
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.filter((row) => row.includes('no ('))).toStrictEqual([]);
}, 30_000);

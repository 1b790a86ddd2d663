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

test('everything the client names is really there, and most of the reference is emulated', async () => {
  const [coverage] = await generatedPages();
  const rows = coverage?.text.split('\n').filter((line) => /^\| (?:GET|POST|PUT|DELETE) /.test(line)) ?? [];
  expect(rows.filter((row) => row.includes('missing'))).toStrictEqual([]);
  const reading = rows.filter((row) => row.startsWith('| GET'));
  expect(reading.filter((row) => row.includes('no (')).map((row) => row.split('`')[1])).toStrictEqual(['CCCharge', 'Order']);
}, 30_000);

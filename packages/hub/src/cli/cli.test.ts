import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { cli } from '../../../../test/run-cli.ts';
import { isMessageKey } from '../messages/message.ts';
import { commands } from './commands.ts';
import { table } from './output.ts';
import { bar } from './progress.ts';

const ENVIRONMENT = {
  DATABASE_URL: 'nonsense',
  TILLWEAVE_HOME: '/nonexistent',
  TILLWEAVE_SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
};

const run = (...parameters: string[]) => cli(ENVIRONMENT, parameters);

describe('the command line', () => {
  test('every file in commands/ is listed, with a summary', async () => {
    const files = await readdir(new URL('commands/', import.meta.url));
    const names = files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => file.replace('.ts', ''));
    expect(commands.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    for (const { name } of commands) expect(isMessageKey(`cli.${name}.summary`), name).toBe(true);
  });

  test('--help lists every command and ends well', async () => {
    const { code, out, err } = await run('--help');
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const { name } of commands) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2 usage, 3 not authorised, 4 data incomplete');
  });

  test.each(commands.map(({ name }) => name))('%s --help explains itself, --json included', async (name) => {
    const { code, out } = await run(name, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Usage: tillweave ${name}`));
    expect(/--json|Commands:/.test(out)).toBe(true);
  });

  test.each([
    [['nonsense']],
    [['user', 'nonsense']],
    [['start', '--nonsense']],
    [['backup']],
    [['user', 'role', 'a@b', 'emperor']],
    [[]],
    [['user']],
  ])('a wrong line (%j) is a usage error, 2, explained on stderr', async (parameters) => {
    const { code, out, err } = await run(...parameters);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  test('a failure is one sentence with its remedy and code, and its exit code', async () => {
    const { code, out, err } = await run('user', 'list');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/^tillweave: DATABASE_URL is not a PostgreSQL address\. It looks like .* \[database_url_invalid\]\n$/);
  });

  test('with --json a failure is one JSON line on stderr', async () => {
    const { err, out } = await run('user', 'list', '--json');
    expect(out).toBe('');
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'database_url_invalid' } });
  });

  test('tables line up, figures on the right, nothing as a dash', () => {
    const columns = [
      { title: 'name', value: (row: { name: string | null; n: number }) => row.name },
      { title: 'sales', value: (row: { n: number }) => row.n, align: 'right' as const },
    ];
    expect(
      table(columns, [
        { name: 'Aarhus', n: 7 },
        { name: null, n: 1234 },
      ]),
    ).toBe(['name    sales', '──────  ─────', 'Aarhus      7', '–        1234'].join('\n'));
  });

  test('a bar fills up and never over', () => {
    expect(bar(0, 10)).toMatch(/^░{24} 0 of 10$/);
    expect(bar(5, 10)).toMatch(/^█{12}░{12} 5 of 10$/);
    expect(bar(20, 10)).toMatch(/^█{24} 20 of 10$/);
  });
});

import { Writable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { generateKey } from '../../platform/crypto.ts';
import { testLedger, type TestLedger } from '../../modules/turnover/testing/ledger.ts';
import { runCli } from '../run.ts';

let database: TestDatabase;
let ledger: TestLedger;

beforeAll(async () => {
  database = await testDatabase();
  ledger = await testLedger(database.db, database.organizationId, [
    { id: '1', name: 'Nyhavn', timeZone: 'Europe/Copenhagen', registers: ['1', '2'] },
    { id: '2', name: 'Soho', timeZone: 'America/New_York', registers: ['3'] },
  ]);
  await ledger.record([
    { id: '1', shop: '1', register: '1', at: '2026-10-19T10:00:00+02:00', net: '12345.60' },
    { id: '2', shop: '1', register: '2', at: '2026-10-20T10:00:00+02:00', net: '7.00' },
    { id: '3', shop: '2', register: '3', at: '2026-10-19T10:00:00-04:00', net: '-5.25' },
  ]);
  await ledger.caughtUp('2026-10-21T12:00:00Z');
});

async function tillweave(...parameters: string[]) {
  const printed = { stdout: '', stderr: '' };
  const into = (name: keyof typeof printed) =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        printed[name] += chunk.toString('utf8');
        done();
      },
    });
  const code = await runCli(parameters, {
    environment: { DATABASE_URL: database.url, TILLWEAVE_HOME: '/nonexistent', TILLWEAVE_SECRET_KEY: generateKey() },
    stdout: into('stdout'),
    stderr: into('stderr'),
  });
  return { code, ...printed };
}

describe('tillweave turnover', () => {
  it('prints a table with its figures under each other, and ends with 0 when all of it is final', async () => {
    const { code, stdout, stderr } = await tillweave('turnover', '--from', '2026-10-19', '--to', '2026-10-20');
    expect([code, stderr]).toEqual([0, '']);
    const [heading, , titles, , ...lines] = stdout.trimEnd().split('\n');
    expect(heading).toBe('net_sales, excl. tax (DKK): Gross sales − discounts − returns, excl. tax');
    expect(titles?.split(/\s+/)).toEqual(['day', 'Nyhavn', 'Soho', 'total']);
    expect(lines.map((line) => line.split(/\s+/))).toEqual([
      ['2026-10-19', '12,345.60', '-5.25', '12,340.35'],
      ['2026-10-20', '7.00', '0.00', '7.00'],
      ['total', '12,352.60', '-5.25', '12,347.35'],
    ]);
    // The decimal points of a column stand under each other.
    expect(new Set(lines.map((line) => line.indexOf('.'))).size).toBe(1);
  });

  it('marks what is not final, says so, and ends with 4', async () => {
    const { code, stdout, stderr } = await tillweave(
      'turnover',
      '--from',
      '2026-10-20',
      '--to',
      '2026-10-21',
      '--department',
      'nyhavn',
    );
    expect(code).toBe(4);
    expect(stdout).toMatch(/2026-10-21\s+0\.00 ◐/);
    expect(stderr).toContain('Not final: ◐ read in part');
  });

  it('prints the same as the API with --json, on stdout alone', async () => {
    const { code, stdout } = await tillweave(
      'turnover',
      '--from',
      '2026-10-19',
      '--by',
      'hour',
      '--measure',
      'net_sales',
      '--measure',
      'payments:1',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      by: 'hour',
      currency: 'DKK',
      measures: [{ name: 'net_sales' }, { name: 'payments:1', label: 'Cash' }],
      columns: [{ key: '2026-10-19T10:00#1' }],
      total: { values: { net_sales: 1234035, 'payments:1': 1542544 } },
    });
  });

  it('names what there is when a department or measure is unknown, with its exit code', async () => {
    const unknown = await tillweave('turnover', '--from', '2026-10-19', '--department', 'Shoes');
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      'tillweave: There is no department “Shoes”. There are: Nyhavn/Nyhavn, Soho/Soho. [not_found]\n',
    ]);
    expect((await tillweave('turnover', '--from', '2026-10-19', '--measure', 'profit')).code).toBe(2);
    expect((await tillweave('turnover', '--from', '19 October')).code).toBe(2);
    expect((await tillweave('turnover', '--by', 'decade')).code).toBe(2);
  });

  it('has help with examples', async () => {
    const { code, stdout } = await tillweave('turnover', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('tillweave turnover --from 2026-11-16 --to 2026-11-22');
    expect(stdout).toContain('Exit code 4 when a figure is not final');
  });
});

describe('tillweave map', () => {
  it('maps a register from a day on, lists it, and takes it off again', async () => {
    const set = await tillweave('map', 'set', '1:1', 'Soho', '--register', '2', '--from', '2026-10-20');
    expect([set.code, set.stderr]).toEqual([0, '']);
    expect(set.stdout).toMatch(/Nyhavn\s+1\s+Register 2 \(2\)\s+Soho\s+Soho\s+2026-10-20\s+–/);
    const turnover = await tillweave('turnover', '--from', '2026-10-20', '--to', '2026-10-20', '--json');
    const rows = (JSON.parse(turnover.stdout) as { rows: { total: { values: unknown } }[] }).rows;
    expect(rows.map((row) => row.total.values)).toEqual([{ net_sales: 0 }, { net_sales: 700 }]);
    const removed = await tillweave('map', 'remove', 'nyhavn', '--register', '2', '--json');
    expect(JSON.parse(removed.stdout)).toMatchObject({ shopId: '1', mappings: [{ registerId: null, departmentName: 'Nyhavn' }] });
    const list = await tillweave('map', 'list', '--json');
    expect(JSON.parse(list.stdout)).toMatchObject({
      mappings: [{ shopName: 'Nyhavn' }, { shopName: 'Soho' }],
      unmappedShops: [],
    });
  });

  it('shows a shop without a mapping, and refuses a register that is not its own', async () => {
    await tillweave('map', 'remove', 'Soho');
    expect((await tillweave('map', 'list')).stdout).toMatch(/Soho\s+2\s+–\s+–\s+\(not mapped\)/);
    await tillweave('map', 'set', 'Soho', 'Soho');
    const wrong = await tillweave('map', 'set', 'Nyhavn', 'Soho', '--register', '3');
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      'tillweave: Nyhavn has no register 3. Its registers: 1 (Register 1), 2 (Register 2). [not_found]\n',
    ]);
    expect((await tillweave('map', 'set', 'Nyhavn', 'Soho', '--from', '2026-02-30')).code).toBe(2);
  });
});

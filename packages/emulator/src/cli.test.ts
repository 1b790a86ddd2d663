import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command; `whenListening` gets the first line of stdout and may stop it. */
function run(
  parameters: readonly string[],
  whenListening?: (line: string, stop: (signal: NodeJS.Signals) => void) => Promise<void>,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, npm_lifecycle_event: undefined },
    });
    let out = '';
    let err = '';
    let isTold = false;
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (isTold || whenListening === undefined || !out.includes('\n')) return;
      isTold = true;
      whenListening(out.split('\n')[0] ?? '', (signal) => child.kill(signal)).catch((error: unknown) => {
        child.kill('SIGKILL');
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('tillweave-emulator', () => {
  it('prints one line of JSON, serves, and ends cleanly on SIGTERM', async () => {
    const result = await run(
      ['--port', '0', '--sales', '40', '--customers', '5', '--seed', '7', '--json'],
      async (line, stop) => {
        const ready = JSON.parse(line) as Record<'rSeries' | 'xSeries', Record<string, string>> &
          Record<'url' | 'controlToken', string>;
        expect(Object.keys(ready)).toEqual(['url', 'rSeries', 'xSeries', 'controlToken']);
        expect(Object.keys(ready.xSeries)).toEqual(['domainPrefix', 'personalToken', 'clientId', 'clientSecret', 'refreshToken']);
        const sales = await fetch(`${ready.url}/api/2.0/sales?page_size=1`, {
          headers: { Authorization: `Bearer ${ready.xSeries['personalToken'] ?? ''}` },
        });
        expect(sales.status).toBe(200);
        expect(Object.keys(ready.rSeries)).toEqual([
          'accountID',
          'clientId',
          'clientSecret',
          'accessToken',
          'refreshToken',
          'apiKey',
        ]);
        const response = await fetch(`${ready.url}/API/V3/Account/${ready.rSeries['accountID']}/Sale.json`, {
          headers: { Authorization: `Bearer ${ready.rSeries['accessToken']}` },
        });
        expect(response.status).toBe(200);
        stop('SIGTERM');
      },
    );
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [['--sales', 'many'], 'Give a whole number from 0.'],
    [['--now', 'soon'], '"soon" is not an ISO 8601 time.'],
    [['--load', '/nowhere/at-all.json'], 'Cannot read /nowhere/at-all.json'],
  ])(
    'says what is wrong with %j and exits with 2',
    async (parameters, words) => {
      const result = await run(parameters);
      expect(result.code).toBe(2);
      expect(result.err).toContain(words);
      expect(result.out).toBe('');
    },
    30_000,
  );

  it('says which port is taken and exits with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => {
      taken.listen(0, '127.0.0.1', resolve);
    });
    const { port } = taken.address() as AddressInfo;
    const result = await run(['--port', String(port), '--sales', '0', '--json']);
    taken.close();
    expect(result).toMatchObject({ code: 1, out: '' });
    expect(result.err).toContain(`Port ${port} on 127.0.0.1 is in use.`);
  });

  it('serves a file of recorded documents, and ends cleanly on SIGINT', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-load-'));
    const file = join(folder, 'account.json');
    writeFileSync(file, JSON.stringify({ Sale: [{ saleID: '3', calcTotal: '1' }] }));
    const result = await run(['--port', '0', '--load', file, '--json'], async (line, stop) => {
      const ready = JSON.parse(line) as { url: string; rSeries: Record<string, string>; controlToken: string };
      const response = await fetch(`${ready.url}/API/V3/Account/900001/Sale.json`, {
        headers: { Authorization: `Bearer ${ready.rSeries['accessToken']}`, Accept: 'application/json' },
      });
      expect(await response.json()).toEqual({ '@attributes': { next: '', previous: '' }, Sale: { saleID: '3', calcTotal: '1' } });
      const truth = await fetch(`${ready.url}/_control/truth`, { headers: { Authorization: `Bearer ${ready.controlToken}` } });
      expect(await truth.json()).toEqual({ rSeries: null, xSeries: null });
      stop('SIGINT');
    });
    rmSync(folder, { recursive: true });
    expect(result.code).toBe(0);
  });
});

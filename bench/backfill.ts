/**
 * A history import over HTTP with the POS's limits off: the emulator, PostgreSQL and the hub each in a process of its own. Shown: how many
 * sales a second, against the same walk through the client with nothing kept; and that the hub's memory does not grow with the account.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Measurement, rounded } from './measurement.ts';
import { startServer, type TemporaryServer } from './temporary-server.ts';

const SMALL = 10_000;
const LARGE = 100_000;
const MEGABYTE = 1024 * 1024;
const EMULATOR = fileURLToPath(new URL('../packages/emulator/src/cli.ts', import.meta.url));
const WORKER = fileURLToPath(new URL('backfill-worker.ts', import.meta.url));

export const measurement: Measurement = async function* measureBackfill(say) {
  const server = await startServer();
  try {
    const small = await measure(server, SMALL, say);
    yield* figures('10k', SMALL, small);
    const large = await measure(server, LARGE, say);
    yield* figures('100k', LARGE, large);
    yield {
      name: 'backfill.memory',
      value: rounded(large.ledger.peakBytes / MEGABYTE),
      unit: 'MB at most, 100,000 sales',
      baseline: rounded(small.ledger.peakBytes / MEGABYTE),
      ratio: rounded(large.ledger.peakBytes / small.ledger.peakBytes),
      n: LARGE,
      note: 'the hub’s process, against the same at 10,000 sales; wanted: at most 1.3',
    };
  } finally {
    await server.stop();
  }
};

function* figures(size: string, sales: number, { ledger, walk }: Measured) {
  const rate = sales / ledger.seconds;
  const walked = sales / walk.seconds;
  yield {
    name: `backfill.${size}`,
    value: rounded(rate),
    unit: 'sales/s',
    baseline: rounded(walked),
    ratio: rounded(rate / walked),
    n: sales,
    note: 'everything read and kept, with facts; against the same walk through the client with nothing kept',
  };
}

interface Told {
  readonly documents: number;
  readonly seconds: number;
  readonly peakBytes: number;
}

interface Measured {
  readonly ledger: Told;
  readonly walk: Told;
}

async function measure(server: TemporaryServer, sales: number, say: (text: string) => void): Promise<Measured> {
  const options = [
    '--port',
    '0',
    '--seed',
    '7',
    '--sales',
    String(sales),
    '--customers',
    '200',
    '--days',
    '90',
    '--rate-limit',
    'off',
  ];
  const emulator = start([EMULATOR, ...options, '--json']);
  try {
    const { url, rSeries } = (await lineOf(emulator)) as { url: string; rSeries: { accountID: string; accessToken: string } };
    const posAccountId = await server.addAccount();
    const run = async (mode: 'ledger' | 'walk'): Promise<Told> => {
      const { accountID, accessToken } = rSeries;
      const worker = start([WORKER, mode, url, accountID, accessToken, server.url, server.organizationId, posAccountId]);
      const told = (await lineOf(worker)) as Told;
      await ended(worker);
      say(`backfill: ${sales} sales, ${mode}: ${told.seconds.toFixed(1)} s, ${Math.round(told.peakBytes / MEGABYTE)} MB`);
      return told;
    };
    // The bare walk first: whatever the emulator keeps after making a page once, the import finds it as well.
    const walk = await run('walk');
    const ledger = await run('ledger');
    return { walk, ledger };
  } finally {
    emulator.kill('SIGTERM');
    await ended(emulator);
  }
}

function start(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=source', ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The first line a process prints, as JSON. */
async function lineOf(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error('The process has no output.');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`The process ended with ${String(code)} and printed nothing.`)),
    ),
  ]);
  return JSON.parse(line);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

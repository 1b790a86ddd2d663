/**
 * How fast the emulator serves a history: pages of 100 sales with lines and payments over HTTP, each read once and for the first time, the
 * emulator in a process of its own. Against `JSON.stringify` of the very same documents in this process.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median, type Measurement, rounded } from './measurement.ts';

const SALES = 20_000;
const SMALL_SALES = 2_000;
const EMULATOR = fileURLToPath(new URL('../packages/emulator/src/cli.ts', import.meta.url));
const RELATIONS = encodeURIComponent('["SaleLines","SalePayments"]');
const STRINGIFY_TRIES = 5;

export const measurement: Measurement = async function* measureEmulator(say, { isSmall }) {
  const emulator = spawn(
    process.execPath,
    [
      '--conditions=source',
      EMULATOR,
      '--port',
      '0',
      '--sales',
      String(isSmall ? SMALL_SALES : SALES),
      '--customers',
      '1000',
      '--rate-limit',
      'off',
      '--json',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const { url, rSeries } = await announced(emulator);
    const base = `${url}/API/V3/Account/${rSeries.accountID}`;
    const reader = new Reader(rSeries.accessToken);
    // The first call of all compiles and opens the connection; it shows no sale.
    await reader.text(`${base}/Shop.json`);
    const start = performance.now();
    const pages: string[] = [];
    let next: string | null = `${base}/Sale.json?limit=100&load_relations=${RELATIONS}`;
    while (next !== null) {
      const page = await reader.text(next);
      pages.push(page);
      next = nextOf(page);
    }
    const seconds = (performance.now() - start) / 1000;
    reader.close();
    const documents = pages.map((page) => JSON.parse(page) as unknown);
    const sales = pages.reduce((sum, page) => sum + (page.match(/"saleID":"\d+","timeStamp"/g)?.length ?? 0), 0);
    const stringified = sales / median(Array.from({ length: STRINGIFY_TRIES }, () => secondsToStringify(documents)));
    const rate = sales / seconds;
    say(`emulator: ${sales} sales in ${pages.length} pages, ${seconds.toFixed(2)} s`);
    yield {
      name: 'emulator.sales',
      value: rounded(rate),
      unit: 'sales/s',
      baseline: rounded(stringified),
      ratio: rounded(rate / stringified),
      n: sales,
      note: 'served once over HTTP, against JSON.stringify of the same documents; wanted: at least 0.15',
    };
  } finally {
    emulator.kill('SIGTERM');
    if (emulator.exitCode === null && emulator.signalCode === null) await once(emulator, 'exit');
  }
};

function secondsToStringify(documents: readonly unknown[]): number {
  const start = performance.now();
  for (const document of documents) JSON.stringify(document);
  return (performance.now() - start) / 1000;
}

/** One connection, kept open. */
class Reader {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  text(url: string): Promise<string> {
    const headers = { authorization: `Bearer ${this.#token}`, accept: 'application/json' };
    return new Promise((resolve, reject) => {
      const request = get(url, { agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('latin1');
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${response.statusCode}: ${text.slice(0, 200)}`));
        });
      });
      request.on('error', reject);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The link stands at the beginning of a page. */
function nextOf(page: string): string | null {
  const next = /"next":"([^"]*)"/.exec(page.slice(0, 2000))?.[1] ?? '';
  return next === '' ? null : next.replaceAll(String.raw`\/`, '/');
}

interface Announced {
  readonly url: string;
  readonly rSeries: { readonly accountID: string; readonly accessToken: string };
}

async function announced(child: ChildProcess): Promise<Announced> {
  if (child.stdout === null) throw new Error('The emulator has no output.');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The emulator ended with ${String(code)}.`))),
  ]);
  return JSON.parse(line) as Announced;
}

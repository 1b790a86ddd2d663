/**
 * `npm run check:peers`: other people's clients, unmodified, against the emulator. Installs them into an empty folder (needs a package
 * registry) and runs them through a proxy that rewrites the vendor's hosts. Each must read exactly the ids that the emulator holds.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startProxy } from './proxy.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const X_PEER = 'vend-nodejs-sdk';
/**
 * Pinned: what a peer does must not change under us. `request` is what `vend-nodejs-sdk` sends with and leaves open; `selfsigned` only makes
 * the proxy's certificate.
 */
const PACKAGES = ['lightspeed-retail-sdk@3.5.0', `${X_PEER}@1.1.2`, 'request@2.88.2', 'selfsigned@5.5.0'];

interface Started {
  readonly url: string;
  readonly rSeries: object;
  readonly xSeries: { readonly domainPrefix: string; readonly personalToken: string };
  readonly controlToken: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tillweave-peers-'));
// The checkout's `source` condition must not leak into the peers.
const environment = {
  ...process.env,
  NODE_OPTIONS: '',
  npm_config_node_options: '',
  PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
};
const emulator = spawn(
  process.execPath,
  ['packages/emulator/src/cli.ts', '--port', '0', '--sales', '500', '--customers', '230', '--days', '30', '--json'],
  {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'peers', private: true, type: 'module' }));
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const started = await firstLine();
  const certificate = makeCertificate([
    'api.lightspeedapp.com',
    'cloud.lightspeedapp.com',
    `${started.xSeries.domainPrefix}.vendhq.com`,
  ]);
  const proxy = await startProxy(started.url, certificate);
  try {
    const held = await control(started, 'truth/ids');
    await checkRSeries(started, proxy, held);
    await checkXSeries(started, proxy, held);
    process.stdout.write(`requests by host: ${JSON.stringify(Object.fromEntries(proxy.hosts))}\n`);
  } finally {
    proxy.close();
  }
} finally {
  emulator.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

async function checkRSeries(started: Started, proxy: { readonly url: string }, held: Record<string, unknown>): Promise<void> {
  const read = await peer('r-series.mjs', started.rSeries, proxy.url);
  const expected = held['rSeries'] as Record<string, (string | number)[]>;
  for (const resource of ['Sale', 'Customer']) {
    const want = JSON.stringify((expected[resource] ?? []).map(Number).sort((a, b) => a - b));
    if (want === '[]' || JSON.stringify(read[resource]) !== want)
      throw new Error(`lightspeed-retail-sdk read other ${resource} ids than the emulator holds.`);
  }
  process.stdout.write(`lightspeed-retail-sdk: ok, every Sale and Customer; ${JSON.stringify(read['counts'])}\n`);
}

async function checkXSeries(started: Started, proxy: { readonly url: string }, held: Record<string, unknown>): Promise<void> {
  const read = (await peer('x-series.mjs', started.xSeries, proxy.url, X_PEER)) as unknown as XSeriesRead;
  const expected = held['xSeries'] as Record<string, string[]>;
  for (const [resource, ids] of Object.entries(read.ids)) {
    const hidden = await hiddenIds(started, resource);
    const shown = (expected[resource] ?? []).filter((id) => !hidden.has(id));
    // The package has no way to ask for a second page of customers.
    const want = (resource === 'customers' ? shown.slice(0, 50) : shown).sort();
    if (want.length === 0 || JSON.stringify(ids) !== JSON.stringify(want))
      throw new Error(`${X_PEER} read ${ids.length} ${resource}, not the ${want.length} that the emulator holds.`);
  }
  for (const [asked, ...got] of read.single)
    if (got.length !== 1 || got[0] !== asked)
      throw new Error(`${X_PEER} asked for ${asked} and got ${got.join(', ') || 'none'}.`);
  if (read.lines === 0 || read.signIns !== 1) throw new Error(`${X_PEER} read no lines, or signed in ${read.signIns} times.`);
  const counts = Object.fromEntries(Object.entries(read.ids).map(([resource, ids]) => [resource, ids.length]));
  process.stdout.write(
    `${X_PEER}: ok, signed in by itself, every id, ${read.single.length} by name; ${JSON.stringify(counts)}\n`,
  );
}

interface XSeriesRead {
  /** Sorted. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly lines: number;
  /** The id asked for and the ids that came. */
  readonly single: readonly (readonly [string, ...string[]])[];
  readonly signIns: number;
}

/**
 * What 0.9 leaves out: rows that were deleted, and payment types of the POS's own, which applications may not list. The retailer's personal
 * token is shown both. Sales are never left out.
 */
async function hiddenIds(started: Started, resource: string): Promise<ReadonlySet<string>> {
  if (resource === 'sales') return new Set();
  const { personalToken } = started.xSeries;
  const hidden = new Set<string>();
  for (let after = 0; ;) {
    const answer = await fetch(`${started.url}/api/2026-07/${resource}?deleted=true&page_size=10000&after=${after}`, {
      headers: { authorization: `Bearer ${personalToken}` },
    });
    if (!answer.ok) throw new Error(`${resource} answered ${answer.status}.`);
    const { data, version } = (await answer.json()) as XSeriesPage;
    for (const { id, deleted_at: deletedAt, internal } of data)
      if (typeof deletedAt === 'string' || (resource === 'payment_types' && internal === true)) hidden.add(id);
    if (version?.max == null || data.length === 0) return hidden;
    after = version.max;
  }
}

interface XSeriesPage {
  readonly data: readonly { readonly id: string; readonly deleted_at?: string | null; readonly internal?: boolean }[];
  readonly version?: { readonly max: number | null };
}

/** Runs one peer's script in the folder and returns the JSON object in its last line. */
async function peer(script: string, credentials: object, proxyUrl: string, ...names: string[]): Promise<Record<string, unknown>> {
  copyFileSync(fileURLToPath(new URL(`clients/${script}`, import.meta.url)), join(folder, script));
  const { stdout } = await run(process.execPath, [script, ...names], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...environment,
      HTTPS_PROXY: proxyUrl,
      https_proxy: proxyUrl,
      NODE_EXTRA_CA_CERTS: join(folder, 'proxy.pem'),
      PEER_CREDENTIALS: JSON.stringify(credentials),
      // Its log would be a novel.
      LOG_LEVEL_FOR_VEND_NODEJS_SDK: 'warn',
    },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

function makeCertificate(hosts: readonly string[]): { readonly key: string; readonly cert: string } {
  writeFileSync(
    join(folder, 'certificate.mjs'),
    `import { generate } from 'selfsigned';
     import { writeFileSync } from 'node:fs';
     const altNames = ${JSON.stringify(hosts)}.map((value) => ({ type: 2, value }));
     const made = await generate([{ name: 'commonName', value: 'peers' }], { keySize: 2048, algorithm: 'sha256', extensions: [{ name: 'basicConstraints', cA: true }, { name: 'subjectAltName', altNames }] });
     writeFileSync('proxy.pem', made.cert);
     writeFileSync('proxy.key', made.private);`,
  );
  execFileSync(process.execPath, ['certificate.mjs'], { cwd: folder, env: environment });
  return { key: readFileSync(join(folder, 'proxy.key'), 'utf8'), cert: readFileSync(join(folder, 'proxy.pem'), 'utf8') };
}

async function control(started: Started, path: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${started.url}/_control/${path}`, { headers: { authorization: `Bearer ${started.controlToken}` } });
  if (!answer.ok) throw new Error(`/_control/${path} answered ${answer.status}.`);
  return (await answer.json()) as Record<string, unknown>;
}

async function firstLine(): Promise<Started> {
  for await (const line of createInterface({ input: emulator.stdout })) return JSON.parse(line) as Started;
  throw new Error('The emulator ended without a word.');
}

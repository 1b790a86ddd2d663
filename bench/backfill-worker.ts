/**
 * The hub's part of `backfill` and `memory` in a process of its own, so that its memory is its own: walks an emulated account over HTTP into
 * the ledger, or only through the client. What to do comes as JSON in the first argument (`Task`); prints what it took (`Told`).
 */
import {
  createFixedWindowGovernor,
  createLeakyBucketGovernor,
  createRSeriesClient,
  createXSeriesClient,
  personalToken,
  systemClock,
} from '@tillweave/lightspeed';
import { Kysely, PostgresDialect } from 'kysely';
import { createRequestCounter } from '../packages/hub/src/modules/sync/request-counter.ts';
import { keepMemorySteady } from '../packages/hub/src/modules/sync/steady-memory.ts';
import { syncSlice } from '../packages/hub/src/modules/sync/sync-account.ts';
import { noSaleLookUps, versionFeedClient } from '../packages/hub/src/modules/sync/x-client.ts';
import { createPool } from '../packages/hub/src/platform/database/pool.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';

export interface Task {
  readonly mode: 'walk' | 'ledger';
  readonly series: 'r' | 'x';
  readonly url: string;
  /** R-Series. */
  readonly accountId: string;
  readonly token: string;
  readonly databaseUrl: string;
  readonly organizationId: string;
  readonly posAccountId: string;
}

export interface Told {
  readonly documents: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Memory over the way: documents kept and bytes held, in the order of time. */
  readonly samples: readonly { readonly documents: number; readonly bytes: number }[];
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const SAMPLE_MS = 100;

// As every worker does.
keepMemorySteady();
const samples: { documents: number; bytes: number }[] = [];
let kept = 0;
const sample = (): void => void samples.push({ documents: kept, bytes: process.memoryUsage.rss() });
const sampling = setInterval(sample, SAMPLE_MS);

const counter = createRequestCounter();
const onRequest = counter.onRequest.bind(counter);
const clock = systemClock;
const get = (request: Request | string | URL, init?: RequestInit): Promise<Response> => fetch(request, init);

const start = performance.now();
const documents = task.mode === 'walk' ? await walk() : await fill();
const seconds = (performance.now() - start) / 1000;
sample();
clearInterval(sampling);
const { user, system } = process.cpuUsage();
const peakBytes = samples.reduce((most, { bytes }) => Math.max(most, bytes), 0);
const told: Told = { documents, seconds, cpuSeconds: (user + system) / 1_000_000, peakBytes, samples };
process.stdout.write(`${JSON.stringify(told)}\n`);

function rClient() {
  return createRSeriesClient({
    baseUrl: task.url,
    accountId: task.accountId,
    auth: { token: async () => task.token, renew: async () => task.token },
    governor: createLeakyBucketGovernor({ clock }),
    fetch: get,
    clock,
    onRequest,
  });
}

function xClient() {
  const governor = createFixedWindowGovernor({ clock });
  return createXSeriesClient({ baseUrl: task.url, auth: personalToken(task.token), governor, fetch: get, clock, onRequest });
}

async function walk(): Promise<number> {
  let walked = 0;
  const pages =
    task.series === 'r'
      ? rClient().sales({ order: 'id' }, undefined, { prefetch: true })
      : xClient().sales({}, undefined, { prefetch: true });
  for await (const { records } of pages) walked += records.length;
  return walked;
}

async function fill(): Promise<number> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(task.databaseUrl, 2) }) });
  const client = task.series === 'r' ? rClient() : versionFeedClient(xClient(), noSaleLookUps(), clock);
  const { organizationId, posAccountId } = task;
  const summary = await syncSlice(
    { db, clock, client, counter },
    {
      organizationId,
      posAccountId,
      connectionId: null,
      settings: { sliceMs: Number.POSITIVE_INFINITY },
      onProgress: (progress) => {
        kept = progress.documents;
      },
    },
  );
  if (summary.state !== 'complete') throw new Error(`The import ended as ${JSON.stringify(summary)}`);
  await db.destroy();
  return summary.documents;
}

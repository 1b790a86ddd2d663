/**
 * The hub's part of `backfill` in a process of its own, so that its memory is its own: walks an emulated account over HTTP into the ledger
 * (`ledger`) or only through the client (`walk`), and prints what that took as one JSON line.
 * Arguments: mode, emulator URL, emulator account id, access token, database URL, organization id, POS account id.
 */
import { createLeakyBucketGovernor, createRSeriesClient, systemClock } from '@tillweave/lightspeed';
import { Kysely, PostgresDialect } from 'kysely';
import { createPool } from '../packages/hub/src/platform/database/pool.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';
import { createRequestCounter } from '../packages/hub/src/modules/sync/request-counter.ts';
import { keepMemorySteady } from '../packages/hub/src/modules/sync/steady-memory.ts';
import { syncSlice } from '../packages/hub/src/modules/sync/sync-account.ts';

const [mode, url = '', accountId = '', token = '', databaseUrl = '', organizationId = '', posAccountId = ''] =
  process.argv.slice(2);
const SAMPLE_MS = 100;

// As every worker does.
keepMemorySteady();
let peakBytes = 0;
const sample = (): void => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
};
const sampling = setInterval(sample, SAMPLE_MS);

const counter = createRequestCounter();
const client = createRSeriesClient({
  baseUrl: url,
  accountId,
  auth: { token: async () => token, renew: async () => token },
  governor: createLeakyBucketGovernor({ clock: systemClock }),
  fetch: (request, init) => fetch(request, init),
  clock: systemClock,
  onRequest: (info) => counter.onRequest(info),
});

const start = performance.now();
const documents = mode === 'walk' ? await walk() : await fill();
const seconds = (performance.now() - start) / 1000;
sample();
clearInterval(sampling);
process.stdout.write(`${JSON.stringify({ documents, seconds, peakBytes })}\n`);

async function walk(): Promise<number> {
  let walked = 0;
  for await (const page of client.sales({ order: 'id' }, undefined, { prefetch: true })) walked += page.records.length;
  return walked;
}

async function fill(): Promise<number> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(databaseUrl, 2) }) });
  const summary = await syncSlice(
    { db, clock: systemClock, client, counter },
    { organizationId, posAccountId, connectionId: null, settings: { sliceMs: Number.POSITIVE_INFINITY } },
  );
  if (summary.state !== 'complete') throw new Error(`The import ended as ${JSON.stringify(summary)}`);
  await db.destroy();
  return summary.documents;
}

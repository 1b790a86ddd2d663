/** A worker in a process of its own, for tests that kill it: `node worker-child.ts URL QUEUE`. Prints `running` and never finishes a job. */
import { Kysely, PostgresDialect } from 'kysely';
import { createPool } from '../packages/hub/src/platform/database/pool.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';
import { createJobs } from '../packages/hub/src/platform/jobs.ts';
import { createLogger } from '../packages/hub/src/platform/logging.ts';
import { createMetrics } from '../packages/hub/src/platform/metrics.ts';

const [url = '', queue = ''] = process.argv.slice(2);
const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(url, 2) }) });
const jobs = createJobs({ db, url, log: createLogger({ logLevel: 'warn' }), metrics: createMetrics() });
jobs.work(queue, {}, async () => {
  process.stdout.write('running\n');
  await new Promise<never>(() => undefined);
});
await jobs.start();

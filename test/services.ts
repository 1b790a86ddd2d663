import { createJobs } from '../packages/hub/src/platform/jobs.ts';
import { type Clock, systemClock } from '../packages/hub/src/platform/clock.ts';
import { type Config, readConfig } from '../packages/hub/src/platform/config.ts';
import { createSealer, generateKey } from '../packages/hub/src/platform/crypto.ts';
import { createLogger } from '../packages/hub/src/platform/logging.ts';
import { createMetrics } from '../packages/hub/src/platform/metrics.ts';
import type { Fetch, OpenServices } from '../packages/hub/src/platform/services.ts';
import { testDatabase } from './database.ts';
import { atFileEnd } from './file-end.ts';

/** Where requests to the POS go in tests: the emulator answers them in process, whatever the origin says. */
export const EMULATOR_ORIGIN = 'http://emulator.test';

export interface TestServicesOptions {
  /** Answers every outgoing request; without it one is an error. */
  readonly emulator?: { readonly fetch: Fetch };
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly config?: Partial<Config>;
}

export interface TestServices extends OpenServices {
  readonly organizationId: string;
}

/** All services on a database of its own; jobs are not started; closed when the test file ends. */
export async function testServices(options: TestServicesOptions = {}): Promise<TestServices> {
  const { db, pool, url, organizationId } = await testDatabase();
  const config: Config = {
    ...readConfig({
      DATABASE_URL: url,
      TILLWEAVE_HOME: '/nonexistent',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      TILLWEAVE_SECRET_KEY: generateKey(),
      TILLWEAVE_R_BASE_URL: EMULATOR_ORIGIN,
      TILLWEAVE_R_AUTH_URL: EMULATOR_ORIGIN,
      TILLWEAVE_X_BASE_URL: EMULATOR_ORIGIN,
    }),
    ...options.config,
  };
  const log = createLogger(config);
  const metrics = createMetrics();
  const jobs = createJobs({ db, url, log, metrics });
  atFileEnd(() => jobs.stop());
  const refuse: Fetch = (request) =>
    Promise.reject(new Error(`A test has no network: ${request instanceof Request ? request.url : String(request)}`));
  return {
    config,
    db,
    pool,
    databaseUrl: url,
    jobs,
    log,
    clock: options.clock ?? systemClock,
    sealer: createSealer(config.secretKey ?? generateKey()),
    fetch: options.fetch ?? options.emulator?.fetch ?? refuse,
    metrics,
    organizationId,
    close: () => jobs.stop(),
  };
}

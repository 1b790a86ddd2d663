/**
 * A worker of its own for the tests. Prints `ready` when its code is loaded, then takes its orders from one line of stdin (JSON, see
 * `Orders`): synchronises the account, and at the wanted moment says `here` and stays exactly there until it is killed. Prints `done` and
 * the summary when it got to the end instead, `refused` and the code when the account may not be worked on.
 */
import { createInterface } from 'node:readline';
import { readConfig } from '../../../platform/config.ts';
import { AppError } from '../../../platform/errors.ts';
import { createServices } from '../../../platform/services.ts';
import { syncAccount } from '../run-connection.ts';
import type { SyncStage } from '../session.ts';

export interface Orders {
  readonly databaseUrl: string;
  readonly secretKey: string;
  readonly origin: string;
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly connectionId: string;
  /** Where to stay: the `nth` time this point is reached; `token` is after the POS's answer to a token refresh. Null: work to the end. */
  readonly stopAt: { readonly stage: SyncStage | 'token'; readonly nth: number } | null;
}

process.stdout.write('ready\n');
const line = await new Promise<string>((resolve) => {
  createInterface({ input: process.stdin }).once('line', resolve);
});
const orders = JSON.parse(line) as Orders;
let reached = 0;

/** Stays for good when this is the wanted moment. */
async function at(stage: SyncStage | 'token'): Promise<void> {
  if (orders.stopAt?.stage !== stage) return;
  reached += 1;
  if (reached < orders.stopAt.nth) return;
  process.stdout.write('here\n');
  await new Promise(() => setInterval(() => undefined, 60_000));
}

const services = await createServices(
  readConfig({
    DATABASE_URL: orders.databaseUrl,
    TILLWEAVE_SECRET_KEY: orders.secretKey,
    TILLWEAVE_R_BASE_URL: orders.origin,
    TILLWEAVE_R_AUTH_URL: orders.origin,
    LOG_LEVEL: 'error',
  }),
  {
    migrations: 'ignore',
    async fetch(request, init) {
      const answer = await fetch(request, init);
      const url = request instanceof Request ? request.url : String(request);
      if (url.includes('/oauth/token')) await at('token');
      return answer;
    },
  },
);
const { organizationId, posAccountId, connectionId } = orders;
try {
  const summary = await syncAccount(services, { organizationId, posAccountId, connectionId, until: 'idle', onStage: at });
  process.stdout.write(`done ${JSON.stringify(summary)}\n`);
} catch (error) {
  process.stdout.write(`refused ${error instanceof AppError ? error.code : String(error)}\n`);
}
await services.close();
process.stdin.destroy();

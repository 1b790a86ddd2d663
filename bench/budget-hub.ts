/**
 * The same through the whole hub, on a clock that runs eight times as fast as ours and never stands still: whatever the hub does between two
 * requests (normalising, page transactions, facts) takes budget that nobody uses.
 */
import { createEmulator } from '@tillweave/emulator';
import { type Clock, instantOf } from '@tillweave/lightspeed';
import { setTimeout as pause } from 'node:timers/promises';
import { addConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { syncAccount } from '../packages/hub/src/modules/sync/run-connection.ts';
import { tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Fetch } from '../packages/hub/src/platform/services.ts';
import { addOrganization, hubEnvironment, openHub } from './hub.ts';
import { type Figure, type MeasurementOptions, rounded } from './measurement.ts';
import { startServer } from './temporary-server.ts';

const SALES = 40_000;
const SMALL_SALES = 12_000;
const TIMES_REAL = 8;
const BUCKET = 90;
const POS = 'http://pos.test';

export async function* measureHubBudget(
  say: (text: string) => void,
  { isSmall, sales: wanted }: MeasurementOptions,
): AsyncGenerator<Figure> {
  const sales = wanted ?? (isSmall ? SMALL_SALES : SALES);
  const emulator = createEmulator({ series: 'r', sales, customers: 500, rateLimit: 'real', registers: 1, frozenClock: true });
  emulator.warmUp();
  const server = await startServer();
  const started = emulator.control.clock.now();
  let realStart = performance.now();
  const now = (): number => started + (performance.now() - realStart) * TIMES_REAL;
  const clock: Clock = {
    now: () => instantOf(Math.floor(now())),
    async sleep(ms, signal) {
      await pause(ms / TIMES_REAL, undefined, signal === undefined ? {} : { signal });
    },
  };
  const spent = { requests: 0, cost: 0, refusals: 0, last: started };
  const askPos: Fetch = async (request, init) => {
    // The POS's clock is the same one: it only stands still between requests, which nobody sees.
    emulator.control.clock.advance(Math.max(0, now() - emulator.control.clock.now()));
    const answer = await emulator.fetch(request, init);
    spent.requests += 1;
    spent.last = now();
    if (answer.status === 429) spent.refusals += 1;
    else spent.cost += Number(answer.headers.get('x-ls-api-request-cost') ?? 0);
    return answer;
  };
  const services = await openHub(hubEnvironment(server, POS), { clock, fetch: askPos });
  try {
    // Starting up is no part of it.
    realStart = performance.now();
    const organizationId = await addOrganization(services, 'Budget');
    const { clientId, clientSecret, refreshToken } = emulator.credentials.rSeries;
    const oauthClient = { clientId, clientSecret };
    const added = await addConnection(services, { organizationId, name: 'Tills', oauthClient, refreshToken });
    const ref = { organizationId, connectionId: added.connectionId, posAccountId: added.verified.posAccountId };
    const summary = await syncAccount(services, { ...ref, until: 'idle' });
    if (summary.state !== 'complete') throw new Error(`The import ended as ${JSON.stringify(summary)}.`);
    const seconds = (now() - started) / 1000;
    const kept = await tenantTransaction(services.db, organizationId, async (trx) => {
      const row = await trx
        .selectFrom('sale')
        .select((build) => build.fn.countAll<string>().as('count'))
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    });
    const there = emulator.control.ids()['Sale']?.length ?? 0;
    if (kept !== there) throw new Error(`The hub has ${kept} sales, not the ${there} that there are.`);
    const least = spent.cost - BUCKET;
    say(`budget.hub: ${seconds.toFixed(1)} s of POS time, ${spent.requests} requests, Σ cost ${spent.cost.toFixed(1)}`);
    yield {
      name: 'budget.hub.time',
      value: rounded(seconds),
      unit: 's',
      baseline: rounded(least),
      ratio: Math.ceil((seconds / least) * 10_000) / 10_000,
      n: kept,
      note: `POS time from connecting to the last figure, all work done on a clock ${TIMES_REAL} times as fast as ours; against the least, (Σ cost − bucket) ÷ drip; wanted: at most 1.02`,
    };
    yield {
      name: 'budget.hub.refusals',
      value: spent.refusals,
      unit: '429',
      baseline: null,
      ratio: null,
      n: spent.requests,
      note: '429 answers of that import; wanted: 0',
    };
  } finally {
    await services.close();
    await server.stop();
  }
}

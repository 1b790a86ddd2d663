/**
 * The same through the whole hub, on a clock that runs four times as fast as ours and never stands still: whatever the hub does between two
 * requests (normalising, page transactions, facts) takes budget that nobody uses. Four times: on two processors, which hub, POS and PostgreSQL
 * share here, the hub itself is not what holds it up. The POS is a process of its own.
 */
import { type Clock, instantOf } from '@tillweave/lightspeed';
import { setTimeout as pause } from 'node:timers/promises';
import { addConnection } from '../packages/hub/src/modules/connections/add-connection.ts';
import { syncAccount } from '../packages/hub/src/modules/sync/run-connection.ts';
import { tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Fetch } from '../packages/hub/src/platform/services.ts';
import { addOrganization, hubEnvironment, openHub } from './hub.ts';
import { type Figure, type MeasurementOptions, rounded } from './measurement.ts';
import type { PosAnnounced, PosOptions } from './pos-process.ts';
import { startProgram } from './process.ts';
import { startServer } from './temporary-server.ts';

const SALES = 40_000;
const SMALL_SALES = 12_000;
const TIMES_REAL = 4;
const BUCKET = 90;

export async function* measureHubBudget(
  say: (text: string) => void,
  { isSmall, sales: wanted }: MeasurementOptions,
): AsyncGenerator<Figure> {
  const sales = wanted ?? (isSmall ? SMALL_SALES : SALES);
  const till: PosOptions = { series: 'r', sales, customers: 500, rateLimit: 'real', registers: 1, timesReal: TIMES_REAL };
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [JSON.stringify(till)]);
  const server = await startServer();
  try {
    const announced = (await pos.line()) as PosAnnounced;
    yield* throughHub(announced, server, say);
  } finally {
    await server.stop();
    await pos.stop();
  }
}

async function* throughHub(
  announced: PosAnnounced,
  server: Awaited<ReturnType<typeof startServer>>,
  say: (text: string) => void,
): AsyncGenerator<Figure> {
  const now = (): number => announced.clock.pos + (Date.now() - announced.clock.real) * TIMES_REAL;
  const clock: Clock = {
    now: () => instantOf(now()),
    async sleep(ms, signal) {
      await pause(ms / TIMES_REAL, undefined, signal === undefined ? {} : { signal });
    },
  };
  const spent = { requests: 0, cost: 0, refusals: 0 };
  const askPos: Fetch = async (request, init) => {
    const answer = await fetch(request, init);
    spent.requests += 1;
    if (answer.status === 429) spent.refusals += 1;
    else spent.cost += Number(answer.headers.get('x-ls-api-request-cost') ?? 0);
    return answer;
  };
  const services = await openHub(hubEnvironment(server, announced.url), { clock, fetch: askPos });
  try {
    // Starting up is no part of it.
    const started = now();
    const organizationId = await addOrganization(services, 'Budget');
    const { clientId, clientSecret, refreshToken } = announced.credentials.rSeries;
    const oauthClient = { clientId, clientSecret };
    const added = await addConnection(services, { organizationId, name: 'Tills', oauthClient, refreshToken });
    const connected = (now() - started) / 1000;
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
    if (kept !== announced.sales) throw new Error(`The hub has ${kept} sales, not the ${announced.sales} that there are.`);
    const least = spent.cost - BUCKET;
    say(
      `budget.hub: ${seconds.toFixed(1)} s of POS time (connecting ${connected.toFixed(1)}), ${spent.requests} requests, Σ cost ${spent.cost.toFixed(1)}`,
    );
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
  }
}

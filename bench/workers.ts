/**
 * What more worker processes bring: 1, 2 and 4 of them on the same backlog of connections that were just added. Each answer of the POS takes
 * three tenths of a second, about what a page takes over the internet: workers mostly wait for it, as they do in earnest. With answers that
 * come at once two processes would only share the processors that POS and PostgreSQL need as well. All connections belong to organizations of their own and lead to one
 * emulated retailer.
 */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { requestSync } from '../packages/hub/src/modules/sync/request-sync.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../packages/hub/src/platform/services.ts';
import { type Connected, connectStore, hubEnvironment, openHub } from './hub.ts';
import { type Measurement, rounded } from './measurement.ts';
import type { PosAnnounced } from './pos-process.ts';
import { type Program, startProgram, type Usage } from './process.ts';
import { startServer } from './temporary-server.ts';

const CONNECTIONS = 200;
const SMALL_CONNECTIONS = 12;
const SALES = 300;
const LATENCY_MS = 300;
const PROCESSES = [1, 2, 4];
const LOOK_MS = 100;

export const measurement: Measurement = async function* measureWorkers(say, { isSmall, connections }) {
  const count = connections ?? (isSmall ? SMALL_CONNECTIONS : CONNECTIONS);
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [
    JSON.stringify({ series: 'x', sales: SALES, customers: 20, days: 30, latencyMs: LATENCY_MS }),
  ]);
  try {
    const announced = (await pos.line()) as PosAnnounced;
    let alone: number | null = null;
    for (const processes of isSmall ? PROCESSES.slice(0, 2) : PROCESSES) {
      const { seconds, cpuSeconds } = await worked(announced, processes, count, say);
      const rate = count / seconds;
      alone ??= rate;
      yield {
        name: `workers.${processes}`,
        value: rounded(rate),
        unit: 'connections/s',
        baseline: rounded(alone),
        ratio: rounded(rate / alone),
        n: count,
        note:
          `first imports of ${SALES} sales worked off by ${processes} process(es), each answer of the POS taking ${LATENCY_MS} ms; ` +
          `${rounded(cpuSeconds / count)} s of CPU a connection; against one process`,
      };
    }
  } finally {
    await pos.stop();
  }
};

/** Adds the connections, then lets so many workers loose on them. */
async function worked(
  announced: PosAnnounced,
  processes: number,
  count: number,
  say: (text: string) => void,
): Promise<{ readonly seconds: number; readonly cpuSeconds: number }> {
  const server = await startServer();
  const environment = hubEnvironment(server, announced.url);
  const services = await openHub(environment);
  const programs: Program[] = [];
  try {
    const accounts: Connected[] = [];
    while (accounts.length < count) {
      const some = Math.min(20, count - accounts.length);
      const names = Array.from({ length: some }, (_, index) => `Store ${accounts.length + index + 1}`);
      accounts.push(...(await Promise.all(names.map((name) => connectStore(services, announced, name)))));
    }
    for (const { organizationId, posAccountId } of accounts)
      await requestSync(services, null, { organizationId, posAccountId, reason: 'connected' });
    for (let started = 0; started < processes; started += 1)
      programs.push(startProgram(new URL('hub-process.ts', import.meta.url), ['work', JSON.stringify(environment)]));
    // Loading is not measured, so all begin at once: the clock starts with the first that works.
    const working = programs.map((program) => program.line());
    await Promise.race(working);
    const start = performance.now();
    await caughtUp(services, count);
    const seconds = (performance.now() - start) / 1000;
    await Promise.all(working);
    const usages = await Promise.all(programs.map((program) => program.ask('usage') as Promise<Usage>));
    const cpuSeconds = usages.reduce((sum, usage) => sum + usage.cpuSeconds, 0);
    say(`workers: ${processes} process(es), ${count} connections, ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU`);
    return { seconds, cpuSeconds };
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
    await services.close();
    await server.stop();
  }
}

async function caughtUp(services: Services, count: number): Promise<void> {
  for (;;) {
    const finished = await systemTransaction(services.db, async (trx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from cursor where stream = 'sales' and lane = 'history' and caught_up_at is not null`.execute(
        trx,
      );
      return rows[0]?.count ?? 0;
    });
    if (finished >= count) return;
    await pause(LOOK_MS);
  }
}

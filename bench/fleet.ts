/**
 * A thousand connections on one worker process: all are polled by the schedule, each within its five minutes, spread evenly. Shown: how late
 * the polls are, and what the worker uses meanwhile. All connections belong to organizations of their own and lead to one emulated retailer,
 * which takes a twentieth of a second for each answer; nothing changes there, as at most polls.
 */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { POLL_SECONDS, requestSync } from '../packages/hub/src/modules/sync/request-sync.ts';
import { systemTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import type { Services } from '../packages/hub/src/platform/services.ts';
import { connectStore, hubEnvironment, openHub } from './hub.ts';
import { type Measurement, percentile, rounded } from './measurement.ts';
import type { PosAnnounced } from './pos-process.ts';
import { startProgram, type Usage } from './process.ts';
import { startServer } from './temporary-server.ts';

const CONNECTIONS = 1000;
const SMALL_CONNECTIONS = 20;
const SALES = 60;
const LATENCY_MS = 50;
/** What falls due is asked for up to a minute ahead; a look more lets the last polls end. */
const LOOK_SECONDS = 60;
/** Of a small run: the polls of so many seconds only. */
const SMALL_SECONDS = 50;
const AT_ONCE = 20;
const MEGABYTE = 1024 * 1024;

export const measurement: Measurement = async function* measureFleet(say, { isSmall, connections }) {
  const count = connections ?? (isSmall ? SMALL_CONNECTIONS : CONNECTIONS);
  const spread = isSmall ? SMALL_SECONDS : POLL_SECONDS;
  const pos = startProgram(new URL('pos-process.ts', import.meta.url), [
    JSON.stringify({ series: 'x', sales: SALES, customers: 10, days: 10, latencyMs: LATENCY_MS }),
  ]);
  const server = await startServer();
  const announced = (await pos.line()) as PosAnnounced;
  const environment = hubEnvironment(server, announced.url);
  const services = await openHub(environment);
  const worker = startProgram(new URL('hub-process.ts', import.meta.url), ['work', JSON.stringify(environment)]);
  try {
    await worker.line();
    const quiet = (await worker.ask('usage')) as Usage;
    for (let added = 0; added < count; added += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, count - added) }, (_, index) => `Store ${added + index + 1}`);
      const accounts = await Promise.all(some.map((name) => connectStore(services, announced, name)));
      for (const account of accounts) await requestSync(services, null, { ...account, reason: 'connected' });
    }
    await withoutSchedule(services);
    await idle(services, count);
    say(`fleet: ${count} connections have their history`);
    const before = (await worker.ask('usage')) as Usage;
    const start = performance.now();
    const due = await spreadPolls(services, spread);
    await pause((spread + LOOK_SECONDS) * 1000);
    const seconds = (performance.now() - start) / 1000;
    const after = (await worker.ask('usage')) as Usage;
    const { delays, polls } = await delaysOf(services, due);
    if (delays.length < count) say(`fleet: ${count - delays.length} were not polled`);
    const late = percentile(delays, 95);
    yield {
      name: 'fleet.delay',
      value: rounded(late),
      unit: 's, 95 of 100 polls',
      baseline: POLL_SECONDS,
      ratio: rounded(late / POLL_SECONDS),
      n: delays.length,
      note: `from when a poll was due to its end, of ${count} connections on one worker process; median ${rounded(percentile(delays, 50))} s; against the time between polls`,
    };
    const cpu = after.cpuSeconds - before.cpuSeconds;
    yield {
      name: 'fleet.cpu',
      value: rounded(cpu / seconds),
      unit: 'of a core',
      baseline: 1,
      ratio: rounded(cpu / seconds),
      n: count,
      note: `CPU of the worker process over ${seconds.toFixed(0)} s, ${rounded((1000 * cpu) / polls)} ms a poll of ${polls}; against one core`,
    };
    yield {
      name: 'fleet.memory',
      value: rounded(after.peakBytes / MEGABYTE),
      unit: 'MB at most',
      baseline: rounded(quiet.bytes / MEGABYTE),
      ratio: rounded(after.peakBytes / quiet.bytes),
      n: count,
      note: 'of the worker process with all its connections, against the same process before it had any',
    };
  } finally {
    await worker.stop();
    await services.close();
    await server.stop();
    await pos.stop();
  }
};

/** While the histories come in nothing is polled, and no webhooks are registered: neither is what is measured. */
async function withoutSchedule(services: Services): Promise<void> {
  await services.pool.query('update sync_state set due_at = null');
  await services.pool.query("delete from pgboss.job where name = 'webhooks-ensure' and state = 'created'");
}

/** Makes each account's next poll due at a moment of its own; when, by account. */
async function spreadPolls(services: Services, seconds: number): Promise<ReadonlyMap<string, Date>> {
  return systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<{ id: string; due: Date }>`
      with spread as (
        select organization_id, pos_account_id,
          now() + ${seconds} * interval '1 second' * (row_number() over (order by pos_account_id)) / count(*) over () as due_at
        from sync_state
      )
      update sync_state s set due_at = spread.due_at from spread
      where s.organization_id = spread.organization_id and s.pos_account_id = spread.pos_account_id
      returning s.pos_account_id as id, s.due_at as due`.execute(trx);
    return new Map(rows.map(({ id, due }) => [id, due]));
  });
}

/** Seconds from when each account was due to the end of the first run that began after that; and how many polls there were in all. */
async function delaysOf(
  services: Services,
  due: ReadonlyMap<string, Date>,
): Promise<{ readonly delays: readonly number[]; readonly polls: number }> {
  const from = new Date(Math.min(...[...due.values()].map((date) => date.getTime())));
  return systemTransaction(services.db, async (trx) => {
    const { rows } = await sql<{ id: string; started: Date; finished: Date }>`
      select pos_account_id as id, started_at as started, finished_at as finished from run
      where started_at >= ${from} and finished_at is not null order by started_at`.execute(trx);
    const polls = Map.groupBy(rows, (row) => row.id);
    const delays = [...due].flatMap(([id, at]) => {
      const first = polls.get(id)?.find(({ started }) => started >= at);
      return first === undefined ? [] : [(first.finished.getTime() - at.getTime()) / 1000];
    });
    return { delays, polls: rows.length };
  });
}

/** Until nothing is under way and everybody has a history. */
async function idle(services: Services, count: number): Promise<void> {
  for (;;) {
    const { caught_up: caughtUp, open } = await systemTransaction(services.db, async (trx) => {
      const { rows } = await sql<{ caught_up: number; open: number }>`
        select (select count(*)::int from cursor where stream = 'sales' and lane = 'history' and caught_up_at is not null) as caught_up,
          (select count(*)::int from sync_state where wanted > done) as open`.execute(trx);
      return rows[0] ?? { caught_up: 0, open: count };
    });
    if (caughtUp >= count && open === 0) return;
    await pause(500);
  }
}

/**
 * What one corrected sale costs in a ledger of millions: the poll that finds it, its rows and the figures of its day, against summing the
 * facts of the whole ledger anew by one plain statement. A tenth of a per mille of the ledger is imported by the engine, the rest is copies of
 * those rows (other receipts, other shops, earlier years), written by the database itself; old versions and raw pages have no copies.
 */
import { createEmulator, type Emulator } from '@tillweave/emulator';
import { createLeakyBucketGovernor, createRSeriesClient, instantOf } from '@tillweave/lightspeed';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { FIGURE_MEASURES } from '../packages/hub/src/modules/ledger/dirty-sales.ts';
import { sumFacts } from '../packages/hub/src/modules/ledger/facts.ts';
import { createRequestCounter } from '../packages/hub/src/modules/sync/request-counter.ts';
import { syncSlice } from '../packages/hub/src/modules/sync/sync-account.ts';
import { type Measurement, median, rounded } from './measurement.ts';
import { startServer, type TemporaryServer } from './temporary-server.ts';

const SALES = 2_000_000;
const SMALL_SALES = 40_000;
const SEED_SALES = 10_000;
const SMALL_SEED_SALES = 1_000;
const DAYS = 90;
/** Copies lie so many spans of days before the original, and beyond that in other shops: two years of a chain. */
const SPANS = 8;
const CORRECTIONS = 9;
/** An idle connection of the database tells what it counted after ten seconds. */
const COUNTED_MS = 11_000;

export const measurement: Measurement = async function* measureRestate(say, { isSmall, sales: wanted }) {
  const seed = isSmall ? SMALL_SEED_SALES : SEED_SALES;
  const copies = Math.max(1, Math.round((wanted ?? (isSmall ? SMALL_SALES : SALES)) / seed));
  const emulator = createEmulator({ series: 'r', sales: seed, customers: 200, days: DAYS, frozenClock: true });
  const server = await startServer();
  const plain = await server.connect();
  try {
    const ledger = await fill(server, emulator);
    say(`restate: ${seed} sales imported`);
    await multiply(plain, copies, say);
    const counts = await plain.query<{ sales: string; days: string }>(
      'select count(*) as sales, count(distinct (shop_id, business_day)) as days from sale',
    );
    const sales = Number(counts.rows[0]?.sales);
    await plain.query('vacuum analyze');
    // The copies are no corrections: what they add was never shown.
    await plain.query('update fact_state set published_until = null');
    const summedIn = await seconds(async () => {
      await plain.query(`insert into dirty_day select distinct organization_id, pos_account_id, shop_id, business_day, 1 from sale
        on conflict do nothing`);
      await sumFacts(ledger.db, server.organizationId, ledger.posAccountId);
    });
    await plain.query('vacuum analyze');
    // The least that anybody has to do who sums everything: one statement, one table, no index.
    const recomputed = await seconds(() => plain.query(RECOMPUTE));
    say(
      `restate: ${sales} sales, ${counts.rows[0]?.days} shop-days; all facts ${summedIn.toFixed(1)} s, plainly ${recomputed.toFixed(1)} s`,
    );
    yield {
      name: 'restate.everything',
      value: rounded(summedIn),
      unit: 's',
      baseline: rounded(recomputed),
      ratio: rounded(summedIn / recomputed),
      n: sales,
      note: 'facts of every hour, day and month, with the log of imports, summed anew by the hub; against one plain statement for the hours only',
    };
    const before = await touched(plain);
    const durations: number[] = [];
    for (const name of correctable(emulator)) {
      emulator.control.clock.advance(60_000);
      const at = new Date(emulator.control.clock.now()).toISOString();
      emulator.control.play([{ event: 'void', sale: name, at }]);
      emulator.control.clock.advance(60_000);
      let changed = 0;
      durations.push(await seconds(async () => (changed = await ledger.poll())));
      if (changed === 0) throw new Error(`The poll did not find that ${name} was voided.`);
    }
    const rows = rowsTouched(before, await touched(plain));
    const one = median(durations);
    say(`restate: rows touched by ${durations.length} corrections: ${JSON.stringify(rows)}`);
    const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
    yield {
      name: 'restate.time',
      value: rounded(one * 1000),
      unit: 'ms',
      baseline: rounded(recomputed * 1000),
      ratio: Number((one / recomputed).toPrecision(3)),
      n: sales,
      note: `a poll that finds one voided sale, to the figures of its day and the line in the change log (median of ${durations.length}); against summing everything anew by one plain statement`,
    };
    yield {
      name: 'restate.rows',
      value: rounded(total / durations.length),
      unit: 'rows',
      baseline: sales,
      ratio: Number((total / durations.length / sales).toPrecision(3)),
      n: sales,
      note: `rows written or removed in the ledger and the facts for one correction, against the sales there are: ${describe(rows, durations.length)}`,
    };
  } finally {
    await plain.end();
    await server.stop();
  }
};

interface Ledger {
  readonly db: ReturnType<TemporaryServer['open']>['db'];
  readonly posAccountId: string;
  /** Reads what changed, and sums what it touches; how many records changed. */
  readonly poll: () => Promise<number>;
}

/** Imports the emulator's history by the engine. */
async function fill(server: TemporaryServer, emulator: Emulator): Promise<Ledger> {
  const { db } = server.open(2);
  const posAccountId = await server.addAccount();
  const { accountID: accountId, accessToken } = emulator.credentials.rSeries;
  const clock = {
    now: () => instantOf(emulator.control.clock.now()),
    async sleep(ms: number) {
      emulator.control.clock.advance(ms);
      await Promise.resolve();
    },
  };
  const poll = async (): Promise<number> => {
    const counter = createRequestCounter();
    const client = createRSeriesClient({
      baseUrl: 'https://api.example.test',
      accountId,
      auth: { token: async () => accessToken, renew: async () => accessToken },
      governor: createLeakyBucketGovernor({ clock }),
      fetch: emulator.fetch,
      clock,
      onRequest: (info) => counter.onRequest(info),
    });
    const summary = await syncSlice(
      { db, clock, client, counter },
      {
        organizationId: server.organizationId,
        posAccountId,
        connectionId: null,
        // Look-ups are not read again: they are every quarter of an hour, whatever changed.
        settings: { sliceMs: Number.POSITIVE_INFINITY, lookUpsMs: Number.POSITIVE_INFINITY, pollMs: 0 },
      },
    );
    if (summary.state !== 'complete') throw new Error(`A poll ended as ${JSON.stringify(summary)}.`);
    return summary.changed;
  };
  await poll();
  return { db, posAccountId, poll };
}

/** Sales of any age that nothing else hangs on, spread over the whole history. */
function correctable({ world, control }: Emulator): readonly string[] {
  const state = world.at(control.clock.now());
  const plain = [...state.walk({ order: 'id' })].flatMap(({ id }) => {
    const sale = state.sale(id);
    return sale?.completed === true && !sale.voided && !sale.archived && sale.lines.every((line) => line.parentLineId === null)
      ? [sale.name]
      : [];
  });
  return Array.from({ length: CORRECTIONS }, (_, index) => plain[Math.floor((index * plain.length) / CORRECTIONS)] ?? '');
}

/** Tables whose rows are copied, in this order. */
const COPIED = ['sale', 'sale_line', 'payment', 'sale_figure', 'payment_figure'] as const;

/** What a copy has of its own; everything else it shares with the original. */
const OWN: Readonly<Record<string, string>> = {
  sale_id: "copy.number || '-' || t.sale_id",
  number: "copy.number || '-' || t.number",
  shop_id: 't.shop_id || copy.shop',
  register_id: 't.register_id || copy.shop',
  business_day: 't.business_day - copy.days',
  hour: "t.hour - copy.days * interval '1 day'",
  occurred_at: "t.occurred_at - copy.days * interval '1 day'",
  paid_at: "t.paid_at - copy.days * interval '1 day'",
};

async function multiply(client: pg.Client, copies: number, say: (text: string) => void): Promise<void> {
  await client.query('set synchronous_commit = off');
  for (const table of COPIED) {
    const { rows } = await client.query<{ column_name: string }>(
      'select column_name from information_schema.columns where table_name = $1 order by ordinal_position',
      [table],
    );
    const columns = rows.map((row) => row.column_name);
    const values = columns.map((column) => OWN[column] ?? `t.${column}`);
    // A register of payment rows may be none: it stays none.
    await client.query(`create temporary table original_${table} as select * from ${table}`);
    const text = `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from original_${table} t
      cross join lateral (select $1::int as number, case when $2::int = 0 then '' else 's' || $2::int end as shop, $3::int as days) copy`;
    const took = await seconds(async () => {
      for (let copy = 1; copy < copies; copy += 1)
        await client.query({ name: `copy_${table}`, text, values: [copy, Math.floor(copy / SPANS), (copy % SPANS) * DAYS] });
    });
    say(`restate: ${table} multiplied in ${took.toFixed(0)} s`);
  }
}

const CELL = 'organization_id, pos_account_id, shop_id, business_day, register_id, hour';
const PAYMENT_COLUMNS = ['payments', 'tips', 'gift_cards_redeemed', 'on_account'];
const SALE_COLUMNS = FIGURE_MEASURES.filter((measure) => !PAYMENT_COLUMNS.includes(measure));

const RECOMPUTE = `create temporary table recomputed as
select ${CELL}, ${FIGURE_MEASURES.map((measure) => `sum(${measure}) as ${measure}`).join(', ')}
from (
  select ${CELL}, ${[...SALE_COLUMNS, ...PAYMENT_COLUMNS.map((column) => `0::bigint as ${column}`)].join(', ')} from sale_figure
  union all
  select ${CELL}, ${[...SALE_COLUMNS.map((column) => `0 as ${column}`), ...PAYMENT_COLUMNS].join(', ')} from payment_figure
) figures
group by ${CELL}`;

type Counts = Readonly<Record<string, number>>;

/** Tables that an import or a correction writes besides its own bookkeeping (runs, cursors, leases). */
const LEDGER = [
  ...COPIED,
  'sale_version',
  'page',
  'sale_void',
  'fact',
  'fact_day',
  'fact_month',
  'payment_fact',
  'turnover_change',
  'turnover_import',
  'dirty_sale',
  'dirty_day',
];

async function touched(client: pg.Client): Promise<Counts> {
  await pause(COUNTED_MS);
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query<{ name: string; touched: string }>(
    `select relname as name, n_tup_ins + n_tup_upd + n_tup_del as touched from pg_stat_user_tables`,
  );
  const counts: Record<string, number> = {};
  for (const { name, touched: count } of rows) {
    // Partitions belong to their table.
    const table = name.replace(/_(?:default|\d{4}_\d{2})$/u, '');
    if (LEDGER.includes(table)) counts[table] = (counts[table] ?? 0) + Number(count);
  }
  return counts;
}

function rowsTouched(before: Counts, after: Counts): Counts {
  const changed = Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)] as const);
  return Object.fromEntries(changed.filter(([, count]) => count > 0));
}

function describe(rows: Counts, times: number): string {
  return Object.entries(rows)
    .toSorted((a, b) => b[1] - a[1])
    .map(([table, count]) => `${table} ${rounded(count / times)}`)
    .join(', ');
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
}

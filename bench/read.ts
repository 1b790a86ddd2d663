/**
 * What people look at, over years of trade: the week of every department, a year by month, the heat map of a quarter, and the drill to the
 * receipts of a cell. Each is asked of the roll-ups as the API asks, of the sales' own figures with their best index, and of the sale lines;
 * and the week's whole answer is set beside an authenticated transaction that does nothing.
 */
import type { Instant } from '@tillweave/lightspeed';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { createAccessToken, accessOfToken } from '../packages/hub/src/modules/organizations/access-tokens.ts';
import { listReceipts } from '../packages/hub/src/modules/ledger/receipts-list.ts';
import { receiptsQuery } from '../packages/hub/src/modules/ledger/schemas.ts';
import { getTurnover } from '../packages/hub/src/modules/turnover/get-turnover.ts';
import { readHeatMap } from '../packages/hub/src/modules/turnover/heat-map.ts';
import { heatMapQuery, turnoverQuery } from '../packages/hub/src/modules/turnover/schemas.ts';
import { chooseMeasures } from '../packages/hub/src/modules/turnover/measure-choice.ts';
import { type Bucket, sumFacts } from '../packages/hub/src/modules/turnover/sums.ts';
import type { Database } from '../packages/hub/src/platform/database/schema.ts';
import { mappingsBetween } from '../packages/hub/src/modules/stores/queries.ts';
import { tenantTransaction } from '../packages/hub/src/platform/database/transaction.ts';
import { hubEnvironment, openHub } from './hub.ts';
import { type Figure, type Measurement, median, percentile, rounded } from './measurement.ts';
import { startServer } from './temporary-server.ts';

const SALES = 5_000_000;
const SMALL_SALES = 40_000;
const DEPARTMENTS = 200;
const DAYS = 730;
const LAST_DAY = '2026-11-22';
const NOW = Date.parse('2026-11-23T12:00:00Z') as Instant;
const WEEK = { from: '2026-11-16', to: LAST_DAY };
const YEAR = { from: '2025-11-01', to: '2026-10-31' };
const QUARTER = { from: '2026-08-24', to: LAST_DAY };
const CURRENCY = 'DKK';

export const measurement: Measurement = async function* measureReading(say, { isSmall, sales }) {
  const wanted = sales ?? (isSmall ? SMALL_SALES : SALES);
  const server = await startServer();
  const hub = await openHub(hubEnvironment(server, 'http://127.0.0.1:1'));
  try {
    const { organizationId } = server;
    const posAccountId = await server.addAccount();
    say(`Filling the ledger with ${wanted.toLocaleString('en')} sales of ${DEPARTMENTS} departments …`);
    const stored = await fill(hub.db, organizationId, posAccountId, wanted);
    const tries = isSmall ? 5 : 20;
    const ask = async (question: RawBuilder<unknown>, times: number): Promise<number> => {
      const taken: number[] = [];
      for (let turn = -1; turn < times; turn += 1) {
        const start = performance.now();
        await tenantTransaction(hub.db, organizationId, (trx) => question.execute(trx));
        if (turn >= 0) taken.push(performance.now() - start);
      }
      return median(taken);
    };
    const slow = isSmall ? 2 : 3;
    const choice = chooseMeasures(['net_sales']);
    const sums = (range: typeof WEEK, bucket: Bucket) => () =>
      tenantTransaction(hub.db, organizationId, (trx) =>
        mappingsBetween(trx, organizationId, range.from, range.to).then((mappings) =>
          sumFacts(trx, { organizationId, currency: CURRENCY, ...range }, bucket, choice, mappings),
        ),
      );
    const questions = [
      {
        name: 'read.week',
        ours: sums(WEEK, { by: 'day' }),
        ...others(organizationId, WEEK, 'day'),
      },
      {
        name: 'read.year',
        ours: sums(YEAR, { by: 'month' }),
        ...others(organizationId, YEAR, 'month'),
      },
    ];
    for (const { name, ours, figures, lines } of questions) {
      const value = median(await times(ours, tries));
      for (const [against, question] of [
        ['figures', figures],
        ['lines', lines],
      ] as const) {
        const baseline = await ask(question, slow);
        yield figure(
          `${name}.${against}`,
          value,
          baseline,
          stored,
          `the same question of the sale ${against}; ratio: how many times faster`,
        );
      }
    }
    const heat = () =>
      tenantTransaction(hub.db, organizationId, (trx) => readHeatMap(trx, organizationId, heatMapQuery.parse(QUARTER), NOW));
    const heatTaken = await times(heat, slow);
    const heatLines = await ask(others(organizationId, QUARTER, 'heat').lines, slow);
    yield figure(
      'read.heat.lines',
      median(heatTaken),
      heatLines,
      stored,
      'thirteen weeks by weekday and hour, the whole answer; ratio: times faster',
    );
    const cell = receiptsQuery.parse({ day: LAST_DAY, shop: '7', limit: '100' });
    const drill = await times(
      () => tenantTransaction(hub.db, organizationId, (trx) => listReceipts(trx, organizationId, cell)),
      tries,
    );
    const drillLines = await ask(drillOfLines(organizationId), slow);
    yield figure(
      'read.drill.lines',
      median(drill),
      drillLines,
      stored,
      'the receipts of one day and department, with their sum; ratio: times faster',
    );
    const { token } = await createAccessToken(hub, {
      organizationId,
      name: 'bench',
      permissions: ['turnover:read'],
      expiresAt: null,
      createdBy: null,
    });
    const query = turnoverQuery.parse({ ...WEEK, measure: 'net_sales' });
    const nothing = () =>
      accessOfToken(hub, token).then(() => tenantTransaction(hub.db, organizationId, (trx) => sql`select 1`.execute(trx)));
    const grid = () =>
      accessOfToken(hub, token).then(() =>
        tenantTransaction(hub.db, organizationId, (trx) => getTurnover(trx, organizationId, query, NOW)),
      );
    const idle = percentile(await times(nothing, tries * 5), 95);
    const week = percentile(await times(sums(WEEK, { by: 'day' }), tries * 5), 95);
    yield {
      ...base('read.week.noop', week, idle, stored),
      ratio: rounded(week / idle),
      note: 'p95 of the week’s sums in their transaction, against the p95 of an authenticated transaction that does nothing; wanted: ratio at most 5',
    };
    const whole = percentile(await times(grid, tries * 5), 95);
    yield {
      ...base('read.grid.noop', whole, idle, stored),
      ratio: rounded(whole / idle),
      note: 'p95 of the whole week grid of all departments with the coverage of every cell, against the same',
    };
  } finally {
    await hub.close();
    await server.stop();
  }
};

function base(name: string, value: number, baseline: number, n: number): Omit<Figure, 'ratio' | 'note'> {
  return { name, value: rounded(value), unit: 'ms', baseline: rounded(baseline), n };
}

function figure(name: string, value: number, baseline: number, n: number, note: string): Figure {
  return { ...base(name, value, baseline, n), ratio: rounded(baseline / value), note };
}

async function times(run: () => Promise<unknown>, tries: number): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = -2; turn < tries; turn += 1) {
    const start = performance.now();
    await run();
    if (turn >= 0) taken.push(performance.now() - start);
  }
  return taken;
}

const MAPPED = sql`join mapping m on m.organization_id = f.organization_id and m.pos_account_id = f.pos_account_id
  and m.shop_id = f.shop_id and m.register_id is null`;

/** The same question of the figures (by their day index) and of the lines (by the sales' day index). */
function others(organizationId: string, { from, to }: typeof WEEK, by: 'day' | 'month' | 'heat') {
  const bucket = (alias: string) => {
    const day = sql.ref(`${alias}.business_day`);
    if (by === 'day') return day;
    if (by === 'month') return sql`date_trunc('month', ${day})`;
    return sql`extract(isodow from ${day}), extract(hour from ${sql.ref(`${alias}.hour`)} at time zone 'Europe/Copenhagen')`;
  };
  const keys = by === 'heat' ? sql`1, 2` : sql`1, 2`;
  const department = by === 'heat' ? sql`` : sql`m.department_id, `;
  return {
    figures: sql`select ${department}${bucket('f')}, sum(f.net_sales) from shop s
      join sale_figure f on f.organization_id = s.organization_id and f.pos_account_id = s.pos_account_id and f.shop_id = s.shop_id
        and f.business_day between ${from}::date and ${to}::date
      ${MAPPED} where s.organization_id = ${organizationId} group by ${keys}`,
    lines: sql`select ${department}${bucket('f')}, sum(l.net_cents) from shop s
      join sale f on f.organization_id = s.organization_id and f.pos_account_id = s.pos_account_id and f.shop_id = s.shop_id
        and f.business_day between ${from}::date and ${to}::date and f.state = 'completed'
      join sale_line l on l.organization_id = f.organization_id and l.pos_account_id = f.pos_account_id and l.sale_id = f.sale_id
      ${MAPPED} where s.organization_id = ${organizationId} group by ${keys}`,
  };
}

/** The same receipts with the same best index, the sales' day index: what is saved is only the lines of these receipts. */
function drillOfLines(organizationId: string) {
  return sql`select l.sale_id, sum(l.net_cents) from pos_account a
    join sale f on f.organization_id = a.organization_id and f.pos_account_id = a.id and f.shop_id = '7'
      and f.business_day = ${LAST_DAY}::date and f.state = 'completed'
    join sale_line l on l.organization_id = f.organization_id and l.pos_account_id = f.pos_account_id and l.sale_id = f.sale_id
    where a.organization_id = ${organizationId} group by 1`;
}

/**
 * Sales spread evenly over shops, days and opening hours, two lines each, all by set-based statements. Sums lie as they come when facts are
 * summed, by day; sales and lines by shop and day, which their own questions like better than the order in which they are sold.
 *
 * @returns how many.
 */
async function fill(db: Kysely<Database>, organizationId: string, posAccountId: string, wanted: number): Promise<number> {
  const perDay = Math.max(1, Math.round(wanted / DEPARTMENTS / DAYS));
  const days = Math.min(DAYS, Math.ceil(wanted / DEPARTMENTS / perDay));
  const own = sql`${organizationId}::uuid, ${posAccountId}::uuid`;
  const sold = sql`generate_series(1, ${DEPARTMENTS}) shop cross join generate_series(0, ${days - 1}) back cross join generate_series(1, ${perDay}) n
    cross join lateral (select ${LAST_DAY}::date - back as day,
      (${LAST_DAY}::date - back)::timestamp at time zone 'Europe/Copenhagen' + (8 + n % 12) * interval '1 hour' as hour,
      shop || '-' || back || '-' || n as id, 1000 + (shop * 37 + back * 11 + n * 7) % 9000 as cents) x`;
  const statements = [
    sql`insert into shop (organization_id, pos_account_id, shop_id, name, time_zone)
      select ${own}, n::text, 'Shop ' || n, 'Europe/Copenhagen' from generate_series(1, ${DEPARTMENTS}) n`,
    sql`insert into shop_calendar (organization_id, pos_account_id, shop_id, valid_from, time_zone, day_start_hour)
      select ${own}, n::text, '0001-01-01', 'Europe/Copenhagen', 0 from generate_series(1, ${DEPARTMENTS}) n`,
    sql`insert into store (organization_id, id, name) select ${organizationId}::uuid, gen_random_uuid(), 'Store ' || n
      from generate_series(1, ${DEPARTMENTS}) n`,
    sql`insert into department (organization_id, id, store_id, name) select organization_id, gen_random_uuid(), id, name from store
      where organization_id = ${organizationId}`,
    sql`insert into mapping (organization_id, id, pos_account_id, shop_id, department_id, valid_from)
      select ${organizationId}::uuid, gen_random_uuid(), ${posAccountId}::uuid, substring(name from '[0-9]+'), id, '0001-01-01' from department
      where organization_id = ${organizationId}`,
    sql`insert into sale (organization_id, pos_account_id, sale_id, number, shop_id, register_id, state, occurred_at, changed_at, seen_at, total,
        tax, hash, version, business_day, hour)
      select ${own}, id, id, shop::text, (n % 2)::text, 'completed', hour, hour, hour, cents / 80.0, cents / 400.0, '\\x00', 1, day, hour from ${sold}`,
    sql`insert into sale_line (organization_id, pos_account_id, sale_id, line_id, position, kind, quantity, unit_price, exclusive, tax,
        discount, net_cents, tax_cents, discount_cents, discount_incl_cents)
      select ${own}, id, id || '/' || part, part, 'goods', 1, cents / 200.0, cents / 200.0, 0, 0, cents / 2 + (part - 1) * (cents % 2), 0, 0, 0
      from ${sold} cross join generate_series(1, 2) part`,
    sql`insert into sale_figure (organization_id, pos_account_id, sale_id, shop_id, register_id, business_day, hour, net_sales, gross_sales, transactions)
      select ${own}, id, shop::text, (n % 2)::text, day, hour, cents, cents, 1 from ${sold}`,
    sql`insert into fact (organization_id, pos_account_id, shop_id, business_day, register_id, hour, net_sales, gross_sales, transactions)
      select organization_id, pos_account_id, shop_id, business_day, register_id, hour, sum(net_sales), sum(gross_sales), sum(transactions)
      from sale_figure where organization_id = ${organizationId} group by 1, 2, 3, 4, 5, 6 order by business_day, shop_id`,
    sql`insert into fact_day (organization_id, pos_account_id, shop_id, business_day, register_id, net_sales, gross_sales, transactions)
      select organization_id, pos_account_id, shop_id, business_day, register_id, sum(net_sales), sum(gross_sales), sum(transactions)
      from fact where organization_id = ${organizationId} group by 1, 2, 3, 4, 5 order by business_day, shop_id`,
    sql`insert into fact_month (organization_id, pos_account_id, shop_id, month, register_id, net_sales, gross_sales, transactions)
      select organization_id, pos_account_id, shop_id, date_trunc('month', business_day)::date, register_id, sum(net_sales), sum(gross_sales),
        sum(transactions) from fact_day where organization_id = ${organizationId} group by 1, 2, 3, 4, 5 order by 4, 3`,
    sql`insert into account_hour (organization_id, pos_account_id, business_day, hour, facts, net_sales, gross_sales, transactions)
      select organization_id, pos_account_id, business_day, hour, count(*), sum(net_sales), sum(gross_sales), sum(transactions)
      from fact where organization_id = ${organizationId} group by 1, 2, 3, 4`,
    sql`insert into cursor (organization_id, pos_account_id, stream, lane, position, caught_up_at)
      select ${own}, stream, lane, '{}', '2026-11-23T11:59:00Z' from (values ('sales', 'live'), ('sales', 'history'), ('lookUps', 'live')) c (stream, lane)`,
  ];
  for (const statement of statements) await tenantTransaction(db, organizationId, (trx) => statement.execute(trx));
  for (const table of ['sale', 'sale_line', 'sale_figure', 'fact', 'fact_day', 'fact_month', 'account_hour', 'mapping', 'shop']) {
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
  }
  return DEPARTMENTS * days * perDay;
}

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { emptyDatabase, testDatabase } from '../../../../../test/database.ts';
import { startChild } from '../../../../../test/child.ts';
import { uuidv7 } from '../uuid.ts';
import { appliedMigrations, knownMigrations, migrate } from './migrate.ts';

const OURS = fileURLToPath(new URL('../../../migrations', import.meta.url));
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A release with more migrations than ours. */
async function laterRelease(more: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tillweave-migrations-'));
  folders.push(folder);
  await cp(OURS, folder, { recursive: true });
  for (const [name, sql] of Object.entries(more)) await writeFile(join(folder, `${name}.sql`), sql);
  return folder;
}

async function withClient<T>(url: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  test('make an empty database whole, and then do nothing', async () => {
    const url = await emptyDatabase();
    expect(await migrate(url)).toEqual(await knownMigrations());
    expect(await migrate(url)).toEqual([]);
    expect(await withClient(url, appliedMigrations)).toEqual(await knownMigrations());
  });

  test('two processes at once: one applies, the other waits and finds nothing to do', async () => {
    const url = await emptyDatabase();
    const children = [1, 2].map(() =>
      startChild('packages/hub/src/cli/main.ts', ['migrate', '--json'], { environment: { DATABASE_URL: url } }),
    );
    const results = await Promise.all(children.map(async (child) => JSON.parse(await child.line()) as { applied: string[] }));
    expect(await Promise.all(children.map((child) => child.finish()))).toEqual([0, 0]);
    expect(results.map(({ applied }) => applied.length).toSorted((one, other) => one - other)).toEqual([
      0,
      (await knownMigrations()).length,
    ]);
  });

  test('are one transaction each: a failing one leaves those before it and nothing of itself', async () => {
    const url = await emptyDatabase();
    const folder = await laterRelease({
      '9001_good': 'create table good (n int);',
      '9002_bad': 'create table half (n int); select 1 / 0;',
      '9003_never': 'create table never (n int);',
    });
    await expect(migrate(url, { folder })).rejects.toThrow(/division by zero/);
    const tables = await withClient(url, async (client) => {
      const { rows } = await client.query<{ name: string | null }>(
        `select to_regclass(t)::text as name from unnest(array['good', 'half', 'never']) t`,
      );
      return rows.map(({ name }) => name);
    });
    expect(tables).toEqual(['good', null, null]);
    expect((await withClient(url, appliedMigrations)).at(-1)).toBe('9001_good');
  });

  test('a database of a newer release is refused untouched', async () => {
    const { url, pool } = await testDatabase();
    await pool.query(`insert into schema_migration (name, run_on) values ('9999_future', now())`);
    await expect(migrate(url)).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringMatching(/9999_future/) as unknown,
    });
  });

  test('from every earlier state, with rows in it, lead to this release and keep the rows', async () => {
    const known = await knownMigrations();
    const start = known.indexOf('0003_organization');
    expect(start).toBeGreaterThan(0);
    for (const from of known.slice(start, -1)) {
      const url = await emptyDatabase();
      await migrate(url, { until: from });
      const organization = uuidv7();
      const before = await withClient(url, async (client) => {
        await client.query(
          `insert into organization (organization_id, name, currency, time_zone) values ($1, 'Old', 'DKK', 'Europe/Copenhagen')`,
          [organization],
        );
        await client.query(
          `insert into pos_account (organization_id, id, provider, external_id, name, currency) values ($1, $2, 'lightspeed-r', '1', 'Old', 'DKK')`,
          [organization, uuidv7()],
        );
        return (await client.query('select * from pos_account')).rows;
      });
      expect(await migrate(url)).toEqual(known.slice(known.indexOf(from) + 1));
      const after = await withClient(url, async (client) => (await client.query('select * from pos_account')).rows);
      expect(after).toMatchObject(before);
    }
  });

  test('roll up the facts that were there before there were roll-ups', async () => {
    const url = await emptyDatabase();
    await migrate(url, { until: '0009_people' });
    await withClient(url, async (client) => {
      const own = [uuidv7(), uuidv7()];
      await client.query(
        `insert into organization (organization_id, name, currency, time_zone) values ($1, 'Old', 'DKK', 'UTC')`,
        [own[0]],
      );
      await client.query(
        `insert into pos_account (organization_id, id, provider, external_id, name, currency) values ($1, $2, 'lightspeed-r', '1', 'Old', 'DKK')`,
        own,
      );
      // Two shops, two registers, two hours of three days over the end of a month.
      const cells = `from (values ('1'), ('2')) s (shop), (values ('a'), ('b')) r (register),
        (values ('2026-10-30'::date), ('2026-10-31'), ('2026-11-01')) d (day), (values (10), (11)) h (hour)`;
      const place = `$1::uuid, $2::uuid, shop, day, register, day + hour * interval '1 hour'`;
      const cents = `ascii(shop) * 1000 + ascii(register) * 10 + extract(day from day)::int + hour`;
      await client.query(
        `insert into fact (organization_id, pos_account_id, shop_id, business_day, register_id, hour, net_sales, goods_sold)
         select ${place}, ${cents}, 0.25 ${cells}`,
        own,
      );
      await client.query(
        `insert into payment_fact (organization_id, pos_account_id, shop_id, business_day, register_id, hour, payment_type_id, payments)
         select ${place}, type, ${cents} ${cells}, (values ('cash'), ('card')) t (type)`,
        own,
      );
    });
    await migrate(url);
    const month = "date_trunc('month', business_day)::date";
    for (const [table, facts, place, sums, rows] of [
      ['fact_day', 'fact', 'shop_id, register_id, business_day', 'sum(net_sales), sum(goods_sold)', 12],
      ['fact_month', 'fact', `shop_id, register_id, ${month}`, 'sum(net_sales), sum(goods_sold)', 8],
      ['account_hour', 'fact', 'business_day, hour', 'sum(net_sales), sum(goods_sold)', 6],
      ['payment_day', 'payment_fact', 'shop_id, register_id, payment_type_id, business_day', 'sum(payments)', 24],
      ['payment_month', 'payment_fact', `shop_id, register_id, payment_type_id, ${month}`, 'sum(payments)', 16],
    ] as const) {
      const of = async (from: string, where: string) =>
        withClient(
          url,
          async (client) =>
            (
              await client.query({
                text: `select ${where}, ${sums} from ${from} group by ${where} order by ${where}`,
                rowMode: 'array',
              })
            ).rows,
        );
      const rolled = await of(table, place.replace(month, 'month'));
      expect(rolled, table).toHaveLength(rows);
      expect(rolled, table).toEqual(await of(facts, place));
    }
    const counted = await withClient(url, (client) => client.query('select distinct facts from account_hour'));
    expect(counted.rows).toEqual([{ facts: 4 }]);
  });

  test('an older schema is refused by what only reads, and prepared when there is none', async () => {
    const { openDatabase } = await import('./open.ts');
    const url = await emptyDatabase();
    await migrate(url, { until: '0003_organization' });
    const open = (databaseUrl: string) => openDatabase({ databaseUrl, home: '/nonexistent' }, { migrations: 'require' });
    await expect(open(url)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/Run tillweave migrate/) as unknown,
    });
    const fresh = await open(await emptyDatabase());
    await fresh.close();
  });
});

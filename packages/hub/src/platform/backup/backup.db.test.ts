import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../../../test/database.ts';
import { connect } from '../database/connect.ts';
import { knownMigrations, migrate } from '../database/migrate.ts';
import { systemTransaction } from '../database/transaction.ts';
import { uuidv7 } from '../uuid.ts';
import { backup } from './backup.ts';
import { quoted, savedTables } from './catalogue.ts';
import { beginning, frame } from './frames.ts';
import { restore } from './restore.ts';

const OPTIONS = { release: '0.1.0', now: new Date('2026-11-24T12:00:00Z') };

let folder = '';
let filled: TestDatabase;
let whole = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillweave-backup-'));
  filled = await testDatabase();
  await fill(filled);
  whole = join(folder, 'whole.backup');
  await backup(filled.url, whole, OPTIONS);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rows with every kind of value that could go wrong on the way, in ordinary, partitioned and sign-in tables. */
async function fill({ db, pool, organizationId }: TestDatabase): Promise<void> {
  const account = uuidv7();
  await pool.query(
    `create table page_2020 partition of page for values from ('2020-01-01 00:00:00+00') to ('2021-01-01 00:00:00+00')`,
  );
  await pool.query(`call make_tenant_table('page_2020')`);
  const user = await pool.query<{ id: string }>(
    `insert into auth."user" (name, email, "emailVerified") values ('Ada', 'ada@example.test', true) returning id`,
  );
  await pool.query(`insert into auth.organization (id, name, slug, "createdAt") values ($1, 'Æ', 'x', now())`, [organizationId]);
  await pool.query(`insert into auth.member ("organizationId", "userId", role, "createdAt") values ($1, $2, 'owner', now())`, [
    organizationId,
    user.rows[0]?.id,
  ]);
  await systemTransaction(db, async (trx) => {
    await trx
      .insertInto('pos_account')
      .values({
        organization_id: organizationId,
        id: account,
        provider: 'lightspeed-r',
        external_id: '1',
        name: 'Tab\tnew\nline \\. back\\slash "æ😀"',
        currency: 'DKK',
        switches: '{"a":"\\\\n"}',
      })
      .execute();
    for (const received of ['2020-06-01T00:00:00Z', '2026-11-01T00:00:00Z']) {
      await trx
        .insertInto('page')
        .values({
          organization_id: organizationId,
          pos_account_id: account,
          id: uuidv7(),
          received_at: received,
          run_id: null,
          stream: 'sales',
          request_method: 'GET',
          request_path: '/x',
          requested_at: received,
          documents: randomBytes(70_000),
        })
        .execute();
    }
  });
  await pool.query(
    `insert into access_token (organization_id, id, name, prefix, hash, scopes)
     select $1, gen_random_uuid(), 'n' || n, 'p', decode(md5(n::text), 'hex'), array['a,"b' || n, null, 'null', ''] from generate_series(1, 4000) n`,
    [organizationId],
  );
}

async function contents(url: string): Promise<Record<string, string>> {
  const client = await connect(url);
  try {
    const found: Record<string, string> = {};
    for (const table of await savedTables(client)) {
      const { rows } = await client.query<{ digest: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest from ${quoted(table)} t`,
      );
      found[table.name] = rows[0]?.digest ?? '';
    }
    return found;
  } finally {
    await client.end();
  }
}

async function variant(name: string, change: (plain: Buffer) => Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, zstdCompressSync(change(zstdDecompressSync(await readFile(whole)))));
  return path;
}

describe('backup and restore', () => {
  test('bring every row of every table into a new database, partitions and sign-in included', async () => {
    const url = await emptyDatabase();
    const summary = await restore(url, whole);
    expect(await contents(url)).toEqual(await contents(filled.url));
    expect(summary).toMatchObject({ createdAt: '2026-11-24T12:00:00.000Z' });
    expect(summary.rows).toBeGreaterThan(4_000);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ place: string }>(
      'select tableoid::regclass::text as place from page order by received_at',
    );
    expect(rows[0]).toEqual({ place: 'page_2020' });
    const { rows: open } =
      await client.query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'schema_migration' and not (relrowsecurity and relforcerowsecurity)`);
    expect(open).toEqual([]);
    await client.end();
  });

  test('a file is ours alone to read, and never replaces another', async () => {
    expect((await stat(whole)).mode & 0o777).toBe(0o600);
    await expect(backup(filled.url, whole, OPTIONS)).rejects.toMatchObject({ code: 'conflict' });
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  test('what is written during a backup is wholly in it or wholly not', async () => {
    const database = await testDatabase();
    await fill(database);
    const path = join(folder, 'moving.backup');
    const stop = new AbortController();
    const writing = (async () => {
      while (!stop.signal.aborted) {
        // Two tables in one transaction: a later snapshot of the second would show more.
        await database.pool.query(
          `with s as (insert into store (organization_id, id, name) values ($1, $2, 'x') returning *)
          insert into department (organization_id, id, store_id, name) select organization_id, id, id, 'x' from s`,
          [database.organizationId, uuidv7()],
        );
      }
    })();
    await backup(database.url, path, OPTIONS);
    stop.abort();
    await writing;
    const url = await emptyDatabase();
    await restore(url, path);
    const found = await contents(url);
    expect(found['store']?.split(' ')[0]).toBe(found['department']?.split(' ')[0]);
  });

  test('are refused where there is data already', async () => {
    const other = await testDatabase();
    await expect(restore(other.url, whole)).rejects.toMatchObject({ code: 'restore_not_empty' });
  });

  test('a backup of a newer release is refused', async () => {
    const path = await variant('newer.backup', () =>
      Buffer.concat([
        beginning(),
        frame('H', { format: 1, release: '9.0.0', schema: '9999_future', createdAt: '2030-01-01T00:00:00.000Z', partitions: [] }),
      ]),
    );
    const url = await emptyDatabase();
    await expect(restore(url, path)).rejects.toMatchObject({
      code: 'backup_newer',
      message: expect.stringMatching(/9\.0\.0/) as unknown,
    });
  });

  test('a backup of an older schema is loaded into it and then brought up to date', async () => {
    const old = await emptyDatabase();
    await migrate(old, { until: '0004_lookup' });
    const client = await connect(old);
    await client.query(`insert into organization (organization_id, name, currency, time_zone) values ($1, 'Old', 'DKK', 'UTC')`, [
      uuidv7(),
    ]);
    await client.end();
    const path = join(folder, 'old.backup');
    await backup(old, path, OPTIONS);
    const url = await emptyDatabase();
    await restore(url, path);
    expect(await migrate(url)).toEqual([]);
    expect((await contents(url))['organization']).toMatch(/^1 /);
    // Into a schema that is further already it cannot go.
    const ahead = await emptyDatabase();
    await migrate(ahead);
    await expect(restore(ahead, path)).rejects.toMatchObject({ code: 'restore_not_empty' });
    expect(await knownMigrations()).toContain('0004_lookup');
  });

  test('a damaged, cut or foreign file is refused, and nothing is loaded', async () => {
    const cut = join(folder, 'cut.backup');
    const bytes = await readFile(whole);
    await writeFile(cut, bytes.subarray(0, bytes.length - 1000));
    const bent = join(folder, 'bent.backup');
    await copyFile(whole, bent);
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
    await writeFile(bent, changed);
    const foreign = join(folder, 'foreign.backup');
    await writeFile(foreign, 'PGDMP');
    const lost = await variant('lost.backup', (plain) => plain.subarray(0, plain.length - 40));
    const miscounted = await variant('miscounted.backup', (plain) =>
      Buffer.concat([plain.subarray(0, plain.lastIndexOf('E\0\0\0')), frame('E', { tables: 1, rows: 1 })]),
    );
    const url = await emptyDatabase();
    await migrate(url);
    const before = await contents(url);
    for (const path of [cut, bent, foreign, lost, miscounted, join(folder, 'absent')]) {
      await expect(restore(url, path), path).rejects.toMatchObject({ code: 'backup_unreadable' });
    }
    expect(await contents(url)).toEqual(before);
  });
});

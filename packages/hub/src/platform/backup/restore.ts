import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import pg from 'pg';
import type { z } from 'zod';
import { connect } from '../database/connect.ts';
import { appliedMigrations, knownMigrations, migrate } from '../database/migrate.ts';
import { AppError } from '../errors.ts';
import { quoted, savedTables, type SavedTable } from './catalogue.ts';
import { copyIn } from './copy.ts';
import { type Frame, readFrames, unreadable } from './frames.ts';
import { RowCounter } from './row-counter.ts';
import { Ending, FORMAT, Header, TableHead } from './header.ts';

export interface RestoreSummary {
  /** When the backup was made. */
  readonly createdAt: string;
  readonly tables: number;
  readonly rows: number;
}

/**
 * Fills an empty database from a backup: makes the schema the backup was made with, loads everything in one transaction, then
 * upgrades to this release.
 *
 * @throws AppError `backup_unreadable`, `backup_newer`, `restore_not_empty`, and what `connect` throws. Nothing is loaded then.
 */
export async function restore(
  url: string,
  path: string,
  onProgress?: (table: string, rows: number) => void,
): Promise<RestoreSummary> {
  const frames = new Frames(readFrames(decompressed(path)));
  const header = parse(Header, await frames.next('H'));
  await refuseNewer(header);
  await refuseFilled(url);
  await makeSchema(url, header);
  const client = await connect(url);
  try {
    await client.query('set timezone to utc');
    await client.query('begin');
    await makePartitions(client, header);
    const ending = await load(client, frames, onProgress);
    await client.query('commit');
    await client.query('analyze');
    await migrate(url);
    return { createdAt: header.createdAt, ...ending };
  } finally {
    await client.end();
  }
}

async function* decompressed(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const plain = createZstdDecompress();
  source.on('error', (error) => plain.destroy(error));
  try {
    yield* source.pipe(plain);
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code)))
      throw unreadable('it cannot be decompressed', error);
    if (error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EISDIR'].includes(String(error.code))) {
      throw new AppError('backup_unreadable', `The file ${path} cannot be read (${String(error.code)}).`, { cause: error });
    }
    throw error;
  } finally {
    source.destroy();
  }
}

/** Frames with a look at the next one's kind. */
class Frames {
  readonly #frames: AsyncGenerator<Frame>;
  #ahead: Frame | null | undefined;

  constructor(frames: AsyncGenerator<Frame>) {
    this.#frames = frames;
  }

  async peek(): Promise<Frame | null> {
    if (this.#ahead === undefined) {
      const result = await this.#frames.next();
      this.#ahead = result.done === true ? null : result.value;
    }
    return this.#ahead;
  }

  /** @throws AppError `backup_unreadable` when another kind, or nothing, follows. */
  async next(kind: Frame['kind']): Promise<Buffer> {
    const frame = await this.peek();
    if (frame?.kind !== kind) throw unreadable(frame === null ? 'it is cut off' : 'its parts are out of order');
    this.#ahead = undefined;
    return frame.body;
  }

  /** The data frames that follow. */
  async *data(): AsyncGenerator<Buffer> {
    while ((await this.peek())?.kind === 'D') yield await this.next('D');
  }
}

async function refuseNewer({ format, schema, release }: Header): Promise<void> {
  if (format <= FORMAT && (await knownMigrations()).includes(schema)) return;
  throw new AppError(
    'backup_newer',
    `This backup was made by a newer release (${release}, schema ${schema}). Restore it with that release or a newer one.`,
    { details: { release, schema } },
  );
}

async function refuseFilled(url: string): Promise<void> {
  const client = await connect(url);
  try {
    if ((await appliedMigrations(client)).length === 0) return;
    for (const table of await savedTables(client)) {
      await client.query('begin read only');
      if (table.guarded) await client.query('set local role app_system');
      const { rows } = await client.query<{ filled: boolean }>(`select exists (select from ${quoted(table)}) as filled`);
      await client.query('commit');
      if (rows[0]?.filled === true) throw filled(`its table ${table.name} has rows`);
    }
  } finally {
    await client.end();
  }
}

function filled(why: string): AppError {
  return new AppError(
    'restore_not_empty',
    `A backup is restored into an empty database only, and this is none: ${why}. Choose a new TILLWEAVE_HOME or database.`,
    { details: { why } },
  );
}

/** Exactly the schema of the backup; an existing one cannot be taken back to an older state. */
async function makeSchema(url: string, { schema }: Header): Promise<void> {
  await migrate(url, { until: schema });
  const client = await connect(url);
  try {
    const newest = (await appliedMigrations(client)).at(-1);
    if (newest !== schema) throw filled(`it has the newer schema ${newest} already, the backup has ${schema}`);
  } finally {
    await client.end();
  }
}

async function makePartitions(client: pg.Client, { partitions }: Header): Promise<void> {
  for (const { parent, name, bounds } of partitions) {
    const table = quoted({ schema: 'public', name });
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
    if (rows[0]?.there === true) continue;
    const clause = bounds === 'DEFAULT' ? 'default' : bounds;
    await client.query(`create table ${table} partition of ${quoted({ schema: 'public', name: parent })} ${clause}`);
    await client.query('call make_tenant_table($1::regclass)', [table]);
  }
}

async function load(
  client: pg.Client,
  frames: Frames,
  onProgress?: (table: string, rows: number) => void,
): Promise<{ tables: number; rows: number }> {
  const known = await savedTables(client);
  const counted = { tables: 0, rows: 0 };
  while ((await frames.peek())?.kind === 'T') {
    const head = parse(TableHead, await frames.next('T'));
    const table = known.find(({ schema, name }) => schema === head.schema && name === head.name);
    if (table === undefined || !head.columns.every((column) => table.columns.includes(column)))
      throw unreadable(`its table ${head.name} is not one of this schema`);
    const rows = await loadTable(client, { ...table, columns: head.columns }, frames, onProgress);
    counted.tables += 1;
    counted.rows += rows;
  }
  const stated = parse(Ending, await frames.next('E'));
  if (stated.tables !== counted.tables || stated.rows !== counted.rows)
    throw unreadable('its number of rows is not what it says');
  if ((await frames.peek()) !== null) throw unreadable('something follows its end');
  return counted;
}

async function loadTable(
  client: pg.Client,
  table: SavedTable,
  frames: Frames,
  onProgress?: (table: string, rows: number) => void,
): Promise<number> {
  const counter = new RowCounter((rows) => onProgress?.(table.name, rows));
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  // COPY cannot write below forced row-level security; as the owner, for this transaction, we are exempt.
  if (table.guarded) await client.query(`alter table ${quoted(table)} no force row level security`);
  try {
    await copyIn(client, `copy ${quoted(table)} (${columns}) from stdin`, counter.count(frames.data()));
  } catch (error) {
    // Rows that the database cannot read or that break its rules: no backup of ours has such.
    if (error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? ''))
      throw unreadable(`a row of ${table.name} is damaged`, error);
    throw error;
  }
  if (table.guarded) await client.query(`alter table ${quoted(table)} force row level security`);
  return counter.rows;
}

function parse<T extends z.ZodType>(schema: T, body: Buffer): z.infer<T> {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw unreadable('a part of it cannot be read', error);
  }
}

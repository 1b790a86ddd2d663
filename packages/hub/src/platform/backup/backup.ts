import { createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { connect } from '../database/connect.ts';
import { appliedMigrations } from '../database/migrate.ts';
import { AppError } from '../errors.ts';
import { quoted, savedPartitions, savedTables, type SavedTable } from './catalogue.ts';
import { copyOut } from './copy.ts';
import { beginning, dataFrames, frame } from './frames.ts';
import { FORMAT, type Header } from './header.ts';
import { RowCounter } from './row-counter.ts';

export interface BackupSummary {
  readonly schema: string;
  readonly tables: number;
  readonly rows: number;
}

export interface BackupOptions {
  readonly release: string;
  readonly now: Date;
  /** Called as rows are written. */
  readonly onProgress?: (table: string, rows: number) => void;
}

/**
 * Writes everything of one moment into a new file (readable by us alone), table by table, without holding it in memory. Others
 * may go on writing meanwhile.
 *
 * @throws AppError `conflict` when the file exists, and what `connect` throws. A failed backup leaves no file.
 */
export async function backup(url: string, path: string, options: BackupOptions): Promise<BackupSummary> {
  const client = await connect(url);
  const half = `${path}.${randomUUID()}.partial`;
  try {
    await client.query('set timezone to utc');
    // One snapshot for all tables.
    await client.query('begin isolation level repeatable read read only');
    const summary = { schema: '', tables: 0, rows: 0 };
    await pipeline(
      Readable.from(write(client, options, summary), { objectMode: false }),
      createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
      createWriteStream(half, { flags: 'wx', mode: 0o600, flush: true }),
    );
    await client.query('commit');
    await publish(half, path);
    return summary;
  } finally {
    await client.end();
    await rm(half, { force: true });
  }
}

async function* write(
  client: pg.Client,
  { release, now, onProgress }: BackupOptions,
  summary: { schema: string; tables: number; rows: number },
) {
  const schema = (await appliedMigrations(client)).at(-1);
  if (schema === undefined)
    throw new AppError('database_missing', 'There is nothing to back up: this database has no Tillweave schema.');
  summary.schema = schema;
  const header: Header = {
    format: FORMAT,
    release,
    schema,
    createdAt: now.toISOString(),
    partitions: await savedPartitions(client),
  };
  yield Buffer.concat([beginning(), frame('H', header)]);
  for (const table of await savedTables(client)) {
    yield frame('T', { schema: table.schema, name: table.name, columns: table.columns });
    const counter = new RowCounter((rows) => onProgress?.(table.name, rows));
    yield* dataFrames(counter.count(rowsOf(client, table)));
    summary.tables += 1;
    summary.rows += counter.rows;
  }
  yield frame('E', { tables: summary.tables, rows: summary.rows });
}

async function* rowsOf(client: pg.Client, table: SavedTable): AsyncGenerator<Buffer> {
  // Only that role passes row-level security where we are not a superuser; it knows nothing of the sign-in's tables.
  await client.query(table.guarded ? 'set local role app_system' : 'reset role');
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  yield* copyOut(client, `copy (select ${columns} from ${quoted(table)}) to stdout`);
}

async function publish(half: string, path: string): Promise<void> {
  try {
    // A link, unlike a rename, never replaces a file that is there.
    await link(half, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new AppError('conflict', `${path} exists already. Choose another file, or move it away.`, { cause: error });
    }
    throw error;
  }
}

import { once } from 'node:events';
import { Readable } from 'node:stream';
import type pg from 'pg';

/** What the driver's connection can do beyond its published types. */
interface CopyConnection extends pg.Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** Streams the rows of `copy … to stdout`, in PostgreSQL's text format, no faster than they are read. */
export function copyOut(client: pg.Client, statement: string): Readable {
  return client.query(new CopyOut(statement));
}

/**
 * Feeds `copy … from stdin` and waits until the server has taken everything.
 *
 * @throws The server's error, or that of `chunks`; the statement has then failed as a whole.
 */
export async function copyIn(client: pg.Client, statement: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const copy = client.query(new CopyIn(statement));
  const connection = await copy.ready;
  try {
    for await (const chunk of chunks) {
      if (copy.failed) break;
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await Promise.race([once(connection.stream, 'drain'), copy.done]);
    }
    if (!copy.failed) connection.endCopyFrom();
  } catch (error) {
    connection.sendCopyFail('The source of the rows failed.');
    await copy.done.catch(() => undefined);
    throw error;
  }
  await copy.done;
}

/** A query as the driver runs it, speaking the copy-out protocol. */
class CopyOut extends Readable implements pg.Submittable {
  readonly #statement: string;
  #connection: pg.Connection | undefined;

  constructor(statement: string) {
    super();
    this.#statement = statement;
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    connection.query(this.#statement);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: pg.Connection): void {
    // A copy: the driver reuses its buffer.
    if (!this.push(Buffer.from(chunk))) connection.stream.pause();
  }

  handleCommandComplete(): void {
    // `handleReadyForQuery` follows.
  }

  handleReadyForQuery(connection: pg.Connection): void {
    // Nobody will ask for more rows, but the next statement's answer must come through.
    connection.stream.resume();
    this.push(null);
  }

  handleError(error: Error, connection: pg.Connection): void {
    connection.stream.resume();
    this.destroy(error);
  }
}

/** A query as the driver runs it, speaking the copy-in protocol. */
class CopyIn implements pg.Submittable {
  readonly #statement: string;
  readonly #ready = Promise.withResolvers<CopyConnection>();
  readonly #done = Promise.withResolvers<void>();
  failed = false;

  constructor(statement: string) {
    this.#statement = statement;
    // Whoever waits sees it; nobody may be waiting yet.
    this.#ready.promise.catch(() => undefined);
    this.#done.promise.catch(() => undefined);
  }

  /** The server wants rows. */
  get ready(): Promise<CopyConnection> {
    return this.#ready.promise;
  }

  /** The server has taken them all. */
  get done(): Promise<void> {
    return this.#done.promise;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#ready.resolve(connection);
  }

  handleCommandComplete(): void {
    // `handleReadyForQuery` follows.
  }

  handleReadyForQuery(): void {
    this.#done.resolve();
  }

  handleError(error: Error): void {
    this.failed = true;
    this.#ready.reject(error);
    this.#done.reject(error);
  }
}

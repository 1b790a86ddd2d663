import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../errors.ts';

const RETRY_MS = 25;
const SQLITE_BUSY = 5;

/**
 * A lock on a file held by the operating system: it ends with the process, however that ends, so there is nothing stale to clean.
 * Node has no `flock`; SQLite's shared and exclusive transactions are such locks on every platform, and correct within one process too.
 */
export class FileLock {
  readonly #path: string;
  readonly #file: DatabaseSync;

  constructor(path: string) {
    this.#path = path;
    this.#file = new DatabaseSync(path, { timeout: 0 });
  }

  /** Takes the lock beside other sharers. Retried while an exclusive holder is at work. */
  async share(patienceMs: number): Promise<void> {
    await this.#wait(() => this.tryShare(), patienceMs);
  }

  /** Takes the lock alone, waiting until nobody else holds it. */
  async seize(patienceMs: number): Promise<void> {
    await this.#wait(() => this.trySeize(), patienceMs);
  }

  /** Takes the lock beside other sharers; false while somebody holds it alone. */
  tryShare(): boolean {
    return this.#begin('begin', 'select count(*) from sqlite_schema');
  }

  /** Takes the lock alone; false when anybody else holds it. */
  trySeize(): boolean {
    return this.#begin('begin exclusive');
  }

  /** Lets go but keeps the file open, so that the lock can be taken again. */
  release(): void {
    if (this.#file.isTransaction) this.#file.exec('rollback');
  }

  /** Lets go for good. */
  close(): void {
    if (this.#file.isOpen) this.#file.close();
  }

  #begin(...statements: string[]): boolean {
    try {
      for (const statement of statements) this.#file.exec(statement);
      return true;
    } catch (error) {
      this.release();
      if (isBusy(error)) return false;
      throw error;
    }
  }

  async #wait(attempt: () => boolean, patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!attempt()) {
      if (Date.now() > deadline) {
        throw new AppError(
          'database_locked',
          `Another process has held ${this.#path} for ${patienceMs / 1000} seconds. See whether one hangs.`,
        );
      }
      await pause(RETRY_MS);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

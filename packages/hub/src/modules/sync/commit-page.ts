import type { Instant, Normalized } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import type { Calendars } from '../ledger/calendars.ts';
import type { LedgerScope, PageOrigin, Recorded, RecordOptions } from '../ledger/record-sales.ts';
import type { Page } from './client.ts';
import type { Recordable, Stream } from './streams.ts';

/** A page made ready for its transaction. */
export interface PreparedPage<T extends { readonly id: string }> {
  readonly page: Page<T>;
  readonly recordable: Recordable;
  /** With which it was prepared: a shop's day may be reckoned otherwise meanwhile. */
  readonly calendars: Calendars;
}

export function preparePage<T extends { readonly id: string }>(
  stream: Stream<T>,
  page: Page<T>,
  calendars: Calendars,
): PreparedPage<T> {
  return { page, recordable: stream.prepare(page.records, page.documents, calendars), calendars };
}

export function originOf<T extends { readonly id: string }>(stream: Stream<T>, { request }: Page<T>): PageOrigin {
  const { method, path, requestedAt, serverTime } = request;
  return { stream: stream.name, method, path, requestedAt, serverTime };
}

/**
 * Records a page one half at a time, each in a savepoint, down to the single document that the database refuses: that one is set aside and
 * the others are kept. Only used when recording the page as a whole has failed for its data.
 */
export async function recordCarefully<T extends { readonly id: string }>(
  trx: Transaction<Database>,
  stream: Stream<T>,
  { page, calendars }: PreparedPage<T>,
  scope: LedgerScope,
  options: RecordOptions,
): Promise<Recorded> {
  const origin = originOf(stream, page);
  const record = async (records: readonly Normalized<T>[], documents: readonly unknown[]): Promise<Recorded> => {
    const recordable = stream.prepare(records, documents, calendars);
    await sql`savepoint half`.execute(trx);
    try {
      const recorded = await recordable.record(trx, scope, origin, options);
      await sql`release savepoint half`.execute(trx);
      return recorded;
    } catch (error) {
      if (!isDataError(error)) throw error;
      await sql`rollback to savepoint half`.execute(trx);
      await sql`release savepoint half`.execute(trx);
      if (records.length > 1) {
        const middle = Math.ceil(records.length / 2);
        const first = await record(records.slice(0, middle), documents.slice(0, middle));
        const second = await record(records.slice(middle), documents.slice(middle));
        return { changed: first.changed + second.changed, setAside: first.setAside + second.setAside };
      }
      const [only] = records;
      if (only === undefined || !only.ok) throw error;
      return record([refused(only.value, stream.changedAt(only.value), error)], documents);
    }
  };
  return record(page.records, page.documents);
}

/** Classes 22 (data exception) and 23 (constraint violation): the row's own fault, not the server's. */
export function isDataError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]...$/u.test(error.code);
}

function refused(record: { readonly id: string }, changedAt: Instant | null, error: Error): Normalized<never> {
  const shopId = 'shopId' in record && typeof record.shopId === 'string' ? record.shopId : null;
  const occurredAt = 'occurredAt' in record && typeof record.occurredAt === 'number' ? (record.occurredAt as Instant) : changedAt;
  const message = `The database cannot hold it: ${error.message}`.slice(0, 300);
  return { ok: false, code: 'unstorable', path: '', message, id: record.id, shopId, readableTime: occurredAt };
}

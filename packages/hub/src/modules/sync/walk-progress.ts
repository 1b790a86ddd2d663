import type { Instant } from '@tillweave/lightspeed';
import type { Page } from './client.ts';
import type { Stream } from './streams.ts';

/** Of the last page a session committed. */
export interface LastPage {
  readonly documents: number;
  /** Whether the rest of the same answer is to come. */
  readonly more: boolean;
  /** When the first record of the session's first page was changed, and the last one of this page; null when they do not say. */
  readonly firstChange: Instant | null;
  readonly lastChange: Instant | null;
}

export function lastPageOf<T extends { readonly id: string }>(
  stream: Stream<T>,
  page: Page<T>,
  before: LastPage | undefined,
): LastPage | undefined {
  if (stream.name !== 'sales') return before;
  const changes = page.records.flatMap((record) => {
    const changedAt = record.ok ? stream.changedAt(record.value) : null;
    return changedAt === null ? [] : [changedAt];
  });
  return {
    documents: page.documents.length + (before?.more === true ? before.documents : 0),
    more: page.more === true,
    firstChange: before?.firstChange ?? changes[0] ?? null,
    lastChange: changes.at(-1) ?? before?.lastChange ?? null,
  };
}

/**
 * How far a walk in the order of changes is, by the time it has come to: trade is about as dense at its end as at its beginning. Null when
 * the records do not say.
 */
export function shareByTime({ firstChange, lastChange }: LastPage, now: Instant): number | null {
  if (firstChange === null || lastChange === null || now <= firstChange) return null;
  return Math.min(1, Math.max(0, (lastChange - firstChange) / (now - firstChange)));
}

/** How many records are left of a walk: by the ids still to come where they are numbers in order, else by what was walked so far. */
export function leftOf(
  share: number | null,
  { newestSaleId, documents }: { readonly newestSaleId: string | null; readonly documents: number },
): number | null {
  if (share === null) return null;
  const newest = Number(newestSaleId ?? Number.NaN);
  if (Number.isFinite(newest)) return newest * (1 - share);
  return share === 0 ? null : (documents * (1 - share)) / share;
}

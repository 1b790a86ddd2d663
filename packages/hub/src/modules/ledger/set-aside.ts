import type { Instant, SetAside } from '@tillweave/lightspeed';
import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tellOfSetAside } from '../notifications/set-aside.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Calendars } from './calendars.ts';
import { dayOfSetAside } from './figure/coverage.ts';
import { encodeRows, insertStatement, type Row, runNamed, textArray } from './statement.ts';

const SPEC = {
  table: 'set_aside',
  same: { resource: '$3::text', run_id: '$4::uuid', seen_at: '$5::timestamptz' },
  columns: {
    id: 'text',
    resource_id: 'text',
    shop_id: 'text',
    readable_time: 'timestamptz',
    business_day: 'date',
    code: 'text',
    path: 'text',
    message: 'text',
    document: 'text',
    document_hash: 'hex',
    document_text: 'text',
  },
  // Seen again after it was resolved: open again, unless somebody said that it never will be read. Seen in an older answer: nothing new.
  // Today's code may have another reason than the one of then.
  suffix: `on conflict (organization_id, pos_account_id, resource, document_hash) do update set
  seen_at = greatest(set_aside.seen_at, excluded.seen_at),
  resolved_at = case when excluded.seen_at > set_aside.seen_at and set_aside.resolution is distinct from 'dismissed' then null
    else set_aside.resolved_at end,
  ${['resource_id', 'shop_id', 'readable_time', 'business_day', 'code', 'path', 'message']
    .map(
      (column) =>
        `${column} = case when excluded.seen_at >= set_aside.seen_at then excluded.${column} else set_aside.${column} end`,
    )
    .join(',\n  ')}`,
} as const;

const INSERT = insertStatement([SPEC], 5)
  .replace(
    'rows.*',
    'id::uuid, resource_id, shop_id, readable_time, business_day, code, path, message, document::jsonb, document_hash, document_text',
  )
  .replace(
    ' as rows',
    ' as rows (id, resource_id, shop_id, readable_time, business_day, code, path, message, document, document_hash, document_text)',
  );

export type SetAsideRow = Row<typeof SPEC>;

/** The row that keeps a document which could not be read, with the day it makes partial (D22). */
export function setAsideRow(setAside: SetAside, document: unknown, calendars: Calendars): SetAsideRow {
  const text = JSON.stringify(document) ?? 'null';
  const day = dayOf(setAside, calendars);
  return {
    id: uuidv7(),
    resource_id: setAside.id,
    shop_id: setAside.shopId,
    readable_time: day === null ? null : setAside.readableTime,
    business_day: day,
    code: setAside.code,
    path: setAside.path,
    message: setAside.message,
    document: storable(text),
    document_hash: hash('sha256', text),
    document_text: text,
  };
}

/** Keeps documents that could not be read, once per content. `requestedAt` is when the request that brought them was sent. */
export async function recordSetAside(
  trx: Transaction<Database>,
  account: { readonly organizationId: string; readonly posAccountId: string; readonly runId: string | null },
  resource: string,
  rows: readonly SetAsideRow[],
  requestedAt: Instant,
): Promise<void> {
  const distinct = [...new Map(rows.map((row) => [row.document_hash, row])).values()];
  await runNamed(trx, 'set_aside.record', INSERT, [
    account.organizationId,
    account.posAccountId,
    resource,
    account.runId,
    new Date(requestedAt),
    ...encodeRows(SPEC, distinct),
  ]);
  if (distinct.length > 0) await tellOfSetAside(trx, account.organizationId, new Date(requestedAt));
}

/** Closes what was set aside for these sales, where a readable version has been seen since (or in the same answer). */
export async function resolveSetAside(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  resource: 'sale' | 'customer',
  ids: readonly string[],
): Promise<void> {
  await runNamed(
    trx,
    `set_aside.resolve_${resource}`,
    `update set_aside set resolved_at = now()
from ${resource} as read
where set_aside.organization_id = $1::uuid and set_aside.pos_account_id = $2::uuid and set_aside.resource = '${resource}'
  and set_aside.resource_id = any($3::text[]) and set_aside.resolved_at is null
  and read.organization_id = $1::uuid and read.pos_account_id = $2::uuid and read.${resource}_id = set_aside.resource_id
  and read.seen_at >= set_aside.seen_at`,
    [organizationId, posAccountId, textArray(ids)],
  );
}

function dayOf(setAside: SetAside, calendars: Calendars): string | null {
  const calendar = setAside.shopId === null ? [calendars.fallback] : calendars.of(setAside.shopId);
  try {
    const day = dayOfSetAside(setAside, calendar);
    // A year beyond 9999 is a time nobody can have meant.
    return day !== null && /^\d{4}-\d{2}-\d{2}$/u.test(day) ? day : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** `jsonb` refuses NUL and lone surrogates; JSON text has them only as escapes. */
function storable(json: string): string {
  return json.replaceAll(/\\u(?:0000|d[89a-f][0-9a-f]{2})/giu, String.raw`\ufffd`);
}

import { z } from '@hono/zod-openapi';
import { sql, type Transaction } from 'kysely';
import { decodeCursor, encodeCursor } from '../../../http/paging.ts';
import type { Database } from '../../../platform/database/schema.ts';
import { AppError } from '../../../platform/errors.ts';
import { type AuditActor, recordAudit } from '../../audit/record-audit.ts';
import { type Reconcile, reconcileResult } from './schemas.ts';

interface Row {
  readonly id: string;
  readonly result: unknown;
  readonly signed_off_at: Date | null;
  readonly signed_off_by: unknown;
  readonly note: string | null;
}

const columns = ['id', 'result', 'signed_off_at', 'signed_off_by', 'note'] as const;

/** Comparisons made before, the newest first. */
export async function listReconciles(
  trx: Transaction<Database>,
  organizationId: string,
  {
    preset,
    cursor,
    limit,
  }: { readonly preset?: string | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Reconcile[]; nextCursor: string | null }> {
  let query = trx.selectFrom('reconcile').select(columns).where('organization_id', '=', organizationId);
  if (preset !== undefined) query = query.where('preset', '=', preset);
  // Ids are in the order of time.
  if (cursor !== undefined) query = query.where('id', '<', decodeCursor(z.tuple([z.uuid()]), cursor)[0]);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(toReconcile), nextCursor: last === undefined ? null : encodeCursor([last.id]) };
}

/** @throws AppError `not_found`. */
export async function readReconcile(trx: Transaction<Database>, organizationId: string, id: string): Promise<Reconcile> {
  const row = await trx
    .selectFrom('reconcile')
    .select(columns)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such comparison.');
  return toReconcile(row);
}

/** Somebody stands for it, once. @throws AppError `not_found`; `conflict` when it was signed off before. */
export async function signOff(
  trx: Transaction<Database>,
  organizationId: string,
  id: string,
  note: string,
  by: { readonly actor: AuditActor; readonly at: Date },
): Promise<Reconcile> {
  const before = await readReconcile(trx, organizationId, id);
  const { kind, id: actorId, name } = by.actor;
  const { numAffectedRows } = await sql`
    update reconcile set signed_off_at = ${by.at.toISOString()}::timestamptz, note = ${note},
      signed_off_by = ${JSON.stringify({ kind, id: actorId, name: name ?? null })}::jsonb
    where organization_id = ${organizationId} and id = ${id} and signed_off_at is null`.execute(trx);
  if (numAffectedRows !== 1n) throw new AppError('conflict', 'It was signed off already.');
  await recordAudit(trx, {
    organizationId,
    ...by,
    action: 'reconcile.signed_off',
    subject: { kind: 'reconcile', id, name: before.preset },
    after: { note, unexplained: before.unexplained },
  });
  return readReconcile(trx, organizationId, id);
}

function toReconcile(row: Row): Reconcile {
  const result = reconcileResult.parse(row.result);
  if (row.signed_off_at === null) return result;
  const author = row.signed_off_by as NonNullable<Reconcile['signedOff']>['author'];
  return { ...result, signedOff: { at: row.signed_off_at.toISOString(), author, note: row.note ?? '' } };
}

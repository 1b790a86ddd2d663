import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import { z } from 'zod';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Services } from '../../platform/services.ts';

/** Which entries are wanted; every part that is left out is not asked for. */
export interface AuditFilter {
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly actorId?: string | undefined;
  /** A whole action (`member.removed`), or its area (`member`). */
  readonly action?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly actor: { kind: 'person' | 'token' | 'command' | 'system'; id: string | null; name: string | null; actingAs: boolean };
  readonly action: string;
  readonly subject: { kind: string; id: string | null; name: string | null };
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly reason: string | null;
}

/** The newest first. */
export async function listAudit(
  services: Services,
  organizationId: string,
  filter: AuditFilter,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  const { subjectKind, subjectId, actorId, action, cursor, limit } = filter;
  const rows = await tenantTransaction(services.db, organizationId, (trx) => {
    let query = trx
      .selectFrom('audit_entry')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (subjectKind !== undefined) query = query.where('subject_kind', '=', subjectKind);
    if (subjectId !== undefined) query = query.where('subject_id', '=', subjectId);
    if (actorId !== undefined) query = query.where('actor_id', '=', actorId);
    if (action !== undefined) {
      query = query.where((where) =>
        where.or([
          where('action', '=', action),
          where(where.fn<string>('split_part', ['action', where.val('.'), where.val(1)]), '=', action),
        ]),
      );
    }
    if (cursor !== undefined) query = query.where('id', '<', decodeCursor(z.tuple([z.uuid()]), cursor)[0]);
    return query.execute();
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name, actingAs: row.acting_as },
      action: row.action,
      subject: { kind: row.subject_kind, id: row.subject_id, name: row.subject_name },
      before: valuesOf(row.before),
      after: valuesOf(row.after),
      reason: row.reason,
    })),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

function valuesOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? { ...value } : null;
}

import { sql } from 'kysely';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { requestSync } from './request-sync.ts';

/** Which documents set aside: one, all of a cause (as the list of problems names it), all of an account, or all. */
export interface Which {
  readonly id?: string;
  readonly cause?: string;
  readonly posAccountId?: string;
}

interface Asked {
  readonly organizationId: string;
  readonly actor: AuditActor;
}

/**
 * Asks for documents set aside to be read again with today's code: the account's next pass does it, also for those it meets again and again.
 * What is a whole table at the POS (shops, registers, people, payment types) is read again there.
 *
 * @returns How many documents, and the POS accounts they are of.
 * @throws AppError `not_found` when there is no such open document.
 */
export async function askReplay(
  services: Services,
  { organizationId, actor }: Asked,
  which: Which,
): Promise<{ asked: number; posAccountIds: string[] }> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ pos_account_id: string; resource: string }>`
      update set_aside set replay_asked_at = now()
      where ${open(organizationId, which)}
      returning pos_account_id, resource`.execute(trx);
    if (rows.length === 0 && which.id !== undefined) throw new AppError('not_found', 'There is no such open problem.');
    const posAccountIds = [...new Set(rows.map(({ pos_account_id }) => pos_account_id))];
    const tables = new Set(rows.flatMap(({ pos_account_id, resource }) => (KEPT.has(resource) ? [] : [pos_account_id])));
    // Read last at the beginning of time: the next pass reads them.
    for (const posAccountId of tables)
      await sql`
        update cursor set position = jsonb_set(position, '{readAt}', '0')
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and stream = 'lookUps' and lane = 'live'`.execute(
        trx,
      );
    for (const posAccountId of posAccountIds)
      await requestSync(services, trx, { organizationId, posAccountId, reason: 'replay' });
    if (rows.length > 0)
      await recordAudit(trx, {
        organizationId,
        actor,
        action: 'problem.replayed',
        subject: subjectOf(which),
        after: { documents: rows.length },
        at: new Date(services.clock.now()),
      });
    return { asked: rows.length, posAccountIds };
  });
}

/** Documents that are kept one by one. */
const KEPT = new Set(['sale', 'customer', 'saleVoid']);

/**
 * Closes documents set aside that nobody will ever be able to read: from then on their days are complete without them. The same content
 * again stays closed; another one opens anew.
 *
 * @returns How many.
 * @throws AppError `not_found` when there is no such open document.
 */
export async function dismissProblems(
  services: Services,
  { organizationId, actor }: Asked,
  which: Which,
  reason: string,
): Promise<number> {
  return tenantTransaction(services.db, organizationId, async (trx) => {
    const { rows } = await sql<{ id: string; resource: string; resource_id: string | null; code: string; day: string | null }>`
      update set_aside set resolved_at = now(), resolution = 'dismissed', replay_asked_at = null,
        dismissed_by = ${JSON.stringify(actor)}::jsonb, dismissed_reason = ${reason}
      where ${open(organizationId, which)}
      returning id, resource, resource_id, code, business_day as day`.execute(trx);
    if (rows.length === 0) throw new AppError('not_found', 'There is no such open problem.');
    await recordAudit(trx, {
      organizationId,
      actor,
      action: 'problem.dismissed',
      subject: subjectOf(which),
      before: {
        documents: rows
          .slice(0, AUDITED_MAX)
          .map(({ resource, resource_id: resourceId, code, day }) => ({ resource, resourceId, code, day })),
        count: rows.length,
      },
      reason,
      at: new Date(services.clock.now()),
    });
    return rows.length;
  });
}

const AUDITED_MAX = 100;

function subjectOf({ id, cause, posAccountId }: Which): { kind: string; id: string | null; name: string | null } {
  return { kind: 'problem', id: id ?? null, name: cause ?? posAccountId ?? null };
}

function open(organizationId: string, { id, cause, posAccountId }: Which) {
  const [kind, code, resource] = cause?.split(':') ?? [];
  return sql`organization_id = ${organizationId} and resolved_at is null
    and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
    and (${posAccountId ?? null}::uuid is null or pos_account_id = ${posAccountId ?? null}::uuid)
    and (${cause ?? null}::text is null or (${kind ?? null}::text = 'set_aside' and code = ${code ?? null}::text and resource = ${resource ?? null}::text))`;
}

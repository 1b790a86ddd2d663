import type { Transaction } from 'kysely';
import { instantOf } from '@tillweave/lightspeed';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Who did something: a person in the browser, an access token, somebody on the command line, or the hub itself. */
export interface AuditActor {
  readonly kind: 'person' | 'token' | 'command' | 'system';
  /** Id of the person or token; null for the other two. */
  readonly id: string | null;
  readonly name?: string;
  /** Whether it is the operator's staff inside a client's organization. */
  readonly actingAs?: boolean;
}

/** What the hub does of its own accord: a daily job, a refusal by the POS. */
export const SYSTEM_ACTOR: AuditActor = { kind: 'system', id: null };
/** Somebody with a shell on this machine. */
export const COMMAND_ACTOR: AuditActor = { kind: 'command', id: null };

export type AuditValues = Readonly<Record<string, unknown>>;

export interface NewAuditEntry {
  readonly organizationId: string;
  readonly actor: AuditActor;
  /** `area.verb`, in the past: `connection.frozen`. Stable: people filter by it. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  /** What changed, as it was; null for something new. */
  readonly before?: AuditValues | null;
  /** The same fields as they are now; null for something gone. */
  readonly after?: AuditValues | null;
  /** What the person gave as their reason. */
  readonly reason?: string | null;
  readonly at: Date;
}

/**
 * Writes down what was done, inside the transaction that does it: neither is ever there without the other. Values of fields that are
 * called like a secret are left out, whoever passes them.
 */
export async function recordAudit(trx: Transaction<Database>, entry: NewAuditEntry): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      organization_id: entry.organizationId,
      id: uuidv7(instantOf(entry.at.getTime())),
      at: entry.at,
      actor_kind: entry.actor.kind,
      actor_id: entry.actor.id,
      actor_name: entry.actor.name ?? null,
      acting_as: entry.actor.actingAs ?? false,
      action: entry.action,
      subject_kind: entry.subject.kind,
      subject_id: entry.subject.id,
      subject_name: entry.subject.name,
      before: jsonOf(entry.before),
      after: jsonOf(entry.after),
      reason: entry.reason ?? null,
    })
    .execute();
}

function jsonOf(values: AuditValues | null | undefined): string | null {
  return values === null || values === undefined ? null : JSON.stringify(withoutSecrets(values));
}

import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { type AuditActor, recordAudit, SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { notify, resolveNotification } from '../notifications/notify.ts';
import { recordConnectionEvent } from './life-cycle-events.ts';

/** The life of a connection: from each state, where it may go. */
const transitions = {
  set_up_incomplete: ['active', 'needs_reauthorisation', 'frozen', 'removed'],
  active: ['throttled', 'needs_reauthorisation', 'frozen', 'retired', 'removed'],
  throttled: ['active', 'needs_reauthorisation', 'frozen', 'retired', 'removed'],
  needs_reauthorisation: ['active', 'frozen', 'retired', 'removed'],
  // Thawing an unfinished or refused connection leads back to where it was; `active` finds out by itself.
  frozen: ['active', 'set_up_incomplete', 'needs_reauthorisation', 'retired', 'removed'],
  retired: ['removed'],
  removed: [],
} as const satisfies Record<string, readonly string[]>;

export type ConnectionState = keyof typeof transitions;
export const connectionStates = Object.keys(transitions) as readonly ConnectionState[];

export function isConnectionState(value: string): value is ConnectionState {
  return Object.hasOwn(transitions, value);
}

export function mayBecome(from: ConnectionState, to: ConnectionState): boolean {
  return (transitions[from] as readonly ConnectionState[]).includes(to);
}

/** States in which calls are made to the POS. */
export function isWorking(state: string): boolean {
  return state === 'active' || state === 'throttled';
}

interface Change {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly to: ConnectionState;
  /** A code or a person's own words; null clears it. */
  readonly reason: string | null;
  readonly at: Date;
  /** Who wanted it, for the record; left out for what the hub finds by itself. */
  readonly actor?: AuditActor;
  /** What was chosen with it, for the record. */
  readonly choice?: string | null;
}

/** A connection whose state was changed, as it was before. */
export interface Changed {
  readonly from: ConnectionState;
  readonly posAccountId: string | null;
  /** When it had come to that state. */
  readonly since: Date;
}

/**
 * Moves a connection to another state within `trx` and writes down who did it, when and why; staying in the same state only renews the
 * reason.
 *
 * @throws AppError `not_found`, or `conflict` when the table above does not allow it.
 */
export async function changeState(trx: Transaction<Database>, change: Change): Promise<Changed> {
  const { organizationId, connectionId, to, reason, at, actor } = change;
  const row = await trx
    .selectFrom('connection')
    .select(['state', 'state_reason', 'state_changed_at', 'name', 'pos_account_id'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.state === 'removed' || !isConnectionState(row.state)) {
    throw new AppError('not_found', 'There is no such connection.');
  }
  const from = row.state;
  if (from !== to && !mayBecome(from, to)) {
    throw new AppError('conflict', `A connection that is ${words(from)} cannot become ${words(to)}.`, { details: { from, to } });
  }
  await trx
    .updateTable('connection')
    .set({ state: to, state_reason: reason, ...(from === to ? {} : { state_changed_at: at }) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .execute();
  if (isNoted(from, to) || (actor !== undefined && row.state_reason !== reason)) {
    const { pos_account_id: posAccountId } = row;
    const by = actor ?? SYSTEM_ACTOR;
    const event = { organizationId, connectionId, posAccountId, shopId: null, from, to, reason, actor: by, at };
    await recordConnectionEvent(trx, { ...event, choice: change.choice ?? null });
    await recordAudit(trx, {
      organizationId,
      actor: by,
      action: from === 'frozen' && to !== 'retired' && to !== 'removed' ? 'connection.thawed' : `connection.${to}`,
      subject: { kind: 'connection', id: connectionId, name: row.name },
      before: { state: from, reason: row.state_reason },
      after: { state: to, reason, ...(change.choice === undefined ? {} : { choice: change.choice }) },
      reason: actor === undefined ? null : reason,
      at,
    });
  }
  const told = { organizationId, kind: 'connection_needs_reauthorisation', key: connectionId, at } as const;
  if (to === 'needs_reauthorisation') await notify(trx, { ...told, data: { connectionId, connection: row.name, reason } });
  else if (from === 'needs_reauthorisation') await resolveNotification(trx, told);
  return { from, posAccountId: row.pos_account_id, since: row.state_changed_at };
}

/** The till's pace comes and goes: no event. */
function isNoted(from: ConnectionState, to: ConnectionState): boolean {
  return from !== to && !(isWorking(from) && isWorking(to));
}

function words(state: string): string {
  return state.replaceAll('_', ' ');
}

import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { breakLease } from '../sync/lease.ts';

/** The life of a connection: from each state, where it may go. */
const transitions = {
  set_up_incomplete: ['active', 'needs_reauthorisation', 'frozen', 'removed'],
  active: ['throttled', 'needs_reauthorisation', 'frozen', 'retired', 'removed'],
  throttled: ['active', 'needs_reauthorisation', 'frozen', 'retired', 'removed'],
  needs_reauthorisation: ['active', 'frozen', 'retired', 'removed'],
  // Thawing an unfinished or refused connection leads back to where it was; `active` finds out by itself.
  frozen: ['active', 'set_up_incomplete', 'retired', 'removed'],
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

/**
 * Stops a run under way through this connection at its next page, within `trx`: what is fetched is not kept, and no more is fetched. For
 * states in which no calls are made.
 */
export async function stopRun(
  trx: Transaction<Database>,
  { organizationId, connectionId }: Pick<Change, 'organizationId' | 'connectionId'>,
): Promise<void> {
  const row = await trx
    .selectFrom('connection')
    .select('pos_account_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .executeTakeFirst();
  const posAccountId = row?.pos_account_id ?? null;
  if (posAccountId !== null) await breakLease(trx, { organizationId, posAccountId });
}

interface Change {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly to: ConnectionState;
  /** A code or a person's own words; null clears it. */
  readonly reason: string | null;
  readonly at: Date;
}

/**
 * Moves a connection to another state within `trx`; staying in the same state only renews the reason.
 *
 * @throws AppError `not_found`, or `conflict` when the table above does not allow it.
 */
export async function changeState(trx: Transaction<Database>, change: Change): Promise<void> {
  const { organizationId, connectionId, to, reason, at } = change;
  const row = await trx
    .selectFrom('connection')
    .select('state')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.state === 'removed') throw new AppError('not_found', 'There is no such connection.');
  const from = row.state;
  if (from !== to && !(isConnectionState(from) && mayBecome(from, to))) {
    throw new AppError('conflict', `A connection that is ${words(from)} cannot become ${words(to)}.`, { details: { from, to } });
  }
  await trx
    .updateTable('connection')
    .set({ state: to, state_reason: reason, ...(from === to ? {} : { state_changed_at: at }) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .execute();
}

function words(state: string): string {
  return state.replaceAll('_', ' ');
}

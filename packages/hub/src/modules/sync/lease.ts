import { type Kysely, sql, type Transaction } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { runNamed } from '../ledger/statement.ts';

/** How long a holder may be silent before another may take over. Every page commit extends it. */
export const LEASE_MS = 60_000;

export interface AccountId {
  readonly organizationId: string;
  readonly posAccountId: string;
}

/** The right to work on one POS account: its cursors, ledger and budget have one writer. The fence tells this holder from all earlier ones. */
export interface Lease extends AccountId {
  readonly fence: number;
  readonly ttlMs: number;
}

/**
 * Takes the account's lease, unless somebody else holds a live one (then null). Times are the database's: the clocks of several
 * machines need not agree.
 */
export async function takeLease(
  db: Kysely<Database>,
  { organizationId, posAccountId }: AccountId,
  holder: string,
  ttlMs = LEASE_MS,
): Promise<Lease | null> {
  return tenantTransaction(db, organizationId, async (trx) => {
    const { rows } = await sql<{ lease_fence: number }>`
      insert into sync_state (organization_id, pos_account_id, lease_holder, lease_fence, lease_until)
      values (${organizationId}, ${posAccountId}, ${holder}, 1, clock_timestamp() + ${ttlMs} * interval '1 millisecond')
      on conflict (organization_id, pos_account_id) do update
      set lease_holder = excluded.lease_holder, lease_fence = sync_state.lease_fence + 1, lease_until = excluded.lease_until
      where sync_state.lease_until is null or sync_state.lease_until < clock_timestamp()
      returning lease_fence`.execute(trx);
    const fence = rows[0]?.lease_fence;
    return fence === undefined ? null : { organizationId, posAccountId, fence, ttlMs };
  });
}

/** What a holder learns each time it asserts its lease. */
export interface Held {
  /** Requests to sync so far; more than the pass under way knew of means: poll again. */
  readonly wanted: number;
  readonly done: number;
  /** Whether documents are set aside that a page may settle. */
  readonly openSetAside: boolean;
  /** Whether the POS has told of changes that nobody has read yet. */
  readonly hintsWait: boolean;
}

/**
 * Fences a transaction: locks the account's row until it ends and extends the lease. Nobody can take the lease meanwhile.
 *
 * @throws AppError `sync_lease_lost` when another has taken it: the transaction then must not commit.
 */
export async function holdLease(trx: Transaction<Database>, lease: Lease): Promise<Held> {
  const [held] = await runNamed<Held>(
    trx,
    'sync.hold_lease',
    `update sync_state set lease_until = clock_timestamp() + $4::integer * interval '1 millisecond'
where organization_id = $1::uuid and pos_account_id = $2::uuid and lease_fence = $3::bigint
returning wanted, done, exists (
  select from set_aside a
  where a.organization_id = $1::uuid and a.pos_account_id = $2::uuid and a.resolved_at is null
) as "openSetAside", exists (
  select from hint h
  where h.organization_id = $1::uuid and h.pos_account_id = $2::uuid and h.served_at is null
) as "hintsWait"`,
    [lease.organizationId, lease.posAccountId, lease.fence, lease.ttlMs],
  );
  if (held === undefined) {
    throw new AppError('sync_lease_lost', 'Another worker has taken over this account; nothing of this step was kept.');
  }
  return held;
}

/** One transaction that commits only while the lease is ours. */
export async function fencedTransaction<T>(
  db: Kysely<Database>,
  lease: Lease,
  run: (trx: Transaction<Database>, held: Held) => Promise<T>,
): Promise<T> {
  return tenantTransaction(db, lease.organizationId, async (trx) => run(trx, await holdLease(trx, lease)));
}

/**
 * Takes the lease away from whoever holds it, for a change that no page under way may outlive: that page fails its fence and keeps nothing,
 * and until this transaction ends nobody can take the lease. Its run is asked for again.
 */
export async function breakLease(trx: Transaction<Database>, { organizationId, posAccountId }: AccountId): Promise<void> {
  await sql`
    update sync_state set lease_fence = lease_fence + 1, lease_holder = null, lease_until = null,
      wanted = case when lease_holder is null then wanted else wanted + 1 end,
      due_at = case when lease_holder is null then due_at else now() end
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}`.execute(trx);
}

/**
 * Gives the lease back; without effect when it is no longer ours. Where the database does not answer, as in a restart, it is tried again
 * in the background until the lease would have run out anyway: nobody should have to wait for that.
 */
export async function releaseLease(db: Kysely<Database>, lease: Lease): Promise<void> {
  try {
    await release(db, lease);
  } catch {
    void releaseLater(db, lease);
  }
}

const RELEASE_AGAIN_MS = 500;

async function releaseLater(db: Kysely<Database>, lease: Lease): Promise<void> {
  for (let waited = 0; waited < lease.ttlMs; waited += RELEASE_AGAIN_MS) {
    await pause(RELEASE_AGAIN_MS, undefined, { ref: false });
    const released = await release(db, lease).then(
      () => true,
      () => false,
    );
    if (released) return;
  }
}

async function release(db: Kysely<Database>, lease: Lease): Promise<void> {
  await tenantTransaction(db, lease.organizationId, async (trx) => {
    await sql`
      update sync_state set lease_holder = null, lease_until = null
      where organization_id = ${lease.organizationId} and pos_account_id = ${lease.posAccountId}
        and lease_fence = ${lease.fence}`.execute(trx);
  });
}

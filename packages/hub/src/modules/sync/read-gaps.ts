import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Window } from './cursors.ts';
import type { AccountId } from './lease.ts';

/** A stretch of time in which an account, or one shop of it, was not read though reading went on afterwards. */
export interface NewGap extends AccountId {
  /** Null: every shop of the account. */
  readonly shopId: string | null;
  readonly from: Instant;
  /** Null while it grows. */
  readonly until: Instant | null;
  readonly closes: 'poll' | 'window';
  /** Where the cursors stood when it began. */
  readonly places?: Readonly<Record<string, unknown>>;
}

export async function openGap(trx: Transaction<Database>, gap: NewGap): Promise<void> {
  await trx
    .insertInto('read_gap')
    .values({
      organization_id: gap.organizationId,
      id: uuidv7(),
      pos_account_id: gap.posAccountId,
      shop_id: gap.shopId,
      from_at: new Date(gap.from),
      until_at: gap.until === null ? null : new Date(gap.until),
      closes: gap.closes,
      places: JSON.stringify(gap.places ?? {}),
    })
    .execute();
}

/** A whole poll of changes, or the first walk, has ended: what waited for it is read. */
export async function closePolledGaps(trx: Transaction<Database>, { organizationId, posAccountId }: AccountId): Promise<void> {
  await sql`
    delete from read_gap
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and closes = 'poll' and until_at is not null`.execute(
    trx,
  );
}

/** Everything completed in a window has been read again: gaps within it are closed, others end where it begins or begin where it ends. */
export async function closeGapsWithin(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  window: Window,
): Promise<void> {
  const [from, until] = [new Date(window.from), new Date(window.until)];
  await sql`
    delete from read_gap
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId}
      and from_at >= ${from} and until_at <= ${until}`.execute(trx);
  await sql`
    update read_gap set
      from_at = case when from_at >= ${from} then ${until}::timestamptz else from_at end,
      until_at = case when from_at >= ${from} then until_at else ${from}::timestamptz end
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and until_at is not null
      and ((from_at >= ${from} and from_at < ${until}) or (until_at > ${from} and until_at <= ${until}))`.execute(trx);
}

import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { AccountId } from './lease.ts';

/** A stretch of time in which an account, or one shop of it, was not read though reading went on afterwards. */
export interface NewGap extends AccountId {
  /** Null: every shop of the account. */
  readonly shopId: string | null;
  readonly from: Instant;
  /** Null while it grows. */
  readonly until: Instant | null;
  readonly closes: 'poll' | 'history' | 'asked';
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

/** What has been through: a whole poll of changes, or a walk through history. What waited for it is read. */
export async function closeGaps(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  through: 'poll' | 'history',
): Promise<void> {
  await sql`
    delete from read_gap
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and closes = ${through} and until_at is not null`.execute(
    trx,
  );
}

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
  /** When it was left: windows begun later are read of everything again. Left out: when it ended. */
  readonly leftAt?: Instant;
  /** Where the cursors stood when it began. */
  readonly places?: Readonly<Record<string, unknown>>;
}

/** Before any sale: nothing at all was read for certain. */
export const BEGINNING = 0 as Instant;

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
      left_at: gap.leftAt === undefined ? null : new Date(gap.leftAt),
      closes: gap.closes,
      places: JSON.stringify(gap.places ?? {}),
    })
    .execute();
}

/**
 * What has been through: a whole poll of changes, or a walk through history. What waited for it is read, save of shops that are frozen: of
 * these nothing was taken in, and somebody has to ask for it.
 */
export async function closeGaps(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  through: 'poll' | 'history',
): Promise<void> {
  await sql`
    insert into read_gap (organization_id, id, pos_account_id, shop_id, from_at, until_at, closes, places, reread, left_at)
    select g.organization_id, gen_random_uuid(), g.pos_account_id, s.shop_id, g.from_at, g.until_at, 'asked', g.places, g.reread,
      g.left_at
    from read_gap g
    join shop s on s.organization_id = g.organization_id and s.pos_account_id = g.pos_account_id and s.frozen_at is not null
      and (g.shop_id is null or g.shop_id = s.shop_id)
    where g.organization_id = ${organizationId} and g.pos_account_id = ${posAccountId} and g.closes = ${through}
      and g.until_at is not null`.execute(trx);
  await sql`
    delete from read_gap
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and closes = ${through} and until_at is not null`.execute(
    trx,
  );
}

/**
 * What still waits to be read, part of which went by while a shop was frozen: of that shop it has to be asked for. To be called when the shop
 * is thawed, before its own gap is opened.
 */
export async function keepGapsOf(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  shopId: string,
): Promise<void> {
  await sql`
    insert into read_gap (organization_id, id, pos_account_id, shop_id, from_at, until_at, closes, places, reread, left_at)
    select organization_id, gen_random_uuid(), pos_account_id, ${shopId}::text, from_at, until_at, 'asked', places, reread, left_at
    from read_gap
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and shop_id is null and closes <> 'asked'
      and until_at is not null`.execute(trx);
  await sql`
    update read_gap set closes = 'asked'
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and shop_id = ${shopId}
      and until_at is not null`.execute(trx);
}

/**
 * Notes that everything completed in a window was read again: what was changed meanwhile in days before a gap is known of these. Not where a
 * shop that the gap is of is frozen just now: nothing was taken in of it.
 *
 * @param begunAt When, by our clock, the reading of the window began.
 */
export async function noteReread(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
  window: { readonly from: Instant; readonly until: Instant },
  begunAt: Instant,
): Promise<void> {
  await sql`
    update read_gap g
    set reread = g.reread + tstzmultirange(tstzrange(${new Date(window.from)}::timestamptz, ${new Date(window.until)}::timestamptz))
    where g.organization_id = ${organizationId} and g.pos_account_id = ${posAccountId} and g.until_at is not null
      and coalesce(g.left_at, g.until_at) <= ${new Date(begunAt)}
      and not exists (
        select from shop s where s.organization_id = g.organization_id and s.pos_account_id = g.pos_account_id
          and s.frozen_at is not null and (g.shop_id is null or g.shop_id = s.shop_id))`.execute(trx);
}

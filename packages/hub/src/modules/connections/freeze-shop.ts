import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { type AuditActor, recordAudit } from '../audit/record-audit.ts';
import { breakLease } from '../sync/lease.ts';
import { type Cursor, type HistoryPlace, readCursors } from '../sync/cursors.ts';
import { isHistoryThrough } from '../sync/history.ts';
import { BEGINNING, keepGapsOf, openGap } from '../sync/read-gaps.ts';
import { requestSync } from '../sync/request-sync.ts';
import { readBackTo, readPlaces, rewind, wasImported } from '../sync/rewind.ts';
import type { ThawFrom } from './freeze.ts';
import { recordConnectionEvent } from './life-cycle-events.ts';

/** A shop of a POS account. */
export interface ShopRef {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly shopId: string;
}

interface ShopRow {
  readonly name: string;
  readonly frozen_at: Date | null;
  readonly frozen_reason: string | null;
  /** The beginning of the shop's day. */
  readonly today: Date;
}

/**
 * Freezes one shop (M6): what it has is kept, nothing new of it is taken in, and its days from now on are not complete; the account's other
 * shops go on. What a page under way brings of it is not kept.
 *
 * @throws AppError `not_found`, or `conflict` when it is frozen already.
 */
export async function freezeShop(
  services: Services,
  ref: ShopRef,
  { reason, actor }: { readonly reason: string | null; readonly actor: AuditActor },
): Promise<void> {
  const now = services.clock.now();
  const at = new Date(now);
  await tenantTransaction(services.db, ref.organizationId, async (trx) => {
    const shop = await lockShop(trx, ref, now);
    if (shop.frozen_at !== null) throw new AppError('conflict', 'The shop is frozen already.');
    await breakLease(trx, ref);
    await trx
      .updateTable('shop')
      .set({ frozen_at: at, frozen_reason: reason })
      .where('organization_id', '=', ref.organizationId)
      .where('pos_account_id', '=', ref.posAccountId)
      .where('shop_id', '=', ref.shopId)
      .execute();
    const from = await readUntil(trx, ref, now);
    await openGap(trx, { ...ref, from, until: null, closes: 'poll', places: await readPlaces(trx, ref) });
    await note(trx, ref, shop, { to: 'frozen', reason, actor, at, choice: null });
  });
}

/**
 * Thaws a frozen shop. `cursor`: what was left since the freeze is read again, late changes included. `today`: from the beginning of its day
 * on; the days between stay incomplete until they are imported. Where an import was under way when it was frozen there is nothing to skip: what
 * that left of the shop may be of any time, and is read.
 *
 * @throws AppError `not_found`, or `conflict` when it is not frozen.
 */
export async function thawShop(
  services: Services,
  ref: ShopRef,
  { from, actor }: { readonly from: ThawFrom; readonly actor: AuditActor },
): Promise<void> {
  const { organizationId, posAccountId, shopId } = ref;
  const now = services.clock.now();
  await tenantTransaction(services.db, organizationId, async (trx) => {
    const shop = await lockShop(trx, ref, now);
    if (shop.frozen_at === null) throw new AppError('conflict', 'The shop is not frozen.');
    await breakLease(trx, ref);
    await trx
      .updateTable('shop')
      .set({ frozen_at: null, frozen_reason: null })
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .where('shop_id', '=', shopId)
      .execute();
    const { rows } = await sql<{ from_at: Date; places: Record<string, unknown> }>`
      delete from read_gap
      where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and shop_id = ${shopId} and until_at is null
      returning from_at, places`.execute(trx);
    const begun = (rows[0]?.from_at ?? shop.frozen_at).getTime() as Instant;
    const places = rows[0]?.places ?? {};
    await keepGapsOf(trx, ref, shopId);
    if (from === 'cursor' || !wasImported(places)) {
      const closes = await rewind(trx, ref, places, shop.frozen_at.getTime() as Instant);
      await openGap(trx, { ...ref, from: begun, until: now, leftAt: now, closes, places });
    } else {
      const today = shop.today.getTime() as Instant;
      if (begun < today) await openGap(trx, { ...ref, from: begun, until: today, leftAt: now, closes: 'asked', places });
      await openGap(trx, { ...ref, from: Math.max(begun, today) as Instant, until: now, leftAt: now, closes: 'poll', places });
      await readBackTo(trx, ref, Math.max(begun, today) as Instant);
    }
    await note(trx, ref, shop, { to: 'active', reason: null, actor, at: new Date(now), choice: from });
    await requestSync(services, trx, { organizationId, posAccountId, reason: 'thawed' });
  });
}

/** Up to when everything of the account is read just now. */
async function readUntil(trx: Transaction<Database>, ref: ShopRef, now: Instant): Promise<Instant> {
  const cursors = await readCursors(trx, ref);
  const history = cursors.get('sales/history') as Cursor<HistoryPlace> | undefined;
  if (history === undefined || !isHistoryThrough(history)) return BEGINNING;
  return Math.min(now, cursors.get('sales/live')?.caughtUpAt ?? BEGINNING) as Instant;
}

async function lockShop(trx: Transaction<Database>, ref: ShopRef, now: Instant): Promise<ShopRow> {
  const { rows } = await sql<ShopRow>`
    select s.name, s.frozen_at, s.frozen_reason,
      date_trunc('day', ${new Date(now)}::timestamptz, coalesce((
        select c.time_zone from shop_calendar c
        where c.organization_id = s.organization_id and c.pos_account_id = s.pos_account_id and c.shop_id = s.shop_id
        order by c.valid_from desc limit 1
      ), (select o.time_zone from organization o where o.organization_id = s.organization_id))) as today
    from shop s
    where s.organization_id = ${ref.organizationId} and s.pos_account_id = ${ref.posAccountId} and s.shop_id = ${ref.shopId}
    for update of s`.execute(trx);
  const [row] = rows;
  if (row === undefined) throw new AppError('not_found', 'There is no such shop.');
  return row;
}

async function note(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId }: ShopRef,
  { name, frozen_reason: reasonBefore }: ShopRow,
  change: {
    readonly to: 'frozen' | 'active';
    readonly reason: string | null;
    readonly actor: AuditActor;
    readonly at: Date;
    readonly choice: string | null;
  },
): Promise<void> {
  const from = change.to === 'frozen' ? 'active' : 'frozen';
  await recordConnectionEvent(trx, { organizationId, connectionId: null, posAccountId, shopId, from, ...change });
  await recordAudit(trx, {
    organizationId,
    actor: change.actor,
    action: change.to === 'frozen' ? 'shop.frozen' : 'shop.thawed',
    subject: { kind: 'shop', id: `${posAccountId}/${shopId}`, name },
    before: { state: from, reason: reasonBefore },
    after: { state: change.to, reason: change.reason, ...(change.choice === null ? {} : { choice: change.choice }) },
    reason: change.reason,
    at: change.at,
  });
}

import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { recordAudit, SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { requireShop } from './opening-hours.ts';
import type { ChangedBy } from './set-mappings.ts';

interface ShopDay {
  readonly posAccountId: string;
  readonly shopId: string;
  readonly day: string;
}

/**
 * Marks a shop's business day as closed, so that a completely read day without a sale says so instead of 0 (D21). Sales of that day still
 * count. Marking twice keeps the later reason. @throws AppError `not_found` for an unknown shop.
 */
export async function markClosed(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId, day }: ShopDay,
  reason: string,
  by: ChangedBy = { actor: SYSTEM_ACTOR, at: new Date() },
): Promise<void> {
  const shop = await requireShop(trx, organizationId, { posAccountId, shopId });
  await trx
    .insertInto('closed_day')
    .values({ organization_id: organizationId, pos_account_id: posAccountId, shop_id: shopId, business_day: day, reason })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'pos_account_id', 'shop_id', 'business_day']).doUpdateSet({ reason }),
    )
    .execute();
  await recordAudit(trx, {
    organizationId,
    ...by,
    action: 'closed_day.marked',
    subject: { kind: 'shop', id: shopId, name: shop.name },
    after: { day, reason },
  });
}

/** Takes the mark off; nothing happens when there is none. */
export async function unmarkClosed(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId, day }: ShopDay,
  by: ChangedBy = { actor: SYSTEM_ACTOR, at: new Date() },
): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('closed_day')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .where('business_day', '=', day)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return;
  await recordAudit(trx, {
    organizationId,
    ...by,
    action: 'closed_day.unmarked',
    subject: { kind: 'shop', id: shopId, name: null },
    before: { day },
  });
}

/** The days of a range that are marked closed, oldest first. */
export async function listClosedDays(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId }: Omit<ShopDay, 'day'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ day: string; reason: string }[]> {
  return trx
    .selectFrom('closed_day')
    .select(['business_day as day', 'reason'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .where('business_day', '>=', from)
    .where('business_day', '<=', to)
    .orderBy('business_day')
    .execute();
}

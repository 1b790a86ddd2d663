import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';

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
): Promise<void> {
  const shop = await trx
    .selectFrom('shop')
    .select('shop_id')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .executeTakeFirst();
  if (shop === undefined) throw new AppError('not_found', `No shop ${shopId} is known in this POS account.`);
  await trx
    .insertInto('closed_day')
    .values({ organization_id: organizationId, pos_account_id: posAccountId, shop_id: shopId, business_day: day, reason })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'pos_account_id', 'shop_id', 'business_day']).doUpdateSet({ reason }),
    )
    .execute();
}

/** Takes the mark off; nothing happens when there is none. */
export async function unmarkClosed(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId, day }: ShopDay,
): Promise<void> {
  await trx
    .deleteFrom('closed_day')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .where('business_day', '=', day)
    .execute();
}

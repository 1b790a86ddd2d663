import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { BEGINNING } from './mapping.ts';

interface Account {
  readonly organizationId: string;
  readonly posAccountId: string;
}

/**
 * Gives every shop of the POS account that was never given them a store and a department of its own name, and maps the whole shop there
 * from the beginning of time. Each shop is done once: whatever people rename, remap or remove afterwards stays as they left it, and a shop
 * that already has a mapping gets nothing. Call it in the transaction that stored the shops.
 *
 * @returns How many shops were given defaults now.
 */
export async function importDefaults(trx: Transaction<Database>, { organizationId, posAccountId }: Account): Promise<number> {
  const shops = await newShops(trx, { organizationId, posAccountId });
  if (shops.length === 0) return 0;
  const made = shops.map((shop) => ({ ...shop, storeId: uuidv7(), departmentId: uuidv7() }));
  await trx
    .insertInto('store')
    .values(made.map(({ storeId, name }) => ({ organization_id: organizationId, id: storeId, name })))
    .execute();
  await trx
    .insertInto('department')
    .values(
      made.map(({ departmentId, storeId, name }) => ({
        organization_id: organizationId,
        id: departmentId,
        store_id: storeId,
        name,
      })),
    )
    .execute();
  await trx
    .insertInto('mapping')
    .values(
      made.map(({ shopId, departmentId }) => ({
        organization_id: organizationId,
        id: uuidv7(),
        pos_account_id: posAccountId,
        shop_id: shopId,
        register_id: null,
        department_id: departmentId,
        valid_from: BEGINNING,
        valid_until: null,
      })),
    )
    .execute();
  return made.length;
}

/** Marks the account's shops as done and returns those that were not and have no mapping; two at once never return the same shop. */
async function newShops(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: Account,
): Promise<{ shopId: string; name: string }[]> {
  const marked = await trx
    .insertInto('shop_import')
    .columns(['organization_id', 'pos_account_id', 'shop_id'])
    .expression((query) =>
      query
        .selectFrom('shop')
        .select(['organization_id', 'pos_account_id', 'shop_id'])
        .where('organization_id', '=', organizationId)
        .where('pos_account_id', '=', posAccountId)
        .orderBy('shop_id'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('shop_id')
    .execute();
  if (marked.length === 0) return [];
  const shops = await trx
    .selectFrom('shop')
    .select(['shop_id', 'name'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where(
      'shop_id',
      'in',
      marked.map((row) => row.shop_id),
    )
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('mapping')
            .select('mapping.id')
            .where('mapping.organization_id', '=', organizationId)
            .where('mapping.pos_account_id', '=', posAccountId)
            .whereRef('mapping.shop_id', '=', 'shop.shop_id'),
        ),
      ),
    )
    .orderBy('name')
    .orderBy('shop_id')
    .execute();
  return shops.map((shop) => ({ shopId: shop.shop_id, name: shop.name.trim() === '' ? `Shop ${shop.shop_id}` : shop.name }));
}

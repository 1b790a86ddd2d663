import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { listDepartments, listShops, listStores } from './queries.ts';
import type { Department, Shop, Store } from './schemas.ts';

/**
 * What people type for a shop: its id, its name, or the POS client number `account:shop` where several accounts have the same.
 *
 * @throws AppError `not_found` when nothing fits, `invalid_request` when several do; both name what there is.
 */
export async function findShop(trx: Transaction<Database>, organizationId: string, wanted: string, today: string): Promise<Shop> {
  const shops = await listShops(trx, organizationId, today);
  const accounts = await trx
    .selectFrom('pos_account')
    .select(['id', 'external_id'])
    .where('organization_id', '=', organizationId)
    .execute();
  const numberOf = new Map(accounts.map((account) => [account.id, account.external_id]));
  const full = (shop: Shop) => `${numberOf.get(shop.posAccountId) ?? shop.posAccountId}:${shop.shopId}`;
  return one(
    'shop',
    wanted,
    shops,
    (shop) => [full(shop), shop.shopId, shop.name],
    (shop) => `${shop.name} (${full(shop)})`,
  );
}

/** A department by id, by name, or as `store/department`. @throws as `findShop`. */
export async function findDepartment(trx: Transaction<Database>, organizationId: string, wanted: string): Promise<Department> {
  return one(
    'department',
    wanted,
    await listDepartments(trx, organizationId),
    (department) => [department.id, `${department.storeName}/${department.name}`, department.name],
    (department) => `${department.storeName}/${department.name}`,
  );
}

/** A store by id or name. @throws as `findShop`. */
export async function findStore(trx: Transaction<Database>, organizationId: string, wanted: string): Promise<Store> {
  return one(
    'store',
    wanted,
    await listStores(trx, organizationId),
    (store) => [store.id, store.name],
    (store) => `${store.name} (${store.id})`,
  );
}

/** The first way of naming that anything answers to decides: an id beats a name. */
function one<T>(
  kind: string,
  wanted: string,
  all: readonly T[],
  namesOf: (item: T) => readonly string[],
  show: (item: T) => string,
): T {
  const asked = wanted.toLowerCase();
  const ways = Math.max(0, ...all.map((item) => namesOf(item).length));
  for (let way = 0; way < ways; way += 1) {
    const [found, ...others] = all.filter((item) => namesOf(item)[way]?.toLowerCase() === asked);
    if (found === undefined) continue;
    if (others.length === 0) return found;
    const several = [found, ...others].map(show).join(', ');
    throw new AppError('invalid_request', `“${wanted}” is more than one ${kind}: ${several}. Name it in full.`);
  }
  const known = all.length === 0 ? 'There are none yet.' : `There are: ${all.map(show).join(', ')}.`;
  throw new AppError('not_found', `There is no ${kind} “${wanted}”. ${known}`, { details: { [kind]: wanted } });
}

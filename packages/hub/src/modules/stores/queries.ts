import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { contains, type DatedMapping } from './mapping.ts';
import type { Department, Mapping, Shop, ShopCalendarRow, Store } from './schemas.ts';

/** The organization's stores with their departments, both by name. */
export async function listStores(trx: Transaction<Database>, organizationId: string): Promise<Store[]> {
  const stores = await trx
    .selectFrom('store')
    .select(['id', 'name', 'time_zone'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const departments = await listDepartments(trx, organizationId);
  return stores.map((store) => ({
    id: store.id,
    name: store.name,
    timeZone: store.time_zone,
    departments: departments.filter((one) => one.storeId === store.id).map(({ id, name }) => ({ id, name })),
  }));
}

/** Every department with its store, by store and name. */
export async function listDepartments(trx: Transaction<Database>, organizationId: string): Promise<Department[]> {
  return trx
    .selectFrom('department')
    .innerJoin('store', (join) =>
      join.onRef('store.organization_id', '=', 'department.organization_id').onRef('store.id', '=', 'department.store_id'),
    )
    .select(['department.id', 'department.name', 'store.id as storeId', 'store.name as storeName'])
    .where('department.organization_id', '=', organizationId)
    .orderBy('store.name')
    .orderBy('store.id')
    .orderBy('department.name')
    .orderBy('department.id')
    .execute();
}

/** Mappings with every name they show, by shop, register and date. Shops the POS no longer lists show their id. */
export async function listMappings(
  trx: Transaction<Database>,
  organizationId: string,
  only: { posAccountId?: string; shopIds?: readonly string[] } = {},
): Promise<Mapping[]> {
  let query = trx
    .selectFrom('mapping')
    .innerJoin('department', (join) =>
      join
        .onRef('department.organization_id', '=', 'mapping.organization_id')
        .onRef('department.id', '=', 'mapping.department_id'),
    )
    .innerJoin('store', (join) =>
      join.onRef('store.organization_id', '=', 'department.organization_id').onRef('store.id', '=', 'department.store_id'),
    )
    .leftJoin('shop', (join) =>
      join
        .onRef('shop.organization_id', '=', 'mapping.organization_id')
        .onRef('shop.pos_account_id', '=', 'mapping.pos_account_id')
        .onRef('shop.shop_id', '=', 'mapping.shop_id'),
    )
    .leftJoin('register', (join) =>
      join
        .onRef('register.organization_id', '=', 'mapping.organization_id')
        .onRef('register.pos_account_id', '=', 'mapping.pos_account_id')
        .onRef('register.register_id', '=', 'mapping.register_id'),
    )
    .select([
      'mapping.id',
      'mapping.pos_account_id as posAccountId',
      'mapping.shop_id as shopId',
      'shop.name as shopName',
      'mapping.register_id as registerId',
      'register.name as registerName',
      'mapping.department_id as departmentId',
      'department.name as departmentName',
      'store.id as storeId',
      'store.name as storeName',
      'mapping.valid_from as from',
      'mapping.valid_until as until',
    ])
    .where('mapping.organization_id', '=', organizationId);
  if (only.posAccountId !== undefined) query = query.where('mapping.pos_account_id', '=', only.posAccountId);
  if (only.shopIds !== undefined) query = query.where('mapping.shop_id', 'in', [...only.shopIds]);
  const rows = await query
    .orderBy('mapping.pos_account_id')
    .orderBy('shop.name')
    .orderBy('mapping.shop_id')
    .orderBy('mapping.register_id', (order) => order.nullsFirst())
    .orderBy('mapping.valid_from')
    .execute();
  return rows.map((row) => ({ ...row, shopName: row.shopName ?? row.shopId }));
}

/** The mappings alone, as the turnover and coverage joins need them; those that hold at some day of `from`..`to`. */
export async function mappingsBetween(
  trx: Transaction<Database>,
  organizationId: string,
  from: string,
  to: string,
): Promise<DatedMapping[]> {
  return trx
    .selectFrom('mapping')
    .select([
      'id',
      'pos_account_id as posAccountId',
      'shop_id as shopId',
      'register_id as registerId',
      'department_id as departmentId',
      'valid_from as from',
      'valid_until as until',
    ])
    .where('organization_id', '=', organizationId)
    .where('valid_from', '<=', to)
    .where((where) => where.or([where('valid_until', 'is', null), where('valid_until', '>', from)]))
    .execute();
}

/** A shop's calendar by date; empty while its look-ups were never read. */
export async function shopCalendar(
  trx: Transaction<Database>,
  organizationId: string,
  posAccountId: string,
  shopId: string,
): Promise<ShopCalendarRow[]> {
  return trx
    .selectFrom('shop_calendar')
    .select(['valid_from as from', 'time_zone as timeZone', 'day_start_hour as dayStartHour', 'zone_overridden as overridden'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .orderBy('valid_from')
    .execute();
}

/** Every POS shop with its registers, calendar and mappings; `today` (any zone's) decides what counts as mapped. */
export async function listShops(trx: Transaction<Database>, organizationId: string, today: string): Promise<Shop[]> {
  const shops = await trx
    .selectFrom('shop')
    .innerJoin('pos_account', (join) =>
      join.onRef('pos_account.organization_id', '=', 'shop.organization_id').onRef('pos_account.id', '=', 'shop.pos_account_id'),
    )
    .select([
      'shop.pos_account_id as posAccountId',
      'pos_account.name as posAccountName',
      'pos_account.provider',
      'shop.shop_id as shopId',
      'shop.name',
      'shop.time_zone as posTimeZone',
      'shop.archived',
      'shop.first_seen_at as firstSeenAt',
      'shop.frozen_at as frozenAt',
      'shop.frozen_reason as frozenReason',
    ])
    .where('shop.organization_id', '=', organizationId)
    .orderBy('pos_account.name')
    .orderBy('shop.pos_account_id')
    .orderBy('shop.name')
    .orderBy('shop.shop_id')
    .execute();
  const registers = await trx
    .selectFrom('register')
    .select(['pos_account_id', 'shop_id', 'register_id', 'name', 'archived'])
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .orderBy('register_id')
    .execute();
  const calendars = await trx
    .selectFrom('shop_calendar')
    .select(['pos_account_id', 'shop_id', 'valid_from', 'time_zone', 'day_start_hour', 'zone_overridden'])
    .where('organization_id', '=', organizationId)
    .orderBy('valid_from')
    .execute();
  const keyOf = (posAccountId: string, shopId: string | null) => `${posAccountId}/${shopId ?? ''}`;
  const registersByShop = Map.groupBy(registers, (row) => keyOf(row.pos_account_id, row.shop_id));
  const calendarByShop = Map.groupBy(calendars, (row) => keyOf(row.pos_account_id, row.shop_id));
  const mappingsByShop = Map.groupBy(await listMappings(trx, organizationId), (row) => keyOf(row.posAccountId, row.shopId));
  return shops.map((shop) => {
    const key = keyOf(shop.posAccountId, shop.shopId);
    const mappings = mappingsByShop.get(key) ?? [];
    return {
      ...shop,
      firstSeenAt: shop.firstSeenAt.toISOString(),
      frozenAt: shop.frozenAt?.toISOString() ?? null,
      registers: (registersByShop.get(key) ?? []).map((row) => ({
        registerId: row.register_id,
        name: row.name,
        archived: row.archived,
      })),
      calendar: (calendarByShop.get(key) ?? []).map((row) => ({
        from: row.valid_from,
        timeZone: row.time_zone,
        dayStartHour: row.day_start_hour,
        overridden: row.zone_overridden,
      })),
      mappings,
      mapped: isMapped(
        (registersByShop.get(key) ?? []).filter((row) => !row.archived).map((row) => row.register_id),
        mappings.filter((mapping) => contains(mapping, today)),
      ),
    };
  });
}

/** Whether every sale of the shop finds a department: by a mapping of the whole shop, or by one of each of its registers. */
function isMapped(registerIds: readonly string[], valid: readonly Mapping[]): boolean {
  if (valid.some((mapping) => mapping.registerId === null)) return true;
  return registerIds.length > 0 && registerIds.every((id) => valid.some((mapping) => mapping.registerId === id));
}

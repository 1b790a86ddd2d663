import { sql, type Transaction } from 'kysely';
import { systemTransaction, tenantTransaction } from '../../platform/database/transaction.ts';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import { lowBudgets, organizationsHeldUp, overdueImports } from './held-up.ts';
import { type Matter, settleNotifications } from './notify.ts';
import { setAsideMatters } from './set-aside.ts';

/** How long after an account's first shop another one still belongs to its first look. */
const FIRST_LOOK = '1 hour';
const NEWS_FOR = '30 days';

/**
 * Raises and settles what follows from how things stand now: shops without a mapping (M9), shops that appeared in the POS after it was
 * connected (M8), documents that could not be read, what holds reading up. One look at the whole organization; may run any number of times.
 */
export async function evaluateNotifications(services: Services, organizationId: string): Promise<void> {
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, organizationId, async (trx) => {
    await settleNotifications(
      trx,
      { organizationId, kind: 'unmapped_stores', at },
      await unmappedStores(trx, organizationId, at),
    );
    await settleNotifications(trx, { organizationId, kind: 'new_pos_shop', at }, await newShops(trx, organizationId, at));
    await settleHeldUp(trx, organizationId, at);
  });
}

/** What changes by itself, without anybody reading or mapping anything: looked at often, where there is anything to look at. */
export async function evaluateHeldUp(services: Services): Promise<void> {
  const at = new Date(services.clock.now());
  const ids = await systemTransaction(services.db, (trx) => organizationsHeldUp(trx, at));
  for (const id of ids) await tenantTransaction(services.db, id, (trx) => settleHeldUp(trx, id, at));
}

async function settleHeldUp(trx: Transaction<Database>, organizationId: string, at: Date): Promise<void> {
  const about = { organizationId, at };
  await settleNotifications(trx, { ...about, kind: 'documents_set_aside' }, await setAsideMatters(trx, organizationId));
  await settleNotifications(trx, { ...about, kind: 'import_overdue' }, await overdueImports(trx, organizationId, at));
  await settleNotifications(trx, { ...about, kind: 'budget_low' }, await lowBudgets(trx, organizationId, at));
}

/** As `evaluateNotifications`, for every organization. */
export async function evaluateEverywhere(services: Services): Promise<void> {
  const organizations = await systemTransaction(services.db, (trx) =>
    trx.selectFrom('organization').select('organization_id').execute(),
  );
  for (const { organization_id: id } of organizations) await evaluateNotifications(services, id);
}

/** One matter for all of them: it is one piece of work for whoever maps. Shops whose till was left are nobody's work any more. */
async function unmappedStores(trx: Transaction<Database>, organizationId: string, at: Date): Promise<Matter[]> {
  const { rows } = await sql<{ name: string }>`
    select shop.name
    from shop join organization using (organization_id)
    where shop.organization_id = ${organizationId} and not shop.archived and shop.counted and shop.document is not null
      and exists (
        select from connection
        where connection.organization_id = shop.organization_id and connection.pos_account_id = shop.pos_account_id
          and connection.state not in ('retired', 'removed'))
      and not exists (
        select from mapping
        where mapping.organization_id = shop.organization_id and mapping.pos_account_id = shop.pos_account_id
          and mapping.shop_id = shop.shop_id
          and (mapping.valid_until is null or mapping.valid_until > (${at}::timestamptz at time zone organization.time_zone)::date))
    order by shop.name, shop.shop_id`.execute(trx);
  if (rows.length === 0) return [];
  return [{ key: 'all', data: { count: rows.length, shops: rows.map(({ name }) => name) } }];
}

/**
 * Until somebody changes the mapping they were given by themselves, or a month has passed. Those that do not count are among them: a choice
 * of shops that was made before this one was there must not lose its sales unnoticed.
 */
async function newShops(trx: Transaction<Database>, organizationId: string, at: Date): Promise<Matter[]> {
  const { rows } = await sql<{ posAccountId: string; shopId: string; shop: string; account: string }>`
    with known as (
      select pos_account_id, min(first_seen_at) as first from shop where organization_id = ${organizationId} group by pos_account_id
    )
    select shop.pos_account_id as "posAccountId", shop.shop_id as "shopId", shop.name as shop, pos_account.name as account
    from shop
      join known using (pos_account_id)
      join pos_account on pos_account.organization_id = shop.organization_id and pos_account.id = shop.pos_account_id
      left join shop_import on shop_import.organization_id = shop.organization_id
        and shop_import.pos_account_id = shop.pos_account_id and shop_import.shop_id = shop.shop_id
    where shop.organization_id = ${organizationId} and not shop.archived and shop.document is not null
      and shop.first_seen_at > known.first + ${FIRST_LOOK}::interval
      and shop.first_seen_at > ${at}::timestamptz - ${NEWS_FOR}::interval
      and not exists (
        select from mapping
        where mapping.organization_id = shop.organization_id and mapping.pos_account_id = shop.pos_account_id
          and mapping.shop_id = shop.shop_id and mapping.created_at > coalesce(shop_import.imported_at, shop.first_seen_at))
    order by shop.pos_account_id, shop.shop_id`.execute(trx);
  return rows.map(({ posAccountId, shopId, shop, account }) => ({
    key: `${posAccountId}:${shopId}`,
    data: { posAccountId, shopId, shop, account },
  }));
}

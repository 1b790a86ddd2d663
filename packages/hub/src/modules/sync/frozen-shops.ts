import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import type { Page, PosClient } from './client.ts';
import type { AccountId } from './lease.ts';

/** Ids of the account's shops whose documents are not taken in now. Who changes them breaks the lease: a session reads them once. */
export async function readFrozenShops(
  trx: Transaction<Database>,
  { organizationId, posAccountId }: AccountId,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ shop_id: string }>`
    select shop_id from shop
    where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and frozen_at is not null`.execute(trx);
  return new Set(rows.map(({ shop_id }) => shop_id));
}

/** Which of these sales the ledger has in a shop that is not frozen. */
export type StoredElsewhere = (saleIds: readonly string[]) => Promise<ReadonlySet<string>>;

export function storedElsewhere(db: Kysely<Database>, { organizationId, posAccountId }: AccountId): StoredElsewhere {
  return async (saleIds) =>
    tenantTransaction(db, organizationId, async (trx) => {
      const { rows } = await sql<{ sale_id: string }>`
        select sale_id from sale
        where organization_id = ${organizationId} and pos_account_id = ${posAccountId} and sale_id = any(${[...saleIds]})
          and not exists (
            select from shop where shop.organization_id = ${organizationId} and shop.pos_account_id = ${posAccountId}
              and shop.shop_id = sale.shop_id and shop.frozen_at is not null
          )`.execute(trx);
      return new Set(rows.map(({ sale_id }) => sale_id));
    });
}

/**
 * The client without what frozen shops sold: the POS gives one list for all, so it is fetched with the others and left. A sale that stands in
 * another shop is taken though: it has left that one, whose days go on being complete.
 */
export function withoutShops(client: PosClient, frozen: ReadonlySet<string>, elsewhere: StoredElsewhere): PosClient {
  if (frozen.size === 0) return client;
  const { unhurried } = client;
  return {
    ...client,
    ...(unhurried === undefined ? {} : { unhurried: () => withoutShops(unhurried(), frozen, elsewhere) }),
    sales: (query, position) => leaveOut(client.sales(query, position), frozen, elsewhere, ({ id }) => id),
    saleVoids: (query, position) => leaveOut(client.saleVoids(query, position), frozen, elsewhere, ({ saleId }) => saleId),
  };
}

async function* leaveOut<T extends { readonly shopId: string | null }>(
  pages: AsyncIterable<Page<T>>,
  frozen: ReadonlySet<string>,
  elsewhere: StoredElsewhere,
  saleIdOf: (value: T) => string,
): AsyncGenerator<Page<T>> {
  for await (const page of pages) {
    const theirs = page.records.flatMap((record) =>
      record.ok && record.value.shopId !== null && frozen.has(record.value.shopId) ? [saleIdOf(record.value)] : [],
    );
    const leaving = theirs.length === 0 ? new Set<string>() : await elsewhere(theirs);
    const kept = page.records.flatMap((record, index) => {
      const { shopId } = record.ok ? record.value : record;
      const isLeft = shopId !== null && frozen.has(shopId) && !(record.ok && leaving.has(saleIdOf(record.value)));
      return isLeft ? [] : [{ record, document: page.documents[index] }];
    });
    const left = kept.length < page.records.length;
    yield { ...page, records: kept.map(({ record }) => record), documents: kept.map(({ document }) => document), left };
  }
}

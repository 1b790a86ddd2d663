import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
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

/** The client without what frozen shops sold: the POS gives one list for all, so it is fetched with the others and left. */
export function withoutShops(client: PosClient, frozen: ReadonlySet<string>): PosClient {
  if (frozen.size === 0) return client;
  return {
    ...client,
    sales: (query, position) => leaveOut(client.sales(query, position), frozen),
    saleVoids: (query, position) => leaveOut(client.saleVoids(query, position), frozen),
  };
}

async function* leaveOut<T extends { readonly shopId: string | null }>(
  pages: AsyncIterable<Page<T>>,
  frozen: ReadonlySet<string>,
): AsyncGenerator<Page<T>> {
  for await (const page of pages) {
    const kept = page.records.flatMap((record, index) => {
      const { shopId } = record.ok ? record.value : record;
      return shopId !== null && frozen.has(shopId) ? [] : [{ record, document: page.documents[index] }];
    });
    yield { ...page, records: kept.map(({ record }) => record), documents: kept.map(({ document }) => document) };
  }
}

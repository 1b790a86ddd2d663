import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { addDays } from '../ledger/figure/business-day.ts';
import { contains } from '../stores/mapping.ts';
import { listMappings, listShops } from '../stores/queries.ts';
import { type ChangedBy, mapFrom } from '../stores/set-mappings.ts';
import { similarity } from '../stores/similarity.ts';
import type { ConnectionRef } from './credential.ts';

/** Below this two shops' names have nothing to do with each other. */
const LEAST = 0.5;

/** A shop of the new till that takes over from one of the old: the same department, from a day on (M7). */
export interface HandOver {
  /** Of the shop that takes over. */
  readonly posAccountId: string;
  readonly shopId: string;
  readonly shopName: string;
  /** The shop it takes over from. */
  readonly fromShopId: string;
  readonly fromShopName: string;
  readonly departmentId: string;
  readonly departmentName: string;
}

/**
 * What another connection's shops would take over when this one is retired at a day: each shop that is mapped as a whole on the last day is
 * paired with the shop of the other account whose name is most like its own; where each has one shop, these two, whatever their names. A
 * shop with no counterpart is left out: somebody maps it by hand.
 *
 * @throws AppError `not_found` for a connection that is not there, `conflict` for one without an account and for the same account.
 */
export async function proposeHandOver(
  trx: Transaction<Database>,
  { organizationId, connectionId }: ConnectionRef,
  { successorConnectionId, at }: { readonly successorConnectionId: string; readonly at: string },
): Promise<HandOver[]> {
  const old = await accountOf(trx, organizationId, connectionId);
  const next = await accountOf(trx, organizationId, successorConnectionId);
  if (old === next) throw new AppError('conflict', 'That connection has the same POS account. Choose the one of the new till.');
  const lastDay = addDays(at, -1);
  const mappings = (await listMappings(trx, organizationId, { posAccountId: old })).filter(
    (mapping) => mapping.registerId === null && contains(mapping, lastDay),
  );
  const shops = (await listShops(trx, organizationId, lastDay)).filter((shop) => shop.posAccountId === next && !shop.archived);
  const alone = mappings.length === 1 && shops.length === 1;
  const pairs = mappings
    .flatMap((mapping) => shops.map((shop) => ({ mapping, shop, score: alone ? 1 : similarity(mapping.shopName, shop.name) })))
    .filter(({ score }) => score >= LEAST)
    .toSorted((a, b) => b.score - a.score);
  const taken = new Set<string>();
  return pairs.flatMap(({ mapping, shop }) => {
    // The best pair first; then neither of the two is to be had any more.
    if (taken.has(`old ${mapping.shopId}`) || taken.has(`new ${shop.shopId}`)) return [];
    taken.add(`old ${mapping.shopId}`).add(`new ${shop.shopId}`);
    return [
      {
        posAccountId: next,
        shopId: shop.shopId,
        shopName: shop.name,
        fromShopId: mapping.shopId,
        fromShopName: mapping.shopName,
        departmentId: mapping.departmentId,
        departmentName: mapping.departmentName,
      },
    ];
  });
}

/** Maps the shops that take over, from `at` on; what they had for that time gives way. */
export async function carryOutHandOver(
  trx: Transaction<Database>,
  organizationId: string,
  handOver: readonly HandOver[],
  at: string,
  by: ChangedBy,
): Promise<void> {
  for (const { posAccountId, shopId, departmentId } of handOver) {
    const target = { posAccountId, shopId, registerId: null, departmentId };
    await mapFrom(trx, organizationId, { ...target, from: at, until: null }, by);
  }
}

async function accountOf(trx: Transaction<Database>, organizationId: string, connectionId: string): Promise<string> {
  const row = await trx
    .selectFrom('connection')
    .select('pos_account_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', connectionId)
    .where('state', 'not in', ['removed', 'retired'])
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such connection.');
  if (row.pos_account_id === null) {
    throw new AppError('conflict', 'The connection is not set up completely. Authorize it first.');
  }
  return row.pos_account_id;
}

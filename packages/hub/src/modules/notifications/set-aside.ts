import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { type Matter, notify } from './notify.ts';

/** The documents that nobody could read yet, as one matter: it is one piece of work. */
export async function setAsideMatters(trx: Transaction<Database>, organizationId: string): Promise<Matter[]> {
  const rows = await trx
    .selectFrom('set_aside')
    .select((select) => ['pos_account_id', select.fn.countAll<number>().as('count')])
    .where('organization_id', '=', organizationId)
    .where('resolved_at', 'is', null)
    .groupBy('pos_account_id')
    .orderBy('pos_account_id')
    .execute();
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  return count === 0 ? [] : [{ key: 'all', data: { count, posAccountIds: rows.map((row) => row.pos_account_id) } }];
}

/**
 * Tells of documents that were set aside, in the transaction that sets them aside. While people are told already nothing is done, so that
 * tills do not wait for each other; how many there are is brought up to date later.
 */
export async function tellOfSetAside(trx: Transaction<Database>, organizationId: string, at: Date): Promise<void> {
  const told = await trx
    .selectFrom('notification')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'documents_set_aside')
    .where('resolved_at', 'is', null)
    .executeTakeFirst();
  if (told !== undefined) return;
  for (const matter of await setAsideMatters(trx, organizationId)) {
    await notify(trx, { organizationId, kind: 'documents_set_aside', ...matter, at });
  }
}

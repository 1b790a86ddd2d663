import type { Instant } from '@tillweave/lightspeed';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { readCursors } from './cursors.ts';
import type { AccountId } from './lease.ts';
import { openGap } from './read-gaps.ts';
import { readFrom, readPlaces } from './rewind.ts';

/**
 * Has an account's changes be read from the beginning of today on, by the organization's clock, leaving what happened since it was read last:
 * those days are not complete until they are read again. While the first walk is not through there is nothing to skip.
 */
export async function startFromToday(
  trx: Transaction<Database>,
  account: AccountId,
  { since, now }: { readonly since: Date; readonly now: Instant },
): Promise<void> {
  const cursors = await readCursors(trx, account);
  if ((cursors.get('sales/history')?.caughtUpAt ?? null) === null) return;
  const { rows } = await sql<{ today: Date }>`
    select date_trunc('day', ${new Date(now)}::timestamptz, o.time_zone) as today
    from pos_account a join organization o using (organization_id)
    where a.organization_id = ${account.organizationId} and a.id = ${account.posAccountId}`.execute(trx);
  const [row] = rows;
  if (row === undefined) return;
  const today = row.today.getTime() as Instant;
  const read = cursors.get('sales/live')?.caughtUpAt ?? (since.getTime() as Instant);
  if (read >= today) return;
  const places = await readPlaces(trx, account);
  // What the next poll was to read lies before today as well: it has to be asked for.
  await sql`
    update read_gap set closes = 'asked'
    where organization_id = ${account.organizationId} and pos_account_id = ${account.posAccountId} and closes = 'poll'
      and until_at is not null`.execute(trx);
  await readFrom(trx, account, today);
  await openGap(trx, { ...account, shopId: null, from: read, until: today, leftAt: now, closes: 'asked', places });
}

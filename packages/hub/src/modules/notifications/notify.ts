import { sql, type Transaction } from 'kysely';
import { instantOf } from '@tillweave/lightspeed';
import type { Database } from '../../platform/database/schema.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { NotificationKind } from './kinds.ts';

interface About {
  readonly organizationId: string;
  readonly kind: NotificationKind;
  /** What it is about: there is at most one open notification for each kind and key. */
  readonly key: string;
  readonly at: Date;
}

/** What a notification of some kind is about, and the names for its text. No secrets. */
export interface Matter {
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Tells those concerned, in the bell and by mail as the rules say. While it is open the same kind and key only brings its names up to
 * date: nobody is told twice. Mails go out within a minute.
 */
export async function notify(trx: Transaction<Database>, { data, ...about }: About & Omit<Matter, 'key'>): Promise<void> {
  await raise(trx, about, [{ key: about.key, data }]);
}

/** The matter is settled; nothing happens when it was not open. */
export async function resolveNotification(trx: Transaction<Database>, { organizationId, kind, key, at }: About): Promise<void> {
  await trx
    .updateTable('notification')
    .set({ resolved_at: at })
    .where('organization_id', '=', organizationId)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .where('resolved_at', 'is', null)
    .execute();
}

/** Makes the open notifications of a kind those of `matters`: raises what is new, brings names up to date, resolves the rest. */
export async function settleNotifications(
  trx: Transaction<Database>,
  about: Omit<About, 'key'>,
  matters: readonly Matter[],
): Promise<void> {
  let settled = trx
    .updateTable('notification')
    .set({ resolved_at: about.at })
    .where('organization_id', '=', about.organizationId)
    .where('kind', '=', about.kind)
    .where('resolved_at', 'is', null);
  if (matters.length > 0) {
    settled = settled.where(
      'key',
      'not in',
      matters.map(({ key }) => key),
    );
  }
  await settled.execute();
  await raise(trx, about, matters);
}

async function raise(
  trx: Transaction<Database>,
  { organizationId, kind, at }: Omit<About, 'key'>,
  matters: readonly Matter[],
): Promise<void> {
  if (matters.length === 0) return;
  await trx
    .insertInto('notification')
    .values(
      matters.map(({ key, data }) => ({
        organization_id: organizationId,
        id: uuidv7(instantOf(at.getTime())),
        kind,
        key,
        data: JSON.stringify(data),
        raised_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'kind', 'key'])
        .where('resolved_at', 'is', null)
        .doUpdateSet({ data: sql`excluded.data` })

        .where(sql<boolean>`notification.data is distinct from excluded.data`),
    )
    .execute();
}

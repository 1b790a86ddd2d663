import type { Transaction } from 'kysely';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Database } from '../../platform/database/schema.ts';
import type { Services } from '../../platform/services.ts';
import type { Access } from '../organizations/access.ts';
import { isNotificationKind, kindOf, type NotificationKind, notificationKindNames, type Severity } from './kinds.ts';
import { readRules } from './rules.ts';
import { type NotificationText, textOf } from './texts.ts';

/** A notification as its reader sees it. */
export interface ShownNotification extends NotificationText {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
  readonly data: Record<string, unknown>;
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  readonly read: boolean;
}

interface Wanted {
  /** `open`: what is not settled, and what only tells of something done until it is read. */
  readonly state: 'open' | 'all';
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What the caller's bell shows, the newest first, and how much of it that is open they have not read. */
export async function listNotifications(
  services: Services,
  access: Access,
  { state, cursor, limit }: Wanted,
): Promise<{ items: ShownNotification[]; unread: number; nextCursor: string | null }> {
  return tenantTransaction(services.db, access.organizationId, async (trx) => {
    const kinds = await kindsFor(trx, access);
    if (kinds.length === 0) return { items: [], unread: 0, nextCursor: null };
    const visible = notificationsOf(trx, access, kinds);
    let page = visible
      .select([
        'notification.id',
        'notification.kind',
        'notification.data',
        'notification.raised_at',
        'notification.resolved_at',
        'notification_read.read_at',
      ])
      .orderBy('notification.id', 'desc')
      .limit(limit + 1);
    if (state === 'open') page = page.where('notification.resolved_at', 'is', null);
    if (cursor !== undefined) page = page.where('notification.id', '<', decodeCursor(z.tuple([z.uuid()]), cursor)[0]);
    const rows = await page.execute();
    const { unread } = await visible
      .where('notification.resolved_at', 'is', null)
      .where('notification_read.read_at', 'is', null)
      .select((select) => select.fn.countAll<number>().as('unread'))
      .executeTakeFirstOrThrow();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.flatMap((row) => {
        if (!isNotificationKind(row.kind)) return [];
        return {
          id: row.id,
          kind: row.kind,
          severity: kindOf(row.kind).severity,
          ...textOf(row.kind, row.data),
          data: row.data,
          raisedAt: row.raised_at.toISOString(),
          resolvedAt: row.resolved_at?.toISOString() ?? null,
          read: row.read_at !== null,
        };
      }),
      unread,
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/**
 * Marks one notification (or with null all that are open) as read by a person. One that only tells of something done is settled by that.
 * One that the caller's bell does not show stays as it is.
 *
 * @throws AppError `not_found` when there is no such notification, `forbidden` for an access token.
 */
export async function markRead(services: Services, access: Access, id: string | null): Promise<void> {
  if (access.actor.kind !== 'user') throw new AppError('forbidden', 'Only a person reads notifications.');
  const userId = access.actor.id;
  const at = new Date(services.clock.now());
  await tenantTransaction(services.db, access.organizationId, async (trx) => {
    const kinds = await kindsFor(trx, access);
    let query = notificationsOf(trx, access, kinds).select(['notification.id', 'notification.kind']);
    query = id === null ? query.where('notification.resolved_at', 'is', null) : query.where('notification.id', '=', id);
    const rows = kinds.length === 0 ? [] : await query.execute();
    if (rows.length === 0 && id !== null) await requireNotification(trx, access.organizationId, id);
    if (rows.length === 0) return;
    await trx
      .insertInto('notification_read')
      .values(
        rows.map((row) => ({
          organization_id: access.organizationId,
          notification_id: row.id,
          user_id: userId,
          read_at: at,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const passing = rows.filter(({ kind }) => isNotificationKind(kind) && kindOf(kind).passing === true);
    if (passing.length === 0) return;
    await trx
      .updateTable('notification')
      .set({ resolved_at: at })
      .where('organization_id', '=', access.organizationId)
      .where(
        'id',
        'in',
        passing.map((row) => row.id),
      )
      .where('resolved_at', 'is', null)
      .execute();
  });
}

async function requireNotification(trx: Transaction<Database>, organizationId: string, id: string): Promise<void> {
  const row = await trx
    .selectFrom('notification')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'There is no such notification.');
}

function notificationsOf(trx: Transaction<Database>, access: Access, kinds: readonly NotificationKind[]) {
  const userId = access.actor.kind === 'user' ? access.actor.id : null;
  return trx
    .selectFrom('notification')
    .leftJoin('notification_read', (join) =>
      join
        .onRef('notification_read.organization_id', '=', 'notification.organization_id')
        .onRef('notification_read.notification_id', '=', 'notification.id')
        .on('notification_read.user_id', '=', userId),
    )
    .where('notification.organization_id', '=', access.organizationId)
    .where('notification.kind', 'in', kinds);
}

/** The kinds the caller may know of and whose bell is on for their role; for a token, by what it may do alone. */
async function kindsFor(trx: Transaction<Database>, access: Access): Promise<NotificationKind[]> {
  const known = notificationKindNames.filter((kind) => access.permissions.has(kindOf(kind).permission));
  if (access.role === null) return known;
  const rules = await readRules(trx, access.organizationId);
  return known.filter((kind) => rules.some((rule) => rule.kind === kind && rule.role === access.role && rule.bell));
}

import { z } from '@hono/zod-openapi';
import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { AppError } from '../../platform/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { day } from './schema-parts.ts';
import type { ChangedBy } from './set-mappings.ts';

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u)
  .openapi({ example: '09:00' });

const openWeekday = z.object({
  weekday: z.int().min(1).max(7).openapi({ description: '1 is Monday, 7 Sunday.' }),
  open: time,
  close: time.openapi({ description: 'Earlier than `open`: on the next day.' }),
});

/** A week of a shop; a weekday that is absent is a closed one. */
export const openingHours = z
  .object({
    from: day.openapi({ description: 'First business day these hold; 0001-01-01 is "from the beginning".' }),
    hours: z.array(openWeekday).max(21),
  })
  .openapi('OpeningHours');

export const openingHoursBody = z
  .object({ from: day.default('0001-01-01'), hours: z.array(openWeekday).max(21).nullable() })
  .openapi('OpeningHoursBody', { description: '`hours` null takes away what was stated from that day.' });

export const openingHoursList = z.object({ items: z.array(openingHours) });

export type OpeningHours = z.infer<typeof openingHours>;

interface ShopKey {
  readonly posAccountId: string;
  readonly shopId: string;
}

/** What is stated of a shop, oldest first; empty: nothing. */
export async function readOpeningHours(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId }: ShopKey,
): Promise<OpeningHours[]> {
  const rows = await trx
    .selectFrom('opening_hours')
    .select(['valid_from as from', 'hours'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .orderBy('valid_from')
    .execute();
  return rows.map((row) => openingHours.parse(row));
}

/** @throws AppError `not_found` for an unknown shop. */
export async function setOpeningHours(
  trx: Transaction<Database>,
  organizationId: string,
  key: ShopKey,
  { from, hours }: z.output<typeof openingHoursBody>,
  by: ChangedBy,
): Promise<OpeningHours[]> {
  const shop = await requireShop(trx, organizationId, key);
  const before = await readOpeningHours(trx, organizationId, key);
  if (hours === null) {
    await trx
      .deleteFrom('opening_hours')
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', key.posAccountId)
      .where('shop_id', '=', key.shopId)
      .where('valid_from', '=', from)
      .execute();
  } else {
    const stated = JSON.stringify(hours.toSorted((a, b) => a.weekday - b.weekday || (a.open < b.open ? -1 : 1)));
    await trx
      .insertInto('opening_hours')
      .values({
        organization_id: organizationId,
        pos_account_id: key.posAccountId,
        shop_id: key.shopId,
        valid_from: from,
        hours: stated,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['organization_id', 'pos_account_id', 'shop_id', 'valid_from'])
          .doUpdateSet({ hours: stated, updated_at: by.at }),
      )
      .execute();
  }
  const after = await readOpeningHours(trx, organizationId, key);
  await recordAudit(trx, {
    organizationId,
    ...by,
    action: 'opening_hours.changed',
    subject: { kind: 'shop', id: key.shopId, name: shop.name },
    before: { openingHours: before },
    after: { openingHours: after },
  });
  return after;
}

/** The shop's name. @throws AppError `not_found`. */
export async function requireShop(
  trx: Transaction<Database>,
  organizationId: string,
  { posAccountId, shopId }: ShopKey,
): Promise<{ readonly name: string; readonly time_zone: string | null }> {
  const shop = await trx
    .selectFrom('shop')
    .select(['name', 'time_zone'])
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .executeTakeFirst();
  if (shop === undefined) throw new AppError('not_found', `No shop ${shopId} is known in this POS account.`);
  return shop;
}

/** D21: whether the hours in force on a day leave its weekday out. */
export function isClosedByHours(stated: readonly OpeningHours[], businessDay: string): boolean {
  return stated.some((row) => row.from <= businessDay) && hoursOn(stated, businessDay).length === 0;
}

/** When a shop is open on a business day, by what is in force then; nothing: it is closed, or nothing is stated. */
export function hoursOn(stated: readonly OpeningHours[], businessDay: string): OpeningHours['hours'] {
  const inForce = stated.findLast((row) => row.from <= businessDay);
  const weekday = ((new Date(`${businessDay}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  return inForce?.hours.filter((hours) => hours.weekday === weekday) ?? [];
}

import type { Transaction } from 'kysely';
import type { Database } from '../../platform/database/schema.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Services } from '../../platform/services.ts';
import { readCalendars } from '../ledger/calendars.ts';
import { sumFacts } from '../ledger/facts.ts';
import { isTimeZone } from '../ledger/figure/zone.ts';
import { recordAudit, SYSTEM_ACTOR } from '../audit/record-audit.ts';
import { breakLease } from '../sync/lease.ts';
import { BEGINNING } from './mapping.ts';
import { requireShop } from './opening-hours.ts';
import { undone } from './preview-mappings.ts';
import { shopCalendar } from './queries.ts';
import { rebucketSales } from './rebucket-sales.ts';
import type { ShopCalendarRow } from './schemas.ts';
import type { ChangedBy } from './set-mappings.ts';
import { requireTimeZone } from './time-zone.ts';

export interface CalendarChange {
  readonly organizationId: string;
  readonly posAccountId: string;
  readonly shopId: string;
  /** First business day it holds; the next later row takes over from it. */
  readonly from: string;
  /** Left out: the zone that holds on that day stays. */
  readonly timeZone?: string | undefined;
  /** 0–23: local time before it belongs to the previous date (D18). */
  readonly dayStartHour: number;
  /** Only count what would move. */
  readonly preview?: boolean | undefined;
  /** Who changes it: for the audit, and for the changes of figures it makes. */
  readonly by?: ChangedBy | undefined;
}

/**
 * Sets a shop's zone and day start from a business day on (D17), puts its stored sales into the days and hours they then belong to, and sums
 * the facts anew: all or nothing, with the synchronisation of the account kept out meanwhile.
 *
 * @throws AppError `not_found` for an unknown shop, `invalid_request` for a zone that is none.
 */
export async function changeCalendar(services: Pick<Services, 'db'>, change: CalendarChange): Promise<CalendarResult> {
  return work(services, change, (trx) => apply(trx, change));
}

/**
 * Gives a zone that somebody chose back to the till (D17): every row that was overridden takes the zone the till states, and sales move as
 * they do for any change of the calendar.
 *
 * @throws AppError `not_found` for an unknown shop, `invalid_request` where the till states no zone that is one.
 */
export async function handBackZone(
  services: Pick<Services, 'db'>,
  change: Omit<CalendarChange, 'from' | 'timeZone' | 'dayStartHour'>,
): Promise<CalendarResult> {
  return work(services, change, async (trx) => {
    const { organizationId, posAccountId, shopId } = change;
    await breakLease(trx, { organizationId, posAccountId });
    const shop = await requireShop(trx, organizationId, { posAccountId, shopId });
    const before = await shopCalendar(trx, organizationId, posAccountId, shopId);
    const [first] = before.filter((row) => row.overridden);
    if (first === undefined) return { calendar: before, rebucketed: 0 };
    if (shop.time_zone === null || !isTimeZone(shop.time_zone)) {
      throw new AppError('invalid_request', `The till states no time zone for “${shop.name}” that could be taken.`);
    }
    await trx
      .updateTable('shop_calendar')
      .set({ time_zone: shop.time_zone, zone_overridden: false })
      .where('organization_id', '=', organizationId)
      .where('pos_account_id', '=', posAccountId)
      .where('shop_id', '=', shopId)
      .where('zone_overridden', '=', true)
      .execute();
    return rebucket(trx, { ...change, from: first.from }, before);
  });
}

interface CalendarResult {
  readonly calendar: ShopCalendarRow[];
  readonly rebucketed: number;
}

/** All or nothing; a preview leaves nothing behind. */
async function work(
  { db }: Pick<Services, 'db'>,
  { organizationId, posAccountId, preview, by }: Pick<CalendarChange, 'organizationId' | 'posAccountId' | 'preview' | 'by'>,
  run: (trx: Transaction<Database>) => Promise<CalendarResult>,
): Promise<CalendarResult> {
  if (preview === true) return undone(db, organizationId, run);
  const result = await tenantTransaction(db, organizationId, run);
  const { id, kind, name } = by?.actor ?? SYSTEM_ACTOR;
  const author = { id, kind, ...(name === undefined ? {} : { name }) };
  await sumFacts(db, organizationId, posAccountId, { cause: 'calendar', author });
  return result;
}

async function apply(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId, from, timeZone, dayStartHour, by }: CalendarChange,
): Promise<CalendarResult> {
  // A worker in the middle of a page reckons days by the calendar it has read: that page is read again, by the new one.
  await breakLease(trx, { organizationId, posAccountId });
  const before = await shopCalendar(trx, organizationId, posAccountId, shopId);
  const [first] = before;
  if (first === undefined) {
    throw new AppError('not_found', `No shop ${shopId} is known in this POS account.`, { details: { posAccountId, shopId } });
  }
  const current = before.findLast((row) => row.from <= from) ?? first;
  const zone = timeZone === undefined ? current.timeZone : requireTimeZone(timeZone);
  // A zone that somebody chose stays theirs, whatever the till says later; a day start alone leaves it as it was.
  const zoneOverridden =
    timeZone !== undefined || (await isOverridden(trx, { organizationId, posAccountId, shopId }, current.from));
  await trx
    .insertInto('shop_calendar')
    .values({
      organization_id: organizationId,
      pos_account_id: posAccountId,
      shop_id: shopId,
      valid_from: from < first.from ? BEGINNING : from,
      time_zone: zone,
      day_start_hour: dayStartHour,
      zone_overridden: zoneOverridden,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'pos_account_id', 'shop_id', 'valid_from'])
        .doUpdateSet({ time_zone: zone, day_start_hour: dayStartHour, zone_overridden: zoneOverridden }),
    )
    .execute();
  return rebucket(trx, { organizationId, posAccountId, shopId, from, by }, before);
}

/** Moves what the calendar as it now stands moves, and tells the audit. */
async function rebucket(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId, from, by }: Omit<CalendarChange, 'dayStartHour'>,
  before: readonly ShopCalendarRow[],
): Promise<CalendarResult> {
  const calendars = await readCalendars(trx, organizationId, posAccountId);
  const rebucketed = await rebucketSales(trx, {
    organizationId,
    posAccountId,
    shopId,
    from,
    calendar: calendars.of(shopId),
    minorDigits: calendars.minorDigits,
  });
  const calendar = await shopCalendar(trx, organizationId, posAccountId, shopId);
  await recordAudit(trx, {
    organizationId,
    actor: by?.actor ?? SYSTEM_ACTOR,
    at: by?.at ?? new Date(),
    action: 'calendar.changed',
    subject: { kind: 'shop', id: shopId, name: null },
    before: { calendar: before },
    after: { calendar, moved: rebucketed },
  });
  return { calendar, rebucketed };
}

async function isOverridden(
  trx: Transaction<Database>,
  { organizationId, posAccountId, shopId }: Pick<CalendarChange, 'organizationId' | 'posAccountId' | 'shopId'>,
  from: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('shop_calendar')
    .select('zone_overridden')
    .where('organization_id', '=', organizationId)
    .where('pos_account_id', '=', posAccountId)
    .where('shop_id', '=', shopId)
    .where('valid_from', '=', from)
    .executeTakeFirst();
  return row?.zone_overridden ?? false;
}
